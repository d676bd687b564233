import type { Clock } from '#shared/kernel/clock.ts';
import { LocalError } from './error.ts';
import type { Statements } from './statements.ts';

/** Why services may not read or write although the copy is whole. */
export type Closure = 'lease-expired' | 'wiped';

/** How long this copy of the clinic may be used without contact, and whether it is to be destroyed. */
export interface Lease {
  /** Why the copy is closed to services, null while it is open. Looks at the clock, touches no disk. */
  closure(): Closure | null;
  /** Throws a {@link LocalError} `lease-expired` or `wiped` when the copy is closed to services. */
  check(): void;
  /** The centre has answered: the lease begins anew, whatever this computer's clock says. */
  contacted(): void;
  /** How many days the centre allows from now on. */
  grant(days: number): void;
  /** When the centre answered last, by this computer's clock, and how many days that is ago by the lease's own count, in fractions. */
  contact(): { readonly at: number; readonly daysAgo: number };
  /** Days until the copy closes, in fractions; 0 when it has. Notes how far the clock has come. */
  daysLeft(): number;
  /** The centre has ordered the end of this copy. Durable when it returns. */
  orderWipe(): void;
  wiping(): boolean;
}

interface LeaseRow {
  readonly days: number;
  readonly contact_at: number | null;
  readonly clock_at: number | null;
  readonly clock_behind: number;
  readonly wiping: number;
}

const day = 86_400_000;
/** What a kill may forget of the time that passed, and of a contact. */
const precision = 60_000;

const messages: Readonly<Record<Closure, string>> = {
  'lease-expired': 'This workstation has had no contact with the centre for too long. What is here is kept.',
  wiped: 'An administrator has ordered this workstation’s copy to be destroyed.',
};

/**
 * The lease, over its row in the database. Time is the sum of the clock's steps forward: a clock turned back does not
 * take back what has passed, and one that was far ahead is believed until the next contact.
 */
export const openLease = ({ get, run }: Pick<Statements, 'get' | 'run'>, clock: Clock): Lease => {
  const row = get<LeaseRow>('SELECT days, contact_at, clock_at, clock_behind, wiping FROM lease');
  if (row === undefined) throw new Error('lease has no row');
  const opened = clock.now();
  let { days } = row;
  let wiping = row.wiping === 1;
  let contactAt = row.contact_at ?? opened;
  let clockAt = row.clock_at ?? opened;
  let behind = row.clock_behind;
  let savedAt = Number.NEGATIVE_INFINITY;

  const look = (): number => {
    const now = clock.now();
    behind += Math.max(0, clockAt - now);
    clockAt = now;
    return now;
  };
  const save = () => {
    run(
      'UPDATE lease SET days = ?, contact_at = ?, clock_at = ?, clock_behind = ?, wiping = ?',
      days,
      contactAt,
      clockAt,
      behind,
      wiping ? 1 : 0,
    );
    savedAt = clockAt;
  };
  const saveNowAndThen = () => {
    if (Math.abs(clockAt - savedAt) < precision) return;
    try {
      save();
    } catch {
      // A full disk must not close a copy that can still be read; what passed is counted here and saved later.
      savedAt = clockAt;
    }
  };
  const passed = () => look() + behind - contactAt;
  const left = () => days * day - passed();
  const closure = (): Closure | null => (wiping ? 'wiped' : left() <= 0 ? 'lease-expired' : null);

  look();
  saveNowAndThen();
  return {
    closure,
    check: () => {
      const closed = closure();
      if (closed !== null) throw new LocalError(closed, messages[closed]);
    },
    contacted: () => {
      const healed = behind > 0 || left() <= 0;
      contactAt = look();
      behind = 0;
      if (healed) save();
      else saveNowAndThen();
    },
    grant: (granted) => {
      if (granted === days) return;
      days = granted;
      save();
    },
    contact: () => ({ at: contactAt, daysAgo: Math.max(0, passed()) / day }),
    daysLeft: () => {
      const rest = Math.max(0, left()) / day;
      if (!wiping) saveNowAndThen();
      return rest;
    },
    orderWipe: () => {
      wiping = true;
      save();
    },
    wiping: () => wiping,
  };
};
