import { Button } from '@mantine/core';
import { IconCloudOff, IconDoorEnter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { formatTime } from '#renderer/ui/format.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeyListener, useKeys } from '#renderer/ui/keys/useKeys.ts';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import classes from './WaitingRoom.module.css';

/** How often it is looked who was called long ago, which no event tells. */
const glance = 10_000;

/** A screen for the waiting room: who is called to which room and who comes next, in numbers one reads from a chair. */
export function WaitingRoom() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const chosen = usePreferences((state) => state.siteId);
  const site = (new URLSearchParams(useSearch()).get('site') ?? chosen) as LocationId | null;
  const isDesktop = useCall('app.info', {}).data?.host === 'desktop';
  const { data, error, refetch } = useCall(
    'visits.board',
    { locationId: site },
    { every: glance, keepPrevious: true },
  );
  useKeyListener();
  // On the desktop it is always a window of its own; a browser may have come here in the only one there is.
  const leave = () => (isDesktop ? window.close() : navigate('/queue'));
  const leaveText = t(isDesktop ? 'visits.room.close' : 'visits.room.back');
  useKeys(t('visits.room.title'), [{ keys: 'Escape', label: leaveText, run: leave }]);
  return (
    <main className={classes.page}>
      <header className={classes.bar}>
        <h1 className={classes.title}>{t('visits.room.title')}</h1>
        <Currency asOf={data?.asOf ?? null} />
        <Button
          className={classes.back ?? ''}
          size="compact-sm"
          variant="subtle"
          onClick={leave}
          rightSection={<KeyHint keys="Escape" quiet />}
        >
          {leaveText}
        </Button>
      </header>
      {error && !data && <Failure failure={error} onRetry={() => void refetch()} />}
      {data && <Called called={data.called} />}
      {data && data.waiting.length > 0 && (
        <section className={classes.next} aria-label={t('visits.room.next')}>
          <h2 className={classes.nextTitle}>{t('visits.room.next')}</h2>
          <ol className={classes.numbers}>
            {data.waiting.map((number) => (
              <li key={number}>{number}</li>
            ))}
          </ol>
          {data.waitingCount > data.waiting.length && (
            <p className={classes.more}>
              {t('visits.room.more', { count: data.waitingCount - data.waiting.length })}
            </p>
          )}
        </section>
      )}
    </main>
  );
}

/** The time; without the centre, of the last contact, since a desk elsewhere may have called somebody meanwhile. */
function Currency({ asOf }: { asOf: string | null }) {
  const { t } = useTranslation();
  const { locale, timeZone } = useFormat();
  const status = useCall('sync.status', {}).data;
  const behind = status?.connection === 'offline' ? (status.offlineSince ?? status.lastContact) : null;
  if (behind)
    return (
      <p className={classes.asOf} data-behind role="status">
        <IconCloudOff size={24} stroke={1.6} aria-hidden />
        {t('visits.room.asOf', { time: formatTime(behind, locale, timeZone) })}
      </p>
    );
  return asOf && <p className={classes.asOf}>{formatTime(asOf, locale, timeZone)}</p>;
}

function Called({ called }: { called: Output<'visits.board'>['called'] }) {
  const { t } = useTranslation();
  return (
    <section className={classes.called} aria-label={t('visits.room.called')}>
      <ul className={classes.calls} aria-live="polite">
        {called.map(({ number, room, calledAt }) => (
          <li key={`${number} ${calledAt}`} className={classes.call}>
            <span className={classes.number}>{number}</span>
            <span className={classes.come}>
              <IconDoorEnter size={36} stroke={1.6} aria-hidden />
              {t('visits.room.called')}
            </span>
            <span className={classes.where}>{room}</span>
          </li>
        ))}
      </ul>
      {called.length === 0 && <p className={classes.nobody}>{t('visits.room.nobodyCalled')}</p>}
    </section>
  );
}
