import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { accountById } from './accounts.ts';
import { mayBegin, type SessionLimits } from './limits.ts';
import type { Pins } from './pin.ts';
import { isRight, noteSession, type Sessions, tryKeys } from './session.ts';
import type { Throttle } from './throttle.ts';

interface UnlockDeps extends FeatureDeps {
  readonly sessions: Pick<Sessions, 'held' | 'resume'>;
  /** The one of signing in: wrong passwords count for both. */
  readonly throttle: Throttle;
  readonly pins: Pick<Pins, 'check' | 'state'>;
  readonly limits: SessionLimits;
}

/** A locked session goes on with the PIN of its person, while that counts, or with the password. */
export const unlockHandlers = (deps: UnlockDeps): Handlers<'session.held' | 'session.unlock'> => {
  const { store, sessions, throttle, pins, limits } = deps;

  const withPassword = async (
    user: SignedInUser,
    password: string,
    connection: Connection,
  ): Promise<Result<null>> => {
    const keys = tryKeys(user.username, connection);
    const seconds = throttle.wait(keys);
    if (seconds > 0) return fail('too-many-tries', { params: { seconds } });
    throttle.tried(keys);
    const account = accountById(store, user.id);
    if (account === undefined || !(await isRight(account.password_hash, password))) {
      noteSession(deps, 'unlock', user.id, 'refused');
      return fail('wrong-password');
    }
    throttle.cleared(keys);
    return ok(null);
  };

  const unlock = async (
    { id, by, secret }: Parsed<'session.unlock'>,
    connection: Connection,
  ): Promise<Result<SignedInUser>> => {
    const may = mayBegin(store, limits);
    if (!may.ok) return may;
    const held = sessions.held(connection).find(({ user }) => user.id === id);
    if (held === undefined || connection.user !== null) return fail('not-signed-in');
    const proven =
      by === 'pin' ? await pins.check(held.user, secret) : await withPassword(held.user, secret, connection);
    if (!proven.ok) return proven;
    const user = sessions.resume(connection, id);
    if (user === null) return fail('not-signed-in');
    noteSession(deps, 'unlock', id, 'success', (writer) => {
      // Who gave the password is the person: the PIN counts again.
      if (by === 'password') writer.drop('pin_try', id);
    });
    return ok(user);
  };

  const shown = (connection: Connection): Output<'session.held'> =>
    sessions.held(connection).map(({ user, lockedAt, by }) => {
      const { set, locked } = pins.state(user.id);
      const { id, username, displayName, role } = user;
      return { id, username, displayName, role, lockedAt, by, pin: set && !locked };
    });

  return {
    'session.held': (_input, connection) => ok(store.ready() ? shown(connection) : []),
    'session.unlock': unlock,
  };
};
