import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import { write } from '#main/core/write.ts';
import type { PractitionerDetails, PractitionerRecord } from '#shared/contract/clinic.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { readColour } from '#shared/domain/clinic/colours.ts';
import { genders } from '#shared/domain/patients/patient.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { PractitionerId } from '#shared/kernel/ids.ts';
import { fail, ok } from '#shared/kernel/result.ts';
import { blank, type LocalRowOf } from '#shared/sync/catalogue.ts';
import { bookingsAhead, findPractitioner, practitioners, seesAll, sitesOfHours } from './repository.ts';

const columns = (details: PractitionerDetails) => ({
  prefix: details.prefix,
  family: details.family,
  given: details.given,
  gender: details.gender,
  speciality: details.speciality,
  licence_number: details.licenceNumber,
  colour: details.colour,
});

const recordOf = (row: LocalRowOf<'practitioner'>, sites: readonly string[]): PractitionerRecord => ({
  id: row.id as PractitionerId,
  prefix: row.prefix,
  family: row.family,
  given: row.given,
  gender: genders.find((gender) => gender === row.gender) ?? 'unknown',
  speciality: row.speciality,
  licenceNumber: row.licence_number,
  colour: readColour(row.colour),
  active: row.active === 1,
  sites: [...sites],
});

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
  const isLicensed = (licence: string | null, id: string | null) =>
    licence !== null && practitioners(store).some((row) => row.id !== id && row.licence_number === licence);
  const twice = fail('invalid-input', { fields: { licenceNumber: 'already' } });
  return {
    'clinic.practitioners': () => {
      const today = dayAt(clock.now(), deps.home().timeZone);
      const sites = Map.groupBy(sitesOfHours(store, today), (row) => row.practitioner_id);
      return ok(
        practitioners(store).map((row) =>
          recordOf(
            row,
            (sites.get(row.id) ?? []).map(({ name }) => name),
          ),
        ),
      );
    },
    'clinic.addPractitioner': (details, connection) => {
      if (isLicensed(details.licenceNumber, null)) return twice;
      const id = deps.newId();
      write(deps, 'practitioner.create', connection, (writer) =>
        writer.insert('practitioner', { ...blank('practitioner'), id, ...columns(details), active: 1 }),
      );
      return ok({ id: id as PractitionerId });
    },
    'clinic.changePractitioner': ({ id, ...details }, connection) => {
      if (findPractitioner(store, id) === undefined) return fail('not-found');
      if (isLicensed(details.licenceNumber, id)) return twice;
      write(deps, 'practitioner.update', connection, (writer) =>
        writer.update('practitioner', id, columns(details)),
      );
      return ok({ id });
    },
    'clinic.setPractitionerActive': ({ id, active }, connection) => {
      if (findPractitioner(store, id) === undefined) return fail('not-found');
      if (!active && !seesAll(store)) return fail('part-of-clinic');
      const count = active ? 0 : bookingsAhead(store, 'practitioner_id', id, instant(clock.now()));
      if (count > 0) return fail('practitioner-booked', { params: { count } });
      write(deps, 'practitioner.active', connection, (writer) =>
        writer.update('practitioner', id, { active: active ? 1 : 0 }),
      );
      return ok(null);
    },
  };
};
