import type { Cells, MutationChange } from '#shared/sync/wire.ts';
import type { Applying } from './applying.ts';
import { closerOf, holdsSlot, overlap, rowsOf, samePatient } from './constraints.ts';
import { keep, madeId, stampOf } from './keep.ts';
import { applyChange, together } from './merge.ts';
import { populated, Refused } from './rules.ts';
import type { ModelRow } from './state.ts';
import { withVersions } from './versions.ts';

export type Outcome = 'applied' | 'merged' | 'needs_review';

const addTask = ({ tx, device, mutation }: Applying, pk: string, code: string, reason: string) => {
  const appointment = tx.row('appointment', pk);
  const id = madeId(mutation, pk, code);
  if (appointment === undefined || tx.row('task', id) !== undefined) return;
  tx.insert('task', {
    id,
    code,
    status: 'requested',
    patient_id: appointment.cells.patient_id ?? null,
    appointment_id: pk,
    owner_device: device.id,
    reason,
    created_at: tx.now,
  });
};

/** What a merge means that an appointment lost some fields in. */
const lostDecision = (applying: Applying, pk: string): Outcome => {
  const { tx, mutation } = applying;
  if (tx.row('conflict', madeId(mutation, pk, 'field/decision')) === undefined) return 'merged';
  applying.review(null, 'changed-elsewhere');
  addTask(applying, pk, 'move-refused', 'changed-elsewhere');
  return 'needs_review';
};

const busyReasons: Readonly<Record<string, string>> = {
  appointment_practitioner_busy: 'practitioner-busy',
  appointment_room_busy: 'room-busy',
  appointment_practitioner_left: 'practitioner-left',
  appointment_place_closed: 'place-closed',
};

/** The appointment that has the slot `wanted` wants. */
const takerOf = ({ state }: Applying, wanted: Cells, reason: string): ModelRow | undefined =>
  [...rowsOf(state, 'appointment').values()]
    .filter(({ cells }) => {
      if (cells.id === wanted.id || !holdsSlot(cells) || !overlap(cells, wanted)) return false;
      if (reason === 'practitioner-busy') return cells.practitioner_id === wanted.practitioner_id;
      if (reason === 'room-busy') return cells.room_id === wanted.room_id;
      return reason === 'patient-busy' && samePatient(state, cells.patient_id, wanted.patient_id);
    })
    .sort(({ cells: a }, { cells: b }) => (`${a.start_at} ${a.id}` < `${b.start_at} ${b.id}` ? -1 : 1))[0];

/** Keeps an appointment's values that met a taken slot, and says whose appointment took it. */
const loseSlot = (applying: Applying, pk: string, values: Cells, reason: string) => {
  const held = applying.tx.row('appointment', pk);
  if (held === undefined) return;
  const wanted = { ...held.cells, ...populated('appointment', values) };
  const taker = takerOf(applying, wanted, reason);
  const closer = closerOf(applying.state, wanted, reason);
  const differing = Object.entries(held.cells).filter(
    ([column, value]) => Object.hasOwn(values, column) && values[column] !== value,
  );
  const stamp =
    taker &&
    (together.appointment ?? []).map((column) => stampOf(taker, column)).sort(([a], [b]) => b - a)[0];
  const keeper = taker ?? closer;
  keep(applying, {
    kind: 'slot',
    part: '',
    tbl: 'appointment',
    pk,
    patient: held.cells.patient_id ?? null,
    reason,
    attempted: values,
    kept: {
      ...Object.fromEntries(differing),
      ...(held.cells.needs_rebooking === 1 ? { needs_rebooking: 1 } : {}),
      taken_by: taker?.cells.id ?? null,
    },
    keeper: keeper === undefined ? null : String(keeper.cells.id),
    stamp: stamp ?? (closer && stampOf(closer, 'active')) ?? null,
  });
};

/** An appointment whose mutation met a taken slot: the loser is kept, and a task says who must look at it. */
const applySlot = (applying: Applying, change: MutationChange): Outcome => {
  const { tx } = applying;
  const { op, pk, values } = change;
  let reason: string;
  try {
    return tx.savepoint(() => (applyChange(applying, change) ? lostDecision(applying, pk) : 'applied'));
  } catch (error) {
    if (!(error instanceof Refused) || error.sqlstate !== '23P01') throw error;
    reason = busyReasons[error.constraint ?? ''] ?? 'patient-busy';
  }
  if (op === 'insert') applyChange(applying, { ...change, values: { ...values, needs_rebooking: 1 } });
  loseSlot(applying, pk, values, reason);
  applying.review('23P01', reason);
  addTask(applying, pk, op === 'insert' ? 'rebook-appointment' : 'move-refused', reason);
  return 'needs_review';
};

/** All changes of one mutation, in order. */
export const applyMutation = (applying: Applying, changes: readonly MutationChange[]): Outcome => {
  let status: Outcome = 'applied';
  for (const change of changes) {
    const { tbl, op, pk, base, values } = change;
    if ((op !== 'insert' && op !== 'update') || pk == null || base == null || values == null) {
      throw new Refused('CH102', 'a change needs tbl, op (insert or update), pk, base and values');
    }
    const outcome: Outcome =
      tbl === 'appointment'
        ? applySlot(applying, change)
        : withVersions(applying, tbl, pk, () => applyChange(applying, change))
          ? 'merged'
          : 'applied';
    if (outcome === 'needs_review' || status === 'applied') status = outcome;
  }
  return status;
};
