import { sql } from 'kysely';
import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { blocksOn } from '#shared/domain/appointments/schedule.ts';
import { holdingStatuses } from '#shared/domain/appointments/status.ts';
import { weekdayOf } from '#shared/domain/appointments/wall-time.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import type { LocalRowOf, RowOf } from '#shared/sync/catalogue.ts';

/** A visit with the names a screen shows. */
export type VisitRow = LocalRowOf<'appointment'> & {
  readonly patient_family: string;
  readonly patient_given: string;
  readonly patient_mrn: string;
  readonly practitioner_prefix: string | null;
  readonly practitioner_family: string;
  readonly practitioner_given: string;
  readonly location_name: string;
  readonly room_name: string | null;
};

/** More are in no clinic at once; it bounds what one call can ask of memory. */
export const mostInClinic = 500;

/** The longest appointment there is: what began earlier than this before a time is over by then. */
const longest = 480 * 60_000;

// Cross joins for the same reason as those of the day board: the appointment by its index first, then the rest by id.
const shown = localDb
  .selectFrom('appointment as a')
  .crossJoin('patient as p')
  .crossJoin('practitioner as d')
  .crossJoin('location as l')
  .leftJoin('location as r', 'r.id', 'a.room_id')
  .whereRef('p.id', '=', 'a.patient_id')
  .whereRef('d.id', '=', 'a.practitioner_id')
  .whereRef('l.id', '=', 'a.location_id')
  .where('a.voided_at', 'is', null)
  .selectAll('a')
  .select([
    'p.family as patient_family',
    'p.given as patient_given',
    'p.mrn as patient_mrn',
    'd.prefix as practitioner_prefix',
    'd.family as practitioner_family',
    'd.given as practitioner_given',
    'l.name as location_name',
    'r.name as room_name',
  ]);

/** One visit that is not voided. */
export const findVisit = (reader: LocalReader, id: string): VisitRow | undefined =>
  reader.get<VisitRow>(shown.where('a.id', '=', id));

export interface QueueFilter {
  /** `YYYY-MM-DD` at each visit's own place. */
  readonly date: string;
  readonly locationId: string | null;
  readonly practitionerId: string | null;
}

/** Instants that contain the day in every zone on earth, and the wall times of the day itself. */
const dayBounds = (date: string) => ({
  from: `${addDays(date, -1)}T00:00:00.000Z`,
  to: `${addDays(date, 2)}T00:00:00.000Z`,
  first: `${date}T00:00`,
  last: `${date}T23:59`,
});

/** Who came and has not left, of one day; in no order. */
export const inClinic = (reader: LocalReader, filter: QueueFilter): readonly VisitRow[] => {
  const { from, to, first, last } = dayBounds(filter.date);
  let query = shown
    .where('a.start_at', '>=', from)
    .where('a.start_at', '<', to)
    .where('a.start_local', '>=', first)
    .where('a.start_local', '<=', last)
    .where('a.needs_rebooking', '=', 0)
    .where((eb) =>
      eb.or([
        eb('a.status', 'in', ['arrived', 'checked-in']),
        eb.and([eb('a.status', '=', 'fulfilled'), eb('a.stage', '=', 'checkout')]),
      ]),
    );
  if (filter.locationId) query = query.where('a.location_id', '=', filter.locationId);
  if (filter.practitionerId) query = query.where('a.practitioner_id', '=', filter.practitionerId);
  return reader.all<VisitRow>(query.limit(mostInClinic));
};

/** How many visits of a day are over. */
export const countDone = (reader: LocalReader, filter: QueueFilter): number => {
  const { from, to, first, last } = dayBounds(filter.date);
  let query = localDb
    .selectFrom('appointment')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('start_at', '>=', from)
    .where('start_at', '<', to)
    .where('start_local', '>=', first)
    .where('start_local', '<=', last)
    .where('status', '=', 'fulfilled')
    .where((eb) => eb.or([eb('stage', 'is', null), eb('stage', '!=', 'checkout')]))
    .where('voided_at', 'is', null);
  if (filter.locationId) query = query.where('location_id', '=', filter.locationId);
  if (filter.practitionerId) query = query.where('practitioner_id', '=', filter.practitionerId);
  return reader.get(query)?.n ?? 0;
};

/** Tickets given for a day, those of voided visits too: a number on paper is not given twice. */
export const ticketsOf = (reader: LocalReader, date: string): readonly string[] => {
  const { from, to, first, last } = dayBounds(date);
  return reader
    .all(
      localDb
        .selectFrom('appointment')
        .select('ticket')
        .where('start_at', '>=', from)
        .where('start_at', '<', to)
        .where('start_local', '>=', first)
        .where('start_local', '<=', last)
        .where('ticket', 'is not', null)
        .limit(5000),
    )
    .flatMap(({ ticket }) => (ticket === null ? [] : [ticket]));
};

/** A visit of a patient, or of a merged record of the same person, that has begun on `date` and is not over. */
export const openVisitOf = (
  reader: LocalReader,
  patientId: string,
  date: string,
): { readonly id: string } | undefined =>
  reader.get(
    localDb
      .selectFrom('appointment')
      .select('id')
      .where('patient_id', 'in', samePatient(patientId))
      .where('start_local', '>=', `${date}T00:00`)
      .where('start_local', '<=', `${date}T23:59`)
      .where('status', 'in', ['arrived', 'checked-in'])
      .where('voided_at', 'is', null)
      .limit(1),
  );

