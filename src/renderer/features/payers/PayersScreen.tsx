import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import type { TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { formatPhone } from '#renderer/ui/format-phone.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { RowName, SearchedTable } from '#renderer/ui/SearchedTable.tsx';
import type { PayerView } from '#shared/contract/payers.ts';
import { fold } from '#shared/domain/patients/fold.ts';
import { PayerSheet } from './PayerSheet.tsx';
import classes from './Payers.module.css';

function useColumns(): readonly TableColumn<PayerView>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'name',
      header: t('payers.name'),
      width: 'minmax(140px, 1.4fr)',
      cell: ({ name, active, certainty }) => <RowName name={name} active={active} certainty={certainty} />,
    },
    {
      key: 'identifier',
      header: t('payers.identifier'),
      width: 'minmax(0, 1fr)',
      tabular: true,
      cell: ({ identifier }) => identifier ?? '',
    },
    {
      key: 'contact',
      header: t('payers.contact'),
      width: 'minmax(0, 1.4fr)',
      cell: ({ active, phone, email }) =>
        [active ? null : t('payers.closed'), phone && formatPhone(phone), email].filter(Boolean).join(' · '),
    },
  ];
}

/** Who pays for patients: looked through, added, changed, closed. */
export function PayersScreen() {
  const { t } = useTranslation();
  const { data, error, refetch } = useCall('payers.list', {});
  const mayChange = mayCall(useCurrentUser(), 'payers.save');
  const columns = useColumns();
  const [typed, setTyped] = useState('');
  /** Null: none; `new`: one is added. */
  const [opened, open] = useState<string | null>(null);
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  const wanted = fold(typed.trim());
  const rows = (data?.payers ?? [])
    .filter(({ name, identifier }) => fold(`${name} ${identifier ?? ''}`).includes(wanted))
    .toSorted((a, b) => Number(b.active) - Number(a.active));
  const add = () => open('new');
  return (
    <>
      <SearchedTable
        title={t('payers.title')}
        search={t('payers.search')}
        text={typed}
        onText={setTyped}
        keys={[{ keys: 'n', label: t('payers.add'), run: add, enabled: mayChange && opened === null }]}
        actions={
          mayChange && (
            <Button
              leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
              rightSection={<KeyHint keys="n" quiet />}
              onClick={add}
            >
              {t('payers.addShort')}
            </Button>
          )
        }
        notes={
          <p className={classes.hint}>
            {t('payers.where')} <Link href="/prices">{t('payers.toPrices')}</Link>
          </p>
        }
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={({ id }) => open(id)}
        empty={data && <EmptyState text={t(wanted === '' ? 'payers.none' : 'payers.notFound')} />}
      />
      {data && opened !== null && (
        <PayerSheet
          key={opened}
          payer={data.payers.find(({ id }) => id === opened) ?? null}
          onClose={() => open(null)}
        />
      )}
    </>
  );
}
