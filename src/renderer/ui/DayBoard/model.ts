import type { AppointmentView, BoardColumn } from '#shared/contract/appointments.ts';
import { coveredMinutes, type OpenSpan, openSpans } from './hours.ts';
import { assignLanes } from './lanes.ts';
import { holdsTime, isAside } from './marks.ts';
import { clamp, dayMinutes, minutesOf, type Span, slotOf } from './time.ts';

/** The shortest block that can still hold a line of text. Shorter visits are drawn this long and side by side. */
const shortestShown = 10;

/** An appointment with its place in a column. `shownEnd` is where the block ends, `end` where the visit does. */
export interface BoardItem extends Span {
  readonly appointment: AppointmentView;
  /** How long it keeps its practitioner: with the time its kind of visit needs before and after it. */
  readonly keeps: Span;
  readonly shownEnd: number;
  readonly aside: boolean;
  readonly lane: number;
  readonly lanes: number;
}

/** The id of the column a practitioner's visit on a day lies in. */
export const columnId = (practitionerId: string, date: string): string => `${practitionerId} ${date}`;

/** One practitioner's day, ready to be drawn and walked through. */
export interface ColumnModel {
  readonly column: BoardColumn;
  readonly id: string;
  readonly open: readonly OpenSpan[];
  /** Hours an exception has taken, with what it is called. */
  readonly away: readonly AwaySpan[];
  /** Times another desk is about to book. */
  readonly held: readonly HeldSpan[];
  readonly items: readonly BoardItem[];
  /** Items by the slot they start in, for the grid's cells. */
  readonly bySlot: ReadonlyMap<number, readonly BoardItem[]>;
  /** Times nobody else can have, with who has them. */
  readonly busy: readonly BoardItem[];
  readonly hasAside: boolean;
  readonly openMinutes: number;
  readonly bookedMinutes: number;
}

export interface AwaySpan extends Span {
  readonly name: string;
  readonly kind: BoardColumn['away'][number]['kind'];
}

export interface HeldSpan extends Span {
  /** When it is free again if nothing more is heard, milliseconds: no event tells of that. */
  readonly until: number;
  readonly by: string;
}

interface Timed extends Span {
  readonly appointment: AppointmentView;
  readonly keeps: Span;
  readonly shownEnd: number;
  readonly aside: boolean;
}

const timed = (appointment: AppointmentView): Timed => {
  const start = clamp(minutesOf(appointment.startLocal), 0, dayMinutes - shortestShown);
  const end = Math.min(start + appointment.minutes, dayMinutes);
  return {
    appointment,
    start,
    end,
    keeps: {
      start: Math.max(0, start - appointment.bufferBefore),
      end: Math.min(end + appointment.bufferAfter, dayMinutes),
    },
    shownEnd: Math.max(end, start + shortestShown),
    aside: isAside(appointment),
  };
};

/** Lanes follow what is drawn, not what is booked: two short visits in a row must not cover each other's text. */
const placed = (items: readonly Timed[]): readonly BoardItem[] =>
  assignLanes(
    items.map((item) => ({
      start: item.start,
      end: item.shownEnd,
      last: item.appointment.overbooked,
      whole: item,
    })),
  ).map(({ item, lane, lanes }) => ({ ...item.whole, lane, lanes }));

/** Builds the model of one column. */
export const columnModel = (column: BoardColumn): ColumnModel => {
  const all = column.appointments.map(timed);
  const items = [...placed(all.filter((item) => !item.aside)), ...placed(all.filter((item) => item.aside))];
  const open = openSpans(column.blocks);
  const busy = items.filter((item) => holdsTime(item.appointment));
  return {
    column,
    id: columnId(column.practitionerId, column.date),
    open,
    away: column.away.map(({ startTime, endTime, name, kind }) => ({
      start: minutesOf(startTime),
      end: minutesOf(endTime),
      name,
      kind,
    })),
    held: column.held.map(({ startLocal, minutes, by, until }) => ({
      start: minutesOf(startLocal),
      end: minutesOf(startLocal) + minutes,
      by,
      until: Date.parse(until),
    })),
    items,
    bySlot: Map.groupBy(items, (item) => slotOf(item.start)),
    busy,
    hasAside: all.some((item) => item.aside),
    openMinutes: coveredMinutes(open),
    bookedMinutes: coveredMinutes(busy),
  };
};

const built = new WeakMap<BoardColumn, ColumnModel>();

/** The models of a board. A column that has not changed since the last answer keeps its model, and so its cells. */
export const columnModels = (columns: readonly BoardColumn[]): readonly ColumnModel[] =>
  columns.map((column) => {
    const known = built.get(column) ?? columnModel(column);
    built.set(column, known);
    return known;
  });

const fallback: Span = { start: 8 * 60, end: 18 * 60 };
const hour = 60;

/** The hours the board shows: whole hours around everything offered or booked, never less than eight. */
export const boardRange = (models: readonly ColumnModel[]): Span => {
  const spans: readonly Span[] = models.flatMap((model) => [
    ...model.open,
    ...model.away,
    ...model.items.map((item) => ({ start: item.start, end: item.shownEnd })),
  ]);
  if (spans.length === 0) return fallback;
  const start = Math.floor(Math.min(...spans.map((span) => span.start)) / hour) * hour;
  const end = Math.ceil(Math.max(...spans.map((span) => span.end)) / hour) * hour;
  const shortest = 8 * hour;
  const from = Math.min(start, dayMinutes - shortest);
  return { start: from, end: Math.min(dayMinutes, Math.max(end, from + shortest)) };
};
