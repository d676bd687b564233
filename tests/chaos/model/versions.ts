import { catalogue, type TableName } from '#shared/sync/catalogue.ts';
import type { Cells } from '#shared/sync/wire.ts';
import type { Applying } from './applying.ts';
import { patientRoot, rowsOf } from './constraints.ts';
import { keep, stampOf } from './keep.ts';
import { Refused } from './rules.ts';
import type { ModelRow } from './state.ts';

/** The policy `version`: two children of one parent are a fork, and both stand. */

const childrenOf = ({ state }: Applying, tbl: TableName, parent: unknown, but: string): readonly ModelRow[] =>
  [...rowsOf(state, tbl).values()]
    .filter(({ cells }) => cells.parent_id === parent && cells.id !== but && cells.voided_at == null)
    .sort(({ cells: a }, { cells: b }) => (`${a.created_at} ${a.id}` < `${b.created_at} ${b.id}` ? -1 : 1));

const part = (
  applying: Applying,
  tbl: TableName,
  cells: Cells,
  reason: string,
  attempted: Cells,
  keeper: ModelRow,
  column: string,
) => {
  keep(applying, {
    kind: 'version',
    part: reason,
    tbl,
    pk: String(cells.id),
    patient: cells.patient_id ?? null,
    reason,
    attempted,
    kept: { id: keeper.cells.id ?? null },
    keeper: String(keeper.cells.id),
    stamp: stampOf(keeper, column),
  });
  applying.review(null, reason);
};

/** After an insert: when its parent has another child, or was voided, a person must look. */
const versionAdded = (applying: Applying, tbl: TableName, cells: Cells) => {
  const { state, tx } = applying;
  const parent = tx.row(tbl, String(cells.parent_id));
  if (parent === undefined) return;
  const root = (row: Cells) => patientRoot(state, String(row.patient_id));
  if (parent.cells.id === cells.id || root(parent.cells) !== root(cells)) {
    throw new Refused('CH102', `a version of ${tbl} follows another of the same patient`);
  }
  const id = { id: cells.id ?? null };
  const [other] = childrenOf(applying, tbl, cells.parent_id, String(cells.id));
  if (other !== undefined) part(applying, tbl, cells, 'forked', id, other, '*');
  else if (parent.cells.voided_at != null)
    part(applying, tbl, cells, 'changed-elsewhere', id, parent, 'voided_at');
};

/** After a void: somebody has corrected the version already, and the correction stands. */
const versionVoided = (applying: Applying, tbl: TableName, cells: Cells) => {
  const [child] = childrenOf(applying, tbl, cells.id, '');
  if (child === undefined) return;
  const { id = null, voided_by = null, void_reason = null } = cells;
  part(applying, tbl, cells, 'changed-elsewhere', { id, voided_by, void_reason }, child, '*');
};

/** Runs `write`, which changes one row, and then what the triggers of a table of versions do. */
export const withVersions = <T>(applying: Applying, tbl: string, pk: string, write: () => T): T => {
  if ((catalogue as Readonly<Record<string, { readonly policy: string }>>)[tbl]?.policy !== 'version')
    return write();
  const table = tbl as TableName;
  const before = applying.tx.row(table, pk);
  const result = write();
  const after = applying.tx.row(table, pk);
  if (after === undefined) return result;
  if (before === undefined && after.cells.parent_id != null) versionAdded(applying, table, after.cells);
  if (before !== undefined && before.cells.voided_at == null && after.cells.voided_at != null) {
    versionVoided(applying, table, after.cells);
  }
  return result;
};
