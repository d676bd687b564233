import {
  accountNames,
  idsIn,
  locationNames,
  patientNames,
  practitionerNames,
} from '#main/data/local/names.ts';
import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { AuditLine } from '#shared/contract/audit.ts';
import { fullName } from '#shared/domain/patients/name.ts';
import type { PatientId } from '#shared/kernel/ids.ts';

type Patient = NonNullable<AuditLine['patient']>;

/** Patients by id, as a line names them; one that is not here has no name. */
export const patientsOf = (
  reader: LocalReader,
  ids: readonly (string | null)[],
): ReadonlyMap<string, Patient> =>
  new Map(
    reader
      .all(
        localDb
          .selectFrom('patient')
          .select(['id', 'family', 'given', 'mrn'])
          .where('id', 'in', [...idsIn(ids)]),
      )
      .map((row) => [row.id, { id: row.id as PatientId, name: fullName(row), mrn: row.mrn }]),
  );

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** What SQLite is asked at once. */
const mostIds = 500;

/** What the ids among some values are called, as far as it is known here. */
export const namesIn = (reader: LocalReader, values: readonly unknown[]): Record<string, string> => {
  const ids = [...new Set(values.filter((value) => typeof value === 'string' && uuid.test(value)))]
    .slice(0, mostIds)
    .map(String);
  if (ids.length === 0) return {};
  return Object.fromEntries(
    [accountNames, practitionerNames, locationNames, patientNames].flatMap((names) => [
      ...names(reader, ids),
    ]),
  );
};
