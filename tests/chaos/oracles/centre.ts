import type { Cells, MutationPayload } from '#shared/sync/wire.ts';
import type { ModelChange, ModelState } from '../model/state.ts';
import type { RowState, Truth } from '../truth.ts';
import type { Acknowledged } from './desk.ts';
import { Violation } from './violation.ts';

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

/** Everything that can be said of the centre alone, at the end. */
export const centreSound = (state: ModelState, truth: Truth, heard: Heard): void => {
  seqDense(state);
  refusedHasNoEffect(state, truth);
  everyValueKept(state, truth, heard);
};
