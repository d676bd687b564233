import { z } from 'zod';
import { defineCalls, roles } from './call.ts';

export const SyncStatus = z.object({
  /** `preparing`: the first copy is still arriving; `stopped`: the centre refuses this workstation, see `problem`. */
  connection: z.enum(['preparing', 'live', 'offline', 'stopped']),
  /** Mutations the centre has not seen. */
  waiting: z.number().int(),
  /** Mutations the centre refused and a person must look at. */
  parked: z.number().int(),
  /** Open tasks on this desk. */
  tasks: z.number().int(),
  offlineSince: z.string().nullable(),
  lastContact: z.string().nullable(),
  cursor: z.number().int(),
  /** The centre's newest seq when last heard of. */
  head: z.number().int(),
  /** Why the connection is down or stopped, as a code for the screen. */
  problem: z
    .enum([
      'unreachable',
      'suspended',
      'cloned',
      'outdated',
      'centre-outdated',
      'wipe',
      'login-refused',
      'failed',
    ])
    .nullable(),
  /**
   * The local copy was damaged and another stands in its place. `saved`: pieces of work that were put back; `lost`: how
   * many could not be, at least, null when nobody can know.
   */
  rebuilt: z
    .object({ at: z.string(), saved: z.number().int(), lost: z.number().int().nullable() })
    .nullable(),
  /** The second copy of what waits here cannot be written: the disk is full or failing. */
  mirrorBehind: z.boolean(),
  /**
   * Progress of the first copy; null when all is here. `copying` and `indexing` what the desk needs at once,
   * `catching-up` with what changed meanwhile; during `history` the desk works and older rows still arrive. `indexing`
   * counts entries of indexes, `catching-up` the centre's transactions, the others rows.
   */
  bootstrap: z
    .object({
      phase: z.enum(['copying', 'indexing', 'catching-up', 'history']),
      rows: z.number().int(),
      total: z.number().int(),
      rowsPerSecond: z.number(),
      secondsLeft: z.number().nullable(),
    })
    .nullable(),
});
export type SyncStatus = z.infer<typeof SyncStatus>;

export const OutboxEntry = z.object({
  n: z.number().int(),
  kind: z.string(),
  at: z.string(),
  userName: z.string().nullable(),
  status: z.enum(['waiting', 'sent', 'settled', 'parked']),
  sqlstate: z.string().nullable(),
  message: z.string().nullable(),
  /** The rows it touches, in words a person knows: a patient's name, an appointment's time. */
  subject: z.string(),
  /** The wall time of the appointment it is about, `YYYY-MM-DDTHH:MM`. */
  startLocal: z.string().nullable(),
});
export type OutboxEntry = z.infer<typeof OutboxEntry>;

export const syncCalls = defineCalls({
  'sync.status': { kind: 'query', roles: 'public', input: z.object({}), output: SyncStatus },
  /** What waits and what is parked, oldest first, at most 200. */
  'sync.outbox': { kind: 'query', roles: roles, input: z.object({}), output: z.array(OutboxEntry) },
  /** Tries to reach the centre now instead of at the next poll. */
  'sync.retry': { kind: 'command', roles: roles, input: z.object({}), output: z.null() },
  /** Sends a parked mutation once more, under a new number. */
  'sync.resend': {
    kind: 'command',
    roles: roles,
    input: z.object({ n: z.number().int() }),
    output: z.null(),
  },
  /** Gives up a parked mutation. It stays in the history of this workstation. */
  'sync.withdraw': {
    kind: 'command',
    roles: roles,
    input: z.object({ n: z.number().int() }),
    output: z.null(),
  },
});
