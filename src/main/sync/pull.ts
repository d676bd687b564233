import { type Centre, CentreError } from '#main/data/central/centre.ts';
import { LocalError } from '#main/data/local/error.ts';
import type { Images } from '#main/data/local/images.ts';
import type { RowKey } from '#main/data/local/rebase.ts';
import type { Replica } from '#main/data/local/replica.ts';
import type { PullReply } from '#shared/sync/wire.ts';
import { noteMoment, otherHistory, sharesAhead } from './place.ts';

const keyOf = ({ tbl, pk }: RowKey): string => `${tbl} ${pk}`;

/**
 * The rows as the centre has them now, with those of the history that they name in their turn; what the centre does not
 * have is left out.
 */
export const fetchRows = async (
  replica: Replica,
  centre: Centre,
  rows: readonly RowKey[],
): Promise<readonly Images[]> => {
  const asked = new Set<string>();
  const images: Images[] = [];
  for (let wanted = rows; wanted.length > 0; ) {
    for (const row of wanted) asked.add(keyOf(row));
    for (const [table, some] of Map.groupBy(wanted, ({ tbl }) => tbl)) {
      const ids = [...new Set(some.map(({ pk }) => pk))];
      images.push({ table, lines: await centre.bootRows(table, ids) });
    }
    wanted = replica.lacking(images).filter((row) => !asked.has(keyOf(row)));
  }
  await noteMoment(replica, centre);
  return images;
};

/**
 * A connection, or a pooler behind it, may lead to a centre that was restored since it was greeted. It has gone on to the very
 * place where we are, perhaps, and only its chain there tells: then it is greeted anew. While rows arrive past the cursor,
 * so does its chain at their place.
 */
const refuseOther = async (replica: Replica, centre: Centre, { before }: PullReply): Promise<void> => {
  const { chain, phase, history_table } = replica.state();
  if (before != null && chain !== null && before !== chain) throw otherHistory();
  const arriving = phase !== 'ready' || history_table !== null;
  if (arriving && !(await sharesAhead(replica, centre))) throw otherHistory();
};

/** Fetched rows are newer than the reply and may name what only a later one brings: then both are asked for again. */
const applyWith = (replica: Replica, reply: PullReply, fetched: readonly Images[]) => {
  try {
    replica.applyPull(reply, fetched);
  } catch (error) {
    if (!(error instanceof LocalError) || error.code !== 'no-such-row') throw error;
    throw new CentreError('fetched rows lean on later changes', '40001', true, error);
  }
};

/**
 * Pulls once and applies the reply whole. Rows of the history it leans on are fetched with it: an old appointment
 * that is moved to tomorrow is on tomorrow's board although its page has not come yet. `heard` is called when the
 * centre has answered.
 */
export const pullOnce = async (
  replica: Replica,
  centre: Centre,
  rows: number,
  heard: () => void = () => undefined,
): Promise<PullReply> => {
  const reply = await centre.pull(replica.state().cursor, rows);
  heard();
  await refuseOther(replica, centre, reply);
  const missing = replica.applyPull(reply);
  if (missing.length > 0) applyWith(replica, reply, await fetchRows(replica, centre, missing));
  return reply;
};
