import type { LocalStore } from '#main/data/local/store.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';

/** What bounds sessions at a workstation. */
export interface SessionLimits {
  /** Minutes without use after which a session is locked. */
  idleMinutes(): number;
  /** Days without contact after which no session begins here and none that is locked goes on. */
  offlineDays(): number;
}

export const sessionLimits = (_store: LocalStore): SessionLimits => ({ idleMinutes: () => 5, offlineDays: () => 7 });

/** Whether a session may begin or go on here: the copy is open, and the centre was reached not too long ago. */
export const mayBegin = (
  store: Pick<LocalStore, 'closure' | 'contact'>,
  limits: Pick<SessionLimits, 'offlineDays'>,
): Result<null> => {
  const closed = store.closure();
  if (closed !== null) return fail(closed);
  const { daysAgo } = store.contact();
  return daysAgo < limits.offlineDays()
    ? ok(null)
    : fail('offline-too-long', { params: { days: Math.floor(daysAgo) } });
};
