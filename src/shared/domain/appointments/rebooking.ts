import { addDays } from '#shared/kernel/calendar.ts';
import type { ScheduleLine } from './schedule.ts';
import { type DaySearch, freeOn, type Slot } from './slots.ts';
import { overlaps, type Span } from './spans.ts';
import { dayAt } from './wall-time.ts';

/** A search among the wanted practitioner and those that may stand in. */
export interface RebookingSearch extends Omit<DaySearch, 'from'> {
  readonly practitionerId: string;
  /** When the patient is elsewhere. */
  readonly patientBusy: readonly Span[];
  /** The instant that was wanted, milliseconds; before `now` nothing can be offered. */
  readonly wanted: number;
  /** Days looked at before and after the wanted one. */
  readonly horizonDays: number;
  readonly limit: number;
}

const dayLength = 86_400_000;

/** Calendar days differ by up to a day from place to place, and a day may have 25 hours: within this much nothing is certain yet. */
const unsureDays = 2;

/** Of slots by their distance the first `limit`, none overlapping another of the same practitioner. */
const nearest = (slots: readonly Slot[], search: RebookingSearch): readonly Slot[] => {
  const length = search.minutes * 60_000;
  const chosen: Slot[] = [];
  const span = (slot: Slot): Span => ({ from: slot.startAt, to: slot.startAt + length });
  const distance = (slot: Slot) => Math.abs(slot.startAt - search.wanted);
  const ordered = slots.toSorted((a, b) => distance(a) - distance(b) || a.startAt - b.startAt);
  for (const slot of ordered) {
    if (chosen.length >= search.limit) break;
    const taken = chosen.some(
      (other) => other.practitionerId === slot.practitionerId && overlaps(span(other), span(slot)),
    );
    if (!taken) chosen.push(slot);
  }
  return chosen;
};

/** Free slots nearest to the wanted time. Days are looked at outwards from it, no more of them than are needed. */
const nearestFree = (lines: readonly ScheduleLine[], search: RebookingSearch): readonly Slot[] => {
  if (lines.length === 0) return [];
  const wantedDay = dayAt(search.wanted, 'UTC');
  const length = search.minutes * 60_000;
  const isOfferable = (slot: Slot) =>
    !search.patientBusy.some((span) => overlaps(span, { from: slot.startAt, to: slot.startAt + length }));
  const found: Slot[] = [];
  for (let away = 0; away <= search.horizonDays; away += 1) {
    for (const by of away === 0 ? [0] : [-away, away]) {
      const day = addDays(wantedDay, by);
      found.push(...freeOn({ ...search, lines, from: search.now }, day).filter(isOfferable));
    }
    const best = nearest(found, search);
    const farthest = best.at(-1);
    if (best.length === search.limit && farthest !== undefined) {
      const certain = (away - unsureDays) * dayLength;
      if (Math.abs(farthest.startAt - search.wanted) <= certain) return best;
    }
  }
  return nearest(found, search);
};

/** Of five slots two are a colleague's when there are any: somebody may rather see another doctor today. */
const shareOfOthers = 0.4;

/**
 * Free slots for a booking that lost its own, best first: those of the same practitioner nearest to the wanted time,
 * then those of the others nearest to it. Never a taken slot, one in the past or one outside hours.
 */
export const rebookingSlots = (search: RebookingSearch): readonly Slot[] => {
  const isOwn = (line: ScheduleLine) => line.practitionerId === search.practitionerId;
  const own = nearestFree(search.lines.filter(isOwn), search);
  const others = nearestFree(
    search.lines.filter((line) => !isOwn(line)),
    search,
  );
  const forOthers = Math.min(
    others.length,
    Math.max(search.limit - own.length, Math.floor(search.limit * shareOfOthers)),
  );
  return [...own.slice(0, search.limit - forOthers), ...others.slice(0, forOthers)];
};
