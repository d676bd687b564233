import { z } from 'zod';
import { defineCalls } from './call.ts';

export const SyncStatus = z.object({
  /** `preparing`: the first copy is still arriving; `stopped`: the centre refuses this workstation, see `problem`. */
  connection: z.enum(['preparing', 'live', 'offline', 'stopped']),
  /** Mutations the centre has not seen. */
  waiting: z.number().int(),
  /** Mutations the centre refused and a person must look at. */
  parked: z.number().int(),
  /** What waits for a decision at this desk: open tasks, and conflicts that no task asks about. */
  tasks: z.number().int(),
  /** Files of documents that the centre lacks. */
  files: z.number().int(),
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
      'untrusted',
      'failed',
    ])
    .nullable(),
  /** Days until this copy closes for want of contact, rounded up; 0 when it has closed, null before the first copy. */
  leaseDaysLeft: z.number().int().nullable(),
  /**
   * Days until nobody may sign in or unlock here for want of contact, rounded up; 0 when nobody may, null where there is no
   * copy to sign in to.
   */
  signInDaysLeft: z.number().int().nullable(),
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
  /** The comparison of this copy with the centre. */
  check: z.object({
    /** When the last comparison of everything ended. */
    until: z.string().nullable(),
    /** How far the one is that a person asked for. */
    running: z.object({ rows: z.number().int(), part: z.number().int(), parts: z.number().int() }).nullable(),
    /** Rows that were not as the centre has them and were put right, by table, and when the last ones were. */
    repaired: z
      .object({
        at: z.string(),
        rows: z.number().int(),
        tables: z.array(z.object({ table: z.string(), rows: z.number().int() })),
      })
      .nullable(),
  }),
});
export type SyncStatus = z.infer<typeof SyncStatus>;

const work = {
  n: z.number().int(),
  kind: z.string(),
  at: z.string(),
  userName: z.string().nullable(),
  sqlstate: z.string().nullable(),
  message: z.string().nullable(),
  /** The rows it touches, in words a person knows: a patient's name, an appointment's time. */
  subject: z.string(),
  /** The wall time of the appointment it is about, `YYYY-MM-DDTHH:MM`. */
  startLocal: z.string().nullable(),
  /** The money it moves, in minor units. */
  money: z.object({ amount: z.number().int(), currency: z.string() }).nullable(),
};

export const OutboxEntry = z.object({
  ...work,
  status: z.enum(['waiting', 'sent', 'settled', 'parked']),
  /** Numbers of the parked work that was refused because it depends on this; it is sent and withdrawn with it. */
  dependents: z.array(z.number().int()),
  /** Whether a value of it can be typed anew. */
  fixable: z.boolean(),
});
export type OutboxEntry = z.infer<typeof OutboxEntry>;

/** What a person decided about parked work. */
export const DecidedWork = z.object({
  ...work,
  outcome: z.enum(['withdrawn', 'resent']),
  /** The number it was sent again under. */
  resentAs: z.number().int().nullable(),
  decidedAt: z.string(),
});
export type DecidedWork = z.infer<typeof DecidedWork>;

const cell = z.union([z.string(), z.number(), z.null()]);

/** One value of parked work, as the words for its format show it. */
export const ParkedField = z.object({
  column: z.string(),
  format: z.string(),
  editable: z.boolean(),
  value: cell,
});
export type ParkedField = z.infer<typeof ParkedField>;

/** One row change of parked work. */
export const ParkedRow = z.object({
  /** Its place among the changes of the mutation. */
  change: z.number().int(),
  table: z.string(),
  isNew: z.boolean(),
  fields: z.array(ParkedField),
});
export type ParkedRow = z.infer<typeof ParkedRow>;

export const ParkedDetails = z.object({
  ...work,
  rows: z.array(ParkedRow),
  dependents: z.array(z.number().int()),
});
export type ParkedDetails = z.infer<typeof ParkedDetails>;

export const syncCalls = defineCalls({
  'sync.status': { kind: 'query', needs: 'public', input: z.object({}), output: SyncStatus },
  /** What waits and what is parked, oldest first, at most 200. */
  'sync.outbox': { kind: 'query', needs: 'sync.read', input: z.object({}), output: z.array(OutboxEntry) },
  /** Tries to reach the centre now instead of at the next poll. */
  'sync.retry': { kind: 'command', needs: 'sync.update', input: z.object({}), output: z.null() },
  /** Compares everything here with the centre now, and puts right what differs; `sync.status` tells how far it is. */
  'sync.verify': { kind: 'command', needs: 'workstation.update', input: z.object({}), output: z.null() },
  /** One parked mutation with the values a person may correct. */
  'sync.parked': {
    kind: 'query',
    needs: 'sync.read',
    input: z.object({ n: z.number().int() }),
    output: ParkedDetails,
  },
  /** What was withdrawn or sent again here, the latest first, at most 50. */
  'sync.history': { kind: 'query', needs: 'sync.read', input: z.object({}), output: z.array(DecidedWork) },
  /**
   * Sends a parked mutation once more, under a new number, and what depends on it after it. `typed` corrects values by
   * column; `invalid-input` names those that are no good as `<change>.<column>`.
   */
  'sync.resend': {
    kind: 'command',
    needs: 'sync.update',
    input: z.object({
      n: z.number().int(),
      corrections: z
        .array(
          z.object({
            change: z.number().int().min(0),
            typed: z.record(z.string().max(64), z.string().max(2000)),
          }),
        )
        .max(200)
        .default([]),
    }),
    output: z.null(),
  },
  /** Gives up a parked mutation and what depends on it. All of it stays in the history of this workstation. */
  'sync.withdraw': {
    kind: 'command',
    needs: 'sync.update',
    input: z.object({ n: z.number().int() }),
    output: z.null(),
  },
});
