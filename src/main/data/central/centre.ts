import type { TableName } from '#shared/sync/catalogue.ts';
import type {
  AuditPage,
  AuditPlace,
  AuditVersions,
  BlobPutReply,
  BlobState,
  ChainLink,
  CopyPart,
  FoundPatient,
  HelloReply,
  KnownWorkstation,
  PullReply,
  Verdict,
  VerifyReply,
  VerifyRows,
} from '#shared/sync/wire.ts';

/** What a workstation tells about itself; see docs/sync-protocol.md. */
export interface HelloRequest {
  readonly schema: number;
  readonly app: string;
  readonly epoch: string | null;
  readonly cursor: number | null;
  readonly chain: string | null;
  /** The scope this copy was made for, null for none. */
  readonly scope: string | null;
}

/** Who is looked for in the whole clinic: by record number, or by date of birth and the beginning of a name. */
export interface PatientQuestion {
  readonly mrn: string | null;
  readonly birth_date: string | null;
  readonly name: string | null;
  /** The staff account that asks. */
  readonly user: string;
}

/** What an administrator wants done to a workstation. */
export interface WorkstationOrder {
  readonly user: string;
  readonly id: string;
  readonly action: 'suspend' | 'resume' | 'revoke' | 'wipe';
}

/** A new workstation, as an administrator asks for it. */
export interface EnrolOrder {
  readonly user: string;
  readonly name: string;
  readonly locationId: string | null;
  /** All of the clinic, or the patients of its site, which it needs then. */
  readonly scope: 'clinic' | 'site';
}

/** What a new workstation is given, known here alone: the centre has a verifier of the secret in the code. */
export interface IssuedEnrolment {
  readonly id: string;
  readonly code: string;
  readonly until: string;
  /** The hosts where it will look for the centre: those this workstation uses. */
  readonly places: string;
  /** Each of these hosts is this computer, so the code is of no use at another. */
  readonly onlyHere: boolean;
}

/** What of the audit trail is asked for; null is anything. `since` and `until` are instants, the end not included. */
export interface AuditQuestion {
  /** The staff account that asks. */
  readonly user: string;
  readonly person: string | null;
  readonly patient: string | null;
  /** Kinds of mutations and names of events. */
  readonly kinds: readonly string[] | null;
  readonly device: number | null;
  readonly since: string | null;
  readonly until: string | null;
  readonly before: AuditPlace | null;
  /** At most 1,000. */
  readonly limit: number;
  /** It leaves the program, and is noted as that. */
  readonly export: boolean;
}

/** One row whose history is asked for. */
export interface AuditRecordQuestion {
  readonly user: string;
  readonly tbl: string;
  readonly pk: string;
}

/** A mutation as it is sent: the payload's exact text and its SHA-256 in hexadecimal. */
export interface SentMutation {
  readonly n: number;
  readonly hash: string;
  readonly payload: string;
}

/** One part of a file: `n` counts from 0, `parts` and `size` are of the whole. */
export interface BlobPart {
  readonly hash: string;
  readonly n: number;
  readonly parts: number;
  readonly size: number;
  readonly bytes: Buffer;
}

