import { chartAccess } from '#main/core/chart-access.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { inChart } from '#main/core/in-chart.ts';
import {
  answer,
  findRequest,
  openRequests,
  openRequestsOf,
  type RequestTask,
} from '#main/core/patient-requests.ts';
import { idsIn } from '#main/data/local/names.ts';
import { localDb } from '#main/data/local/query.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { RenewalRequest } from '#shared/contract/panel-prescriptions.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { decodeRequest, renewalRequestCode } from '#shared/domain/panel/request.ts';
import { fullName } from '#shared/domain/patients/name.ts';
import { isForked } from '#shared/domain/prescribing/chain.ts';
import type { PatientId, TaskId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { placed } from './chains.ts';
import type { PrescribingDeps } from './deps.ts';
import { prescriptionsById } from './repository.ts';
import { prescriptionViews } from './view.ts';

type Whose = RenewalRequest['whose'];

/** Whose a request is for the signed-in doctor; null where another doctor answers it. */
const whoseOf = (
  { owner_practitioner_id: owner }: RequestTask,
  own: readonly string[],
  { isReader }: PrescribingDeps['inboxes'],
): Whose | null => {
  if (owner === null) return 'nobody';
  if (owner === own[0]) return 'own';
  if (own.includes(owner)) return 'delegated';
  return isReader(owner) ? null : 'nobody';
};

const waiting = (deps: PrescribingDeps, connection: Connection) => {
  const own = deps.inboxes.readFor(connection);
  return openRequests(deps.store, renewalRequestCode).flatMap((task) => {
    const whose = whoseOf(task, own, deps.inboxes);
    return whose === null || task.patient_id === null ? [] : [{ task, whose, patientId: task.patient_id }];
  });
};

/** The version a renewal begins with, as it holds now, whatever was written since it was asked for. */
const holdsNow = (deps: PrescribingDeps, versionId: string | null) => {
  const found = versionId === null ? null : placed(deps.store, versionId);
  if (found === null || !found.ok) return { prescription: null, forked: false };
  const { chain } = found.value;
  if (isForked(chain)) return { prescription: null, forked: true };
  const today = dayAt(deps.clock.now(), deps.home().timeZone);
  const rows = prescriptionsById(
    deps.store,
    chain.newest.map(({ id }) => id),
  );
  const [view] = prescriptionViews(deps.store, [...rows.values()], today);
  return { prescription: view ?? null, forked: false };
};

const list = (deps: PrescribingDeps, connection: Connection): RenewalRequest[] => {
  const found = waiting(deps, connection);
  const people = new Map(
    deps.store
      .all(
        localDb
          .selectFrom('patient')
          .select(['id', 'family', 'given', 'mrn'])
          .where('id', 'in', [...idsIn(found.map(({ patientId }) => patientId))]),
      )
      .map((row) => [row.id, row]),
  );
  const uncertain = deps.store.uncertain(
    'task',
    found.map(({ task }) => task.id),
  );
  return found.flatMap(({ task, whose, patientId }) => {
    const person = people.get(patientId);
    if (person === undefined) return [];
    // What is taken says what somebody has: of a restricted chart only that there is a request.
    const restricted = !chartAccess(deps, patientId, connection.user).ok;
    return [
      {
        id: task.id as TaskId,
        patientId: patientId as PatientId,
        patientName: fullName(person),
        patientMrn: person.mrn,
        words: restricted ? '' : decodeRequest(task.reason).what,
        ...(restricted ? { prescription: null, forked: false } : holdsNow(deps, task.focus_id)),
        whose,
        restricted,
        createdAt: task.created_at,
        certainty: uncertain.get(task.id) ?? 'confirmed',
      },
    ];
  });
};

const refuse = (
  deps: PrescribingDeps,
  { id, reason }: Parsed<'prescriptions.refuseRenewal'>,
  { user }: Connection,
): Result<null> => {
  const task = findRequest(deps.store, id, renewalRequestCode);
  return inChart(deps, task?.patient_id ?? undefined, user, () => {
    if (task?.status !== 'requested') return fail('changed-meanwhile');
    deps.store.mutate({ kind: 'renewal.refuse', user: user?.id ?? null }, (writer) =>
      answer(deps, writer, task, { status: 'rejected', words: reason, user: user?.id ?? null }),
    );
    deps.engine.wake();
    return ok(null);
  });
};

/** The open requests that a renewal of these versions answers, however it was begun. */
export const requestsAnswered = (
  deps: Pick<PrescribingDeps, 'store'>,
  patientId: string,
  renewed: readonly string[],
): readonly RequestTask[] => {
  if (renewed.length === 0) return [];
  const versions = new Set(
    renewed.flatMap((id) => {
      const found = placed(deps.store, id);
      return found.ok ? found.value.chain.versions.map((version) => version.id) : [];
    }),
  );
  return openRequestsOf(deps.store, patientId, renewalRequestCode).filter(
    ({ focus_id }) => focus_id !== null && versions.has(focus_id),
  );
};

/** Says that what a patient asked for was done, together with what was signed. */
export const closeRequests = (
  deps: Pick<PrescribingDeps, 'clock'>,
  writer: LocalWriter,
  tasks: readonly RequestTask[],
  user: string,
): void => {
  for (const task of tasks) answer(deps, writer, task, { status: 'completed', words: '', user });
};

/** What patients ask their prescribers for. */
export const renewalHandlers = (
  deps: PrescribingDeps,
): Handlers<'prescriptions.renewals' | 'prescriptions.renewalsWaiting' | 'prescriptions.refuseRenewal'> => ({
  'prescriptions.renewals': (_input, connection) => ok(list(deps, connection)),
  'prescriptions.renewalsWaiting': (_input, connection) => ok({ count: waiting(deps, connection).length }),
  'prescriptions.refuseRenewal': (input, connection) => refuse(deps, input, connection),
});
