import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import {
  makesImpossible,
  type ScheduleException,
  takesAway,
} from '#shared/domain/appointments/exceptions.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import type { ScheduleExceptionId } from '#shared/kernel/ids.ts';
import { fail, ok } from '#shared/kernel/result.ts';
import type { Reading } from './ground.ts';
import {
  type AppointmentRow,
  type ExceptionRow,
  exceptionsBetween,
  findException,
  movableBetween,
} from './repository.ts';
import { scheduleException } from './schedule-line.ts';
import { appointmentViews } from './view.ts';

const mostShown = 500;

/** Appointments still to come that lie where an exception, entered or only planned, takes the hours away. */
export const madeImpossibleBy = (
  { store, clock }: Reading,
  exception: ScheduleException,
): readonly AppointmentRow[] => {
  if (!takesAway(exception)) return [];
  const rows = movableBetween(store, {
    from: `${addDays(exception.startDate, -2)}T00:00:00.000Z`,
    to: `${addDays(exception.endDate, 2)}T00:00:00.000Z`,
    practitionerId: exception.practitionerId,
    locationId: exception.locationId,
  });
  return rows.filter(
    (one) =>
      Date.parse(one.end_at) > clock.now() &&
      makesImpossible(exception, {
        practitionerId: one.practitioner_id,
        locationId: one.location_id,
        startLocal: one.start_local,
        minutes: Math.round((Date.parse(one.end_at) - Date.parse(one.start_at)) / 60_000),
      }),
  );
};

const affectedBy = (deps: FeatureDeps, row: ExceptionRow) => madeImpossibleBy(deps, scheduleException(row));

/** Which appointments an exception to the schedule leaves without a place: what the desk has to move. */
export const affectedHandlers = (
  deps: FeatureDeps,
): Handlers<'scheduling.affected' | 'scheduling.affectedCounts'> => ({
  'scheduling.affected': ({ id }) => {
    const row = findException(deps.store, id);
    if (row === undefined) return fail('not-found');
    return ok([...appointmentViews(deps.store, affectedBy(deps, row).slice(0, mostShown))]);
  },
  'scheduling.affectedCounts': ({ from }) =>
    ok(
      exceptionsBetween(deps.store, from, '9999-12-31')
        .slice(0, mostShown)
        .map((row) => ({ id: row.id as ScheduleExceptionId, appointments: affectedBy(deps, row).length }))
        .filter(({ appointments }) => appointments > 0),
    ),
});
