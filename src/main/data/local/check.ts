import { instant } from '#shared/kernel/clock.ts';
import { type TableName, tableNames } from '#shared/sync/catalogue.ts';
import { readSlice, type Slice } from './check-lines.ts';
import { type Difference, type RepairCount, repairRows } from './check-repair.ts';
import type { LocalContext } from './context.ts';
import type { Rebase } from './rebase.ts';

/** A place in a pass: a table and the last id of it that was compared. */
export interface Position {
  readonly table: TableName;
  readonly after: string | null;
}

/** Where the comparison with the centre is. */
export interface CheckState {
  /** The table the pass is in, null when none is under way. */
  readonly table: TableName | null;
  /** The last id of it that was compared. */
  readonly after: string | null;
  /** Rows compared, and put right, in this pass. */
  readonly rows: number;
  readonly repaired: number;
  /** Rows that could not be put right before one they name. */
  readonly held: number;
  /** Passes in a row that ended with such rows. */
  readonly stuck: number;
  /** Of the pass, or of the last one. */
  readonly startedAt: string | null;
  /** Of the last whole pass. */
  readonly finishedAt: string | null;
}

/** Rows put right since this database was made. */
export interface Repairs {
  readonly at: string;
  readonly tables: readonly { readonly table: string; readonly rows: number }[];
}

/** The comparison of the copy with the centre, on the workstation's side. Each call that writes is one transaction. */
export interface Check {
  state(): CheckState;
  /** Milliseconds since the pass, or the last one, began; null when none ever did. */
  age(): number | null;
  /** Null when nothing had to be put right so far. */
  repairs(): Repairs | null;
  /** Begins a pass at the first table. */
  begin(): void;
  /** Ends a pass that a new copy makes needless. */
  reset(): void;
  /**
   * What comes after `to` is next; null: the next table, or the end of the pass. `rows` were compared. Does nothing when the
   * pass is not at `from` any more: it was begun anew meanwhile.
   */
  advance(from: Position, to: string | null, rows: number): void;
  /** See {@link readSlice}. */
  slice(table: TableName, after: string | null, upto: string | null, most: number): Slice;
  /** See {@link repairRows}. */
  repair(table: TableName, seq: number, differences: readonly Difference[]): RepairCount;
}

const stateSql = `SELECT tbl AS "table", after, rows, repaired, held, stuck, started_at AS startedAt,
  finished_at AS finishedAt FROM sync_check`;

const readCheck = ({ statements }: LocalContext): CheckState => {
  const state = statements.get<CheckState>(stateSql);
  if (state === undefined) throw new Error('sync_check has no row');
  return state;
};

const advance = (context: LocalContext, from: Position, to: string | null, rows: number) => {
  const { statements, clock } = context;
  const { table, after } = readCheck(context);
  if (table !== from.table || after !== from.after) return;
  const next = to === null ? (tableNames[tableNames.indexOf(table) + 1] ?? null) : table;
  statements.run('UPDATE sync_check SET tbl = ?, after = ?, rows = rows + ?', next, to, rows);
  if (next !== null) return;
  statements.run(
    'UPDATE sync_check SET finished_at = ?, stuck = CASE held WHEN 0 THEN 0 ELSE stuck + 1 END',
    instant(clock.now()),
  );
};

const readRepairs = ({ statements }: LocalContext): Repairs | null => {
  const found = statements.all<{ table: string; rows: number; at: string }>(
    'SELECT tbl AS "table", rows, at FROM sync_repair ORDER BY at DESC, tbl',
  );
  const [latest] = found;
  return latest === undefined
    ? null
    : { at: latest.at, tables: found.map(({ table, rows }) => ({ table, rows })) };
};

export const createCheck = (context: LocalContext, rebase: Rebase): Check => {
  const { statements, clock, transaction } = context;
  return {
    state: () => readCheck(context),
    age: () => {
      const { startedAt } = readCheck(context);
      return startedAt === null ? null : clock.now() - Date.parse(startedAt);
    },
    repairs: () => readRepairs(context),
    begin: () =>
      transaction(() => {
        statements.run(
          'UPDATE sync_check SET tbl = ?, after = NULL, rows = 0, repaired = 0, held = 0, started_at = ?',
          tableNames[0],
          instant(clock.now()),
        );
      }),
    reset: () =>
      transaction(() => {
        statements.run('UPDATE sync_check SET tbl = NULL, after = NULL, held = 0, stuck = 0');
      }),
    advance: (from, to, rows) => transaction(() => advance(context, from, to, rows)),
    slice: (table, after, upto, most) => readSlice(context, table, after, upto, most),
    repair: (table, seq, differences) => {
      const count = repairRows(context, rebase, table, seq, differences);
      transaction(() => {
        statements.run(
          'UPDATE sync_check SET repaired = repaired + ?, held = held + ?',
          count.repaired,
          count.held,
        );
      });
      return count;
    },
  };
};
