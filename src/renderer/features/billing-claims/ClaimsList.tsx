import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { DataTable, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { RowName } from '#renderer/ui/SearchedTable.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { ClaimView } from '#shared/contract/claims.ts';
import { ClaimSheet } from './ClaimSheet.tsx';
import classes from './Claims.module.css';
import { RemittanceSheet } from './RemittanceSheet.tsx';

function useColumns(): readonly TableColumn<ClaimView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'number',
      header: t('claims.number'),
      width: 'minmax(120px, 1fr)',
      cell: ({ number, status, certainty }) => (
        <RowName name={number} active={status === 'active'} certainty={certainty} />
      ),
    },
    { key: 'payer', header: t('claims.payer'), width: 'minmax(140px, 1.6fr)', cell: (row) => row.payerName },
    {
      key: 'date',
      header: t('claims.submittedAt'),
      width: 'minmax(130px, 1fr)',
      tabular: true,
      cell: ({ submittedAt }) => format.dateTime(submittedAt),
    },
    {
      key: 'lines',
      header: t('claims.lines'),
      width: '80px',
      align: 'end',
      tabular: true,
      cell: ({ lines }) => format.number(lines),
    },
    {
      key: 'open',
      header: t('claims.unanswered'),
      width: 'minmax(100px, 0.6fr)',
      align: 'end',
      tabular: true,
      cell: ({ open, status }) => (status === 'cancelled' ? t('claims.cancelled') : format.number(open)),
    },
    {
      key: 'amount',
      header: t('claims.amount'),
      width: 'minmax(100px, 0.8fr)',
      align: 'end',
      tabular: true,
      cell: ({ amount, currency }) => format.money(amount, currency),
    },
    {
      key: 'paid',
      header: t('claims.paid'),
      width: 'minmax(100px, 0.8fr)',
      align: 'end',
      tabular: true,
      cell: ({ paid, currency }) => format.money(paid, currency),
    },
  ];
}

/** The claims there are, the latest first. */
export function ClaimsList() {
  const { t } = useTranslation();
  const columns = useColumns();
  // Where each page began, the first first.
  const [places, setPlaces] = useState<readonly (string | null)[]>([null]);
  const { data, error, refetch } = useCall(
    'claims.page',
    { before: places.at(-1) ?? null },
    { keepPrevious: true },
  );
  const mayImport = mayCall(useCurrentUser(), 'claims.import');
  const [sheet, setSheet] = useState<'import' | ClaimView['id'] | null>(null);
  const close = () => setSheet(null);
  const load = () => setSheet('import');
  useKeys(t('claims.view.list'), [
    { keys: 'i', label: t('claims.import'), run: load, enabled: mayImport && sheet === null },
  ]);
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  if (data === undefined) return null;
  return (
    <>
      <div className={classes.views}>
        {mayImport && (
          <Button variant="default" rightSection={<KeyHint keys="i" quiet />} onClick={load}>
            {t('claims.import')}
          </Button>
        )}
        <span className={classes.spring} />
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
      <div className={classes.list}>
        <DataTable
          label={t('claims.view.list')}
          rows={data.claims}
          columns={columns}
          rowKey={({ id }) => id}
          onOpen={({ id }) => setSheet(id)}
          empty={<EmptyState text={t('claims.none')} />}
        />
      </div>
      {sheet === 'import' && <RemittanceSheet onClose={close} />}
      {sheet !== null && sheet !== 'import' && <ClaimSheet key={sheet} id={sheet} onClose={close} />}
    </>
  );
}
