import { z } from 'zod';

/** The shapes that travel between a workstation and the centre; see docs/sync-protocol.md. */

const cell = z.union([z.string(), z.number(), z.null()]);
export type Cell = z.infer<typeof cell>;
export type Cells = Readonly<Record<string, Cell>>;

export const HelloReply = z.object({
  epoch: z.string(),
  schema: z.number().int(),
  min_schema: z.number().int(),
  head: z.number().int(),
  low_water: z.number().int(),
  /** The centre is known to be backed up to this seq. */
  durable: z.number().int(),
  /** Days a workstation may work without contact. */
  /** Days this copy may be used without contact. */
  lease_days: z.number().int().positive(),
  device_id: z.guid(),
  device_no: z.number().int(),
  device_name: z.string(),
  location_id: z.guid().nullable(),
  /** Which rows this workstation holds, as a text to compare. */
  scope: z.string(),
  last_n: z.number().int(),
  state: z.enum(['ok', 'new', 'behind', 'diverged', 'outdated', 'wipe']),
});
export type HelloReply = z.infer<typeof HelloReply>;

/** One row change inside a mutation. `base` is the centre's row_version it was made on, 0 for an insert. */
export interface MutationChange {
  readonly tbl: string;
  readonly op: 'insert' | 'update';
  readonly pk: string;
  readonly base: number;
  readonly values: Cells;
}

/** What a mutation's `payload` text parses to. */
export interface MutationPayload {
  readonly id: string;
  /** The version of the synced schema it was written in; 1 when it does not say. */
  readonly schema?: number;
  readonly kind: string;
  readonly user: string | null;
  readonly at: string;
  /** The centre was restored since: of the `base` versions only those it has up to this seq are meant. */
  readonly common?: number;
  readonly changes: readonly MutationChange[];
}

export const verdictStatuses = ['applied', 'merged', 'needs_review', 'rejected'] as const;

export const Verdict = z.object({
  n: z.number().int(),
  status: z.enum(verdictStatuses),
  sqlstate: z.string().nullable(),
  message: z.string().nullable(),
});
export type Verdict = z.infer<typeof Verdict>;

/** A patient of the whole clinic, as `find_patients` tells of one. */
export const FoundPatient = z.object({
  id: z.guid(),
  mrn: z.string(),
  family: z.string(),
  given: z.string(),
  gender: z.string(),
  birth_date: z.string().nullable(),
  /** The name of the site the patient is registered at. */
  site: z.string().nullable(),
});
export type FoundPatient = z.infer<typeof FoundPatient>;

/** A workstation as the centre knows it. */
export const KnownWorkstation = z.object({
  no: z.number().int(),
  id: z.guid(),
  name: z.string(),
  location_id: z.guid().nullable(),
  scope: z.string(),
  role: z.string(),
  /** The program's version and the schema it speaks, as it last said; null before its first contact. */
  app: z.string().nullable(),
  schema: z.number().int().nullable(),
  last_contact: z.string().nullable(),
  /** How many seqs it has not confirmed, null before its first copy. */
  behind: z.number().int().nullable(),
  /** Its mutations the centre refused. */
  rejected: z.number().int(),
  state: z.enum(['active', 'unused', 'expired', 'suspended', 'revoked', 'wiping', 'wiped']),
  /** The one that asks. */
  here: z.boolean(),
  enrolled: z.string(),
  /** Who made its code on a screen, and the number of the workstation where; null for one enrolled at the centre. */
  enrolled_by: z.string().nullable(),
  enrolled_from: z.number().int().nullable(),
  /** Its login is open at the centre, whether or not its calls are refused. */
  can_log_in: z.boolean(),
});
export type KnownWorkstation = z.infer<typeof KnownWorkstation>;

/** A workstation's login that was made from another one, before its code is used. */
export const MadeWorkstation = z.object({
  id: z.guid(),
  no: z.number().int(),
  login: z.string(),
  until: z.string(),
});

export const PulledChange = z.object({
  seq: z.number().int(),
  tbl: z.string(),
  /** `enter` and `evict`: a patient's rows come into, or a patient leaves, this workstation's scope. */
  op: z.enum(['insert', 'update', 'delete', 'enter', 'evict']),
  pk: z.guid(),
  v: z.number().int(),
  values: z.record(z.string(), cell),
});
export type PulledChange = z.infer<typeof PulledChange>;

/** A place of the centre's ledger and the chain there. */
export const ChainLink = z.object({ seq: z.number().int(), chain: z.string() });
export type ChainLink = z.infer<typeof ChainLink>;

