import { Button, Loader } from '@mantine/core';
import { IconFileSpreadsheet, IconHistory } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { DataTable, type DataTableHandle } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import list from '#renderer/ui/ListScreen.module.css';
import { PatientPicker } from '#renderer/ui/PatientPicker.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { mostChanged, type OversightRow } from '#shared/contract/oversight.ts';
import { DetailsSheet } from '../DetailsSheet.tsx';
import { useAppointments } from '../store.ts';
import { BulkSheet } from './BulkSheet.tsx';
import { useOversightColumns } from './columns.tsx';
import { isNarrowed } from './filter.ts';
import classes from './Oversight.module.css';
import { OversightFilters } from './OversightFilters.tsx';
import { RecentSheet } from './RecentSheet.tsx';
import { useOversight } from './store.ts';
import { useOversightExport } from './useOversightExport.ts';
import { type FilterInAddress, useOversightFilter } from './useOversightFilter.ts';
import { useOversightPages } from './useOversightPages.ts';

/** Rows marked by somebody, as far as they are still in the list; never more than are changed at once. */
function useMarks(rows: readonly OversightRow[]) {
  const { t } = useTranslation();
  const format = useFormat();
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const chosen = rows.filter(({ id }) => marked.has(id));
  const mark = (keys: readonly string[], on: boolean) => {
    const wanted = new Set(chosen.map(({ id }): string => id));
    for (const key of keys) {
      if (on) wanted.add(key);
      else wanted.delete(key);
    }
    if (wanted.size > mostChanged)
      toast(t('oversight.mark.most', { number: format.number(mostChanged) }), { tone: 'attention' });
    setMarked(new Set([...wanted].slice(0, mostChanged)));
  };
  return {
    chosen,
    marked: new Set(chosen.map(({ id }): string => id)),
    mark,
    all: () => setMarked(new Set(rows.slice(0, mostChanged).map(({ id }) => id))),
    none: () => setMarked(new Set()),
  };
}

/** One sheet at a time stands beside the list. */
function useSheets() {
  const sheet = useOversight((state) => state.sheet);
  const details = useAppointments((state) => (state.sheet?.kind === 'details' ? state.sheet : null));
  const userId = useCurrentUser()?.id;
  useEffect(() => {
    if (!userId) return;
    useOversight.getState().claim(userId);
    useAppointments.getState().claim(userId);
  }, [userId]);
  return {
    sheet,
    details: sheet === null ? details : null,
    open: (next: NonNullable<typeof sheet>) => {
      useAppointments.getState().closeSheet();
      useOversight.getState().open(next);
    },
    look: (id: string) => {
      useOversight.getState().close();
      useAppointments.getState().openDetails(id);
    },
  };
}

/** All appointments of the sites this workstation has: looked through, handed out as a file, changed many at once. */
export function OversightScreen() {
  const { t } = useTranslation();
  const user = useCurrentUser();
  const address = useOversightFilter();
  const pages = useOversightPages(address);
  const rows = pages.data?.rows ?? [];
  const marks = useMarks(rows);
  const { sheet, details, open, look } = useSheets();
  const mayChange = mayCall(user, 'oversight.apply');
  const columns = useOversightColumns(sheet !== null || details !== null);
  const table = useRef<DataTableHandle>(null);
  const canChange = mayChange && marks.chosen.length > 0;
  useKeys(t('oversight.title'), [
    { keys: 'f', label: t('oversight.keys.find'), run: () => open('find') },
    { keys: 'ArrowDown', label: t('oversight.keys.list'), run: () => table.current?.focus() },
    ...(mayChange
      ? [
          { keys: 'mod+a', label: t('oversight.keys.all'), run: marks.all },
          { keys: 'e', label: t('oversight.keys.change'), run: () => open('bulk'), enabled: canChange },
        ]
      : []),
  ]);
  return (
    <div className={list.screen}>
      <Bar address={address} pages={pages} onRecent={mayChange ? () => open('recent') : undefined} />
      <OversightFilters {...address} people={pages.data?.first?.people ?? []} />
      {mayChange && rows.length > 0 && <Marks marks={marks} of={rows.length} onChange={() => open('bulk')} />}
      {pages.error && <Failure failure={pages.error} onRetry={() => void pages.refetch()} />}
      {address.problem === null && pages.isPending && <Looking />}
      {pages.data && (
        <div className={classes.table}>
          <DataTable
            ref={table}
            label={t('oversight.title')}
            rows={rows}
            columns={columns}
            rowKey={({ id }) => id}
            selectedKey={details?.id ?? null}
            onSelect={({ id }) => details && details.id !== id && look(id)}
            onOpen={({ id }) => look(id)}
            onNearEnd={() => pages.hasNextPage && !pages.isFetching && void pages.fetchNextPage()}
            marking={
              mayChange
                ? { header: t('oversight.mark.column'), marked: marks.marked, onMark: marks.mark }
                : undefined
            }
            empty={pages.hasNextPage ? <Looking /> : <Nothing address={address} />}
          />
        </div>
      )}
      {sheet === 'find' && <FindSheet set={address.set} />}
      {sheet === 'recent' && <RecentSheet />}
      {sheet === 'bulk' && marks.chosen.length > 0 && (
        <BulkSheet
          ids={marks.chosen.map(({ id }) => id)}
          onDone={() => {
            marks.none();
            useOversight.getState().finish();
          }}
        />
      )}
      {details && <DetailsSheet key={details.id} id={details.id} step={details.step} />}
    </div>
  );
}

