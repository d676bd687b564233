import { sql } from 'kysely';
import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import { ofSpecialties, specialtiesOf } from '#main/data/local/specialties.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { rebookingCodes } from '#shared/domain/appointments/task-codes.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

/** An appointment with the names a screen shows. */
export type AppointmentRow = LocalRowOf<'appointment'> & {
  readonly patient_family: string;
  readonly patient_given: string;
  readonly patient_mrn: string;
  readonly patient_birth_date: string | null;
  readonly patient_phone: string | null;
  readonly practitioner_prefix: string | null;
  readonly practitioner_family: string;
  readonly practitioner_given: string;
  readonly speciality: string;
  readonly colour: string | null;
  readonly location_name: string;
  readonly visit_type_name: string | null;
  readonly buffer_before: number | null;
  readonly buffer_after: number | null;
};

/** A line of a weekly schedule with the names around it. */
export type ScheduleRow = LocalRowOf<'schedule'> & {
  readonly practitioner_prefix: string | null;
  readonly practitioner_family: string;
  readonly practitioner_given: string;
  readonly speciality: string;
  readonly colour: string | null;
  readonly location_name: string;
  readonly time_zone: string;
  readonly room_name: string | null;
};

/** An exception to the schedules with the names around it. */
export type ExceptionRow = LocalRowOf<'schedule_exception'> & {
  readonly practitioner_prefix: string | null;
  readonly practitioner_family: string | null;
  readonly practitioner_given: string | null;
  readonly speciality: string | null;
  readonly colour: string | null;
  readonly location_name: string | null;
  readonly time_zone: string | null;
};

/** No day of any clinic comes near; it bounds what one call can ask of memory. */
export const mostOfADay = 5000;

// Cross joins keep SQLite from choosing another order: an appointment is found by its own index first, then its patient,
// practitioner and site by id, whatever the statistics say of tables that were small when it last looked.
/** Appointments that are not voided, with the names a screen shows. */
export const shown = localDb
  .selectFrom('appointment as a')
  .crossJoin('patient as p')
  .crossJoin('practitioner as d')
  .crossJoin('location as l')
  .whereRef('p.id', '=', 'a.patient_id')
  .whereRef('d.id', '=', 'a.practitioner_id')
  .whereRef('l.id', '=', 'a.location_id')
  .leftJoin('visit_type as t', 't.id', 'a.visit_type_id')
  .where('a.voided_at', 'is', null)
  .selectAll('a')
  .select([
    'p.family as patient_family',
    'p.given as patient_given',
    'p.mrn as patient_mrn',
    'p.birth_date as patient_birth_date',
    'p.phone as patient_phone',
    'd.prefix as practitioner_prefix',
    'd.family as practitioner_family',
    'd.given as practitioner_given',
    'd.speciality',
    'd.colour',
    'l.name as location_name',
    't.name as visit_type_name',
    't.buffer_before',
    't.buffer_after',
  ]);

/** One appointment that is not voided. */
export const findAppointment = (reader: LocalReader, id: string): AppointmentRow | undefined =>
  reader.get<AppointmentRow>(shown.where('a.id', '=', id));

/** Some appointments that are not voided, by start. */
export const appointmentsByIds = (reader: LocalReader, ids: readonly string[]): readonly AppointmentRow[] =>
  reader.all<AppointmentRow>(shown.where('a.id', 'in', [...ids]).orderBy('a.start_at'));

/** Every occurrence of a series that is not voided or an error, by start; at most 200, as a series is shorter. */
export const appointmentsOfSeries = (reader: LocalReader, seriesId: string): readonly AppointmentRow[] =>
  reader.all<AppointmentRow>(
    shown
      .where('a.series_id', '=', seriesId)
      // Written out, so that SQLite sees that the partial index fits.
      .where('a.series_id', 'is not', null)
      .where('a.status', '!=', 'entered-in-error')
      .orderBy('a.start_at')
      .limit(200),
  );

