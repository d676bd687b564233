import { minuteOfDay, timeOfMinute, weekdayOf } from '#shared/domain/appointments/wall-time.ts';
import { rankOfPriority, type VisitPriority } from '#shared/domain/visits/waiting.ts';

/** What would do for somebody who waits; null: anything does. */
export interface Wish {
  readonly practitionerId: string | null;
  readonly speciality: string | null;
  readonly locationId: string | null;
  readonly minutes: number;
  readonly startDate: string;
  readonly endDate: string | null;
  /** Wall times `HH:MM` the visit lies between. */
  readonly startTime: string | null;
  readonly endTime: string | null;
  /** ISO 8601; none: any. */
  readonly weekdays: readonly number[];
}

/** A time that is free: whose, where and how long, as a wall time there. */
export interface OpenTime {
  readonly practitionerId: string;
  readonly specialties: readonly string[];
  readonly locationId: string;
  /** `YYYY-MM-DDTHH:MM` */
  readonly startLocal: string;
  readonly minutes: number;
}

/** Why a time suits somebody, in the order a desk would say it. */
export const matchReasons = [
  'practitioner',
  'speciality',
  'anybody',
  'site',
  'weekday',
  'hours',
  'days',
] as const;
export type MatchReason = (typeof matchReasons)[number];

export interface Waiting {
  readonly id: string;
  readonly wish: Wish;
  readonly priority: VisitPriority;
  /** An instant. */
  readonly since: string;
}

export interface Match<E extends Waiting> {
  readonly entry: E;
  /** When the visit would begin: the time's own beginning, or when it begins to suit. */
  readonly startLocal: string;
  readonly reasons: readonly MatchReason[];
}

const whoSuits = (wish: Wish, time: OpenTime): MatchReason | null => {
  if (wish.practitionerId !== null)
    return wish.practitionerId === time.practitionerId ? 'practitioner' : null;
  if (wish.speciality !== null) return time.specialties.includes(wish.speciality) ? 'speciality' : null;
  return 'anybody';
};

/** The minute of the day at which a visit as wished for can begin within the time; null when none. Its end is a wall time as well. */
const startWithin = (wish: Wish, { startLocal, minutes }: OpenTime): number | null => {
  const opens = minuteOfDay(startLocal.slice(11));
  const start = Math.max(opens, wish.startTime === null ? 0 : minuteOfDay(wish.startTime));
  const lastEnd = wish.endTime === null ? Number.POSITIVE_INFINITY : minuteOfDay(wish.endTime);
  return start < opens + minutes && start + wish.minutes <= lastEnd ? start : null;
};

const suitsDay = ({ startDate, endDate, weekdays }: Wish, day: string): boolean =>
  startDate <= day &&
  (endDate === null || day <= endDate) &&
  (weekdays.length === 0 || weekdays.includes(weekdayOf(day)));

/** Whether and when a time suits a wish. Whether the visit is short enough for it and the patient free then is not asked here. */
export const suits = <E extends Waiting>(entry: E, time: OpenTime): Match<E> | null => {
  const { wish } = entry;
  const day = time.startLocal.slice(0, 10);
  const who = whoSuits(wish, time);
  const start = startWithin(wish, time);
  if (who === null || start === null || !suitsDay(wish, day)) return null;
  if (wish.locationId !== null && wish.locationId !== time.locationId) return null;
  const reasons: readonly (MatchReason | false)[] = [
    who,
    wish.locationId !== null && 'site',
    wish.weekdays.length > 0 && 'weekday',
    (wish.startTime !== null || wish.endTime !== null) && 'hours',
    wish.endDate !== null && 'days',
  ];
  return {
    entry,
    startLocal: `${day}T${timeOfMinute(start)}`,
    reasons: reasons.filter((reason) => reason !== false),
  };
};

/** The order of the list: the more urgent first, then who has waited longest; the id decides between equals. */
export const byUrgency = (a: Waiting, b: Waiting): number =>
  rankOfPriority[a.priority] - rankOfPriority[b.priority] ||
  a.since.localeCompare(b.since) ||
  a.id.localeCompare(b.id);

/**
 * Who of those who wait could have a time, best first, at most `limit`. `isPlaceable` says whether the visit fits there and then:
 * it is long enough, nobody else's, and the patient is free; it is asked in the order of the ranking and no more often than needed.
 */
export const rankMatches = <E extends Waiting>(
  entries: readonly E[],
  time: OpenTime,
  limit: number,
  isPlaceable: (match: Match<E>) => boolean,
): readonly Match<E>[] => {
  const found: Match<E>[] = [];
  for (const entry of entries.toSorted(byUrgency)) {
    if (found.length >= limit) break;
    const match = suits(entry, time);
    if (match !== null && isPlaceable(match)) found.push(match);
  }
  return found;
};
