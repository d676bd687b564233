import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { Page } from '#renderer/ui/panel/Page.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import classes from './Account.module.css';

const askedAgain = 30_000;

/** The browsers where the account is logged in, and the end of each. */
export function SessionsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const { data, error, refetch } = useCall('panel.sessions', {}, { every: askedAgain });
  const end = useCommand('panel.endSession');
  const all = useCommand('panel.signOutEverywhere');
  const look = () => void queries.invalidateQueries();
  return (
    <Page title={t('panelAccount.sessions')} back="/profile">
      <p className={classes.quiet}>{t('panelAccount.sessionsNote')}</p>
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      <ul className={classes.list}>
        {data?.map(({ id, device, openedAt, unusedMinutes, here }) => (
          <li key={id} className={classes.card}>
            <div className={classes.row}>
              <strong>{device || t('panelAccount.unknownDevice')}</strong>
              {here && <span className={classes.quiet}>{t('panelAccount.here')}</span>}
            </div>
            <p className={classes.quiet}>
              {t('panelAccount.loggedIn', { time: format.dateTime(openedAt) })}
              {'. '}
              {unusedMinutes === 0
                ? t('panelAccount.used')
                : t('panelAccount.usedAgo', { count: unusedMinutes })}
            </p>
            {!here && (
              <Button variant="default" onClick={() => end.mutate({ id }, { onSettled: look })}>
                {t('panelAccount.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Button variant="default" loading={all.isPending} onClick={() => all.mutate({}, { onSettled: look })}>
        {t('panelAccount.everywhere')}
      </Button>
    </Page>
  );
}
