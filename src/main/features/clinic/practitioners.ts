import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { write } from '#main/core/write.ts';
import { saidOfSites } from '#main/data/local/sites-of.ts';
import { furtherSpecialties } from '#main/data/local/specialties.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { PractitionerDetails, PractitionerRecord } from '#shared/contract/clinic.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { readColour } from '#shared/domain/clinic/colours.ts';
import { practitionerLocationId, specialtyId } from '#shared/domain/clinic/practice.ts';
import { genders } from '#shared/domain/patients/gender.ts';
import { changedFields, isChangedElsewhere } from '#shared/domain/records/changes.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { LocationId, PractitionerId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank, type LocalRowOf } from '#shared/sync/catalogue.ts';
import {
  bookedAt,
  bookingsAhead,
  findPractitioner,
  hoursOfAt,
  placesByIds,
  practitioners,
  seesAll,
  sitesOfHours,
  specialtyRows,
} from './repository.ts';

const names = {
  prefix: 'prefix',
  family: 'family',
  given: 'given',
  gender: 'gender',
  speciality: 'speciality',
  licenceNumber: 'licence_number',
  colour: 'colour',
} as const satisfies Partial<Record<keyof PractitionerDetails, keyof LocalRowOf<'practitioner'>>>;

/** The columns of what is named of the details. */
const columns = (details: Partial<PractitionerDetails>) =>
  Object.fromEntries(
    Object.entries(names).flatMap(([name, column]) => {
      const value = details[name as keyof typeof names];
      return value === undefined ? [] : [[column, value]];
    }),
  );

/** Who they are with everything that is said of them elsewhere: further specialities, sites, weekly hours. */
const createReading = ({ store, clock, home }: FeatureDeps) => {
  const further = furtherSpecialties(store);
  const said = saidOfSites(store);
  const hours = Map.groupBy(
    sitesOfHours(store, dayAt(clock.now(), home().timeZone)),
    (row) => row.practitioner_id,
  );
  return (row: LocalRowOf<'practitioner'>): PractitionerRecord => {
    const sites = hours.get(row.id) ?? [];
    const known = said.get(row.id) ?? new Map<string, boolean>();
    const named = [...known].filter(([, active]) => active).map(([id]) => id);
    const unsaid = sites.filter(({ location_id }) => !known.has(location_id)).map((one) => one.location_id);
    return {
      id: row.id as PractitionerId,
      prefix: row.prefix,
      family: row.family,
      given: row.given,
      gender: genders.find((gender) => gender === row.gender) ?? 'unknown',
      speciality: row.speciality,
      furtherSpecialities: [...(further.get(row.id) ?? [])].filter((one) => one !== row.speciality),
      licenceNumber: row.licence_number,
      colour: readColour(row.colour),
      active: row.active === 1,
      siteIds: [...named, ...unsaid].toSorted() as LocationId[],
      sites: sites.map(({ name }) => name),
    };
  };
};

const writeSpecialities = (
  writer: LocalWriter,
  id: string,
  before: readonly { readonly id: string; readonly specialty: string; readonly active: 0 | 1 }[],
  wanted: readonly string[],
) => {
  const known = new Map(before.map((row) => [row.specialty, row]));
  for (const specialty of wanted) {
    const row = known.get(specialty);
    if (row === undefined)
      writer.insert('practitioner_specialty', {
        id: specialtyId(id, specialty),
        practitioner_id: id,
        specialty,
        active: 1,
      });
    else if (row.active === 0) writer.update('practitioner_specialty', row.id, { active: 1 });
  }
  for (const row of before)
    if (row.active === 1 && !wanted.includes(row.specialty))
      writer.update('practitioner_specialty', row.id, { active: 0 });
};

/** What is said of each site that is named, or was. */
const writeSites = (
  writer: LocalWriter,
  id: string,
  said: ReadonlyMap<string, boolean>,
  before: readonly string[],
  wanted: readonly string[],
) => {
  for (const locationId of new Set([...before, ...wanted])) {
    const active = wanted.includes(locationId);
    const row = practitionerLocationId(id, locationId);
    if (!said.has(locationId))
      writer.insert('practitioner_location', {
        id: row,
        practitioner_id: id,
        location_id: locationId,
        active: active ? 1 : 0,
      });
    else if (said.get(locationId) !== active)
      writer.update('practitioner_location', row, { active: active ? 1 : 0 });
  }
};

