import { catalogue } from '#shared/sync/catalogue.ts';
import type { Cells, MutationPayload } from '#shared/sync/wire.ts';
import type { ModelChange, ModelState } from '../model/state.ts';
import type { RowState, Truth } from '../truth.ts';
import type { Acknowledged } from './acknowledged.ts';
import { Violation } from './violation.ts';

const voids = ['voided_at', 'voided_by', 'void_reason'];

/** What the oracles know beside the centre: every payload that was ever sent, by its hash. */
export type Heard = ReadonlyMap<string, string>;

const payloadOf = (state: ModelState, heard: Heard, device: number, n: number): MutationPayload | null => {
  const text = heard.get(state.mutations.get(`${device}/${n}`)?.hash ?? '');
  return text === undefined ? null : (JSON.parse(text) as MutationPayload);
};

/**
 * I1 and I2 at the centre: the changes of a mutation are in one transaction, and none of them is there twice. `places`
 * tells where its changes were so far.
 */
export const onePlace = (
  change: ModelChange,
  seq: number,
  writer: number,
  places: ReadonlyMap<string, number>,
  ledger: ModelState['ledger'],
): void => {
  if (change.mutation === null) return;
  const earlier = places.get(`${writer}/${change.mutation}`);
  if (earlier === undefined || earlier === seq) return;
  const same = ledger[earlier - 1]?.changes.some(
    ({ tbl, pk, op, mutation }) =>
      mutation === change.mutation && tbl === change.tbl && pk === change.pk && op === change.op,
  );
  const where = `mutation ${change.mutation} of device ${writer} is in transactions ${earlier} and ${seq}`;
  throw new Violation(same === true ? 'I1' : 'I2', where);
};

/** What lost in a conflict about this row. */
const lostOf = (state: ModelState, pk: string): readonly Cells[] =>
  [...(state.rows.get('conflict')?.values() ?? [])]
    .filter(({ cells }) => cells.row_id === pk)
    .map(({ cells }) => JSON.parse(String(cells.attempted)) as Cells);

/** I1: what the centre has taken stays, also when the workstation that sent it was set back and knows nothing of it. */
export const takenStays = (state: ModelState, taken: readonly Acknowledged[]): void => {
  for (const { login, n, hash, desk } of taken) {
    const known = state.mutations.get(`${login}/${n}`);
    if (known?.hash === hash && known.status !== 'rejected') continue;
    throw new Violation('I1', `mutation ${n} of ${desk} was taken by the centre and is no longer there`);
  }
};

/** The void of an allergy somebody edited without knowing of it is taken back, by design, and kept as what lost. */
const voidTakenBack = (
  state: ModelState,
  { tbl, pk, patch }: ModelChange,
  column: string,
  before: RowState,
): boolean =>
  catalogue[tbl].policy === 'union' &&
  voids.includes(column) &&
  patch[column] === null &&
  lostOf(state, pk).some((attempted) => attempted[column] === before.cells?.[column]);

/** I6: rows that are only ever added never change; of a version nothing but that it is void. */
export const keptAsWritten = ({ tbl, op, pk, patch }: ModelChange, before: RowState | undefined): void => {
  const { policy } = catalogue[tbl];
  if (policy !== 'append' && policy !== 'version') return;
  if (op === 'insert' && before === undefined) return;
  const onlyVoid =
    policy === 'version' &&
    op === 'update' &&
    before?.cells?.voided_at === null &&
    Object.keys(patch).every((column) => voids.includes(column));
  if (!onlyVoid) throw new Violation('I6', `${op} of ${tbl} ${pk}, which never changes`);
};

/** I6: a workstation's change never covers what another wrote after the version it was made on. */
export const nothingOverwrittenUnseen = (
  state: ModelState,
  heard: Heard,
  change: ModelChange,
  writer: number,
  before: RowState | undefined,
): void => {
  if (change.op !== 'update' || change.mutation === null || before === undefined) return;
  if (change.tbl === 'preference') return; // The last write wins there, by design.
  const payload = payloadOf(state, heard, writer, change.mutation);
  const sent = payload?.changes.find(({ tbl, pk }) => tbl === change.tbl && pk === change.pk);
  if (sent === undefined) return;
  for (const column of Object.keys(change.patch)) {
    if (voidTakenBack(state, change, column, before)) continue;
    const [version, setter] = before.setters.get(column) ?? [0, 0];
    if (version > sent.base && setter !== writer) {
      throw new Violation(
        'I6',
        `mutation ${change.mutation} of device ${writer}, made on version ${sent.base}, wrote over ${change.tbl}.${column} of version ${version} by device ${setter}`,
      );
    }
  }
};

