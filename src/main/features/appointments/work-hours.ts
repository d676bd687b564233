import type { LocalReader } from '#main/data/local/store.ts';
import { dayOf } from '#shared/domain/appointments/schedule.ts';
import { minuteOfDay, weekdayOf } from '#shared/domain/appointments/wall-time.ts';
import { exceptionsBetween, linesOfWeekday } from './repository.ts';
import { scheduleException, scheduleLine } from './schedule-line.ts';

/** Minutes each practitioner works on `date` after what exceptions take, at one site or at all. */
export const workMinutes = (
  reader: LocalReader,
  date: string,
  locationId: string | null,
): ReadonlyMap<string, number> => {
  const lines = linesOfWeekday(reader, {
    weekday: weekdayOf(date),
    locationId,
    speciality: null,
    practitionerId: null,
  });
  const exceptions = exceptionsBetween(reader, date, date).filter(
    (row) => row.kind !== 'extra' || locationId === null || row.location_id === locationId,
  );
  const { blocks } = dayOf(
    { lines: lines.map(scheduleLine), exceptions: exceptions.map(scheduleException) },
    date,
  );
  const minutes = new Map<string, number>();
  for (const { practitionerId, startTime, endTime } of blocks)
    minutes.set(
      practitionerId,
      (minutes.get(practitionerId) ?? 0) + minuteOfDay(endTime) - minuteOfDay(startTime),
    );
  return minutes;
};
