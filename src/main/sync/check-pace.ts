/** How the comparison with the centre is paced. */
export const checkPace = {
  /** Rows of a range that is summed at once: a change that comes meanwhile waits for some milliseconds at most. */
  rows: 2000,
  /** A range that does not agree is narrowed down to so many rows before rows are fetched. */
  fewRows: 500,
  parts: 40,
  /** A pass begins a day after the last one began. */
  between: 24 * 60 * 60 * 1000,
  /** Sums of another moment are asked for again so often before a range is suspected. */
  tries: 3,
  /** Rows put right in one transaction. */
  repairedAtOnce: 20,
  /** With more wrong in one pass a new copy is quicker, and leaves no doubt. */
  mostRepairs: 5000,
} as const;

/** Milliseconds of work on the thread that also serves the screens, before it is left. */
const slice = 4;
const fewest = 20;
const most = 1000;

/** How much is read in one go. */
export interface Pace {
  /** Does a piece of work of so many rows, and learns from how long it took. */
  timed<T>(work: (rows: number) => T): T;
}

/** Finds how many rows fit into one slice of work from how long the last one took. */
export const createPace = (now: () => number): Pace => {
  let rows = 100;
  return {
    timed: <T>(work: (rows: number) => T): T => {
      const from = now();
      const value = work(rows);
      const took = Math.max(0.1, now() - from);
      rows = Math.round(Math.min(most, Math.max(fewest, Math.min(rows * 2, (rows * slice) / took))));
      return value;
    },
  };
};
