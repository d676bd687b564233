import { addDays } from '#shared/kernel/calendar.ts';
import { type Block, blockSpan, blocksOn, type Schedule } from './schedule.ts';
import { isFree, nothingTaken, type Timeline } from './spans.ts';
import {
  type BookingWindow,
  earliestStart,
  latestDay,
  practitionerSpan,
  type VisitNeeds,
} from './visit-type.ts';
import { dayAt, minuteOfDay, resolveWallTime, steadyMidnight, timeOfMinute } from './wall-time.ts';

export interface SlotSearch extends Schedule {
  /** Taken time by id of a practitioner, buffers included, or of a room. */
  readonly busy: ReadonlyMap<string, Timeline>;
  /** Days a practitioner can take no more visits of this kind, as `dayKey` writes them. */
  readonly full: ReadonlySet<string>;
  readonly needs: VisitNeeds;
  /** How soon after `now`, milliseconds, and how far ahead such visits are booked at a place. */
  readonly windowAt: (locationId: string) => BookingWindow;
  readonly now: number;
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
export type DaySearch = Omit<SlotSearch, 'firstDay' | 'days' | 'limit'>;

export interface Slot {
  readonly practitionerId: string;
  readonly locationId: string;
  readonly roomId: string | null;
  readonly startAt: number;
  readonly startLocal: string;
}

export const dayKey = (practitionerId: string, day: string): string => `${practitionerId} ${day}`;

/** The instant of a minute of a block's day; null when the clocks jump over it. On a day without a clock change that is a sum. */
const instantsOf = (block: Block, day: string): ((minute: number) => number | null) => {
  const midnight = steadyMidnight(day, block.timeZone);
  if (midnight !== null) return (minute) => midnight + minute * 60_000;
  return (minute) => {
    const at = resolveWallTime(`${day}T${timeOfMinute(minute)}`, block.timeZone);
    return at.ok ? at.value : null;
  };
};

const isBeyond = (block: Block, day: string, { now }: DaySearch, window: BookingWindow): boolean => {
  if (window.horizonDays === null) return false;
  const last = latestDay(dayAt(now, block.timeZone), window);
  return last !== null && day > last;
};

const freeIn = (block: Block, day: string, search: DaySearch): readonly Slot[] => {
  const { practitionerId, locationId, roomId } = block;
  const { needs, minutes, step } = search;
  if (needs.needsRoom && roomId === null) return [];
  const window = search.windowAt(locationId);
  if (search.full.has(dayKey(practitionerId, day)) || isBeyond(block, day, search, window)) return [];
  const earliest = Math.max(search.from, earliestStart(search.now, window));
  const open = blockSpan(block, day);
  const length = minutes * 60_000;
  if (open.to - length < earliest) return [];
  const instantOf = instantsOf(block, day);
  // Whose time it takes: the practitioner's, and whoever else's is in the room.
  const practitioner = search.busy.get(practitionerId) ?? nothingTaken;
  const room = roomId === null ? nothingTaken : (search.busy.get(roomId) ?? nothingTaken);
  const slots: Slot[] = [];
  const lastMinute = minuteOfDay(block.endTime);
  for (let minute = minuteOfDay(block.startTime); minute < lastMinute; minute += step) {
    const from = instantOf(minute);
    if (from === null || from < earliest || from < open.from || from + length > open.to) continue;
    const visit = { from, to: from + length };
    if (!isFree(practitioner, practitionerSpan(visit, needs)) || !isFree(room, visit)) continue;
    slots.push({
      practitionerId,
      locationId,
      roomId,
      startAt: from,
      startLocal: `${day}T${timeOfMinute(minute)}`,
    });
  }
  return slots;
};

/** Every free slot of one day whose start lies on the grid; those of one practitioner may overlap. */
export const freeOn = (search: DaySearch, day: string): readonly Slot[] =>
  blocksOn(search, day).flatMap((block) => freeIn(block, day, search));

/** In the easternmost zone a day begins 14 hours before it does in UTC: slots of later days cannot come before this. */
const surelyBefore = (nextDay: string): number => Date.parse(`${nextDay}T00:00:00Z`) - 14 * 3_600_000;

/** The first `limit` free slots by time, none overlapping another of the same practitioner, within the given days. */
export const freeSlots = (search: SlotSearch): readonly Slot[] => {
  const found: Slot[] = [];
  const lastEnd = new Map<string, number>();
  let waiting: readonly Slot[] = [];
  for (let ahead = 0; ahead <= search.days && found.length < search.limit; ahead += 1) {
    const isLast = ahead === search.days;
    const day = addDays(search.firstDay, ahead);
    const sure = isLast ? Number.POSITIVE_INFINITY : surelyBefore(addDays(day, 1));
    const open = isLast ? waiting : [...waiting, ...freeOn(search, day)];
    waiting = open.filter((slot) => slot.startAt >= sure);
    for (const slot of open
      .filter(({ startAt }) => startAt < sure)
      .toSorted((a, b) => a.startAt - b.startAt)) {
      if (slot.startAt < (lastEnd.get(slot.practitionerId) ?? 0)) continue;
      lastEnd.set(slot.practitionerId, slot.startAt + search.minutes * 60_000);
      found.push(slot);
    }
  }
  return found.slice(0, search.limit);
};
