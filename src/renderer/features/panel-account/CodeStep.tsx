import { Button, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { SentCode } from '#shared/contract/panel-account.ts';
import classes from './Account.module.css';
import { Refusal } from './parts.tsx';
import { useAsk } from './useAsk.ts';

/** Seconds until another code may be asked for, counting down since `sent`. */
function useCountdown(sent: SentCode): number {
  const [left, setLeft] = useState(sent.again);
  useEffect(() => {
    const end = Date.now() + sent.again * 1000;
    setLeft(sent.again);
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1000))), 1000);
    return () => clearInterval(timer);
  }, [sent]);
  return left;
}

interface CodeStepProps {
  readonly sent: SentCode;
  readonly email: string;
  readonly onSent: (sent: SentCode) => void;
  readonly onCode: (code: string) => void;
  readonly failure: string | null;
  readonly isPending: boolean;
  readonly action: string;
  /** Further fields, between the code and the button. */
  readonly children?: ReactNode;
}

/** The code that was sent to `email`, typed in, and another one when it did not come. */
export function CodeStep({
  sent,
  email,
  onSent,
  onCode,
  failure,
  isPending,
  action,
  children,
}: CodeStepProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [code, setCode] = useState('');
  const [again, setAgain] = useState(false);
  const resend = useAsk('panel.resend');
  const left = useCountdown(sent);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onCode(code);
  };
  const another = async () => {
    const next = await resend.send({ id: sent.id });
    if (next === null) return;
    setAgain(true);
    setCode('');
    onSent(next);
  };
  return (
    <form className={classes.form} noValidate onSubmit={submit}>
      <p>{t('panelAccount.codeSent', { email, time: format.time(sent.until) })}</p>
      <TextInput
        className={classes.code ?? ''}
        label={t('panelAccount.code')}
        description={t('panelAccount.codeHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={12}
        autoFocus
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      {children}
      <Refusal words={failure ?? resend.failure} />
      <Button type="submit" loading={isPending} disabled={code.trim() === ''}>
        {action}
      </Button>
      <Button variant="default" disabled={left > 0} loading={resend.isPending} onClick={() => void another()}>
        {left > 0 ? t('panelAccount.anotherIn', { seconds: left }) : t('panelAccount.another')}
      </Button>
      <p role="status" className={classes.quiet}>
        {again && t('panelAccount.anotherSent')}
      </p>
    </form>
  );
}
