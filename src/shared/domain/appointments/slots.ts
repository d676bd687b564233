import { addDays } from '#shared/kernel/calendar.ts';
import { minuteOfDay, resolveWallTime, timeOfMinute, weekdayOf } from './wall-time.ts';

/** One line of a practitioner's weekly schedule, wall times `HH:MM` at its location. */
export interface ScheduleLine {
  readonly practitionerId: string;
  readonly locationId: string;
  readonly roomId: string | null;
  readonly timeZone: string;
  readonly weekday: number;
  readonly startTime: string;
  readonly endTime: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** Time somebody or something is taken, in milliseconds; `to` is free again. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const overlaps = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;

const isValidOn = (line: ScheduleLine, day: string): boolean =>
  line.weekday === weekdayOf(day) &&
  (line.validFrom === null || line.validFrom <= day) &&
  (line.validTo === null || day <= line.validTo);

const isContinuedBy = (line: ScheduleLine, next: ScheduleLine): boolean =>
  line.practitionerId === next.practitionerId &&
  line.locationId === next.locationId &&
  line.roomId === next.roomId &&
  next.startTime <= line.endTime;

/** The lines of a schedule that hold on `day`, by start; lines of one practitioner and room that touch or overlap are one. */
export const blocksOn = <L extends ScheduleLine>(lines: readonly L[], day: string): readonly L[] => {
  const valid = lines
    .filter((line) => isValidOn(line, day))
    .toSorted(
      (a, b) => a.practitionerId.localeCompare(b.practitionerId) || a.startTime.localeCompare(b.startTime),
    );
  const blocks: L[] = [];
  for (const line of valid) {
    const last = blocks.at(-1);
    if (last === undefined || !isContinuedBy(last, line)) blocks.push(line);
    else if (line.endTime > last.endTime) blocks[blocks.length - 1] = { ...last, endTime: line.endTime };
  }
  return blocks;
};

/** The block at `locationId` that holds the whole of an appointment, or null: then it is outside the schedule. */
export const blockFor = <L extends ScheduleLine>(
  lines: readonly L[],
  wanted: { readonly locationId: string; readonly startLocal: string; readonly minutes: number },
): L | null => {
  const start = minuteOfDay(wanted.startLocal.slice(11));
  const fits = (block: ScheduleLine) =>
    block.locationId === wanted.locationId &&
    minuteOfDay(block.startTime) <= start &&
    start + wanted.minutes <= minuteOfDay(block.endTime);
  return blocksOn(lines, wanted.startLocal.slice(0, 10)).find(fits) ?? null;
};

export interface SlotSearch {
  /** Schedule lines of every practitioner that may be offered. */
  readonly lines: readonly ScheduleLine[];
  /** Taken spans by id of a practitioner or a room. */
  readonly busy: ReadonlyMap<string, readonly Span[]>;
  /** Nothing before this instant is offered, milliseconds. */
  readonly from: number;
  /** The first day looked at, `YYYY-MM-DD`, and how many days in all. */
  readonly firstDay: string;
  readonly days: number;
  /** Length of the wanted slot and the grid its start lies on, minutes. */
  readonly minutes: number;
  readonly step: number;
  readonly limit: number;
}

/** What one day of a search depends on. */
export type DaySearch = Pick<SlotSearch, 'lines' | 'busy' | 'from' | 'minutes' | 'step'>;

export interface Slot {
  readonly practitionerId: string;
  readonly locationId: string;
  readonly roomId: string | null;
  readonly startAt: number;
  readonly startLocal: string;
}

/** Starts of a block whose whole slot exists. On a day without a clock change one conversion serves the block. */
const startsOf = (
  block: ScheduleLine,
  day: string,
  search: DaySearch,
): readonly (readonly [number, string])[] => {
  const first = minuteOfDay(block.startTime);
  const last = minuteOfDay(block.endTime) - search.minutes;
  const opening = resolveWallTime(`${day}T${block.startTime}`, block.timeZone);
  const closing = resolveWallTime(`${day}T${timeOfMinute(minuteOfDay(block.endTime) - 1)}`, block.timeZone);
  const minutesOpen = minuteOfDay(block.endTime) - 1 - first;
  const steady = opening.ok && closing.ok && closing.value - opening.value === minutesOpen * 60_000;
  const starts: (readonly [number, string])[] = [];
  for (let minute = first; minute <= last; minute += search.step) {
    const startLocal = `${day}T${timeOfMinute(minute)}`;
    const at = steady
      ? { ok: true as const, value: opening.value + (minute - first) * 60_000 }
      : resolveWallTime(startLocal, block.timeZone);
    if (at.ok) starts.push([at.value, startLocal]);
  }
  return starts;
};

const freeIn = (block: ScheduleLine, day: string, search: DaySearch): readonly Slot[] => {
  const { practitionerId, locationId, roomId } = block;
  const length = search.minutes * 60_000;
  const starts = startsOf(block, day, search).filter(([startAt]) => startAt >= search.from);
  const whole = { from: starts[0]?.[0] ?? 0, to: (starts.at(-1)?.[0] ?? 0) + length };
  // Whose time it takes: the practitioner's, and whoever else's is in the room.
  const taken = [practitionerId, roomId ?? '']
    .flatMap((id) => search.busy.get(id) ?? [])
    .filter((span) => overlaps(span, whole));
  return starts
    .filter(([from]) => !taken.some((span) => overlaps(span, { from, to: from + length })))
    .map(([startAt, startLocal]) => ({ practitionerId, locationId, roomId, startAt, startLocal }));
};

/** Every free slot of one day whose start lies on the grid; those of one practitioner may overlap. */
export const freeOn = (search: DaySearch, day: string): readonly Slot[] =>
  blocksOn(search.lines, day).flatMap((block) => freeIn(block, day, search));

/** The first `limit` free slots by time, none overlapping another of the same practitioner, within the given days. */
export const freeSlots = (search: SlotSearch): readonly Slot[] => {
  const found: Slot[] = [];
  const lastEnd = new Map<string, number>();
  for (let ahead = 0; ahead < search.days && found.length < search.limit; ahead += 1) {
    const day = addDays(search.firstDay, ahead);
    const today = freeOn(search, day);
    for (const slot of today.toSorted((a, b) => a.startAt - b.startAt)) {
      if (slot.startAt < (lastEnd.get(slot.practitionerId) ?? 0)) continue;
      lastEnd.set(slot.practitionerId, slot.startAt + search.minutes * 60_000);
      found.push(slot);
    }
  }
  return found.slice(0, search.limit);
};
