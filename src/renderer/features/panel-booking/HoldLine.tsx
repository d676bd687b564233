import { Button } from '@mantine/core';
import { IconClockHour4, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { errorText } from '#renderer/ui/error-text.ts';
import classes from './PanelBooking.module.css';
import type { Holding } from './useHold.ts';

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** How long the time is kept, or why it is not, and what to do then. What counts down is not read out each second. */
export function HoldLine({ holding, times }: { holding: Holding; times: string }) {
  const { t } = useTranslation();
  const { kept, left, failure, again } = holding;
  if (kept === 'asking') return null;
  if (kept === 'kept')
    return (
      <div className={classes.notice} role="timer">
        <IconClockHour4 size={20} aria-hidden />
        <div>{t('panelBooking.held', { time: clock(left) })}</div>
      </div>
    );
  if (kept === 'none')
    return (
      <div className={classes.notice} data-tone="waiting" role="status">
        <IconInfoCircle size={20} aria-hidden />
        <div>{t('panelBooking.notHeld')}</div>
      </div>
    );
  return (
    <div role="alert" className={classes.page}>
      <div className={classes.notice} data-tone="attention">
        <IconInfoCircle size={20} aria-hidden />
        <div>{kept === 'expired' ? t('panelBooking.expired') : errorText(t, failure)}</div>
      </div>
      <div className={classes.actions}>
        {kept === 'expired' && (
          <Button variant="default" size="md" onClick={again}>
            {t('panelBooking.keepAgain')}
          </Button>
        )}
        <Button component={Link} href={times} variant="default" size="md">
          {t('panelBooking.otherTimes')}
        </Button>
      </div>
    </div>
  );
}
