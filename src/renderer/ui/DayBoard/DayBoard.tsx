import {
  type MouseEvent,
  type Ref,
  useDeferredValue,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { AppointmentView, BoardColumn } from '#shared/contract/appointments.ts';
import { columnLeft } from './AppointmentBlock.tsx';
import { BoardHeader } from './BoardHeader.tsx';
import { BoardAxis, BoardGround, CarryStrip, Ghost, NowLine } from './BoardLayers.tsx';
import { BoardRow, type RowColumn } from './BoardRow.tsx';
import { slotStates } from './cursor.ts';
import classes from './DayBoard.module.css';
import { axisWidth, headerHeight, narrowest, yOf } from './geometry.ts';
import { boardRange, type ColumnModel, columnId, columnModels } from './model.ts';
import type { Target } from './rules.ts';
import type { NameOf } from './text.ts';
import { type ClinicNow, minutesOf, nowOn, pastUntil, type Span, slotMinutes, slotOf } from './time.ts';
import { type BoardMoves, useBoardActions } from './useBoardActions.ts';
import { reveal, useBoardFocus } from './useBoardFocus.ts';
import { useBoardKeys } from './useBoardKeys.ts';
import { useCarry } from './useCarry.ts';
import { type BoardCursor, useCursor } from './useCursor.ts';
import { useDrag } from './useDrag.ts';
import { useViewport, type Viewport } from './useViewport.ts';

/** For a screen that knows where the focus should be, for example on what has just been booked. */
export interface DayBoardHandle {
  /** An appointment that is on the board or is about to come. */
  focusAppointment(appointment: Pick<AppointmentView, 'id' | 'practitionerId' | 'startLocal'>): void;
  focus(): void;
  /** The column the keyboard stands in. */
  column(): BoardColumn | undefined;
}

export interface DayBoardProps extends BoardMoves {
  readonly label: string;
  readonly columns: readonly BoardColumn[];
  /** What tells the columns apart: they are a day of several practitioners, or several days of one. */
  readonly named: 'practitioner' | 'day';
  /** What a column is called by that; the same function as long as it says the same. */
  readonly nameOf: NameOf;
  readonly onName?: (column: BoardColumn) => void;
  readonly now: ClinicNow;
  /** The hue of each kind of visit, by its id. */
  readonly hues: ReadonlyMap<string, number>;
  /** Appointments the centre is being asked about right now. */
  readonly confirming: ReadonlySet<string>;
  readonly ref?: Ref<DayBoardHandle>;
}

interface Known {
  readonly range: Span;
  readonly now: ClinicNow;
  readonly column: RowColumn;
}
const drawable = new WeakMap<ColumnModel, Known>();

/** Kept with the model: the same column is the same object, so scrolling draws only what comes into view. */
const rowColumn = (model: ColumnModel, index: number, range: Span, now: ClinicNow): RowColumn => {
  const known = drawable.get(model);
  const { date } = model.column;
  const nowMinute = nowOn(date, now);
  const from = slotOf(pastUntil(date, now));
  const same = known?.range === range && known.column.index === index;
  if (same && known.column.nowMinute === nowMinute && slotOf(pastUntil(date, known.now)) === from)
    return known.column;
  const column = { index, model, nowMinute, states: slotStates(model, range, from) };
  drawable.set(model, { range, now, column });
  return column;
};

interface Drawing {
  readonly models: readonly ColumnModel[];
  readonly range: Span;
  readonly now: ClinicNow;
}

const columnAt = ({ models, range, now }: Drawing, index: number): RowColumn | undefined => {
  const model = models[index];
  return model && rowColumn(model, index, range, now);
};

/**
 * The columns to draw. Those in view, of the focus and of what is carried are as the board is now; the others beside them follow
 * between the frames, so that a new day is not kept waiting by what nobody sees.
 */
function useDrawn(
  board: Drawing,
  { visible, drawn }: Pick<Viewport, 'visible' | 'drawn'>,
  kept: readonly (number | undefined)[],
): readonly RowColumn[] {
  const late = useDeferredValue(board);
  const extra = kept.filter((at) => at !== undefined).join();
  const { start, end } = drawn;
  // While there is nothing to follow, scrolling changes nothing.
  const urgent = late === board ? '' : [visible.start, visible.end, extra].join();
  const beyond = extra
    .split(',')
    .filter((at) => at !== '' && (Number(at) < start || Number(at) >= end))
    .join();
  return useMemo(() => {
    const also = beyond.split(',').filter(Boolean).map(Number);
    const [from = 0, to = Number.POSITIVE_INFINITY, ...named] = urgent.split(',').filter(Boolean).map(Number);
    const isNow = (index: number) => (index >= from && index < to) || named.includes(index);
    return board.models.flatMap((_, index) => {
      if ((index < start || index >= end) && !also.includes(index)) return [];
      const column = (isNow(index) ? undefined : columnAt(late, index)) ?? columnAt(board, index);
      return column ? [column] : [];
    });
  }, [board, late, start, end, urgent, beyond]);
}

function useModels(columns: readonly BoardColumn[]) {
  const models = useMemo(() => columnModels(columns), [columns]);
  const { start, end } = boardRange(models);
  const range = useMemo(() => ({ start, end }), [start, end]);
  return { models, range };
}

/** A click opens an appointment or books a free time; a focus that came by pointer or Tab takes the keyboard along. */
function usePointerWays(
  models: readonly ColumnModel[],
  cursor: BoardCursor,
  open: (id: string) => void,
  bookAt: (target: Target) => void,
) {
  const dataOf = (target: EventTarget, selector: string) =>
    (target as Element).closest<HTMLElement>(selector)?.dataset;
  return {
    onClick: (event: MouseEvent) => {
      const id = dataOf(event.target, '[data-appointment]')?.appointment;
      if (id) return open(id);
      const cell = dataOf(event.target, '[data-slot]');
      const column = models.findIndex((model) => model.id === cell?.column);
      if (cell && column >= 0) bookAt({ column, start: Number(cell.slot) });
    },
    onFocus: (event: { target: EventTarget }) => {
      const cell = dataOf(event.target, '[data-slot]');
      const id = dataOf(event.target, '[data-appointment]')?.appointment ?? null;
      const columnId = cell?.column;
      if (!columnId) return;
      const item = models
        .find((model) => model.id === columnId)
        ?.items.find((one) => one.appointment.id === id);
      const place = cursor.place;
      const same =
        place?.columnId === columnId &&
        (place.stop.kind === 'appointment' ? place.stop.id === id : place.stop.slot === Number(cell?.slot));
      if (!same) cursor.to({ columnId, minute: item?.start ?? Number(cell?.slot), appointmentId: id });
    },
  };
}

/** The first look: now, or the start of the day's work, a quarter down the board. */
function useFirstLook(scroller: { current: HTMLElement | null }, minute: number, range: Span, key: string) {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element) element.scrollTop = Math.max(0, yOf(minute, range) - element.clientHeight / 4);
  }, [key]);
}

