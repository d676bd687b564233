import { Button, Loader, Select } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { type CallFilter, callTable, isWithin, nowText, timeText } from '#renderer/ui/call-words.ts';
import { DataTable, type DataTableHandle } from '#renderer/ui/DataTable.tsx';
import { download } from '#renderer/ui/download.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { formatPhone } from '#renderer/ui/format-phone.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import frame from '#renderer/ui/ListScreen.module.css';
import { printPath } from '#renderer/ui/print-paths.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { CallEntry } from '#shared/contract/call-list.ts';
import { writeCsv } from '#shared/kernel/csv.ts';
import { CallPane } from './CallPane.tsx';
import classes from './CallsScreen.module.css';
import { useAnswer } from './useAnswer.ts';

const everything: CallFilter = { day: null, practitionerId: null };

/** Gives the rows that are shown to a spreadsheet. */
function useExport(entries: readonly CallEntry[]) {
  const { t } = useTranslation();
  const format = useFormat();
  const note = useCommand('audit.note');
  return () => {
    const file = t('calls.file', { date: format.today() });
    note.mutate({ event: 'export', what: 'calls' });
    // Spreadsheets take a file for the system's old encoding unless it begins with this mark.
    download(file, `\ufeff${writeCsv(callTable(t, format, entries))}`, 'text/csv;charset=utf-8');
    toast(t('calls.exported', { count: entries.length, file }));
  };
}

/** Who must be told of another time, first who would come soonest. */
export function CallsScreen() {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useCall('calls.list', {});
  const [filter, setFilter] = useState(everything);
  const [selectedId, select] = useState<string | null>(null);
  const table = useRef<DataTableHandle>(null);
  const [, navigate] = useLocation();
  const entries = (data ?? []).filter((entry) => isWithin(entry, filter));
  const at = Math.max(
    0,
    entries.findIndex(({ id }) => id === selectedId),
  );
  const selected = entries[at];
  const { answer, busy } = useAnswer();
  const save = useExport(entries);
  const print = () => navigate(printPath.calls(filter.day, filter.practitionerId));
  const toList = () => table.current?.focus();
  const confirmed = () => {
    if (!selected) return;
    // The next one is chosen before this one goes.
    select((entries[at + 1] ?? entries[at - 1])?.id ?? null);
    void answer(selected, 'confirmed');
    toList();
  };
  useKeys(t('calls.keys'), [
    { keys: 'ArrowDown', label: t('calls.list'), run: toList, enabled: entries.length > 0 },
    { keys: 'e', label: t('calls.export'), run: save, enabled: entries.length > 0 },
    { keys: 'mod+p', label: t('printing.print'), run: print, enabled: entries.length > 0 },
  ]);
  const isThere = entries.length > 0;
  useEffect(() => {
    const { activeElement } = document;
    if (isThere && (activeElement === document.body || activeElement?.id === 'work')) toList();
  }, [isThere]);
  return (
    <div className={frame.screen}>
      <header className={`${frame.bar} ${classes.bar}`}>
        <h1 className={frame.title}>{t('calls.title')}</h1>
        <Filters all={data ?? []} filter={filter} onChange={setFilter} />
        <span className={frame.count}>{t('calls.count', { count: entries.length })}</span>
        <Button
          className={classes.end ?? ''}
          variant="default"
          size="sm"
          disabled={!isThere}
          onClick={print}
          leftSection={<IconPrinter size={16} stroke={1.6} aria-hidden />}
          rightSection={<KeyHint keys="mod+p" quiet />}
        >
          {t('printing.print')}
        </Button>
        <Button
          variant="default"
          size="sm"
          disabled={!isThere}
          onClick={save}
          leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
          rightSection={<KeyHint keys="e" quiet />}
        >
          {t('calls.export')}
        </Button>
      </header>
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      {isPending && !error && (
        <div className={frame.loading} aria-busy="true">
          <Loader size="sm" aria-label={t('calls.loading')} />
        </div>
      )}
      {data && (
        <div className={classes.columns} data-alone={selected === undefined || undefined}>
          <CallTable
            tableRef={table}
            entries={entries}
            selectedId={selected?.id ?? null}
            onSelect={select}
            isFiltered={data.length > 0}
            onClear={() => setFilter(everything)}
          />
          {selected && (
            <CallPane
              key={selected.id}
              entry={selected}
              busy={busy}
              onConfirmed={confirmed}
              onNotReached={(note) => void answer(selected, 'not-reached', note)}
              onLeave={toList}
            />
          )}
        </div>
      )}
    </div>
  );
}

