import { Button } from '@mantine/core';
import { IconClockHour4, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { errorText } from '#renderer/ui/error-text.ts';
import parts from '#renderer/ui/panel/Parts.module.css';
import type { Holding } from './useHold.ts';

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

interface HoldLineProps {
  readonly holding: Holding;
  /** Where other times are, when the screen does not lead there by itself. */
  readonly times?: string;
}

/** How long the time is kept, or why it is not, and what to do then. What counts down is not read out each second. */
export function HoldLine({ holding, times }: HoldLineProps) {
  const { t } = useTranslation();
  const { kept, left, failure, again } = holding;
  if (kept === 'asking') return null;
  if (kept === 'kept')
    return (
      <div className={parts.notice} role="timer">
        <IconClockHour4 size={20} aria-hidden />
        <div>{t('panelBooking.held', { time: clock(left) })}</div>
      </div>
    );
  if (kept === 'none')
    return (
      <div className={parts.notice} data-tone="waiting" role="status">
        <IconInfoCircle size={20} aria-hidden />
        <div>{t('panelBooking.notHeld')}</div>
      </div>
    );
  return (
    <div role="alert" className={parts.page}>
      <div className={parts.notice} data-tone="attention">
        <IconInfoCircle size={20} aria-hidden />
        <div>{kept === 'expired' ? t('panelBooking.expired') : errorText(t, failure)}</div>
      </div>
      <div className={parts.actions}>
        {kept === 'expired' && (
          <Button variant="default" size="md" onClick={again}>
            {t('panelBooking.keepAgain')}
          </Button>
        )}
        {times !== undefined && (
          <Button component={Link} href={times} variant="default" size="md">
            {t('panelBooking.otherTimes')}
          </Button>
        )}
      </div>
    </div>
  );
}
