import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { DataTable, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { useKeptForms } from '#renderer/ui/kept-form/useKeptForm.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useResultWords } from '#renderer/ui/useResultWords.ts';
import type { ServiceRequestView } from '#shared/contract/orders.ts';
import { CancelRequestSheet } from './CancelRequestSheet.tsx';
import { EnterSheet } from './EnterSheet.tsx';
import classes from './Results.module.css';

type Sheet = 'enter' | 'cancel' | null;

/** Tests that were asked for and wait for a result; one key enters it. */
export function RequestList() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const open = useCall('orders.open', { patientId: null });
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [sheet, setSheet] = useState<Sheet>(null);
  const requests = open.data?.requests ?? [];
  const selected = requests.find(({ id }) => id === selectedId) ?? requests[0];
  useKeptForms(selected?.patientId);
  const columns = useColumns(sheet !== null);
  const enabled = selected !== undefined;
  const user = useCurrentUser();
  const mayEnter = mayCall(user, 'results.enter');
  const mayCancel = mayCall(user, 'orders.cancel');
  const chart = () => selected && navigate(`/patients/${selected.patientId}/chart`);
  useKeys(t('orders.requests.title'), [
    {
      keys: 'e',
      label: t('orders.action.enter'),
      run: () => setSheet('enter'),
      enabled: enabled && mayEnter,
    },
    {
      keys: 'Delete|Backspace',
      label: t('orders.action.cancel'),
      run: () => setSheet('cancel'),
      enabled: enabled && mayCancel,
    },
    { keys: 'c', label: t('orders.action.chart'), run: () => void chart(), enabled },
  ]);
  if (open.error) return <Failure failure={open.error} onRetry={() => void open.refetch()} />;
  if (!open.data) return <div className={classes.work} aria-busy="true" />;
  const close = () => setSheet(null);
  return (
    <>
      <DataTable
        label={t('orders.requests.title')}
        rows={requests}
        columns={columns}
        rowKey={({ id }) => id}
        selectedKey={selected?.id ?? null}
        onSelect={({ id }) => setSelectedId(id)}
        onOpen={({ id }) => {
          setSelectedId(id);
          if (mayEnter) setSheet('enter');
        }}
        empty={<EmptyState text={t('orders.requests.empty')} />}
      />
      {selected && (
        <RequestBar request={selected}>
          {mayEnter && (
            <Button
              size="compact-md"
              onClick={() => setSheet('enter')}
              rightSection={<KeyHint keys="e" quiet />}
            >
              {t('orders.action.enter')}
            </Button>
          )}
          {mayCancel && (
            <Button
              size="compact-md"
              variant="default"
              onClick={() => setSheet('cancel')}
              rightSection={<KeyHint keys="Delete" quiet />}
            >
              {t('orders.action.cancel')}
            </Button>
          )}
        </RequestBar>
      )}
      {sheet === 'enter' && selected && (
        <EnterSheet
          key={selected.id}
          patientId={selected.patientId}
          patientName={selected.patientName}
          request={selected}
          onClose={close}
        />
      )}
      {sheet === 'cancel' && selected && (
        <CancelRequestSheet key={selected.id} request={selected} onClose={close} />
      )}
    </>
  );
}

function RequestBar({ request, children }: { request: ServiceRequestView; children: ReactNode }) {
  const words = useResultWords();
  const facts = [words.test(request), request.reason, request.note].filter(Boolean).join(' · ');
  return (
    <section className={classes.bar} aria-label={request.patientName}>
      <p className={classes.quiet}>
        <strong>{request.patientName}</strong> {request.patientMrn} · {facts}
      </p>
      <span className={classes.spacer} />
      {children}
    </section>
  );
}

function useColumns(narrow: boolean): readonly TableColumn<ServiceRequestView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useResultWords();
  const columns: readonly (TableColumn<ServiceRequestView> & { readonly wide?: true })[] = [
    {
      key: 'priority',
      header: t('orders.column.priority'),
      width: '104px',
      cell: ({ priority }) => (
        <span
          className={classes.flag}
          data-flag={priority === 'stat' ? 'critical' : priority === 'routine' ? undefined : 'abnormal'}
        >
          {t(`orders.priority.${priority}`)}
        </span>
      ),
    },
    {
      key: 'patient',
      header: t('orders.column.patient'),
      width: 'minmax(140px, 1.4fr)',
      cell: ({ patientName, certainty }) => (
        <>
          {patientName} <CertaintyMark certainty={certainty} quiet />
        </>
      ),
    },
    { key: 'test', header: t('orders.column.test'), width: 'minmax(140px, 1.4fr)', cell: words.test },
    {
      key: 'requester',
      header: t('orders.column.requester'),
      width: 'minmax(120px, 1fr)',
      cell: ({ requesterName }) => requesterName ?? '',
      wide: true,
    },
    {
      key: 'since',
      header: t('orders.column.since'),
      width: '168px',
      tabular: true,
      cell: ({ authoredAt }) => format.dateTime(authoredAt),
      wide: true,
    },
  ];
  return narrow ? columns.filter(({ wide }) => !wide) : columns;
}
