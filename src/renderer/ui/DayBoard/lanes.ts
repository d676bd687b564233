import type { Span } from './time.ts';

/** Where an item stands among those it overlaps: lane `lane` of `lanes` equal ones. */
export interface Placed<T> {
  readonly item: T;
  readonly lane: number;
  readonly lanes: number;
}

/** Items that overlap each other directly or through others share one width. */
const clusters = <T extends Span>(items: readonly T[]): readonly (readonly T[])[] => {
  const sorted = [...items].sort((a, b) => a.start - b.start || b.end - a.end);
  const result: T[][] = [];
  let reach = Number.NEGATIVE_INFINITY;
  for (const item of sorted) {
    if (item.start >= reach) result.push([]);
    result.at(-1)?.push(item);
    reach = Math.max(reach, item.end);
  }
  return result;
};

const placeCluster = <T extends Span>(cluster: readonly T[]): readonly Placed<T>[] => {
  const ends: number[] = [];
  const placed = cluster.map((item) => {
    const free = ends.findIndex((end) => end <= item.start);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = item.end;
    return { item, lane };
  });
  return placed.map((entry) => ({ ...entry, lanes: ends.length }));
};

/**
 * Puts items that overlap side by side. Taking them by their start into the first free lane needs no more lanes than
 * the most items at one instant.
 */
export const assignLanes = <T extends Span>(items: readonly T[]): readonly Placed<T>[] =>
  clusters(items).flatMap(placeCluster);