export interface DayFilter {
  /** `YYYY-MM-DD` at each appointment's own location. */
  readonly date: string;
  /** Instants that contain the day in every zone on earth. */
  readonly from: string;
  readonly to: string;
  readonly locationId?: string | null;
  readonly practitionerId?: string | null;
  readonly speciality?: string | null;
}

/** Appointments of one calendar day, by start. */
export const appointmentsOfDay = (reader: LocalReader, filter: DayFilter): readonly AppointmentRow[] => {
  let query = shown
    .where('a.start_at', '>=', filter.from)
    .where('a.start_at', '<', filter.to)
    .where('a.start_local', '>=', `${filter.date}T00:00`)
    .where('a.start_local', '<=', `${filter.date}T23:59`)
    .where('a.status', '!=', 'entered-in-error');
  if (filter.locationId) query = query.where('a.location_id', '=', filter.locationId);
  if (filter.practitionerId) query = query.where('a.practitioner_id', '=', filter.practitionerId);
  if (filter.speciality) query = query.where('d.id', 'in', ofSpecialties([filter.speciality]));
  return reader.all<AppointmentRow>(query.orderBy('a.start_at').limit(mostOfADay));
};

const scheduled = localDb
  .selectFrom('schedule as s')
  .innerJoin('practitioner as d', 'd.id', 's.practitioner_id')
  .innerJoin('location as l', 'l.id', 's.location_id')
  .leftJoin('location as r', 'r.id', 's.room_id')
  .selectAll('s')
  .select([
    'd.prefix as practitioner_prefix',
    'd.family as practitioner_family',
    'd.given as practitioner_given',
    'd.speciality',
    'd.colour',
    'l.name as location_name',
    'l.time_zone',
    'r.name as room_name',
  ])
  .where('s.active', '=', 1)
  .where('d.active', '=', 1)
  .where('l.active', '=', 1);

/** Schedule lines of one weekday. */
export const linesOfWeekday = (
  reader: LocalReader,
  filter: {
    readonly weekday: number;
    readonly locationId: string | null;
    readonly speciality: string | null;
    readonly practitionerId: string | null;
  },
): readonly ScheduleRow[] => {
  let query = scheduled.where('s.weekday', '=', filter.weekday);
  if (filter.locationId) query = query.where('s.location_id', '=', filter.locationId);
  if (filter.speciality) query = query.where('d.id', 'in', ofSpecialties([filter.speciality]));
  if (filter.practitionerId) query = query.where('s.practitioner_id', '=', filter.practitionerId);
  return reader.all<ScheduleRow>(query.limit(mostOfADay));
};

const excepted = localDb
  .selectFrom('schedule_exception as e')
  .leftJoin('practitioner as d', 'd.id', 'e.practitioner_id')
  .leftJoin('location as l', 'l.id', 'e.location_id')
  .selectAll('e')
  .select([
    'd.prefix as practitioner_prefix',
    'd.family as practitioner_family',
    'd.given as practitioner_given',
    'd.speciality',
    'd.colour',
    'l.name as location_name',
    'l.time_zone',
  ])
  .where('e.voided_at', 'is', null);

/** Exceptions that stand on some day from `from` to `to`, by their last day. */
export const exceptionsBetween = (reader: LocalReader, from: string, to: string): readonly ExceptionRow[] =>
  reader.all<ExceptionRow>(
    excepted
      .where('e.end_date', '>=', from)
      .where('e.start_date', '<=', to)
      .orderBy('e.end_date')
      .orderBy('e.id')
      .limit(mostOfADay),
  );

/** Somebody who works here, as screens name them. */
export const findPractitioner = (reader: LocalReader, id: string) =>
  reader.get(
    localDb
      .selectFrom('practitioner')
      .select([
        'prefix as practitioner_prefix',
        'family as practitioner_family',
        'given as practitioner_given',
        'speciality',
        'colour',
      ])
      .where('id', '=', id),
  );

/** One exception that is not voided. */
export const findException = (reader: LocalReader, id: string): ExceptionRow | undefined =>
  reader.get<ExceptionRow>(excepted.where('e.id', '=', id));

