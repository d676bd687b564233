import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { delegationsOf, findDelegation, isReader } from './repository.ts';
import { delegationViews } from './view.ts';

const todayOf = ({ clock, home }: FeatureDeps): string => dayAt(clock.now(), home().timeZone);

const delegate = (
  deps: FeatureDeps,
  { delegateId, startDate, endDate }: Parsed<'results.delegate'>,
  { user }: Connection,
): Result<Output<'results.delegate'>> => {
  const own = user?.practitionerId ?? null;
  if (user === null || own === null) return fail('not-permitted');
  const fields = {
    ...(delegateId === own || !isReader(deps.store, delegateId) ? { delegateId: 'invalid' } : {}),
    ...(endDate < startDate || endDate < todayOf(deps) ? { endDate: 'order' } : {}),
  };
  if (Object.keys(fields).length > 0) return fail('invalid-input', { fields });
  const id = deps.newId();
  deps.store.mutate({ kind: 'results.delegate', user: user.id }, (writer) =>
    writer.insert('delegation', {
      ...blank('delegation'),
      id,
      practitioner_id: own,
      delegate_id: delegateId,
      start_date: startDate,
      end_date: endDate,
      created_at: instant(deps.clock.now()),
      created_by: user.id,
    }),
  );
  deps.engine.wake();
  const row = findDelegation(deps.store, id);
  const [view] = row === undefined ? [] : delegationViews(deps.store, [row]);
  return view === undefined ? fail('not-found') : ok(view);
};

/** Only who gave results away takes them back; the delegate asks them to. */
const end = (
  deps: FeatureDeps,
  { id }: Parsed<'results.endDelegation'>,
  { user }: Connection,
): Result<Output<'results.endDelegation'>> => {
  const row = findDelegation(deps.store, id);
  if (row === undefined) return fail('not-found');
  if (user === null || row.practitioner_id !== user.practitionerId) return fail('not-permitted');
  deps.store.mutate({ kind: 'results.endDelegation', user: user.id }, (writer) =>
    writer.update('delegation', id, { voided_at: instant(deps.clock.now()), voided_by: user.id }),
  );
  deps.engine.wake();
  const [view] = delegationViews(deps.store, [row]);
  return view === undefined ? fail('not-found') : ok(view);
};

/** Who reads whose results while they are away. */
export const delegationHandlers = (
  deps: FeatureDeps,
): Handlers<'results.delegations' | 'results.delegate' | 'results.endDelegation'> => ({
  'results.delegations': (_, { user }) =>
    ok(
      user?.practitionerId
        ? delegationViews(deps.store, delegationsOf(deps.store, user.practitionerId, todayOf(deps)))
        : [],
    ),
  'results.delegate': (input, connection) => delegate(deps, input, connection),
  'results.endDelegation': (input, connection) => end(deps, input, connection),
});
