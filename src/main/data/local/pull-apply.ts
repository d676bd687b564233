import { historyTables, type TableName } from '#shared/sync/catalogue.ts';
import type { Cell, PulledChange, PullReply } from '#shared/sync/wire.ts';
import type { LocalContext } from './context.ts';
import { LocalError } from './error.ts';
import { chartTables, evictPatient } from './evict.ts';
import { incompleteTables } from './history.ts';
import { type Images, putImages } from './images.ts';
import { noteLink } from './journal.ts';
import { dropSettled, tablesOf } from './outbox.ts';
import type { Rebase, RowKey } from './rebase.ts';
import { asCells, inOrder, isColumn, isTable, referencesOf, rowSql, updateNewerSql } from './rows.ts';
import { asReplica } from './signed.ts';
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

/** How an update met its row: `clean` needs nothing more, `dirty` a replay at the end, `absent` is not here. */
type Applied = 'clean' | 'dirty' | 'absent';

/** A change of a row without local work. */
const applyClean = (
  { statements }: LocalContext,
  rebase: Rebase,
  row: RowKey,
  { op, v, values }: PulledChange,
): Applied => {
  const sql = rowSql[row.tbl];
  if (op === 'insert' || op === 'enter') {
    statements.run(sql.putNewer, ...inOrder(row.tbl, values), v);
    return 'clean';
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
    return changed === 0 && statements.get(sql.has, row.pk) === undefined ? 'absent' : 'clean';
  }
  // Taken away at the end, when nothing names it any more.
  if (statements.get(sql.has, row.pk) === undefined) return 'clean';
  rebase.setBase(row, null, v);
  return 'dirty';
};

/** Thrown to take a reply back that needs rows which are still to come with the history. */
class Missing extends Error {
  readonly rows: readonly RowKey[];

  constructor(rows: readonly RowKey[]) {
    super('rows of the history are needed now');
    this.rows = rows;
  }
}

/** Rows of `tables` that the changed rows name and that are not here. */
const unmet = (
  { statements }: LocalContext,
  changes: readonly PulledChange[],
  tables: readonly TableName[],
): readonly RowKey[] => {
  if (tables.length === 0) return [];
  return [...Map.groupBy(changes, ({ tbl }) => tbl)].flatMap(([tbl, some]) =>
    referencesOf(tbl as TableName)
      .filter(([, target]) => tables.includes(target))
      .flatMap(([column, target]) =>
        statements
          .all<{ pk: string }>(
            `SELECT DISTINCT c.${column} AS pk FROM json_each(?) j JOIN ${tbl} c ON c.id = j.value
              WHERE c.${column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${target} t WHERE t.id = c.${column})`,
            JSON.stringify(some.map(({ pk }) => pk)),
          )
          .map(({ pk }) => ({ tbl: target, pk })),
      ),
  );
};

/** Applies the changes, then the rows that were fetched for them. Returns the rows to replay. */
const applyChanges = (
  context: LocalContext,
  rebase: Rebase,
  reply: PullReply,
  fetched: readonly Images[] | undefined,
): ReadonlyMap<string, RowKey> => {
  const { phase, history_table } = readState(context.statements);
  const incomplete = incompleteTables(history_table);
  const anyBase = rebase.any();
  const dirty = new Map<string, RowKey>();
  const absent: RowKey[] = [];
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
      continue;
    }
    const applied = applyClean(context, rebase, row, change);
    if (applied === 'dirty') touch(row);
    if (applied !== 'absent') continue;
    // Of the history also when it is complete: its last page may be from after this change and a later delete.
    if (historyTables.includes(row.tbl)) absent.push(row);
    // During catch-up the row may have been copied, or not, after a later delete; afterwards it must be here.
    else if (phase === 'ready') {
      throw new LocalError('replica', `The centre changed a row of ${row.tbl} that is not here.`);
    }
  }
  for (const images of fetched ?? []) for (const row of putImages(context, rebase, images)) touch(row);
  if (fetched === undefined) {
    const missing = [...absent, ...unmet(context, reply.changes, incomplete)];
    if (missing.length > 0) throw new Missing(missing);
  }
  return dirty;
};

const apply = (
  context: LocalContext,
  rebase: Rebase,
  reply: PullReply,
  fetched: readonly Images[] | undefined,
): void => {
  const { statements, repeatable, changes } = context;
  const tables = repeatable(() => {
    const { cursor, phase } = readState(statements);
    if (reply.from !== cursor || reply.to < reply.from) {
      throw new LocalError('replica', `A reply from ${reply.from} to ${reply.to} does not follow ${cursor}.`);
    }
    const dirty = new Map(asReplica(context, () => applyChanges(context, rebase, reply, fetched)));
    const settled = phase === 'ready' && reply.to >= reply.head ? dropSettled(context, reply.to) : [];
    for (const row of settled) dirty.set(`${row.tbl} ${row.pk}`, row);
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

/**
 * Applies a whole reply of `pull` in one transaction with the new cursor; see `Replica.applyPull`. Throws
 * {@link LocalError} `replica`, with nothing applied, when the reply does not continue what is here.
 */
export const applyPull = (
  context: LocalContext,
  rebase: Rebase,
  reply: PullReply,
  fetched?: readonly Images[],
): readonly RowKey[] => {
  try {
    apply(context, rebase, reply, fetched);
    return [];
  } catch (error) {
    if (error instanceof Missing) return error.rows;
    throw error;
  }
};
