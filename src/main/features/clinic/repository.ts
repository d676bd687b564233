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
): readonly { readonly practitioner_id: string; readonly name: string }[] =>
  reader.all(
    localDb
      .selectFrom('schedule as s')
      .innerJoin('location as l', 'l.id', 's.location_id')
      .select(['s.practitioner_id', 'l.name'])
      .distinct()
      .where('s.active', '=', 1)
      .where('l.active', '=', 1)
      .where((eb) => eb.or([eb('s.valid_to', 'is', null), eb('s.valid_to', '>=', day)]))
      .orderBy('l.name')
      .limit(5000),
  );

/** All sites and rooms by name. */
export const places = (reader: LocalReader): readonly LocalRowOf<'location'>[] =>
  reader.all(localDb.selectFrom('location').selectAll().orderBy('name').orderBy('id').limit(2000));

export const findPlace = (reader: LocalReader, id: string): LocalRowOf<'location'> | undefined =>
  reader.get(localDb.selectFrom('location').selectAll().where('id', '=', id));

/** Whether the appointments of all sites are here. */
export const seesAll = (store: LocalStore): boolean => store.workstation()?.wholeClinic === true;

/** Appointments that hold a time after `now` and name a practitioner, a site or a room. */
export const bookingsAhead = (
  reader: LocalReader,
  column: 'practitioner_id' | 'location_id' | 'room_id',
  id: string,
  now: string,
): number =>
  reader.get(
    localDb
      .selectFrom('appointment')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where(column, '=', id)
      .where('end_at', '>', now)
      .where('status', 'in', holdingStatuses)
      .where('voided_at', 'is', null),
  )?.count ?? 0;

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
