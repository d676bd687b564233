/** What a timeline is made of. */
export const timelineKinds = [
  'encounter',
  'appointment',
  'note',
  'problem',
  'medication',
  'result',
  'document',
  'immunization',
] as const;
export type TimelineKind = (typeof timelineKinds)[number];

/** A place in a timeline: `at` is an instant, and the ids of one instant decide. */
export interface Place {
  readonly at: string;
  readonly id: string;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The newest first; of one instant in the order of ids, so that a page ends at one place only. */
export const newestFirst = (a: Place, b: Place): number => compare(b.at, a.at) || compare(b.id, a.id);

export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page begins; null when this is the last. */
  readonly next: Place | null;
}

/**
 * The page of the `limit` newest of several lists, each of which has its own newest, more than `limit` of them where
 * there are more.
 */
export const pageOf = <T extends Place>(lists: readonly (readonly T[])[], limit: number): Page<T> => {
  const all = lists.flat().toSorted(newestFirst);
  const items = all.slice(0, limit);
  const last = items.at(-1);
  return { items, next: all.length > limit && last !== undefined ? { at: last.at, id: last.id } : null };
};
