import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconFileImport, IconPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { DataTable, type DataTableHandle, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { SearchField } from '#renderer/ui/SearchField.tsx';
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
      cell: ({ name, active, certainty }) => (
        <span className={classes.name} data-off={!active || undefined}>
          <span className={classes.text}>{name}</span>
          <CertaintyMark certainty={certainty} quiet />
        </span>
      ),
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
          <span className={classes.quiet}>{source ?? t('formulary.byHand')}</span>
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
  const field = useRef<HTMLInputElement>(null);
  const table = useRef<DataTableHandle>(null);
  const close = () => openSheet(null);
  const isFree = sheet === null;
  useKeys(t('formulary.title'), [
    { keys: '/', label: t('formulary.search'), run: () => field.current?.focus() },
    {
      keys: 'n',
      label: t('formulary.add'),
      run: () => openSheet({ kind: 'medicine', medicine: null }),
      enabled: isFree,
    },
    { keys: 'i', label: t('formulary.import'), run: () => openSheet({ kind: 'import' }), enabled: isFree },
  ]);
  if (list.error) return <Failure failure={list.error} onRetry={list.retry} />;
  return (
    <div className={classes.screen}>
      <div className={classes.bar}>
        <h1 className={classes.title}>{t('formulary.title')}</h1>
        <span className={classes.quiet}>
          {list.total !== null && t('formulary.medicines', { count: list.total })}
        </span>
        <SearchField
          ref={field}
          label={t('formulary.search')}
          className={classes.search}
          value={typed}
          onChange={setTyped}
          onDown={() => table.current?.focus()}
        />
        <Button
          variant="default"
          leftSection={<IconFileImport size={16} stroke={1.6} aria-hidden />}
          rightSection={<KeyHint keys="i" quiet />}
          onClick={() => openSheet({ kind: 'import' })}
        >
          {t('formulary.import')}
        </Button>
        <Button
          leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
          rightSection={<KeyHint keys="n" quiet />}
          onClick={() => openSheet({ kind: 'medicine', medicine: null })}
        >
          {t('formulary.add')}
        </Button>
      </div>
      <div className={classes.list}>
        <DataTable
          ref={table}
          label={t('formulary.title')}
          rows={list.medicines}
          columns={columns}
          rowKey={({ id }) => id}
          onOpen={(medicine) => openSheet({ kind: 'medicine', medicine })}
          onLeaveTop={() => field.current?.focus()}
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
      </div>
      {sheet?.kind === 'medicine' && (
        <MedicineSheet key={sheet.medicine?.id ?? 'new'} medicine={sheet.medicine} onClose={close} />
      )}
      {sheet?.kind === 'import' && <ImportSheet starter={<StarterButton />} onClose={close} />}
    </div>
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