/** The centre as a workstation sees it: the functions of docs/sync-protocol.md and nothing else. Each call may reject with a {@link CentreError}. */
export interface Centre {
  hello(request: HelloRequest): Promise<HelloReply>;
  /** Verdicts in the order of the mutations. */
  push(mutations: readonly SentMutation[]): Promise<readonly Verdict[]>;
  pull(cursor: number, maxRows: number): Promise<PullReply>;
  ack(cursor: number): Promise<void>;
  /** One keyset page of a table; each string is the JSON array of one row, `[row_version, ...columns]`. Empty after the last row. */
  bootPage(table: TableName, after: string | null, rows: number, part?: CopyPart): Promise<readonly string[]>;
  /** The rows of these ids that the centre has for this workstation, in lines as those of `bootPage`. */
  bootRows(table: TableName, ids: readonly string[]): Promise<readonly string[]>;
  /**
   * Check sums of this workstation's rows of a table after one id and up to another (null: open), in at most `parts` ranges
   * of so many rows; where the last one ends, the next call goes on.
   */
  verify(
    table: TableName,
    after: string | null,
    upto: string | null,
    rows: number,
    parts: number,
  ): Promise<VerifyReply>;
  /** The rows of a range that did not agree, at most 500. */
  verifyRows(table: TableName, after: string | null, upto: string | null): Promise<VerifyRows>;
  /** Rows the planner expects in each table, or in what of it is hot, for progress only. */
  estimate(part?: CopyPart): Promise<ReadonlyMap<TableName, number>>;
  /** The newest of these places that the centre has with the same chain; 0 for none. */
  common(links: readonly ChainLink[]): Promise<number>;
  /** The head of the ledger now. */
  place(): Promise<ChainLink>;
  /** Puts a patient into this workstation's scope: the chart comes with the next pull. */
  openPatient(id: string): Promise<void>;
  /** The newest 500 workstations of the clinic; `CH102` for an account or a workstation that may not ask. */
  workstations(user: string): Promise<readonly KnownWorkstation[]>;
  /** Does it and tells of all as they are then; `CH101` for one that is not there, `CH102` for what may not be done. */
  setWorkstation(order: WorkstationOrder): Promise<readonly KnownWorkstation[]>;
  /**
   * Makes a login for a further workstation. `CH101` without such a site, `CH102` for an account or a workstation that may not,
   * `CH107` where the centre forbids it, `CH108` when a day's codes are used up.
   */
  enrolWorkstation(order: EnrolOrder): Promise<IssuedEnrolment>;
  /** At most 20 patients, of any site. The centre notes who asked. */
  findPatients(question: PatientQuestion): Promise<readonly FoundPatient[]>;
  /** A page of the audit trail. The centre notes who asked; `CH102` for an account or a workstation that may not. */
  audit(question: AuditQuestion): Promise<AuditPage>;
  /** Every version of one row the ledger knows, at most the last 500. Noted as `audit` is. */
  auditRecord(question: AuditRecordQuestion): Promise<AuditVersions>;
  /** What the centre has of these files, at most 200; those it has nothing of, or not for this workstation, are left out. */
  blobState(hashes: readonly string[]): Promise<readonly BlobState[]>;
  /** Sends one part of a file that a document in scope names; `CH101` when none does. */
  blobPut(part: BlobPart): Promise<BlobPutReply>;
  /** One part of a file, null when there is none for this workstation. */
  blobGet(hash: string, n: number): Promise<Buffer | null>;
  /** Calls `onSeq` for every notification; `onLost` once when the listening connection ends. Resolves to a function that stops listening. */
  listen(onSeq: (seq: number) => void, onLost: () => void): Promise<() => void>;
  /** This workstation's copy has been destroyed, as the centre ordered. The last call of its login. */
  wiped(): Promise<void>;
  close(): Promise<void>;
}

/** A failure of a call to the centre. `sqlstate` is null when the server was not reached. `retryable`: the same call may succeed later. */
export class CentreError extends Error {
  readonly sqlstate: string | null;
  readonly retryable: boolean;

  constructor(message: string, sqlstate: string | null, retryable: boolean, cause?: unknown) {
    super(message, { cause });
    this.name = 'CentreError';
    this.sqlstate = sqlstate;
    this.retryable = retryable;
  }
}

/** What answers at the centre's address is not believed to be the centre: no TLS, or a certificate that does not hold. Nothing was sent to it. */
export class UntrustedCentreError extends CentreError {
  constructor(reason: string, cause: unknown) {
    super(`what answers at the centre’s address is not trusted: ${reason}`, null, true, cause);
    this.name = 'UntrustedCentreError';
  }
}
