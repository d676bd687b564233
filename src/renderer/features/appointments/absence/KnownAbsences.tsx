import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { KnownAbsence } from '#shared/contract/absence.ts';
import classes from './AbsenceScreen.module.css';
import { useTakeBack } from './useApply.ts';

/** Absences whose appointments were moved, here or at another desk, and the way back from each. */
export function KnownAbsences() {
  const { t } = useTranslation();
  const format = useFormat();
  const { takeBack, busy } = useTakeBack();
  const absences = useCall('absence.known', {}).data ?? [];
  const when = ({ startDate, endDate, startTime, endTime }: KnownAbsence) => {
    const days = [...new Set([startDate, endDate])].map((day) => format.day(day, 'weekday')).join(' – ');
    return startTime === null ? days : `${days}, ${startTime}–${endTime}`;
  };
  if (absences.length === 0) return null;
  return (
    <section aria-label={t('absence.known')}>
      <h2 className={classes.heading}>{t('absence.known')}</h2>
      <ul className={classes.known}>
        {absences.map((absence) => (
          <li key={absence.id}>
            <div>
              {absence.practitionerName} · {absence.name}
              <br />
              {when(absence)}
              <br />
              <span className={classes.quiet}>{t('absence.knownCount', { count: absence.changed })}</span>
            </div>
            <Button
              variant="default"
              size="compact-sm"
              disabled={busy}
              aria-label={t('absence.takeBackOf', { name: absence.practitionerName, when: when(absence) })}
              onClick={() => void takeBack(absence.id)}
            >
              {t('absence.takeBack')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
