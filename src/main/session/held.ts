import type { Connection } from '#main/core/dispatch.ts';
import type { HeldSession, SignedInUser } from '#shared/contract/session.ts';
import type { Clock } from '#shared/kernel/clock.ts';

/** A locked session. */
export interface Held {
  readonly user: SignedInUser;
  /** What it was opened with: once that is another, it is over. */
  readonly opener: string;
  readonly lockedAt: string;
  readonly by: HeldSession['by'];
  /** How long it has been locked, milliseconds. */
  readonly age: () => number;
}

/** A working day: who has not come back by then begins anew, with the password. */
const longestHeld = 12 * 3_600_000;

/**
 * How long something is ago, in milliseconds: by the clock that counts steadily or by the computer's own, whichever says more. The
 * one may stand still while the computer sleeps, the other may be turned back.
 */
export const elapsedSince = (clock: Clock, steady: Clock): (() => number) => {
  const [at, counted] = [clock.now(), steady.now()];
  return () => Math.max(clock.now() - at, steady.now() - counted);
};

/** What is known of a session, whichever of its windows is asked about: who waits behind its lock, and how long nobody has used it. */
interface Place {
  readonly held: readonly Held[];
  readonly unused: () => number;
}

export interface Places {
  /** The sessions that wait here, the one locked last first. Those that waited too long are gone. */
  held(connection: Connection): readonly Held[];
  hold(connection: Connection, held: Held): void;
  /** An account's session waits no more. */
  release(connection: Connection, accountId: string): void;
  /** Somebody uses it. */
  used(connection: Connection): void;
  /** How long nobody has used it, milliseconds. */
  unused(connection: Connection): number;
}

export const createPlaces = (clock: Clock, steady: Clock): Places => {
  const places = new WeakMap<Connection, Place>();
  const first = (connection: Connection): Connection => connection.first ?? connection;
  const placeOf = (connection: Connection): Place =>
    places.get(first(connection)) ?? { held: [], unused: elapsedSince(clock, steady) };
  const put = (connection: Connection, part: Partial<Place>) =>
    places.set(first(connection), { ...placeOf(connection), ...part });
  const held: Places['held'] = (connection) =>
    placeOf(connection).held.filter(({ age }) => age() < longestHeld);
  const others = (connection: Connection, accountId: string) =>
    held(connection).filter(({ user }) => user.id !== accountId);
  return {
    held,
    hold: (connection, one) => put(connection, { held: [one, ...others(connection, one.user.id)] }),
    release: (connection, accountId) => put(connection, { held: others(connection, accountId) }),
    used: (connection) => put(connection, { unused: elapsedSince(clock, steady) }),
    unused: (connection) => places.get(first(connection))?.unused() ?? 0,
  };
};
