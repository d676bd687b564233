import type { Centre } from '#main/data/central/centre.ts';
import { LocalError } from '#main/data/local/error.ts';
import type { Replica } from '#main/data/local/replica.ts';
import { historyTables } from '#shared/sync/catalogue.ts';
import type { CopyProgress } from './bootstrap.ts';
import { noteMoment } from './place.ts';
import type { PlannerEvent } from './planner.ts';

/** Rows of one step: what the desk itself wants to exchange waits for one step at most. */
const pageRows = 1000;
/** What one transaction may hold the thread that serves the screens, in milliseconds, and how many rows to try first. */
const sliceMilliseconds = 5;
const firstSlice = 50;
const mostRows = pageRows;
/** Listeners look anew at what they show; they are not asked to for every page. */
const tellEvery = 2000;
/** Pages in a row that named rows no pull brought: then something is wrong that trying again does not mend. */
const mostStale = 5;

/**
 * Has SQLite's log moved elsewhere until the returned function is called, which resolves when that is over; `gone` is
 * called when nobody does it any more.
 */
export type Checkpoints = (gone: () => void) => () => Promise<void>;

export interface HistoryContext {
  readonly replica: Replica;
  readonly centre: () => Centre;
  readonly contact: () => void;
  readonly progress: (progress: CopyProgress | null) => void;
  readonly signal: AbortSignal;
  /** Resolves after the event loop has had its turn. */
  readonly turn: () => Promise<void>;
  /** Milliseconds of a clock that only measures how long a piece of work took. */
  readonly elapsed?: () => number;
  /** Without it SQLite's log is moved by this thread, as ever. */
  readonly checkpoints?: Checkpoints;
}

/** The steps of the history, and the end of what they started. */
export interface HistorySteps {
  next(): Promise<PlannerEvent>;
  end(): Promise<void>;
}

const createLogKeeper = ({ replica, checkpoints }: HistoryContext) => {
  let stop: (() => Promise<void>) | null = null;
  return {
    begin: () => {
      if (stop !== null || checkpoints === undefined) return;
      replica.history.checkpoints(false);
      stop = checkpoints(() => {
        stop = null;
        replica.history.checkpoints(true);
      });
    },
    end: async () => stop?.(),
  };
};

/** Writes slices, each as large as the last one's speed allows. */
const createSlices = ({ replica, signal, turn, elapsed = () => performance.now() }: HistoryContext) => {
  let size = firstSlice;
  let told = Number.NEGATIVE_INFINITY;
  return async (table: Parameters<Replica['history']['add']>[0], page: readonly string[]): Promise<void> => {
    for (let from = 0; from < page.length && !signal.aborted; ) {
      const lines = page.slice(from, from + size);
      const start = elapsed();
      const tell = start - told > tellEvery;
      if (tell) told = start;
      replica.history.add(table, lines, tell);
      const taken = elapsed() - start;
      from += lines.length;
      size = Math.round(Math.min(mostRows, Math.max(10, (lines.length * sliceMilliseconds) / taken)));
      // A slice that happened to be quick is no promise: grow by half at most.
      size = Math.min(size, Math.ceil(lines.length * 1.5) + 10);
      await turn();
    }
  };
};

/**
 * One step of the history: a page asked for and applied with no pull in between, so that it cannot bring back what a
 * later pull has deleted. `stale`: it names rows that only a pull brings.
 */
export const createHistorySteps = (context: HistoryContext): HistorySteps => {
  const { replica, centre, contact, progress } = context;
  const addSlices = createSlices(context);
  const log = createLogKeeper(context);
  let total: number | null = null;
  let stale = 0;

  const count = async (): Promise<number> => {
    const estimate = await centre().estimate();
    return historyTables.reduce((sum, table) => sum + (estimate.get(table) ?? 0), 0);
  };

  const step = async (): Promise<'more' | 'pull' | 'over'> => {
    const position = replica.history.position();
    if (position === null) return 'over';
    total ??= await count();
    const page = await centre().bootPage(position.table, position.after, pageRows);
    contact();
    // A thread for what one page brings would take longer to start than the page.
    if (page.length === pageRows) log.begin();
    if (page.length > 0) {
      await noteMoment(replica, centre());
      await addSlices(position.table, page);
    } else if (position.table === historyTables.at(-1) && replica.ahead() !== null) {
      // All rows are here when the cursor has come to where they are from.
      return 'pull';
    } else replica.history.add(position.table, [], true);
    stale = 0;
    const more = replica.history.position() !== null;
    progress(more ? { phase: 'history', rows: replica.state().history_rows, total } : null);
    return more ? 'more' : 'over';
  };

  const next = async (): Promise<PlannerEvent> => {
    try {
      const came = await step();
      if (came === 'over') {
        total = null;
        await log.end();
      }
      return { type: 'history', more: came !== 'over', stale: came === 'pull' };
    } catch (error) {
      const namesNewer = error instanceof LocalError && error.code === 'no-such-row';
      if (namesNewer) stale += 1;
      if (namesNewer && stale <= mostStale) return { type: 'history', more: true, stale: true };
      await log.end();
      throw error;
    }
  };
  return { next, end: log.end };
};
