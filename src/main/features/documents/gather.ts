import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { stateOfNote } from '#shared/domain/notes/thread.ts';
import { measureOf } from '#shared/domain/vitals/measures.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

/** Nothing longer is read through by anybody; it bounds what is gathered. */
const most = 200;
const problemsOver = ['inactive', 'remission', 'resolved'];
const notStanding = ['entered-in-error', 'refuted'];
const coming = ['booked', 'pending', 'arrived'];

/** The problems of a person that go on, under any record, the newest first and each once. */
export const activeProblems = (reader: LocalReader, patientId: string): readonly string[] => {
  const rows = reader.all(
    localDb
      .selectFrom('condition')
      .select(['display'])
      .where('patient_id', 'in', samePatient(patientId))
      .where('voided_at', 'is', null)
      .where('clinical_status', 'not in', problemsOver)
      .where('verification_status', 'not in', notStanding)
      .orderBy('recorded_at', 'desc')
      .limit(most),
  );
  return [...new Set(rows.map(({ display }) => display))];
};

type Request = LocalRowOf<'medication_request'>;

/** Of versions those that stand: not taken back, and not followed by one that is not. */
const standing = (rows: readonly Request[]): readonly Request[] => {
  const live = rows.filter((row) => row.voided_at === null);
  const followed = new Set(live.map((row) => row.parent_id));
  return live.filter((row) => !followed.has(row.id) && row.status === 'active');
};

/** What was prescribed and is signed: in one encounter, or all that goes on. */
export const prescriptions = (
  reader: LocalReader,
  patientId: string,
  encounterId: string | null,
): readonly Request[] => {
  const rows = reader.all(
    localDb
      .selectFrom('medication_request')
      .selectAll()
      .where('patient_id', 'in', samePatient(patientId))
      .orderBy('created_at', 'desc')
      .limit(most),
  );
  return standing(rows).filter(
    (row) => row.signed_at !== null && (encounterId === null || row.encounter_id === encounterId),
  );
};

/** Values of one encounter by LOINC code, the latest of each; what was corrected or entered in error is left out. */
export const measured = (
  reader: LocalReader,
  encounterId: string,
): ReadonlyMap<string, LocalRowOf<'observation'>> => {
  const rows = reader.all(
    localDb
      .selectFrom('observation')
      .selectAll()
      .where('encounter_id', '=', encounterId)
      .orderBy('effective_at')
      .orderBy('recorded_at')
      .limit(most),
  );
  const corrected = new Set(rows.map((row) => row.corrects));
  const live = rows.filter(
    (row) =>
      !corrected.has(row.id) &&
      row.status !== 'entered-in-error' &&
      row.status !== 'cancelled' &&
      row.value !== null &&
      measureOf(row.code) !== null,
  );
  return new Map(live.map((row) => [row.code, row]));
};

/** The signed notes of an encounter as they stand now, the first first. */
export const signedNotes = (
  reader: LocalReader,
  encounterId: string,
): readonly LocalRowOf<'composition'>[] => {
  const rows = reader.all(
    localDb
      .selectFrom('composition')
      .selectAll()
      .where('encounter_id', '=', encounterId)
      .orderBy('created_at')
      .limit(most),
  );
  return rows.filter((row) => row.signed_at !== null && stateOfNote(row, rows) === 'current');
};

export const findEncounter = (reader: LocalReader, id: string): LocalRowOf<'encounter'> | undefined =>
  reader.get(localDb.selectFrom('encounter').selectAll().where('id', '=', id));

/** The next appointment after a moment. */
export const nextAppointment = (
  reader: LocalReader,
  patientId: string,
  after: string,
): LocalRowOf<'appointment'> | undefined =>
  reader.get(
    localDb
      .selectFrom('appointment')
      .selectAll()
      .where('patient_id', 'in', samePatient(patientId))
      .where('start_at', '>', after)
      .where('status', 'in', coming)
      .where('voided_at', 'is', null)
      .where('needs_rebooking', '=', 0)
      .orderBy('start_at')
      .limit(1),
  );
