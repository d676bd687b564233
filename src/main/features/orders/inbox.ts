import { chartAccess } from '#main/core/chart-access.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { ReportView } from '#shared/contract/orders.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { standsInFor } from '#shared/domain/orders/inbox.ts';
import { followUpCode } from '#shared/domain/orders/request.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank } from '#shared/sync/catalogue.ts';
import {
  correctionsOf,
  countWaiting,
  delegationsOf,
  findFollowUp,
  findReport,
  isReader,
  mostShown,
  openFollowUps,
  readingsOf,
  waitingReports,
} from './repository.ts';
import { followUpViews, reportViews } from './view.ts';

const todayOf = ({ clock, home }: FeatureDeps): string => dayAt(clock.now(), home().timeZone);

/** The signed-in practitioner and those who are away and have given their results to them. */
export const readFor = (deps: FeatureDeps, { user }: Connection): readonly string[] => {
  const own = user?.practitionerId ?? null;
  if (own === null) return [];
  const today = todayOf(deps);
  const given = delegationsOf(deps.store, own, today).map((row) => ({
    practitionerId: row.practitioner_id,
    delegateId: row.delegate_id,
    startDate: row.start_date,
    endDate: row.end_date,
  }));
  return [own, ...standsInFor(own, given, today)];
};

/** What a restricted chart has in it, the name of the test too, is shown once a reason was given. How urgent it is, at once. */
const hidden = (report: ReportView): ReportView => ({
  ...report,
  test: null,
  display: '',
  performer: null,
  values: [],
  conclusion: null,
});

const inbox = (deps: FeatureDeps, connection: Connection): Result<Output<'results.inbox'>> => {
  const { store } = deps;
  const own = readFor(deps, connection);
  const rows = waitingReports(store, own);
  const views = reportViews(store, rows.slice(0, mostShown), deps.home().timeZone);
  const items = views.map((report) => {
    const restricted = !chartAccess(deps, report.patientId, connection.user).ok;
    const isOwn = report.requesterId !== null && report.requesterId === connection.user?.practitionerId;
    const whose =
      report.requesterId === null || !(isOwn || own.includes(report.requesterId))
        ? ('nobody' as const)
        : isOwn
          ? ('own' as const)
          : ('delegated' as const);
    return { report: restricted ? hidden(report) : report, whose, restricted };
  });
  return ok({ items, more: rows.length > mostShown });
};

const acknowledge = (
  deps: FeatureDeps,
  { reportId, note, followUp }: Parsed<'results.acknowledge'>,
  { user }: Connection,
): Result<Output<'results.acknowledge'>> => {
  const { store } = deps;
  const row = findReport(store, reportId);
  if (row === undefined) return fail('not-found');
  const open = chartAccess(deps, row.patient_id, user);
  if (!open.ok || user === null) return open.ok ? fail('not-signed-in') : open;
  if (readingsOf(store, [reportId]).has(reportId) || correctionsOf(store, [reportId]).has(reportId))
    return fail('changed-meanwhile');
  if (followUp !== null && followUp.dueDate < todayOf(deps))
    return fail('invalid-input', { fields: { dueDate: 'follow-up-past' } });
  const owner = followUp?.ownerId ?? user.practitionerId;
  if (followUp !== null && (owner === null || !isReader(store, owner)))
    return fail('invalid-input', { fields: { ownerId: 'invalid' } });
  const at = instant(deps.clock.now());
  store.mutate({ kind: 'results.acknowledge', user: user.id }, (writer) => {
    writer.insert('result_acknowledgement', {
      ...blank('result_acknowledgement'),
      id: deps.newId(),
      patient_id: row.patient_id,
      report_id: reportId,
      practitioner_id: user.practitionerId,
      note: note || null,
      recorded_at: at,
      recorded_by: user.id,
    });
    if (followUp === null) return;
    writer.insert('task', {
      ...blank('task'),
      id: deps.newId(),
      code: followUpCode,
      status: 'requested',
      patient_id: row.patient_id,
      reason: followUp.text,
      created_at: at,
      owner_practitioner_id: owner,
      due_date: followUp.dueDate,
      focus_id: reportId,
    });
  });
  deps.engine.wake();
  const [view] = reportViews(store, [row], deps.home().timeZone);
  return view === undefined ? fail('not-found') : ok(view);
};

/** A task without a patient is in no chart. */
const chartOf = (
  deps: FeatureDeps,
  { patient_id }: { readonly patient_id: string | null },
  user: Connection['user'],
): Result<null> => (patient_id === null ? ok(null) : chartAccess(deps, patient_id, user));

/** What is to be done says what the result was: of a restricted chart only that there is something. */
const followUps = (deps: FeatureDeps, connection: Connection): Output<'results.followUps'> => {
  const rows = openFollowUps(deps.store, readFor(deps, connection));
  return followUpViews(deps.store, rows).map((view, place) => {
    const row = rows[place];
    const restricted = row !== undefined && !chartOf(deps, row, connection.user).ok;
    return restricted ? { ...view, restricted, text: '', display: null } : view;
  });
};

const followUpDone = (
  deps: FeatureDeps,
  { id }: Parsed<'results.followUpDone'>,
  { user }: Connection,
): Result<Output<'results.followUpDone'>> => {
  const row = findFollowUp(deps.store, id);
  if (row === undefined) return fail('not-found');
  const open = chartOf(deps, row, user);
  if (!open.ok) return open;
  if (row.status !== 'requested') return fail('changed-meanwhile');
  const at = instant(deps.clock.now());
  const by = user?.id ?? null;
  deps.store.mutate({ kind: 'results.followUpDone', user: by }, (writer) =>
    writer.update('task', id, { status: 'completed', completed_at: at, completed_by: by }),
  );
  deps.engine.wake();
  const [view] = followUpViews(deps.store, [row]);
  return view === undefined ? fail('not-found') : ok(view);
};

/** Reading results, and what is to be done about them. */
export const inboxHandlers = (
  deps: FeatureDeps,
): Handlers<
  'results.inbox' | 'results.waiting' | 'results.acknowledge' | 'results.followUps' | 'results.followUpDone'
> => ({
  'results.inbox': (_, connection) => inbox(deps, connection),
  'results.waiting': (_, connection) => {
    const own = readFor(deps, connection);
    const due = todayOf(deps);
    const followUps = openFollowUps(deps.store, own).filter(
      (row) => row.due_date === null || row.due_date <= due,
    ).length;
    return ok({ ...countWaiting(deps.store, own), followUps });
  },
  'results.acknowledge': (input, connection) => acknowledge(deps, input, connection),
  'results.followUps': (_, connection) => ok(followUps(deps, connection)),
  'results.followUpDone': (input, connection) => followUpDone(deps, input, connection),
});
