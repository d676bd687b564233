import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCurrentUser } from '#renderer/client/session.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { useNextPatient } from '#renderer/ui/visits/useNextPatient.ts';
import { stateText } from '#renderer/ui/visits/visit-words.ts';
import { Waiting } from '#renderer/ui/visits/Waiting.tsx';
import classes from './WaitingForMe.module.css';

/** More do not fit above a day; the queue has them all. */
const shown = 4;

/** Who waits for whoever is signed in, why and how long; one key calls the next and opens the chart. */
export function WaitingForMe() {
  const { t } = useTranslation();
  const role = useCurrentUser()?.role;
  const { waiting, next, callNext } = useNextPatient();
  useKeys(t('appointments.myDay.keys'), [
    { keys: 'l', label: t('visits.next.call'), run: () => void callNext(), enabled: next !== undefined },
  ]);
  if (!waiting) return null;
  const withDoctor = role === 'nurse';
  return (
    <section className={classes.strip} aria-label={t('visits.myDay.title')}>
      <div className={classes.head}>
        <h2 className={classes.title}>
          {t('visits.myDay.title')} <span className={classes.count}>{waiting.length}</span>
        </h2>
        {next && (
          <Button size="compact-md" onClick={() => void callNext()} rightSection={<KeyHint keys="l" quiet />}>
            {t('visits.next.call')}
          </Button>
        )}
      </div>
      {waiting.length === 0 && <p className={classes.nobody}>{t('visits.myDay.nobody')}</p>}
      <ul className={classes.list} aria-label={t('visits.myDay.list')}>
        {waiting.slice(0, shown).map((visit, index) => (
          <li key={visit.id} className={classes.person} data-next={index === 0 || undefined}>
            <span className={classes.name} title={visit.patientName}>
              {visit.patientName}
            </span>
            <Waiting minutes={visit.minutes} />
            <span className={classes.about}>
              {[
                visit.priority !== 'routine' && t(`visits.priority.${visit.priority}`),
                stateText(t, visit, null),
                withDoctor && visit.practitionerName,
                visit.reason,
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
        {waiting.length > shown && (
          <li className={classes.nobody}>{t('visits.myDay.more', { count: waiting.length - shown })}</li>
        )}
      </ul>
    </section>
  );
}
