import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader, LocalWriter } from '#main/data/local/store.ts';
import {
  decodeRequest,
  encodeRequest,
  type PatientRequestCode,
  type PatientRequestStatus,
  patientRequestCodes,
  type RequestWords,
} from '#shared/domain/panel/request.ts';
import { instant } from '#shared/kernel/clock.ts';
import { blank, type LocalRowOf } from '#shared/sync/catalogue.ts';
import type { FeatureDeps } from './deps.ts';

export type RequestTask = LocalRowOf<'task'>;

/** More are on no list; it bounds what one call can ask of memory. */
export const mostRequests = 200;

/** What a patient asked for, under all records of theirs, the latest first. */
export const requestsOf = (reader: LocalReader, patientId: string, limit: number): readonly RequestTask[] =>
  reader.all(
    localDb
      .selectFrom('task')
      .selectAll()
      .where('patient_id', 'in', samePatient(patientId))
      .where('code', 'in', patientRequestCodes)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit),
  );

/** What of it nobody has answered yet, the oldest first. */
export const openRequestsOf = (
  reader: LocalReader,
  patientId: string,
  code: PatientRequestCode,
): readonly RequestTask[] =>
  reader.all(
    localDb
      .selectFrom('task')
      .selectAll()
      .where('patient_id', 'in', samePatient(patientId))
      .where('code', '=', code)
      .where('status', '=', 'requested')
      .orderBy('created_at')
      .orderBy('id')
      .limit(mostRequests),
  );

/** Open requests of a code of all patients, the oldest first. They wait on no desk in particular. */
export const openRequests = (reader: LocalReader, code: PatientRequestCode): readonly RequestTask[] =>
  reader.all(
    localDb
      .selectFrom('task')
      .selectAll()
      .where('owner_device', 'is', null)
      .where('status', '=', 'requested')
      .where('code', '=', code)
      .orderBy('created_at')
      .limit(mostRequests),
  );

/** A request of a code by its id. */
export const findRequest = (
  reader: LocalReader,
  id: string,
  code: PatientRequestCode,
): RequestTask | undefined =>
  reader.get(localDb.selectFrom('task').selectAll().where('id', '=', id).where('code', '=', code));

/** A request of one patient by its id, whatever it is for. */
export const findRequestOf = (reader: LocalReader, patientId: string, id: string): RequestTask | undefined =>
  reader.get(
    localDb
      .selectFrom('task')
      .selectAll()
      .where('id', '=', id)
      .where('patient_id', 'in', samePatient(patientId))
      .where('code', 'in', patientRequestCodes),
  );

interface Asked {
  readonly code: PatientRequestCode;
  readonly patientId: string;
  readonly words: Omit<RequestWords, 'answer'>;
  /** Of a renewal: who wrote the prescription, and which version it was asked for. */
  readonly practitionerId?: string | null;
  readonly focusId?: string;
}

/** Writes a request. Returns its id. */
export const ask = (
  { newId, clock }: Pick<FeatureDeps, 'newId' | 'clock'>,
  writer: LocalWriter,
  { code, patientId, words, practitionerId = null, focusId }: Asked,
): string => {
  const id = newId();
  writer.insert('task', {
    ...blank('task'),
    id,
    code,
    status: 'requested',
    patient_id: patientId,
    reason: encodeRequest({ ...words, answer: '' }),
    created_at: instant(clock.now()),
    owner_practitioner_id: practitionerId,
    focus_id: focusId ?? null,
  });
  return id;
};

/**
 * Answers a request with words to the patient, or takes it back for them. Status and words are written together, so two answers never
 * mix.
 */
export const answer = (
  { clock }: Pick<FeatureDeps, 'clock'>,
  writer: LocalWriter,
  task: Pick<RequestTask, 'id' | 'reason'>,
  {
    status,
    words,
    user,
  }: {
    readonly status: Exclude<PatientRequestStatus, 'requested'>;
    readonly words: string;
    readonly user: string | null;
  },
): void =>
  writer.update('task', task.id, {
    status,
    reason: encodeRequest({ ...decodeRequest(task.reason), answer: words }, status),
    completed_at: instant(clock.now()),
    completed_by: user,
  });
