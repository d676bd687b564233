import type { TableName, WorkstationRole } from '#shared/sync/catalogue.ts';
import type { Cells } from '#shared/sync/wire.ts';

/** What a centre has on its disk. Everything here is plain data: a copy of it is a backup. */

/** Which version set a column last, and which device: `[row_version, device_no]`. `*` stands for every column not named. */
export type FieldVersions = Readonly<Record<string, readonly [version: number, writer: number]>>;

export interface ModelRow {
  readonly cells: Cells;
  readonly version: number;
  readonly fields: FieldVersions;
}

export interface ModelChange {
  readonly tbl: TableName;
  readonly pk: string;
  readonly op: 'insert' | 'update' | 'delete' | 'enter' | 'evict';
  readonly v: number;
  readonly patch: Cells;
  readonly mutation: number | null;
  /** The patient the row belongs to; of `enter` and `evict` the audience. */
  readonly scope: string | null;
}

export interface ModelTransaction {
  readonly seq: number;
  readonly chain: string;
  readonly writer: number;
  readonly bytes: number;
  readonly at: string;
  readonly changes: readonly ModelChange[];
}

export interface ModelDevice {
  readonly no: number;
  readonly id: string;
  readonly name: string;
  location: string | null;
  schema: number | null;
  last_n: number;
  cursor: number | null;
  suspended: boolean;
  wiping: boolean;
  scope: 'clinic' | 'site';
  role: WorkstationRole;
  /** The scope it was told at its last greeting. */
  greeted: string | null;
}

export interface ModelMutation {
  readonly device: number;
  readonly n: number;
  readonly hash: string;
  readonly kind: string | null;
  readonly user: string | null;
  readonly status: 'applied' | 'merged' | 'needs_review' | 'rejected';
  readonly sqlstate: string | null;
  readonly message: string | null;
  readonly payload: string | null;
}

/** A patient in the scope of a site, a workstation, or everybody. */
export interface ModelMember {
  readonly patient: string;
  readonly audience: string;
  /** The transaction that brought the patient in: null for one of before, `now` while it is under way. */
  readonly joined: number | 'now' | null;
  /** The patient is new with it: that transaction's own changes are the chart. */
  readonly born: boolean;
}

export interface ModelState {
  epoch: string;
  schema: number;
  minSchema: number;
  lowWater: number;
  durable: number;
  /** A transaction of more cannot be pulled in one piece. */
  mostChanges: number;
  seq: number;
  chain: string;
  readonly rows: Map<TableName, Map<string, ModelRow>>;
  readonly ledger: ModelTransaction[];
  readonly devices: Map<number, ModelDevice>;
  /** By `device/n`. */
  readonly mutations: Map<string, ModelMutation>;
  /** By `patient/audience`. */
  readonly members: Map<string, ModelMember>;
  /** The last fiscal number of each series of invoices. */
  readonly series: Map<string, number>;
  /** Only with a quirk: a suspended workstation is answered; each change is a transaction of its own. */
  open: boolean;
  split: boolean;
}
