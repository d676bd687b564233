import {
  IconAlertTriangle,
  IconCalendarOff,
  IconCalendarQuestion,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClockHour4,
  IconDoorEnter,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PanelState } from '#shared/domain/panel-booking/state.ts';
import classes from './StateMark.module.css';

const marks = {
  'to-be-confirmed': [IconCircleDashed, 'waiting'],
  pending: [IconClockHour4, 'attention'],
  confirmed: [IconCircleCheck, 'good'],
  rejected: [IconCircleX, 'needs'],
  'reschedule-proposed': [IconCalendarQuestion, 'attention'],
  'lost-its-time': [IconAlertTriangle, 'needs'],
  cancelling: [IconCircleDashed, 'waiting'],
  cancelled: [IconCalendarOff, 'past'],
  arrived: [IconDoorEnter, 'good'],
  fulfilled: [IconCircleCheck, 'past'],
  missed: [IconCircleX, 'past'],
} as const satisfies Record<PanelState, readonly [unknown, string]>;

/** How an appointment stands, in words, with a shape of its own and a colour. */
export function StateMark({ state }: { state: PanelState }) {
  const { t } = useTranslation();
  const [Icon, tone] = marks[state];
  return (
    <span className={classes.state} data-tone={tone}>
      <Icon size={18} stroke={1.8} aria-hidden />
      {t(`panelBooking.state.${state}`)}
    </span>
  );
}
