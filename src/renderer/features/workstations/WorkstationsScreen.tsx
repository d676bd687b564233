import { Button, Loader } from '@mantine/core';
import { IconLock, IconPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { DataTable, type DataTableHandle, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { MailNotes } from '#renderer/ui/MailNotes.tsx';
import { ProtectionNotes } from '#renderer/ui/ProtectionNotes.tsx';
import { RecentlyEnrolled } from '#renderer/ui/RecentlyEnrolled.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { WorkstationView } from '#shared/contract/workstations.ts';
import { EnrolSheet } from './EnrolSheet.tsx';
import { ProtectionSheet } from './ProtectionSheet.tsx';
import { WorkstationSheet } from './WorkstationSheet.tsx';
import classes from './Workstations.module.css';

/** Nothing tells when another workstation was heard of. */
const glance = 30_000;

function useColumns(): readonly TableColumn<WorkstationView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const number = (value: number | null) => (value === null ? '' : format.number(value));
  return [
    { key: 'no', header: t('workstations.column.no'), width: '56px', tabular: true, cell: ({ no }) => no },
    {
      key: 'name',
      header: t('workstations.column.name'),
      width: 'minmax(160px, 2fr)',
      cell: ({ name, here }) => (
        <>
          <strong>{name}</strong> {here && <span className={classes.quiet}>{t('workstations.here')}</span>}
        </>
      ),
    },
    {
      key: 'site',
      header: t('workstations.column.site'),
      width: 'minmax(96px, 1fr)',
      cell: ({ siteName }) => siteName ?? t('workstations.noSite'),
    },
    {
      key: 'state',
      header: t('workstations.column.state'),
      width: 'minmax(170px, 1fr)',
      cell: ({ state }) => (
        <span className={classes.state} data-state={state}>
          {t(`workstations.state.${state}`)}
        </span>
      ),
    },
    {
      key: 'contact',
      header: t('workstations.column.contact'),
      width: 'minmax(150px, 1fr)',
      tabular: true,
      cell: ({ lastContact }) => (lastContact ? format.dateTime(lastContact) : t('workstations.never')),
    },
    {
      key: 'behind',
      header: t('workstations.column.behind'),
      width: '80px',
      align: 'end',
      tabular: true,
      cell: ({ behind }) => number(behind),
    },
    {
      key: 'rejected',
      header: t('workstations.column.rejected'),
      width: '80px',
      align: 'end',
      tabular: true,
      cell: ({ rejected }) => number(rejected),
    },
    {
      key: 'version',
      header: t('workstations.column.version'),
      width: '96px',
      cell: ({ version }) => version ?? t('workstations.unknown'),
    },
  ];
}

/** Every workstation as the centre knows it; Enter opens one with what can be done to it. */
export function WorkstationsScreen({ view }: { readonly view: string | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [, navigate] = useLocation();
  const isProtection = view === 'protection';
  const [openId, setOpen] = useState<string | null>(null);
  const [isEnrolling, setEnrolling] = useState(false);
  const mayEnrol = mayCall(useCurrentUser(), 'workstations.enrol');
  const table = useRef<DataTableHandle>(null);
  const { data, error, refetch } = useCall('workstations.list', {}, { every: glance });
  const columns = useColumns();
  const opened = data?.workstations.find(({ id }) => id === openId);
  const isThere = data !== undefined;
  const live = data?.live ?? false;
  // One sheet at a time.
  const show = (next: {
    readonly id?: string;
    readonly enrolling?: boolean;
    readonly protection?: boolean;
  }) => {
    setOpen(next.id ?? null);
    setEnrolling(next.enrolling === true);
    if (isProtection !== (next.protection === true))
      navigate(next.protection === true ? '/workstations/protection' : '/workstations');
  };
  const open = (id: string | null) => show(id === null ? {} : { id });
  const enrol = () => show({ enrolling: true });
  useKeys(t('workstations.title'), [
    {
      keys: 'n',
      label: t('workstations.enrol.button'),
      run: enrol,
      enabled: mayEnrol && live && !isEnrolling && opened === undefined && !isProtection,
    },
  ]);
  useEffect(() => {
    const { activeElement } = document;
    if (isThere && (activeElement === document.body || activeElement?.id === 'work')) table.current?.focus();
  }, [isThere]);
  return (
    <div className={classes.screen}>
      <div className={classes.bar}>
        <h1 className={classes.title}>{t('workstations.title')}</h1>
        {data?.live && (
          <span className={classes.quiet}>{t('workstations.asOf', { time: format.time(data.asOf) })}</span>
        )}
        <Button
          className={classes.push ?? ''}
          variant="default"
          leftSection={<IconLock size={16} stroke={1.6} aria-hidden />}
          onClick={() => show({ protection: true })}
        >
          {t('protection.title')}
        </Button>
        {data && mayEnrol && (
          <Button
            leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
            rightSection={<KeyHint keys="n" quiet />}
            disabled={!live}
            onClick={enrol}
          >
            {t('workstations.enrol.button')}
          </Button>
        )}
      </div>
      <ProtectionNotes />
      <MailNotes />
      {data && !data.live && (
        <p className={classes.note} role="status">
          {t('workstations.known', { time: format.dateTime(data.asOf) })}
        </p>
      )}
      <RecentlyEnrolled workstations={data?.workstations ?? []} className={classes.recent ?? ''} />
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      {!data && !error && (
        <div className={classes.loading} aria-busy="true">
          <Loader size="sm" aria-label={t('workstations.loading')} />
        </div>
      )}
      {data && (
        <div className={classes.table}>
          <DataTable
            ref={table}
            label={t('workstations.title')}
            rows={data.workstations}
            columns={columns}
            rowKey={({ id }) => id}
            selectedKey={openId}
            onSelect={({ id }) => openId !== null && open(id)}
            onOpen={({ id }) => open(id)}
            empty={<EmptyState text={t('workstations.empty')} />}
          />
        </div>
      )}
      {isProtection && <ProtectionSheet onClose={() => show({})} />}
      {opened && !isProtection && (
        <WorkstationSheet
          key={opened.id}
          workstation={opened}
          live={live}
          onChanged={() => void refetch()}
          onClose={() => open(null)}
        />
      )}
      {isEnrolling && !isProtection && (
        <EnrolSheet onMade={() => void refetch()} onClose={() => open(null)} />
      )}
    </div>
  );
}