export const PullReply = z.object({
  from: z.number().int(),
  to: z.number().int(),
  head: z.number().int(),
  /** The chain at `from`, as far as it is still known there: whether the two still share a history. */
  before: z.string().nullable().optional(),
  chain: z.string(),
  txs: z.number().int(),
  changes: z.array(PulledChange),
});
export type PullReply = z.infer<typeof PullReply>;

/** Check sums of a table's rows, in ranges of ids that lie edge to edge; `from` is before the first row, null ends are open. */
export const VerifyReply = z.object({
  /** The centre's place at the moment the sums were made. */
  seq: z.number().int(),
  ranges: z
    .array(
      z.object({
        from: z.guid().nullable(),
        to: z.guid().nullable(),
        rows: z.number().int(),
        hash: z.string(),
      }),
    )
    .min(1),
});
export type VerifyReply = z.infer<typeof VerifyReply>;

/** The rows of a range as the wire text of each, in order; `to` says how far they reach. */
export const VerifyRows = z.object({
  seq: z.number().int(),
  to: z.guid().nullable(),
  rows: z.array(z.string()),
});
export type VerifyRows = z.infer<typeof VerifyRows>;

/** What the centre has of a file: all of it, or a beginning. */
export const BlobState = z.object({ hash: z.string(), complete: z.boolean() });
export type BlobState = z.infer<typeof BlobState>;

/**
 * What the centre makes of a part: `next` is the first one it lacks, null with `complete`. `damaged`: the whole did not have
 * its hash, and nothing of it was kept.
 */
export const BlobPutReply = z.object({
  complete: z.boolean(),
  next: z.number().int().nullable(),
  damaged: z.boolean(),
});
export type BlobPutReply = z.infer<typeof BlobPutReply>;

/** A place in the audit trail: transactions in the order they began, and the changes of each. */
export const AuditPlace = z.object({ tx: z.number().int(), ord: z.number().int() });
export type AuditPlace = z.infer<typeof AuditPlace>;

const value = z.union([z.string(), z.number(), z.null()]);

/** Who changed something, when, and from where. `device` 0 is the centre itself, then `login` says more. */
const auditTrace = {
  seq: z.number().int(),
  at: z.string(),
  device: z.number().int(),
  login: z.string(),
  user: z.string().nullable(),
  /** The mutation's kind, an event's name, null for a change made at the centre. */
  kind: z.string().nullable(),
  op: z.enum(['insert', 'update', 'delete']),
  v: z.number().int(),
};

/** One change of the audit trail; `event` is the row of one that is an event. */
export const AuditEntry = z.object({
  ...auditTrace,
  tbl: z.string(),
  pk: z.guid(),
  patient: z.guid().nullable(),
  /** The columns of an update. */
  fields: z.array(z.string()).nullable(),
  event: z.record(z.string(), value).nullable(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** A page of the audit trail, the newest first; `next` is where the next page begins, also when this one is empty. */
export const AuditPage = z.object({
  entries: z.array(AuditEntry),
  next: AuditPlace.nullable(),
  devices: z.array(z.object({ no: z.number().int(), name: z.string(), site: z.guid().nullable() })),
  /** The chain as it is now; whoever keeps it elsewhere finds out what is altered up to here. */
  head: z.object({ seq: z.number().int(), chain: z.string() }),
  /** Years it is kept before it may be archived, null for good. */
  keep_years: z.number().int().nullable(),
  /** What is up to this place is in archives. */
  begins_after: z.number().int(),
});
export type AuditPage = z.infer<typeof AuditPage>;

/** What became of one row, the oldest first. */
export const AuditVersions = z.object({
  versions: z.array(
    z.object({ ...auditTrace, device_name: z.string().nullable(), values: z.record(z.string(), value) }),
  ),
});
export type AuditVersions = z.infer<typeof AuditVersions>;

/** SQLSTATEs of the centre's own errors. */
export const centreErrors = {
  suspended: 'CH001',
  cloned: 'CH002',
  gap: 'CH003',
  belowLowWater: 'CH004',
  tooMuch: 'CH005',
  outdated: 'CH006',
  wipe: 'CH007',
  /** Not raised by a centre: a workstation's own, for a centre of an earlier version. */
  centreOutdated: 'CH008',
  codeExpired: 'CH009',
  noSuchRow: 'CH101',
  notAllowed: 'CH102',
  tooLarge: 'CH103',
  wrongHash: 'CH104',
  unreadable: 'CH105',
  lastAdmin: 'CH106',
  codesForbidden: 'CH107',
  codesUsedUp: 'CH108',
} as const;

/** What of a table `boot_page` gives: what the desk needs at once (`sync_table.hot` of the centre), or every row. */
export type CopyPart = 'hot' | 'all';
