import { createHash } from 'node:crypto';
import { catalogue, columnsOf, type TableName, tableNames } from '#shared/sync/catalogue.ts';
import type { Cell, Cells } from '#shared/sync/wire.ts';
import { checkRow, populated, Refused } from './rules.ts';
import type { ModelChange, ModelRow, ModelState } from './state.ts';

/** One transaction at the centre: writes rows, captures them for the ledger, and can be taken back in part or whole. */
export interface Transaction {
  readonly writer: number;
  insert(tbl: TableName, values: Cells): void;
  update(tbl: TableName, pk: string, values: Cells): void;
  delete(tbl: TableName, pk: string): void;
  row(tbl: TableName, pk: string): ModelRow | undefined;
  /** Changes from now on are of this mutation. */
  mutation(n: number | null): void;
  /** Something else that a rollback must take back. */
  undo(step: () => void): void;
  /** All of `work` or, when it throws, nothing of it. */
  savepoint<T>(work: () => T): T;
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const holding = ['proposed', 'pending', 'booked', 'arrived', 'checked-in'];

const holdsSlot = ({ status, overbooked, needs_rebooking, voided_at }: Cells): boolean =>
  holding.includes(String(status)) &&
  overbooked === 0 &&
  needs_rebooking === 0 &&
  (voided_at ?? null) === null;

/** Columns that no two rows share, in the order PostgreSQL looks at them. */
const uniques: Partial<Record<TableName, readonly (readonly [constraint: string, column: string])[]>> = {
  location: [['location_source', 'source']],
  practitioner: [['practitioner_source', 'source']],
  staff_account: [['staff_account_username', 'username']],
  patient: [
    ['patient_mrn', 'mrn'],
    ['patient_source', 'source'],
  ],
  appointment: [['appointment_source', 'source']],
};

const folded = (column: string, value: Cell | undefined): Cell =>
  column === 'username' ? String(value).toLowerCase() : (value ?? null);

const busy = [
  ['appointment_practitioner_busy', 'practitioner_id'],
  ['appointment_room_busy', 'room_id'],
  ['appointment_patient_busy', 'patient_id'],
] as const;

const rowsOf = (state: ModelState, tbl: TableName) => {
  const rows = state.rows.get(tbl);
  if (rows === undefined) throw new Refused('42P01', `relation "${tbl}" does not exist`);
  return rows;
};

const checkUnique = (state: ModelState, tbl: TableName, cells: Cells) => {
  for (const [constraint, column] of uniques[tbl] ?? []) {
    const value = folded(column, cells[column]);
    if (value === null) continue;
    for (const [pk, other] of rowsOf(state, tbl)) {
      if (pk !== cells.id && folded(column, other.cells[column]) === value) {
        throw new Refused(
          '23505',
          `duplicate key value violates unique constraint "${constraint}"`,
          constraint,
        );
      }
    }
  }
};

const checkSlot = (state: ModelState, cells: Cells) => {
  if (!holdsSlot(cells)) return;
  for (const [constraint, column] of busy) {
    if ((cells[column] ?? null) === null) continue;
    for (const [pk, other] of rowsOf(state, 'appointment')) {
      const together =
        pk !== cells.id &&
        holdsSlot(other.cells) &&
        other.cells[column] === cells[column] &&
        String(other.cells.start_at) < String(cells.end_at) &&
        String(cells.start_at) < String(other.cells.end_at);
      if (together) {
        throw new Refused(
          '23P01',
          `conflicting key value violates exclusion constraint "${constraint}"`,
          constraint,
        );
      }
    }
  }
};

const checkNames = (state: ModelState, tbl: TableName, cells: Cells, changed: readonly string[]) => {
  for (const [column, { references }] of columnsOf(tbl)) {
    const named = cells[column] ?? null;
    if (references === undefined || named === null || !changed.includes(column)) continue;
    if (!rowsOf(state, references as TableName).has(String(named))) {
      throw new Refused('23503', `insert or update on table "${tbl}" violates foreign key constraint`);
    }
  }
};

const checkNamed = (state: ModelState, tbl: TableName, pk: string) => {
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

const entire = (tbl: TableName, cells: Cells): Cells =>
  Object.fromEntries(columnsOf(tbl).map(([column]) => [column, cells[column] ?? null]));

/** Runs `work` as one transaction; its place in the order is decided at the end. Returns its seq, or null when nothing changed. */
export const transact = (
  state: ModelState,
  writer: number,
  work: (tx: Transaction) => void,
): number | null => {
  const changes: ModelChange[] = [];
  const steps: (() => void)[] = [];
  let mutation: number | null = null;

  const put = (tbl: TableName, pk: string, row: ModelRow | undefined) => {
    const rows = rowsOf(state, tbl);
    const before = rows.get(pk);
    steps.push(() => (before === undefined ? rows.delete(pk) : rows.set(pk, before)));
    if (row === undefined) rows.delete(pk);
    else rows.set(pk, row);
  };
  const capture = (change: Omit<ModelChange, 'mutation'>) => {
    changes.push({ ...change, mutation });
    steps.push(() => changes.pop());
  };
  const backTo = (length: number) => {
    while (steps.length > length) steps.pop()?.();
  };
  const tx: Transaction = {
    writer,
    row: (tbl, pk) => rowsOf(state, tbl).get(pk),
    mutation: (n) => {
      mutation = n;
    },
    undo: (step) => steps.push(step),
    insert: (tbl, values) => {
      const cells = entire(tbl, populated(tbl, values));
      checkRow(tbl, cells);
      const pk = String(cells.id);
      if (rowsOf(state, tbl).has(pk)) {
        throw new Refused('23505', `duplicate key value violates unique constraint "${tbl}_pkey"`);
      }
      checkUnique(state, tbl, cells);
      if (tbl === 'appointment') checkSlot(state, cells);
      put(tbl, pk, { cells, version: 1, fields: { '*': [1, writer] } });
      checkNames(state, tbl, cells, Object.keys(cells));
      capture({ tbl, pk, op: 'insert', v: 1, patch: cells });
    },
    update: (tbl, pk, values) => {
      const held = rowsOf(state, tbl).get(pk);
      if (held === undefined) return;
      if (catalogue[tbl].policy === 'append')
        throw new Refused('CH102', `rows of ${tbl} are only ever added`);
      const cells = { ...held.cells, ...populated(tbl, values) };
      checkRow(tbl, cells);
      const changed = Object.keys(cells).filter((column) => cells[column] !== held.cells[column]);
      if (changed.length === 0) return;
      checkUnique(state, tbl, cells);
      if (tbl === 'appointment') checkSlot(state, cells);
      const version = held.version + 1;
      const stamps = Object.fromEntries(changed.map((column) => [column, [version, writer] as const]));
      put(tbl, pk, { cells, version, fields: { ...held.fields, ...stamps } });
      checkNames(state, tbl, cells, changed);
      const patch = Object.fromEntries(
        columnsOf(tbl).flatMap(([column]) =>
          changed.includes(column) ? [[column, cells[column] ?? null]] : [],
        ),
      );
      capture({ tbl, pk, op: 'update', v: version, patch });
    },
    delete: (tbl, pk) => {
      const held = rowsOf(state, tbl).get(pk);
      if (held === undefined) return;
      if (catalogue[tbl].policy === 'append')
        throw new Refused('CH102', `rows of ${tbl} are only ever added`);
      checkNamed(state, tbl, pk);
      put(tbl, pk, undefined);
      capture({ tbl, pk, op: 'delete', v: held.version + 1, patch: {} });
    },
    savepoint: (inner) => {
      const length = steps.length;
      try {
        return inner();
      } catch (error) {
        backTo(length);
        throw error;
      }
    },
  };
  try {
    work(tx);
  } catch (error) {
    backTo(0);
    throw error;
  }
  if (changes.length === 0) return null;
  if (!state.split) return commit(state, writer, changes);
  return changes.map((change) => commit(state, writer, [change])).at(-1) ?? null;
};

/** The transaction takes its place. One too large to be pulled in one piece raises the low water instead. */
const commit = (state: ModelState, writer: number, changes: readonly ModelChange[]): number => {
  const lines = changes.map(
    ({ tbl, pk, op, v, patch }) => `${tbl}/${pk}/${op}/${v}/${JSON.stringify(patch)}`,
  );
  const bytes = changes.reduce((sum, { patch }) => sum + JSON.stringify(patch).length + 130, 0);
  state.seq += 1;
  state.chain = sha256(`${state.chain}/${state.seq}/${sha256(lines.join('\n'))}`);
  state.ledger.push({ seq: state.seq, chain: state.chain, writer, bytes, changes });
  if (changes.length > state.mostChanges) state.lowWater = state.seq;
  return state.seq;
};
