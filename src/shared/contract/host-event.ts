import { z } from 'zod';
import { tableNames } from '#shared/sync/catalogue.ts';
import { ImportReport } from './import.ts';
import { SyncStatus } from './sync.ts';

/** Pushed from main to every window. `changed` names tables whose rows changed, by anyone. It carries no patient data. */
export const HostEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('changed'), tables: z.array(z.enum(tableNames as [string, ...string[]])) }),
  z.object({ type: z.literal('sync'), status: SyncStatus }),
  z.object({ type: z.literal('import'), report: ImportReport }),
  /** The session of this window ended, or another person's began in it. */
  z.object({ type: z.literal('session-ended') }),
  /** The session of this window is locked; it goes on with `session.unlock`. */
  z.object({ type: z.literal('session-locked') }),
]);
export type HostEvent = z.infer<typeof HostEvent>;
