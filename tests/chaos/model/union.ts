import type { TableName } from '#shared/sync/catalogue.ts';
import type { Cells, MutationChange } from '#shared/sync/wire.ts';
import type { Applying } from './applying.ts';
import { keep, type Stamp, stampOf } from './keep.ts';
import type { ModelRow } from './state.ts';

/** The policy `union`: who voids a row without knowing of an edit loses, whichever of the two came first. */

const voids = ['voided_at', 'voided_by', 'void_reason'];

const part = (cells: Cells, wanted: (column: string) => boolean): Cells =>
  Object.fromEntries(Object.entries(cells).filter(([column]) => wanted(column)));

interface Parted {
  readonly values: Cells;
  readonly parted: boolean;
}

/** A void that does not know of an edit: the edit stands. */
export const unionBefore = (
  applying: Applying,
  tbl: TableName,
  { pk, base, values }: MutationChange,
  held: ModelRow,
): Parted => {
  const edits = Object.entries(held.fields).filter(
    ([column, [version, writer]]) =>
      !voids.includes(column) && version > base && writer !== applying.device.no,
  );
  if (!Object.hasOwn(values, 'voided_at') || edits.length === 0) return { values, parted: false };
  const stamp = edits.map(([, one]): Stamp => one).sort(([a], [b]) => b - a)[0];
  keep(applying, {
    kind: 'field',
    part: 'void',
    tbl,
    pk,
    patient: held.cells.patient_id ?? null,
    reason: 'changed-elsewhere',
    attempted: part(values, (column) => voids.includes(column)),
    kept: part(held.cells, (column) => edits.some(([edited]) => edited === column)),
    keeper: pk,
    stamp: stamp ?? null,
  });
  return { values: part(values, (column) => !voids.includes(column)), parted: true };
};

/** An edit that does not know of a void: the void is taken back. */
export const unionAfter = (
  applying: Applying,
  tbl: TableName,
  { pk, base, values }: MutationChange,
  held: ModelRow,
): Parted => {
  const stamp = stampOf(held, 'voided_at');
  const unknown = stamp[0] > base && stamp[1] !== applying.device.no;
  const edits = Object.keys(values).length > 0 && !Object.hasOwn(values, 'voided_at');
  if (held.cells.voided_at == null || !edits || !unknown) return { values, parted: false };
  keep(applying, {
    kind: 'field',
    part: 'void',
    tbl,
    pk,
    patient: held.cells.patient_id ?? null,
    reason: 'changed-elsewhere',
    attempted: part(held.cells, (column) => voids.includes(column)),
    kept: values,
    keeper: pk,
    stamp,
    laterStands: true,
  });
  return { values: { ...values, voided_at: null, voided_by: null, void_reason: null }, parted: true };
};
