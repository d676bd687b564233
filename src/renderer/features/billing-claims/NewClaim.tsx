import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { DataTable, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { ClaimCandidate } from '#shared/contract/claims.ts';
import type { OrganizationId } from '#shared/kernel/ids.ts';
import classes from './Claims.module.css';

function useColumns(): readonly TableColumn<ClaimCandidate>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'patient',
      header: t('claims.patient'),
      width: 'minmax(140px, 1.4fr)',
      cell: (row) => row.patientName,
    },
    {
      key: 'bill',
      header: t('claims.bill'),
      width: 'minmax(100px, 0.8fr)',
      tabular: true,
      cell: (row) => row.invoiceNumber,
    },
    {
      key: 'date',
      header: t('claims.date'),
      width: 'minmax(120px, 0.8fr)',
      tabular: true,
      cell: (row) => format.dateTime(row.issuedAt),
    },
    {
      key: 'what',
      header: t('claims.what'),
      width: 'minmax(120px, 1.4fr)',
      cell: (row) => (row.again ? `${row.title} (${t('claims.again')})` : row.title),
    },
    {
      key: 'amount',
      header: t('claims.amount'),
      width: 'minmax(100px, 0.8fr)',
      align: 'end',
      tabular: true,
      cell: (row) => format.money(row.amount, row.currency),
    },
  ];
}

function Candidates({ payerId, onDone }: { payerId: OrganizationId; onDone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns = useColumns();
  const { data, error, refetch } = useCall('claims.candidates', { payerId });
  const submit = useCommand('claims.submit');
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const rows = data?.candidates ?? [];
  const chosen = rows.filter(({ lineId }) => marked.has(lineId));
  const sum = chosen.reduce((total, { amount }) => total + amount, 0);
  const mark = (keys: readonly string[], on: boolean) =>
    setMarked(new Set(on ? [...marked, ...keys] : [...marked].filter((key) => !keys.includes(key))));
  const all = () =>
    mark(
      rows.map(({ lineId }) => lineId),
      true,
    );
  const send = () => {
    if (chosen.length === 0) return;
    submit
      .mutateAsync({ payerId, lineIds: chosen.map(({ lineId }) => lineId) })
      .then(({ number }) => {
        toast(t('claims.submitted', { number }));
        onDone();
      })
      .catch((failure: unknown) => toast(errorText(t, failure), { tone: 'problem' }));
  };
  useKeys(t('claims.view.new'), [
    { keys: 'a', label: t('claims.all'), run: all },
    { keys: 'mod+Enter', label: t('claims.submit'), run: send, inFields: true },
  ]);
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  if (data === undefined) return null;
  return (
    <>
      <div className={classes.views}>
        <span role="status" className={classes.quiet}>
          {t('claims.chosen', {
            count: chosen.length,
            amount: chosen[0] ? format.money(sum, chosen[0].currency) : '',
          })}
        </span>
        <span className={classes.spring} />
        <Button variant="default" rightSection={<KeyHint keys="a" quiet />} onClick={all}>
          {t('claims.all')}
        </Button>
        <Button
          disabled={chosen.length === 0}
          loading={submit.isPending}
          rightSection={<KeyHint keys="mod+Enter" quiet />}
          onClick={send}
        >
          {t('claims.submit')}
        </Button>
      </div>
      {data.more && <p className={classes.hint}>{t('claims.more', { count: rows.length })}</p>}
      <div className={classes.list}>
        <DataTable
          label={t('claims.view.new')}
          rows={rows}
          columns={columns}
          rowKey={({ lineId }) => lineId}
          marking={{ header: t('claims.mark'), marked, onMark: mark }}
          empty={<EmptyState text={t('claims.nothing')} />}
        />
      </div>
    </>
  );
}

/** Chooses what is claimed of a payer: the batch is what is marked here. */
export function NewClaim({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const { data: payers, error, refetch } = useCall('claims.payers', {});
  const [chosen, choose] = useState('');
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  if (payers === undefined) return null;
  const payer = payers.find(({ id }) => id === chosen) ?? payers[0];
  if (payer === undefined) return <EmptyState text={t('claims.noPayers')} />;
  return (
    <>
      <div className={classes.views}>
        <NativeSelect
          aria-label={t('claims.payer')}
          data={payers.map(({ id, name }) => ({ value: id as string, label: name }))}
          value={payer.id}
          onChange={(event) => choose(event.currentTarget.value)}
        />
      </div>
      <Candidates key={payer.id} payerId={payer.id} onDone={onDone} />
    </>
  );
}
