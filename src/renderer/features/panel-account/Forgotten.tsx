import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { Page } from '#renderer/ui/panel/Page.tsx';
import { usePreferences } from '#renderer/ui/preferences.ts';
import type { SentCode } from '#shared/contract/panel-account.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import classes from './Account.module.css';
import { CodeStep } from './CodeStep.tsx';
import { Password, Refusal } from './parts.tsx';
import { useAsk } from './useAsk.ts';

/** Another password, with a code that came by e-mail. */
export function Forgotten({ onIn }: { readonly onIn: (user: SignedInUser) => void }) {
  const { t } = useTranslation();
  const mail = useCall('app.info', {}).data?.mail ?? true;
  const language = usePreferences((state) => state.language);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [sent, setSent] = useState<SentCode | null>(null);
  const askReset = useAsk('panel.askReset');
  const reset = useAsk('panel.reset');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await askReset.send({ email, language });
    if (answer !== null) setSent(answer);
  };
  const confirm = async (code: string) => {
    const user = sent && (await reset.send({ id: sent.id, code, password }));
    if (user !== null) onIn(user);
  };
  return (
    <Page title={t('panelAccount.resetTitle')} back="/login">
      {!mail && <p className={classes.notice}>{t('panelAccount.mailOff')}</p>}
      {mail && sent === null && (
        <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
          <p className={classes.quiet}>{t('panelAccount.resetHint')}</p>
          <TextInput
            type="email"
            label={t('panelAccount.email')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={254}
            value={email}
            error={askReset.errorAt('email')}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <Refusal words={askReset.failure} />
          <Button type="submit" loading={askReset.isPending}>
            {t('panelAccount.sendCode')}
          </Button>
        </form>
      )}
      {sent !== null && (
        <CodeStep
          sent={sent}
          email={email.trim()}
          onSent={setSent}
          onCode={(code) => void confirm(code)}
          failure={reset.failure}
          isPending={reset.isPending}
          action={t('panelAccount.save')}
        >
          <Password
            label={t('panelAccount.newPassword')}
            description={t('panelAccount.passwordHint')}
            autoComplete="new-password"
            value={password}
            error={reset.errorAt('password')}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        </CodeStep>
      )}
    </Page>
  );
}
