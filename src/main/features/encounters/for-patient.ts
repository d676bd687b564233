import type { FeatureDeps } from '#main/core/deps.ts';
import { type PageAsked, pageEndOf, pageOf } from '#main/core/paged.ts';
import { idsIn, locationNames, practitionerNames } from '#main/data/local/names.ts';
import { recordsOf } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { PanelEncounter } from '#shared/contract/panel-records.ts';
import { type EncounterRow, encountersOf, findEncounter } from './repository.ts';

type Deps = Pick<FeatureDeps, 'store'>;

const views = (reader: LocalReader, rows: readonly EncounterRow[]): PanelEncounter[] => {
  const practitioners = practitionerNames(reader, idsIn(rows.map((row) => row.practitioner_id)));
  const locations = locationNames(reader, idsIn(rows.map((row) => row.location_id)));
  return rows.map((row) => ({
    id: row.id,
    practitionerName: practitioners.get(row.practitioner_id ?? '') ?? null,
    locationName: locations.get(row.location_id ?? '') ?? null,
    status: row.status,
    startAt: row.start_at,
    endAt: row.end_at,
  }));
};

/** A page of the visits of a person as they see them: when, where and with whom, and nothing that was written at them. */
export const encountersForPatient = (
  { store }: Deps,
  patientId: string,
  { before, limit }: PageAsked,
): { readonly items: readonly PanelEncounter[]; readonly next: string | null } => {
  const found = encountersOf(store, patientId, pageEndOf(before), limit + 1);
  const { rows, next } = pageOf(found, limit, ({ start_at, id }) => ({ at: start_at, id }));
  return { items: views(store, rows), next };
};

/** One visit of a person as they see it; null for one of somebody else. */
export const encounterForPatient = (
  { store }: Deps,
  patientId: string,
  id: string,
): PanelEncounter | null => {
  const row = findEncounter(store, id);
  if (row === undefined || !recordsOf(store, patientId).has(row.patient_id)) return null;
  return views(store, [row])[0] ?? null;
};
