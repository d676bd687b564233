import type { TFunction } from 'i18next';
import { memo } from 'react';
import { AppointmentBlock, columnLeft } from './AppointmentBlock.tsx';
import type { SlotState } from './cursor.ts';
import classes from './DayBoard.module.css';
import type { ColumnModel } from './model.ts';
import { freeMinute } from './rules.ts';
import { clockTime, slotMinutes } from './time.ts';

/** A column as the rows need it. */
export interface RowColumn {
  readonly index: number;
  readonly model: ColumnModel;
  readonly states: ReadonlyMap<number, SlotState>;
}

export interface BoardRowProps {
  readonly slot: number;
  readonly rowIndex: number;
  readonly top: number;
  readonly columns: readonly RowColumn[];
  readonly width: number;
  /** The stop of the keyboard when it is in this row, else null, so that the other rows are not drawn again. */
  readonly current: { readonly columnId: string; readonly appointmentId: string | null } | null;
  readonly confirming: ReadonlySet<string>;
  readonly carriedId: string | null;
  readonly nowMinute: number | null;
  readonly t: TFunction;
}

function Cell({ column, row }: { column: RowColumn; row: BoardRowProps }) {
  const { model, index, states } = column;
  const { slot, t, current } = row;
  const state = states.get(slot) ?? 'taken';
  const items = model.bySlot.get(slot);
  const isCurrent = current !== null && current.columnId === model.id;
  const isStop = isCurrent && current.appointmentId === null;
  const start = state === 'taken' ? slot : (freeMinute(model, slot) ?? slot);
  const name = model.column.practitionerName;
  const label = `${clockTime(start)}, ${name}, ${t(`appointments.board.${state}`)}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: cells are placed on a canvas of time, which table layout cannot do
    <div
      role="gridcell"
      aria-colindex={index + 2}
      aria-label={items && !isStop ? undefined : label}
      tabIndex={isStop ? 0 : -1}
      className={classes.cell}
      style={{ left: columnLeft(index, row.width), width: row.width }}
      data-column={model.id}
      data-slot={slot}
      data-state={state}
      data-start={state === 'free' ? clockTime(start) : undefined}
    >
      {items?.map((item) => (
        <AppointmentBlock
          key={item.appointment.id}
          item={item}
          practitioner={name}
          hasAside={model.hasAside}
          confirming={row.confirming.has(item.appointment.id)}
          carried={row.carriedId === item.appointment.id}
          current={isCurrent && current.appointmentId === item.appointment.id}
          past={row.nowMinute !== null && item.end <= row.nowMinute}
          t={t}
        />
      ))}
    </div>
  );
}

/** A quarter of an hour across all columns in view. */
export const BoardRow = memo(function BoardRow(props: BoardRowProps) {
  const { slot, rowIndex, top, columns } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: as the cells
    // biome-ignore lint/a11y/useFocusableInteractive: the cells are the stops of a grid
    <div
      role="row"
      aria-rowindex={rowIndex}
      className={classes.row}
      style={{ top }}
      data-hour-end={(slot + slotMinutes) % 60 === 0 || undefined}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as the cells */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: a heading is read with the cell */}
      <div role="rowheader" aria-colindex={1} className="visually-hidden">
        {clockTime(slot)}
      </div>
      {columns.map((column) => (
        <Cell key={column.model.id} column={column} row={props} />
      ))}
    </div>
  );
});
