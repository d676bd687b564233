import { ActionIcon, Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconPlus } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
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
import type { ExceptionView } from '#shared/contract/scheduling.ts';
import { whenText, whereText } from './exception-text.ts';
import { HolidayCopySheet } from './HolidayCopySheet.tsx';
import { HolidayImportSheet } from './HolidayImportSheet.tsx';
import { HolidaySheet } from './HolidaySheet.tsx';
import holidayClasses from './Holidays.module.css';
import classes from './ScheduleScreen.module.css';

function useColumns(waiting: ReadonlyMap<string, number>): readonly TableColumn<ExceptionView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'day',
      header: t('holidays.day'),
      width: 'minmax(170px, 1fr)',
      tabular: true,
      cell: (row) => whenText(format, row),
    },
    { key: 'name', header: t('holidays.name'), width: 'minmax(160px, 1.6fr)', cell: ({ name }) => name },
    {
      key: 'where',
      header: t('holidays.where'),
      width: 'minmax(100px, 0.8fr)',
      cell: (row) => whereText(t, row),
    },
    {
      key: 'affected',
      header: t('holidays.affected'),
      width: '100px',
      align: 'end',
      cell: ({ id }) =>
        waiting.has(id) ? <span className={classes.waiting}>{format.number(waiting.get(id) ?? 0)}</span> : '',
    },
  ];
}

/** Removes a holiday; the toast puts it back. */
function useRemove() {
  const { t } = useTranslation();
  const { mutateAsync: remove } = useCommand('holidays.remove');
  return async ({ id, name }: ExceptionView) => {
    try {
      await remove({ ids: [id] });
      toast(t('holidays.removed', { name }), {
        undo: async () => void (await remove({ ids: [id], removed: false })),
      });
    } catch (failure) {
      toast(errorText(t, failure), { tone: 'problem' });
    }
  };
}

type Sheet =
  | { readonly kind: 'holiday'; readonly holiday: ExceptionView | null }
  | { readonly kind: 'copy' }
  | { readonly kind: 'import' };

interface HolidaysScreenProps {
  readonly renderAffected: (holiday: ExceptionView) => ReactNode;
}

/** The public holidays of a year, and beside the chosen one the appointments that stand on it. */
export function HolidaysScreen({ renderAffected }: HolidaysScreenProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const today = format.today();
  const thisYear = Number(today.slice(0, 4));
  const [year, setYear] = useState(thisYear);
  const { data, error, refetch } = useCall('holidays.list', { year }, { keepPrevious: true });
  const counts = useCall('scheduling.affectedCounts', { from: today }, { keepPrevious: true }).data ?? [];
  const waiting = new Map<string, number>(counts.map(({ id, appointments }) => [id, appointments]));
  const columns = useColumns(waiting);
  const [selectedId, select] = useState<string | null>(null);
  const [sheet, openSheet] = useState<Sheet | null>(null);
  const details = useRef<HTMLElement>(null);
  const remove = useRemove();
  const rows = data ?? [];
  const selected = rows.find(({ id }) => id === selectedId) ?? rows.find(({ id }) => waiting.has(id));
  const close = () => openSheet(null);
  const add = () => openSheet({ kind: 'holiday', holiday: null });
  const copy = () => openSheet({ kind: 'copy' });
  const load = () => openSheet({ kind: 'import' });
  const free = sheet === null;
  useKeys(t('holidays.title'), [
    { keys: 'n', label: t('holidays.add'), run: add, enabled: free },
    { keys: 'c', label: t('holidays.copy', { year: year + 1 }), run: copy, enabled: free && rows.length > 0 },
    { keys: 'i', label: t('holidays.import'), run: load, enabled: free },
    { keys: '[', label: t('holidays.before'), run: () => setYear(year - 1), enabled: free },
    { keys: ']', label: t('holidays.after'), run: () => setYear(year + 1), enabled: free },
    {
      keys: 'ArrowRight',
      label: t('holidays.toAffected'),
      run: () => details.current?.querySelector<HTMLElement>('li button')?.focus(),
      enabled: free && selected !== undefined && waiting.has(selected.id),
    },
    {
      keys: 'Delete|Backspace',
      label: t('holidays.remove'),
      run: () => selected && void remove(selected),
      enabled: free && selected !== undefined,
    },
  ]);
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  const title = t('holidays.ofYear', { year });
  return (
    <div className={classes.screen}>
      <div className={classes.bar} data-beside={!free || undefined}>
        <div className={holidayClasses.year}>
          <ActionIcon variant="subtle" aria-label={t('holidays.before')} onClick={() => setYear(year - 1)}>
            <IconChevronLeft size={18} stroke={1.6} />
          </ActionIcon>
          <h1 className={holidayClasses.title} aria-live="polite">
            {title}
          </h1>
          <ActionIcon variant="subtle" aria-label={t('holidays.after')} onClick={() => setYear(year + 1)}>
            <IconChevronRight size={18} stroke={1.6} />
          </ActionIcon>
        </div>
        <Button
          className={holidayClasses.secondary ?? ''}
          variant="default"
          rightSection={<KeyHint keys="i" quiet />}
          onClick={load}
        >
          {t('holidays.import')}
        </Button>
        {rows.length > 0 && (
          <Button
            className={holidayClasses.secondary ?? ''}
            variant="default"
            rightSection={<KeyHint keys="c" quiet />}
            onClick={copy}
          >
            {t('holidays.copy', { year: year + 1 })}
          </Button>
        )}
        <Button
          leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
          rightSection={<KeyHint keys="n" quiet />}
          onClick={add}
        >
          {t('holidays.add')}
        </Button>
      </div>
      <div className={classes.columns} data-alone={!free || rows.length === 0 || undefined}>
        <div className={classes.list}>
          <DataTable
            label={title}
            rows={rows}
            columns={columns}
            rowKey={({ id }) => id}
            selectedKey={selected?.id ?? null}
            onSelect={({ id }) => select(id)}
            onOpen={(holiday) => openSheet({ kind: 'holiday', holiday })}
            empty={data && <EmptyState text={t('holidays.none', { year })} />}
          />
        </div>
        {free && rows.length > 0 && (
          <aside ref={details} className={classes.details} aria-label={t('holidays.affected')}>
            {selected === undefined ? (
              <EmptyState text={t('holidays.choose')} />
            ) : (
              <>
                <h2 className={classes.title}>{selected.name}</h2>
                <p className={classes.sub}>
                  {whenText(format, selected)} · {whereText(t, selected)}
                </p>
                {renderAffected(selected)}
              </>
            )}
          </aside>
        )}
      </div>
      {sheet?.kind === 'holiday' && (
        <HolidaySheet
          key={sheet.holiday?.id ?? 'new'}
          holiday={sheet.holiday}
          day={year === thisYear ? today : `${year}-01-01`}
          refresh={async () => (await refetch()).data ?? []}
          onRemove={(holiday) => {
            close();
            void remove(holiday);
          }}
          onClose={close}
        />
      )}
      {sheet?.kind === 'copy' && (
        <HolidayCopySheet
          year={year}
          onCopied={() => {
            close();
            setYear(year + 1);
          }}
          onClose={close}
        />
      )}
      {sheet?.kind === 'import' && <HolidayImportSheet onAdded={close} onClose={close} />}
    </div>
  );
}