/** I3: numbers have no gap. */
export const seqDense = (state: ModelState): void => {
  for (const [index, { seq }] of state.ledger.entries()) {
    if (seq !== index + 1) throw new Violation('I3', `transaction ${index + 1} has the number ${seq}`);
  }
  if (state.seq !== state.ledger.length) {
    throw new Violation('I3', `the clock is at ${state.seq}, the ledger has ${state.ledger.length}`);
  }
};

/** I1: a mutation that was refused has no effect. I6: what it wanted is kept. */
const refusedHasNoEffect = (state: ModelState, truth: Truth) => {
  for (const { device, n, status, payload } of state.mutations.values()) {
    if (status !== 'applied' && payload === null) {
      throw new Violation('I6', `the text of mutation ${n} of device ${device} (${status}) is gone`);
    }
    if (status === 'rejected' && truth.places.has(`${device}/${n}`)) {
      throw new Violation('I1', `mutation ${n} of device ${device} was refused and yet is in the ledger`);
    }
  }
};

/** I6: every value a workstation sent is in the ledger, kept as the loser of a conflict, or was there already. */
const everyValueKept = (state: ModelState, truth: Truth, heard: Heard) => {
  for (const { device, n, status } of state.mutations.values()) {
    if (status === 'rejected') continue;
    const payload = payloadOf(state, heard, device, n);
    for (const { tbl, pk, values } of payload?.changes ?? []) {
      const history = truth.history(tbl as 'patient', pk);
      if (tbl === 'preference') continue; // The last write wins there, by design.
      const kept = lostOf(state, pk);
      for (const [column, value] of Object.entries(values)) {
        if (tbl === 'invoice' && column === 'fiscal_number') continue; // The centre gives it.
        const there = history.some(({ cells }) => (cells?.[column] ?? null) === value);
        if (there || kept.some((attempted) => attempted[column] === value)) continue;
        throw new Violation(
          'I6',
          `${tbl}.${column} of mutation ${n} of device ${device} (${status}) is nowhere`,
        );
      }
    }
  }
};

/** I6: where two versions follow one, and neither is void, somebody is told. */
const forksTold = (state: ModelState) => {
  const told = new Set(
    [...(state.rows.get('conflict')?.values() ?? [])]
      .filter(({ cells }) => cells.reason === 'forked')
      .map(({ cells }) => cells.row_id),
  );
  for (const tbl of ['composition', 'medication_request'] as const) {
    const following = [...(state.rows.get(tbl)?.values() ?? [])].filter(
      ({ cells }) => cells.parent_id !== null && cells.voided_at === null,
    );
    for (const [parent, versions] of Map.groupBy(following, ({ cells }) => cells.parent_id)) {
      if (versions.filter(({ cells }) => !told.has(cells.id ?? null)).length > 1) {
        throw new Violation('I6', `two versions follow ${tbl} ${parent} and nobody is told`);
      }
    }
  }
};

/** Fiscal numbers of a series are in the order of the ledger and have no gap. */
const numbersDense = (state: ModelState) => {
  const last = new Map<unknown, number>();
  for (const { changes } of state.ledger) {
    for (const { tbl, op, pk, patch } of changes) {
      if (tbl !== 'invoice' || op === 'enter' || patch.fiscal_number == null) continue;
      const series = state.rows.get('invoice')?.get(pk)?.cells.series;
      const expected = (last.get(series) ?? 0) + 1;
      if (patch.fiscal_number !== expected) {
        throw new Violation('I3', `invoice ${patch.fiscal_number} of series ${series} is not ${expected}`);
      }
      last.set(series, expected);
    }
  }
};

/** Everything that can be said of the centre alone, at the end. */
export const centreSound = (state: ModelState, truth: Truth, heard: Heard): void => {
  seqDense(state);
  refusedHasNoEffect(state, truth);
  everyValueKept(state, truth, heard);
  forksTold(state);
  numbersDense(state);
};
