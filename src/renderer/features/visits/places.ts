import type { BoardColumn } from '#shared/contract/appointments.ts';
import type { LocationView, PractitionerView } from '#shared/contract/practitioners.ts';
import type { LocationId, PractitionerId } from '#shared/kernel/ids.ts';

/** A doctor at a site, as the choice of a field. */
export interface Place {
  readonly value: string;
  readonly label: string;
  readonly practitionerId: PractitionerId;
  readonly locationId: LocationId;
}

const place = (
  practitionerId: PractitionerId,
  name: string,
  locationId: LocationId,
  ...where: readonly (string | null)[]
): Place => ({
  value: `${practitionerId} ${locationId}`,
  label: [name, ...where].filter(Boolean).join(', '),
  practitionerId,
  locationId,
});

/**
 * Where somebody without an appointment can go: the doctors on duty today, each at each of their sites; when nobody is, every doctor
 * at every site where they ever work.
 */
export function placesToday(
  columns: readonly BoardColumn[],
  practitioners: readonly PractitionerView[],
  locations: readonly LocationView[],
  site: string | null,
): readonly Place[] {
  const onDuty = columns.flatMap(({ practitionerId, practitionerName, blocks }) =>
    blocks.map(({ locationId, locationName, roomName }) =>
      place(practitionerId, practitionerName, locationId, roomName, site ? null : locationName),
    ),
  );
  const ever = practitioners.flatMap(({ id, name, locationIds }) =>
    locationIds
      .filter((locationId) => site === null || locationId === site)
      .map((locationId) =>
        place(id, name, locationId, locations.find((one) => one.id === locationId)?.name ?? null),
      ),
  );
  const all = onDuty.length > 0 ? onDuty : ever;
  return [...new Map(all.toReversed().map((one) => [one.value, one])).values()].toReversed();
}
