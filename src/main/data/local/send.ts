import type { MutationPayload, Verdict } from '#shared/sync/wire.ts';
import type { LocalContext } from './context.ts';
import { hashOf, tablesOf } from './outbox.ts';
import { type OutboxTable, readPayload } from './query.ts';
import type { Rebase, RowKey } from './rebase.ts';

export interface BatchLimits {
  readonly mutations: number;
  /** Of payload text, in UTF-16 units; one mutation goes alone however large it is. */
  readonly bytes: number;
}

/** A mutation as it is sent; the shape of the centre's `SentMutation`. */
export interface Outgoing {
  readonly n: number;
  readonly hash: string;
  readonly payload: string;
}

export type Batch = readonly Outgoing[];

const unsentSql = `SELECT n, hash, payload, held FROM outbox WHERE status IN ('waiting', 'sent') OR held = 1 ORDER BY n`;

/** The number of the oldest mutation the centre has given no verdict on, or null. */
export const oldestUnsent = ({ statements }: LocalContext): number | null =>
  statements.get<{ n: number }>(`${unsentSql} LIMIT 1`)?.n ?? null;

/**
 * Numbers have no gap, so a held mutation's number goes to the centre with nothing in it. Made of the mutation's own
 * parts alone: sent again, it is the same bytes.
 */
export const emptyMutation = ({ n, payload }: Pick<OutboxTable, 'n' | 'payload'>): Outgoing => {
  const { id, at } = readPayload(payload);
  const nothing: MutationPayload = { id, kind: 'held', user: null, at, changes: [] };
  const text = JSON.stringify(nothing);
  return { n, hash: hashOf(text), payload: text };
};

const rowsOf = ({ statements }: LocalContext, n: number) =>
  statements.all<RowKey>('SELECT tbl, pk FROM outbox_row WHERE n = ?', n);

/** Parks what waits of a paused kind instead of sending it. What was sent before may have arrived, and is sent again. */
const holdPaused = (context: LocalContext, rebase: Rebase) => {
  const { statements, transaction, changes, mirror } = context;
  const held = statements.all<{ n: number; sqlstate: string; message: string | null }>(
    `SELECT o.n, p.sqlstate, p.message FROM outbox o JOIN paused_kind p ON p.kind = o.kind WHERE o.status = 'waiting'`,
  );
  if (held.length === 0) return;
  const touched = transaction(() => {
    for (const { n, sqlstate, message } of held) {
      statements.run(
        `UPDATE outbox SET status = 'parked', held = 1, verdict = 'rejected', sqlstate = ?, message = ? WHERE n = ?`,
        sqlstate,
        message,
        n,
      );
      mirror.add({ t: 'held', n, sqlstate, message });
    }
    const rows = held.flatMap(({ n }) => rowsOf(context, n));
    rebase.replay(rows);
    return rows;
  });
  changes.emit(tablesOf(touched));
};

/** The oldest mutations without a verdict, in order, within the limits. Those of a paused kind are held back. */
export const nextBatch = (context: LocalContext, rebase: Rebase, limits: BatchLimits): Batch => {
  // Before the end of this copy everything goes to the centre, which keeps the text of what it cannot take.
  if (!context.lease.wiping()) holdPaused(context, rebase);
  const batch: Outgoing[] = [];
  let bytes = 0;
  const rows = context.statements.iterate<Outgoing & { readonly held: number }>(
    `${unsentSql} LIMIT ?`,
    limits.mutations,
  );
  for (const { n, hash, payload, held } of rows) {
    bytes += payload.length;
    if (batch.length > 0 && bytes > limits.bytes) break;
    batch.push(held === 1 ? emptyMutation({ n, payload }) : { n, hash, payload });
  }
  return batch;
};

/** Notes that these were sent and no answer came. */
export const markSent = (context: LocalContext, numbers: readonly number[]): void =>
  context.transaction(() => {
    for (const n of numbers) {
      context.statements.run(`UPDATE outbox SET status = 'sent' WHERE n = ? AND status = 'waiting'`, n);
    }
  });

/** Writes one verdict down. False when the mutation has one already, was held, or is gone. */
const note = ({ statements }: LocalContext, { n, status, sqlstate, message }: Verdict): boolean => {
  const noted = statements.run(
    `UPDATE outbox SET status = ?, verdict = ?, sqlstate = ?, message = ?
      WHERE n = ? AND status IN ('waiting', 'sent')`,
    status === 'rejected' ? 'parked' : 'settled',
    status,
    sqlstate,
    message,
    n,
  );
  if (noted === 0) statements.run('UPDATE outbox SET held = 0 WHERE n = ? AND held = 1', n);
  return noted > 0;
};

/** The verdict on a mutation that is still in the outbox, or null. */
export const knownVerdict = ({ statements }: LocalContext, n: number): Verdict | null =>
  statements.get<Verdict>(
    'SELECT n, verdict AS status, sqlstate, message FROM outbox WHERE n = ? AND verdict IS NOT NULL',
    n,
  ) ?? null;

const pauseKind = ({ statements }: LocalContext, { n, sqlstate, message }: Verdict) =>
  statements.run(
    `INSERT INTO paused_kind (kind, sqlstate, message) SELECT kind, ?, ? FROM outbox WHERE n = ?
      ON CONFLICT (kind) DO UPDATE SET sqlstate = excluded.sqlstate, message = excluded.message`,
    sqlstate,
    message,
    n,
  );

/**
 * Notes the centre's verdicts. Refused mutations are parked and their rows shown as the centre has them; SQLSTATE
 * class 42 (the centre cannot do this kind of thing at all) pauses the kind. Returns the word on each mutation: on one
 * that was held it is ours, not the centre's on the number.
 */
export const recordVerdicts = (
  context: LocalContext,
  rebase: Rebase,
  verdicts: readonly Verdict[],
): readonly Verdict[] => {
  const touched: RowKey[] = [];
  const words = context.repeatable(() => {
    const parked: RowKey[] = [];
    const decided = verdicts.map((verdict) => {
      if (!note(context, verdict)) return knownVerdict(context, verdict.n) ?? verdict;
      const own = rowsOf(context, verdict.n);
      touched.push(...own);
      if (verdict.status !== 'rejected') return verdict;
      parked.push(...own);
      if (verdict.sqlstate?.startsWith('42') === true) pauseKind(context, verdict);
      return verdict;
    });
    rebase.replay(parked);
    return decided;
  });
  context.changes.emit(tablesOf(touched));
  return words;
};
