import { Button } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AppErrorException } from '#renderer/client/client.ts';
import { errorText } from './error-text.ts';
import classes from './Failure.module.css';

/** What went wrong with a read, in words, and a way to go on. */
export function Failure({ failure, onRetry }: { failure: AppErrorException; onRetry?: () => void }) {
  const { t } = useTranslation();
  return (
    <div role="alert" className={classes.failure}>
      <IconAlertCircle size={16} stroke={1.6} aria-hidden className={classes.icon ?? ''} />
      <span>{errorText(t, failure)}</span>
      {onRetry && (
        <Button size="compact-sm" variant="default" onClick={onRetry}>
          {t('common.retry')}
        </Button>
      )}
    </div>
  );
}
