import type { FeatureDeps } from '#main/core/deps.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import { stepOf, writeStep } from '#shared/domain/appointments/change-step.ts';
import { callCode, type stepCodes } from '#shared/domain/appointments/task-codes.ts';
import { moved } from '#shared/domain/appointments/transitions.ts';
import type { Resolution } from '#shared/domain/conflicts/conflict.ts';
import { type ErrorCode, ok, type Result } from '#shared/kernel/result.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { columnsOf, completeTasks, type Patch, stateOf } from '../booking.ts';
import { findPlace } from '../placing.ts';
import type { AppointmentRow } from '../repository.ts';

/** Thrown within a mutation so that nothing of it is written: what is in the way, by appointment. */
export class Impossible extends Error {
  readonly fields: Readonly<Record<string, ErrorCode>>;
  constructor(fields: Readonly<Record<string, ErrorCode>>) {
    super('part of what was to be done together can no longer be done');
    this.fields = fields;
  }
}

/** One change of many appointments, as it is written. */
export interface Doing {
  readonly deps: FeatureDeps;
  readonly writer: LocalWriter;
  /** The absence, or the change itself: the steps of it name it. */
  readonly causeId: string;
  readonly code: (typeof stepCodes)[number];
  readonly at: string;
  readonly by: string | null;
}

export interface Change {
  readonly patch: Patch;
  /** What the patient has to be told; null where it is nothing to the patient. */
  readonly tell: 'move' | 'cancel' | null;
  /** What becomes of what was to be decided about the appointment; null: it stays. */
  readonly resolution: Resolution | null;
}

export const minutesOf = (row: Pick<AppointmentRow, 'start_at' | 'end_at'>): number =>
  Math.round((Date.parse(row.end_at) - Date.parse(row.start_at)) / 60_000);

/** A cancelled appointment, of which the patient has to be told. */
export const cancelled = ({ at }: Doing, reason: string): Change => ({
  patch: { status: 'cancelled', cancel_reason: reason, stage_at: at, patient_status: 'needs-action' },
  tell: 'cancel',
  resolution: 'superseded',
});

/** An appointment elsewhere at its site. The place is looked for among what this mutation has written so far. */
export const movedTo = (
  { deps }: Doing,
  row: AppointmentRow,
  to: { readonly practitionerId: string; readonly startLocal: string },
): Result<Change> => {
  const place = findPlace(deps, {
    patientId: row.patient_id,
    practitionerId: to.practitionerId,
    locationId: row.location_id,
    startLocal: to.startLocal,
    minutes: minutesOf(row),
    visitTypeId: row.visit_type_id,
    overbook: null,
    ownHold: null,
    itself: row.id,
  });
  if (!place.ok) return place;
  return ok({
    patch: {
      patient_status: 'needs-action',
      ...columnsOf(moved(stateOf(row), false)),
      ...place.value,
      proposed_start_at: null,
      cancel_reason: null,
      // Of a time that nobody has told of yet the patient does not know.
      previous_start_at: (row.patient_status === 'needs-action' && row.previous_start_at) || row.start_at,
    },
    tell: 'move',
    resolution: 'rebooked',
  });
};

const task = (doing: Doing, row: AppointmentRow, more: Pick<RowOf<'task'>, 'code' | 'reason' | 'status'>) => {
  const isDone = more.status === 'completed';
  doing.writer.insert('task', {
    ...blank('task'),
    id: doing.deps.newId(),
    patient_id: row.patient_id,
    appointment_id: row.id,
    owner_device: null,
    created_at: doing.at,
    completed_at: isDone ? doing.at : null,
    completed_by: isDone ? doing.by : null,
    ...more,
  });
};

/** Writes what becomes of an appointment, how it was before, and that its patient is to be told. */
export const writeChange = (doing: Doing, row: AppointmentRow, { patch, tell, resolution }: Change): void => {
  const { deps, writer, causeId, code, by } = doing;
  if (resolution !== null) completeTasks(deps, writer, row.id, by, resolution);
  writer.update('appointment', row.id, patch);
  task(doing, row, {
    code,
    status: 'completed',
    reason: writeStep(stepOf(causeId, row, { ...row, ...patch })),
  });
  if (tell !== null) task(doing, row, { code: callCode, status: 'requested', reason: tell });
};
