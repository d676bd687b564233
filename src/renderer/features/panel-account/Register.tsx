import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { Page } from '#renderer/ui/panel/Page.tsx';
import { usePreferences } from '#renderer/ui/preferences.ts';
import type { SentCode } from '#shared/contract/panel-account.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import classes from './Account.module.css';
import { CodeStep } from './CodeStep.tsx';
import { Password, Refusal } from './parts.tsx';
import { useAsk } from './useAsk.ts';

/** E-mail, name and password, then the code that came to that address. Nothing is there before. */
export function Register({ onIn }: { readonly onIn: (user: SignedInUser) => void }) {
  const { t } = useTranslation();
  const mail = useCall('app.info', {}).data?.mail ?? true;
  const language = usePreferences((state) => state.language);
  const [typed, setTyped] = useState({ displayName: '', email: '', password: '' });
  const [sent, setSent] = useState<SentCode | null>(null);
  const register = useAsk('panel.register');
  const verify = useAsk('panel.verify');
  const put = (change: Partial<typeof typed>) => setTyped({ ...typed, ...change });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await register.send({ ...typed, language });
    if (answer !== null) setSent(answer);
  };
  const confirm = async (code: string) => {
    const user = sent && (await verify.send({ id: sent.id, code }));
    if (user !== null) onIn(user);
  };
  if (!mail)
    return (
      <Page title={t('panelAccount.registerTitle')} back="/welcome">
        <p className={classes.notice}>{t('panelAccount.mailOff')}</p>
      </Page>
    );
  if (sent !== null)
    return (
      <Page title={t('panelAccount.codeTitle')}>
        <CodeStep
          sent={sent}
          email={typed.email.trim()}
          onSent={setSent}
          onCode={(code) => void confirm(code)}
          failure={verify.failure}
          isPending={verify.isPending}
          action={t('panelAccount.confirm')}
        />
        <Button variant="subtle" onClick={() => setSent(null)}>
          {t('panel.back')}
        </Button>
      </Page>
    );
  return (
    <Page title={t('panelAccount.registerTitle')} back="/welcome">
      <p className={classes.quiet}>{t('panelAccount.registerHint')}</p>
      <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
        <TextInput
          label={t('panelAccount.displayName')}
          autoComplete="name"
          maxLength={100}
          value={typed.displayName}
          error={register.errorAt('displayName')}
          onChange={(event) => put({ displayName: event.currentTarget.value })}
        />
        <TextInput
          type="email"
          label={t('panelAccount.email')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={254}
          value={typed.email}
          error={register.errorAt('email')}
          onChange={(event) => put({ email: event.currentTarget.value })}
        />
        <Password
          label={t('panelAccount.password')}
          description={t('panelAccount.passwordHint')}
          autoComplete="new-password"
          value={typed.password}
          error={register.errorAt('password')}
          onChange={(event) => put({ password: event.currentTarget.value })}
        />
        <Refusal words={register.failure} />
        <Button type="submit" loading={register.isPending}>
          {t('panelAccount.sendCode')}
        </Button>
      </form>
      <Link href="/login">{t('panelAccount.haveAccount')}</Link>
    </Page>
  );
}
