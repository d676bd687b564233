import type { SyncStatus } from '#shared/contract/sync.ts';

type Known = Pick<SyncStatus, 'problem' | 'leaseDaysLeft' | 'waiting'>;

/**
 * Why nobody may work here, null when somebody may: too long without contact; or an administrator has ordered the end of
 * this copy, which is under way or done.
 */
export const closureOf = ({
  problem,
  leaseDaysLeft,
  waiting,
}: Known): 'expired' | 'wiping' | 'wiped' | null => {
  if (problem !== 'wipe') return leaseDaysLeft === 0 ? 'expired' : null;
  return waiting > 0 || leaseDaysLeft !== null ? 'wiping' : 'wiped';
};
