import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { DataTable, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import type { PlaceRecord } from '#shared/contract/clinic.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import classes from './ClinicScreens.module.css';
import { RoomSheet } from './RoomSheet.tsx';
import { SiteSheet } from './SiteSheet.tsx';

function useColumns(): readonly TableColumn<PlaceRecord>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'name',
      header: t('clinic.place.name'),
      width: 'minmax(180px, 1.2fr)',
      cell: ({ name, siteId, active }) => (
        <span className={siteId ? classes.room : classes.name} data-off={!active || undefined}>
          {name}
        </span>
      ),
    },
    {
      key: 'kind',
      header: t('clinic.place.kind'),
      width: '110px',
      cell: ({ siteId, active }) =>
        active ? (
          t(siteId ? 'clinic.place.room' : 'clinic.place.site')
        ) : (
          <span className={classes.quiet}>{t('clinic.place.closed')}</span>
        ),
    },
    {
      key: 'address',
      header: t('clinic.place.address'),
      width: 'minmax(160px, 1.4fr)',
      cell: ({ addressLine, city }) => [addressLine, city].filter(Boolean).join(', '),
    },
    {
      key: 'phone',
      header: t('clinic.place.phone'),
      width: 'minmax(136px, 0.8fr)',
      tabular: true,
      cell: ({ phone }) => phone ?? '',
    },
    {
      key: 'zone',
      header: t('clinic.place.timeZone'),
      width: 'minmax(120px, 0.8fr)',
      cell: ({ siteId, timeZone }) => (siteId ? '' : timeZone),
    },
  ];
}

type Sheet =
  | { readonly kind: 'site'; readonly site: PlaceRecord | null }
  | { readonly kind: 'room'; readonly room: PlaceRecord | null; readonly siteId: LocationId };

/** The sites of the clinic with their rooms, those that are closed too. */
export function PlacesScreen() {
  const { t } = useTranslation();
  const columns = useColumns();
  const { data, error, refetch } = useCall('clinic.places', {});
  const mayAdd = mayCall(useCurrentUser(), 'clinic.addSite');
  const [at, setAt] = useState<PlaceRecord | null>(null);
  const [sheet, openSheet] = useState<Sheet | null>(null);
  const siteId = at?.siteId ?? at?.id ?? data?.[0]?.id;
  const close = () => openSheet(null);
  const addSite = () => openSheet({ kind: 'site', site: null });
  const addRoom = () => siteId && openSheet({ kind: 'room', room: null, siteId });
  useKeys(t('clinic.place.title'), [
    { keys: 'n', label: t('clinic.place.addSite'), run: addSite, enabled: mayAdd && sheet === null },
    {
      keys: 'r',
      label: t('clinic.place.addRoom'),
      run: addRoom,
      enabled: mayAdd && sheet === null && siteId !== undefined,
    },
  ]);
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  return (
    <div className={classes.screen}>
      <div className={classes.bar}>
        <h1 className={classes.title}>{t('clinic.place.title')}</h1>
        {mayAdd && siteId !== undefined && (
          <Button variant="default" rightSection={<KeyHint keys="r" quiet />} onClick={addRoom}>
            {t('clinic.place.addRoom')}
          </Button>
        )}
        {mayAdd && (
          <Button
            leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
            rightSection={<KeyHint keys="n" quiet />}
            onClick={addSite}
          >
            {t('clinic.place.addSite')}
          </Button>
        )}
      </div>
      <div className={classes.list}>
        <DataTable
          label={t('clinic.place.title')}
          rows={data ?? []}
          columns={columns}
          rowKey={({ id }) => id}
          selectedKey={at?.id ?? null}
          onSelect={setAt}
          onOpen={(place) =>
            openSheet(
              place.siteId === null
                ? { kind: 'site', site: place }
                : { kind: 'room', room: place, siteId: place.siteId },
            )
          }
          empty={
            data && (
              <EmptyState
                text={t('clinic.place.none')}
                action={mayAdd && <Button onClick={addSite}>{t('clinic.place.addSite')}</Button>}
              />
            )
          }
        />
      </div>
      {sheet?.kind === 'site' && (
        <SiteSheet key={sheet.site?.id ?? 'new'} site={sheet.site} onClose={close} />
      )}
      {sheet?.kind === 'room' && (
        <RoomSheet key={sheet.room?.id ?? 'new'} room={sheet.room} siteId={sheet.siteId} onClose={close} />
      )}
    </div>
  );
}
