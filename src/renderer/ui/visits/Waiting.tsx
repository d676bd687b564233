import { IconAlertTriangle, IconClock, IconClockExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { waitingTone } from '#shared/domain/visits/waiting.ts';
import { minutesText } from './visit-words.ts';
import classes from './Waiting.module.css';
import { useWaitingLimits } from './waiting-limits.tsx';

/** A wait is told by an icon as well as by its colour. */
export const waitingIcons = {
  short: IconClock,
  long: IconClockExclamation,
  'too-long': IconAlertTriangle,
} as const;

/** How long somebody waits. The icon differs as well as the colour, and the word is there for who sees neither. */
export function Waiting({ minutes }: { minutes: number }) {
  const { t } = useTranslation();
  const tone = waitingTone(minutes, useWaitingLimits());
  const Icon = waitingIcons[tone];
  return (
    <span className={classes.waiting} data-wait={tone} title={t(`visits.wait.${tone}`)}>
      <Icon size={14} stroke={1.8} aria-hidden />
      {minutesText(t, minutes)}
      <span className="visually-hidden">, {t(`visits.wait.${tone}`)}</span>
    </span>
  );
}
