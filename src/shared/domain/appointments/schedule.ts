import {
  concerns,
  type ExceptionKind,
  isOn,
  minutesOfException,
  type ScheduleException,
  takesAway,
} from './exceptions.ts';
import { overlaps, type Span } from './spans.ts';
import {
  dayOfWeek,
  firstInstantAt,
  minuteOfDay,
  resolveWallTime,
  timeOfMinute,
  weekdayOf,
  weekOf,
} from './wall-time.ts';

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
  /** Every so many weeks, counted from the ISO week `validFrom` lies in; null: every week. */
  readonly intervalWeeks: number | null;
}

/** When practitioners work: their weekly lines and what is different on some days. */
export interface Schedule {
  readonly lines: readonly ScheduleLine[];
  readonly exceptions: readonly ScheduleException[];
}

/** Hours of one practitioner at one place on one day, wall times `HH:MM`; what lies between two is a break. */
export type Block = Pick<
  ScheduleLine,
  'practitionerId' | 'locationId' | 'roomId' | 'timeZone' | 'startTime' | 'endTime'
>;

/** Hours that an exception takes away. */
export interface Away extends Omit<Block, 'roomId' | 'timeZone'> {
  readonly kind: ExceptionKind;
  readonly name: string;
}

/** What a line says of when, and nothing of whose and where. */
type Weekly = Omit<ScheduleLine, 'practitionerId' | 'locationId' | 'roomId' | 'timeZone'>;

const isValidOn = (line: Weekly, day: string, weekday: number, week: number): boolean =>
  line.weekday === weekday &&
  (line.validFrom === null || line.validFrom <= day) &&
  (line.validTo === null || day <= line.validTo) &&
  (line.intervalWeeks === null ||
    line.validFrom === null ||
    (week - weekOf(line.validFrom)) % line.intervalWeeks === 0);

const later = (one: string | null, other: string | null): string | null =>
  one !== null && (other === null || other < one) ? one : other;

/** Whether two lines of one weekday, each every so many weeks, are ever worked in the same week. */
const meet = (one: Weekly, other: Weekly): boolean => {
  const from = later(one.validFrom, other.validFrom);
  // Weeks are counted from a first day: without one there is nothing but every week.
  if (from === null) return true;
  // After so many weeks the two alternate as before.
  const weeks = (one.intervalWeeks ?? 1) * (other.intervalWeeks ?? 1);
  return Array.from({ length: weeks + 1 }, (_, i) => weekOf(from) + i).some((week) => {
    const day = dayOfWeek(week, one.weekday);
    return [one, other].every((line) => isValidOn(line, day, line.weekday, week));
  });
};

/** Whether two lines have a practitioner in two places at once, or in one place twice. Hours that only touch do not. */
export const clash = (one: Weekly, other: Weekly): boolean =>
  one.weekday === other.weekday &&
  one.startTime < other.endTime &&
  other.startTime < one.endTime &&
  meet(one, other);

/** Extra hours that touch the usual ones go on in their room; others have none. */
const extraBlocks = (extras: readonly ScheduleException[], usual: readonly Block[]): readonly Block[] =>
  extras.flatMap(({ practitionerId, locationId, timeZone, startTime, endTime }) => {
    if (practitionerId === null || locationId === null || timeZone === null) return [];
    if (startTime === null || endTime === null) return [];
    const beside = usual.find(
      (block) =>
        block.practitionerId === practitionerId &&
        block.locationId === locationId &&
        block.startTime <= endTime &&
        startTime <= block.endTime,
    );
    return [{ practitionerId, locationId, roomId: beside?.roomId ?? null, timeZone, startTime, endTime }];
  });

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byPlaceAndTime = (a: Block, b: Block): number =>
  compare(a.practitionerId, b.practitionerId) ||
  compare(a.locationId, b.locationId) ||
  compare(a.roomId ?? '', b.roomId ?? '') ||
  compare(a.startTime, b.startTime);

const isContinuedBy = (block: Block, next: Block): boolean =>
  block.practitionerId === next.practitionerId &&
  block.locationId === next.locationId &&
  block.roomId === next.roomId &&
  next.startTime <= block.endTime;

/** Blocks of one practitioner and room that touch or overlap are one. */
const joined = (all: readonly Block[]): readonly Block[] => {
  const blocks: Block[] = [];
  for (const block of all.toSorted(byPlaceAndTime)) {
    const last = blocks.at(-1);
    if (last === undefined || !isContinuedBy(last, block)) blocks.push(block);
    else if (block.endTime > last.endTime) blocks[blocks.length - 1] = { ...last, endTime: block.endTime };
  }
  return blocks;
};

