import { IconCalendarX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatWallTime } from '#renderer/ui/format.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { RebookingTask } from '#shared/contract/appointments.ts';
import classes from './TaskLine.module.css';

/** A booking that lost its time, in a list. */
export function TaskLine({ task }: { task: RebookingTask }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { appointment } = task;
  return (
    <span className={classes.line}>
      <span className={classes.name}>{appointment.patientName}</span>
      <span className={classes.about}>
        {format.day(appointment.startLocal, 'weekday')} {formatWallTime(appointment.startLocal)} ·{' '}
        {appointment.practitionerName}
      </span>
      <span className={classes.why}>
        <IconCalendarX size={14} stroke={1.8} aria-hidden />
        {t(`appointments.tasks.code.${task.code}`)} ·{' '}
        {t('conflicts.since', { time: format.dateTime(task.createdAt) })}
      </span>
    </span>
  );
}
