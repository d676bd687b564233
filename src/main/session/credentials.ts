import { hash } from '@node-rs/argon2';
import { auditRow } from '#main/core/audit-event.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { Role } from '#shared/contract/permissions.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { signs } from '#shared/domain/accounts/account.ts';
import { pinProblem } from '#shared/domain/session/pin.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { type Account, accountById, accountNamed, openerOf, staffOpening, userOf } from './accounts.ts';
import { mayBegin, type SessionLimits } from './limits.ts';
import { isCode } from './one-time-code.ts';
import { isRight, type Sessions, tryKeys } from './session.ts';
import { passwordProblem } from './strength.ts';
import type { Throttle } from './throttle.ts';

type CredentialEvent = 'code-used' | 'code-refused' | 'password-changed' | 'signed-out-everywhere';

const needsPin = (account: Account): boolean => signs(account.role as Role) && account.pin_hash === null;

/** What everybody at the clinic knows of a person: no password is made of it. */
const namesOf = (deps: FeatureDeps, { username, display_name }: Account): readonly string[] => {
  const known = [display_name, deps.home().name ?? ''];
  return [username, ...known, ...known.flatMap((name) => name.split(/[\s-]+/))];
};

/** What a person does about their own secrets: begins with a one-time code, changes the password, ends every session. */
export const createCredentials = (
  deps: FeatureDeps & { readonly limits: SessionLimits },
  sessions: Pick<Sessions, 'begin' | 'outlive'>,
  throttle: Throttle,
): Handlers<
  'session.openCode' | 'session.enter' | 'session.changePassword' | 'session.signOutEverywhere'
> => {
  // A name without a code costs the same hash as one with it.
  const decoy = hash('nobody has this code');

  const write = (event: CredentialEvent, id: string, work: (writer: LocalWriter) => void) => {
    deps.store.mutate({ kind: `session.${event}`, user: id }, (writer) => {
      work(writer);
      const isRefused = event === 'code-refused';
      const noted = {
        action: isRefused ? 'E' : 'U',
        event,
        accountId: id,
        entity: { table: 'staff_account', id },
        outcome: isRefused ? 'refused' : 'success',
      } as const;
      writer.insert('audit_event', auditRow(deps, noted));
    });
    deps.engine.wake();
  };

  /** The account a code is for. Wrong tries wait like wrong passwords. */
  const withCode = async (
    { username, code }: Parsed<'session.openCode'>,
    connection: Connection,
  ): Promise<Result<Account>> => {
    const may = mayBegin(deps.store, deps.limits);
    if (!may.ok) return may;
    const keys = tryKeys(username, connection);
    const seconds = throttle.wait(keys);
    if (seconds > 0) return fail('too-many-tries', { params: { seconds } });
    throttle.tried(keys);
    const account = accountNamed(deps.store, username.normalize('NFKC'));
    const isRight = await isCode(account?.invite_hash ?? (await decoy), code);
    if (account === undefined || !isRight || userOf(deps.store, account) === null) {
      if (account !== undefined) write('code-refused', account.id, () => undefined);
      return fail('wrong-code');
    }
    throttle.cleared(keys);
    const isOver = (account.invite_until ?? '') < instant(deps.clock.now());
    return isOver ? fail('code-expired') : ok(account);
  };

  const enter = async (
    input: Parsed<'session.enter'>,
    connection: Connection,
  ): Promise<Result<SignedInUser>> => {
    const found = await withCode(input, connection);
    if (!found.ok) return found;
    const account = found.value;
    const weak = await passwordProblem(input.password, namesOf(deps, account));
    const pin = needsPin(account) ? pinProblem(input.pin ?? '') : null;
    if (weak !== null || pin !== null)
      return fail('invalid-input', { fields: { ...(weak && { password: weak }), ...(pin && { pin }) } });
    const password_hash = await hash(input.password);
    const pin_hash = needsPin(account) ? await hash(input.pin ?? '') : account.pin_hash;
    // Two pages with one code: the one that was first has used it up.
    if (accountById(deps.store, account.id)?.invite_hash !== account.invite_hash) return fail('wrong-code');
    write('code-used', account.id, (writer) => {
      writer.update('staff_account', account.id, {
        password_hash,
        pin_hash,
        invite_hash: null,
        invite_until: null,
      });
      writer.drop('pin_try', account.id);
    });
    const now = accountById(deps.store, account.id);
    const user = sessions.begin(connection, staffOpening(deps.store, now));
    return user === null ? fail('wrong-code') : ok(user);
  };

  const changePassword = async (
    { password, next }: Parsed<'session.changePassword'>,
    connection: Connection,
  ): Promise<Result<null>> => {
    const account = connection.user ? accountById(deps.store, connection.user.id) : undefined;
    if (account === undefined) return fail('not-signed-in');
    const keys = tryKeys(account.username, connection);
    const seconds = throttle.wait(keys);
    if (seconds > 0) return fail('too-many-tries', { params: { seconds } });
    throttle.tried(keys);
    if (!(await isRight(account.password_hash, password))) return fail('wrong-password');
    throttle.cleared(keys);
    const problem = await passwordProblem(next, namesOf(deps, account));
    if (problem !== null) return fail('invalid-input', { fields: { next: problem } });
    const changed = { password_hash: await hash(next), invite_hash: null, invite_until: null };
    sessions.outlive(connection, openerOf({ ...account, ...changed }));
    write('password-changed', account.id, (writer) => writer.update('staff_account', account.id, changed));
    return ok(null);
  };

  return {
    'session.openCode': async (input, connection) => {
      const found = await withCode(input, connection);
      if (!found.ok) return found;
      return ok({ displayName: found.value.display_name, needsPin: needsPin(found.value) });
    },
    'session.enter': enter,
    'session.changePassword': changePassword,
    'session.signOutEverywhere': (_input, { user }) => {
      if (user === null) return fail('not-signed-in');
      write('signed-out-everywhere', user.id, (writer) =>
        writer.update('staff_account', user.id, { sessions_ended_at: instant(deps.clock.now()) }),
      );
      return ok(null);
    },
  };
};
