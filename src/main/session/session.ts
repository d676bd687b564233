import { hash, verify } from '@node-rs/argon2';
import { auditRow } from '#main/core/audit-event.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { HeldSession, SignedInUser } from '#shared/contract/session.ts';
import { noPassword } from '#shared/domain/accounts/account.ts';
import { type Clock, instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import {
  type Account,
  accountNamed,
  isPatients,
  lostPasswords,
  type Opening,
  openingOf,
  staffOpening,
} from './accounts.ts';
import { createPlaces, elapsedSince, type Held } from './held.ts';
import { mayBegin, type SessionLimits } from './limits.ts';
import { type RefusedNames, untilAnswered } from './refused-names.ts';
import type { Throttle } from './throttle.ts';

/** Who is signed in where. */
export interface Sessions {
  /** A connection that says which is its `first` is signed in as that one is. */
  connect(known?: Connection): Connection;
  /** The connection is gone; its user needs no sign-out in the audit trail, nobody pressed it. */
  disconnect(connection: Connection): void;
  /**
   * The connection's user as the account stands now. An account that was closed ends its sessions here; one that nobody has
   * used for long is locked.
   */
  current(connection: Connection): SignedInUser | null;
  /** Signs `connection` in, with its further windows. What another showed there ends. Null for an account that may not be used. */
  begin(connection: Connection, opening: Opening | null): SignedInUser | null;
  /** Goes on with a session that was opened before, by a token of it: nobody signs in. Null for an account that may not be used. */
  reopen(connection: Connection, opening: Opening | null): SignedInUser | null;
  /** The session of `connection` goes on once its account has other secrets: those of `opener`. The others of it end. */
  outlive(connection: Connection, opener: string): void;
  /** The open sessions of an account at this host, the one used last first. */
  ofAccount(accountId: string): readonly OpenSession[];
  /** Ends a session of an account; false when it has no such one here. */
  endOne(accountId: string, connectionId: string): boolean;
  /** Looks at every session again: accounts may have changed. */
  review(): void;
  /** Locks every open session, or those alone that nobody has used for as long as the clinic allows. */
  lockAll(which: 'open' | 'unused'): void;
  /** The locked sessions of a connection that are not over, the one locked last first. */
  held(connection: Connection): readonly Held[];
  /** Goes on with a locked session, in all windows. Null when it is over, or somebody works there. */
  resume(connection: Connection, accountId: string): SignedInUser | null;
  readonly handlers: Handlers<
    | 'session.signIn'
    | 'session.signOut'
    | 'session.current'
    | 'session.active'
    | 'session.lock'
    | 'panel.signOut'
    | 'panel.active'
  >;
}

/** A session of an account, as the person is told of it. */
export interface OpenSession {
  readonly connection: Connection;
  readonly openedAt: string;
  /** How long nobody has used it, milliseconds. */
  readonly unused: number;
}

export interface SessionsDeps extends FeatureDeps {
  /** Counts on whatever is done to the computer's clock. */
  readonly steady: Clock;
  readonly limits: SessionLimits;
  /** Hears of every session that ends or is locked, window by window: a browser's session has more than one page. */
  readonly tell: (event: 'session-ended' | 'session-locked', connection: Connection) => void;
}

const minute = 60_000;
/** No clinic locks sooner: until then its setting need not be read. */
const leastIdle = minute;

type SessionEvent = 'sign-in' | 'sign-out' | 'unlock' | 'token-reused';

/** The tries that count for a name and for the connection it is typed at. */
export const tryKeys = (username: string, connection: Connection): readonly string[] => [
  `name ${username.normalize('NFKC').toLowerCase()}`,
  `connection ${connection.id}`,
];

/** Notes what became of a session; `besides` is written with it. */
export const noteSession = (
  deps: FeatureDeps,
  event: SessionEvent,
  accountId: string,
  outcome: 'success' | 'refused',
  besides: (writer: LocalWriter) => void = () => undefined,
  table: 'staff_account' | 'patient_account' = 'staff_account',
): void => {
  const entity = { table, id: accountId };
  deps.store.mutate({ kind: `session.${event}`, user: accountId }, (writer) => {
    besides(writer);
    writer.insert('audit_event', auditRow(deps, { action: 'E', event, accountId, entity, outcome }));
  });
  deps.engine.wake();
};

/** As `noteSession`, of a session that was open. */
const noteOf = (deps: FeatureDeps, event: SessionEvent, { id, role }: SignedInUser): void =>
  noteSession(
    deps,
    event,
    id,
    'success',
    undefined,
    role === 'patient' ? 'patient_account' : 'staff_account',
  );

/** A wrong hash in the database refuses like a wrong secret. */
export const isRight = (secretHash: string, secret: string): Promise<boolean> =>
  verify(secretHash, secret).catch(() => false);

/**
 * Sign-in against the accounts in the local copy, so it works with no network. An unknown name costs the same hash as a
 * known one; wrong tries wait longer and longer, by name and by connection. A session that nobody uses is locked here, in main,
 * whatever its pages do; while it is locked its connection has no user.
 */
export const createSessions = (
  deps: SessionsDeps,
  throttle: Throttle,
  refusedNames: Pick<RefusedNames, 'note'>,
): Sessions => {
  const connections = new Set<Connection>();
  const openedWith = new WeakMap<Connection, string>();
  const openedAt = new WeakMap<Connection, string>();
  const places = createPlaces(deps.clock, deps.steady);
  // Made at once, with the same cost as a real one: the first unknown name must not take longer than the second.
  const decoy = hash('nobody has this password');

  /** The windows of the session of `connection`, this one first: they are signed in, locked and signed out together. */
  const windowsOf = (connection: Connection): readonly Connection[] => {
    const first = connection.first ?? connection;
    const others = [...connections].filter((one) => one !== connection && (one.first ?? one) === first);
    return [connection, ...others];
  };

  /** Whose screen a window shows, open or locked. */
  const shownAt = (connection: Connection): string | null =>
    connection.user?.id ?? (connection.locked ? (places.held(connection)[0]?.user.id ?? null) : null);

  const settle = (connection: Connection) => {
    const isHeld = places.held(connection).length > 0;
    for (const one of windowsOf(connection)) one.locked = one.user === null && isHeld;
  };

  const end = (connection: Connection) => {
    connection.user = null;
    settle(connection);
    deps.tell('session-ended', connection);
  };

  const open = (connection: Connection, user: SignedInUser, opener: string) => {
    connection.user = user;
    connection.locked = false;
    connection.kiosk = undefined;
    openedWith.set(connection, opener);
  };

  const openAll = (connection: Connection, user: SignedInUser, opener: string) => {
    const [, ...others] = windowsOf(connection);
    for (const one of others) {
      const shown = shownAt(one);
      // What it shows is another person's.
      if (shown !== null && shown !== user.id) end(one);
    }
    places.release(connection, user.id);
    places.used(connection);
    for (const one of windowsOf(connection)) open(one, user, opener);
  };

  const begin: Sessions['begin'] = (connection, opening) => {
    if (opening === null) return null;
    const { user, opener } = opening;
    if (connection.user !== null) noteOf(deps, 'sign-out', connection.user);
    openAll(connection, user, opener);
    openedAt.set(connection, instant(deps.clock.now()));
    noteOf(deps, 'sign-in', user);
    return user;
  };

  const reopen: Sessions['reopen'] = (connection, opening) => {
    if (opening !== null) openAll(connection, opening.user, opening.opener);
    return opening?.user ?? null;
  };

  const lock = (connection: Connection, by: HeldSession['by']) => {
    const { user } = connection;
    const opener = openedWith.get(connection);
    if (user === null || opener === undefined) return;
    // A patient has no place that is kept: the phone may be anybody's by then.
    if (user.role === 'patient') {
      for (const one of windowsOf(connection)) end(one);
      return;
    }
    const { clock, steady } = deps;
    places.hold(connection, {
      user,
      opener,
      by,
      lockedAt: instant(clock.now()),
      age: elapsedSince(clock, steady),
    });
    const windows = windowsOf(connection);
    for (const one of windows) one.user = null;
    settle(connection);
    for (const one of windows) deps.tell('session-locked', one);
  };

  /** Whether nobody has used it for as long as the clinic allows. */
  const isUnused = (connection: Connection): boolean => {
    if (connection.lasting) return false;
    const unused = places.unused(connection);
    return unused >= leastIdle && unused >= deps.limits.idleMinutes(connection.user?.role) * minute;
  };

  /** Who opened a session with `opener`, as the account stands now, while it may go on. */
  const stillOf = (user: SignedInUser, opener: string | undefined): SignedInUser | null => {
    const opening = openingOf(deps.store, user);
    // A new password is given when somebody else knows the old one: what was opened with it ends.
    return opening?.opener === opener ? (opening?.user ?? null) : null;
  };

  const current = (connection: Connection): SignedInUser | null => {
    if (connection.user === null) return null;
    if (isUnused(connection)) {
      lock(connection, 'unused');
      return null;
    }
    if (!deps.store.ready()) return connection.user;
    const user = stillOf(connection.user, openedWith.get(connection));
    if (user === null) end(connection);
    else connection.user = user;
    return user;
  };

  const held: Sessions['held'] = (connection) => {
    if (deps.store.ready()) {
      for (const { user, opener } of places.held(connection))
        if (stillOf(user, opener) === null) places.release(connection, user.id);
    }
    settle(connection);
    return places.held(connection);
  };

  /** Two set a password apart from each other, and the centre took the other one: who knows the one that lost is told so. */
  const isLost = async (account: Account, password: string): Promise<boolean> => {
    for (const lost of lostPasswords(deps.store, account)) if (await isRight(lost, password)) return true;
    return false;
  };

  const signIn = async (
    { username, password }: Parsed<'session.signIn'>,
    connection: Connection,
  ): Promise<Result<SignedInUser>> => {
    const may = mayBegin(deps.store, deps.limits);
    if (!may.ok) return may;
    const keys = tryKeys(username, connection);
    const seconds = throttle.wait(keys);
    if (seconds > 0) return fail('too-many-tries', { params: { seconds } });
    throttle.tried(keys);
    const refused = untilAnswered();
    const account = accountNamed(deps.store, username.normalize('NFKC'));
    const known = account?.password_hash === noPassword ? undefined : account?.password_hash;
    const right = await isRight(known ?? (await decoy), password);
    const user = right ? begin(connection, staffOpening(deps.store, account)) : null;
    if (account === undefined) {
      refusedNames.note('staff_account');
      await refused;
      return fail('wrong-credentials');
    }
    if (user === null) {
      noteSession(deps, 'sign-in', account.id, 'refused');
      await refused;
      if (right && isPatients(account)) return fail('patient-account');
      const isElsewhere = account.active === 1 && (await isLost(account, password));
      return fail(isElsewhere ? 'password-elsewhere' : 'wrong-credentials');
    }
    throttle.cleared(keys);
    return ok(user);
  };

  const signOut = (connection: Connection): Result<null> => {
    const user = connection.user;
    if (user === null) return ok(null);
    for (const one of windowsOf(connection)) end(one);
    // Who leaves a workstation that is closed leaves it all the same.
    if (deps.store.ready()) noteOf(deps, 'sign-out', user);
    return ok(null);
  };

  const active = (connection: Connection): Result<null> => {
    places.used(connection);
    return ok(null);
  };

  return {
    connect: (known) => {
      const connection: Connection = known ?? { id: deps.newId(), user: null };
      connections.add(connection);
      // One that goes on in another core: the account tells with what it was opened.
      const opening = connection.user === null ? null : openingOf(deps.store, connection.user);
      if (opening !== null) openedWith.set(connection, opening.opener);
      const { first } = connection;
      const openedBy = first && openedWith.get(first);
      if (first?.user && openedBy) open(connection, first.user, openedBy);
      else settle(connection);
      return connection;
    },
    disconnect: (connection) => {
      connections.delete(connection);
      connection.user = null;
    },
    begin,
    reopen,
    outlive: (connection, opener) => {
      for (const one of windowsOf(connection)) openedWith.set(one, opener);
    },
    current,
    ofAccount: (accountId) =>
      [...connections]
        .filter((one) => one.first === undefined && !one.lasting && current(one)?.id === accountId)
        .map((connection) => ({
          connection,
          openedAt: openedAt.get(connection) ?? instant(deps.clock.now()),
          unused: places.unused(connection),
        }))
        .toSorted((a, b) => a.unused - b.unused),
    endOne: (accountId, connectionId) => {
      const found = [...connections].find(
        (one) => one.id === connectionId && one.user?.id === accountId && !one.lasting,
      );
      if (found === undefined) return false;
      for (const one of windowsOf(found)) end(one);
      return true;
    },
    review: () => {
      for (const connection of connections) {
        const wasLocked = connection.locked === true;
        current(connection);
        held(connection);
        if (wasLocked && !connection.locked) deps.tell('session-ended', connection);
      }
    },
    lockAll: (which) => {
      for (const connection of connections) {
        if (connection.user === null || connection.lasting) continue;
        if (which === 'open') lock(connection, 'system');
        else if (isUnused(connection)) lock(connection, 'unused');
      }
    },
    held,
    resume: (connection, accountId) => {
      const found = held(connection).find(({ user }) => user.id === accountId);
      const user = found === undefined ? null : stillOf(found.user, found.opener);
      if (found === undefined || user === null || connection.user !== null) return null;
      openAll(connection, user, found.opener);
      return user;
    },
    handlers: {
      'session.signIn': signIn,
      'session.signOut': (_input, connection) => signOut(connection),
      'panel.signOut': (_input, connection) => signOut(connection),
      'session.current': (_input, connection) => ok(current(connection)),
      'session.active': (_input, connection) => active(connection),
      'panel.active': (_input, connection) => active(connection),
      'session.lock': (_input, connection) => {
        lock(connection, 'person');
        return ok(null);
      },
    },
  };
};
