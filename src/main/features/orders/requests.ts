import { chartAccess } from '#main/core/chart-access.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { encounterOf } from '#main/core/encounter.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { loinc, testOf } from '#shared/domain/orders/catalogue.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { findRequest, mostShown, openRequests, personOf } from './repository.ts';
import { requestViews } from './view.ts';

type Asked = Parsed<'orders.request'>;

const subjectOf = (test: Asked['tests'][number]) => {
  if (typeof test !== 'string') return { display: test.words, category: 'other' };
  const known = testOf(test);
  return known === undefined
    ? { display: test, category: 'other' }
    : { display: known.name, category: known.category, code_system: loinc, code: known.code };
};

const request = (
  deps: FeatureDeps,
  { patientId, tests, priority, reason, note }: Asked,
  { user }: Connection,
): Result<Output<'orders.request'>> => {
  const open = chartAccess(deps, patientId, user);
  if (!open.ok || user === null) return open.ok ? fail('not-signed-in') : open;
  if (personOf(deps.store, patientId) === undefined) return fail('not-found');
  const at = instant(deps.clock.now());
  const ids = tests.map(() => deps.newId());
  deps.store.mutate({ kind: 'orders.request', user: user.id }, (writer) => {
    const encounter = encounterOf(deps, writer, { patientId, user });
    for (const [place, test] of tests.entries())
      writer.insert('service_request', {
        ...blank('service_request'),
        id: ids[place] ?? deps.newId(),
        patient_id: patientId,
        encounter_id: encounter,
        ...subjectOf(test),
        status: 'active',
        priority,
        reason: reason || null,
        note: note || null,
        requester_id: user.practitionerId,
        authored_at: at,
        created_at: at,
        created_by: user.id,
      });
  });
  deps.engine.wake();
  const rows = ids.flatMap((id) => findRequest(deps.store, id) ?? []);
  return ok(requestViews(deps.store, rows));
};

const cancel = (
  deps: FeatureDeps,
  { id, reason }: Parsed<'orders.cancel'>,
  { user }: Connection,
): Result<Output<'orders.cancel'>> => {
  const row = findRequest(deps.store, id);
  if (row === undefined) return fail('not-found');
  const open = chartAccess(deps, row.patient_id, user);
  if (!open.ok) return open;
  if (row.status !== 'active') return fail('changed-meanwhile');
  deps.store.mutate({ kind: 'orders.cancel', user: user?.id ?? null }, (writer) =>
    writer.update('service_request', id, { status: 'revoked', status_reason: reason }),
  );
  deps.engine.wake();
  const after = findRequest(deps.store, id);
  const [view] = after === undefined ? [] : requestViews(deps.store, [after]);
  return view === undefined ? fail('not-found') : ok(view);
};

/** A list of all patients has those whose charts are open to who asks. */
const listOpen = (
  deps: FeatureDeps,
  { patientId }: Parsed<'orders.open'>,
  { user }: Connection,
): Result<Output<'orders.open'>> => {
  if (patientId !== null) {
    const open = chartAccess(deps, patientId, user);
    if (!open.ok) return open;
  }
  const rows = openRequests(deps.store, patientId);
  const access = new Map<string, boolean>();
  const isOpen = (id: string) => {
    const known = access.get(id) ?? chartAccess(deps, id, user).ok;
    access.set(id, known);
    return known;
  };
  const shown = rows.slice(0, mostShown).filter((row) => isOpen(row.patient_id));
  return ok({ requests: requestViews(deps.store, shown), more: rows.length > mostShown });
};

/** Asking for tests. */
export const requestHandlers = (
  deps: FeatureDeps,
): Handlers<'orders.request' | 'orders.cancel' | 'orders.open'> => ({
  'orders.request': (input, connection) => request(deps, input, connection),
  'orders.cancel': (input, connection) => cancel(deps, input, connection),
  'orders.open': (input, connection) => listOpen(deps, input, connection),
});
