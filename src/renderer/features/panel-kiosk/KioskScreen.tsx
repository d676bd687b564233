import { Button, Loader } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall } from '#renderer/client/session.ts';
import { type Language, languages } from '#shared/i18n/languages.ts';
import { ArmScreen, NotYetScreen } from './ArmScreen.tsx';
import { CheckIn } from './CheckIn.tsx';
import classes from './Kiosk.module.css';
import { LeaveScreen } from './LeaveScreen.tsx';

interface KioskScreenProps {
  /** Says everything in another language. */
  readonly onSpeak: (language: Language) => void;
}

/** How often it is asked how things stand, milliseconds; the browser's session lives on by it. */
const lookAgain = 15_000;

/** The page of the kiosk: the kiosk itself, or how a screen becomes one. */
export function KioskScreen({ onSpeak }: KioskScreenProps) {
  const { t } = useTranslation();
  const session = useCall('session.current', {}, { every: lookAgain });
  const isStaff = session.data !== null && session.data !== undefined;
  const status = useCall('kiosk.status', {}, { enabled: session.data === null, every: lookAgain });
  const clinic = useCall('app.info', {}).data?.clinic;
  const [at, setAt] = useState<'start' | 'check-in' | 'leave'>('start');
  if (isStaff && session.data) return mayCall(session.data, 'kiosk.arm') ? <ArmScreen /> : <NotYetScreen />;
  if (status.error?.error.code === 'not-signed-in') return <NotYetScreen />;
  if (status.data === undefined)
    return (
      <main className={classes.page}>
        {status.error ? (
          <p className={classes.title}>{t('kiosk.outcome.failed')}</p>
        ) : (
          <Loader m="auto" aria-label={t('common.loading')} />
        )}
      </main>
    );
  const home = () => setAt('start');
  if (at === 'leave') return <LeaveScreen seconds={status.data.resetSeconds} onBack={home} />;
  if (at === 'check-in')
    return <CheckIn seconds={status.data.resetSeconds} live={status.data.live} onHome={home} />;
  const begin = (language: Language) => {
    onSpeak(language);
    setAt('check-in');
  };
  return <Start clinic={status.data.site ?? clinic ?? ''} onBegin={begin} onLeave={() => setAt('leave')} />;
}

interface StartProps {
  readonly clinic: string;
  readonly onBegin: (language: Language) => void;
  readonly onLeave: () => void;
}

/** What everybody sees first: the same question in every language. */
function Start({ clinic, onBegin, onLeave }: StartProps) {
  const { t, i18n } = useTranslation();
  return (
    <main className={classes.page}>
      <h1 className={classes.clinic}>{clinic}</h1>
      <div className={classes.languages}>
        {(Object.keys(languages) as Language[]).map((language) => {
          const own = i18n.getFixedT(language);
          return (
            <button
              key={language}
              type="button"
              lang={language}
              className={classes.begin}
              onClick={() => onBegin(language)}
            >
              <span className={classes.beginWord}>{own('kiosk.begin')}</span>
              <span>{own('kiosk.language')}</span>
            </button>
          );
        })}
      </div>
      <footer className={classes.foot}>
        <Button variant="subtle" className={classes.small ?? ''} onClick={onLeave}>
          {t('kiosk.staff')}
        </Button>
      </footer>
    </main>
  );
}
