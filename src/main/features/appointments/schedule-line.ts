import type { ScheduleLine } from '#shared/domain/appointments/slots.ts';
import type { ScheduleRow } from './repository.ts';

/** A row of a schedule as the rules about slots know it. */
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
});
