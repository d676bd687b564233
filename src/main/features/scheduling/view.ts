import type { ExceptionView, HoursView, VisitTypeView } from '#shared/contract/scheduling.ts';
import type { ExceptionKind } from '#shared/domain/appointments/exceptions.ts';
import { clash } from '#shared/domain/appointments/schedule.ts';
import type {
  LocationId,
  PractitionerId,
  ScheduleExceptionId,
  ScheduleId,
  VisitTypeId,
} from '#shared/kernel/ids.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';
import type { ExceptionRow, HoursRow } from './repository.ts';

/** A practitioner's name as people say it: `Dr Aline Uwase`. */
export const nameOf = (row: {
  readonly prefix: string | null;
  readonly given: string | null;
  readonly family: string | null;
}): string => [row.prefix, row.given, row.family].filter(Boolean).join(' ');

export const visitTypeView = (row: LocalRowOf<'visit_type'>): VisitTypeView => ({
  id: row.id as VisitTypeId,
  name: row.name,
  minutes: row.minutes,
  bufferBefore: row.buffer_before,
  bufferAfter: row.buffer_after,
  dailyCap: row.daily_cap,
  leadMinutes: row.lead_minutes,
  horizonDays: row.horizon_days,
  staffOnly: row.staff_only === 1,
  needsRoom: row.needs_room === 1,
  active: row.active === 1,
});

/** When a line is worked. */
export const weeklyOf = (row: LocalRowOf<'schedule'>) => ({
  weekday: row.weekday,
  startTime: row.start_time,
  endTime: row.end_time,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  // Every week is every week, however it was written down.
  intervalWeeks: row.interval_weeks === 1 ? null : row.interval_weeks,
});

const hoursView = (row: HoursRow, overlaps: boolean): HoursView => ({
  id: row.id as ScheduleId,
  practitionerId: row.practitioner_id as PractitionerId,
  practitionerName: nameOf(row),
  locationId: row.location_id as LocationId,
  locationName: row.location_name,
  roomId: row.room_id as LocationId | null,
  roomName: row.room_name,
  ...weeklyOf(row),
  overlaps,
});

export const hoursViews = (rows: readonly HoursRow[]): HoursView[] => {
  const byPerson = Map.groupBy(rows, (row) => row.practitioner_id);
  return rows.map((row) => {
    const others = byPerson.get(row.practitioner_id) ?? [];
    return hoursView(
      row,
      others.some((other) => other !== row && clash(weeklyOf(row), weeklyOf(other))),
    );
  });
};

export const exceptionView = (row: ExceptionRow): ExceptionView => ({
  id: row.id as ScheduleExceptionId,
  kind: row.kind as ExceptionKind,
  practitionerId: row.practitioner_id as PractitionerId | null,
  practitionerName: row.practitioner_id === null ? null : nameOf(row),
  locationId: row.location_id as LocationId | null,
  locationName: row.location_name,
  startDate: row.start_date,
  endDate: row.end_date,
  startTime: row.start_time,
  endTime: row.end_time,
  name: row.name,
});
