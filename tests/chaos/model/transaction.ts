import { createHash } from 'node:crypto';
import { catalogue, columnsOf, type TableName } from '#shared/sync/catalogue.ts';
import type { Cells } from '#shared/sync/wire.ts';
import {
  checkClosed,
  checkLeaving,
  checkNamed,
  checkNames,
  checkSlot,
  checkUnique,
  rowsOf,
} from './constraints.ts';
import { beforeWrite, refuseDelete } from './guards.ts';
import { checkRow, populated, Refused } from './rules.ts';
import {
  join,
  joinFamily,
  patientOfRow,
  placed,
  type ScopeContext,
  settleMembers,
  writeCharts,
} from './scope.ts';
import type { ModelChange, ModelRow, ModelState } from './state.ts';

/** One transaction at the centre: writes rows, captures them for the ledger, and can be taken back in part or whole. */
export interface Transaction {
  readonly state: ModelState;
  readonly writer: number;
  /** The centre's clock. */
  readonly now: string;
  insert(tbl: TableName, values: Cells): void;
  update(tbl: TableName, pk: string, values: Cells): void;
  delete(tbl: TableName, pk: string): void;
  row(tbl: TableName, pk: string): ModelRow | undefined;
  /** This transaction's own change that gave a row this version. */
  changeOf(pk: string, version: number): ModelChange | undefined;
  /** Changes from now on are of this mutation. */
  mutation(n: number | null): void;
  /** What the centre itself writes, not the workstation it writes for. */
  byCentre<T>(work: () => T): T;
  /** A patient comes into a workstation's scope; false when it was there. */
  join(patient: string, audience: string, through: readonly string[]): boolean;
  /** Something else that a rollback must take back. */
  undo(step: () => void): void;
  /** All of `work` or, when it throws, nothing of it. */
  savepoint<T>(work: () => T): T;
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const entire = (tbl: TableName, cells: Cells): Cells =>
  Object.fromEntries(columnsOf(tbl).map(([column]) => [column, cells[column] ?? null]));

const onlyAdded = (tbl: TableName) => {
  if (catalogue[tbl].policy === 'append') throw new Refused('CH102', `rows of ${tbl} are only ever added`);
};

/** What can be taken back, step by step. */
const createUndo = () => {
  const steps: (() => void)[] = [];
  return {
    add: (step: () => void) => void steps.push(step),
    mark: () => steps.length,
    backTo: (length: number) => {
      while (steps.length > length) steps.pop()?.();
    },
  };
};

const isOpenOrClosed = (tbl: TableName): boolean =>
  tbl === 'practitioner' || tbl === 'location' || tbl === 'practitioner_location';

const createTransaction = (
  state: ModelState,
  writer: number,
  now: string,
  changes: ModelChange[],
  undo: ReturnType<typeof createUndo>,
  scope: ScopeContext,
): Transaction => {
  let mutation: number | null = null;
  let centre = writer === 0;

  const put = (tbl: TableName, pk: string, row: ModelRow | undefined) => {
    const rows = rowsOf(state, tbl);
    const before = rows.get(pk);
    undo.add(() => (before === undefined ? rows.delete(pk) : rows.set(pk, before)));
    if (row === undefined) rows.delete(pk);
    else rows.set(pk, row);
  };
  const capture = (change: Omit<ModelChange, 'mutation' | 'scope'>, cells: Cells) => {
    changes.push({ ...change, mutation, scope: patientOfRow(change.tbl, cells) });
    undo.add(() => changes.pop());
  };

  const insert = (tbl: TableName, values: Cells) => {
    const asked = entire(tbl, populated(tbl, values));
    const held = tx.row(tbl, String(asked.id));
    if (held !== undefined && catalogue[tbl].policy === 'last-write')
      return update(tbl, String(asked.id), asked);
    const cells = beforeWrite(tx, tbl, asked, null, centre);
    if (tbl === 'appointment') checkClosed(state, cells, null, now);
    checkRow(tbl, cells);
    const pk = String(cells.id);
    if (held !== undefined) {
      throw new Refused('23505', `duplicate key value violates unique constraint "${tbl}_pkey"`);
    }
    checkUnique(state, tbl, cells);
    if (tbl === 'appointment') checkSlot(state, cells, null);
    put(tbl, pk, { cells, version: 1, fields: { '*': [1, writer] } });
    checkNames(state, tbl, cells, Object.keys(cells));
    if (isOpenOrClosed(tbl)) checkLeaving(state, tbl, cells, null, now);
    capture({ tbl, pk, op: 'insert', v: 1, patch: cells }, cells);
    placed(scope, tbl, cells, null);
  };

  const update = (tbl: TableName, pk: string, values: Cells) => {
    const held = tx.row(tbl, pk);
    if (held === undefined) return;
    onlyAdded(tbl);
    const cells = beforeWrite(tx, tbl, { ...held.cells, ...populated(tbl, values) }, held.cells, centre);
    if (tbl === 'appointment') checkClosed(state, cells, held.cells, now);
    checkRow(tbl, cells);
    const changed = Object.keys(cells).filter((column) => cells[column] !== held.cells[column]);
    if (changed.length === 0) return;
    checkUnique(state, tbl, cells);
    if (tbl === 'appointment') checkSlot(state, cells, held.cells);
    const version = held.version + 1;
    const stamps = Object.fromEntries(changed.map((column) => [column, [version, writer] as const]));
    put(tbl, pk, { cells, version, fields: { ...held.fields, ...stamps } });
    checkNames(state, tbl, cells, changed);
    if (isOpenOrClosed(tbl)) checkLeaving(state, tbl, cells, held.cells, now);
    const patch = Object.fromEntries(
      columnsOf(tbl).flatMap(([column]) =>
        changed.includes(column) ? [[column, cells[column] ?? null]] : [],
      ),
    );
    capture({ tbl, pk, op: 'update', v: version, patch }, cells);
    if (tbl === 'patient' && changed.includes('merged_into') && cells.merged_into !== null)
      joinFamily(scope, pk);
    placed(scope, tbl, cells, held.cells);
  };

  const tx: Transaction = {
    state,
    writer,
    now,
    row: (tbl, pk) => rowsOf(state, tbl).get(pk),
    changeOf: (pk, version) => changes.findLast((change) => change.pk === pk && change.v === version),
    mutation: (n) => {
      mutation = n;
    },
    byCentre: (work) => {
      const before = centre;
      centre = true;
      try {
        return work();
      } finally {
        centre = before;
      }
    },
    join: (patient, audience, through) => join(scope, patient, audience, through),
    undo: undo.add,
    insert,
    update,
    delete: (tbl, pk) => {
      const held = tx.row(tbl, pk);
      if (held === undefined) return;
      onlyAdded(tbl);
      refuseDelete(tbl, held.cells);
      checkNamed(state, tbl, pk);
      put(tbl, pk, undefined);
      capture({ tbl, pk, op: 'delete', v: held.version + 1, patch: {} }, held.cells);
      placed(scope, tbl, null, held.cells);
    },
    savepoint: (inner) => {
      const mark = undo.mark();
      try {
        return inner();
      } catch (error) {
        undo.backTo(mark);
        throw error;
      }
    },
  };
  return tx;
};

/** Runs `work` as one transaction; its place in the order is decided at the end. Returns its seq, or null when nothing changed. */
export const transact = (
  state: ModelState,
  writer: number,
  now: string,
  work: (tx: Transaction) => void,
): number | null => {
  const changes: ModelChange[] = [];
  const undo = createUndo();
  const scope: ScopeContext = {
    state,
    undo: undo.add,
    joined: new Set(),
    capture: (change) => {
      changes.push({ ...change, mutation: null });
      undo.add(() => changes.pop());
    },
  };
  try {
    work(createTransaction(state, writer, now, changes, undo, scope));
    writeCharts(scope);
  } catch (error) {
    undo.backTo(0);
    throw error;
  }
  if (changes.length === 0) return null;
  const groups = state.split ? changes.map((change) => [change]) : [changes];
  for (const group of groups) commit(state, writer, now, group);
  settleMembers(scope, state.seq);
  return state.seq;
};

/** The transaction takes its place. One too large to be pulled in one piece raises the low water instead. */
const commit = (state: ModelState, writer: number, at: string, changes: readonly ModelChange[]): void => {
  const lines = changes.map(
    ({ tbl, pk, op, v, patch }) => `${tbl}/${pk}/${op}/${v}/${JSON.stringify(patch)}`,
  );
  const bytes = changes.reduce((sum, { patch }) => sum + JSON.stringify(patch).length + 130, 0);
  state.seq += 1;
  state.chain = sha256(`${state.chain}/${state.seq}/${sha256(lines.join('\n'))}`);
  state.ledger.push({ seq: state.seq, chain: state.chain, writer, bytes, at, changes });
  if (changes.length > state.mostChanges) state.lowWater = state.seq;
};
