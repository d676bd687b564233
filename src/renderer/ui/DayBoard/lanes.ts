import type { Span } from './time.ts';

/** What is put to the right of all it overlaps, whenever it begins. */
interface Item extends Span {
  readonly last?: boolean;
}

/** Where an item stands among those it overlaps: lane `lane` of `lanes` equal ones. */
export interface Placed<T> {
  readonly item: T;
  readonly lane: number;
  readonly lanes: number;
}

/** Items that overlap each other directly or through others share one width. */
const clusters = <T extends Item>(items: readonly T[]): readonly (readonly T[])[] => {
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

/** Puts items that are in order of their start into the first free of the lanes from `first` on. */
const fill = <T extends Item>(items: readonly T[], first: number) => {
  const ends: number[] = [];
  const placed = items.map((item) => {
    const free = ends.findIndex((end) => end <= item.start);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = item.end;
    return { item, lane: first + lane };
  });
  return { placed, lanes: first + ends.length };
};

const placeCluster = <T extends Item>(cluster: readonly T[]): readonly Placed<T>[] => {
  const first = fill(
    cluster.filter((item) => !item.last),
    0,
  );
  const all = fill(
    cluster.filter((item) => item.last),
    first.lanes,
  );
  return [...first.placed, ...all.placed].map((entry) => ({ ...entry, lanes: all.lanes }));
};

/**
 * Puts items that overlap side by side. Taking them by their start into the first free lane needs no more lanes than
 * the most items at one instant; those that come last have lanes of their own.
 */
export const assignLanes = <T extends Item>(items: readonly T[]): readonly Placed<T>[] =>
  clusters(items).flatMap(placeCluster);
