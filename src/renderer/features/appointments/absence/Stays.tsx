import { useTranslation } from 'react-i18next';
import { formatWallTime } from '#renderer/ui/format.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Output } from '#shared/contract/contract.ts';
import classes from './AbsenceScreen.module.css';

const known = ['told', 'changed', 'slot-taken', 'patient-busy', 'on-leave', 'outside-schedule'] as const;
type Stay = Output<'absence.takeBack'>['stays'][number];

/** What could not be taken back, one by one, and why. */
export function Stays({ stays }: { stays: readonly Stay[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (stays.length === 0) return null;
  return (
    <section className={classes.outcome} aria-label={t('absence.stays.title')}>
      <h2 className={classes.heading}>{t('absence.stays.title')}</h2>
      <ul>
        {stays.map(({ appointment, because }) => (
          <li key={appointment.id}>
            {t('absence.stays.line', {
              patient: appointment.patientName,
              time: `${format.day(appointment.startLocal, 'weekday')} ${formatWallTime(appointment.startLocal)}`,
              name: appointment.practitionerName,
            })}
            {': '}
            {t(`absence.stays.${known.find((one) => one === because) ?? 'other'}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}