function Looking() {
  const { t } = useTranslation();
  return (
    <div className={list.loading} aria-busy="true">
      <Loader size="sm" aria-label={t('oversight.loading')} />
    </div>
  );
}

function Nothing({ address: { filter, clear } }: { address: FilterInAddress }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      text={t('oversight.none')}
      action={
        isNarrowed(filter) && (
          <Button variant="default" onClick={clear}>
            {t('oversight.showAll')}
          </Button>
        )
      }
    />
  );
}

interface BarProps {
  readonly address: FilterInAddress;
  readonly pages: ReturnType<typeof useOversightPages>;
  readonly onRecent: (() => void) | undefined;
}

/** How many there are, and what can be done with all of them. */
function Bar({ address, pages, onRecent }: BarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const user = useCurrentUser();
  const save = useOversightExport(address);
  const { data, hasNextPage } = pages;
  const count = data?.rows.length ?? 0;
  const number = format.number(count);
  const words = () => {
    if (data?.cut) return t('oversight.countMost', { number });
    return hasNextPage ? t('oversight.countMore', { number }) : t('oversight.count', { count });
  };
  return (
    <div className={list.bar}>
      <h1 className={`${list.title} ${classes.fixed}`}>{t('oversight.title')}</h1>
      <span className={`${list.count} ${classes.count}`} role="status">
        {data && address.problem === null && (count > 0 || !hasNextPage) && words()}
        {data?.first?.complete === false && ` · ${t('oversight.incomplete')}`}
      </span>
      <span className={classes.space} />
      {onRecent && (
        <Button
          variant="subtle"
          className={classes.fixed ?? ''}
          leftSection={<IconHistory size={16} stroke={1.6} aria-hidden />}
          onClick={onRecent}
        >
          {t('oversight.recent.title')}
        </Button>
      )}
      {may(user, 'oversight.export') && (
        <Button
          variant="default"
          className={classes.fixed ?? ''}
          leftSection={<IconFileSpreadsheet size={16} stroke={1.6} aria-hidden />}
          disabled={count === 0 || address.problem !== null || save.rows !== null}
          onClick={save.run}
        >
          {save.rows === null ? t('oversight.export') : t('oversight.exporting', { count: save.rows })}
        </Button>
      )}
    </div>
  );
}

interface MarksProps {
  readonly marks: ReturnType<typeof useMarks>;
  readonly of: number;
  readonly onChange: () => void;
}

/** What is marked, and the way on. It stands where it stands whether anything is marked or not. */
function Marks({ marks, of, onChange }: MarksProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const count = marks.chosen.length;
  return (
    <div className={classes.marks}>
      <span className={classes.marked} role="status">
        {count === 0 ? t('oversight.mark.none') : t('oversight.mark.count', { count })}
      </span>
      <Button
        variant="subtle"
        size="compact-sm"
        onClick={marks.all}
        rightSection={<KeyHint keys="mod+a" quiet />}
      >
        {of > mostChanged
          ? t('oversight.mark.allMost', { number: format.number(mostChanged) })
          : t('oversight.mark.all')}
      </Button>
      <Button variant="subtle" size="compact-sm" disabled={count === 0} onClick={marks.none}>
        {t('oversight.mark.clear')}
      </Button>
      <Button
        size="compact-sm"
        disabled={count === 0}
        onClick={onChange}
        rightSection={<KeyHint keys="e" quiet />}
      >
        {t('oversight.mark.change')}
      </Button>
    </div>
  );
}

function FindSheet({ set }: Pick<FilterInAddress, 'set'>) {
  const { t } = useTranslation();
  const { close } = useOversight.getState();
  return (
    <SideSheet title={t('oversight.filter.patient')} onClose={close}>
      <PatientPicker
        autoFocus
        onPick={({ id }) => {
          set('patient', id);
          close();
        }}
      />
    </SideSheet>
  );
}
