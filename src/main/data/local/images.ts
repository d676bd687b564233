import type { TableName } from '#shared/sync/catalogue.ts';
import type { LocalContext } from './context.ts';
import type { Rebase, RowKey } from './rebase.ts';
import { fromLine, referencesOf, rowSql } from './rows.ts';
import { asReplica } from './signed.ts';

/** Whole rows as the centre has them, in the lines of `boot_page`. */
export interface Images {
  readonly table: TableName;
  readonly lines: readonly string[];
}

/** Rows of tables whose history is still arriving that these name, and that are neither here nor among them. */
export const lacking = (
  { statements }: Pick<LocalContext, 'statements'>,
  arriving: readonly TableName[],
  images: readonly Images[],
): readonly RowKey[] => {
  const named = images.flatMap(({ table, lines }) => {
    const pointers = referencesOf(table).filter(([, target]) => arriving.includes(target));
    if (pointers.length === 0) return [];
    return lines.flatMap((line) => {
      const values = fromLine(line);
      return pointers.flatMap(([column, tbl]) => {
        const pk = values[rowSql[table].columns.indexOf(column)];
        return typeof pk === 'string' ? [{ tbl, pk }] : [];
      });
    });
  });
  return named.filter(({ tbl, pk }) => statements.get(rowSql[tbl].has, pk) === undefined);
};

/**
 * Puts the centre's rows in place where they are newer than what is here, inside the caller's transaction. Of a row with
 * local work only the base image moves; those are returned, to be replayed.
 */
export const putImages = (
  { db, statements }: Pick<LocalContext, 'db' | 'statements'>,
  rebase: Rebase,
  { table, lines }: Images,
): readonly RowKey[] => {
  const anyBase = rebase.any();
  const put = statements.prepare(rowSql[table].putNewer);
  const idAt = rowSql[table].columns.indexOf('id');
  const dirty: RowKey[] = [];
  asReplica({ db }, () => {
    for (const line of lines) {
      const values = fromLine(line);
      const row: RowKey = { tbl: table, pk: String(values[idAt]) };
      const base = anyBase ? rebase.base(row) : undefined;
      if (base === undefined) {
        put.run(values);
        continue;
      }
      const version = Number(values.at(-1));
      if (version > base.version) rebase.setBase(row, values.slice(0, -1), version);
      dirty.push(row);
    }
  });
  return dirty;
};
