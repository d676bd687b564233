import type { Compilable } from 'kysely';
import type { LocalRowOf, RowOf, TableName } from '#shared/sync/catalogue.ts';
import type { Cells } from '#shared/sync/wire.ts';
import type { Closure, Lease } from './lease.ts';
import type { OwnTables } from './query.ts';

/**
 * A workstation's own database as the features see it. All calls are synchronous: SQLite is in this process, and
 * a write that cannot be interleaved cannot be half seen. Queries are built (and typed) with Kysely and run here.
 */
export interface LocalReader {
  /** All rows of a bounded query. */
  all<T>(query: Compilable<T>): readonly T[];
  /** The first row, or undefined. */
  get<T>(query: Compilable<T>): T | undefined;
  /** What the centre knows of a row: see {@link Certainty}. */
  certainty(table: TableName, id: string): Certainty;
  /** Rows of `table` among `ids` that the centre has not confirmed; one query for a whole screen. */
  uncertain(table: TableName, ids: readonly string[]): ReadonlyMap<string, Exclude<Certainty, 'confirmed'>>;
}

/** `confirmed`: the centre has the row as shown. `provisional`: changes made here wait. `parked`: the centre refused a change; a person must decide. */
export type Certainty = 'confirmed' | 'provisional' | 'parked';

/** Writes inside one mutation. */
export interface LocalWriter extends LocalReader {
  insert<T extends TableName>(table: T, row: RowOf<T>): void;
  /** Changes the given columns. Throws when the row does not exist: look first. */
  update<T extends TableName>(table: T, id: string, patch: Partial<Omit<RowOf<T>, 'id'>>): void;
  /** Puts a row of a table that is this workstation's alone in the place of the one with its key. It reaches no centre. */
  keep<T extends keyof OwnTables>(table: T, row: OwnTables[T]): void;
  /** Takes a row of such a table away for good; nothing happens when there is none. */
  drop(table: keyof OwnTables, key: string): void;
}

/** Writes rows of this workstation alone. */
export type OwnWriter = LocalReader & Pick<LocalWriter, 'keep' | 'drop'>;

/** What kind of user action a mutation is; the centre can pause one kind without the others. */
export interface MutationHeader {
  readonly kind: string;
  /** The acting staff account, null for the system itself. */
  readonly user: string | null;
}

/** Other values for one change of a parked mutation. */
export interface Correction {
  /** Its place among the changes of the mutation. */
  readonly change: number;
  readonly values: Cells;
}

/** Which workstation of the clinic this is; the centre tells at the first contact. */
export interface Workstation {
  readonly deviceId: string;
  /** Unique in the clinic and short: for numbers people read. */
  readonly deviceNo: number;
  readonly deviceName: string;
  /** The site the workstation stands at, null for none in particular. */
  readonly locationId: string | null;
  /** Whether it holds the patients of every site, or those of its own and the ones opened here. */
  readonly wholeClinic: boolean;
}

/**
 * Until the first copy from the centre is whole, reading and writing throw a `LocalError` with code `not-ready`; after
 * too long without contact with `lease-expired`; and once an administrator has ordered the end of this copy with `wiped`.
 * A full disk, a damaged file and the like arrive as a `LocalError` as well.
 */
export interface LocalStore extends LocalReader {
  /**
   * Runs `write` in one SQLite transaction together with the outbox entry, durably. Throws what `write` throws and
   * then nothing has happened. Returns what `write` returned and the mutation's number, 0 when nothing changed.
   * `write` must not be asynchronous.
   */
  mutate<T>(
    header: MutationHeader,
    write: (writer: LocalWriter) => T,
  ): { readonly value: T; readonly n: number };
  /**
   * Runs `write` in one SQLite transaction that nobody waits for: a power cut may take the last such back, whole and in order, and no
   * mutation that came before or after. For what can do without, as an answer that is kept to be given again.
   */
  keepSoon(write: (writer: OwnWriter) => void): void;
  /**
   * Puts a parked mutation's changes back, corrected where asked, and sends them under a new number, which it returns;
   * null when `n` is not parked. What was refused because it depends on it follows under numbers of its own.
   */
  resend(n: number, corrections?: readonly Correction[]): number | null;
  /** Gives up a parked mutation and what depends on it; the texts stay in `outbox_history`. False when `n` is not parked. */
  withdraw(n: number): boolean;
  /** Null before the first contact with the centre. Readable at any time. */
  workstation(): Workstation | null;
  /** Whether services may read and write: nothing is in the way. Readable at any time. */
  ready(): boolean;
  /** Why services may not read or write now; reading and writing throw a `LocalError` with the same code. */
  closure(): 'not-ready' | Closure | null;
  /** When the centre answered last, and how many days that is ago whatever was done to the clock. Readable at any time. */
  contact(): ReturnType<Lease['contact']>;
  /** Whether all rows of `table` are here, the older ones too. Readable at any time. */
  complete(table: TableName): boolean;
}

export type { LocalRowOf };
