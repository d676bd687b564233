import type { Span } from './spans.ts';

/** What a kind of visit asks for besides its length. Buffers are minutes its practitioner is not free either. */
export interface VisitNeeds {
  readonly bufferBefore: number;
  readonly bufferAfter: number;
  readonly needsRoom: boolean;
}

/** A visit of no particular kind. */
export const plainNeeds: VisitNeeds = { bufferBefore: 0, bufferAfter: 0, needsRoom: false };

/**
 * How long a visit keeps its practitioner: with its buffers, which may lie outside the hours. Room and patient are kept for the
 * visit alone. Two visits each keep their own: one's time to tidy up is not the other's to prepare.
 */
export const practitionerSpan = (
  visit: Span,
  needs: Pick<VisitNeeds, 'bufferBefore' | 'bufferAfter'>,
): Span => ({ from: visit.from - needs.bufferBefore * 60_000, to: visit.to + needs.bufferAfter * 60_000 });
