import { IconPencil } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { columnsOf } from '#renderer/ui/vitals/trends.ts';
import { measureIn, type useVitalWords } from '#renderer/ui/vitals/useVitalWords.ts';
import type { VitalReading, VitalSet } from '#shared/contract/vitals.ts';
import { InterpretationMark } from './InterpretationMark.tsx';
import classes from './Vitals.module.css';

interface VitalsTableProps {
  readonly sets: readonly VitalSet[];
  readonly words: ReturnType<typeof useVitalWords>;
  readonly onOpen: (reading: VitalReading) => void;
}

/** Cells by arrow keys: the whole table is one stop of the Tab key. */
function useCellKeys() {
  const table = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState<string | null>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const cells = [...(table.current?.querySelectorAll<HTMLButtonElement>('button[data-row]') ?? [])];
    const here = cells.find((cell) => cell === document.activeElement);
    if (here === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const [row, column] = [Number(here.dataset.row), Number(here.dataset.column)];
    const place = (cell: HTMLButtonElement) =>
      [Number(cell.dataset.row), Number(cell.dataset.column)] as const;
    const sameRow = cells.filter((cell) => place(cell)[0] === row);
    const sameColumn = cells.filter((cell) => place(cell)[1] === column);
    const target = {
      ArrowRight: sameRow[sameRow.indexOf(here) + 1],
      ArrowLeft: sameRow[sameRow.indexOf(here) - 1],
      ArrowDown: sameColumn[sameColumn.indexOf(here) + 1],
      ArrowUp: sameColumn[sameColumn.indexOf(here) - 1],
    }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    target.focus();
  };
  return { table, at, setAt, onKeyDown };
}

/** Every value with its moment: what the charts draw, for reading, with what was corrected marked. */
export function VitalsTable({ sets, words, onOpen }: VitalsTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { table, at, setAt, onKeyDown } = useCellKeys();
  const columns = columnsOf(sets);
  const first = sets.flatMap(({ readings }) => readings)[0]?.id ?? null;
  const heading = (group: readonly string[]): string => {
    const name = group.length > 1 ? 'bloodPressure' : (group[0] ?? '');
    const measure = measureIn(name === 'bloodPressure' ? 'systolic' : name);
    const unit = measure === null ? '' : words.unitText(words.unitOf(measure));
    return [t(`vitals.short.${name as 'weight'}`), unit && `(${unit})`].filter(Boolean).join(' ');
  };
  return (
    <div className={classes.scroller}>
      <table
        ref={table}
        className={classes.table}
        aria-label={t('vitals.history.table')}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr>
            <th scope="col">{t('vitals.history.when')}</th>
            {columns.map((group) => (
              <th key={group.join()} scope="col">
                {heading(group)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sets.map((set, row) => (
            <tr key={set.effectiveAt}>
              <th scope="row">{format.dateTime(set.effectiveAt)}</th>
              {columns.map((group, column) => (
                <td key={group.join()}>
                  {group
                    .flatMap((name) => set.readings.filter((reading) => reading.name === name))
                    .map((reading, place) => (
                      <span key={reading.id}>
                        {place > 0 && <span aria-hidden> / </span>}
                        <Cell
                          reading={reading}
                          words={words}
                          row={row}
                          column={column * 10 + place}
                          isStop={at === null ? reading.id === first : reading.id === at}
                          onFocus={() => setAt(reading.id)}
                          onOpen={() => onOpen(reading)}
                        />
                      </span>
                    ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps {
  readonly reading: VitalReading;
  readonly words: ReturnType<typeof useVitalWords>;
  readonly row: number;
  readonly column: number;
  readonly isStop: boolean;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
}

function Cell({ reading, words, row, column, isStop, onFocus, onOpen }: CellProps) {
  const { t } = useTranslation();
  const measure = measureIn(reading.name);
  const text =
    measure !== null && reading.value !== null
      ? words.bare(measure, reading.value, reading.unit)
      : words.reading(reading);
  return (
    <button
      type="button"
      className={classes.cell}
      data-row={row}
      data-column={column}
      data-interpretation={reading.inError ? undefined : (reading.interpretation ?? undefined)}
      data-error={reading.inError || undefined}
      tabIndex={isStop ? 0 : -1}
      onFocus={onFocus}
      onClick={onOpen}
    >
      {measure === null ? null : <span className="visually-hidden">{t(`vitals.measure.${measure}`)} </span>}
      {text}
      {!reading.inError && <InterpretationMark of={reading.interpretation} dense />}
      {reading.inError && <span className="visually-hidden">{t('vitals.history.inError')}</span>}
      {reading.before.length > 0 && !reading.inError && (
        <span className={classes.edited} title={t('vitals.history.corrected')}>
          <IconPencil size={13} stroke={1.8} aria-hidden />
          <span className="visually-hidden">{t('vitals.history.corrected')}</span>
        </span>
      )}
      <CertaintyMark certainty={reading.certainty} quiet />
    </button>
  );
}
