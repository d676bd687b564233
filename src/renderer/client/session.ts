import type { Role } from '#shared/contract/call.ts';
import { type CallName, contract } from '#shared/contract/contract.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { useCall } from './calls.ts';

/** Who is signed in at this window, or null. */
export function useCurrentUser(): SignedInUser | null {
  return useCall('session.current', {}).data ?? null;
}

/** Whether the contract lets `role` make a call; the host decides again when it is made. */
export function mayCall(role: Role | undefined, name: CallName): boolean {
  const allowed: readonly Role[] | 'public' = contract[name].roles;
  return allowed === 'public' || (role !== undefined && allowed.includes(role));
}
