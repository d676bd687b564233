import { catalogue, type SyncedTable, type TableName, tableNames } from '#shared/sync/catalogue.ts';
import { dropOrphans } from './blob-exchange.ts';
import type { LocalContext } from './context.ts';
import type { Rebase, RowKey } from './rebase.ts';
import { familySql } from './same-patient.ts';
import { asReplica } from './signed.ts';

const scopeOf = (table: TableName): string | undefined => (catalogue[table] as SyncedTable).scope;

/** The tables whose rows belong to a patient, the patient's own first. */
export const chartTables: readonly TableName[] = tableNames.filter((table) => scopeOf(table) !== undefined);

const chartRows = ({ statements }: LocalContext, patient: string): readonly RowKey[] =>
  chartTables.flatMap((tbl) =>
    statements
      .all<{ id: string }>(`SELECT id FROM ${tbl} WHERE ${scopeOf(tbl)} = ?`, patient)
      .map(({ id }) => ({ tbl, pk: id })),
  );

/** Records of one person may name each other: none is simply taken away while work waits on any. */
const hasLocalWork = ({ statements }: LocalContext, patient: string): boolean =>
  chartTables.some(
    (tbl) =>
      statements.get(
        `${familySql} SELECT 1 FROM sync_base b JOIN ${tbl} t ON t.id = b.pk
          WHERE b.tbl = ? AND t.${scopeOf(tbl)} IN (SELECT id FROM family) LIMIT 1`,
        patient,
        tbl,
      ) !== undefined,
  );

/**
 * Takes a patient's whole chart away because the patient left this workstation's scope, inside the caller's transaction. That
 * is no delete: nothing of it is remembered, so the patient may come again. While local work waits on the chart it stays in
 * sight, and goes when that work is done; the rows to look at again then are returned.
 */
export const evictPatient = (context: LocalContext, rebase: Rebase, patient: string): readonly RowKey[] => {
  if (!hasLocalWork(context, patient)) {
    const files = context.statements
      .all<{ hash: string }>('SELECT hash FROM document_reference WHERE patient_id = ?', patient)
      .map(({ hash }) => hash);
    asReplica(context, () => {
      for (const table of chartTables.toReversed()) {
        context.statements.run(`DELETE FROM ${table} WHERE ${scopeOf(table)} = ?`, patient);
      }
    });
    if (files.length > 0) dropOrphans(context.statements, files);
    return [];
  }
  const rows = chartRows(context, patient);
  for (const row of rows) rebase.setBase(row, null, 0);
  return rows;
};
