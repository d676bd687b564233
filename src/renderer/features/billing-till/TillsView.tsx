import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { DataTable, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { RowName } from '#renderer/ui/SearchedTable.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { TillView } from '#shared/contract/till.ts';
import classes from './Till.module.css';

interface TillSheetProps {
  readonly till: TillView | null;
  readonly desk: Output<'till.desk'>;
  readonly onClose: () => void;
}

function TillSheet({ till, desk, onClose }: TillSheetProps) {
  const { t } = useTranslation();
  const send = useCommand('till.save');
  const [draft, setDraft] = useHeldState(`till ${till?.id ?? 'new'}`, {
    name: till?.name ?? '',
    siteId: (till?.siteId ?? desk.siteId ?? desk.sites[0]?.id ?? '') as string,
    active: till?.active ?? true,
  });
  const { save, saving, errorAt, problem } = useSave(onClose);
  const submit = () => {
    const site = desk.sites.find(({ id }) => id === draft.siteId);
    void save(draft.name.trim() === '' ? { name: 'required' } : {}, async () => {
      if (site === undefined) return;
      const { name, active } = draft;
      await send.mutateAsync({ id: till?.id ?? null, name, locationId: site.id, active });
      toast(t('till.saved', { name: name.trim() }));
    });
  };
  return (
    <SaveSheet
      title={t(till ? 'till.change' : 'till.add')}
      call="till.save"
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('till.name')}
        data-autofocus
        maxLength={100}
        value={draft.name}
        error={errorAt('name')}
        autoComplete="off"
        onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('till.site')}
        data={desk.sites.map(({ id, name }) => ({ value: id as string, label: name }))}
        value={draft.siteId}
        error={errorAt('locationId')}
        onChange={(event) => setDraft({ ...draft, siteId: event.currentTarget.value })}
      />
      <Checkbox
        label={t('till.inUse')}
        checked={draft.active}
        onChange={(event) => setDraft({ ...draft, active: event.currentTarget.checked })}
      />
    </SaveSheet>
  );
}

/** The drawers of the clinic. */
export function TillsView() {
  const { t } = useTranslation();
  const { data: desk, error, refetch } = useCall('till.desk', {});
  const [sheet, setSheet] = useState<{ readonly id: string | null } | null>(null);
  const add = () => setSheet({ id: null });
  useKeys(t('till.view.tills'), [{ keys: 'n', label: t('till.add'), run: add, enabled: sheet === null }]);
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  if (desk === undefined) return null;
  const columns: readonly TableColumn<TillView>[] = [
    {
      key: 'name',
      header: t('till.name'),
      width: 'minmax(160px, 1.4fr)',
      cell: ({ name, active, certainty }) => <RowName name={name} active={active} certainty={certainty} />,
    },
    { key: 'site', header: t('till.site'), width: 'minmax(140px, 1fr)', cell: ({ siteName }) => siteName },
    {
      key: 'state',
      header: t('till.state'),
      width: 'minmax(120px, 1fr)',
      cell: ({ active }) => t(active ? 'till.inUse' : 'till.outOfUse'),
    },
  ];
  return (
    <div className={classes.body}>
      <div className={classes.acts}>
        <Button rightSection={<KeyHint keys="n" quiet />} onClick={add}>
          {t('till.add')}
        </Button>
      </div>
      <div className={classes.list}>
        <DataTable
          label={t('till.view.tills')}
          rows={desk.tills}
          columns={columns}
          rowKey={({ id }) => id}
          onOpen={({ id }) => setSheet({ id })}
          empty={<EmptyState text={t('till.noTillsAdmin')} />}
        />
      </div>
      {sheet && (
        <TillSheet
          key={sheet.id ?? 'new'}
          till={desk.tills.find(({ id }) => id === sheet.id) ?? null}
          desk={desk}
          onClose={() => setSheet(null)}
        />
      )}
    </div>
  );
}
