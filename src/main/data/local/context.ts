import type { Database } from 'better-sqlite3';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Lease } from './lease.ts';
import type { Mirror } from './mirror.ts';
import type { Statements } from './statements.ts';
import type { Changes } from './store-changes.ts';

/** What the parts of a workstation's database share. */
export interface LocalContext {
  readonly db: Database;
  readonly statements: Statements;
  readonly changes: Changes;
  /** Hears of every change of the outbox that the centre cannot tell again. */
  readonly mirror: Pick<Mirror, 'add' | 'addIdentity' | 'addPlace' | 'renew' | 'behind'>;
  readonly clock: Clock;
  readonly lease: Lease;
  /** A new UUID version 7 for a moment, in milliseconds since 1970. */
  readonly newId: (milliseconds: number) => string;
  /** All or nothing; see `inTransaction`. */
  transaction<T>(work: () => T): T;
  /** The same, for what the centre can tell again, or what can be done without; see `inRepeatableTransaction`. */
  repeatable<T>(work: () => T): T;
}
