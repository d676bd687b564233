import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import { write } from '#main/core/write.ts';
import type { PlaceRecord, SiteDetails } from '#shared/contract/clinic.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { normalisePhone } from '#shared/domain/patients/phone.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank, type LocalRowOf } from '#shared/sync/catalogue.ts';
import { bookingsAhead, findPlace, hoursAt, places, seesAll } from './repository.ts';

type Place = LocalRowOf<'location'>;

const recordOf = (row: Place): PlaceRecord => ({
  id: row.id as LocationId,
  siteId: row.part_of as LocationId | null,
  name: row.name,
  addressLine: row.address_line,
  city: row.city,
  phone: row.phone,
  timeZone: row.time_zone,
  active: row.active === 1,
});

const named = fail('invalid-input', { fields: { name: 'duplicate' } });
const fold = (name: string) => name.toLocaleLowerCase();

const placeTools = (deps: FeatureDeps) => {
  const { store, clock } = deps;
  return {
    roomsOf: (siteId: string) => places(store).filter((row) => row.part_of === siteId),
    /** Whether another place of the same site, or another site, has the name. */
    isNamed: (name: string, siteId: string | null, id: string | null) =>
      places(store).some((row) => row.id !== id && row.part_of === siteId && fold(row.name) === fold(name)),
    bookings: ({ id, part_of }: Place) =>
      bookingsAhead(store, part_of === null ? 'location_id' : 'room_id', id, instant(clock.now())),
    hours: ({ id, part_of, time_zone }: Place) =>
      hoursAt(store, part_of === null ? 'location_id' : 'room_id', id, dayAt(clock.now(), time_zone)),
  };
};

/** What of the clinic's work needs a place to stay open. */
const checkClosing = (deps: FeatureDeps, place: Place): Result<null> => {
  const { bookings, hours } = placeTools(deps);
  if (!seesAll(deps.store)) return fail('part-of-clinic');
  const booked = bookings(place);
  if (booked !== null) return fail('place-booked', { params: { ...booked } });
  const lines = hours(place);
  return lines > 0 ? fail('place-in-hours', { params: { count: lines } }) : ok(null);
};

const checkOpening = ({ store }: FeatureDeps, { part_of }: Place): Result<null> =>
  part_of !== null && findPlace(store, part_of)?.active !== 1 ? fail('site-closed') : ok(null);

const siteHandlers = (deps: FeatureDeps): Handlers<'clinic.addSite' | 'clinic.changeSite'> => {
  const { store } = deps;
  const { roomsOf, isNamed, bookings } = placeTools(deps);
  const columns = ({ name, addressLine, city, phone, timeZone }: SiteDetails) => ({
    name,
    address_line: addressLine,
    city,
    phone: phone === null ? null : normalisePhone(phone, deps.home().country),
    time_zone: timeZone,
  });
  return {
    'clinic.addSite': (details, connection) => {
      if (isNamed(details.name, null, null)) return named;
      const id = deps.newId();
      write(deps, 'location.create', connection, (writer) =>
        writer.insert('location', {
          ...blank('location'),
          id,
          kind: 'site',
          ...columns(details),
          active: 1,
        }),
      );
      return ok({ id: id as LocationId });
    },
    'clinic.changeSite': ({ id, ...details }, connection) => {
      const site = findPlace(store, id);
      if (site === undefined || site.part_of !== null) return fail('not-found');
      if (isNamed(details.name, null, id)) return named;
      const moves = details.timeZone !== site.time_zone;
      if (moves && !seesAll(store)) return fail('part-of-clinic');
      const booked = moves ? bookings(site) : null;
      if (booked !== null) return fail('zone-booked', { params: { count: booked.count } });
      write(deps, 'location.update', connection, (writer) => {
        writer.update('location', id, columns(details));
        for (const room of roomsOf(id)) writer.update('location', room.id, { time_zone: details.timeZone });
      });
      return ok({ id });
    },
  };
};

const roomHandlers = (deps: FeatureDeps): Handlers<'clinic.addRoom' | 'clinic.changeRoom'> => {
  const { store } = deps;
  const { isNamed } = placeTools(deps);
  return {
    'clinic.addRoom': ({ siteId, name }, connection) => {
      const site = findPlace(store, siteId);
      if (site === undefined || site.part_of !== null) return fail('not-found');
      if (site.active !== 1) return fail('site-closed');
      if (isNamed(name, siteId, null)) return named;
      const id = deps.newId();
      write(deps, 'location.create', connection, (writer) =>
        writer.insert('location', {
          ...blank('location'),
          id,
          kind: 'room',
          part_of: siteId,
          name,
          time_zone: site.time_zone,
          active: 1,
        }),
      );
      return ok({ id: id as LocationId });
    },
    'clinic.changeRoom': ({ id, name }, connection) => {
      const room = findPlace(store, id);
      if (room === undefined || room.part_of === null) return fail('not-found');
      if (isNamed(name, room.part_of, id)) return named;
      write(deps, 'location.update', connection, (writer) => writer.update('location', id, { name }));
      return ok({ id });
    },
  };
};

/** The sites of the clinic and their rooms: added, changed, closed and opened again. */
export const placeRecords = (deps: FeatureDeps) => ({
  ...siteHandlers(deps),
  ...roomHandlers(deps),
  ...({
    'clinic.places': () => {
      const all = places(deps.store);
      const rooms = Map.groupBy(all, (row) => row.part_of);
      return ok(
        (rooms.get(null) ?? []).flatMap((site) => [site, ...(rooms.get(site.id) ?? [])].map(recordOf)),
      );
    },
    'clinic.setPlaceActive': ({ id, active }, connection) => {
      const place = findPlace(deps.store, id);
      if (place === undefined) return fail('not-found');
      const checked = active ? checkOpening(deps, place) : checkClosing(deps, place);
      if (!checked.ok) return checked;
      write(deps, 'location.active', connection, (writer) =>
        writer.update('location', id, { active: active ? 1 : 0 }),
      );
      return ok(null);
    },
  } satisfies Handlers<'clinic.places' | 'clinic.setPlaceActive'>),
});
