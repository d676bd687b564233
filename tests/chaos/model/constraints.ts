import { columnsOf, type TableName, tableNames } from '#shared/sync/catalogue.ts';
import type { Cell, Cells } from '#shared/sync/wire.ts';
import { Refused } from './rules.ts';
import type { ModelRow, ModelState } from './state.ts';

/** What PostgreSQL checks across rows: unique values, slots that are taken, who left and what closed, rows that are named. */

export const rowsOf = (state: ModelState, tbl: TableName): Map<string, ModelRow> => {
  const rows = state.rows.get(tbl);
  if (rows === undefined) throw new Refused('42P01', `relation "${tbl}" does not exist`);
  return rows;
};

/** Columns that no two rows share, in the order PostgreSQL looks at them. */
const uniques: Partial<
  Record<TableName, readonly (readonly [constraint: string, columns: readonly string[]])[]>
> = {
  location: [['location_source', ['source']]],
  practitioner: [['practitioner_source', ['source']]],
  staff_account: [['staff_account_username', ['username']]],
  patient: [
    ['patient_mrn', ['mrn']],
    ['patient_source', ['source']],
  ],
  appointment: [['appointment_source', ['source']]],
  preference: [['preference_once', ['account_id', 'key']]],
  invoice: [['invoice_fiscal_number', ['series', 'fiscal_number']]],
  practitioner_location: [['practitioner_location_once', ['practitioner_id', 'location_id']]],
};

const folded = (column: string, value: Cell | undefined): Cell =>
  column === 'username' ? String(value).toLowerCase() : (value ?? null);

export const checkUnique = (state: ModelState, tbl: TableName, cells: Cells): void => {
  for (const [constraint, columns] of uniques[tbl] ?? []) {
    const key = (row: Cells) => columns.map((column) => folded(column, row[column]));
    const wanted = key(cells);
    if (wanted.includes(null)) continue;
    for (const [pk, other] of rowsOf(state, tbl)) {
      if (pk !== cells.id && key(other.cells).every((value, index) => value === wanted[index])) {
        throw new Refused(
          '23505',
          `duplicate key value violates unique constraint "${constraint}"`,
          constraint,
        );
      }
    }
  }
};

const holding = ['proposed', 'pending', 'booked', 'arrived', 'checked-in'];

export const holdsSlot = ({ status, overbooked, needs_rebooking, voided_at }: Cells): boolean =>
  holding.includes(String(status)) &&
  overbooked === 0 &&
  needs_rebooking === 0 &&
  (voided_at ?? null) === null;

export const overlap = (one: Cells, other: Cells): boolean =>
  String(one.start_at) < String(other.end_at) && String(other.start_at) < String(one.end_at);

/** Whether somebody is still to come, by the clock of the centre. */
const isAhead = ({ status, needs_rebooking, voided_at, end_at }: Cells, now: string): boolean =>
  ['proposed', 'pending', 'booked'].includes(String(status)) &&
  needs_rebooking === 0 &&
  (voided_at ?? null) === null &&
  String(end_at) > now;

/** The row that says that somebody left, or that a place is closed. */
export const closerOf = (state: ModelState, wanted: Cells, reason: string): ModelRow | undefined => {
  const isClosed = (row: ModelRow | undefined) => row?.cells.active === 0;
  const places = [wanted.location_id, wanted.room_id].filter((id) => id != null).map(String);
  const found =
    reason === 'practitioner-left'
      ? [
          rowsOf(state, 'practitioner').get(String(wanted.practitioner_id)),
          ...[...rowsOf(state, 'practitioner_location').values()].filter(
            ({ cells }) =>
              cells.practitioner_id === wanted.practitioner_id && cells.location_id === wanted.location_id,
          ),
        ]
      : places.toSorted().map((id) => rowsOf(state, 'location').get(id));
  return found.find(isClosed);
};

