import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { errorText, fieldText } from '#renderer/ui/error-text.ts';
import { initials } from '#renderer/ui/format.ts';
import { OwnPasswordField, PinField } from '#renderer/ui/PinField.tsx';
import { SignInBound } from '#renderer/ui/SignInBound.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { HeldSession } from '#shared/contract/session.ts';
import { HeldList } from './HeldList.tsx';
import classes from './LockScreen.module.css';
import { rememberUser } from './places.ts';
import { SignInScreen } from './SignInScreen.tsx';
import { takeSwitching } from './switching.ts';
import { useGoIn } from './useGoIn.ts';

/** Stands in the place of the work while it is locked: nothing of it is there. The one who was here last is asked first. */
export function LockScreen({ held }: { readonly held: readonly [HeldSession, ...HeldSession[]] }) {
  const { t } = useTranslation();
  const [latest] = held;
  const [chosen, setChosen] = useState<string | null>(() => (takeSwitching() ? null : latest.id));
  // What the window's address shows is theirs, also after it was loaded anew.
  useEffect(() => rememberUser(latest.id), [latest.id]);
  const one = held.find(({ id }) => id === chosen) ?? latest;
  if (chosen === null) return <SignInScreen held={held} onHeld={setChosen} />;
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <div className={classes.card}>
          <Who one={one} />
          <SignInBound />
          <UnlockForm key={one.id} one={one} />
          <Button variant="subtle" fullWidth onClick={() => setChosen(null)}>
            {t('session.lock.another')}
          </Button>
        </div>
        <HeldList held={held.filter(({ id }) => id !== one.id)} onChoose={setChosen} />
      </div>
    </main>
  );
}

function Who({ one: { displayName, lockedAt, by } }: { one: HeldSession }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={classes.who}>
      <span className={classes.initials} data-initials={initials(displayName)} aria-hidden />
      <h1 className={classes.name}>{displayName}</h1>
      <p className={classes.since}>
        <IconLock size={14} stroke={1.8} aria-hidden />
        {t(`session.lock.by.${by}`, { time: format.time(lockedAt) })}
      </p>
    </div>
  );
}

function UnlockForm({ one }: { one: HeldSession }) {
  const { t } = useTranslation();
  const unlock = useCommand('session.unlock');
  const goIn = useGoIn();
  const form = useRef<HTMLFormElement>(null);
  const [by, setBy] = useState<'pin' | 'password'>(one.pin ? 'pin' : 'password');
  // After too many wrong ones, or where there is none, no longer.
  const [isPinOpen, setPinOpen] = useState(one.pin);
  const [secret, setSecret] = useState('');
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    if (by !== null) form.current?.querySelector<HTMLElement>('input:not([type=hidden])')?.focus();
  }, [by]);
  const change = (typed: string) => {
    setSecret(typed);
    setMissing(false);
  };
  const choose = (next: typeof by) => {
    change('');
    unlock.reset();
    setBy(next);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (secret === '') return setMissing(true);
    try {
      goIn(await unlock.mutateAsync({ id: one.id, by, secret }));
    } catch (failure) {
      change('');
      form.current?.querySelector<HTMLElement>('input:not([type=hidden])')?.focus();
      const code = failure instanceof AppErrorException ? failure.error.code : null;
      if (code !== 'pin-locked' && code !== 'no-pin') return;
      setPinOpen(false);
      setBy('password');
    }
  };
  const failure = unlock.error ? errorText(t, unlock.error) : undefined;
  const field = { value: secret, error: isMissing ? fieldText(t, 'required') : failure, onChange: change };
  return (
    <form ref={form} className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
      <p className={classes.kept}>{t('session.lock.kept')}</p>
      {by === 'pin' ? (
        <PinField {...field} wide />
      ) : (
        <>
          <input type="hidden" autoComplete="username" value={one.username} readOnly />
          <OwnPasswordField {...field} label={t('session.password')} />
        </>
      )}
      <Button type="submit" fullWidth loading={unlock.isPending}>
        {t('session.lock.unlock')}
      </Button>
      {isPinOpen && (
        <Button variant="subtle" fullWidth onClick={() => choose(by === 'pin' ? 'password' : 'pin')}>
          {t(by === 'pin' ? 'session.lock.withPassword' : 'session.lock.withPin')}
        </Button>
      )}
    </form>
  );
}
