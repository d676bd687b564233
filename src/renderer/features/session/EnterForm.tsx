import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { errorText, fieldText } from '#renderer/ui/error-text.ts';
import { NewPasswordFields, newPasswordProblems } from '#renderer/ui/NewPasswordFields.tsx';
import { PinField } from '#renderer/ui/PinField.tsx';
import { useSave } from '#renderer/ui/useSave.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { pinProblem } from '#shared/domain/session/pin.ts';
import classes from './SignInScreen.module.css';

interface Invited {
  readonly username: string;
  readonly code: string;
  readonly displayName: string;
  readonly needsPin: boolean;
}

interface EnterFormProps {
  readonly onIn: (user: SignedInUser) => void;
  readonly onBack: () => void;
}

/** Begins with a one-time code: whose is it, then the password and the PIN of who signs. */
export function EnterForm({ onIn, onBack }: EnterFormProps) {
  const [invited, setInvited] = useState<Invited | null>(null);
  return invited === null ? (
    <CodeForm onInvited={setInvited} onBack={onBack} />
  ) : (
    <SecretsForm invited={invited} onIn={onIn} onBack={onBack} />
  );
}

function CodeForm({ onInvited, onBack }: { onInvited: (invited: Invited) => void; onBack: () => void }) {
  const { t } = useTranslation();
  const open = useCommand('session.openCode');
  const [username, setUsername] = useState('');
  const [code, setCode] = useState('');
  const [isTried, setTried] = useState(false);
  const missing = (value: string) => (isTried && value.trim() === '' ? fieldText(t, 'required') : null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (username.trim() === '' || code.trim() === '') return;
    open.mutate({ username, code }, { onSuccess: (found) => onInvited({ username, code, ...found }) });
  };
  return (
    <form className={classes.form} noValidate onSubmit={submit}>
      <h2 className={classes.step}>{t('session.code.title')}</h2>
      <TextInput
        label={t('session.username')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        size="md"
        value={username}
        error={missing(username)}
        onChange={(event) => setUsername(event.currentTarget.value)}
      />
      <TextInput
        label={t('session.code.label')}
        description={t('session.code.hint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
        size="md"
        maxLength={40}
        value={code}
        error={missing(code) ?? (open.error ? errorText(t, open.error) : null)}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Button type="submit" size="md" fullWidth loading={open.isPending}>
        {t('session.code.next')}
      </Button>
      <Button variant="subtle" fullWidth onClick={onBack}>
        {t('session.code.back')}
      </Button>
    </form>
  );
}

interface SecretsFormProps extends EnterFormProps {
  readonly invited: Invited;
}

function SecretsForm({ invited, onIn, onBack }: SecretsFormProps) {
  const { t } = useTranslation();
  const enter = useCommand('session.enter');
  const [password, setPassword] = useState({ next: '', again: '' });
  const [pin, setPin] = useState({ pin: '', again: '' });
  const { save, saving, errorAt, problem } = useSave(() => undefined);
  const { username, code, displayName, needsPin } = invited;
  const pinProblems = (): Readonly<Record<string, string>> => {
    if (!needsPin) return {};
    const wrong = pinProblem(pin.pin);
    if (wrong !== null) return { pin: wrong };
    return pin.pin === pin.again ? {} : { pinAgain: 'pin-again' };
  };
  const send = async () => {
    try {
      onIn(
        await enter.mutateAsync({ username, code, password: password.next, pin: needsPin ? pin.pin : null }),
      );
    } catch (failure) {
      // The call names the field as the contract has it.
      const weak = failure instanceof AppErrorException ? failure.error.fields?.password : undefined;
      if (weak === undefined || !(failure instanceof AppErrorException)) throw failure;
      throw new AppErrorException({
        ...failure.error,
        fields: { ...failure.error.fields, next: weak },
      });
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save({ ...newPasswordProblems(password), ...pinProblems() }, send);
  };
  return (
    <form className={classes.form} noValidate onSubmit={submit}>
      <h2 className={classes.step}>{t('session.code.hello', { name: displayName })}</h2>
      {problem && <p role="alert">{problem}</p>}
      <input type="hidden" autoComplete="username" value={username} readOnly />
      <NewPasswordFields value={password} onChange={setPassword} errorAt={errorAt} autoFocus />
      {needsPin && (
        <>
          <p className={classes.why}>{t('session.pin.why')}</p>
          <PinField
            label={t('session.pin.new')}
            value={pin.pin}
            error={errorAt('pin')}
            onChange={(typed) => setPin({ ...pin, pin: typed })}
          />
          <PinField
            label={t('session.pin.again')}
            value={pin.again}
            error={errorAt('pinAgain')}
            onChange={(again) => setPin({ ...pin, again })}
          />
        </>
      )}
      <Button type="submit" size="md" fullWidth loading={saving}>
        {t('session.code.enter')}
      </Button>
      <Button variant="subtle" fullWidth onClick={onBack}>
        {t('session.code.back')}
      </Button>
    </form>
  );
}
