import { Button, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { formatWallTime } from '#renderer/ui/format.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { AppointmentView } from '#shared/contract/appointments.ts';
import type { AppointmentSeriesId } from '#shared/kernel/ids.ts';
import { useAppointments } from '../store.ts';
import { ruleText } from './rule-words.ts';
import classes from './Series.module.css';

const stands = ({ status }: AppointmentView): boolean => status !== 'cancelled';

/** The series an appointment belongs to: its rule, which of them it is, and the others. */
export function OfSeries({ id, seriesId }: { id: string; seriesId: AppointmentSeriesId }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useCall('series.get', { id: seriesId });
  if (!data) return null;
  const standing = data.occurrences.filter(stands);
  const at = standing.findIndex((one) => one.id === id);
  return (
    <section className={classes.others} aria-label={t('series.label')}>
      <h3 className={classes.heading}>
        {[t('series.label'), at >= 0 && t('series.position', { nth: at + 1, count: standing.length })]
          .filter(Boolean)
          .join(': ')}
      </h3>
      {data.rule && <p className={classes.note}>{ruleText(t, data.rule, format.locale)}</p>}
      <ul className={classes.items} aria-label={t('series.others')}>
        {data.occurrences.map((one) => (
          <li key={one.id}>
            <Button
              size="compact-xs"
              variant="default"
              data-current={one.id === id || undefined}
              data-off={stands(one) ? undefined : true}
              aria-current={one.id === id || undefined}
              onClick={() => useAppointments.getState().openDetails(one.id)}
            >
              {format.day(one.startLocal, 'weekday')} {formatWallTime(one.startLocal)}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

export type Scope = 'this' | 'following';

interface ScopeFieldProps {
  readonly value: Scope;
  readonly onChange: (scope: Scope) => void;
}

/** What is meant of a series: this one, or it and what follows. */
export function ScopeField({ value, onChange }: ScopeFieldProps) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      className={classes.scope ?? ''}
      aria-label={t('series.scope.label')}
      data={(['this', 'following'] as const).map((scope) => ({
        value: scope,
        label: t(`series.scope.${scope}`),
      }))}
      value={value}
      onChange={(scope) => onChange(scope as Scope)}
    />
  );
}

/** Which appointments go when this one and the following are cancelled. */
export function WillCancel({
  appointment,
  seriesId,
}: {
  appointment: AppointmentView;
  seriesId: AppointmentSeriesId;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useCall('series.get', { id: seriesId });
  const following = (data?.occurrences ?? []).filter(
    (one) =>
      one.startAt >= appointment.startAt && ['proposed', 'pending', 'booked', 'arrived'].includes(one.status),
  );
  if (following.length === 0) return null;
  return (
    <div className={classes.going}>
      <p className={classes.note}>{t('series.willCancel', { count: following.length })}</p>
      <p className={classes.note}>
        {following
          .map(({ startLocal }) => `${format.day(startLocal, 'weekday')} ${formatWallTime(startLocal)}`)
          .join(' · ')}
      </p>
    </div>
  );
}