/** Why somebody cannot leave a site yet: their hours there, and who is booked there. */
const checkLeaving = (
  { store, clock, home }: FeatureDeps,
  id: string,
  left: readonly string[],
): Result<null> => {
  if (left.length === 0) return ok(null);
  if (!seesAll(store)) return fail('part-of-clinic');
  const today = dayAt(clock.now(), home().timeZone);
  const now = instant(clock.now());
  if (left.some((site) => bookedAt(store, id, site, now)))
    return fail('invalid-input', { fields: { siteIds: 'booked-there' } });
  return left.some((site) => hoursOfAt(store, id, site, today))
    ? fail('invalid-input', { fields: { siteIds: 'hours-there' } })
    : ok(null);
};

const createChecks = (deps: FeatureDeps) => {
  const { store } = deps;
  const isLicensed = (licence: string | null | undefined, id: string | null) =>
    licence != null && practitioners(store).some((row) => row.id !== id && row.licence_number === licence);
  const areSites = (ids: readonly string[]) =>
    ids.length === 0 || placesByIds(store, ids).filter((row) => row.part_of === null).length === ids.length;
  return (details: Partial<PractitionerDetails>, id: string | null): Result<null> => {
    const fields = {
      ...(isLicensed(details.licenceNumber, id) && { licenceNumber: 'already' }),
      ...(!areSites(details.siteIds ?? []) && { siteIds: 'invalid' }),
    };
    return Object.keys(fields).length > 0 ? fail('invalid-input', { fields }) : ok(null);
  };
};

const change = (
  deps: FeatureDeps,
  { id, was, ...given }: Parsed<'clinic.changePractitioner'>,
  connection: Connection,
): Result<{ id: PractitionerId }> => {
  const { store } = deps;
  const row = findPractitioner(store, id);
  if (row === undefined) return fail('not-found');
  const now = createReading(deps)(row);
  const details = { ...given, siteIds: given.siteIds.toSorted() };
  if (was !== null && isChangedElsewhere(now, was, details)) return fail('changed-meanwhile');
  const changes = changedFields(was ?? now, details);
  const checked = createChecks(deps)(changes, id);
  if (!checked.ok) return checked;
  const { furtherSpecialities, siteIds } = changes;
  const stays = checkLeaving(deps, id, siteIds ? now.siteIds.filter((one) => !siteIds.includes(one)) : []);
  if (!stays.ok) return stays;
  if (Object.keys(changes).length === 0) return ok({ id });
  write(deps, 'practitioner.update', connection, (writer) => {
    writer.update('practitioner', id, columns(changes));
    if (furtherSpecialities) writeSpecialities(writer, id, specialtyRows(store, id), furtherSpecialities);
    if (siteIds) writeSites(writer, id, saidOfSites(store).get(id) ?? new Map(), now.siteIds, siteIds);
  });
  return ok({ id });
};

/** Who works in the clinic: added, changed, left and come back. */
export const practitionerRecords = (
  deps: FeatureDeps,
): Handlers<
  | 'clinic.practitioners'
  | 'clinic.addPractitioner'
  | 'clinic.changePractitioner'
  | 'clinic.setPractitionerActive'
> => {
  const { store, clock } = deps;
  return {
    'clinic.practitioners': () => ok(practitioners(store).map(createReading(deps))),
    'clinic.addPractitioner': (details, connection) => {
      const checked = createChecks(deps)(details, null);
      if (!checked.ok) return checked;
      const id = deps.newId();
      write(deps, 'practitioner.create', connection, (writer) => {
        writer.insert('practitioner', {
          ...blank('practitioner'),
          id,
          prefix: details.prefix,
          family: details.family,
          given: details.given,
          gender: details.gender,
          speciality: details.speciality,
          licence_number: details.licenceNumber,
          colour: details.colour,
          active: 1,
        });
        writeSpecialities(writer, id, [], details.furtherSpecialities);
        writeSites(writer, id, new Map(), [], details.siteIds);
      });
      return ok({ id: id as PractitionerId });
    },
    'clinic.changePractitioner': (input, connection) => change(deps, input, connection),
    'clinic.setPractitionerActive': ({ id, active }, connection) => {
      if (findPractitioner(store, id) === undefined) return fail('not-found');
      if (!active && !seesAll(store)) return fail('part-of-clinic');
      const ahead = active ? null : bookingsAhead(store, 'practitioner_id', id, instant(clock.now()));
      if (ahead !== null) return fail('practitioner-booked', { params: { ...ahead } });
      write(deps, 'practitioner.active', connection, (writer) =>
        writer.update('practitioner', id, { active: active ? 1 : 0 }),
      );
      return ok(null);
    },
  };
};
