import { goingOn } from '#main/data/local/merged.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { Certainty } from '#shared/contract/appointments.ts';
import type { MergedRecord, PatientSummary, PatientView } from '#shared/contract/patients.ts';
import type { LocationId, PatientId } from '#shared/kernel/ids.ts';
import { mergedInto } from './merge-repository.ts';
import { findPatient, type PatientRow } from './repository.ts';

const summary = (row: PatientRow, certainty: Certainty): PatientSummary => ({
  id: row.id as PatientId,
  mrn: row.mrn,
  family: row.family,
  given: row.given,
  gender: row.gender,
  birthDate: row.birth_date,
  birthDateEstimated: row.birth_date_estimated === 1,
  phone: row.phone,
  city: row.city,
  deceasedDate: row.deceased_date,
  certainty,
});

/** Rows as a list shows them. */
export const patientSummaries = (reader: LocalReader, rows: readonly PatientRow[]): PatientSummary[] => {
  const uncertain = reader.uncertain(
    'patient',
    rows.map((row) => row.id),
  );
  return rows.map((row) => summary(row, uncertain.get(row.id) ?? 'confirmed'));
};

const mergedRecord = (row: PatientRow): MergedRecord => ({
  id: row.id as PatientId,
  mrn: row.mrn,
  family: row.family,
  given: row.given,
});

/** The record that goes on in place of a merged one; null of one that is not merged. */
const recordThatGoesOn = (
  reader: LocalReader,
  { id, merged_into: into }: PatientRow,
): MergedRecord | null => {
  if (into === null) return null;
  const root = goingOn(reader, [id]).get(id) ?? into;
  const row = findPatient(reader, root);
  return row === undefined ? { id: root as PatientId, mrn: '', family: '', given: '' } : mergedRecord(row);
};

/** A row as its own screen shows it. */
export const patientView = (reader: LocalReader, row: PatientRow): PatientView => ({
  ...summary(row, reader.certainty('patient', row.id)),
  email: row.email,
  addressLine: row.address_line,
  postalCode: row.postal_code,
  country: row.country,
  contactName: row.contact_name,
  contactPhone: row.contact_phone,
  contactRelation: row.contact_relation,
  language: row.language,
  locationId: row.location_id as LocationId | null,
  createdAt: row.created_at,
  rowVersion: row.row_version,
  mergedInto: recordThatGoesOn(reader, row),
  mergedFrom: mergedInto(reader, row.id).map(mergedRecord),
});
