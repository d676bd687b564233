import { Button, PasswordInput, TextInput } from '@mantine/core';
import { IconActivityHeartbeat } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { errorText, fieldText } from '#renderer/ui/error-text.ts';
import { useScanner } from '#renderer/ui/keys/useScanner.ts';
import { SignInBound } from '#renderer/ui/SignInBound.tsx';
import type { AppInfo } from '#shared/contract/app.ts';
import type { Role } from '#shared/contract/permissions.ts';
import type { HeldSession } from '#shared/contract/session.ts';
import { EnterForm } from './EnterForm.tsx';
import { HeldList } from './HeldList.tsx';
import classes from './SignInScreen.module.css';
import { useGoIn } from './useGoIn.ts';

interface Credentials {
  readonly username: string;
  readonly password: string;
}

interface SignInScreenProps {
  /** Whose sessions wait here, locked. */
  readonly held?: readonly HeldSession[];
  readonly onHeld?: (id: string) => void;
}

const nobody = () => undefined;

/** Who is working here now? Errors appear at the field; the demonstration clinic shows its accounts. */
export function SignInScreen({ held = [], onHeld = nobody }: SignInScreenProps) {
  const { t } = useTranslation();
  const info = useCall('app.info', {}).data;
  const goIn = useGoIn();
  const signIn = useCommand('session.signIn');
  const form = useForm<Credentials>({ defaultValues: { username: '', password: '' } });
  const password = useRef<HTMLInputElement | null>(null);
  const [capsLock, setCapsLock] = useState(false);
  const [scanned, setScanned] = useState(false);
  const [hasCode, setHasCode] = useState(false);
  useScanner(() => setScanned(true));

  const submit = form.handleSubmit((credentials) =>
    signIn.mutateAsync(credentials).then(goIn, () => password.current?.select()),
  );
  const fill = (account: Credentials) => {
    signIn.reset();
    form.reset({ username: account.username, password: account.password });
    password.current?.focus();
  };
  const { ref: passwordRef, ...passwordField } = form.register('password', { required: true });
  const { errors } = form.formState;
  const failure = signIn.error ? errorText(t, signIn.error) : null;
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <div className={classes.head}>
          <IconActivityHeartbeat size={28} stroke={1.6} aria-hidden />
          <h1>{info?.clinic ?? t('app.name')}</h1>
        </div>
        <SignInBound />
        {hasCode ? (
          <EnterForm onIn={goIn} onBack={() => setHasCode(false)} />
        ) : (
          <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
            <TextInput
              label={t('session.username')}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              autoFocus
              size="md"
              error={errors.username && fieldText(t, 'required')}
              {...form.register('username', { required: true, setValueAs: (text: string) => text.trim() })}
            />
            <PasswordInput
              label={t('session.password')}
              autoComplete="current-password"
              size="md"
              error={errors.password ? fieldText(t, 'required') : failure}
              description={capsLock ? t('session.capsLock') : undefined}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword'), tabIndex: 0 }}
              onKeyUp={(event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))}
              {...passwordField}
              ref={(element) => {
                passwordRef(element);
                password.current = element;
              }}
            />
            <Button type="submit" size="md" fullWidth loading={signIn.isPending}>
              {t('session.signIn')}
            </Button>
            <Button variant="subtle" fullWidth onClick={() => setHasCode(true)}>
              {t('session.haveCode')}
            </Button>
          </form>
        )}
        <HeldList held={held} onChoose={onHeld} />
        <p className={classes.scanned} role="status">
          {scanned && t('session.scanned')}
        </p>
        {!hasCode && info && info.demoAccounts.length > 0 && (
          <DemoAccounts accounts={info.demoAccounts} onFill={fill} />
        )}
      </div>
      {info && (
        <p className={classes.about}>
          {t('app.identity.workstation', { name: info.workstation, version: info.version })}
        </p>
      )}
    </main>
  );
}

interface DemoProps {
  readonly accounts: AppInfo['demoAccounts'];
  readonly onFill: (account: Credentials) => void;
}

function DemoAccounts({ accounts, onFill }: DemoProps) {
  const { t } = useTranslation();
  return (
    <section className={classes.demo} aria-labelledby="demo-accounts">
      <h2 id="demo-accounts">{t('session.demo')}</h2>
      <ul>
        {accounts.map((account) => (
          <li key={account.username}>
            <button type="button" className={classes.account} onClick={() => onFill(account)}>
              <span className={classes.name}>{account.displayName}</span>
              <span className={classes.quiet}>{t(`common.role.${account.role as Role}`)}</span>
              <span className={classes.quiet}>{account.username}</span>
              {account.pin !== null && (
                <span className={classes.quiet}>{t('session.demoPin', { pin: account.pin })}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