/** What an exception leaves of a block, and what it takes; null when it takes nothing. */
const cut = (
  block: Block,
  exception: ScheduleException,
): { readonly left: readonly Block[]; readonly away: Away } | null => {
  if (!concerns(exception, block)) return null;
  const { start, end } = minutesOfException(exception);
  const [opens, closes] = [minuteOfDay(block.startTime), minuteOfDay(block.endTime)];
  const [from, to] = [Math.max(start, opens), Math.min(end, closes)];
  if (from >= to) return null;
  const { practitionerId, locationId } = block;
  const { kind, name } = exception;
  const [startTime, endTime] = [timeOfMinute(from), timeOfMinute(to)];
  const left = [
    { ...block, endTime: startTime },
    { ...block, startTime: endTime },
  ].filter((part) => part.startTime < part.endTime);
  return { left, away: { practitionerId, locationId, startTime, endTime, kind, name } };
};

/** The hours of a day, and what exceptions have taken from them. What takes away wins over what adds. */
export const dayOf = (
  { lines, exceptions }: Schedule,
  day: string,
): { readonly blocks: readonly Block[]; readonly away: readonly Away[] } => {
  const [weekday, week] = [weekdayOf(day), weekOf(day)];
  const usual = lines.filter((line) => isValidOn(line, day, weekday, week));
  const today = exceptions.filter((exception) => isOn(exception, day));
  const extras = today.filter((exception) => !takesAway(exception));
  let blocks = joined([...usual, ...extraBlocks(extras, usual)]);
  const away: Away[] = [];
  for (const exception of today.filter(takesAway)) {
    blocks = blocks.flatMap((block) => {
      const taken = cut(block, exception);
      if (taken === null) return [block];
      away.push(taken.away);
      return taken.left;
    });
  }
  return { blocks, away };
};

/** The hours of a day, exceptions and alternate weeks taken into account. */
export const blocksOn = (schedule: Schedule, day: string): readonly Block[] => dayOf(schedule, day).blocks;

/** The instants a block lasts from and to; a clock change within makes it longer or shorter than its wall times say. */
export const blockSpan = (block: Block, day: string): Span => ({
  from: firstInstantAt(day, minuteOfDay(block.startTime), block.timeZone),
  to: firstInstantAt(day, minuteOfDay(block.endTime), block.timeZone),
});

export interface WantedPlace {
  readonly locationId: string;
  readonly startLocal: string;
  readonly minutes: number;
  readonly needsRoom: boolean;
}

/** Why a visit does not fit into a schedule; `on-leave` with what the exception is called. */
export type NoPlace =
  | { readonly code: 'on-leave'; readonly name: string }
  | { readonly code: 'outside-schedule' | 'room-needed' };

const isAway = (away: Away, { locationId, startLocal, minutes }: WantedPlace): boolean => {
  const start = minuteOfDay(startLocal.slice(11));
  return (
    away.locationId === locationId &&
    overlaps(
      { from: minuteOfDay(away.startTime), to: minuteOfDay(away.endTime) },
      { from: start, to: start + minutes },
    )
  );
};

/** The block of a practitioner that holds the whole of a visit at its site, or why there is none. `schedule` is the practitioner's. */
export const placeIn = (
  schedule: Schedule,
  wanted: WantedPlace,
): { readonly ok: true; readonly value: Block } | { readonly ok: false; readonly error: NoPlace } => {
  const day = wanted.startLocal.slice(0, 10);
  const { blocks, away } = dayOf(schedule, day);
  const fitting = blocks.filter((block) => {
    if (block.locationId !== wanted.locationId) return false;
    const start = resolveWallTime(wanted.startLocal, block.timeZone);
    const { from, to } = blockSpan(block, day);
    return start.ok && from <= start.value && start.value + wanted.minutes * 60_000 <= to;
  });
  const block = wanted.needsRoom ? fitting.find(({ roomId }) => roomId !== null) : fitting[0];
  if (block !== undefined) return { ok: true, value: block };
  if (fitting.length > 0) return { ok: false, error: { code: 'room-needed' } };
  const gone = away.find((one) => isAway(one, wanted));
  return gone === undefined
    ? { ok: false, error: { code: 'outside-schedule' } }
    : { ok: false, error: { code: 'on-leave', name: gone.name } };
};
