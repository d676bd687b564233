import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Page } from '#renderer/ui/panel/Page.tsx';
import type { SignedInUser } from '#shared/contract/session.ts';
import classes from './Account.module.css';
import { Password, Refusal } from './parts.tsx';
import { useAsk } from './useAsk.ts';

interface WayInProps {
  readonly onIn: (user: SignedInUser) => void;
}

/** Who is it? `ended`: somebody was here and was logged out. */
export function Login({ onIn, ended }: WayInProps & { readonly ended: boolean }) {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useAsk('panel.signIn');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const user = await signIn.send({ email, password });
    if (user !== null) onIn(user);
  };
  return (
    <Page title={t('panelAccount.login')} back="/welcome">
      {ended && <p className={classes.notice}>{t('panelAccount.ended')}</p>}
      <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
        <TextInput
          type="email"
          label={t('panelAccount.email')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={254}
          value={email}
          error={signIn.errorAt('email')}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Password
          label={t('panelAccount.password')}
          autoComplete="current-password"
          value={password}
          error={signIn.errorAt('password')}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Refusal words={signIn.failure} />
        <Button type="submit" loading={signIn.isPending}>
          {t('panelAccount.login')}
        </Button>
      </form>
      <Link href="/forgotten">{t('panelAccount.forgotten')}</Link>
      <Link href="/register">{t('panelAccount.newHere')}</Link>
    </Page>
  );
}
