import type { Centre } from '#main/data/central/centre.ts';
import type { Replica } from '#main/data/local/replica.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import type { HelloReply } from '#shared/sync/wire.ts';
import { noteMoment } from './place.ts';
import { pullOnce } from './pull.ts';

/** Rows asked for at once. */
const pageRows = 10_000;
/** What is written before the event loop gets its turn, where screens are served: rows, and names put into the full-text index. */
const considerate = { rows: 500, names: 2000 } as const;
/** Changes applied in one go while catching up. */
const catchUpRows = 2000;

/** How far a first copy is. */
export type CopyProgress = Pick<NonNullable<SyncStatus['bootstrap']>, 'phase' | 'rows' | 'total'>;

/** What to copy: the centre as it greeted us. `renew`: not to go on with what is here. */
export interface CopyOrder extends Pick<HelloReply, 'epoch' | 'head' | 'low_water' | 'scope'> {
  readonly renew: boolean;
}

/** How whoever ordered a copy hears of it, and ends it. */
export interface CopyWatch {
  readonly progress: (progress: CopyProgress) => void;
  readonly signal: AbortSignal;
}

/**
 * Loads the hot part of a first copy, builds what was put aside, catches up and checks; after that the workstation
 * pulls, finishes and works. Rejects when it failed; what was loaded stays for the next try.
 */
export type Copier = (order: CopyOrder, watch: CopyWatch) => Promise<void>;

/** Where a copy is made. */
export interface CopyPlace {
  readonly replica: Replica;
  /** The present connection. */
  readonly centre: () => Centre;
  /** Resolves after the event loop has had its turn. */
  readonly turn: () => Promise<void>;
  /** Other sizes of the pieces. */
  readonly pace?: { readonly rows: number; readonly names: number };
}

type Context = Required<CopyPlace> & CopyWatch;

const lastId = (page: readonly string[]): string | null => {
  const line = page.at(-1);
  return line === undefined ? null : String((JSON.parse(line) as readonly unknown[])[1]);
};

/** Whether what is here of an unfinished copy can be continued: the centre still has the history its pages are of. */
const continues = async (
  { replica, centre }: CopyPlace,
  { epoch, low_water, scope, renew }: CopyOrder,
): Promise<boolean> => {
  const { phase, cursor, ...state } = replica.state();
  const [newest] = replica.links();
  const fits =
    !renew &&
    ['loading', 'indexing', 'catching-up'].includes(phase) &&
    state.epoch === epoch &&
    state.scope === scope &&
    cursor >= low_water;
  if (!fits || newest === undefined || newest.seq < cursor) return false;
  return newest.seq === 0 || (await centre().common([newest])) === newest.seq;
};

/** Lets others have the thread; leaves when the copy is to end. Its position is stored. */
const pause = async ({ turn, signal }: Context) => {
  await turn();
  signal.throwIfAborted();
};

const addSlices = async (
  context: Context,
  table: Parameters<Replica['bootstrap']['add']>[0],
  page: readonly string[],
) => {
  const { rows } = context.pace;
  for (let from = 0; from < page.length; from += rows) {
    context.replica.bootstrap.add(table, page.slice(from, from + rows));
    await pause(context);
  }
};

/** All pages that are missing. The next page is on its way while one is written. */
const loadPages = async (context: Context, total: number): Promise<void> => {
  const { replica, centre, progress } = context;
  const position = replica.bootstrap.position();
  if (position === null) return;
  const { table, after, part } = position;
  let coming = centre().bootPage(table, after, pageRows, part);
  for (;;) {
    const page = await coming;
    if (page.length > 0) {
      await noteMoment(replica, centre());
      coming = centre().bootPage(table, lastId(page), pageRows, part);
      coming.catch(() => undefined); // Awaited, and heard, in the next round.
      await addSlices(context, table, page);
    }
    progress({ phase: 'copying', rows: replica.state().boot_rows, total });
    if (page.length > 0) continue;
    replica.bootstrap.add(table, []);
    return loadPages(context, total);
  }
};

const buildIndexes = async (context: Context): Promise<void> => {
  const { bootstrap } = context.replica;
  const total = bootstrap.indexing();
  const tell = () => context.progress({ phase: 'indexing', rows: total - bootstrap.indexing(), total });
  tell();
  while (bootstrap.index(context.pace.names)) {
    tell();
    await pause(context);
  }
};

const catchUp = async (context: Context): Promise<void> => {
  const from = context.replica.state().cursor;
  for (;;) {
    const { to, head } = await pullOnce(context.replica, context.centre(), catchUpRows);
    context.progress({ phase: 'catching-up', rows: to - from, total: head - from });
    if (to >= head) return;
    await pause(context);
  }
};

/** A {@link Copier} that works in this thread, in slices. Goes on where an earlier try stopped when the centre still has the changes since. */
export const copyHere =
  (place: CopyPlace): Copier =>
  async (order, watch) => {
    const context: Context = { pace: considerate, ...place, ...watch };
    const { bootstrap, state } = place.replica;
    if (await continues(place, order)) bootstrap.resume();
    else bootstrap.begin(order.epoch, await place.centre().place(), order.scope, 'hot');
    await place.centre().ack(state().cursor);
    const estimate = await place.centre().estimate('hot');
    const total = [...estimate.values()].reduce((sum, rows) => sum + rows, 0);
    await loadPages(context, total);
    await buildIndexes(context);
    await catchUp(context);
    bootstrap.check();
  };
