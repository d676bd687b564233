import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { accountNames, idsIn, practitionerNames } from '#main/data/local/names.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { CallEntry } from '#shared/contract/call-list.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import { isToTell, patientStatusAfter } from '#shared/domain/appointments/answer.ts';
import { readStep } from '#shared/domain/appointments/change-step.ts';
import { callCode, stepCodes } from '#shared/domain/appointments/task-codes.ts';
import { wallTimeAt } from '#shared/domain/appointments/wall-time.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { PractitionerId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank, type LocalRowOf } from '#shared/sync/catalogue.ts';
import { type AppointmentRow, findAppointment } from '../repository.ts';
import { appointmentViews } from '../view.ts';
import { appointmentsToTell, phonesOf, tasksAbout } from './repository.ts';

type TaskRow = LocalRowOf<'task'>;

const isStep = (code: string): boolean => (stepCodes as readonly string[]).includes(code);

/** A note that says nothing but that nobody answered. */
const noNote = 'not-reached';

/** Who the patient was to see before, as the latest change of many that it was part of tells. */
const doctorBefore = (row: AppointmentRow, tasks: readonly TaskRow[]): string => {
  const steps = tasks.filter(({ code, status }) => isStep(code) && status === 'completed');
  const step = readStep(steps.at(-1)?.reason ?? '');
  return step?.before.practitionerId ?? row.practitioner_id;
};

const day = 86_400_000;

/** See the contract. */
const list = ({ store, clock }: FeatureDeps): CallEntry[] => {
  const rows = appointmentsToTell(store, instant(clock.now() - day));
  const ids = rows.map((row) => row.id);
  const tasks = Map.groupBy(tasksAbout(store, ids), (task) => task.appointment_id);
  const phones = phonesOf(store, [...new Set(rows.map((row) => row.patient_id))]);
  const before = rows.map((row) => doctorBefore(row, tasks.get(row.id) ?? []));
  const names = practitionerNames(store, idsIn(before));
  const failed = (id: string) =>
    (tasks.get(id) ?? []).filter(({ code, status }) => code === callCode && status === 'failed');
  const accounts = accountNames(store, idsIn(ids.flatMap(failed).map((task) => task.completed_by)));
  const entries = appointmentViews(store, rows).map((view, index): CallEntry => {
    const { id, patientId, patientName, patientMrn, patientPhone, locationName, startLocal, startAt } = view;
    const { practitionerId, practitionerName, cancelReason, certainty, status } = view;
    const previous = rows[index]?.previous_start_at ?? null;
    const doctor = before[index] ?? practitionerId;
    const attempts = failed(id);
    const last = attempts.at(-1);
    return {
      id,
      patientId,
      patientName,
      patientMrn,
      phones: [...new Set([patientPhone, ...(phones.get(patientId) ?? [])])].filter((one) => one !== null),
      before: {
        practitionerId: doctor as PractitionerId,
        practitionerName: names.get(doctor) ?? practitionerName,
        locationName,
        startLocal: previous === null ? startLocal : wallTimeAt(Date.parse(previous), view.timeZone),
      },
      now: status === 'cancelled' ? null : { practitionerId, practitionerName, locationName, startLocal },
      startAt,
      cancelReason,
      attempts: attempts.length,
      lastAttempt:
        last === undefined
          ? null
          : {
              at: last.completed_at ?? last.created_at,
              by: last.completed_by === null ? null : (accounts.get(last.completed_by) ?? null),
              note: last.reason === noNote ? '' : last.reason,
            },
      certainty,
    };
  });
  return entries.toSorted((a, b) => a.before.startLocal.localeCompare(b.before.startLocal));
};

/** The task of a call follows the answer: done when the patient knows, open again when that is taken back. */
const closeCall = (
  writer: LocalWriter,
  id: string,
  { isDone, at, by }: { readonly isDone: boolean; readonly at: string; readonly by: string | null },
) => {
  const wanted = isDone ? 'requested' : 'completed';
  const calls = tasksAbout(writer, [id]).filter(({ code, status }) => code === callCode && status === wanted);
  for (const task of isDone ? calls : calls.slice(-1))
    writer.update('task', task.id, {
      status: isDone ? 'completed' : 'requested',
      completed_at: isDone ? at : null,
      completed_by: isDone ? by : null,
    });
};

/** See the contract. */
const answer = (deps: FeatureDeps, input: Parsed<'calls.answer'>, { user }: Connection): Result<null> => {
  const row = findAppointment(deps.store, input.id);
  if (row === undefined) return fail('not-found');
  const isOpen = isToTell(row);
  if (row.start_at !== input.startAt || isOpen !== (input.answer !== 'open'))
    return fail('changed-meanwhile');
  const by = user?.id ?? null;
  const at = instant(deps.clock.now());
  deps.store.mutate({ kind: 'call.answer', user: by }, (writer) => {
    if (input.answer === 'not-reached') {
      writer.insert('task', {
        ...blank('task'),
        id: deps.newId(),
        code: callCode,
        status: 'failed',
        patient_id: row.patient_id,
        appointment_id: row.id,
        owner_device: null,
        reason: input.note || noNote,
        created_at: at,
        completed_at: at,
        completed_by: by,
      });
      return;
    }
    writer.update('appointment', row.id, { patient_status: patientStatusAfter(input.answer, row) });
    closeCall(writer, row.id, { isDone: input.answer === 'confirmed', at, by });
  });
  deps.engine.wake();
  return ok(null);
};

/** Whom to ring because of another time, and what came of it. */
export const callListHandlers = (deps: FeatureDeps): Handlers<'calls.list' | 'calls.answer'> => ({
  'calls.list': () => ok(list(deps)),
  'calls.answer': (input, connection) => answer(deps, input, connection),
});
