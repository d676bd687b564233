import type { ColumnModel } from './model.ts';
import { freeMinute, roomAt } from './rules.ts';
import { type ClinicNow, clamp, dayMinutes, nowOn, type Span, slotMinutes, slotOf } from './time.ts';

/**
 * A place the keyboard can stand on: an appointment, or a slot with free time in it. `start` of a slot is its first
 * free minute, which is where a booking would begin.
 */
export type Stop =
  | { readonly kind: 'slot'; readonly slot: number; readonly start: number }
  | {
      readonly kind: 'appointment';
      readonly id: string;
      readonly slot: number;
      readonly start: number;
      readonly end: number;
      readonly aside: boolean;
    };

/** Where the keyboard is. `minute` is kept while moving sideways, so that left and right come back to the same time. */
export interface Cursor {
  readonly columnId: string;
  readonly minute: number;
  readonly appointmentId: string | null;
}

export type Step =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'page-up'
  | 'page-down'
  | 'first-column'
  | 'last-column'
  | 'column-start'
  | 'column-end';

const order = (a: Stop, b: Stop): number =>
  a.slot - b.slot || a.start - b.start || (a.kind === b.kind ? 0 : a.kind === 'slot' ? -1 : 1);

/** All stops of a column from top to bottom. */
export const stopsOf = (model: ColumnModel, range: Span): readonly Stop[] => {
  const stops: Stop[] = model.items.map(({ appointment, start, end, aside }) => ({
    kind: 'appointment',
    id: appointment.id,
    slot: slotOf(start),
    start,
    end,
    aside,
  }));
  for (let slot = range.start; slot < range.end; slot += slotMinutes) {
    const start = freeMinute(model, slot);
    if (start !== null) stops.push({ kind: 'slot', slot, start });
  }
  return stops.sort(order);
};

/** At equal distance a free slot comes before who is booked, and that before what was cancelled. */
const rank = (stop: Stop): number => (stop.kind === 'slot' ? 0 : stop.aside ? 2 : 1);

const distance = (stop: Stop, minute: number): number => {
  const end = stop.kind === 'slot' ? stop.slot + slotMinutes : stop.end;
  if (minute < stop.start) return stop.start - minute;
  return minute < end ? 0 : minute - end + 1;
};

/**
 * The stop a cursor stands on now. The board changes under the cursor as others work: an appointment that is gone
 * leaves it at the same time of day.
 */
export const stopAt = (stops: readonly Stop[], cursor: Cursor): Stop | undefined => {
  const own = stops.find((stop) => stop.kind === 'appointment' && stop.id === cursor.appointmentId);
  if (own) return own;
  const nearness = (a: Stop, b: Stop) =>
    distance(a, cursor.minute) - distance(b, cursor.minute) || rank(a) - rank(b);
  return stops.toSorted(nearness)[0];
};

export const cursorOn = (columnId: string, stop: Stop): Cursor => ({
  columnId,
  minute: stop.start,
  appointmentId: stop.kind === 'appointment' ? stop.id : null,
});

const vertical = (model: ColumnModel, range: Span, cursor: Cursor, step: Step): Cursor => {
  const stops = stopsOf(model, range);
  const current = stopAt(stops, cursor);
  if (!current) return cursor;
  const at = stops.indexOf(current);
  const page = (minutes: number): Stop | undefined => {
    const minute = clamp(cursor.minute + minutes, range.start, range.end - 1);
    return stopAt(stops, { ...cursor, minute, appointmentId: null });
  };
  const next = {
    up: () => stops[at - 1],
    down: () => stops[at + 1],
    'page-up': () => page(-60),
    'page-down': () => page(60),
    'column-start': () => stops[0],
    'column-end': () => stops.at(-1),
  }[step as 'up']();
  return cursorOn(cursor.columnId, next ?? current);
};

/** The cursor one step on; it stays where it is at the board's edge. */
export const moveCursor = (
  models: readonly ColumnModel[],
  range: Span,
  cursor: Cursor,
  step: Step,
): Cursor => {
  const at = Math.max(
    0,
    models.findIndex((model) => model.id === cursor.columnId),
  );
  const sideways: Partial<Record<Step, number>> = {
    left: at - 1,
    right: at + 1,
    'first-column': 0,
    'last-column': models.length - 1,
  };
  const wanted = sideways[step];
  const model = models[clamp(wanted ?? at, 0, models.length - 1)];
  if (!model) return cursor;
  if (wanted === undefined) return vertical(model, range, { ...cursor, columnId: model.id }, step);
  if (model.id === cursor.columnId) return cursor;
  const stop = stopAt(stopsOf(model, range), { ...cursor, appointmentId: null });
  return {
    columnId: model.id,
    minute: cursor.minute,
    appointmentId: stop?.kind === 'appointment' ? stop.id : null,
  };
};

/** Where the keyboard stands when the board is first shown: now, or the first open minute. */
export const initialCursor = (models: readonly ColumnModel[], now: ClinicNow): Cursor | null => {
  const isOpen = (each: ColumnModel) => each.open.length > 0;
  const isToday = (each: ColumnModel) => each.column.date === now.date;
  const model = models.find((each) => isToday(each) && isOpen(each)) ?? models.find(isOpen) ?? models[0];
  if (!model) return null;
  const opening = Math.min(dayMinutes, ...model.open.map((span) => span.start));
  const minute = nowOn(model.column.date, now) ?? (opening === dayMinutes ? 9 * 60 : opening);
  return { columnId: model.id, minute, appointmentId: null };
};

/** What a slot is to somebody who wants to book. */
export type SlotState = 'free' | 'taken' | 'closed' | 'past';

/** The state of each slot; a slot that is over at the minute `notBefore` is past. */
export const slotStates = (
  model: ColumnModel,
  range: Span,
  notBefore: number,
): ReadonlyMap<number, SlotState> => {
  const states = new Map<number, SlotState>();
  for (let slot = range.start; slot < range.end; slot += slotMinutes) {
    const start = freeMinute(model, slot);
    if (start === null) states.set(slot, 'taken');
    else if (roomAt(model, start) === 0) states.set(slot, 'closed');
    else states.set(slot, slot + slotMinutes <= notBefore ? 'past' : 'free');
  }
  return states;
};
