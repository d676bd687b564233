import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { AbsenceChoice } from '#shared/contract/absence.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { type Absence, stepOf, writeStep } from '#shared/domain/appointments/absence.ts';
import { absenceCode, callCode } from '#shared/domain/appointments/task-codes.ts';
import { moved } from '#shared/domain/appointments/transitions.ts';
import { exceptionProblems } from '#shared/domain/scheduling/problems.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { ScheduleExceptionId } from '#shared/kernel/ids.ts';
import { type ErrorCode, fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { madeImpossibleBy } from '../affected.ts';
import { columnsOf, completeTasks, type Patch, stateOf } from '../booking.ts';
import { wordOfCentre } from '../outcome.ts';
import { findPlace } from '../placing.ts';
import { type AppointmentRow, findException, specialtiesOfActive } from '../repository.ts';
import { scheduleException } from '../schedule-line.ts';

/** Thrown within a mutation so that nothing of it is written: what is in the way, by appointment. */
class Impossible extends Error {
  readonly fields: Readonly<Record<string, ErrorCode>>;
  constructor(fields: Readonly<Record<string, ErrorCode>>) {
    super('part of an absence can no longer be done');
    this.fields = fields;
  }
}

interface Doing {
  readonly deps: FeatureDeps;
  readonly writer: LocalWriter;
  readonly exceptionId: string;
  readonly at: string;
  readonly by: string | null;
}

const exceptionRow = (
  { exceptionId, at, by }: Pick<Doing, 'exceptionId' | 'at' | 'by'>,
  absence: Absence,
): RowOf<'schedule_exception'> => ({
  id: exceptionId,
  kind: 'leave',
  practitioner_id: absence.practitionerId,
  location_id: null,
  start_date: absence.startDate,
  end_date: absence.endDate,
  start_time: absence.startTime,
  end_time: absence.endTime,
  name: absence.name,
  created_at: at,
  created_by: by,
  voided_at: null,
  voided_by: null,
  void_reason: null,
});

/** What a choice makes of an appointment. The place is looked for among what this mutation has written so far. */
const patchOf = (
  { deps, at }: Doing,
  row: AppointmentRow,
  choice: Exclude<AbsenceChoice, { readonly kind: 'leave' }>,
): Result<Patch> => {
  const toTell = { patient_status: 'needs-action' } as const;
  if (choice.kind === 'cancel')
    return ok({ ...toTell, status: 'cancelled', cancel_reason: choice.reason, stage_at: at });
  const place = findPlace(deps, {
    patientId: row.patient_id,
    practitionerId: choice.practitionerId,
    locationId: row.location_id,
    startLocal: choice.startLocal,
    minutes: Math.round((Date.parse(row.end_at) - Date.parse(row.start_at)) / 60_000),
    visitTypeId: row.visit_type_id,
    overbook: null,
    ownHold: null,
    itself: row.id,
  });
  if (!place.ok) return place;
  return ok({
    ...toTell,
    ...columnsOf(moved(stateOf(row), false)),
    ...place.value,
    proposed_start_at: null,
    cancel_reason: null,
    // Of a time that nobody has told of yet the patient does not know.
    previous_start_at: (row.patient_status === 'needs-action' && row.previous_start_at) || row.start_at,
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

/** Does what was chosen for one appointment, or says what is in the way. */
const carryOut = (
  doing: Doing,
  row: AppointmentRow | undefined,
  choice: Exclude<AbsenceChoice, { readonly kind: 'leave' }>,
): Result<null> => {
  if (row === undefined) return fail('changed-meanwhile');
  const patch = patchOf(doing, row, choice);
  if (!patch.ok) return patch;
  const { deps, writer, exceptionId, by } = doing;
  completeTasks(deps, writer, row.id, by, choice.kind === 'move' ? 'rebooked' : 'superseded');
  writer.update('appointment', row.id, patch.value);
  const reason = writeStep(stepOf(exceptionId, row, { ...row, ...patch.value }));
  task(doing, row, { code: absenceCode, status: 'completed', reason });
  task(doing, row, { code: callCode, status: 'requested', reason: choice.kind });
  return ok(null);
};

const writeAll = (doing: Doing, absence: Absence, choices: readonly AbsenceChoice[]): void => {
  const { deps, writer, exceptionId } = doing;
  writer.insert('schedule_exception', exceptionRow(doing, absence));
  const entered = findException(writer, exceptionId);
  if (entered === undefined) throw new Error('an exception that was written is there');
  const affected = new Map(
    madeImpossibleBy(deps, scheduleException(entered)).map((row) => [row.id, row] as const),
  );
  const impossible: Record<string, ErrorCode> = {};
  for (const choice of choices) {
    if (choice.kind === 'leave') continue;
    const done = carryOut(doing, affected.get(choice.id), choice);
    if (!done.ok) impossible[choice.id] = done.error.code;
  }
  if (Object.keys(impossible).length > 0) throw new Impossible(impossible);
};

/** What is wrong with an absence by field. */
const problemsOf = ({ store }: FeatureDeps, absence: Absence) => ({
  ...exceptionProblems({ ...absence, kind: 'leave', locationId: null }),
  ...(specialtiesOfActive(store, absence.practitionerId) === undefined ? { practitionerId: 'invalid' } : {}),
});

/** See the contract. */
export const apply = async (
  deps: FeatureDeps,
  { absence, choices }: Parsed<'absence.apply'>,
  { user }: Connection,
): Promise<Result<Output<'absence.apply'>>> => {
  const fields = problemsOf(deps, absence);
  if (Object.keys(fields).length > 0) return fail('invalid-input', { fields });
  const once = [...new Map(choices.map((choice) => [choice.id, choice])).values()];
  const by = user?.id ?? null;
  const exceptionId = deps.newId();
  const known = { deps, exceptionId, at: instant(deps.clock.now()), by };
  try {
    const { n } = deps.store.mutate({ kind: 'absence.apply', user: by }, (writer) =>
      writeAll({ ...known, writer }, absence, once),
    );
    const count = (kind: AbsenceChoice['kind']) => once.filter((choice) => choice.kind === kind).length;
    return ok({
      id: exceptionId as ScheduleExceptionId,
      moved: count('move'),
      cancelled: count('cancel'),
      outcome: await wordOfCentre(deps, n),
    });
  } catch (error) {
    if (error instanceof Impossible) return fail('changed-meanwhile', { fields: error.fields });
    throw error;
  }
};