/** Whether somebody else holds the time of `row`: its practitioner, its room or its patient is taken. */
export const isTimeTaken = (reader: LocalReader, row: RowOf<'appointment'>): boolean =>
  reader.get(
    localDb
      .selectFrom('appointment')
      .select('id')
      .where('start_at', '>', new Date(Date.parse(row.start_at) - longest).toISOString())
      .where('start_at', '<', row.end_at)
      .where('end_at', '>', row.start_at)
      .where('id', '!=', row.id)
      .where('status', 'in', [...holdingStatuses])
      .where('overbooked', '=', 0)
      .where('needs_rebooking', '=', 0)
      .where('voided_at', 'is', null)
      .where((eb) =>
        eb.or([
          eb('practitioner_id', '=', row.practitioner_id),
          eb('patient_id', '=', row.patient_id),
          ...(row.room_id === null ? [] : [eb('room_id', '=', row.room_id)]),
        ]),
      )
      .limit(1),
  ) !== undefined;

/** Whether a measurement, a note or a prescription was written for a patient at or after an instant, as far as this workstation holds them. */
export const isClinicalSince = (reader: LocalReader, patientId: string, since: string): boolean => {
  const people = samePatient(patientId);
  const found = [
    reader.get(
      localDb
        .selectFrom('observation')
        .select('id')
        .where('patient_id', 'in', people)
        .where('recorded_at', '>=', since)
        .limit(1),
    ),
    ...(['composition', 'medication_request'] as const).map((table) =>
      reader.get(
        localDb
          .selectFrom(table)
          .select('id')
          .where('patient_id', 'in', people)
          .where('created_at', '>=', since)
          .limit(1),
      ),
    ),
  ];
  return found.some((row) => row !== undefined);
};

/** A patient that is not voided. */
export const patientStands = (reader: LocalReader, id: string): boolean =>
  reader.get(
    localDb.selectFrom('patient').select('id').where('id', '=', id).where('voided_at', 'is', null),
  ) !== undefined;

/** A practitioner who works here at present. */
export const practitionerWorks = (reader: LocalReader, id: string): boolean =>
  reader.get(localDb.selectFrom('practitioner').select('id').where('id', '=', id).where('active', '=', 1)) !==
  undefined;

/** The time zone of a site, or undefined when there is no such site. */
export const zoneOfSite = (reader: LocalReader, id: string): string | undefined =>
  reader.get(
    localDb.selectFrom('location').select('time_zone').where('id', '=', id).where('kind', '=', 'site'),
  )?.time_zone;

/** The room a practitioner has at a site at `startLocal` (`YYYY-MM-DDTHH:MM`), else the first of that day. */
export const roomOf = (
  reader: LocalReader,
  where: { readonly practitionerId: string; readonly locationId: string },
  startLocal: string,
): string | null => {
  const [day, time] = [startLocal.slice(0, 10), startLocal.slice(11)];
  const rows = reader.all(
    localDb
      .selectFrom('schedule')
      .selectAll()
      .where('practitioner_id', '=', where.practitionerId)
      .where('location_id', '=', where.locationId)
      .where('weekday', '=', weekdayOf(day))
      .where('active', '=', 1)
      .limit(50),
  );
  const lines = rows.map((row) => ({
    practitionerId: where.practitionerId,
    locationId: where.locationId,
    roomId: row.room_id,
    // Blocks of one place are told apart by their wall times alone.
    timeZone: '',
    weekday: row.weekday,
    startTime: row.start_time,
    endTime: row.end_time,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    intervalWeeks: row.interval_weeks,
  }));
  const blocks = blocksOn({ lines, exceptions: [] }, day).toSorted((a, b) =>
    a.startTime < b.startTime ? -1 : 1,
  );
  const now = blocks.find((block) => block.startTime <= time && time < block.endTime);
  return (now ?? blocks[0])?.roomId ?? null;
};

/** Only these columns does a screen in the waiting room need; no name is even read. */
export type BoardRow = Pick<
  RowOf<'appointment'>,
  'id' | 'status' | 'stage' | 'stage_at' | 'called_at' | 'priority' | 'ticket'
> & { readonly room_name: string | null };

/** Who waits or was called on a day, without who they are. */
export const calledOrWaiting = (
  reader: LocalReader,
  { date, locationId }: Pick<QueueFilter, 'date' | 'locationId'>,
): readonly BoardRow[] => {
  const { from, to, first, last } = dayBounds(date);
  let query = localDb
    .selectFrom('appointment as a')
    .leftJoin('location as r', 'r.id', 'a.room_id')
    .select(['a.id', 'a.status', 'a.stage', 'a.stage_at', 'a.called_at', 'a.priority', 'a.ticket'])
    .select('r.name as room_name')
    .where('a.start_at', '>=', from)
    .where('a.start_at', '<', to)
    .where('a.start_local', '>=', first)
    .where('a.start_local', '<=', last)
    .where('a.needs_rebooking', '=', 0)
    .where('a.voided_at', 'is', null)
    .where(sql<boolean>`a.status in ('arrived', 'checked-in')`);
  if (locationId) query = query.where('a.location_id', '=', locationId);
  return reader.all<BoardRow>(query.limit(mostInClinic));
};
