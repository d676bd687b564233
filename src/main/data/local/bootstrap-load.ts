import type { Database } from 'better-sqlite3';
import { historyTables, type TableName, tableNames } from '#shared/sync/catalogue.ts';
import type { ChainLink, CopyPart } from '#shared/sync/wire.ts';
import { indexNext, indexWork } from './bootstrap-index.ts';
import type { LocalContext } from './context.ts';
import { LocalError } from './error.ts';
import { incompleteTables } from './history.ts';
import { type Images, putImages } from './images.ts';
import { noteLink } from './journal.ts';
import { dropSettled } from './outbox.ts';
import { readPayload } from './query.ts';
import type { Rebase, RowKey } from './rebase.ts';
import { fromLine, inOrder, isTable, referencesOf, rowSql } from './rows.ts';
import { readState, writeState } from './state.ts';

/** Loads the first copy. Each step is a transaction with its position, so a kill between two steps loses nothing. */
export interface BootstrapLoad {
  /**
   * Empties the synced tables (never the outbox) and puts triggers aside, and indexes where rows come. `start` is S0 of the protocol.
   * `hot`: only what the desk needs at once is loaded now, the rest is left to {@link History}.
   */
  begin(epoch: string, start: ChainLink, scope: string, part?: CopyPart): void;
  /** Goes on with a load that another process, or another connection, began. */
  resume(): void;
  /** Which page comes next, of which part of its table, or null when all are loaded. */
  position(): { readonly table: TableName; readonly after: string | null; readonly part: CopyPart } | null;
  /** Adds one page of `boot_page`. An empty page ends its table. */
  add(table: TableName, page: readonly string[]): void;
  /**
   * Does the next piece of building indexes, `names` patients of the full-text one; false when there is nothing left and
   * catching up may begin.
   */
  index(names?: number): boolean;
  /** How much of building indexes is left, in rows put into an index. For progress only. */
  indexing(): number;
  /** After catching up: checks all foreign keys as a whole; from here on each transaction is checked. */
  check(): void;
  /**
   * After catching up: local work goes on top again and services may read. Checks foreign keys unless `checked`. Rows of
   * the history that local work touches or names are returned, with nothing done: to be `fetched` and handed over.
   */
  finish(checked?: boolean, fetched?: readonly Images[]): readonly RowKey[];
}

/** Aside while loading: what SQLite would otherwise keep up to date row by row. */
const asideSql = `SELECT name, sql FROM sqlite_schema
  WHERE type = ? AND sql IS NOT NULL AND tbl_name IN (SELECT value FROM json_each(?)) ORDER BY name`;

/** Indexes of a table go when its first rows come: those of a table that stays empty cost nothing where they are. */
const putAside = (
  { statements, db }: LocalContext,
  type: 'index' | 'trigger',
  tables: readonly TableName[],
) => {
  const position = type === 'index' ? 1 : 2;
  for (const { name, sql } of statements.all<{ name: string; sql: string }>(
    asideSql,
    type,
    JSON.stringify(tables),
  )) {
    statements.run(
      'INSERT INTO deferred_schema (name, position, statement) VALUES (?, ?, ?)',
      name,
      position,
      sql,
    );
    db.exec(`DROP ${type} ${name}`);
  }
};

/**
 * Pages come from different moments, so foreign keys are checked as a whole in `check`. Losing the last page in a
 * power cut costs one page; the file stays sound.
 */
const loadingPragmas = (db: Database) => {
  db.pragma('foreign_keys = OFF');
  db.pragma('synchronous = NORMAL');
  db.pragma('wal_autocheckpoint = 8000');
};

const workingPragmas = (db: Database) => {
  db.pragma('foreign_keys = ON');
  db.pragma('synchronous = FULL');
  db.pragma('wal_autocheckpoint = 1000');
};

const begin = (context: LocalContext, epoch: string, start: ChainLink, scope: string, part: CopyPart) => {
  const { statements, transaction, db } = context;
  loadingPragmas(db);
  transaction(() => {
    putAside(context, 'trigger', tableNames);
    for (const table of tableNames.toReversed()) db.exec(`DELETE FROM ${table}`);
    db.exec('DELETE FROM sync_base');
    db.exec(`INSERT INTO patient_fts (patient_fts) VALUES ('delete-all')`);
    db.exec(`INSERT INTO concept_fts (concept_fts) VALUES ('delete-all')`);
    db.exec(`INSERT INTO medicine_fts (medicine_fts) VALUES ('delete-all')`);
    db.exec('DELETE FROM waiting_report');
    // What was passed of a history the centre has lost is no place to go by.
    statements.run('DELETE FROM chain_link WHERE seq >= ?', start.seq);
    noteLink(statements, start);
    writeState(statements, {
      phase: 'loading',
      epoch,
      cursor: start.seq,
      chain: start.chain,
      scope,
      boot_table: tableNames[0] ?? null,
      boot_after: null,
      boot_rows: 0,
      history_table: part === 'hot' ? (historyTables[0] ?? null) : null,
      history_after: null,
      history_rows: 0,
    });
    context.mirror.addIdentity();
  });
};

