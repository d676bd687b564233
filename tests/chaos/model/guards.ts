import { catalogue, type TableName } from '#shared/sync/catalogue.ts';
import type { Cells } from '#shared/sync/wire.ts';
import { patientRoot, rowsOf } from './constraints.ts';
import { Refused } from './rules.ts';
import type { Transaction } from './transaction.ts';

/** What the centre's triggers allow nobody, and what they fill in, before a row is written. */

const voids = ['voided_at', 'voided_by', 'void_reason'];
const settling = ['status', 'resolution', 'resolved_at', 'resolved_by'];

const changedBut = (cells: Cells, before: Cells, free: readonly string[]): boolean =>
  Object.keys(cells).some((column) => !free.includes(column) && cells[column] !== before[column]);

/** The number of an invoice is the centre's, one after the other in each series. */
const invoiceNumber = ({ state, undo }: Transaction, cells: Cells, before: Cells | null): Cells => {
  if ((cells.fiscal_number ?? null) !== (before?.fiscal_number ?? null)) {
    throw new Refused('CH102', 'the centre gives the fiscal number');
  }
  if (cells.fiscal_number != null) {
    if ((before !== null && changedBut(cells, before, ['status'])) || cells.status === 'draft') {
      throw new Refused('CH102', 'an issued invoice never changes');
    }
    return cells;
  }
  if (cells.status !== 'issued' && cells.status !== 'balanced') return cells;
  const series = String(cells.series);
  const last = state.series.get(series);
  state.series.set(series, (last ?? 0) + 1);
  undo(() => (last === undefined ? state.series.delete(series) : state.series.set(series, last)));
  return { ...cells, fiscal_number: (last ?? 0) + 1 };
};

const guardMerge = ({ state }: Transaction, cells: Cells, before: Cells | null) => {
  const into = cells.merged_into ?? null;
  if (into !== null && before === null) {
    throw new Refused('CH102', 'a patient is registered first and merged then');
  }
  if (into === null || (before !== null && before.merged_into === into)) return;
  if (into === cells.id || patientRoot(state, String(into)) === cells.id) {
    throw new Refused('CH102', 'a merge must not lead back to the same patient');
  }
};

const guardCorrection = (tx: Transaction, { corrects, patient_id }: Cells) => {
  const wrong = corrects == null ? undefined : tx.row('observation', String(corrects));
  if (wrong === undefined) return;
  const root = (patient: unknown) => patientRoot(tx.state, String(patient));
  if (root(wrong.cells.patient_id) !== root(patient_id)) {
    throw new Refused('CH102', 'an observation corrects another of the same patient');
  }
};

/** Whether a settled fork says that this version holds. */
const holdsByDecision = ({ state }: Transaction, tbl: TableName, { id, patient_id }: Cells): boolean =>
  [...rowsOf(state, 'conflict').values()].some(({ cells }) => {
    if (cells.tbl !== tbl || cells.patient_id !== patient_id || cells.status !== 'settled') return false;
    if (cells.kind !== 'version' || cells.reason !== 'forked') return false;
    const { resolution } = cells;
    const chosen = resolution === 'kept' || resolution === 'attempted' ? cells[resolution] : null;
    return chosen != null && (JSON.parse(String(chosen)) as Cells).id === id;
  });

/** Of two who settle one fork, each otherwise, the later takes nothing back. */
const orStanding = (tx: Transaction, tbl: TableName, cells: Cells, before: Cells | null): Cells => {
  if (before === null || before.voided_at != null || cells.void_reason !== 'fork-settled') return cells;
  return holdsByDecision(tx, tbl, cells)
    ? { ...cells, voided_at: null, voided_by: null, void_reason: null }
    : cells;
};

/** The row as it is written; throws {@link Refused}. `before` is null for an insert, `centre`: nobody's workstation writes. */
export const beforeWrite = (
  tx: Transaction,
  tbl: TableName,
  written: Cells,
  before: Cells | null,
  centre: boolean,
): Cells => {
  const { scope, policy } = catalogue[tbl] as { readonly scope?: string; readonly policy: string };
  const cells = policy === 'version' ? orStanding(tx, tbl, written, before) : written;
  if (before !== null && scope !== undefined && scope !== 'id' && cells[scope] !== before[scope]) {
    throw new Refused('CH102', 'the patient of a row never changes');
  }
  if (tbl === 'conflict') {
    if (before === null && !centre) throw new Refused('CH102', 'a conflict is written by the centre');
    if (before !== null && changedBut(cells, before, settling)) {
      throw new Refused('CH102', 'what a conflict keeps never changes');
    }
  }
  if (
    policy === 'version' &&
    before !== null &&
    changedBut(cells, before, before.voided_at == null ? voids : [])
  ) {
    throw new Refused('CH102', `a version of ${tbl} never changes: a correction is a new one`);
  }
  if (tbl === 'patient') guardMerge(tx, cells, before);
  if (tbl === 'observation' && before === null) guardCorrection(tx, cells);
  return tbl === 'invoice' ? invoiceNumber(tx, cells, before) : cells;
};

export const refuseDelete = (tbl: TableName, cells: Cells): void => {
  const { policy } = catalogue[tbl];
  if (policy === 'version' || policy === 'union' || tbl === 'conflict') {
    throw new Refused('CH102', `rows of ${tbl} are never deleted`);
  }
  if (tbl === 'invoice' && cells.fiscal_number != null) {
    throw new Refused('CH102', 'an invoice with a fiscal number stays');
  }
};
