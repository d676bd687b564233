import type { Database } from 'better-sqlite3';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Lease } from './lease.ts';
import type { Statements } from './statements.ts';
import type { Changes } from './store-changes.ts';

/** What the parts of a workstation's database share. */
export interface LocalContext {
  readonly db: Database;
  readonly statements: Statements;
  readonly changes: Changes;
  readonly clock: Clock;
  readonly lease: Lease;
  /** All or nothing; see `inTransaction`. */
  transaction<T>(work: () => T): T;
  /** The same, for what the centre can tell again; see `inRepeatableTransaction`. */
  repeatable<T>(work: () => T): T;
}
