import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { endSession } from '#renderer/client/provider.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { Page } from '#renderer/ui/panel/Page.tsx';
import { usePreferences } from '#renderer/ui/preferences.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { SentCode } from '#shared/contract/panel-account.ts';
import { type Language, languages } from '#shared/i18n/languages.ts';
import classes from './Account.module.css';
import { CodeStep } from './CodeStep.tsx';
import { Password, Refusal } from './parts.tsx';
import { useAsk } from './useAsk.ts';

type Account = Output<'panel.account'>;

function Named({ account }: { account: Account }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const speak = usePreferences((state) => state.set);
  const [displayName, setDisplayName] = useState(account.displayName);
  const [language, setLanguage] = useState<Language>(account.language);
  const [saved, setSaved] = useState(false);
  const change = useAsk('panel.changeAccount');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    await change.send({ displayName, language });
    setSaved(true);
    speak({ language });
    for (const name of ['panel.account', 'panel.me']) await queries.invalidateQueries({ queryKey: [name] });
  };
  return (
    <form className={classes.card} noValidate onSubmit={(event) => void submit(event)}>
      <TextInput
        label={t('panelAccount.displayName')}
        maxLength={100}
        value={displayName}
        error={change.errorAt('displayName')}
        onChange={(event) => setDisplayName(event.currentTarget.value)}
      />
      <NativeSelect
        label={t('panelAccount.language')}
        data={Object.entries(languages).map(([value, { name }]) => ({ value, label: name }))}
        value={language}
        onChange={(event) => setLanguage(event.currentTarget.value as Language)}
      />
      <Refusal words={change.failure} />
      <p role="status" className={saved && change.code === null ? (classes.good ?? '') : 'visually-hidden'}>
        {saved && change.code === null && t('panelAccount.saved')}
      </p>
      <Button type="submit" loading={change.isPending}>
        {t('panelAccount.save')}
      </Button>
    </form>
  );
}

function ChangePassword() {
  const { t } = useTranslation();
  const [typed, setTyped] = useState({ password: '', next: '' });
  const [done, setDone] = useState(false);
  const change = useAsk('panel.changePassword');
  const queries = useQueryClient();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setDone(false);
    const before = change.send(typed);
    await before;
    await queries.invalidateQueries({ queryKey: ['panel.sessions'] });
    setDone(true);
  };
  const isDone = done && change.code === null && !change.isPending;
  return (
    <form className={classes.card} noValidate onSubmit={(event) => void submit(event)}>
      <h2>{t('panelAccount.changePassword')}</h2>
      <Password
        label={t('panelAccount.oldPassword')}
        autoComplete="current-password"
        value={typed.password}
        error={change.errorAt('password')}
        onChange={(event) => setTyped({ ...typed, password: event.currentTarget.value })}
      />
      <Password
        label={t('panelAccount.newPassword')}
        description={t('panelAccount.passwordHint')}
        autoComplete="new-password"
        value={typed.next}
        error={change.errorAt('next')}
        onChange={(event) => setTyped({ ...typed, next: event.currentTarget.value })}
      />
      <Refusal words={change.failure} />
      <p role="status" className={isDone ? (classes.good ?? '') : 'visually-hidden'}>
        {isDone && t('panelAccount.passwordChanged')}
      </p>
      <Button type="submit" loading={change.isPending}>
        {t('panelAccount.changePassword')}
      </Button>
    </form>
  );
}

function ChangeEmail() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const mail = useCall('app.info', {}).data?.mail ?? true;
  const [typed, setTyped] = useState({ password: '', email: '' });
  const [sent, setSent] = useState<SentCode | null>(null);
  const [done, setDone] = useState(false);
  const change = useAsk('panel.changeEmail');
  const confirm = useAsk('panel.confirmEmail');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setDone(false);
    const answer = await change.send(typed);
    if (answer !== null) setSent(answer);
  };
  const finish = async (id: string, code: string) => {
    await confirm.send({ id, code });
    await queries.invalidateQueries({ queryKey: ['panel.account'] });
    const account = queries.getQueryData<Account>(['panel.account', {}]);
    if (account?.email !== typed.email.trim().toLowerCase()) return;
    setSent(null);
    setTyped({ password: '', email: '' });
    setDone(true);
  };
  return (
    <div className={classes.card}>
      <h2>{t('panelAccount.changeEmail')}</h2>
      {!mail && <p className={classes.notice}>{t('errors.mail-off')}</p>}
      {mail && sent === null && (
        <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
          <TextInput
            type="email"
            label={t('panelAccount.newEmail')}
            autoComplete="email"
            autoCapitalize="none"
            maxLength={254}
            value={typed.email}
            error={change.errorAt('email')}
            onChange={(event) => setTyped({ ...typed, email: event.currentTarget.value })}
          />
          <Password
            label={t('panelAccount.password')}
            autoComplete="current-password"
            value={typed.password}
            error={change.errorAt('password')}
            onChange={(event) => setTyped({ ...typed, password: event.currentTarget.value })}
          />
          <Refusal words={change.failure} />
          <Button type="submit" loading={change.isPending}>
            {t('panelAccount.sendCode')}
          </Button>
        </form>
      )}
      {sent !== null && (
        <CodeStep
          sent={sent}
          email={typed.email.trim()}
          onSent={setSent}
          onCode={(code) => void finish(sent.id, code)}
          failure={confirm.failure}
          isPending={confirm.isPending}
          action={t('panelAccount.confirm')}
        />
      )}
      <p role="status" className={done ? (classes.good ?? '') : 'visually-hidden'}>
        {done && t('panelAccount.emailChanged')}
      </p>
    </div>
  );
}

function Close() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const queries = useQueryClient();
  const [sure, setSure] = useState(false);
  const [password, setPassword] = useState('');
  const close = useAsk('panel.close');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    await close.send({ password });
    // Who was closed is nobody any more.
    await queries.invalidateQueries({ queryKey: ['session.current'] });
    if (queries.getQueryData(['session.current', {}]) !== null) return;
    navigate('/welcome');
    endSession(queries);
  };
  return (
    <div className={classes.card}>
      <h2>{t('panelAccount.closeAccount')}</h2>
      <p>{t('panelAccount.closeWhy')}</p>
      {sure ? (
        <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
          <Password
            label={t('panelAccount.password')}
            autoComplete="current-password"
            value={password}
            error={close.errorAt('password')}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Refusal words={close.failure} />
          <Button type="submit" color="red" loading={close.isPending}>
            {t('panelAccount.closeSure')}
          </Button>
          <Button variant="default" onClick={() => setSure(false)}>
            {t('panelAccount.no')}
          </Button>
        </form>
      ) : (
        <Button variant="default" onClick={() => setSure(true)}>
          {t('panelAccount.closeAccount')}
        </Button>
      )}
    </div>
  );
}

/** Name, language, address, password and the end of the account. */
export function AccountPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useCall('panel.account', {});
  return (
    <Page title={t('panelAccount.account')} back="/profile">
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      {data && (
        <>
          <p>{data.email}</p>
          {data.certainty === 'provisional' && <p className={classes.quiet}>{t('panelAccount.toConfirm')}</p>}
          {data.certainty === 'parked' && <p className={classes.bad}>{t('panelAccount.emailLost')}</p>}
          <Named key={data.email} account={data} />
          <ChangePassword />
          <ChangeEmail />
          <Close />
        </>
      )}
    </Page>
  );
}
