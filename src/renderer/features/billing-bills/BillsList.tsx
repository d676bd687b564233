import { Button, NativeSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import type { TableColumn } from '#renderer/ui/DataTable.tsx';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { dayIn } from '#renderer/ui/format.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { RowName, SearchedTable } from '#renderer/ui/SearchedTable.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { type InvoiceFilter, type InvoiceSummary, invoiceFilters } from '#shared/contract/invoices.ts';
import { daysBetween } from '#shared/kernel/calendar.ts';
import classes from './Bills.module.css';
import { billPath } from './paths.ts';
import { StateMark } from './StateMark.tsx';
import { WhoseBillSheet } from './WhoseBillSheet.tsx';

function useColumns(): readonly TableColumn<InvoiceSummary>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const dayOf = ({ at }: InvoiceSummary) => dayIn(format.timeZone, Date.parse(at));
  const openOf = ({ open }: InvoiceSummary) => open.patient + open.payer;
  return [
    {
      key: 'number',
      header: t('billing.number'),
      width: 'minmax(132px, 1fr)',
      tabular: true,
      cell: ({ number, certainty }) => <RowName name={number} active certainty={certainty} />,
    },
    {
      key: 'patient',
      header: t('billing.patient'),
      width: 'minmax(140px, 1.6fr)',
      cell: ({ patientName, patientMrn }) => (
        <span className={classes.patient}>
          {patientName} <span className={classes.quiet}>{patientMrn}</span>
        </span>
      ),
    },
    {
      key: 'state',
      header: t('billing.stateHead'),
      width: 'minmax(104px, 1fr)',
      cell: (bill) => <StateMark bill={bill} twice={bill.twice} />,
    },
    {
      key: 'total',
      header: t('billing.total'),
      width: 'minmax(96px, 0.7fr)',
      align: 'end',
      tabular: true,
      cell: ({ total, currency }) => format.money(total, currency),
    },
    {
      key: 'open',
      header: t('billing.open'),
      width: 'minmax(96px, 0.7fr)',
      align: 'end',
      tabular: true,
      cell: (bill) => (openOf(bill) === 0 ? '' : format.money(openOf(bill), bill.currency)),
    },
    {
      key: 'day',
      header: t('billing.day'),
      width: 'minmax(96px, 0.7fr)',
      tabular: true,
      cell: (bill) => format.day(dayOf(bill)),
    },
    {
      key: 'age',
      header: t('billing.age'),
      width: '72px',
      align: 'end',
      tabular: true,
      cell: (bill) =>
        openOf(bill) > 0
          ? t('billing.days', { count: Math.max(0, daysBetween(dayOf(bill), format.today())) })
          : '',
    },
  ];
}

const every = 'every';

/** All bills, the latest first: by how they stand, by day, by number. */
export function BillsList() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const columns = useColumns();
  const [number, setNumber] = useState('');
  const [sought] = useDebouncedValue(number.trim(), 200);
  const [filter, setFilter] = useState<InvoiceFilter | null>(null);
  const [day, setDay] = useState('');
  const [before, setBefore] = useState<string | null>(null);
  const [choosing, choose] = useState(false);
  const { data, error, refetch } = useCall(
    'invoices.list',
    { filter, day: day || null, number: sought, before, limit: 100 },
    { keepPrevious: true },
  );
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  const narrowed = sought !== '' || filter !== null || day !== '';
  const anew =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      setBefore(null);
      set(value);
    };
  return (
    <>
      <SearchedTable
        title={t('billing.tab.bills')}
        search={t('billing.search')}
        text={number}
        onText={anew(setNumber)}
        keys={[{ keys: 'n', label: t('billing.new'), run: () => choose(true), enabled: !choosing }]}
        actions={
          <>
            <NativeSelect
              aria-label={t('billing.filterLabel')}
              value={filter ?? every}
              data={[
                { value: every, label: t('billing.every') },
                ...invoiceFilters.map((value) => ({ value, label: t(`billing.filter.${value}`) })),
              ]}
              onChange={({ currentTarget }) =>
                anew(setFilter)(invoiceFilters.find((one) => one === currentTarget.value) ?? null)
              }
            />
            <DateField ariaLabel={t('billing.day')} width={160} value={day} onChange={anew(setDay)} />
            <Button rightSection={<KeyHint keys="n" quiet />} onClick={() => choose(true)}>
              {t('billing.new')}
            </Button>
          </>
        }
        notes={
          (before !== null || data?.next) && (
            <div className={classes.pages}>
              {before !== null && (
                <Button size="xs" variant="default" onClick={() => setBefore(null)}>
                  {t('billing.latest')}
                </Button>
              )}
              {data?.next && (
                <Button size="xs" variant="default" onClick={() => setBefore(data.next)}>
                  {t('billing.older')}
                </Button>
              )}
            </div>
          )
        }
        rows={data?.items ?? []}
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={({ id }) => navigate(billPath(id))}
        empty={data && <EmptyState text={t(narrowed ? 'billing.notFound' : 'billing.none')} />}
      />
      {choosing && <WhoseBillSheet onClose={() => choose(false)} />}
    </>
  );
}
