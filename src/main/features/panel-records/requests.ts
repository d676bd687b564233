import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { approvedPatient } from '#main/core/own-patient.ts';
import {
  answer,
  ask,
  findRequest,
  findRequestOf,
  openRequests,
  openRequestsOf,
  type RequestTask,
  requestsOf,
} from '#main/core/patient-requests.ts';
import { isReleased } from '#main/core/released.ts';
import { write } from '#main/core/write.ts';
import { idsIn } from '#main/data/local/names.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { PatientRequest, RecordsRequest } from '#shared/contract/panel-records.ts';
import {
  decodeRequest,
  mostOpenRequests,
  recordsRequestCode,
  requestStatusOf,
} from '#shared/domain/panel/request.ts';
import { fullName } from '#shared/domain/patients/name.ts';
import type { PatientId, PrescriptionId, TaskId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RecordsDeps } from './deps.ts';
import { accountsOf, peopleNamed } from './repository.ts';

const mostShown = 50;

/** Requests as the patient sees them. The name of a medicine is what is in the chart: not without its release. */
export const requestViews = (
  deps: RecordsDeps,
  patientId: string,
  tasks: readonly RequestTask[],
): PatientRequest[] => {
  const uncertain = deps.store.uncertain(
    'task',
    tasks.map(({ id }) => id),
  );
  const versions = idsIn(tasks.map(({ focus_id }) => focus_id));
  const medications =
    versions.length > 0 && isReleased(deps, patientId, 'prescriptions')
      ? deps.forPatient.medications(patientId, versions)
      : new Map<string, string>();
  return tasks.map((task) => {
    const words = decodeRequest(task.reason);
    const isRecords = task.code === recordsRequestCode;
    const status = requestStatusOf(task.status);
    return {
      id: task.id as TaskId,
      kind: isRecords ? 'records' : 'renewal',
      what: isRecords ? words.what : (medications.get(task.focus_id ?? '') ?? ''),
      why: isRecords ? words.why : words.what,
      prescriptionId: isRecords ? null : (task.focus_id as PrescriptionId | null),
      status,
      askedAt: task.created_at,
      answeredAt: status === 'requested' ? null : task.completed_at,
      answer: status === 'requested' ? '' : words.answer,
      certainty: uncertain.get(task.id) ?? 'confirmed',
    };
  });
};

const requestRecords = (
  deps: RecordsDeps,
  { patientId, what, why }: Parsed<'panel.requestRecords'>,
  connection: Connection,
): Result<PatientRequest> => {
  const own = approvedPatient(deps, connection, patientId);
  if (!own.ok) return own;
  if (openRequestsOf(deps.store, patientId, recordsRequestCode).length >= mostOpenRequests)
    return fail('duplicate');
  const by = connection.user?.id ?? null;
  let id = '';
  write(deps, 'records.request', connection, (writer) => {
    id = ask(deps, writer, { code: recordsRequestCode, patientId, words: { by, what, why } });
  });
  const task = findRequest(deps.store, id, recordsRequestCode);
  const [view] = task === undefined ? [] : requestViews(deps, patientId, [task]);
  return view === undefined ? fail('not-found') : ok(view);
};

const withdraw = (
  deps: RecordsDeps,
  { patientId, id }: Parsed<'panel.withdrawRequest'>,
  connection: Connection,
): Result<null> => {
  const own = approvedPatient(deps, connection, patientId);
  if (!own.ok) return own;
  const task = findRequestOf(deps.store, patientId, id);
  if (task === undefined) return fail('not-found');
  if (task.status !== 'requested') return fail('changed-meanwhile');
  const user = connection.user?.id ?? null;
  write(deps, 'request.withdraw', connection, (writer) =>
    answer(deps, writer, task, { status: 'cancelled', words: '', user }),
  );
  return ok(null);
};

/** What waits for a desk. It is for everybody there: the words are the patient's own, written to them. */
const waiting = (deps: RecordsDeps): RecordsRequest[] => {
  const tasks = openRequests(deps.store, recordsRequestCode);
  const people = peopleNamed(deps.store, idsIn(tasks.map(({ patient_id }) => patient_id)));
  const uncertain = deps.store.uncertain(
    'task',
    tasks.map(({ id }) => id),
  );
  return tasks.flatMap((task) => {
    const person = people.get(task.patient_id ?? '');
    if (person === undefined) return [];
    const { by, what, why } = decodeRequest(task.reason);
    return [
      {
        id: task.id as TaskId,
        patientId: person.id as PatientId,
        patientName: fullName(person),
        patientMrn: person.mrn,
        askedBy: accountsOf(deps.store, person.id).get(by ?? '') ?? '',
        what,
        why,
        createdAt: task.created_at,
        certainty: uncertain.get(task.id) ?? 'confirmed',
      },
    ];
  });
};

const reply = (
  deps: RecordsDeps,
  { id, status, words }: Parsed<'records.answer'>,
  connection: Connection,
): Result<null> => {
  const task = findRequest(deps.store, id, recordsRequestCode);
  if (task === undefined) return fail('not-found');
  if (task.status !== 'requested') return fail('changed-meanwhile');
  if (status === 'rejected' && words === '') return fail('invalid-input', { fields: { words: 'required' } });
  const user = connection.user?.id ?? null;
  write(deps, 'records.answer', connection, (writer) => answer(deps, writer, task, { status, words, user }));
  return ok(null);
};

/** What patients ask for of their records, and what a desk says to it. */
export const requestHandlers = (
  deps: RecordsDeps,
): Handlers<
  'panel.requestRecords' | 'panel.requests' | 'panel.withdrawRequest' | 'records.requests' | 'records.answer'
> => ({
  'panel.withdrawRequest': (input, connection) => withdraw(deps, input, connection),
  'panel.requestRecords': (input, connection) => requestRecords(deps, input, connection),
  'panel.requests': ({ patientId }, connection) => {
    const own = approvedPatient(deps, connection, patientId);
    return own.ok ? ok(requestViews(deps, patientId, requestsOf(deps.store, patientId, mostShown))) : own;
  },
  'records.requests': () => ok(waiting(deps)),
  'records.answer': (input, connection) => reply(deps, input, connection),
});
