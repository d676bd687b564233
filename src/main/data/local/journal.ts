import { instant } from '#shared/kernel/clock.ts';
import type { ChainLink, MutationPayload } from '#shared/sync/wire.ts';
import type { LocalContext } from './context.ts';
import { enter, hashOf } from './outbox.ts';
import { readPayload } from './query.ts';
import { readState, writeState } from './state.ts';
import type { Statements } from './statements.ts';

/** Mutations remembered while the centre has no backup that holds them. */
const mostRemembered = 100_000;
const recentLinks = 1024;
/** One older link in so many seqs is kept. */
const linkDistance = 1000;

/** Notes a place that was reached, inside the caller's transaction. */
export const noteLink = ({ run }: Statements, { seq, chain }: ChainLink): void => {
  // A place noted ahead of the cursor is not lost to one that the cursor passes on its way there.
  const sql = `INSERT INTO chain_link (slot, seq, chain) VALUES (?, ?, ?)
    ON CONFLICT (slot) DO UPDATE SET seq = excluded.seq, chain = excluded.chain WHERE excluded.seq >= chain_link.seq`;
  run(sql, seq % recentLinks, seq, chain);
  run(sql, recentLinks + (Math.floor(seq / linkDistance) % recentLinks), seq, chain);
};

/** The places noted, newest first. */
export const chainLinks = ({ all }: Statements): readonly ChainLink[] =>
  all<ChainLink>('SELECT DISTINCT seq, chain FROM chain_link ORDER BY seq DESC');

/** The newest place noted that is beyond the cursor, or null. */
export const linkAhead = ({ get }: Statements): ChainLink | null =>
  get<ChainLink>(
    'SELECT seq, chain FROM chain_link WHERE seq > (SELECT cursor FROM sync_state) ORDER BY seq DESC LIMIT 1',
  ) ?? null;

/** Forgets what the centre's backups hold, inside the caller's transaction. */
export const trimJournal = ({ statements }: LocalContext, durable: number): void => {
  statements.run('DELETE FROM journal WHERE seq <= ?', durable);
  statements.run('DELETE FROM journal WHERE n <= (SELECT max(n) FROM journal) - ?', mostRemembered);
};

/** The same mutation, which says that the versions it names are common ground up to `common` only. */
const withCommon = (payload: string, common: number): { readonly payload: string; readonly hash: string } => {
  const document: MutationPayload = { ...readPayload(payload), common };
  const text = JSON.stringify(document);
  return { payload: text, hash: hashOf(text) };
};

/** Not what the centre knows already: under its number it must stay the very same bytes. */
const tag = ({ statements }: LocalContext, lastN: number, common: number) => {
  for (const { n, payload } of statements.all<{ n: number; payload: string }>(
    `SELECT n, payload FROM outbox WHERE (n > ? OR status = 'parked') AND kind <> 'held' ORDER BY n`,
    lastN,
  )) {
    const tagged = withCommon(payload, common);
    statements.run('UPDATE outbox SET payload = ?, hash = ? WHERE n = ?', tagged.payload, tagged.hash, n);
  }
};

/** Whether mutations above `lastN` are remembered as confirmed. */
export const hasForgotten = ({ get }: Statements, lastN: number): boolean =>
  get('SELECT 1 FROM journal WHERE n > ? LIMIT 1', lastN) !== undefined;

/**
 * Brings our numbers and the centre's together, which knows ours up to `lastN`, inside the caller's transaction. They have no
 * gap: one whose mutation was given up, or is remembered no more, goes to the centre with nothing in it. What the centre
 * knows beyond ours is not given out again.
 */
export const meetNumbers = (context: LocalContext, lastN: number): void => {
  const { statements, clock, newId } = context;
  const { last_n } = readState(statements);
  const present = new Set(
    statements.all<{ n: number }>('SELECT n FROM outbox WHERE n > ?', lastN).map(({ n }) => n),
  );
  let lost = 0;
  for (let n = lastN + 1; n <= last_n; n += 1) {
    if (present.has(n)) continue;
    const given = statements.get<{ at: string; payload: string }>(
      'SELECT at, payload FROM outbox_history WHERE n = ?',
      n,
    );
    if (given === undefined) lost += 1;
    const at = given?.at ?? instant(clock.now());
    const id = given === undefined ? newId(clock.now()) : readPayload(given.payload).id;
    const nothing: MutationPayload = { id, kind: 'held', user: null, at, changes: [] };
    enter(context, { n, kind: 'held', user: null, at, payload: JSON.stringify(nothing), rows: [] });
  }
  writeState(statements, { last_n: Math.max(last_n, lastN) });
  // A record the mirror lacks may have been of a number that is counted here.
  statements.run('UPDATE rebuild SET greeted = 1, lost = max(lost, ?) WHERE greeted = 0', lost);
};

/**
 * The centre knows our mutations up to `lastN` only, and shares our history up to `common`: all later ones are to be sent
 * again under their numbers. Done twice it changes nothing more. Returns how many there are.
 */
export const recoverForgotten = (context: LocalContext, lastN: number, common: number): number =>
  context.transaction(() => {
    const { statements } = context;
    const remembered = statements.all<{
      n: number;
      kind: string;
      user: string | null;
      at: string;
      payload: string;
    }>('SELECT n, kind, account_id AS user, at, payload FROM journal WHERE n > ? ORDER BY n', lastN);
    for (const entry of remembered) enter(context, { ...entry, rows: readPayload(entry.payload).changes });
    statements.run('DELETE FROM journal WHERE n > ?', lastN);
    // What was held here without being sent stays held: only its number goes.
    statements.run(
      `UPDATE outbox SET status = 'sent', verdict = NULL, sqlstate = NULL, message = NULL
        WHERE n > ? AND status IN ('settled', 'parked') AND held = 0`,
      lastN,
    );
    meetNumbers(context, lastN);
    tag(context, lastN, common);
    // Places beyond are of what was lost.
    statements.run('DELETE FROM chain_link WHERE seq > ?', common);
    writeState(statements, { common });
    context.mirror.renew();
    return statements.get<{ n: number }>('SELECT count(*) AS n FROM outbox WHERE n > ?', lastN)?.n ?? 0;
  });
