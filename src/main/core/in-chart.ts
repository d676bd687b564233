import type { SignedInUser } from '#shared/contract/session.ts';
import { fail, type Result } from '#shared/kernel/result.ts';
import { chartAccess } from './chart-access.ts';
import type { FeatureDeps } from './deps.ts';

/** Does something in a patient's chart when it is open to `user`; `not-found` without a patient: the row it is about is not there. */
export const inChart = <T>(
  deps: FeatureDeps,
  patientId: string | undefined,
  user: SignedInUser | null,
  run: () => Result<T>,
): Result<T> => {
  if (patientId === undefined) return fail('not-found');
  const open = chartAccess(deps, patientId, user);
  return open.ok ? run() : open;
};
