import type { Verdict } from '#shared/sync/wire.ts';
import type { LocalContext } from './context.ts';
import { tablesOf } from './outbox.ts';
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

/** The oldest mutations without a verdict, in order, within the limits. */
export const nextBatch = ({ statements }: LocalContext, limits: BatchLimits): Batch => {
  const batch: Outgoing[] = [];
  let bytes = 0;
  const rows = statements
    .prepare(
      `SELECT n, hash, payload FROM outbox WHERE n >= (SELECT min(n) FROM outbox WHERE status IN ('waiting', 'sent'))
        AND status IN ('waiting', 'sent') ORDER BY n LIMIT ?`,
    )
    .iterate(limits.mutations);
  for (const row of rows as Iterable<Outgoing>) {
    bytes += row.payload.length;
    if (batch.length > 0 && bytes > limits.bytes) break;
    batch.push(row);
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

/**
 * Notes the centre's verdicts. Refused mutations are parked and their rows shown as the centre has them; SQLSTATE
 * class 42 pauses the kind. A verdict on a mutation that has one, or is gone, changes nothing.
 */
export const recordVerdicts = (context: LocalContext, rebase: Rebase, verdicts: readonly Verdict[]): void => {
  const { statements, transaction, changes } = context;
  const touched = transaction(() => {
    const rows: RowKey[] = [];
    const parked: RowKey[] = [];
    for (const { n, status, sqlstate, message } of verdicts) {
      const noted = statements.run(
        `UPDATE outbox SET status = ?, verdict = ?, sqlstate = ?, message = ?
          WHERE n = ? AND status IN ('waiting', 'sent')`,
        status === 'rejected' ? 'parked' : 'settled',
        status,
        sqlstate,
        message,
        n,
      );
      if (noted === 0) continue;
      const own = statements.all<RowKey>('SELECT tbl, pk FROM outbox_row WHERE n = ?', n);
      rows.push(...own);
      if (status !== 'rejected') continue;
      parked.push(...own);
      if (sqlstate?.startsWith('42') === true) {
        statements.run(
          `INSERT INTO paused_kind (kind, sqlstate, message) SELECT kind, ?, ? FROM outbox WHERE n = ?
            ON CONFLICT (kind) DO UPDATE SET sqlstate = excluded.sqlstate, message = excluded.message`,
          sqlstate,
          message,
          n,
        );
      }
    }
    rebase.replay(parked);
    return rows;
  });
  changes.emit(tablesOf(touched));
};
