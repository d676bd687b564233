import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import { inChart } from '#main/core/in-chart.ts';
import { idsIn, locationNames, practitionerNames } from '#main/data/local/names.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { EncounterView } from '#shared/contract/pages.ts';
import type { AppointmentId, LocationId, PatientId, PractitionerId } from '#shared/kernel/ids.ts';
import { fail, ok } from '#shared/kernel/result.ts';
import { type EncounterRow, encountersOf, findEncounter } from './repository.ts';

const views = (reader: LocalReader, rows: readonly EncounterRow[]): EncounterView[] => {
  const uncertain = reader.uncertain(
    'encounter',
    rows.map(({ id }) => id),
  );
  const practitioners = practitionerNames(reader, idsIn(rows.map((row) => row.practitioner_id)));
  const locations = locationNames(reader, idsIn(rows.map((row) => row.location_id)));
  return rows.map((row) => ({
    id: row.id,
    patientId: row.patient_id as PatientId,
    appointmentId: row.appointment_id as AppointmentId | null,
    practitionerId: row.practitioner_id as PractitionerId | null,
    practitionerName: practitioners.get(row.practitioner_id ?? '') ?? null,
    locationId: row.location_id as LocationId | null,
    locationName: locations.get(row.location_id ?? '') ?? null,
    status: row.status,
    class: row.class,
    reason: row.reason,
    startAt: row.start_at,
    endAt: row.end_at,
    certainty: uncertain.get(row.id) ?? 'confirmed',
  }));
};

/** Encounters of a chart that is open to who asks. */
export const encounterHandlers = (deps: FeatureDeps): Handlers<'encounters.page' | 'encounters.get'> => ({
  'encounters.page': ({ patientId, after, limit }, { user }) =>
    inChart(deps, patientId, user, () => {
      const found = encountersOf(deps.store, patientId, after, limit + 1);
      const rows = found.slice(0, limit);
      const end = found.length > limit ? rows.at(-1) : undefined;
      return ok({
        encounters: views(deps.store, rows),
        next: end === undefined ? null : { at: end.start_at, id: end.id },
      });
    }),
  'encounters.get': ({ id }, { user }) => {
    const row = findEncounter(deps.store, id);
    return inChart(deps, row?.patient_id, user, () => {
      const [view] = views(deps.store, row === undefined ? [] : [row]);
      return view === undefined ? fail('not-found') : ok(view);
    });
  },
});
