import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconFileImport, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import type { TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { RowName, SearchedTable } from '#renderer/ui/SearchedTable.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import type { MedicineView } from '#shared/contract/formulary.ts';
import classes from './FormularyScreen.module.css';
import { ImportSheet } from './ImportSheet.tsx';
import { MedicineSheet } from './MedicineSheet.tsx';
import { useMedicines } from './useMedicines.ts';

function useColumns(): readonly TableColumn<MedicineView>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'name',
      header: t('formulary.name'),
      width: 'minmax(180px, 2fr)',
      cell: ({ name, active, certainty }) => <RowName name={name} active={active} certainty={certainty} />,
    },
    {
      key: 'ingredients',
      header: t('formulary.ingredients'),
      width: 'minmax(120px, 1.4fr)',
      cell: ({ ingredients }) => ingredients.map(({ name }) => name).join(' + '),
    },
    {
      key: 'strength',
      header: t('formulary.strength'),
      width: 'minmax(96px, 0.8fr)',
      tabular: true,
      cell: ({ strength }) => strength ?? '',
    },
    {
      key: 'form',
      header: t('formulary.form'),
      width: 'minmax(90px, 0.7fr)',
      cell: ({ form }) => form ?? '',
    },
    {
      key: 'route',
      header: t('formulary.route'),
      width: 'minmax(80px, 0.5fr)',
      cell: ({ route }) => route ?? '',
    },
    {
      key: 'unit',
      header: t('formulary.unitOfDose'),
      width: '80px',
      cell: ({ unitOfDose }) => unitOfDose ?? '',
    },
    {
      key: 'source',
      header: t('formulary.source'),
      width: 'minmax(100px, 1fr)',
      cell: ({ source, active }) =>
        active ? (
          <span className={classes.source}>{source ?? t('formulary.byHand')}</span>
        ) : (
          <span className={classes.off}>{t('formulary.notOffered')}</span>
        ),
    },
  ];
}

type Sheet =
  | { readonly kind: 'medicine'; readonly medicine: MedicineView | null }
  | { readonly kind: 'import' };

/** The medicines those who prescribe find: looked through, added, changed, imported. */
export function FormularyScreen() {
  const { t } = useTranslation();
  const columns = useColumns();
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed.trim(), 120);
  const list = useMedicines(text);
  const [sheet, openSheet] = useState<Sheet | null>(null);
  const close = () => openSheet(null);
  const isFree = sheet === null;
  const add = () => openSheet({ kind: 'medicine', medicine: null });
  const fetchList = () => openSheet({ kind: 'import' });
  if (list.error) return <Failure failure={list.error} onRetry={list.retry} />;
  return (
    <>
      <SearchedTable
        title={t('formulary.title')}
        count={list.total !== null && t('formulary.medicines', { count: list.total })}
        search={t('formulary.search')}
        text={typed}
        onText={setTyped}
        keys={[
          { keys: 'n', label: t('formulary.add'), run: add, enabled: isFree },
          { keys: 'i', label: t('formulary.import'), run: fetchList, enabled: isFree },
        ]}
        actions={
          <>
            <Button
              variant="default"
              leftSection={<IconFileImport size={16} stroke={1.6} aria-hidden />}
              rightSection={<KeyHint keys="i" quiet />}
              onClick={fetchList}
            >
              {t('formulary.import')}
            </Button>
            <Button
              leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
              rightSection={<KeyHint keys="n" quiet />}
              onClick={add}
            >
              {t('formulary.add')}
            </Button>
          </>
        }
        rows={list.medicines}
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={(medicine) => openSheet({ kind: 'medicine', medicine })}
        onNearEnd={list.next}
        empty={
          list.total !== null &&
          (list.total === 0 ? (
            <EmptyState text={t('formulary.none')} action={<StarterButton />} />
          ) : (
            text !== '' && <EmptyState text={t('formulary.notFound')} />
          ))
        }
      />
      {sheet?.kind === 'medicine' && (
        <MedicineSheet key={sheet.medicine?.id ?? 'new'} medicine={sheet.medicine} onClose={close} />
      )}
      {sheet?.kind === 'import' && <ImportSheet starter={<StarterButton />} onClose={close} />}
    </>
  );
}

function StarterButton() {
  const { t } = useTranslation();
  const load = useCommand('formulary.loadStarter');
  return (
    <Button
      variant="default"
      loading={load.isPending}
      onClick={() =>
        load.mutate(
          {},
          {
            onSuccess: (counts) => toast(t('formulary.starterLoaded', counts)),
            onError: (failure) => toast(errorText(t, failure)),
          },
        )
      }
    >
      {t('formulary.starter')}
    </Button>
  );
}
