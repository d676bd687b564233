import { catalogue, columnsOf, type TableName } from '#shared/sync/catalogue.ts';
import type { Cell, Cells, MutationChange } from '#shared/sync/wire.ts';
import type { Applying } from './applying.ts';
import { keep, type Stamp, stampOf } from './keep.ts';
import { populated, Refused } from './rules.ts';
import type { ModelRow } from './state.ts';
import { unionAfter, unionBefore } from './union.ts';

const voids = ['voided_at', 'voided_by', 'void_reason'];

/** Columns that are one decision: taken or lost together. */
export const together: Readonly<Record<string, readonly string[]>> = {
  schedule: ['weekday', 'start_time', 'end_time'],
  schedule_exception: ['start_date', 'end_date', 'start_time', 'end_time'],
  patient_link: voids,
  waitlist_entry: [
    'status',
    'offered_practitioner_id',
    'offered_location_id',
    'offered_start_at',
    'offered_at',
    'offered_until',
    'appointment_id',
    'close_reason',
  ],
  conflict: ['status', 'resolution', 'resolved_at', 'resolved_by'],
  allergy_intolerance: voids,
  composition: voids,
  medication_request: voids,
  invoice: ['patient_id', 'series', 'provisional_number', 'status', 'currency', 'total', 'issued_at'],
  appointment: [
    'practitioner_id',
    'location_id',
    'room_id',
    'start_at',
    'end_at',
    'start_local',
    'time_zone',
    'status',
    'participant_status',
    'proposed_start_at',
    'needs_rebooking',
  ],
};

/** The patient a row belongs to. */
export const patientOf = (tbl: TableName, cells: Cells): Cell =>
  (tbl === 'patient' ? cells.id : cells.patient_id) ?? null;

/** The columns that another device (or a person at the centre) set above the version the change was made on. */
const lostColumns = (
  { device, quirks, at }: Applying,
  tbl: TableName,
  { base, values }: Pick<MutationChange, 'base' | 'values'>,
  held: ModelRow,
): readonly string[] => {
  const decision = together[tbl] ?? [];
  const named = Object.keys(values);
  const asked = named.some((column) => decision.includes(column))
    ? [...new Set([...decision, ...named])]
    : named;
  const wouldChange = { ...held.cells, ...populated(tbl, values) };
  const lost = asked.filter((column) => {
    const [version, writer] = stampOf(held, column);
    if (version <= base || writer === device.no) return false;
    if (quirks.loses?.({ at, tbl, pk: String(held.cells.id), column }) === false) return false;
    return !named.includes(column) || wouldChange[column] !== held.cells[column];
  });
  if (!lost.some((column) => decision.includes(column))) return lost;
  return [...new Set([...lost, ...decision])].filter((column) => named.includes(column));
};

/** Those that are one decision are one conflict; the rest make one for each change they lost to. */
const lose = (
  applying: Applying,
  tbl: TableName,
  { pk, base, values }: MutationChange,
  lost: readonly string[],
  held: ModelRow,
) => {
  const { device } = applying;
  const decision = together[tbl] ?? [];
  const groups = Map.groupBy(new Set([...lost, ...decision]), (column) =>
    decision.includes(column) ? 'decision' : String(stampOf(held, column)[0]),
  );
  const elsewhere = (column: string) => {
    const [version, writer] = stampOf(held, column);
    return version > base && writer !== device.no;
  };
  for (const [part, columns] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const own = columns.filter((column) => lost.includes(column));
    if (own.length === 0) continue;
    const kept = columns.filter((column) => lost.includes(column) || elsewhere(column));
    const stamp = columns
      .filter(elsewhere)
      .map((column): Stamp => stampOf(held, column))
      .sort(([a], [b]) => b - a)[0];
    keep(applying, {
      kind: 'field',
      part,
      tbl,
      pk,
      patient: patientOf(tbl, held.cells),
      reason: 'changed-elsewhere',
      attempted: Object.fromEntries(own.map((column) => [column, values[column] ?? null])),
      kept: Object.fromEntries(kept.map((column) => [column, held.cells[column] ?? null])),
      keeper: pk,
      stamp: stamp ?? null,
    });
  }
};

const without = (values: Cells, columns: readonly string[]): Cells =>
  Object.fromEntries(Object.entries(values).filter(([column]) => !columns.includes(column)));

/** An update by the rules of its table's policy. True when some of it lost. */
const merged = (applying: Applying, tbl: TableName, change: MutationChange, held: ModelRow): boolean => {
  const { tx, quirks, at } = applying;
  const { pk } = change;
  const { policy } = catalogue[tbl];
  let values = change.values;
  let parted = false;
  let lost: readonly string[] = [];
  if (held.version > change.base && policy !== 'last-write') {
    if (policy === 'union') ({ values, parted } = unionBefore(applying, tbl, { ...change, values }, held));
    lost = lostColumns(applying, tbl, { ...change, values }, held);
    if (lost.length > 0) lose(applying, tbl, { ...change, values }, lost, held);
    values = without(values, lost);
    if (policy === 'union') {
      const after = unionAfter(applying, tbl, { ...change, values }, held);
      values = after.values;
      parted ||= after.parted;
    }
  }
  tx.update(tbl, pk, values);
  quirks.wrote?.({ at, tbl, pk, columns: Object.keys(values) });
  return lost.length > 0 || parted;
};

/** `apply_<table>`: true when some fields lost to an earlier change. */
export const applyChange = (applying: Applying, change: MutationChange): boolean => {
  const { tx } = applying;
  const { op, pk, values } = change;
  if (!Object.hasOwn(catalogue, change.tbl)) throw new Refused('CH102', `no such table: ${change.tbl}`);
  const tbl = change.tbl as TableName;
  const columns: readonly string[] = columnsOf(tbl).map(([column]) => column);
  if (Object.keys(values).some((column) => !columns.includes(column))) {
    throw new Refused('CH102', `no such column in ${tbl}`);
  }
  if (values.id !== undefined && String(values.id).toLowerCase() !== pk) {
    throw new Refused('CH102', 'the id of a row never changes');
  }
  if (op === 'insert') {
    tx.insert(tbl, { ...values, id: pk });
    return false;
  }
  if (catalogue[tbl].policy === 'append') throw new Refused('CH102', `rows of ${tbl} are only ever added`);
  const held = tx.row(tbl, pk);
  if (held === undefined) throw new Refused('CH101', `no such row in ${tbl}`);
  return merged(applying, tbl, change, held);
};
