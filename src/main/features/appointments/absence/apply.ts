import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import type { AbsenceChoice } from '#shared/contract/absence.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { Absence } from '#shared/domain/appointments/absence.ts';
import { absenceCode } from '#shared/domain/appointments/task-codes.ts';
import { exceptionProblems } from '#shared/domain/scheduling/problems.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { ScheduleExceptionId } from '#shared/kernel/ids.ts';
import { type ErrorCode, fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { madeImpossibleBy } from '../affected.ts';
import { cancelled, type Doing, Impossible, movedTo, writeChange } from '../changes/carry-out.ts';
import { wordOfCentre } from '../outcome.ts';
import { type AppointmentRow, findException, specialtiesOfActive } from '../repository.ts';
import { scheduleException } from '../schedule-line.ts';

const exceptionRow = ({ causeId, at, by }: Doing, absence: Absence): RowOf<'schedule_exception'> => ({
  id: causeId,
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

/** Does what was chosen for one appointment, or says what is in the way. */
const carryOut = (
  doing: Doing,
  row: AppointmentRow | undefined,
  choice: Exclude<AbsenceChoice, { readonly kind: 'leave' }>,
): Result<null> => {
  if (row === undefined) return fail('changed-meanwhile');
  const change = choice.kind === 'cancel' ? ok(cancelled(doing, choice.reason)) : movedTo(doing, row, choice);
  if (!change.ok) return change;
  writeChange(doing, row, change.value);
  return ok(null);
};

const writeAll = (doing: Doing, absence: Absence, choices: readonly AbsenceChoice[]): void => {
  const { deps, writer, causeId } = doing;
  writer.insert('schedule_exception', exceptionRow(doing, absence));
  const entered = findException(writer, causeId);
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
  const known = { deps, causeId: exceptionId, code: absenceCode, at: instant(deps.clock.now()), by } as const;
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
