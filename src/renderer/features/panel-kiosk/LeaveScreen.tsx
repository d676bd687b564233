import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import classes from './Kiosk.module.css';
import { StillThere } from './StillThere.tsx';

interface LeaveScreenProps {
  readonly seconds: number;
  readonly onBack: () => void;
}

/** Whoever of the clinic signs in here has the browser back. */
export function LeaveScreen({ seconds, onBack }: LeaveScreenProps) {
  const { t } = useTranslation();
  const signIn = useCommand('session.signIn');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ username, password }, { onSuccess: () => window.location.assign('/') });
  };
  return (
    <main className={classes.page}>
      <h1 className={classes.title}>{t('kiosk.leave.title')}</h1>
      <p className={classes.text}>{t('kiosk.leave.text')}</p>
      <form className={classes.form} onSubmit={submit} noValidate>
        {signIn.error && (
          <Alert color="red" variant="light" role="alert">
            {errorText(t, signIn.error)}
          </Alert>
        )}
        <TextInput
          size="xl"
          label={t('kiosk.leave.username')}
          value={username}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={({ currentTarget }) => setUsername(currentTarget.value)}
        />
        <PasswordInput
          size="xl"
          label={t('kiosk.leave.password')}
          value={password}
          autoComplete="off"
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
        />
        <div className={classes.actions}>
          <Button
            type="submit"
            className={classes.big ?? ''}
            loading={signIn.isPending}
            disabled={username.trim() === '' || password === ''}
          >
            {t('kiosk.leave.signIn')}
          </Button>
          <Button variant="default" className={classes.big ?? ''} onClick={onBack}>
            {t('kiosk.back')}
          </Button>
        </div>
      </form>
      <StillThere seconds={seconds} onGone={onBack} />
    </main>
  );
}
