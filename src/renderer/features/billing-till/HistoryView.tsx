import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { usePreferences } from '#renderer/ui/preferences.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import { SessionSheet } from './SessionSheet.tsx';
import { SessionTable } from './SessionTable.tsx';
import classes from './Till.module.css';

function Pages({ siteId }: { readonly siteId: LocationId }) {
  const { t } = useTranslation();
  // Where each page began, the first first.
  const [places, setPlaces] = useState<readonly (string | null)[]>([null]);
  const { data, error, refetch } = useCall(
    'till.history',
    { siteId, before: places.at(-1) ?? null },
    { keepPrevious: true },
  );
  const [opened, open] = useState<string | null>(null);
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  if (data === undefined) return null;
  const session = data.sessions.find(({ id }) => id === opened);
  return (
    <div className={classes.body}>
      <div className={classes.list}>
        <SessionTable
          label={t('till.view.history')}
          sessions={data.sessions}
          empty={t('till.noHistory')}
          onOpen={({ id }) => open(id)}
        />
      </div>
      <div className={classes.acts}>
        {places.length > 1 && (
          <Button variant="default" onClick={() => setPlaces(places.slice(0, -1))}>
            {t('till.newer')}
          </Button>
        )}
        {data.next !== null && (
          <Button variant="default" onClick={() => setPlaces([...places, data.next])}>
            {t('till.older')}
          </Button>
        )}
      </div>
      {session && <SessionSheet key={session.id} session={session} onClose={() => open(null)} />}
    </div>
  );
}

/** The sessions there were at the site of the frame, else at this workstation's. */
export function HistoryView() {
  const chosen = usePreferences((state) => state.siteId);
  const { data: desk, error, refetch } = useCall('till.desk', {});
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  const siteId = desk?.sites.find(({ id }) => id === chosen)?.id ?? desk?.siteId ?? desk?.sites[0]?.id;
  return siteId ? <Pages key={siteId} siteId={siteId} /> : null;
}
