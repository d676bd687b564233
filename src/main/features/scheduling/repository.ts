import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

interface PractitionerNames {
  readonly prefix: string | null;
  readonly family: string | null;
  readonly given: string | null;
}

const most = 500;

/** Kinds of visits by name, those no longer offered too. */
export const visitTypes = (reader: LocalReader): readonly LocalRowOf<'visit_type'>[] =>
  reader.all(localDb.selectFrom('visit_type').selectAll().orderBy('name').orderBy('id').limit(most));

export const findVisitType = (reader: LocalReader, id: string): LocalRowOf<'visit_type'> | undefined =>
  reader.get(localDb.selectFrom('visit_type').selectAll().where('id', '=', id));

export type HoursRow = LocalRowOf<'schedule'> &
  PractitionerNames & { readonly location_name: string; readonly room_name: string | null };

/** Lines of weekly hours that have not ended before a day, by practitioner, weekday and time. */
export const hoursFrom = (reader: LocalReader, from: string): readonly HoursRow[] =>
  reader.all<HoursRow>(
    localDb
      .selectFrom('schedule as s')
      .innerJoin('practitioner as d', 'd.id', 's.practitioner_id')
      .innerJoin('location as l', 'l.id', 's.location_id')
      .leftJoin('location as r', 'r.id', 's.room_id')
      .selectAll('s')
      .select(['d.prefix', 'd.family', 'd.given', 'l.name as location_name', 'r.name as room_name'])
      .where('s.active', '=', 1)
      .where('d.active', '=', 1)
      .where((eb) => eb.or([eb('s.valid_to', 'is', null), eb('s.valid_to', '>=', from)]))
      .orderBy('d.family')
      .orderBy('d.given')
      .orderBy('d.id')
      .orderBy('s.weekday')
      .orderBy('s.start_time')
      .limit(5000),
  );

/** All lines of one practitioner that were not taken away. */
export const hoursOf = (reader: LocalReader, practitionerId: string): readonly LocalRowOf<'schedule'>[] =>
  reader.all(
    localDb
      .selectFrom('schedule')
      .selectAll()
      .where('practitioner_id', '=', practitionerId)
      .where('active', '=', 1)
      .limit(most),
  );

export const findHours = (reader: LocalReader, id: string): LocalRowOf<'schedule'> | undefined =>
  reader.get(localDb.selectFrom('schedule').selectAll().where('id', '=', id));

export type ExceptionRow = LocalRowOf<'schedule_exception'> &
  PractitionerNames & { readonly location_name: string | null };

const named = localDb
  .selectFrom('schedule_exception as e')
  .leftJoin('practitioner as d', 'd.id', 'e.practitioner_id')
  .leftJoin('location as l', 'l.id', 'e.location_id')
  .selectAll('e')
  .select(['d.prefix', 'd.family', 'd.given', 'l.name as location_name'])
  .where('e.voided_at', 'is', null);

/** Exceptions that have not ended before a day, by their first day. */
export const exceptionsFrom = (reader: LocalReader, from: string): readonly ExceptionRow[] =>
  reader.all<ExceptionRow>(
    named.where('e.end_date', '>=', from).orderBy('e.start_date').orderBy('e.id').limit(most),
  );

/** Holidays of everybody that begin in a year, by their first day. */
export const holidaysOf = (reader: LocalReader, year: string): readonly ExceptionRow[] =>
  reader.all<ExceptionRow>(
    named
      .where('e.kind', '=', 'holiday')
      .where('e.practitioner_id', 'is', null)
      .where('e.start_date', '>=', `${year}-01-01`)
      .where('e.start_date', '<=', `${year}-12-31`)
      .orderBy('e.start_date')
      .orderBy('e.id')
      .limit(most),
  );

/** A holiday of everybody, one that was taken away too. */
export const findHoliday = (reader: LocalReader, id: string): LocalRowOf<'schedule_exception'> | undefined =>
  reader.get(
    localDb
      .selectFrom('schedule_exception')
      .selectAll()
      .where('id', '=', id)
      .where('kind', '=', 'holiday')
      .where('practitioner_id', 'is', null),
  );

export const findException = (reader: LocalReader, id: string): ExceptionRow | undefined =>
  reader.get<ExceptionRow>(named.where('e.id', '=', id));

/** Active practitioners by name, with hours or without. */
export const activePractitioners = (reader: LocalReader): readonly LocalRowOf<'practitioner'>[] =>
  reader.all(
    localDb
      .selectFrom('practitioner')
      .selectAll()
      .where('active', '=', 1)
      .orderBy('family')
      .orderBy('given')
      .orderBy('id')
      .limit(most),
  );

/** Active sites and rooms by name. */
export const activePlaces = (reader: LocalReader): readonly LocalRowOf<'location'>[] =>
  reader.all(
    localDb
      .selectFrom('location')
      .selectAll()
      .where('kind', '!=', 'store')
      .where('active', '=', 1)
      .orderBy('name')
      .orderBy('id')
      .limit(2000),
  );
