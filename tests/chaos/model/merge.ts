import { createHash } from 'node:crypto';
import { catalogue, columnsOf, type TableName } from '#shared/sync/catalogue.ts';
import type { Cells, MutationChange } from '#shared/sync/wire.ts';
import type { Quirks } from './quirks.ts';
import { populated, Refused } from './rules.ts';
import type { ModelConflict, ModelDevice, ModelRow, ModelState } from './state.ts';
import type { Transaction } from './transaction.ts';

/** What one mutation is applied with. */
export interface Applying {
  readonly state: ModelState;
  readonly tx: Transaction;
  readonly device: ModelDevice;
  readonly n: number;
  /** The mutation's own id. */
  readonly mutation: string;
  readonly user: string | null;
  readonly at: string;
  readonly now: () => string;
  readonly quirks: Quirks;
}

export type Outcome = 'applied' | 'merged' | 'needs_review';

/** Columns that are one decision: taken or lost together. */
const together: Readonly<Record<string, readonly string[]>> = {
  schedule: ['weekday', 'start_time', 'end_time'],
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

/** The same mutation always makes the same task: `clinichub.sync_task_id`. */
const taskId = (mutation: string, pk: string, code: string): string => {
  const digits = createHash('md5').update(`${mutation}/${pk}/${code}`).digest('hex').split('');
  digits[12] = '8';
  digits[16] = '8';
  const hex = digits.join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

const addConflict = ({ state, tx }: Applying, conflict: ModelConflict) => {
  state.conflicts.push(conflict);
  tx.undo(() => state.conflicts.pop());
};

const subset = (cells: Cells, columns: readonly string[]): Cells =>
  Object.fromEntries(columns.map((column) => [column, cells[column] ?? null]));

/** The columns that another device (or a person at the centre) set above the version the change was made on. */
const lostColumns = (
  { device, quirks, at }: Applying,
  { tbl, base, values }: MutationChange,
  held: ModelRow,
): readonly string[] => {
  const decision = together[tbl] ?? [];
  const named = Object.keys(values);
  const asked = named.some((column) => decision.includes(column))
    ? [...new Set([...decision, ...named])]
    : named;
  const wouldChange = { ...held.cells, ...populated(tbl as 'patient', values) };
  const lost = asked.filter((column) => {
    const [version, writer] = held.fields[column] ?? held.fields['*'] ?? [0, 0];
    if (version <= base || writer === device.no) return false;
    if (
      quirks.loses !== undefined &&
      !quirks.loses({ at, tbl: tbl as TableName, pk: String(held.cells.id), column })
    )
      return false;
    return !named.includes(column) || wouldChange[column] !== held.cells[column];
  });
  if (!lost.some((column) => decision.includes(column))) return lost;
  return [...new Set([...lost, ...decision])].filter((column) => named.includes(column));
};

/** `apply_<table>`: true when some fields lost to an earlier change. */
const applyChange = (applying: Applying, change: MutationChange): boolean => {
  const { tx, device, n, user, quirks } = applying;
  const { op, pk, base, values } = change;
  if (!Object.hasOwn(catalogue, change.tbl)) throw new Refused('CH102', `no such table: ${change.tbl}`);
  const tbl = change.tbl as 'patient';
  const columns = columnsOf(tbl).map(([column]) => column);
  if (Object.keys(values).some((column) => !columns.includes(column as 'id'))) {
    throw new Refused('CH102', `no such column in ${tbl}`);
  }
  if (values.id !== undefined && String(values.id).toLowerCase() !== pk) {
    throw new Refused('CH102', 'the id of a row never changes');
  }
  if (op === 'insert') {
    tx.insert(tbl, { ...values, id: pk });
    return false;
  }
  if (catalogue[change.tbl as keyof typeof catalogue].policy === 'append') {
    throw new Refused('CH102', `rows of ${tbl} are only ever added`);
  }
  const held = tx.row(tbl, pk);
  if (held === undefined) throw new Refused('CH101', `no such row in ${tbl}`);
  const lost = held.version > base ? lostColumns(applying, change, held) : [];
  if (lost.length > 0 && quirks.forgetsLosers !== true) {
    addConflict(applying, {
      device: device.no,
      n,
      user,
      kind: 'field',
      tbl,
      pk,
      base,
      attempted: subset(values, lost),
      kept: subset(held.cells, lost),
      reason: 'changed-elsewhere',
    });
  }
  tx.update(tbl, pk, Object.fromEntries(Object.entries(values).filter(([column]) => !lost.includes(column))));
  quirks.wrote?.({ at: applying.at, tbl, pk, columns: Object.keys(values).filter((c) => !lost.includes(c)) });
  return lost.length > 0;
};

const addTask = ({ tx, device, mutation, now }: Applying, pk: string, code: string, reason: string) => {
  const appointment = tx.row('appointment', pk);
  const id = taskId(mutation, pk, code);
  if (appointment === undefined || tx.row('task', id) !== undefined) return;
  tx.insert('task', {
    id,
    code,
    status: 'requested',
    patient_id: appointment.cells.patient_id ?? null,
    appointment_id: pk,
    owner_device: device.id,
    reason,
    created_at: now(),
  });
};

/** What a merge means that an appointment lost some fields in. */
const lostDecision = (applying: Applying, pk: string): Outcome => {
  const { state, device, n } = applying;
  const decided = state.conflicts.some(
    (conflict) =>
      conflict.device === device.no &&
      conflict.n === n &&
      conflict.pk === pk &&
      conflict.kind === 'field' &&
      Object.keys(conflict.attempted).some((column) => together.appointment?.includes(column)),
  );
  if (!decided) return 'merged';
  addTask(applying, pk, 'move-refused', 'changed-elsewhere');
  return 'needs_review';
};

const busyReasons: Readonly<Record<string, string>> = {
  appointment_practitioner_busy: 'practitioner-busy',
  appointment_room_busy: 'room-busy',
};

/** An appointment whose mutation met a taken slot: the loser is kept, and a task says who must look at it. */
const applySlot = (applying: Applying, change: MutationChange): Outcome => {
  const { tx, device, n, user } = applying;
  const { op, pk, base, values } = change;
  let reason: string;
  try {
    return tx.savepoint(() => (applyChange(applying, change) ? lostDecision(applying, pk) : 'applied'));
  } catch (error) {
    if (!(error instanceof Refused) || error.sqlstate !== '23P01') throw error;
    reason = busyReasons[error.constraint ?? ''] ?? 'patient-busy';
  }
  if (op === 'insert') {
    applyChange(applying, { ...change, values: { ...values, needs_rebooking: 1 } });
  }
  const row = tx.row('appointment', pk);
  if (row !== undefined) {
    addConflict(applying, {
      device: device.no,
      n,
      user,
      kind: 'slot',
      tbl: 'appointment',
      pk,
      base,
      attempted: values,
      kept: subset(row.cells, Object.keys(values)),
      reason,
    });
  }
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
        : applyChange(applying, change)
          ? 'merged'
          : 'applied';
    if (outcome === 'needs_review' || status === 'applied') status = outcome;
  }
  return status;
};
