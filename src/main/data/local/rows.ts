import { catalogue, columnsOf, type TableName, tableNames } from '#shared/sync/catalogue.ts';
import type { Cell, Cells } from '#shared/sync/wire.ts';

/** The SQL of one synced table. Names come from the catalogue, never from a message. */
export interface RowSql {
  readonly columns: readonly string[];
  /** Binds the columns in catalogue order, then `row_version`. */
  readonly insert: string;
  /** As `insert`; an existing row is replaced whatever its version. */
  readonly put: string;
  /** As `insert`; an existing row is replaced when its version is lower. */
  readonly putNewer: string;
  /** Binds `id`; the columns in catalogue order, then `row_version`. */
  readonly select: string;
  readonly delete: string;
  readonly has: string;
}

const sqlOf = (table: TableName): RowSql => {
  const columns = columnsOf(table).map(([name]) => name);
  const all = [...columns, 'row_version'];
  const insert = `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})`;
  const replace = all
    .filter((name) => name !== 'id')
    .map((name) => `${name} = excluded.${name}`)
    .join(', ');
  const put = `${insert} ON CONFLICT (id) DO UPDATE SET ${replace}`;
  return {
    columns,
    insert,
    put,
    putNewer: `${put} WHERE excluded.row_version > ${table}.row_version`,
    select: `SELECT ${all.join(', ')} FROM ${table} WHERE id = ?`,
    delete: `DELETE FROM ${table} WHERE id = ?`,
    has: `SELECT 1 FROM ${table} WHERE id = ?`,
  };
};

export const rowSql = Object.fromEntries(tableNames.map((table) => [table, sqlOf(table)])) as Readonly<
  Record<TableName, RowSql>
>;

/** Whether a name from a message is a synced table. */
export const isTable = (name: string): name is TableName => Object.hasOwn(catalogue, name);

/** Whether a name from a message is a column of `table`. */
export const isColumn = (table: TableName, name: string): boolean =>
  Object.hasOwn(catalogue[table].columns, name);

/** `UPDATE` of the given columns; binds their values in the same order, then `id`. `extra` is added to SET and WHERE. */
export const updateSql = (table: TableName, columns: readonly string[]): string =>
  `UPDATE ${table} SET ${columns.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`;

/** As {@link updateSql} with a new `row_version`, for a row of a lower one; binds values, version, `id`, version. */
export const updateNewerSql = (table: TableName, columns: readonly string[]): string =>
  `UPDATE ${table} SET ${[...columns, 'row_version'].map((name) => `${name} = ?`).join(', ')} WHERE id = ? AND row_version < ?`;

/** The values of `cells` in catalogue order; a column that is missing is null. */
export const inOrder = (table: TableName, cells: Cells): readonly Cell[] =>
  rowSql[table].columns.map((name) => cells[name] ?? null);

/** Cells from values in catalogue order. */
export const asCells = (table: TableName, values: readonly Cell[]): Cells =>
  Object.fromEntries(rowSql[table].columns.map((name, index) => [name, values[index] ?? null]));

/** A line of `boot_page`, `[row_version, ...columns]`, as what the statements above bind. */
export const fromLine = (line: string): Cell[] => {
  const values = JSON.parse(line) as Cell[];
  values.push(values.shift() ?? 0);
  return values;
};

/** Columns of `table` that name a row, and of which table. */
export const referencesOf = (table: TableName): readonly (readonly [string, TableName])[] =>
  columnsOf(table).flatMap(([name, { references }]) =>
    references !== undefined && isTable(references) ? [[name, references] as const] : [],
  );

/** Columns anywhere that name a row of `table`. */
export const referrers = (table: TableName): readonly (readonly [TableName, string])[] =>
  tableNames.flatMap((other) =>
    columnsOf(other)
      .filter(([, column]) => column.references === table)
      .map(([name]) => [other, name] as const),
  );
