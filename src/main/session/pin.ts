import { hash } from '@node-rs/argon2';
import { auditRow } from '#main/core/audit-event.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import type { LocalReader, LocalWriter } from '#main/data/local/store.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { pinProblem, pinTries } from '#shared/domain/session/pin.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { accountById } from './accounts.ts';
import { isRight } from './session.ts';
import { createThrottle } from './throttle.ts';

/** Whether it is the signed-in person who signs. */
export interface Pins {
  /**
   * Fails with `no-pin`, `wrong-pin` (`left`: tries that are left) or, after five wrong ones in a row at this workstation,
   * `pin-locked` until the password is given.
   */
  check(user: Pick<SignedInUser, 'id'>, pin: string): Promise<Result<null>>;
  /** Whether an account has a PIN, and whether wrong tries have shut it here. */
  state(accountId: string): { readonly set: boolean; readonly locked: boolean };
  readonly handlers: Handlers<'session.pin' | 'session.setPin' | 'session.unlockPin'>;
}

type PinEvent = 'pin-set' | 'pin-unlocked' | 'pin-refused' | 'pin-locked';

/** Wrong tries since the last right one. They are kept in the database: starting again must not give new ones. */
const wrongTries = (reader: LocalReader, accountId: string): number =>
  reader.get(localDb.selectFrom('pin_try').select('wrong').where('account_id', '=', accountId))?.wrong ?? 0;

const pinRow = (deps: FeatureDeps, event: PinEvent, accountId: string): RowOf<'audit_event'> =>
  auditRow(deps, {
    action: event === 'pin-set' ? 'U' : 'E',
    event,
    accountId,
    entity: { table: 'staff_account', id: accountId },
    outcome: event === 'pin-set' || event === 'pin-unlocked' ? 'success' : 'refused',
  });

export const createPins = (deps: FeatureDeps): Pins => {
  const throttle = createThrottle(deps.clock);

  const write = (event: PinEvent, accountId: string, work: (writer: LocalWriter) => void) => {
    deps.store.mutate({ kind: `session.${event}`, user: accountId }, (writer) => {
      work(writer);
      writer.insert('audit_event', pinRow(deps, event, accountId));
    });
    deps.engine.wake();
  };

  /** The password again, before anything about the PIN is changed. */
  const withPassword = async (accountId: string, password: string): Promise<Result<null>> => {
    const seconds = throttle.wait([accountId]);
    if (seconds > 0) return fail('too-many-tries', { params: { seconds } });
    throttle.tried([accountId]);
    const account = accountById(deps.store, accountId);
    if (account === undefined || !(await isRight(account.password_hash, password)))
      return fail('wrong-password');
    throttle.cleared([accountId]);
    return ok(null);
  };

  /** A try is counted before it is looked at: tries made at the same moment count each. */
  const check: Pins['check'] = async ({ id }, pin) => {
    const pinHash = accountById(deps.store, id)?.pin_hash ?? null;
    if (pinHash === null) return fail('no-pin');
    const before = wrongTries(deps.store, id);
    if (before >= pinTries) return fail('pin-locked');
    const wrong = before + 1;
    deps.store.mutate({ kind: 'session.pin', user: id }, (writer) =>
      writer.keep('pin_try', { account_id: id, wrong }),
    );
    if (await isRight(pinHash, pin)) {
      deps.store.mutate({ kind: 'session.pin', user: id }, (writer) => writer.drop('pin_try', id));
      return ok(null);
    }
    write(wrong < pinTries ? 'pin-refused' : 'pin-locked', id, () => undefined);
    return wrong < pinTries ? fail('wrong-pin', { params: { left: pinTries - wrong } }) : fail('pin-locked');
  };

  const state: Pins['state'] = (accountId) => {
    const set = (accountById(deps.store, accountId)?.pin_hash ?? null) !== null;
    return { set, locked: set && wrongTries(deps.store, accountId) >= pinTries };
  };

  return {
    check,
    state,
    handlers: {
      'session.pin': (_input, { user }) => (user === null ? fail('not-signed-in') : ok(state(user.id))),
      'session.setPin': async ({ password, pin }, { user }) => {
        if (user === null) return fail('not-signed-in');
        const problem = pinProblem(pin);
        if (problem !== null) return fail('invalid-input', { fields: { pin: problem } });
        const allowed = await withPassword(user.id, password);
        if (!allowed.ok) return allowed;
        const pinHash = await hash(pin);
        write('pin-set', user.id, (writer) => {
          writer.update('staff_account', user.id, { pin_hash: pinHash });
          writer.drop('pin_try', user.id);
        });
        return ok(null);
      },
      'session.unlockPin': async ({ password }, { user }) => {
        if (user === null) return fail('not-signed-in');
        const allowed = await withPassword(user.id, password);
        if (!allowed.ok) return allowed;
        write('pin-unlocked', user.id, (writer) => writer.drop('pin_try', user.id));
        return ok(null);
      },
    },
  };
};
