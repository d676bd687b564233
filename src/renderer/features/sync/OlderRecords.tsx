import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import classes from './OlderRecords.module.css';

/** What of the first copy is still to come, while the desk works. */
export function OlderRecords({ bootstrap }: { bootstrap: NonNullable<SyncStatus['bootstrap']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { rows, total, rowsPerSecond, secondsLeft } = bootstrap;
  const done = format.number(rows);
  return (
    <div className={classes.history}>
      <div>{t('sync.panel.older')}</div>
      {rowsPerSecond > 0 ? (
        <>
          <Progress
            value={total > 0 ? (rows / total) * 100 : 0}
            size="sm"
            aria-label={t('sync.panel.older')}
          />
          <div className={classes.quiet}>
            {t('sync.panel.historyRows', {
              done,
              total: format.number(total),
              rate: format.number(rowsPerSecond),
            })}
            {secondsLeft !== null &&
              `, ${t('sync.panel.historyLeft', { time: format.duration(secondsLeft) })}`}
          </div>
        </>
      ) : (
        <div className={classes.quiet}>{t('sync.panel.historyPaused', { done })}</div>
      )}
    </div>
  );
}
