import { instant } from '#shared/kernel/clock.ts';
import type { Cell, Cells } from '#shared/sync/wire.ts';
import type { LocalContext } from './context.ts';
import { append, tablesOf } from './outbox.ts';
import { type OutboxTable, readPayload } from './query.ts';
import type { Rebase, RowKey } from './rebase.ts';
import { inOrder, rowSql } from './rows.ts';
import { emptyMutation } from './send.ts';

const parkedEntry = ({ statements }: LocalContext, n: number) =>
  statements.get<OutboxTable>(`SELECT * FROM outbox WHERE n = ? AND status = 'parked'`, n);

/** The text goes to the history. A number the centre has not had yet stays in the outbox, with nothing in it. */
const moveToHistory = (
  { statements, clock, mirror }: LocalContext,
  entry: OutboxTable,
  outcome: 'withdrawn' | 'resent',
  resentAs: number | null,
) => {
  const decided_at = instant(clock.now());
  statements.run(
    `INSERT INTO outbox_history (n, kind, account_id, at, payload, sqlstate, message, outcome, resent_as, decided_at)
      SELECT n, kind, account_id, at, payload, sqlstate, message, ?, ?, ? FROM outbox WHERE n = ?`,
    outcome,
    resentAs,
    decided_at,
    entry.n,
  );
  const { n, kind, account_id, at, sqlstate, message } = entry;
  const told = { n, kind, account_id, at, payload: entry.payload, sqlstate, message };
  mirror.add({ t: 'decided', ...told, outcome, resent_as: resentAs, decided_at });
  statements.run('DELETE FROM outbox_row WHERE n = ?', entry.n);
  if (entry.held === 0) {
    statements.run('DELETE FROM outbox WHERE n = ?', entry.n);
    return;
  }
  const { hash, payload } = emptyMutation(entry);
  statements.run(
    `UPDATE outbox SET kind = 'held', payload = ?, hash = ?, status = 'waiting', held = 0,
      verdict = NULL, sqlstate = NULL, message = NULL WHERE n = ?`,
    payload,
    hash,
    entry.n,
  );
  mirror.add({ t: 'mutation', n, kind: 'held', account_id, at, payload, hash });
};

/**
 * Puts a parked mutation's changes back on the rows and into the outbox under a new number. The payload, with the
 * versions it was made on, stays as it was: what others changed since still counts. A paused kind is tried again.
 * Returns the new number, or null when `n` is not parked.
 */
export const resendParked = (context: LocalContext, rebase: Rebase, n: number): number | null => {
  const { statements } = context;
  const done = context.transaction(() => {
    const entry = parkedEntry(context, n);
    if (entry === undefined) return null;
    const rows = readPayload(entry.payload).changes.map(({ tbl, pk }) => ({ tbl, pk }) as RowKey);
    for (const row of rows) {
      const held = statements.get<Cells>(rowSql[row.tbl].select, row.pk);
      const image: readonly Cell[] | null = held === undefined ? null : inOrder(row.tbl, held);
      rebase.capture(row, image, Number(held?.row_version ?? 0));
    }
    const resentAs = append(context, {
      kind: entry.kind,
      user: entry.account_id,
      at: entry.at,
      payload: entry.payload,
      rows,
    });
    moveToHistory(context, entry, 'resent', resentAs);
    statements.run('DELETE FROM paused_kind WHERE kind = ?', entry.kind);
    rebase.replay(rows);
    return { resentAs, tables: tablesOf(rows) };
  });
  context.changes.emit(done?.tables ?? []);
  return done?.resentAs ?? null;
};

/** Gives up a parked mutation; its text stays in the history. False when `n` is not parked. */
export const withdrawParked = (context: LocalContext, n: number): boolean => {
  const tables = context.transaction(() => {
    const entry = parkedEntry(context, n);
    if (entry === undefined) return null;
    moveToHistory(context, entry, 'withdrawn', null);
    return tablesOf(readPayload(entry.payload).changes);
  });
  context.changes.emit(tables ?? []);
  return tables !== null;
};
