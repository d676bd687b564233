import { z } from 'zod';
import { defineCalls } from './call.ts';
import { SyncStatus } from './sync.ts';

const fact = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const numbers = z.record(z.string(), z.number());

/** What whoever helps needs to know of a workstation: codes, numbers and names of program parts, no value of any row. */
export const Diagnostics = z.object({
  format: z.literal(1),
  madeAt: z.string(),
  product: z.object({ version: z.string(), host: z.enum(['desktop', 'headless']), schema: z.number().int() }),
  runtime: z.record(z.string(), fact),
  /** How it was started and set, without a password or key. */
  settings: z.record(z.string(), fact),
  /** Null where the workstation was not running. */
  sync: SyncStatus.nullable(),
  /** Null where there is no database yet. */
  database: z
    .object({
      sqlite: z.string(),
      migration: z.number().int(),
      ready: z.boolean(),
      phase: z.string(),
      epoch: z.string().nullable(),
      deviceId: z.string().nullable(),
      deviceNo: z.number().int().nullable(),
      scope: z.string().nullable(),
      bytes: z.object({
        database: z.number().nullable(),
        log: z.number().nullable(),
        mirror: z.number().nullable(),
      }),
      quarantined: z.number().int(),
      rows: numbers,
      /** Of the clinic's settings those this version cannot read, by key, and how many it does not know. */
      settings: z.object({ unreadable: z.array(z.string()), unknown: z.number().int() }),
      outbox: numbers,
      /** E-mails that wait, and those that failed, by reason. */
      mail: numbers,
      /** `ok`, or what SQLite found wrong with the file. */
      integrity: z.array(z.string()),
    })
    .nullable(),
  /** The last lines of the log, the oldest first. */
  log: z.array(z.record(z.string(), z.unknown())),
});
export type Diagnostics = z.infer<typeof Diagnostics>;

export const diagnosticsCalls = defineCalls({
  /** All of it, as one file to be given away. The database is read through, which takes a moment. */
  'diagnostics.export': {
    kind: 'command',
    needs: 'workstation.read',
    input: z.object({}),
    output: Diagnostics,
  },
});
