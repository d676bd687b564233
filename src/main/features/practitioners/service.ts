import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import { furtherSpecialties } from '#main/data/local/specialties.ts';
import type { LocationView, PractitionerView } from '#shared/contract/practitioners.ts';
import { allSpecialties } from '#shared/domain/clinic/practice.ts';
import type { LocationId, PractitionerId } from '#shared/kernel/ids.ts';
import { ok } from '#shared/kernel/result.ts';
import { placesOfPractitioners, sitesWithSchedule } from './repository.ts';

/** Everybody who sees patients, by name, at most 500. */
export const practitioners = ({ store }: Pick<FeatureDeps, 'store'>): PractitionerView[] => {
  const rows = placesOfPractitioners(store);
  const further = furtherSpecialties(store);
  const all = [...Map.groupBy(rows, (row) => row.id).values()].slice(0, 500);
  return all.flatMap(([first, ...rest]) =>
    first
      ? [
          {
            id: first.id as PractitionerId,
            name: [first.prefix, first.given, first.family].filter(Boolean).join(' '),
            speciality: first.speciality,
            specialities: allSpecialties(first.speciality, further.get(first.id) ?? []),
            colour: first.colour,
            locationIds: [first, ...rest].map((row) => row.location_id as LocationId),
          },
        ]
      : [],
  );
};

const locations = ({ store }: FeatureDeps): LocationView[] =>
  sitesWithSchedule(store).map((row) => ({
    id: row.id as LocationId,
    name: row.name,
    city: row.city,
    timeZone: row.time_zone,
  }));

/** Who works here, and where. */
export const practitionerHandlers = (
  deps: FeatureDeps,
): Handlers<'practitioners.list' | 'practitioners.locations'> => ({
  'practitioners.list': () => ok(practitioners(deps)),
  'practitioners.locations': () => ok(locations(deps)),
});
