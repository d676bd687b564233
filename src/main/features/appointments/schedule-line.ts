import type { ExceptionKind, ScheduleException } from '#shared/domain/appointments/exceptions.ts';
import type { ScheduleLine } from '#shared/domain/appointments/schedule.ts';
import type { ExceptionRow, ScheduleRow } from './repository.ts';

/** A row of a schedule as the rules about hours know it. */
export const scheduleLine = (row: ScheduleRow): ScheduleLine => ({
  practitionerId: row.practitioner_id,
  locationId: row.location_id,
  roomId: row.room_id,
  timeZone: row.time_zone,
  weekday: row.weekday,
  startTime: row.start_time,
  endTime: row.end_time,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  intervalWeeks: row.interval_weeks,
});

/** An exception to the schedule as the rules about hours know it. */
export const scheduleException = (row: ExceptionRow): ScheduleException => ({
  id: row.id,
  kind: row.kind as ExceptionKind,
  practitionerId: row.practitioner_id,
  locationId: row.location_id,
  timeZone: row.time_zone,
  startDate: row.start_date,
  endDate: row.end_date,
  startTime: row.start_time,
  endTime: row.end_time,
  name: row.name,
});
