import { type CallName, contract } from '#shared/contract/contract.ts';
import { isGranted, type Need } from '#shared/contract/permissions.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { useCall } from './calls.ts';

/** Who is signed in at this window, or null. */
export function useCurrentUser(): SignedInUser | null {
  return useCall('session.current', {}).data ?? null;
}

/** Whether `user` has a permission; the host decides again when something is done. */
export function may(user: SignedInUser | null, need: Need): boolean {
  return isGranted(need, user);
}

/** Whether `user` may make a call. */
export function mayCall(user: SignedInUser | null, name: CallName): boolean {
  return may(user, contract[name].needs);
}
