import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import type { LocalReader, LocalWriter } from '#main/data/local/store.ts';
import type { KnownAbsence, staysBecause } from '#shared/contract/absence.ts';
import type { Output } from '#shared/contract/contract.ts';
import { type AbsenceStep, readStep, sinceStep } from '#shared/domain/appointments/absence.ts';
import { callCode } from '#shared/domain/appointments/task-codes.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { ScheduleExceptionId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { findPlace } from '../placing.ts';
import {
  type AppointmentRow,
  type ExceptionRow,
  exceptionsBetween,
  findAppointment,
  findException,
} from '../repository.ts';
import { appointmentViews, practitionerName } from '../view.ts';
import { openTasksOfCode, stepsAt } from './repository.ts';

type Because = (typeof staysBecause)[number];

interface Step {
  readonly taskId: string;
  readonly appointmentId: string;
  readonly step: AbsenceStep;
}

/** What an absence did, appointment by appointment. */
const stepsOf = (reader: LocalReader, { id, created_at }: ExceptionRow): readonly Step[] =>
  stepsAt(reader, created_at).flatMap(({ id: taskId, appointment_id: appointmentId, reason }) => {
    const step = readStep(reason);
    return step?.exceptionId === id ? [{ taskId, appointmentId, step }] : [];
  });

const mostKnown = 50;

/** See the contract. */
export const known = ({ store, clock }: FeatureDeps): readonly KnownAbsence[] => {
  // A day earlier than in UTC it may still be, west of Greenwich.
  const today = addDays(instant(clock.now()).slice(0, 10), -1);
  return exceptionsBetween(store, today, '9999-12-31')
    .filter(({ kind, practitioner_id }) => kind === 'leave' && practitioner_id !== null)
    .toSorted((a, b) => b.created_at.localeCompare(a.created_at))
    .slice(0, mostKnown)
    .flatMap((row) => {
      const changed = stepsOf(store, row).length;
      const { practitioner_family: family, practitioner_given: given } = row;
      if (changed === 0 || family === null || given === null) return [];
      return [
        {
          id: row.id as ScheduleExceptionId,
          practitionerName: practitionerName({
            ...row,
            practitioner_family: family,
            practitioner_given: given,
          }),
          startDate: row.start_date,
          endDate: row.end_date,
          startTime: row.start_time,
          endTime: row.end_time,
          name: row.name,
          changed,
        },
      ];
    });
};

interface Undoing {
  readonly deps: FeatureDeps;
  readonly writer: LocalWriter;
  readonly at: string;
  readonly by: string | null;
}

/** Puts an appointment where it was before; null when that was done, else why it stays. */
const restore = (undoing: Undoing, row: AppointmentRow, { before }: AbsenceStep): Because | null => {
  const { deps, writer, at, by } = undoing;
  const place = findPlace(deps, {
    patientId: row.patient_id,
    practitionerId: before.practitionerId,
    locationId: row.location_id,
    startLocal: before.startLocal,
    minutes: Math.round((Date.parse(row.end_at) - Date.parse(row.start_at)) / 60_000),
    visitTypeId: row.visit_type_id,
    overbook: before.overbook,
    ownHold: null,
    itself: row.id,
    back: true,
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
  for (const task of openTasksOfCode(writer, row.id, callCode))
    writer.update('task', task, { status: 'cancelled', completed_at: at, completed_by: by });
  return null;
};

/**
 * Restores what it can, again and again: where one appointment was, another of them may be until it is put back itself. What is
 * left cannot be where it was.
 */
const restoreAll = (
  undoing: Undoing,
  steps: readonly Step[],
): { readonly restored: number; readonly stays: ReadonlyMap<string, Because> } => {
  const stays = new Map<string, Because>();
  let restored = 0;
  let waiting: readonly Step[] = steps;
  for (let before = -1; before !== waiting.length; ) {
    before = waiting.length;
    waiting = waiting.filter(({ appointmentId, step }) => {
      const row = findAppointment(undoing.writer, appointmentId);
      stays.delete(appointmentId);
      if (row === undefined) return false;
      const since = sinceStep(row, step);
      if (since === 'as-before') {
        // Nobody has to be told of another time than the one there was.
        const { patientStatus: patient_status, previousStartAt: previous_start_at } = step.before;
        undoing.writer.update('appointment', appointmentId, { patient_status, previous_start_at });
        return false;
      }
      if (since !== 'as-left') {
        stays.set(appointmentId, since);
        return false;
      }
      const because = restore(undoing, row, step);
      if (because === null) restored += 1;
      else stays.set(appointmentId, because);
      return because !== null;
    });
  }
  return { restored, stays };
};

/** See the contract. */
export const takeBack = (
  deps: FeatureDeps,
  id: ScheduleExceptionId,
  { user }: Connection,
): Result<Output<'absence.takeBack'>> => {
  const row = findException(deps.store, id);
  if (row === undefined) return fail('not-found');
  const steps = stepsOf(deps.store, row);
  const by = user?.id ?? null;
  const at = instant(deps.clock.now());
  const { value } = deps.store.mutate({ kind: 'absence.take-back', user: by }, (writer) => {
    writer.update('schedule_exception', id, { voided_at: at, voided_by: by, void_reason: 'taken back' });
    const done = restoreAll({ deps, writer, at, by }, steps);
    for (const { taskId } of steps) writer.update('task', taskId, { status: 'entered-in-error' });
    return done;
  });
  deps.engine.wake();
  const rows = [...value.stays.keys()].flatMap((one) => findAppointment(deps.store, one) ?? []);
  const stays = appointmentViews(deps.store, rows).flatMap((appointment) => {
    const because = value.stays.get(appointment.id);
    return because === undefined ? [] : [{ appointment, because }];
  });
  return ok({ restored: value.restored, stays });
};
