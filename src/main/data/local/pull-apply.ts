import type { TableName } from '#shared/sync/catalogue.ts';
import type { Cell, PulledChange, PullReply } from '#shared/sync/wire.ts';
import type { LocalContext } from './context.ts';
import { LocalError } from './error.ts';
import { chartTables, evictPatient } from './evict.ts';
import { noteLink } from './journal.ts';
import { dropSettled, tablesOf } from './outbox.ts';
import type { Rebase, RowKey } from './rebase.ts';
import { asCells, inOrder, isColumn, isTable, rowSql, updateNewerSql } from './rows.ts';
import { readState, writeState } from './state.ts';

const checked = ({ tbl, op, values }: PulledChange): TableName => {
  if (!isTable(tbl)) throw new LocalError('replica', 'A change names a table this version does not know.');
  if (op === 'update') {
    for (const name of Object.keys(values)) {
      if (!isColumn(tbl, name)) {
        throw new LocalError('replica', 'A change names a column this version does not know.');
      }
    }
  }
  return tbl;
};

/** A change of a row with local work on top: only its base image moves. */
const refreshBase = (
  rebase: Rebase,
  row: RowKey,
  { op, v, values }: PulledChange,
  known: { readonly version: number; readonly image: readonly Cell[] | null },
) => {
  if (op === 'delete') {
    rebase.setBase(row, null, v);
  } else if (v > known.version) {
    if (op === 'insert' || op === 'enter') rebase.setBase(row, inOrder(row.tbl, values), v);
    else if (known.image !== null) {
      rebase.setBase(row, inOrder(row.tbl, { ...asCells(row.tbl, known.image), ...values }), v);
    }
  }
};

/** A change of a row without local work. Returns whether the row must be replayed at the end. */
const applyClean = (
  { statements }: LocalContext,
  rebase: Rebase,
  row: RowKey,
  { op, v, values }: PulledChange,
  complete: boolean,
): boolean => {
  const sql = rowSql[row.tbl];
  if (op === 'insert' || op === 'enter') {
    statements.run(sql.putNewer, ...inOrder(row.tbl, values), v);
    return false;
  }
  if (op === 'update') {
    const columns = Object.keys(values);
    const changed = statements.run(
      updateNewerSql(row.tbl, columns),
      ...columns.map((name) => values[name]),
      v,
      row.pk,
      v,
    );
    // During catch-up the row may have been copied, or not, after a later delete; afterwards it must be here.
    if (changed === 0 && complete && statements.get(sql.has, row.pk) === undefined) {
      throw new LocalError('replica', `The centre changed a row of ${row.tbl} that is not here.`);
    }
    return false;
  }
  // Taken away at the end, when nothing names it any more.
  if (statements.get(sql.has, row.pk) === undefined) return false;
  rebase.setBase(row, null, v);
  return true;
};

/**
 * Applies a whole reply of `pull` in one transaction with the new cursor; see `Replica.applyPull`. Throws
 * {@link LocalError} `replica`, with nothing applied, when the reply does not continue what is here.
 */
export const applyPull = (context: LocalContext, rebase: Rebase, reply: PullReply): void => {
  const { statements, repeatable, changes } = context;
  const tables = repeatable(() => {
    const { cursor, phase } = readState(statements);
    if (reply.from !== cursor || reply.to < reply.from) {
      throw new LocalError('replica', `A reply from ${reply.from} to ${reply.to} does not follow ${cursor}.`);
    }
    const anyBase = rebase.any();
    const dirty = new Map<string, RowKey>();
    const touch = (row: RowKey) => dirty.set(`${row.tbl} ${row.pk}`, row);
    for (const change of reply.changes) {
      if (change.op === 'evict') {
        for (const row of evictPatient(context, rebase, change.pk)) touch(row);
        continue;
      }
      const row: RowKey = { tbl: checked(change), pk: change.pk };
      const base = anyBase || dirty.size > 0 ? rebase.base(row) : undefined;
      if (base !== undefined) {
        refreshBase(rebase, row, change, base);
        touch(row);
      } else if (applyClean(context, rebase, row, change, phase === 'ready')) touch(row);
    }
    const settled = phase === 'ready' && reply.to >= reply.head ? dropSettled(context, reply.to) : [];
    for (const row of settled) touch(row);
    if (dirty.size > 0) rebase.replay(dirty.values());
    noteLink(statements, { seq: reply.to, chain: reply.chain });
    writeState(statements, {
      cursor: reply.to,
      chain: reply.chain,
      head: Math.max(reply.head, reply.to),
    });
    if (phase !== 'ready') return [];
    const evicted = reply.changes.some(({ op }) => op === 'evict') ? chartTables : [];
    return [...tablesOf(reply.changes), ...tablesOf(settled), ...evicted];
  });
  changes.emit(tables);
};
