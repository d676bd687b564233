import { hash, verify } from '@node-rs/argon2';
import { auditRow } from '#main/core/audit-event.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { noPassword } from '#shared/domain/accounts/account.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { type Account, accountById, accountNamed, isPatients, lostPasswords, userOf } from './accounts.ts';
import type { Throttle } from './throttle.ts';

/** Who is signed in where. */
export interface Sessions {
  /** A connection that says which is its `first` is signed in as that one is. */
  connect(known?: Connection): Connection;
  /** The connection is gone; its user needs no sign-out in the audit trail, nobody pressed it. */
  disconnect(connection: Connection): void;
  /** The connection's user as the account stands now. An account that was closed ends its sessions here. */
  current(connection: Connection): SignedInUser | null;
  /** Signs `connection` in, with its further windows. What another showed there ends. Null for an account that may not be used. */
  begin(connection: Connection, account: Account): SignedInUser | null;
  /** The session of `connection` goes on once its account has other secrets: those of `account`. The others of it end. */
  outlive(connection: Connection, account: Account): void;
  /** Looks at every session again: accounts may have changed. */
  review(): void;
  readonly handlers: Handlers<'session.signIn' | 'session.signOut' | 'session.current'>;
}

type SessionEvent = 'sign-in' | 'sign-out';

/** What a session was opened with: once it is another, the session is over. */
const openerOf = ({ password_hash, sessions_ended_at }: Account): string =>
  `${password_hash} ${sessions_ended_at ?? ''}`;

/** The tries that count for a name and for the connection it is typed at. */
export const tryKeys = (username: string, connection: Connection): readonly string[] => [
  `name ${username.normalize('NFKC').toLowerCase()}`,
  `connection ${connection.id}`,
];

const audit = (
  deps: FeatureDeps,
  event: SessionEvent,
  accountId: string | null,
  outcome: 'success' | 'refused',
) => {
  const entity = accountId === null ? null : ({ table: 'staff_account', id: accountId } as const);
  deps.store.mutate({ kind: `session.${event}`, user: accountId }, (writer) =>
    writer.insert('audit_event', auditRow(deps, { action: 'E', event, accountId, entity, outcome })),
  );
  deps.engine.wake();
};

/** A wrong hash in the database refuses like a wrong password. */
const isRight = (passwordHash: string, password: string): Promise<boolean> =>
  verify(passwordHash, password).catch(() => false);

/**
 * Sign-in against the accounts in the local copy, so it works with no network. An unknown name costs the same hash as a
 * known one; wrong tries wait longer and longer, by name and by connection. `onEnded` hears of every session that ends:
 * a browser's session has more than one page.
 */
export const createSessions = (
  deps: FeatureDeps,
  throttle: Throttle,
  onEnded: (connection: Connection) => void,
): Sessions => {
  const connections = new Set<Connection>();
  const openedWith = new WeakMap<Connection, string>();
  // Made at once, with the same cost as a real one: the first unknown name must not take longer than the second.
  const decoy = hash('nobody has this password');

  /** The other windows of the session of `connection`: they are signed in and out with it. */
  const besides = (connection: Connection): readonly Connection[] => {
    const first = connection.first ?? connection;
    return [...connections].filter((one) => one !== connection && (one.first ?? one) === first);
  };

  const end = (connection: Connection) => {
    connection.user = null;
    onEnded(connection);
  };

  const open = (connection: Connection, user: SignedInUser, opener: string) => {
    connection.user = user;
    openedWith.set(connection, opener);
  };

  const begin: Sessions['begin'] = (connection, account) => {
    const user = userOf(deps.store, account);
    if (user === null) return null;
    if (connection.user !== null) audit(deps, 'sign-out', connection.user.id, 'success');
    open(connection, user, openerOf(account));
    for (const one of besides(connection)) {
      // What it shows is another person's.
      if (one.user !== null && one.user.id !== user.id) end(one);
      open(one, user, openerOf(account));
    }
    audit(deps, 'sign-in', user.id, 'success');
    return user;
  };

  /** Two set a password apart from each other, and the centre took the other one: who knows the one that lost is told so. */
  const isLost = async (account: Account, password: string): Promise<boolean> => {
    for (const lost of lostPasswords(deps.store, account)) if (await isRight(lost, password)) return true;
    return false;
  };

  const current = (connection: Connection): SignedInUser | null => {
    if (connection.user === null) return null;
    if (!deps.store.ready()) return connection.user;
    const account = accountById(deps.store, connection.user.id);
    // A new password is given when somebody else knows the old one: what was opened with it ends.
    const isSame = account !== undefined && openerOf(account) === openedWith.get(connection);
    const user = isSame ? userOf(deps.store, account) : null;
    if (user === null) end(connection);
    else connection.user = user;
    return user;
  };

  const signIn = async (
    { username, password }: Parsed<'session.signIn'>,
    connection: Connection,
  ): Promise<Result<SignedInUser>> => {
    const closed = deps.store.closure();
    if (closed !== null) return fail(closed);
    const keys = tryKeys(username, connection);
    const seconds = throttle.wait(keys);
    if (seconds > 0) return fail('too-many-tries', { params: { seconds } });
    throttle.tried(keys);
    const account = accountNamed(deps.store, username.normalize('NFKC'));
    const known = account?.password_hash === noPassword ? undefined : account?.password_hash;
    const right = await isRight(known ?? (await decoy), password);
    const user = account && right ? begin(connection, account) : null;
    if (account === undefined || user === null) {
      audit(deps, 'sign-in', account?.id ?? null, 'refused');
      if (right && isPatients(account)) return fail('patient-account');
      const isElsewhere = account?.active === 1 && (await isLost(account, password));
      return fail(isElsewhere ? 'password-elsewhere' : 'wrong-credentials');
    }
    throttle.cleared(keys);
    return ok(user);
  };

  return {
    connect: (known) => {
      const connection: Connection = known ?? { id: deps.newId(), user: null };
      connections.add(connection);
      // One that goes on in another core: the account tells with what it was opened.
      const account = connection.user === null ? undefined : accountById(deps.store, connection.user.id);
      if (account !== undefined) openedWith.set(connection, openerOf(account));
      const { first } = connection;
      const openedBy = first && openedWith.get(first);
      if (first?.user && openedBy) open(connection, first.user, openedBy);
      return connection;
    },
    disconnect: (connection) => {
      connections.delete(connection);
      connection.user = null;
    },
    begin,
    outlive: (connection, account) => {
      for (const one of [connection, ...besides(connection)]) openedWith.set(one, openerOf(account));
    },
    current,
    review: () => {
      for (const connection of connections) current(connection);
    },
    handlers: {
      'session.signIn': signIn,
      'session.signOut': (_input, connection) => {
        const user = connection.user;
        if (user === null) return ok(null);
        for (const one of [connection, ...besides(connection)]) end(one);
        // Who leaves a workstation that is closed leaves it all the same.
        if (deps.store.ready()) audit(deps, 'sign-out', user.id, 'success');
        return ok(null);
      },
      'session.current': (_input, connection) => ok(current(connection)),
    },
  };
};
