import { localDb } from '#main/data/local/query.ts';
import type { LocalReader, LocalStore } from '#main/data/local/store.ts';
import { holdingStatuses } from '#shared/domain/appointments/status.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

/** All practitioners by name, those who left too. */
export const practitioners = (reader: LocalReader): readonly LocalRowOf<'practitioner'>[] =>
  reader.all(
    localDb
      .selectFrom('practitioner')
      .selectAll()
      .orderBy('family')
      .orderBy('given')
      .orderBy('id')
      .limit(1000),
  );

export const findPractitioner = (reader: LocalReader, id: string): LocalRowOf<'practitioner'> | undefined =>
  reader.get(localDb.selectFrom('practitioner').selectAll().where('id', '=', id));

/** Each practitioner with each site of their weekly hours that have not ended before `day`, once, by the site's name. */
export const sitesOfHours = (
  reader: LocalReader,
  day: string,
): readonly { readonly practitioner_id: string; readonly location_id: string; readonly name: string }[] =>
  reader.all(
    localDb
      .selectFrom('schedule as s')
      .innerJoin('location as l', 'l.id', 's.location_id')
      .select(['s.practitioner_id', 's.location_id', 'l.name'])
      .distinct()
      .where('s.active', '=', 1)
      .where('l.active', '=', 1)
      .where((eb) => eb.or([eb('s.valid_to', 'is', null), eb('s.valid_to', '>=', day)]))
      .orderBy('l.name')
      .limit(5000),
  );

/** Sites and rooms: a store of the stock room is no place where anybody is seen. */
const anyPlace = localDb.selectFrom('location').selectAll().where('kind', '!=', 'store');

/** All sites and rooms by name. */
export const places = (reader: LocalReader): readonly LocalRowOf<'location'>[] =>
  reader.all(anyPlace.orderBy('name').orderBy('id').limit(2000));

export const findPlace = (reader: LocalReader, id: string): LocalRowOf<'location'> | undefined =>
  reader.get(anyPlace.where('id', '=', id));

/** Whether the appointments of all sites are here. */
export const seesAll = (store: LocalStore): boolean => store.workstation()?.wholeClinic === true;

const ahead = (now: string) =>
  localDb
    .selectFrom('appointment')
    .where('end_at', '>', now)
    .where('status', 'in', holdingStatuses)
    .where('voided_at', 'is', null);

/** How many appointments are ahead, and the days of the first and the last of them. */
export interface Ahead {
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

/** Appointments that hold a time after `now` and name a practitioner, a site or a room; null for none. */
export const bookingsAhead = (
  reader: LocalReader,
  column: 'practitioner_id' | 'location_id' | 'room_id',
  id: string,
  now: string,
): Ahead | null => {
  const found = reader.get(
    ahead(now)
      .where(column, '=', id)
      .select((eb) => [
        eb.fn.countAll<number>().as('count'),
        eb.fn.min('start_local').as('first'),
        eb.fn.max('start_local').as('last'),
      ]),
  );
  if (!found?.first || !found.last) return null;
  return { count: found.count, first: found.first.slice(0, 10), last: found.last.slice(0, 10) };
};

/** Whether somebody is booked with a practitioner at a site. */
export const bookedAt = (reader: LocalReader, practitionerId: string, siteId: string, now: string): boolean =>
  reader.get(
    ahead(now)
      .where('practitioner_id', '=', practitionerId)
      .where('location_id', '=', siteId)
      .select('id')
      .limit(1),
  ) !== undefined;

/** Whether a practitioner has weekly hours at a site that have not ended before `day`. */
export const hoursOfAt = (
  reader: LocalReader,
  practitionerId: string,
  siteId: string,
  day: string,
): boolean =>
  reader.get(
    localDb
      .selectFrom('schedule')
      .select('id')
      .where('practitioner_id', '=', practitionerId)
      .where('location_id', '=', siteId)
      .where('active', '=', 1)
      .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>=', day)]))
      .limit(1),
  ) !== undefined;

/** What is said of the further specialities of a practitioner, those given up too. */
export const specialtyRows = (
  reader: LocalReader,
  practitionerId: string,
): readonly LocalRowOf<'practitioner_specialty'>[] =>
  reader.all(
    localDb
      .selectFrom('practitioner_specialty')
      .selectAll()
      .where('practitioner_id', '=', practitionerId)
      .limit(500),
  );

export const placesByIds = (reader: LocalReader, ids: readonly string[]): readonly LocalRowOf<'location'>[] =>
  reader.all(localDb.selectFrom('location').selectAll().where('id', 'in', ids));

/** Lines of weekly hours at a site or in a room that have not ended before `day`, of practitioners who are here. */
export const hoursAt = (
  reader: LocalReader,
  column: 'location_id' | 'room_id',
  id: string,
  day: string,
): number =>
  reader.get(
    localDb
      .selectFrom('schedule as s')
      .innerJoin('practitioner as d', 'd.id', 's.practitioner_id')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where(`s.${column}`, '=', id)
      .where('s.active', '=', 1)
      .where('d.active', '=', 1)
      .where((eb) => eb.or([eb('s.valid_to', 'is', null), eb('s.valid_to', '>=', day)])),
  )?.count ?? 0;