/** Nobody is booked with who left, or where it is closed. */
export const checkClosed = (state: ModelState, cells: Cells, before: Cells | null, now: string): void => {
  if (!isAhead(cells, now)) return;
  const decided = ['practitioner_id', 'location_id', 'room_id', 'start_at'];
  if (before !== null && isAhead(before, now) && decided.every((column) => cells[column] === before[column]))
    return;
  if (closerOf(state, cells, 'practitioner-left') !== undefined)
    throw new Refused('23P01', 'the practitioner left', 'appointment_practitioner_left');
  if (closerOf(state, cells, 'place-closed') !== undefined)
    throw new Refused('23P01', 'the place is closed', 'appointment_place_closed');
};

/** Nobody leaves, and nothing closes, while somebody is booked there. */
export const checkLeaving = (
  state: ModelState,
  tbl: TableName,
  cells: Cells,
  before: Cells | null,
  now: string,
): void => {
  const leaves =
    cells.active === 0 && (before === null ? tbl === 'practitioner_location' : before.active === 1);
  if (!leaves) return;
  const isThere = (booked: Cells): boolean => {
    if (tbl === 'practitioner') return booked.practitioner_id === cells.id;
    if (tbl === 'location') return booked.location_id === cells.id || booked.room_id === cells.id;
    return booked.practitioner_id === cells.practitioner_id && booked.location_id === cells.location_id;
  };
  const booked = [...rowsOf(state, 'appointment').values()].some(
    (row) => isAhead(row.cells, now) && isThere(row.cells),
  );
  if (booked) throw new Refused('CH107', 'appointments are booked there');
};

const busy = [
  ['appointment_practitioner_busy', 'practitioner_id'],
  ['appointment_room_busy', 'room_id'],
  ['appointment_patient_busy', 'patient_id'],
] as const;

/** The record that goes on, for a patient that was merged. */
export const patientRoot = (state: ModelState, id: string): string => {
  const patients = rowsOf(state, 'patient');
  const seen = new Set<string>();
  let at = id;
  for (;;) {
    const into = patients.get(at)?.cells.merged_into ?? null;
    if (into === null || seen.has(at)) return at;
    seen.add(at);
    at = String(into);
  }
};

export const samePatient = (state: ModelState, one: Cell | undefined, other: Cell | undefined): boolean =>
  one === other || patientRoot(state, String(one)) === patientRoot(state, String(other));

/** Nobody and no room twice in one instant; a person under two records is one. */
export const checkSlot = (state: ModelState, cells: Cells, before: Cells | null): void => {
  if (!holdsSlot(cells)) return;
  const others = [...rowsOf(state, 'appointment').values()].filter(
    (other) => other.cells.id !== cells.id && holdsSlot(other.cells) && overlap(other.cells, cells),
  );
  for (const [constraint, column] of busy) {
    if ((cells[column] ?? null) === null) continue;
    if (others.some((other) => other.cells[column] === cells[column])) {
      throw new Refused(
        '23P01',
        `conflicting key value violates exclusion constraint "${constraint}"`,
        constraint,
      );
    }
  }
  const moved =
    before === null ||
    !holdsSlot(before) ||
    ['patient_id', 'start_at', 'end_at'].some((column) => before[column] !== cells[column]);
  if (moved && others.some((other) => samePatient(state, other.cells.patient_id, cells.patient_id))) {
    throw new Refused('23P01', 'the patient is elsewhere in that time', 'appointment_patient_busy');
  }
};

export const checkNames = (
  state: ModelState,
  tbl: TableName,
  cells: Cells,
  changed: readonly string[],
): void => {
  for (const [column, { references }] of columnsOf(tbl)) {
    const named = cells[column] ?? null;
    if (references === undefined || named === null || !changed.includes(column)) continue;
    if (!rowsOf(state, references as TableName).has(String(named))) {
      throw new Refused('23503', `insert or update on table "${tbl}" violates foreign key constraint`);
    }
  }
};

export const checkNamed = (state: ModelState, tbl: TableName, pk: string): void => {
  for (const other of tableNames) {
    for (const [column, { references }] of columnsOf(other)) {
      if (references !== tbl) continue;
      for (const [id, { cells }] of rowsOf(state, other)) {
        if (cells[column] === pk && !(other === tbl && id === pk)) {
          throw new Refused('23503', `update or delete on table "${tbl}" violates foreign key constraint`);
        }
      }
    }
  }
};