/** All specialities of a practitioner who works here. */
export const specialtiesOfActive = (reader: LocalReader, id: string): readonly string[] | undefined =>
  reader.get(localDb.selectFrom('practitioner').select('id').where('id', '=', id).where('active', '=', 1)) &&
  specialtiesOf(reader, id);

/** A kind of visit, whether it is still offered or not. */
export const findVisitType = (reader: LocalReader, id: string): LocalRowOf<'visit_type'> | undefined =>
  reader.get(localDb.selectFrom('visit_type').selectAll().where('id', '=', id));

/** All schedule lines of one practitioner. */
export const linesOf = (reader: LocalReader, practitionerId: string): readonly ScheduleRow[] =>
  reader.all<ScheduleRow>(scheduled.where('s.practitioner_id', '=', practitionerId).limit(500));

/** Active practitioners with hours: those without, as an import brings many, must not push others out of a limit. */
const working = localDb
  .selectFrom('practitioner')
  .select('id')
  .where('active', '=', 1)
  .where('id', 'in', localDb.selectFrom('schedule').select('practitioner_id').where('active', '=', 1));

/** All schedule lines of the active practitioners who share a speciality, the given one aside; at most 50 practitioners. */
export const linesOfColleagues = (
  reader: LocalReader,
  specialties: readonly string[],
  practitionerId: string,
): readonly ScheduleRow[] => {
  const colleagues = working
    .where('id', 'in', ofSpecialties(specialties))
    .where('id', '!=', practitionerId)
    .orderBy('family')
    .limit(50);
  return reader.all<ScheduleRow>(scheduled.where('s.practitioner_id', 'in', colleagues).limit(2000));
};

/** All schedule lines of the active practitioners of a speciality and a site, of any when they are null; at most 200 practitioners. */
export const linesAmong = (
  reader: LocalReader,
  filter: { readonly speciality: string | null; readonly locationId: string | null },
): readonly ScheduleRow[] => {
  let people = working;
  if (filter.speciality) people = people.where('id', 'in', ofSpecialties([filter.speciality]));
  let query = scheduled.where('s.practitioner_id', 'in', people.orderBy('family').orderBy('id').limit(200));
  if (filter.locationId) query = query.where('s.location_id', '=', filter.locationId);
  return reader.all<ScheduleRow>(query.limit(mostOfADay));
};

const movable = sql.join((['proposed', 'pending', 'booked'] as const).map((status) => sql.lit(status)));

/** Appointments that may still be moved and start between two instants, soonest first, of one practitioner and one site when they are named. */
export const movableBetween = (
  reader: LocalReader,
  filter: {
    readonly from: string;
    readonly to: string;
    readonly practitionerId: string | null;
    readonly locationId: string | null;
  },
): readonly AppointmentRow[] => {
  let query = shown
    .where('a.start_at', '>=', filter.from)
    .where('a.start_at', '<', filter.to)
    .where(sql<boolean>`a.status in (${movable})`)
    .where('a.needs_rebooking', '=', 0);
  if (filter.practitionerId) query = query.where('a.practitioner_id', '=', filter.practitionerId);
  if (filter.locationId) query = query.where('a.location_id', '=', filter.locationId);
  return reader.all<AppointmentRow>(query.orderBy('a.start_at').limit(mostOfADay));
};

/** Requests that wait for a practitioner, soonest first, at most 200. */
export const openRequests = (reader: LocalReader, practitionerId: string): readonly AppointmentRow[] =>
  reader.all<AppointmentRow>(
    shown
      .where('a.practitioner_id', '=', practitionerId)
      // Written out, so that SQLite sees that the partial index fits without looking at what is bound.
      .where(sql<boolean>`a.participant_status = 'needs-action'`)
      .where('a.status', '=', 'proposed')
      .where('a.needs_rebooking', '=', 0)
      .orderBy('a.start_at')
      .limit(200),
  );

