import type { Quirks } from './quirks.ts';
import type { ModelDevice, ModelState } from './state.ts';
import type { Transaction } from './transaction.ts';

/** What one mutation is applied with. */
export interface Applying {
  readonly state: ModelState;
  readonly tx: Transaction;
  readonly device: ModelDevice;
  readonly n: number;
  /** The mutation's own id. */
  readonly mutation: string;
  readonly user: string | null;
  readonly at: string;
  readonly quirks: Quirks;
  /** Notes why the mutation needs a person; a taken slot is told before anything else. */
  readonly review: (sqlstate: string | null, reason: string) => void;
}
