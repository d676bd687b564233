import { v7 } from 'uuid';
import { instant } from '#shared/kernel/clock.ts';
import type { TableName } from '#shared/sync/catalogue.ts';
import type { Cell, Cells, MutationPayload } from '#shared/sync/wire.ts';
import type { LocalContext } from './context.ts';
import { dependentsAmong } from './dependents.ts';
import { LocalError } from './error.ts';
import { append, tablesOf } from './outbox.ts';
import { type OutboxTable, readPayload } from './query.ts';
import type { Rebase, RowKey } from './rebase.ts';
import { inOrder, isColumn, isTable, rowSql } from './rows.ts';
import { emptyMutation } from './send.ts';
import type { Correction } from './store.ts';

const parkedFrom = ({ statements }: LocalContext, n: number): readonly OutboxTable[] =>
  statements.all<OutboxTable>(`SELECT * FROM outbox WHERE n >= ? AND status = 'parked' ORDER BY n`, n);

/** A parked mutation with those that depend on it, in the order they were made; empty when `n` is not parked. */
const withDependents = (context: LocalContext, n: number): readonly OutboxTable[] => {
  const parked = parkedFrom(context, n);
  if (parked[0]?.n !== n) return [];
  const graph = dependentsAmong(
    parked.map(({ n: number, sqlstate, payload }) => ({
      n: number,
      sqlstate,
      changes: readPayload(payload).changes,
    })),
  );
  const wanted = new Set([n, ...(graph.get(n) ?? [])]);
  return parked.filter((entry) => wanted.has(entry.n));
};

/** The text goes to the history. A number the centre has not had yet stays in the outbox, with nothing in it. */
const moveToHistory = (
  { statements, mirror }: LocalContext,
  entry: OutboxTable,
  decided: {
    readonly outcome: 'withdrawn' | 'resent';
    readonly resentAs: number | null;
    readonly at: string;
  },
) => {
  statements.run(
    `INSERT INTO outbox_history (n, kind, account_id, at, payload, sqlstate, message, outcome, resent_as, decided_at)
      SELECT n, kind, account_id, at, payload, sqlstate, message, ?, ?, ? FROM outbox WHERE n = ?`,
    decided.outcome,
    decided.resentAs,
    decided.at,
    entry.n,
  );
  const { n, kind, account_id, at, sqlstate, message } = entry;
  const told = { n, kind, account_id, at, payload: entry.payload, sqlstate, message };
  mirror.add({
    t: 'decided',
    ...told,
    outcome: decided.outcome,
    resent_as: decided.resentAs,
    decided_at: decided.at,
  });
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

const corrected = (
  payload: MutationPayload,
  corrections: readonly Correction[],
): MutationPayload['changes'] =>
  payload.changes.map((change, index) => {
    const values: Cells = Object.assign(
      {},
      ...corrections.filter((one) => one.change === index).map((one) => one.values),
    );
    for (const column of Object.keys(values)) {
      if (column === 'id' || !isTable(change.tbl) || !isColumn(change.tbl, column))
        throw new LocalError('no-such-row', `There is no column to correct by that name in ${change.tbl}.`);
    }
    return { ...change, values: { ...change.values, ...values } };
  });

/** Other values make another mutation: whoever has heard the verdict on the first must not take it for the second's. */
const payloadWith = (
  { clock }: LocalContext,
  { payload }: OutboxTable,
  corrections: readonly Correction[],
): string => {
  if (corrections.length === 0) return payload;
  const before = readPayload(payload);
  const after = { ...before, id: v7({ msecs: clock.now() }), changes: corrected(before, corrections) };
  return JSON.stringify(after);
};

const resendOne = (
  context: LocalContext,
  rebase: Rebase,
  entry: OutboxTable,
  decision: { readonly at: string; readonly corrections: readonly Correction[] },
): { readonly resentAs: number; readonly rows: readonly RowKey[] } => {
  const { statements } = context;
  const payload = payloadWith(context, entry, decision.corrections);
  const rows = readPayload(payload).changes.map(({ tbl, pk }) => ({ tbl, pk }) as RowKey);
  for (const row of rows) {
    const held = statements.get<Cells>(rowSql[row.tbl].select, row.pk);
    const image: readonly Cell[] | null = held === undefined ? null : inOrder(row.tbl, held);
    rebase.capture(row, image, Number(held?.row_version ?? 0));
  }
  const { kind, account_id: user, at } = entry;
  const resentAs = append(context, { kind, user, at, payload, rows });
  moveToHistory(context, entry, { outcome: 'resent', resentAs, at: decision.at });
  statements.run('DELETE FROM paused_kind WHERE kind = ?', kind);
  rebase.replay(rows);
  return { resentAs, rows };
};

/**
 * Puts a parked mutation's changes back on the rows and into the outbox under a new number, and after it, in order, what
 * was refused because it depends on it. A payload, with the versions it was made on, stays as it was unless corrected:
 * what others changed since still counts. A paused kind is tried again. Returns the new number of `n`, or null when
 * `n` is not parked.
 */
export const resendParked = (
  context: LocalContext,
  rebase: Rebase,
  n: number,
  corrections: readonly Correction[] = [],
): number | null => {
  const tables: TableName[] = [];
  const at = instant(context.clock.now());
  const resentAs = context.transaction(() => {
    let first: number | null = null;
    for (const entry of withDependents(context, n)) {
      const done = resendOne(context, rebase, entry, { at, corrections: entry.n === n ? corrections : [] });
      first ??= done.resentAs;
      tables.push(...tablesOf(done.rows));
    }
    return first;
  });
  context.changes.emit(tables);
  return resentAs;
};

/**
 * Gives up a parked mutation and what depends on it, the last made first; their texts stay in the history. False when
 * `n` is not parked.
 */
export const withdrawParked = (context: LocalContext, n: number): boolean => {
  const tables: TableName[] = [];
  const at = instant(context.clock.now());
  const withdrawn = context.transaction(() => {
    const entries = withDependents(context, n);
    for (const entry of entries.toReversed()) {
      moveToHistory(context, entry, { outcome: 'withdrawn', resentAs: null, at });
      tables.push(...tablesOf(readPayload(entry.payload).changes));
    }
    return entries.length > 0;
  });
  context.changes.emit(tables);
  return withdrawn;
};

/**
 * Sends every mutation that is parked because the centre cannot take its kind (SQLSTATE class 42). Of those that were
 * held back the centre has only the number: their text is nowhere but here.
 */
export const sendHeld = (context: LocalContext, rebase: Rebase): void => {
  const held = context.statements.all<{ n: number }>(
    `SELECT n FROM outbox WHERE status = 'parked' AND sqlstate LIKE '42%' ORDER BY n`,
  );
  for (const { n } of held) resendParked(context, rebase, n);
};
