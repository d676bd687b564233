import { Loader } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { LockScreen } from '#renderer/features/session/LockScreen.tsx';
import { SignInScreen } from '#renderer/features/session/SignInScreen.tsx';
import { WaitingRoom } from '#renderer/features/visits/WaitingRoom.tsx';
import { waitingRoomPath } from '#shared/domain/shell/screens.ts';
import classes from './CalmPage.module.css';
import { Closed } from './Closed.tsx';
import { closureOf } from './closure.ts';
import { Preparing } from './Preparing.tsx';
import { Shell } from './Shell.tsx';

/** What the window shows first: is the workstation there, may its copy be used, is its first copy there, is somebody signed in, or locked. */
export function Gate() {
  const status = useCall('sync.status', {}, { every: 15_000 });
  const session = useCall('session.current', {});
  const held = useCall('session.held', {}, { enabled: !session.data });
  const info = useCall('app.info', {}).data;
  const [location] = useLocation();
  const closure = status.data ? closureOf(status.data) : null;
  if (status.data && closure) return <Closed status={status.data} state={closure} />;
  const preparing = status.data?.connection === 'preparing' ? status.data : null;
  const [latest, ...others] = session.data ? [] : (held.data ?? []);
  // It has no names on it, so that patients see it while the desk is locked.
  const shows = session.data || latest;
  if (shows && location === waitingRoomPath && !preparing) return <WaitingRoom />;
  if (session.data) {
    return (
      <>
        {preparing && <Preparing status={preparing} />}
        <Aside aside={preparing !== null}>
          <Shell user={session.data} />
        </Aside>
      </>
    );
  }
  // While nothing was ever answered, go on asking; afterwards the pill says that the workstation went away.
  if (status.error && !status.data) return <Unreachable />;
  if (session.isPending || status.isPending || held.isPending) return <Starting />;
  if (preparing) return <Preparing status={preparing} />;
  if (latest) return <LockScreen held={[latest, ...others]} />;
  // On the desktop it is a further window, on a wall perhaps: one signs in at the first.
  if (location === waitingRoomPath && info?.host !== 'headless') return <Waiting />;
  return <SignInScreen />;
}

/** The work, out of sight while a new copy is made: what was half typed is there afterwards, and so is the cursor. */
function Aside({ aside, children }: { aside: boolean; children: ReactNode }) {
  const cursor = useRef<Element | null>(null);
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      if (target instanceof Element) cursor.current = target;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
  useEffect(() => {
    if (!aside && cursor.current instanceof HTMLElement && document.activeElement === document.body)
      cursor.current.focus();
  }, [aside]);
  return <div className={aside ? classes.aside : classes.shown}>{children}</div>;
}

function Starting() {
  const { t } = useTranslation();
  return (
    <main className={classes.page} aria-busy="true">
      <h1 className="visually-hidden">{t('app.name')}</h1>
      <Loader aria-label={t('common.loading')} size="sm" />
    </main>
  );
}

/** The waiting room's screen while nobody is signed in: it goes on by itself. */
function Waiting() {
  const { t } = useTranslation();
  return (
    <main className={classes.page}>
      <div className={classes.card} role="status">
        <h1>{t('visits.room.title')}</h1>
        <p>{t('visits.room.signedOut')}</p>
      </div>
    </main>
  );
}

function Unreachable() {
  const { t } = useTranslation();
  return (
    <main className={classes.page}>
      <div className={classes.card} role="alert">
        <h1>{t('app.unreachable.title')}</h1>
        <p>{t('app.unreachable.text')}</p>
      </div>
    </main>
  );
}