/** A patient's appointments, those of merged records of the same person too, newest first, those after `before` in that order. */
export const appointmentsOfPatient = (
  reader: LocalReader,
  patientId: string,
  before: { readonly startAt: string; readonly id: string } | null,
  limit: number,
): readonly AppointmentRow[] => {
  let query = shown.where('a.patient_id', 'in', samePatient(patientId));
  if (before) {
    query = query
      .where('a.start_at', '<=', before.startAt)
      .where((eb) =>
        eb.or([
          eb('a.start_at', '<', before.startAt),
          eb.and([eb('a.start_at', '=', before.startAt), eb('a.id', '<', before.id)]),
        ]),
      );
  }
  return reader.all<AppointmentRow>(query.orderBy('a.start_at', 'desc').orderBy('a.id', 'desc').limit(limit));
};

interface OpenTask {
  readonly id: string;
  readonly code: string;
  readonly reason: string;
  readonly created_at: string;
  readonly appointment_id: string;
}

const openTasksOf = (reader: LocalReader, owner: string | null): readonly OpenTask[] =>
  reader.all(
    localDb
      .selectFrom('task')
      .select(['id', 'code', 'reason', 'created_at', 'appointment_id'])
      .where('owner_device', owner === null ? 'is' : '=', owner)
      .where('status', '=', 'requested')
      .where('code', 'in', rebookingCodes)
      .where('appointment_id', 'is not', null)
      .$narrowType<{ appointment_id: string }>()
      .orderBy('created_at')
      .limit(200),
  );

/** Open tasks of a desk and of no desk in particular with their appointments, oldest first, at most 200. */
export const openTasks = (
  reader: LocalReader,
  deviceId: string | null,
): readonly { readonly task: OpenTask; readonly row: AppointmentRow }[] => {
  const own = deviceId === null ? [] : openTasksOf(reader, deviceId);
  const tasks = [...own, ...openTasksOf(reader, null)]
    .toSorted((a, b) => a.created_at.localeCompare(b.created_at))
    .slice(0, 200);
  const ids = [...new Set(tasks.map((task) => task.appointment_id))];
  if (ids.length === 0) return [];
  const found = reader.all<AppointmentRow>(shown.where('a.id', 'in', ids));
  const rows = new Map(found.map((row) => [row.id, row]));
  return tasks.flatMap((task) => {
    const row = rows.get(task.appointment_id);
    return row ? [{ task, row }] : [];
  });
};

/** A task by its id. */
export const findTask = (reader: LocalReader, id: string): LocalRowOf<'task'> | undefined =>
  reader.get(localDb.selectFrom('task').selectAll().where('id', '=', id));

/** Ids of the open tasks about an appointment. */
export const openTasksAbout = (reader: LocalReader, appointmentId: string): readonly string[] =>
  reader
    .all(
      localDb
        .selectFrom('task')
        .select('id')
        .where('appointment_id', '=', appointmentId)
        .where('status', '=', 'requested')
        .limit(200),
    )
    .map((task) => task.id);

/** Conflicts about some appointments, the latest first. */
export const conflictsAbout = (
  reader: LocalReader,
  appointmentIds: readonly string[],
): readonly LocalRowOf<'conflict'>[] =>
  appointmentIds.length === 0
    ? []
    : reader.all(
        localDb
          .selectFrom('conflict')
          .selectAll()
          .where('row_id', 'in', [...appointmentIds])
          .where('tbl', '=', 'appointment')
          .orderBy('created_at', 'desc')
          .limit(1000),
      );

/** A patient that is not voided. */
export const patientExists = (reader: LocalReader, id: string): boolean =>
  reader.get(
    localDb.selectFrom('patient').select('id').where('id', '=', id).where('voided_at', 'is', null),
  ) !== undefined;

/** The time zone of a site, or undefined when there is no such site. */
export const zoneOf = (reader: LocalReader, locationId: string): string | undefined =>
  reader.get(localDb.selectFrom('location').select('time_zone').where('id', '=', locationId))?.time_zone;
