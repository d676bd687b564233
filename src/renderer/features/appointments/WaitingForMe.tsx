import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { useCurrentUser } from '#renderer/client/session.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { useVisitSteps } from '#renderer/ui/visits/useVisitSteps.ts';
import { stateText } from '#renderer/ui/visits/visit-words.ts';
import { Waiting } from '#renderer/ui/visits/Waiting.tsx';
import { isWaiting, visitState } from '#shared/domain/visits/course.ts';
import type { PractitionerId } from '#shared/kernel/ids.ts';
import classes from './WaitingForMe.module.css';

/** More do not fit beside a day; the queue has them all. */
const shown = 4;
/** Minutes are told by the host: they are asked for again twice in one. */
const glance = 30_000;

/** Who waits for the signed-in doctor, in the order of the queue; one key calls the next. */
export function WaitingForMe({ today }: { today: string }) {
  const { t } = useTranslation();
  const steps = useVisitSteps();
  const practitionerId = (useCurrentUser()?.practitionerId ?? null) as PractitionerId | null;
  const queue = useCall(
    'visits.queue',
    { date: today, practitionerId },
    { enabled: practitionerId !== null, every: glance },
  ).data;
  const waiting = (queue?.visits ?? []).filter((visit) => isWaiting(visitState(visit)));
  const [next] = waiting;
  const callNext = () => next && void steps.take(next, 'call');
  useKeys(t('appointments.myDay.keys'), [
    { keys: 'l', label: t('visits.myDay.callNext'), run: callNext, enabled: next !== undefined },
  ]);
  if (!queue) return null;
  return (
    <section className={classes.strip} aria-label={t('visits.myDay.title')}>
      <h2 className={classes.title}>
        {t('visits.myDay.title')} <span className={classes.count}>{waiting.length}</span>
      </h2>
      {waiting.length === 0 && <p className={classes.nobody}>{t('visits.myDay.nobody')}</p>}
      <ul className={classes.list} aria-label={t('visits.myDay.list')}>
        {waiting.slice(0, shown).map((visit) => (
          <li key={visit.id} className={classes.person}>
            <span className={classes.name} title={visit.patientName}>
              {visit.patientName}
            </span>
            <span className={classes.state}>
              {stateText(t, visit, null)}
              {visit.priority !== 'routine' && ` · ${t(`visits.priority.${visit.priority}`)}`}
            </span>
            <Waiting minutes={visit.minutes} />
          </li>
        ))}
      </ul>
      {waiting.length > shown && (
        <span className={classes.nobody}>{t('visits.myDay.more', { count: waiting.length - shown })}</span>
      )}
      {next && (
        <Button size="compact-md" onClick={callNext} rightSection={<KeyHint keys="l" quiet />}>
          {t('visits.myDay.callNext')}
        </Button>
      )}
    </section>
  );
}
