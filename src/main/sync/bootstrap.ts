import type { Centre } from '#main/data/central/centre.ts';
import type { Replica } from '#main/data/local/replica.ts';
import type { HelloReply } from '#shared/sync/wire.ts';

/** Rows asked for at once, and rows written before the event loop gets its turn. */
const pageRows = 5000;
const sliceRows = 500;

/** What a copy of the centre needs. */
export interface CopyContext {
  readonly replica: Replica;
  /** The present connection. */
  readonly centre: () => Centre;
  readonly progress: (rows: number | null, total: number) => void;
  readonly ended: () => boolean;
  /** Resolves after the event loop has had its turn. */
  readonly turn: () => Promise<void>;
}

/** Thrown to leave a copy that `stop` interrupts; its position is stored. */
class Interrupted extends Error {}

const lastId = (page: readonly string[]): string | null => {
  const line = page.at(-1);
  return line === undefined ? null : String((JSON.parse(line) as readonly unknown[])[1]);
};

/** Whether what is here of an unfinished copy can be continued. */
const continues = (
  replica: CopyContext['replica'],
  { epoch, low_water }: Pick<HelloReply, 'epoch' | 'low_water'>,
) => {
  const state = replica.state();
  return (
    ['loading', 'indexing', 'catching-up'].includes(state.phase) &&
    state.epoch === epoch &&
    state.cursor >= low_water
  );
};

const addSlices = async (
  { replica, ended, turn }: CopyContext,
  table: Parameters<CopyContext['replica']['bootstrap']['add']>[0],
  page: readonly string[],
) => {
  for (let from = 0; from < page.length; from += sliceRows) {
    replica.bootstrap.add(table, page.slice(from, from + sliceRows));
    await turn();
    if (ended()) throw new Interrupted('stopped');
  }
};

/** All pages that are missing. The next page is on its way while one is written. */
const loadPages = async (context: CopyContext, total: number): Promise<void> => {
  const { replica, centre, progress } = context;
  const position = replica.bootstrap.position();
  if (position === null) return;
  const { table } = position;
  let coming = centre().bootPage(table, position.after, pageRows);
  for (;;) {
    const page = await coming;
    if (page.length > 0) {
      coming = centre().bootPage(table, lastId(page), pageRows);
      coming.catch(() => undefined); // Awaited, and heard, in the next round.
    }
    await addSlices(context, table, page);
    progress(replica.state().boot_rows, total);
    if (page.length > 0) continue;
    replica.bootstrap.add(table, []);
    return loadPages(context, total);
  }
};

/**
 * Loads the first copy, or (`renew`) a new one in place of what is here; the outbox stays. Goes on where an earlier
 * try stopped when the centre still has the changes since. Resolves when all is loaded and indexed; catching up is
 * then ordinary pulling.
 */
export const copyCentre = async (
  context: CopyContext,
  greeting: HelloReply,
  renew: boolean,
): Promise<void> => {
  const { replica, centre, ended, turn } = context;
  if (renew || !continues(replica, greeting))
    replica.bootstrap.begin(greeting.epoch, greeting.head, greeting.scope);
  await centre().ack(replica.state().cursor);
  const estimate = await centre().estimate();
  const total = [...estimate.values()].reduce((sum, rows) => sum + rows, 0);
  await loadPages(context, total);
  while (replica.bootstrap.index()) {
    await turn();
    if (ended()) throw new Interrupted('stopped');
  }
};
