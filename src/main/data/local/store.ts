import type { Compilable } from 'kysely';
import type { LocalRowOf, RowOf, TableName } from '#shared/sync/catalogue.ts';

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
}

/** What kind of user action a mutation is; the centre can pause one kind without the others. */
export interface MutationHeader {
  readonly kind: string;
  /** The acting staff account, null for the system itself. */
  readonly user: string | null;
}

export interface LocalStore extends LocalReader {
  /**
   * Runs `write` in one SQLite transaction together with the outbox entry, durably. Throws what `write` throws and
   * then nothing has happened. Returns what `write` returned and the mutation's number.
   */
  mutate<T>(
    header: MutationHeader,
    write: (writer: LocalWriter) => T,
  ): { readonly value: T; readonly n: number };
}

export type { LocalRowOf };
