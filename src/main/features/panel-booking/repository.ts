import { sql } from 'kysely';
import { type OwnPatient, ownRecords } from '#main/core/own-patient.ts';
import { goingOn } from '#main/data/local/merged.ts';
import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { type AppointmentStatus, holdingStatuses } from '#shared/domain/appointments/status.ts';
import { panelSources } from '#shared/domain/panel/source.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

/** An appointment with what its patient may know around it. */
export type OwnAppointmentRow = LocalRowOf<'appointment'> & {
  readonly practitioner_prefix: string | null;
  readonly practitioner_family: string;
  readonly practitioner_given: string;
  readonly speciality: string;
  readonly location_name: string;
  readonly address_line: string | null;
  readonly city: string | null;
  readonly location_phone: string | null;
  readonly visit_type_name: string | null;
  /** Whether patients choose such a visit themselves; null for one of no particular kind. */
  readonly for_patients: 0 | 1 | null;
};

// Cross joins keep SQLite from choosing another order: the patient's appointments first, the rest by id.
const own = (patient: OwnPatient) =>
  localDb
    .selectFrom('appointment as a')
    .crossJoin('practitioner as d')
    .crossJoin('location as l')
    .whereRef('d.id', '=', 'a.practitioner_id')
    .whereRef('l.id', '=', 'a.location_id')
    .leftJoin('visit_type as t', 't.id', 'a.visit_type_id')
    .where('a.voided_at', 'is', null)
    .where('a.status', '!=', 'entered-in-error')
    .where('a.patient_id', 'in', ownRecords(patient))
    .selectAll('a')
    .select([
      'd.prefix as practitioner_prefix',
      'd.family as practitioner_family',
      'd.given as practitioner_given',
      'd.speciality',
      'l.name as location_name',
      'l.address_line',
      'l.city',
      'l.phone as location_phone',
      't.name as visit_type_name',
      sql<0 | 1 | null>`t.active = 1 and t.staff_only = 0`.as('for_patients'),
    ]);

/** One appointment of a person; undefined for anybody else's. */
export const ownAppointment = (
  reader: LocalReader,
  patient: OwnPatient,
  id: string,
): OwnAppointmentRow | undefined => reader.get<OwnAppointmentRow>(own(patient).where('a.id', '=', id));

const statuses = (list: readonly AppointmentStatus[]) => sql.join(list.map((status) => sql.lit(status)));
const ahead = statuses(['proposed', 'pending', 'booked', 'arrived', 'checked-in', 'waitlist']);

interface Place {
  readonly startAt: string;
  readonly id: string;
}

/** Appointments of a person that are still to come, soonest first, after a place in that order. */
export const upcomingOf = (
  reader: LocalReader,
  patient: OwnPatient,
  { now, after, limit }: { readonly now: string; readonly after: Place | null; readonly limit: number },
): readonly OwnAppointmentRow[] => {
  let query = own(patient).where('a.end_at', '>', now).where(sql<boolean>`a.status in (${ahead})`);
  if (after !== null) query = query.where(sql<boolean>`(a.start_at, a.id) > (${after.startAt}, ${after.id})`);
  return reader.all<OwnAppointmentRow>(query.orderBy('a.start_at').orderBy('a.id').limit(limit));
};

/** Appointments of a person that are over or cancelled, latest first, after a place in that order. */
export const pastOf = (
  reader: LocalReader,
  patient: OwnPatient,
  { now, after, limit }: { readonly now: string; readonly after: Place | null; readonly limit: number },
): readonly OwnAppointmentRow[] => {
  let query = own(patient).where(sql<boolean>`(a.end_at <= ${now} or a.status not in (${ahead}))`);
  if (after !== null) query = query.where(sql<boolean>`(a.start_at, a.id) < (${after.startAt}, ${after.id})`);
  return reader.all<OwnAppointmentRow>(
    query.orderBy('a.start_at', 'desc').orderBy('a.id', 'desc').limit(limit),
  );
};

/** The number on a person's card: of the record that goes on, where it was merged into another. */
export const recordNumber = (reader: LocalReader, patientId: string): string | undefined =>
  reader.get(
    localDb
      .selectFrom('patient')
      .select('mrn')
      .where('id', '=', goingOn(reader, [patientId]).get(patientId) ?? patientId)
      .where('voided_at', 'is', null),
  )?.mrn;

/** Minutes. */
export const lengthOf = ({ start_at, end_at }: Pick<OwnAppointmentRow, 'start_at' | 'end_at'>): number =>
  Math.round((Date.parse(end_at) - Date.parse(start_at)) / 60_000);

const holding = statuses(holdingStatuses);

/** Appointments of a person that hold a time between two instants, `itself` aside. */
export const heldOf = (
  reader: LocalReader,
  patient: OwnPatient,
  { from, to, itself }: { readonly from: string; readonly to: string; readonly itself: string | null },
): readonly OwnAppointmentRow[] =>
  reader.all<OwnAppointmentRow>(
    own(patient)
      .where('a.start_at', '<', to)
      .where('a.end_at', '>', from)
      .where(sql<boolean>`a.status in (${holding})`)
      .where('a.needs_rebooking', '=', 0)
      .where('a.id', '!=', itself ?? '')
      .limit(100),
  );

/** How many a person has made in the panel that are still to come. */
export const openOf = (reader: LocalReader, patient: OwnPatient, now: string): number =>
  reader.all(
    own(patient)
      .clearSelect()
      .select('a.id')
      .where('a.end_at', '>', now)
      .where('a.source', '>=', panelSources[0])
      .where('a.source', '<', panelSources[1])
      .where(sql<boolean>`a.status in (${holding})`)
      .limit(100),
  ).length;

/** Sites that are open, by name. */
export const sitesOpen = (reader: LocalReader): readonly LocalRowOf<'location'>[] =>
  reader.all(
    localDb
      .selectFrom('location')
      .selectAll()
      .where('active', '=', 1)
      .where('part_of', 'is', null)
      .orderBy('name')
      .orderBy('id')
      .limit(200),
  );

/** Kinds of visits that patients choose themselves, by name. */
export const selfBooked = (reader: LocalReader): readonly LocalRowOf<'visit_type'>[] =>
  reader.all(
    localDb
      .selectFrom('visit_type')
      .selectAll()
      .where('active', '=', 1)
      .where('staff_only', '=', 0)
      .orderBy('name')
      .orderBy('id')
      .limit(100),
  );
