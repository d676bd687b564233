import { sql } from 'kysely';
import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

/** An entry with the names a screen shows. */
export type EntryRow = LocalRowOf<'waitlist_entry'> & {
  readonly patient_family: string;
  readonly patient_given: string;
  readonly patient_mrn: string;
  readonly patient_phone: string | null;
  readonly practitioner_prefix: string | null;
  readonly practitioner_family: string | null;
  readonly practitioner_given: string | null;
  readonly location_name: string | null;
  readonly visit_type_name: string | null;
  readonly offered_prefix: string | null;
  readonly offered_family: string | null;
  readonly offered_given: string | null;
  readonly offered_location_name: string | null;
  readonly offered_time_zone: string | null;
  readonly appointment_needs_rebooking: number | null;
  readonly appointment_status: string | null;
};

/** More are on no list; it bounds what one call can ask of memory. */
export const mostShown = 500;

// Cross join as of the day board: the entry by its own index first, then its patient by id.
const shown = localDb
  .selectFrom('waitlist_entry as w')
  .crossJoin('patient as p')
  .whereRef('p.id', '=', 'w.patient_id')
  .leftJoin('practitioner as d', 'd.id', 'w.practitioner_id')
  .leftJoin('location as l', 'l.id', 'w.location_id')
  .leftJoin('visit_type as t', 't.id', 'w.visit_type_id')
  .leftJoin('practitioner as o', 'o.id', 'w.offered_practitioner_id')
  .leftJoin('location as s', 's.id', 'w.offered_location_id')
  .leftJoin('appointment as a', 'a.id', 'w.appointment_id')
  .selectAll('w')
  .select([
    'p.family as patient_family',
    'p.given as patient_given',
    'p.mrn as patient_mrn',
    'p.phone as patient_phone',
    'd.prefix as practitioner_prefix',
    'd.family as practitioner_family',
    'd.given as practitioner_given',
    'l.name as location_name',
    't.name as visit_type_name',
    'o.prefix as offered_prefix',
    'o.family as offered_family',
    'o.given as offered_given',
    's.name as offered_location_name',
    's.time_zone as offered_time_zone',
    'a.needs_rebooking as appointment_needs_rebooking',
    'a.status as appointment_status',
  ]);

const open = ['waiting', 'offered'] as const;

// The rank of the urgency, as the domain has it: of more than are read the most urgent are read.
const rank = sql<number>`CASE w.priority WHEN 'stat' THEN 0 WHEN 'asap' THEN 1 WHEN 'urgent' THEN 2 ELSE 3 END`;

/** Entries nobody has decided about or whose offer runs, the most urgent and then the longest waiting first. */
export const openEntries = (reader: LocalReader): readonly EntryRow[] =>
  reader.all<EntryRow>(
    shown
      .where('w.status', 'in', open)
      .orderBy(rank)
      .orderBy('w.created_at')
      .orderBy('w.id')
      .limit(mostShown + 1),
  );

/** Open entries that a time of this practitioner at this site on this day may suit, in the same order. */
export const candidates = (
  reader: LocalReader,
  time: {
    readonly day: string;
    readonly practitionerId: string;
    readonly specialties: readonly string[];
    readonly locationId: string;
  },
): readonly EntryRow[] =>
  reader.all<EntryRow>(
    shown
      .where('w.status', 'in', open)
      .where('w.start_date', '<=', time.day)
      .where((eb) => eb.or([eb('w.end_date', 'is', null), eb('w.end_date', '>=', time.day)]))
      .where((eb) =>
        eb.or([
          eb('w.practitioner_id', '=', time.practitionerId),
          eb.and([
            eb('w.practitioner_id', 'is', null),
            eb.or([eb('w.speciality', 'is', null), eb('w.speciality', 'in', time.specialties)]),
          ]),
        ]),
      )
      .where((eb) => eb.or([eb('w.location_id', 'is', null), eb('w.location_id', '=', time.locationId)]))
      .orderBy(rank)
      .orderBy('w.created_at')
      .orderBy('w.id')
      .limit(mostShown),
  );

/** Entries put on the list since an instant whose appointment has lost its time. */
export const lostEntries = (reader: LocalReader, since: string): readonly EntryRow[] =>
  reader.all<EntryRow>(
    shown
      .where('w.status', '=', 'booked')
      .where('w.created_at', '>=', since)
      .where('a.needs_rebooking', '=', 1)
      .orderBy('w.created_at')
      .limit(mostShown),
  );

/** Entries that were booked, cancelled or closed, those put on the list last first. */
export const closedEntries = (reader: LocalReader): readonly EntryRow[] =>
  (['booked', 'cancelled', 'expired'] as const)
    .flatMap((status) =>
      reader.all<EntryRow>(shown.where('w.status', '=', status).orderBy('w.created_at', 'desc').limit(200)),
    )
    .toSorted((a, b) => b.created_at.localeCompare(a.created_at))
    .slice(0, 200);

/** What a patient waits for, under any record, newest first. */
export const entriesOf = (reader: LocalReader, patientId: string): readonly EntryRow[] =>
  reader.all<EntryRow>(
    shown.where('w.patient_id', 'in', samePatient(patientId)).orderBy('w.created_at', 'desc').limit(50),
  );

export const findEntry = (reader: LocalReader, id: string): EntryRow | undefined =>
  reader.get<EntryRow>(shown.where('w.id', '=', id));

/** A patient that is not voided. */
export const patientStands = (reader: LocalReader, id: string): boolean =>
  reader.get(
    localDb.selectFrom('patient').select('id').where('id', '=', id).where('voided_at', 'is', null),
  ) !== undefined;
