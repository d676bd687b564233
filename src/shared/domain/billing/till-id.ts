import { v5 } from 'uuid';
import type { TillEventKind } from './till.ts';

/** The namespace of the ids below. */
const namespace = '0193a5e0-5c1a-7c60-9d0f-6f2f1d6f7a31';

/**
 * The id of what happens once in a session, or once for each count (`turn`): made of what it is (a UUID version 5), so that of two desks
 * that do it without hearing of each other the second is refused by the centre. `expected` is what an approval accepted: another
 * variance of the same count is accepted anew.
 */
export const tillEventId = (
  sessionId: string,
  kind: Exclude<TillEventKind, 'opened' | 'cash-in' | 'cash-out'>,
  turn: number | null = null,
  expected: number | null = null,
): string => v5([sessionId, kind, turn ?? '', expected ?? ''].join(' '), namespace);
