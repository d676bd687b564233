import type { FeatureDeps } from '#main/core/deps.ts';
import type { LocalReader, LocalWriter } from '#main/data/local/store.ts';
import type { Restored, staysBecause } from '#shared/contract/absence.ts';
import { type ChangeStep, kindOfStep, readStep, sinceStep } from '#shared/domain/appointments/change-step.ts';
import { callCode, type stepCodes } from '#shared/domain/appointments/task-codes.ts';
import { findPlace } from '../placing.ts';
import { type AppointmentRow, appointmentsByIds, findAppointment } from '../repository.ts';
import { appointmentViews } from '../view.ts';
import { minutesOf } from './carry-out.ts';
import { openTasksOfCode, stepsAt } from './repository.ts';

type Because = (typeof staysBecause)[number];

/** A step with the task that keeps it. */
export interface Step {
  readonly taskId: string;
  readonly appointmentId: string;
  readonly step: ChangeStep;
}

/** What one change of many appointments did, appointment by appointment. */
export const stepsOfCause = (
  reader: LocalReader,
  cause: { readonly causeId: string; readonly at: string; readonly code: (typeof stepCodes)[number] },
): readonly Step[] =>
  stepsAt(reader, cause.at, cause.code).flatMap(({ id: taskId, appointment_id: appointmentId, reason }) => {
    const step = readStep(reason);
    return step?.causeId === cause.causeId ? [{ taskId, appointmentId, step }] : [];
  });

interface Undoing {
  readonly deps: FeatureDeps;
  readonly writer: LocalWriter;
  readonly at: string;
  readonly by: string | null;
}

/** Whether the patient had to be told of it. */
const wasToTell = (step: ChangeStep): boolean => ['move', 'cancel'].includes(kindOfStep(step));

/** Puts an appointment where it was before; null when that was done, else why it stays. */
const restore = (undoing: Undoing, row: AppointmentRow, step: ChangeStep): Because | null => {
  const { deps, writer, at, by } = undoing;
  const { before } = step;
  const place = findPlace(deps, {
    patientId: row.patient_id,
    practitionerId: before.practitionerId,
    locationId: row.location_id,
    startLocal: before.startLocal,
    minutes: minutesOf(row),
    visitTypeId: before.visitTypeId,
    overbook: before.overbook,
    ownHold: null,
    itself: row.id,
    back: true,
    over: kindOfStep(step) === 'no-show',
  });
  if (!place.ok) return place.error.code;
  writer.update('appointment', row.id, {
    ...place.value,
    // Beside somebody it was, and beside somebody it is again, whichever of the two is put back first.
    ...(before.overbook === null ? {} : { overbooked: 1 as const, overbook_reason: before.overbook || null }),
    status: before.status,
    participant_status: before.participantStatus,
    proposed_start_at: before.proposedStartAt,
    patient_status: before.patientStatus,
    previous_start_at: before.previousStartAt,
    cancel_reason: null,
    stage_at: null,
  });
  if (wasToTell(step))
    for (const task of openTasksOfCode(writer, row.id, callCode))
      writer.update('task', task, { status: 'cancelled', completed_at: at, completed_by: by });
  return null;
};

interface Done {
  readonly restored: number;
  readonly stays: ReadonlyMap<string, Because>;
}

/** Puts one back, or says that it has to wait for others, that it stays, or that there is nothing to do. */
const tryStep = (undoing: Undoing, { appointmentId, step }: Step): Because | 'restored' | 'nothing' => {
  const row = findAppointment(undoing.writer, appointmentId);
  if (row === undefined) return 'nothing';
  const since = sinceStep(row, step);
  if (since === 'as-left') return restore(undoing, row, step) ?? 'restored';
  if (since !== 'as-before') return since;
  // Nobody has to be told of another time than the one there was.
  const { patientStatus: patient_status, previousStartAt: previous_start_at } = step.before;
  if (wasToTell(step))
    undoing.writer.update('appointment', appointmentId, { patient_status, previous_start_at });
  return 'nothing';
};

/**
 * Restores what it can, again and again: where one appointment was, another of them may be until it is put back itself. What is
 * left cannot be where it was. The steps are done with.
 */
export const restoreAll = (undoing: Undoing, steps: readonly Step[]): Done => {
  const stays = new Map<string, Because>();
  let restored = 0;
  let waiting: readonly Step[] = steps;
  for (let before = -1; before !== waiting.length; ) {
    before = waiting.length;
    waiting = waiting.filter((one) => {
      const done = tryStep(undoing, one);
      stays.delete(one.appointmentId);
      if (done === 'restored') restored += 1;
      else if (done !== 'nothing') stays.set(one.appointmentId, done);
      return !['restored', 'nothing', 'told', 'changed'].includes(done);
    });
  }
  for (const { taskId } of steps) undoing.writer.update('task', taskId, { status: 'entered-in-error' });
  return { restored, stays };
};

/** What was put back, as the contract shows it. */
export const viewOfRestored = (
  { store }: Pick<FeatureDeps, 'store'>,
  { restored, stays }: Done,
): Restored => ({
  restored,
  stays: appointmentViews(store, appointmentsByIds(store, [...stays.keys()])).flatMap((appointment) => {
    const because = stays.get(appointment.id);
    return because === undefined ? [] : [{ appointment, because }];
  }),
});
