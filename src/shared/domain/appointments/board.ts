/** What the arrangement of a day board needs to know of a row. */
interface Placed {
  readonly practitionerId: string;
  readonly practitionerName: string;
}

interface Entry extends Placed {
  readonly status: string;
  readonly startAt: string;
  readonly needsRebooking: boolean;
  readonly certainty: string;
}

interface Timed extends Placed {
  readonly startTime: string;
}

const byStartTime = (a: Timed, b: Timed): number => a.startTime.localeCompare(b.startTime);

export interface BoardCounts {
  readonly booked: number;
  readonly requested: number;
  readonly cancelled: number;
  readonly provisional: number;
  readonly needsRebooking: number;
}

/** How many appointments of a day are in each state a desk watches. One that needs rebooking counts as nothing else. */
export const countBoard = (entries: readonly Omit<Entry, keyof Placed | 'startAt'>[]): BoardCounts => {
  const count = (test: (entry: (typeof entries)[number]) => boolean) => entries.filter(test).length;
  const standing = (entry: (typeof entries)[number]) => !entry.needsRebooking;
  return {
    booked: count(
      (entry) => standing(entry) && ['booked', 'arrived', 'checked-in', 'fulfilled'].includes(entry.status),
    ),
    requested: count((entry) => standing(entry) && ['proposed', 'pending'].includes(entry.status)),
    cancelled: count((entry) => standing(entry) && entry.status === 'cancelled'),
    provisional: count((entry) => entry.certainty === 'provisional'),
    needsRebooking: count((entry) => entry.needsRebooking && entry.status !== 'cancelled'),
  };
};

/**
 * One column for each practitioner who works that day, would if it were as usual, or has an appointment, by name; within it
 * everything by time. `blocks`, `away` and `appointments` are already of one day.
 */
export const arrangeColumns = <B extends Timed, W extends Timed, A extends Entry>(
  blocks: readonly B[],
  away: readonly W[],
  appointments: readonly A[],
): readonly {
  readonly practitionerId: string;
  readonly blocks: readonly B[];
  readonly away: readonly W[];
  readonly appointments: readonly A[];
}[] => {
  const names = new Map(
    [...blocks, ...away, ...appointments].map((row) => [row.practitionerId, row.practitionerName]),
  );
  const blocksOf = Map.groupBy(blocks, (block) => block.practitionerId);
  const awayOf = Map.groupBy(away, (one) => one.practitionerId);
  const appointmentsOf = Map.groupBy(appointments, (appointment) => appointment.practitionerId);
  return [...names]
    .toSorted(([idA, a], [idB, b]) => a.localeCompare(b) || idA.localeCompare(idB))
    .map(([practitionerId]) => ({
      practitionerId,
      blocks: (blocksOf.get(practitionerId) ?? []).toSorted(byStartTime),
      away: (awayOf.get(practitionerId) ?? []).toSorted(byStartTime),
      appointments: (appointmentsOf.get(practitionerId) ?? []).toSorted((a, b) =>
        a.startAt.localeCompare(b.startAt),
      ),
    }));
};