interface CallTableProps {
  readonly tableRef: React.Ref<DataTableHandle>;
  readonly entries: readonly CallEntry[];
  readonly selectedId: string | null;
  readonly onSelect: (id: string) => void;
  /** There are others that the filters hide. */
  readonly isFiltered: boolean;
  readonly onClear: () => void;
}

function CallTable({ tableRef, entries, selectedId, onSelect, isFiltered, onClear }: CallTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const empty = isFiltered ? (
    <EmptyState
      text={t('calls.noneHere')}
      action={
        <Button variant="default" onClick={onClear}>
          {t('calls.clearFilters')}
        </Button>
      }
    />
  ) : (
    <EmptyState text={t('calls.none')} />
  );
  return (
    <DataTable
      ref={tableRef}
      label={t('calls.list')}
      rows={entries}
      rowKey={({ id }) => id}
      selectedKey={selectedId}
      onSelect={({ id }) => onSelect(id)}
      empty={empty}
      columns={[
        {
          key: 'before',
          header: t('calls.column.before'),
          width: 'minmax(232px, 1.3fr)',
          tabular: true,
          cell: ({ before }) => `${timeText(format, before.startLocal)} · ${before.practitionerName}`,
        },
        {
          key: 'patient',
          header: t('calls.column.patient'),
          width: 'minmax(110px, 0.9fr)',
          cell: ({ patientName }) => patientName,
        },
        {
          key: 'phone',
          header: t('calls.column.phone'),
          width: '142px',
          tabular: true,
          cell: ({ phones: [phone] }) => (phone ? formatPhone(phone) : t('calls.noPhone')),
        },
        {
          key: 'now',
          header: t('calls.column.now'),
          width: 'minmax(180px, 1.2fr)',
          tabular: true,
          cell: (entry) => nowText(t, format, entry),
        },
        {
          key: 'calls',
          header: t('calls.column.calls'),
          width: '56px',
          align: 'end',
          cell: ({ attempts }) =>
            attempts > 0 && (
              <span
                className={classes.tried}
                role="img"
                aria-label={t('calls.attempts', { count: attempts })}
                title={t('calls.attempts', { count: attempts })}
              >
                {format.number(attempts)}
              </span>
            ),
        },
      ]}
    />
  );
}

interface FiltersProps {
  readonly all: readonly CallEntry[];
  readonly filter: CallFilter;
  readonly onChange: (filter: CallFilter) => void;
}

/** By the day and the doctor the patients know of. */
function Filters({ all, filter, onChange }: FiltersProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const days = [...new Set(all.map(({ before }) => before.startLocal.slice(0, 10)))];
  const doctors = new Map(
    all.map(({ before }) => [before.practitionerId as string, before.practitionerName]),
  );
  return (
    <>
      <Select
        size="xs"
        w={160}
        aria-label={t('calls.day')}
        placeholder={t('calls.allDays')}
        clearable
        clearButtonProps={{ 'aria-label': t('calls.allDays') }}
        data={days.map((day) => ({ value: day, label: format.day(day, 'weekday') }))}
        value={filter.day}
        onChange={(day) => onChange({ ...filter, day })}
      />
      <Select
        size="xs"
        w={200}
        aria-label={t('calls.doctor')}
        placeholder={t('calls.allDoctors')}
        clearable
        clearButtonProps={{ 'aria-label': t('calls.allDoctors') }}
        data={[...doctors].map(([value, label]) => ({ value, label }))}
        value={filter.practitionerId}
        onChange={(practitionerId) => onChange({ ...filter, practitionerId })}
      />
    </>
  );
}