/**
 * The day as a grid of practitioners and quarters of an hour. It is one stop of the Tab key; inside, arrow keys move
 * between free times and appointments. Rows and cells are those of an ARIA grid, with an appointment as a button in
 * the cell of the slot it starts in; all positions come from `geometry.ts`.
 */
export function DayBoard(props: DayBoardProps) {
  const { label, columns, named, nameOf, onName, now, confirming, ref } = props;
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState('');
  const { models, range } = useModels(columns);
  const viewport = useViewport(scroller, models.length, narrowest[named]);
  const { width, onScroll } = viewport;
  const drawing = useMemo(() => ({ models, range, now }), [models, range, now]);
  const cursor = useCursor(models, range, now);
  const carrying = useCarry(models, range, now);
  const { place } = cursor;
  const { carry } = carrying;
  const today = models.flatMap(({ column }, index) => (column.date === now.date ? [index] : []));
  const drawn = useDrawn(drawing, viewport, [place?.column, carry?.origin.column]);
  const takeFocus = useBoardFocus(scroller, place, range, width);
  const show = (target: Target, minutes: number) =>
    scroller.current &&
    reveal(
      scroller.current,
      target.column,
      { start: target.start, end: target.start + minutes },
      range,
      width,
    );
  const actions = useBoardActions(props, {
    models,
    range,
    now,
    nameOf,
    cursor,
    carrying,
    takeFocus,
    say: setSaid,
    show,
  });
  const onKeyDown = useBoardKeys(actions.keys);
  const ways = usePointerWays(models, cursor, actions.open, actions.bookAt);
  const onPointerDown = useDrag(scroller, { width, count: models.length, range }, actions.drag);
  useFirstLook(
    scroller,
    today.length > 0 ? now.minute : (place?.stop.start ?? range.start),
    range,
    `${label} ${models.length > 0}`,
  );
  useImperativeHandle(ref, () => ({
    focusAppointment: ({ id, practitionerId, startLocal }) => {
      const at = columnId(practitionerId, startLocal.slice(0, 10));
      cursor.to({ columnId: at, minute: minutesOf(startLocal), appointmentId: id });
      takeFocus();
    },
    focus: actions.keys.focus,
    column: () => (place ? models[place.column]?.column : undefined),
  }));

  // Once a minute: an instant that changed with each drawing would draw every cell again.
  const instant = useMemo(() => Date.now(), [now]);
  const [first] = today;
  const height = yOf(range.end, range);
  const across = axisWidth + width * models.length;
  const slots = [];
  for (let slot = range.start; slot < range.end; slot += slotMinutes) slots.push(slot);
  const currentId = place?.columnId;
  const appointmentId = place?.stop.kind === 'appointment' ? place.stop.id : null;
  const current = useMemo(
    () => (currentId ? { columnId: currentId, appointmentId } : null),
    [currentId, appointmentId],
  );
  return (
    <div className={classes.board}>
      {/* biome-ignore lint/a11y/useSemanticElements: cells are placed on a canvas of time, which table layout cannot do */}
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={slots.length + 1}
        aria-colcount={models.length + 1}
        className={classes.scroller}
        data-dragging={carry?.by === 'pointer' || undefined}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        {...ways}
      >
        <div className={classes.canvas} style={{ width: across, height: headerHeight + height }}>
          <BoardHeader columns={drawn} width={width} nameOf={nameOf} named={named} onName={onName} />
          {/* biome-ignore lint/a11y/useSemanticElements: as the grid */}
          <div role="rowgroup" className={classes.body} style={{ top: headerHeight, height }}>
            <BoardGround columns={drawn} range={range} width={width} now={instant} />
            {slots.map((slot, index) => (
              <BoardRow
                key={slot}
                slot={slot}
                rowIndex={index + 2}
                top={yOf(slot, range)}
                columns={drawn}
                width={width}
                current={place?.stop.slot === slot ? current : null}
                confirming={confirming}
                carriedId={carry?.appointment.id ?? null}
                now={instant}
                nameOf={nameOf}
                hues={props.hues}
                t={t}
              />
            ))}
            {first !== undefined && (
              <NowLine
                minute={now.minute}
                range={range}
                left={columnLeft(first, width)}
                width={width * today.length}
              />
            )}
            {carry && <Ghost carry={carry} models={models} range={range} width={width} />}
            <BoardAxis range={range} height={height} nowMinute={first === undefined ? null : now.minute} />
          </div>
        </div>
      </div>
      {carry && <CarryStrip carry={carry} models={models} nameOf={nameOf} />}
      <div role="status" className="visually-hidden">
        {said}
      </div>
    </div>
  );
}
