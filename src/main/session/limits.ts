import type { FeatureDeps } from '#main/core/deps.ts';
import type { LocalStore } from '#main/data/local/store.ts';
import type { Role } from '#shared/contract/permissions.ts';
import { settings as known } from '#shared/domain/settings/catalogue.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';

/** What bounds sessions at a workstation. */
export interface SessionLimits {
  /** Minutes without use after which a session is locked; that of a patient ends. */
  idleMinutes(role?: Role): number;
  /** Days without contact after which no session begins here and none that is locked goes on. */
  offlineDays(): number;
}

/** What the clinic has set for this workstation's site; a copy that is closed cannot be read, then what is usual counts. */
export const sessionLimits = ({
  store,
  settings,
}: Pick<FeatureDeps, 'store' | 'settings'>): SessionLimits => {
  const now = (key: 'session.idle-lock-minutes' | 'session.offline-sign-in-days' | 'panel.idle-minutes') =>
    store.ready() ? settings.here(key) : known[key].usual;
  return {
    idleMinutes: (role) => now(role === 'patient' ? 'panel.idle-minutes' : 'session.idle-lock-minutes'),
    offlineDays: () => now('session.offline-sign-in-days'),
  };
};

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
