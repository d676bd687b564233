import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { Stays } from '../absence/Stays.tsx';
import classes from './Oversight.module.css';
import { useOversight } from './store.ts';
import { useTakeBackBulk } from './useBulk.ts';

/** Changes of many, here or at another desk, and the way back from each. */
export function RecentSheet() {
  const { t } = useTranslation();
  const format = useFormat();
  const { takeBack, busy } = useTakeBackBulk();
  const stays = useOversight((state) => state.stays);
  const { data, error, refetch } = useCall('oversight.known', {});
  return (
    <SideSheet title={t('oversight.recent.title')} onClose={useOversight.getState().close}>
      <Stays stays={stays} />
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <p className={classes.quiet}>{t('oversight.recent.none')}</p>}
      <ul className={classes.lines}>
        {data?.map(({ id, at, kind, by, changed }) => (
          <li key={id} className={classes.recent}>
            <span className={classes.who}>
              <span className={classes.name}>
                {t(`oversight.recent.kind.${kind}`)} · {t('oversight.recent.line', { count: changed })}
              </span>
              <span className={classes.time}>{[format.dateTime(at), by].filter(Boolean).join(' · ')}</span>
            </span>
            <Button
              variant="default"
              size="compact-sm"
              disabled={busy}
              aria-label={t('oversight.recent.takeBackOf', {
                kind: t(`oversight.recent.kind.${kind}`),
                when: format.dateTime(at),
              })}
              onClick={() => void takeBack({ id, at })}
            >
              {t('oversight.recent.takeBack')}
            </Button>
          </li>
        ))}
      </ul>
    </SideSheet>
  );
}
