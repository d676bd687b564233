import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { DataTable, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import frame from '#renderer/ui/ListScreen.module.css';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { RowName } from '#renderer/ui/SearchedTable.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { StoreView } from '#shared/contract/stock.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import classes from './Stock.module.css';

interface StoreSheetProps {
  readonly store: StoreView | null;
  readonly sites: Output<'stock.stores'>['sites'];
  readonly onClose: () => void;
}

/** A store of a site: a pharmacy, a cupboard of a ward. */
export function StoreSheet({ store, sites, onClose }: StoreSheetProps) {
  const { t } = useTranslation();
  const command = useCommand('stock.saveStore');
  const [name, setName] = useHeldState(`stock store ${store?.id ?? ''}`, store?.name ?? '');
  const [site, setSite] = useHeldState<string>(
    `stock store site ${store?.id ?? ''}`,
    store?.siteId ?? sites[0]?.id ?? '',
  );
  const [active, setActive] = useHeldState(`stock store active ${store?.id ?? ''}`, store?.active ?? true);
  const { save, saving, errorAt, problem } = useSave(onClose);
  const submit = () =>
    void save(name.trim() === '' ? { name: 'required' } : {}, async () => {
      await command.mutateAsync({ id: store?.id ?? null, siteId: site as LocationId, name, active });
      toast(t('stock.saved', { title: name }));
    });
  return (
    <SaveSheet
      title={t(store ? 'stock.editStore' : 'stock.newStore')}
      call="stock.saveStore"
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('stock.name')}
        data-autofocus
        maxLength={200}
        value={name}
        error={errorAt('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {store === null ? (
        <NativeSelect
          label={t('stock.site')}
          data={sites.map(({ id, name: label }) => ({ value: id as string, label }))}
          value={site}
          onChange={(event) => setSite(event.currentTarget.value)}
        />
      ) : (
        <Checkbox
          label={t('stock.storeActive')}
          checked={active}
          onChange={(event) => setActive(event.currentTarget.checked)}
        />
      )}
    </SaveSheet>
  );
}

/** Where the clinic keeps things. */
export function StoresTab({ list }: { list: Output<'stock.stores'> }) {
  const { t } = useTranslation();
  const [sheet, open] = useState<StoreView | 'new' | null>(null);
  const add = () => open('new');
  useKeys(t('stock.tab.stores'), [
    { keys: 'n', label: t('stock.newStore'), run: add, enabled: sheet === null },
  ]);
  const columns: readonly TableColumn<StoreView>[] = [
    {
      key: 'name',
      header: t('stock.name'),
      width: 'minmax(160px, 2fr)',
      cell: ({ name, active, certainty }) => <RowName name={name} active={active} certainty={certainty} />,
    },
    { key: 'site', header: t('stock.site'), width: 'minmax(140px, 2fr)', cell: ({ siteName }) => siteName },
    {
      key: 'state',
      header: t('stock.state'),
      width: 'minmax(0, 1fr)',
      cell: ({ active }) => (active ? '' : <span className={classes.quiet}>{t('stock.storeClosed')}</span>),
    },
  ];
  return (
    <div className={frame.screen}>
      <div className={frame.bar}>
        <h1 className={frame.title}>{t('stock.tab.stores')}</h1>
        <span className={classes.spring} />
        <Button
          leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
          rightSection={<KeyHint keys="n" quiet />}
          onClick={add}
        >
          {t('stock.newStore')}
        </Button>
      </div>
      <div className={classes.list}>
        <DataTable
          label={t('stock.tab.stores')}
          rows={list.stores}
          columns={columns}
          rowKey={({ id }) => id}
          onOpen={open}
        />
      </div>
      {sheet && (
        <StoreSheet
          key={sheet === 'new' ? 'new' : sheet.id}
          store={sheet === 'new' ? null : sheet}
          sites={list.sites}
          onClose={() => open(null)}
        />
      )}
    </div>
  );
}
