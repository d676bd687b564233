import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import type { OutboxEntry, SyncStatus } from '#shared/contract/sync.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { MutationChange } from '#shared/sync/wire.ts';
import {
  appointmentSubjects,
  type PendingRow,
  patientNames,
  pendingMutations,
  tasksOfAnyDesk,
} from './repository.ts';
import { type Subject, subjectOf } from './subject.ts';

const ids = (values: readonly (string | null)[]): readonly string[] => [
  ...new Set(values.filter((value) => value !== null)),
];

type About = Pick<OutboxEntry, 'subject' | 'startLocal'>;

/** What each is about; names come from two questions for the whole list. */
const subjects = ({ store }: FeatureDeps, rows: readonly PendingRow[]): readonly About[] => {
  const found = rows.map(
    ({ first_change }): Subject =>
      subjectOf(first_change === null ? null : (JSON.parse(first_change) as MutationChange)),
  );
  const appointments = appointmentSubjects(store, ids(found.map((subject) => subject.appointmentId)));
  const patientOf = (subject: Subject) =>
    subject.patientId ?? appointments.get(subject.appointmentId ?? '')?.patient_id ?? null;
  const names = patientNames(store, ids(found.map(patientOf)));
  return found.map((subject) => {
    const known = appointments.get(subject.appointmentId ?? '')?.start_local ?? null;
    return {
      subject: names.get(patientOf(subject) ?? '') ?? subject.words,
      startLocal: subject.startLocal ?? known,
    };
  });
};

const outbox = (deps: FeatureDeps): OutboxEntry[] => {
  const rows = pendingMutations(deps.store);
  const about = subjects(deps, rows);
  return rows.map((row, index) => ({
    n: row.n,
    kind: row.kind,
    at: row.at,
    userName: row.user_name,
    status: row.status,
    sqlstate: row.sqlstate,
    message: row.message,
    subject: about[index]?.subject ?? '',
    startLocal: about[index]?.startLocal ?? null,
  }));
};

/** The engine's status, which counts the tasks of this desk, with those that wait on every desk added. */
export const wholeStatus = ({ store }: Pick<FeatureDeps, 'store'>, status: SyncStatus): SyncStatus =>
  store.ready() ? { ...status, tasks: status.tasks + tasksOfAnyDesk(store) } : status;

const decided = (deps: FeatureDeps, done: boolean): Result<null> => {
  if (!done) return fail('not-found');
  deps.engine.wake();
  return ok(null);
};

type Calls = 'sync.status' | 'sync.outbox' | 'sync.retry' | 'sync.verify' | 'sync.resend' | 'sync.withdraw';

/** How this workstation and the centre stand, and what a person can decide about it. */
export const syncHandlers = (deps: FeatureDeps): Handlers<Calls> => ({
  'sync.status': () => ok(wholeStatus(deps, deps.engine.status())),
  'sync.outbox': () => ok(deps.store.ready() ? outbox(deps) : []),
  'sync.retry': () => {
    deps.engine.wake();
    return ok(null);
  },
  'sync.verify': () => {
    if (!deps.store.ready()) return fail('not-ready');
    deps.engine.check();
    return ok(null);
  },
  'sync.resend': ({ n }) => decided(deps, deps.store.resend(n) !== null),
  'sync.withdraw': ({ n }) => decided(deps, deps.store.withdraw(n)),
});