const add = (context: LocalContext, table: TableName, page: readonly string[]) => {
  const { statements, transaction } = context;
  transaction(() => {
    const { boot_table, boot_after, boot_rows } = readState(statements);
    if (boot_table !== table) throw new LocalError('replica', 'A page of the first copy came out of order.');
    if (boot_after === null && page.length > 0) putAside(context, 'index', [table]);
    const insert = statements.prepare(rowSql[table].insert);
    const idAt = rowSql[table].columns.indexOf('id');
    let after: unknown = null;
    for (const line of page) {
      const values = fromLine(line);
      after = values[idAt];
      insert.run(values);
    }
    if (page.length > 0) {
      writeState(statements, { boot_after: String(after), boot_rows: boot_rows + page.length });
      return;
    }
    const next = tableNames[tableNames.indexOf(table) + 1] ?? null;
    writeState(statements, { boot_table: next, boot_after: null, ...(next ? {} : { phase: 'indexing' }) });
  });
};

/** Rows that are still to come with the history although work that waits here touches or names them. */
const leanedOn = ({ statements }: LocalContext): readonly RowKey[] => {
  const arriving = incompleteTables(readState(statements).history_table);
  if (arriving.length === 0) return [];
  const pending = statements.all<{ payload: string }>(
    `SELECT payload FROM outbox WHERE status <> 'parked' AND status <> 'settled' ORDER BY n`,
  );
  const named = pending.flatMap(({ payload }) =>
    readPayload(payload).changes.flatMap(({ tbl, pk, values }) =>
      !isTable(tbl)
        ? []
        : [
            { tbl, pk },
            ...referencesOf(tbl).map(([column, target]) => ({ tbl: target, pk: String(values[column]) })),
          ],
    ),
  );
  const absent = named.filter(
    ({ tbl, pk }) => arriving.includes(tbl) && statements.get(rowSql[tbl].has, pk) === undefined,
  );
  return [...new Map(absent.map((row) => [`${row.tbl} ${row.pk}`, row])).values()];
};

/** Local work goes on top of the new copy. */
const reapply = (context: LocalContext, rebase: Rebase) => {
  const { statements } = context;
  dropSettled(context, readState(statements).cursor);
  const rows = statements.all<RowKey>(
    `SELECT DISTINCT r.tbl, r.pk FROM outbox_row r JOIN outbox o ON o.n = r.n WHERE o.status <> 'parked'`,
  );
  for (const row of rows) {
    const held = statements.get<Readonly<Record<string, string | number | null>>>(
      rowSql[row.tbl].select,
      row.pk,
    );
    rebase.capture(row, held ? inOrder(row.tbl, held) : null, Number(held?.row_version ?? 0));
  }
  rebase.replay(rows);
};

const refuseBroken = (db: Database) => {
  const broken = db.pragma('foreign_key_check') as readonly unknown[];
  if (broken.length === 0) return;
  throw new LocalError('replica', `${broken.length} rows of the first copy name rows that are not there.`);
};

const refuseUnlessLoaded = ({ statements }: LocalContext) => {
  if (readState(statements).phase !== 'catching-up') {
    throw new LocalError('replica', 'The first copy is not whole yet.');
  }
};

/** Work that names rows which are in no scope of ours any more: it is sent first, and then all is copied anew. */
const orAnew = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof LocalError) || error.code !== 'no-such-row') throw error;
    throw new LocalError('replica', 'Work that waits here names rows that the copy has not.', error);
  }
};

const finish = (
  context: LocalContext,
  rebase: Rebase,
  checked: boolean,
  fetched: readonly Images[] | undefined,
): readonly RowKey[] => {
  const { statements, transaction, db, changes } = context;
  const missing = fetched === undefined ? leanedOn(context) : [];
  if (missing.length > 0) return missing;
  const done = () => {
    refuseUnlessLoaded(context);
    for (const images of fetched ?? []) putImages(context, rebase, images);
    reapply(context, rebase);
    if (!checked) refuseBroken(db);
    writeState(statements, { phase: 'ready', common: null });
    // The copy may have been begun by another thread, which has no mirror.
    context.mirror.addIdentity();
  };
  orAnew(() => transaction(done));
  workingPragmas(db);
  // No ANALYZE: a count taken of a nearly empty table would mislead every plan after the table has grown.
  changes.emit(tableNames);
  return [];
};

/** The steps of the first copy on the workstation's side; goes on where a killed process stopped. */
export const createBootstrapLoad = (context: LocalContext, rebase: Rebase): BootstrapLoad => ({
  begin: (epoch, start, scope, part = 'all') => begin(context, epoch, start, scope, part),
  resume: () => loadingPragmas(context.db),
  position: () => {
    const { boot_table, boot_after, phase, history_table } = readState(context.statements);
    if (phase !== 'loading' || boot_table === null) return null;
    const part = history_table === null ? 'all' : 'hot';
    return { table: boot_table as TableName, after: boot_after, part };
  },
  add: (table, page) => add(context, table, page),
  index: (names = 2000) => indexNext(context, names),
  indexing: () => indexWork(context),
  check: () => {
    refuseUnlessLoaded(context);
    refuseBroken(context.db);
    workingPragmas(context.db);
  },
  finish: (checked = false, fetched) => finish(context, rebase, checked, fetched),
});
