import { accessOf } from '#main/core/chart-access.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { findPatient } from './repository.ts';

/** How long a reason opens a restricted chart. */
const openFor = 60 * 60_000;

/** Opens a restricted chart all the same. Nobody has to be asked, and somebody looks at it afterwards. */
export const breakGlass = (
  deps: FeatureDeps,
  { id: patientId, reason }: Parsed<'chart.breakGlass'>,
  { user }: Connection,
): Result<Output<'chart.breakGlass'>> => {
  if (user === null) return fail('not-signed-in');
  if (findPatient(deps.store, patientId) === undefined) return fail('not-found');
  const access = accessOf(deps, patientId, user);
  // Nothing is in the way: no glass, and nothing to look at afterwards.
  if (access.ok) return fail('changed-meanwhile');
  const now = deps.clock.now();
  const until = instant(now + openFor);
  deps.store.mutate({ kind: 'chart.breakGlass', user: user.id }, (writer) =>
    writer.insert('break_glass', {
      ...blank('break_glass'),
      id: deps.newId(),
      patient_id: patientId,
      account_id: user.id,
      reason,
      started_at: instant(now),
      until_at: until,
    }),
  );
  deps.engine.wake();
  return ok({ until });
};
