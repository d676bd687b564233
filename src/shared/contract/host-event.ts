import type { ImportReport } from './import.ts';
import type { SyncStatus } from './sync.ts';

/**
 * Pushed from main to every window. `changed` names tables whose rows changed, by anyone. It carries no patient data. A window trusts
 * its own host and does not check it again.
 */
export type HostEvent =
  | { readonly type: 'changed'; readonly tables: readonly string[] }
  | { readonly type: 'sync'; readonly status: SyncStatus }
  | { readonly type: 'import'; readonly report: ImportReport }
  /** The session of this window ended, or another person's began in it. */
  | { readonly type: 'session-ended' }
  /** The session of this window is locked; it goes on with `session.unlock`. */
  | { readonly type: 'session-locked' };
