import type { TFunction } from 'i18next';
import { memo } from 'react';
import { isInClinic, visitState } from '#shared/domain/visits/course.ts';
import { AppointmentBlock, columnLeft } from './AppointmentBlock.tsx';
import type { SlotState } from './cursor.ts';
import classes from './DayBoard.module.css';
import type { BoardItem, ColumnModel } from './model.ts';
import { freeMinute } from './rules.ts';
import { heldText, type NameOf } from './text.ts';
import { clockTime, overlaps, slotMinutes } from './time.ts';

/** A column as the rows need it. */
export interface RowColumn {
  readonly index: number;
  readonly model: ColumnModel;
  readonly states: ReadonlyMap<number, SlotState>;
  /** Now, when it is a column of today. */
  readonly nowMinute: number | null;
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
  /** The instant of the minute that is now, for how long somebody waits today. */
  readonly now: number;
  readonly nameOf: NameOf;
  readonly hues: ReadonlyMap<string, number>;
  readonly t: TFunction;
}

interface CellProps extends Omit<BoardRowProps, 'rowIndex' | 'top' | 'columns' | 'current'> {
  readonly column: RowColumn;
  /** The keyboard is in this cell: on its free time, or on one of its appointments. */
  readonly isCurrent: boolean;
  readonly currentAppointment: string | null;
}

/** Whoever is in the clinic is not over, however late it is. */
const isHere = ({ appointment }: BoardItem): boolean => isInClinic(visitState(appointment));

/** Whether a column looks otherwise a minute later: the others are not drawn again for that. */
const followsTime = ({ nowMinute, model }: RowColumn): boolean => nowMinute !== null || model.held.length > 0;

/** Remembered, so that a column that comes into view costs its own cells and no others. */
const Cell = memo(function Cell(props: CellProps) {
  const { column, slot, width, isCurrent, currentAppointment, t } = props;
  const { model, index, states, nowMinute } = column;
  const state = states.get(slot) ?? 'taken';
  const items = model.bySlot.get(slot);
  const isStop = isCurrent && currentAppointment === null;
  const start = state === 'taken' ? slot : (freeMinute(model, slot) ?? slot);
  const held = model.held.find(
    (span) => span.until > props.now && overlaps(span, { start: slot, end: slot + slotMinutes }),
  );
  const said = [clockTime(start), props.nameOf(model.column), t(`appointments.board.${state}`)];
  const label = [...said, held ? heldText(t, held) : ''].filter(Boolean).join(', ');
  return (
    // biome-ignore lint/a11y/useSemanticElements: cells are placed on a canvas of time, which table layout cannot do
    <div
      role="gridcell"
      aria-colindex={index + 2}
      aria-label={items ? undefined : label}
      tabIndex={isStop ? 0 : -1}
      className={classes.cell}
      style={{ left: columnLeft(index, width), width }}
      data-column={model.id}
      data-slot={slot}
      data-state={state}
      data-start={state === 'free' ? clockTime(start) : undefined}
    >
      {/* A label beside what else is in the cell: on the cell itself it would hide it. */}
      {items && isStop && <span className="visually-hidden">{label}</span>}
      {items?.map((item, at) => (
        <AppointmentBlock
          key={at}
          item={item}
          practitioner={model.column.practitionerName}
          hue={props.hues.get(item.appointment.visitTypeId ?? '')}
          hasAside={model.hasAside}
          confirming={props.confirming.has(item.appointment.id)}
          carried={props.carriedId === item.appointment.id}
          current={isCurrent && currentAppointment === item.appointment.id}
          past={nowMinute !== null && item.end <= nowMinute && !isHere(item)}
          now={nowMinute === null ? null : props.now}
          t={t}
        />
      ))}
    </div>
  );
});

/** A quarter of an hour across all columns in view. */
export const BoardRow = memo(function BoardRow(props: BoardRowProps) {
  const { rowIndex, top, columns, current, ...rest } = props;
  const { slot } = rest;
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
        // By place: another day fills the cells that are there.
        <Cell
          key={column.index}
          {...rest}
          now={followsTime(column) ? rest.now : 0}
          column={column}
          isCurrent={current?.columnId === column.model.id}
          currentAppointment={current?.columnId === column.model.id ? current.appointmentId : null}
        />
      ))}
    </div>
  );
});
