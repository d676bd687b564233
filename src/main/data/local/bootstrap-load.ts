import type { Database } from 'better-sqlite3';
import { type TableName, tableNames } from '#shared/sync/catalogue.ts';
import type { Cell } from '#shared/sync/wire.ts';
import type { LocalContext } from './context.ts';
import { LocalError } from './error.ts';
import { dropSettled } from './outbox.ts';
import type { Rebase, RowKey } from './rebase.ts';
import { inOrder, rowSql } from './rows.ts';
import { readState, writeState } from './state.ts';

/** Loads the first copy. Each step is a transaction with its position, so a kill between two steps loses nothing. */
export interface BootstrapLoad {
  /** Empties the synced tables (never the outbox) and puts indexes and triggers aside. `head` is S0 of the protocol. */
  begin(epoch: string, head: number, scope: string): void;
  /** Which page comes next, or null when all are loaded. */
  position(): { readonly table: TableName; readonly after: string | null } | null;
  /** Adds one page of `boot_page`. An empty page ends its table. */
  add(table: TableName, page: readonly string[]): void;
  /** Does the next piece of building indexes; false when there is nothing left and catching up may begin. */
  index(): boolean;
  /** After catching up: local work goes on top again, foreign keys are checked, and services may read. */
  finish(): void;
}

/** Patients put into the full-text index in one go: some milliseconds of work. */
const indexedAtOnce = 2000;

/** Aside while loading: what SQLite would otherwise keep up to date row by row. */
const asideSql = `SELECT name, type, sql FROM sqlite_schema
  WHERE type IN ('index', 'trigger') AND sql IS NOT NULL AND tbl_name IN (SELECT value FROM json_each(?))
  ORDER BY type, name`;

const putAside = ({ statements, db }: LocalContext) => {
  const found = statements.all<{ name: string; type: string; sql: string }>(
    asideSql,
    JSON.stringify(tableNames),
  );
  for (const { name, type, sql } of found) {
    const position = type === 'index' ? 1 : 2;
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
 * Pages come from different moments, so foreign keys are checked as a whole in `finish`. Losing the last page in a
 * power cut costs one page; the file stays sound.
 */
const loadingPragmas = (db: Database) => {
  db.pragma('foreign_keys = OFF');
  db.pragma('synchronous = NORMAL');
  db.pragma('wal_autocheckpoint = 2000');
};

const begin = (context: LocalContext, epoch: string, head: number, scope: string) => {
  const { statements, transaction, db } = context;
  loadingPragmas(db);
  transaction(() => {
    putAside(context);
    for (const table of tableNames.toReversed()) db.exec(`DELETE FROM ${table}`);
    db.exec('DELETE FROM sync_base');
    db.exec(`INSERT INTO patient_fts (patient_fts) VALUES ('delete-all')`);
    writeState(statements, {
      phase: 'loading',
      epoch,
      cursor: head,
      chain: null,
      scope,
      boot_table: tableNames[0] ?? null,
      boot_after: null,
      boot_rows: 0,
    });
    context.mirror.addIdentity();
  });
};

const add = ({ statements, transaction }: LocalContext, table: TableName, page: readonly string[]) => {
  transaction(() => {
    const { boot_table, boot_rows } = readState(statements);
    if (boot_table !== table) throw new LocalError('replica', 'A page of the first copy came out of order.');
    const insert = statements.prepare(rowSql[table].insert);
    const idAt = rowSql[table].columns.indexOf('id') + 1;
    let after: Cell = null;
    for (const line of page) {
      const values = JSON.parse(line) as Cell[];
      after = values[idAt] ?? null;
      values.push(values.shift() ?? 0);
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

const index = ({ statements, transaction, db }: LocalContext): boolean =>
  transaction(() => {
    const { phase, boot_after } = readState(statements);
    if (phase !== 'indexing') return false;
    const next = statements.get<{ name: string; position: number; statement: string }>(
      'SELECT * FROM deferred_schema ORDER BY position, name LIMIT 1',
    );
    if (next?.position === 1) {
      db.exec(next.statement);
      statements.run('DELETE FROM deferred_schema WHERE name = ?', next.name);
      return true;
    }
    const from = Number(boot_after ?? 0);
    const last = statements.get<{ last: number | null }>(
      'SELECT max(rowid) AS last FROM (SELECT rowid FROM patient WHERE rowid > ? ORDER BY rowid LIMIT ?)',
      from,
      indexedAtOnce,
    )?.last;
    if (last !== null && last !== undefined) {
      statements.run(
        `INSERT INTO patient_fts (rowid, family, given)
          SELECT row, family, given FROM patient_name WHERE row > ? AND row <= ?`,
        from,
        last,
      );
      writeState(statements, { boot_after: String(last) });
      return true;
    }
    for (const { statement } of statements.all<{ statement: string }>(
      'SELECT statement FROM deferred_schema ORDER BY position, name',
    )) {
      db.exec(statement);
    }
    statements.run('DELETE FROM deferred_schema');
    writeState(statements, { phase: 'catching-up', boot_after: null });
    return true;
  });

/** Local work goes on top of the new copy. */
const reapply = (context: LocalContext, rebase: Rebase) => {
  const { statements } = context;
  dropSettled(context, readState(statements).cursor);
  const rows = statements.all<RowKey>(
    `SELECT DISTINCT r.tbl, r.pk FROM outbox_row r JOIN outbox o ON o.n = r.n WHERE o.status <> 'parked'`,
  );
  for (const row of rows) {
    const held = statements.get<Readonly<Record<string, Cell>>>(rowSql[row.tbl].select, row.pk);
    rebase.capture(row, held ? inOrder(row.tbl, held) : null, Number(held?.row_version ?? 0));
  }
  rebase.replay(rows);
};

const finish = (context: LocalContext, rebase: Rebase) => {
  const { statements, transaction, db, changes } = context;
  transaction(() => {
    if (readState(statements).phase !== 'catching-up') {
      throw new LocalError('replica', 'The first copy is not whole yet.');
    }
    reapply(context, rebase);
    const broken = db.pragma('foreign_key_check') as readonly unknown[];
    if (broken.length > 0) {
      throw new LocalError(
        'replica',
        `${broken.length} rows of the first copy name rows that are not there.`,
      );
    }
    writeState(statements, { phase: 'ready', common: null });
  });
  db.pragma('foreign_keys = ON');
  db.pragma('synchronous = FULL');
  db.pragma('wal_autocheckpoint = 1000');
  // No ANALYZE: a count taken of a nearly empty table would mislead every plan after the table has grown.
  changes.emit(tableNames);
};

/** The steps of the first copy on the workstation's side; goes on where a killed process stopped. */
export const createBootstrapLoad = (context: LocalContext, rebase: Rebase): BootstrapLoad => {
  if (readState(context.statements).phase !== 'ready') loadingPragmas(context.db);
  return steps(context, rebase);
};

const steps = (context: LocalContext, rebase: Rebase): BootstrapLoad => ({
  begin: (epoch, head, scope) => begin(context, epoch, head, scope),
  position: () => {
    const { boot_table, boot_after, phase } = readState(context.statements);
    if (phase !== 'loading' || boot_table === null) return null;
    return { table: boot_table as TableName, after: boot_after };
  },
  add: (table, page) => add(context, table, page),
  index: () => index(context),
  finish: () => finish(context, rebase),
});
