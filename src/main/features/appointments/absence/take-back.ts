import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { KnownAbsence } from '#shared/contract/absence.ts';
import type { Output } from '#shared/contract/contract.ts';
import { absenceCode } from '#shared/domain/appointments/task-codes.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { ScheduleExceptionId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { restoreAll, type Step, stepsOfCause, viewOfRestored } from '../changes/restore.ts';
import { type ExceptionRow, exceptionsBetween, findException } from '../repository.ts';
import { practitionerName } from '../view.ts';

/** What an absence did, appointment by appointment. */
const stepsOf = (reader: LocalReader, { id, created_at }: ExceptionRow): readonly Step[] =>
  stepsOfCause(reader, { causeId: id, at: created_at, code: absenceCode });

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
    return restoreAll({ deps, writer, at, by }, steps);
  });
  deps.engine.wake();
  return ok(viewOfRestored(deps, value));
};
