import { addDays } from '#shared/kernel/calendar.ts';
import type { Span } from './spans.ts';

/** What a kind of visit asks for besides its length. Buffers are minutes its practitioner is not free either. */
export interface VisitNeeds {
  readonly bufferBefore: number;
  readonly bufferAfter: number;
  readonly needsRoom: boolean;
}

/** A visit of no particular kind. */
export const plainNeeds: VisitNeeds = { bufferBefore: 0, bufferAfter: 0, needsRoom: false };

/** How soon and how far ahead a kind of visit is booked; null: without bound. */
export interface BookingWindow {
  readonly leadMinutes: number | null;
  readonly horizonDays: number | null;
}

export const anyTime: BookingWindow = { leadMinutes: null, horizonDays: null };

/** The first instant that may be booked, milliseconds; minus infinity: any. */
export const earliestStart = (now: number, { leadMinutes }: BookingWindow): number =>
  leadMinutes === null ? Number.NEGATIVE_INFINITY : now + leadMinutes * 60_000;

/** The last day that may be booked, of a place where it is `today`; null: any. */
export const latestDay = (today: string, { horizonDays }: BookingWindow): string | null =>
  horizonDays === null ? null : addDays(today, horizonDays);

/**
 * How long a visit keeps its practitioner: with its buffers, which may lie outside the hours. Room and patient are kept for the
 * visit alone. Two visits each keep their own: one's time to tidy up is not the other's to prepare.
 */
export const practitionerSpan = (
  visit: Span,
  needs: Pick<VisitNeeds, 'bufferBefore' | 'bufferAfter'>,
): Span => ({ from: visit.from - needs.bufferBefore * 60_000, to: visit.to + needs.bufferAfter * 60_000 });
