import type { ChainLink } from '#shared/sync/wire.ts';
import type { OutboxHistoryTable, OutboxTable } from './query.ts';
import type { ReplicaState } from './state.ts';
import type { Statements } from './statements.ts';

/** Rises when an older version could not make use of a mirror. */
export const mirrorFormat = 1;

/** Who this workstation is to the centre, as far as it is known, and the last number it gave out. */
export type Identity = Pick<
  ReplicaState,
  'device_id' | 'device_no' | 'device_name' | 'location_id' | 'epoch' | 'last_n'
>;

/** The fixed part of a mutation in the outbox. */
export type Mirrored = Pick<OutboxTable, 'n' | 'kind' | 'account_id' | 'at' | 'payload' | 'hash'>;

/** A mutation that left the outbox: the centre had its effect at `seq` at the latest. */
export interface Remembered extends Mirrored {
  readonly seq: number;
}

/** Why a mutation was parked here without being sent. */
export type Held = Pick<OutboxTable, 'n' | 'sqlstate' | 'message'>;

/** One thing that happened; those of one commit are one record of the mirror. */
export type Entry =
  | ({ readonly t: 'identity'; readonly format: number } & Identity)
  | ({ readonly t: 'mutation' } & Mirrored)
  | ({ readonly t: 'held' } & Held)
  | ({ readonly t: 'decided' } & OutboxHistoryTable)
  | ({ readonly t: 'place' } & ChainLink)
  | ({ readonly t: 'confirmed' } & Remembered);

/** All that the mirror says: the outbox, what persons decided about it, and of which history of the centre it is. */
export interface Contents {
  readonly identity: Identity;
  readonly outbox: ReadonlyMap<number, Mirrored>;
  readonly held: ReadonlyMap<number, Held>;
  readonly decided: ReadonlyMap<number, OutboxHistoryTable>;
  /** Places of the centre's ledger that were passed. The mirror has the newest ones, before each mutation. */
  readonly places: readonly ChainLink[];
  /** What would have to be sent again to a centre that forgot it. Of a sound database the mirror has the newest few megabytes. */
  readonly confirmed: ReadonlyMap<number, Remembered>;
}

const nobody: Identity = {
  device_id: null,
  device_no: null,
  device_name: null,
  location_id: null,
  epoch: null,
  last_n: 0,
};

/** The identity in a state, as the mirror keeps it. */
export const identityOf = (state: Identity): Extract<Entry, { t: 'identity' }> => ({
  t: 'identity',
  format: mirrorFormat,
  device_id: state.device_id,
  device_no: state.device_no,
  device_name: state.device_name,
  location_id: state.location_id,
  epoch: state.epoch,
  last_n: state.last_n,
});

/** What is true after `entries`, in order. A number that is given anew counts as its newest. */
export const contentsOf = (entries: Iterable<Entry>): Contents => {
  let identity = nobody;
  let lastN = 0;
  const outbox = new Map<number, Mirrored>();
  const held = new Map<number, Held>();
  const decided = new Map<number, OutboxHistoryTable>();
  const places: ChainLink[] = [];
  const confirmed = new Map<number, Remembered>();
  for (const entry of entries) {
    if (entry.t === 'place') {
      places.push({ seq: entry.seq, chain: entry.chain });
      continue;
    }
    if (entry.t === 'identity') {
      const { t: _, format: __, ...known } = entry;
      identity = known;
      lastN = Math.max(lastN, known.last_n);
      continue;
    }
    lastN = Math.max(lastN, entry.n);
    if (entry.t === 'mutation') {
      const { t: _, ...mutation } = entry;
      outbox.set(entry.n, mutation);
      held.delete(entry.n);
    } else if (entry.t === 'held') {
      const { t: _, ...why } = entry;
      held.set(entry.n, why);
    } else if (entry.t === 'confirmed') {
      const { t: _, ...remembered } = entry;
      confirmed.set(entry.n, remembered);
    } else {
      const { t: _, ...history } = entry;
      outbox.delete(entry.n);
      held.delete(entry.n);
      decided.set(entry.n, history);
    }
  }
  return { identity: { ...identity, last_n: lastN }, outbox, held, decided, places, confirmed };
};

/** The entries that say `contents`, the decisions first. */
export function* entriesOf(contents: Contents): Iterable<Entry> {
  const { identity, outbox, held, decided, places, confirmed } = contents;
  yield identityOf(identity);
  for (const place of places) yield { t: 'place', ...place };
  for (const remembered of confirmed.values()) yield { t: 'confirmed', ...remembered };
  for (const history of decided.values()) yield { t: 'decided', ...history };
  for (const [n, mutation] of outbox) {
    yield { t: 'mutation', ...mutation };
    const why = held.get(n);
    if (why !== undefined) yield { t: 'held', ...why };
  }
}

/** Characters of confirmed payloads in a mirror: some five thousand, which backups catch up with in days; it is written at each start. */
const mostConfirmed = 4 * 1024 * 1024;

/** The parts of the database that the mirror repeats. Each is read on its own, so that damage to one spares the others. */
export const databaseParts = ({ get, all, iterate }: Statements) => ({
  identity: () =>
    get<Identity>('SELECT device_id, device_no, device_name, location_id, epoch, last_n FROM sync_state') ??
    nobody,
  // Below 1 is what the centre has decided under an earlier login.
  outbox: () =>
    all<Mirrored>('SELECT n, kind, account_id, at, payload, hash FROM outbox WHERE n > 0 ORDER BY n'),
  held: () => all<Held>('SELECT n, sqlstate, message FROM outbox WHERE held = 1 ORDER BY n'),
  decided: () =>
    all<OutboxHistoryTable>(
      `SELECT n, kind, account_id, at, payload, sqlstate, message, outcome, resent_as, decided_at
        FROM outbox_history ORDER BY n`,
    ),
  places: () => all<ChainLink>('SELECT DISTINCT seq, chain FROM chain_link ORDER BY seq'),
  confirmed: () =>
    all<Remembered>('SELECT n, kind, account_id, at, payload, hash, seq FROM journal ORDER BY n'),
  newestConfirmed: () => {
    const newest: Remembered[] = [];
    let room = mostConfirmed;
    for (const row of iterate<Remembered>(
      'SELECT n, kind, account_id, at, payload, hash, seq FROM journal ORDER BY n DESC',
    )) {
      room -= row.payload.length;
      if (room < 0) break;
      newest.push(row);
    }
    return newest.reverse();
  },
});

/** Rows by their number. */
export const byNumber = <T extends { readonly n: number }>(rows: readonly T[]): ReadonlyMap<number, T> =>
  new Map(rows.map((row) => [row.n, row]));

/** What the mirror must say of the database as it is. */
export const contentsOfDatabase = (statements: Statements): Contents => {
  const parts = databaseParts(statements);
  return {
    identity: parts.identity(),
    outbox: byNumber(parts.outbox()),
    held: byNumber(parts.held()),
    decided: byNumber(parts.decided()),
    places: parts.places().slice(-1),
    confirmed: byNumber(parts.newestConfirmed()),
  };
};
