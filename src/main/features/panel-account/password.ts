import { hash } from '@node-rs/argon2';
import type { Connection } from '#main/core/dispatch.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import {
  openerOf,
  type PatientAccount,
  patientAccountById,
  patientAccountOf,
  patientOpening,
} from '#main/session/accounts.ts';
import { patientTryKeys } from '#main/session/patient-sign-in.ts';
import { isRight } from '#main/session/session.ts';
import { passwordProblem } from '#main/session/strength.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { SentCode } from '#shared/contract/panel-account.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { readEmail } from '#shared/domain/panel/email.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Codes } from './codes.ts';
import type { AccountDeps } from './deps.ts';
import { languageOf, noticeFor } from './letters.ts';
import { mayAsk, namesAround } from './registration.ts';
import { writeChange } from './write.ts';

/** The account of who is signed in. */
export const ownAccount = (deps: AccountDeps, { user }: Connection): Result<PatientAccount> => {
  const account = user === null ? undefined : patientAccountById(deps.store, user.id);
  return account === undefined ? fail('not-signed-in') : ok(account);
};

/** The account of who is signed in, once they have typed its password. Wrong tries wait with those of signing in. */
export const provenAccount = async (
  deps: AccountDeps,
  password: string,
  connection: Connection,
): Promise<Result<PatientAccount>> => {
  const own = ownAccount(deps, connection);
  if (!own.ok) return own;
  const keys = patientTryKeys(own.value.email, connection);
  const seconds = deps.throttle.wait(keys);
  if (seconds > 0) return fail('too-many-tries', { params: { seconds } });
  deps.throttle.tried(keys);
  if (!(await isRight(own.value.password_hash, password))) return fail('wrong-password');
  deps.throttle.cleared(keys);
  // Whoever signed out meanwhile does nothing more here.
  return ownAccount(deps, connection);
};

/** Sends a code to an address that has an account. The answer is the same for one that has none. */
export const askReset = async (
  deps: AccountDeps,
  codes: Codes,
  { email: typed, language }: Parsed<'panel.askReset'>,
): Promise<Result<SentCode>> => {
  const may = mayAsk(deps);
  if (!may.ok) return may;
  const email = readEmail(typed);
  const account = patientAccountOf(deps.store, email);
  const isOpen = account?.active === 1;
  return codes.issue({
    purpose: 'reset',
    email,
    account_id: isOpen ? account.id : null,
    password_hash: null,
    display_name: isOpen ? account.display_name : null,
    language: isOpen ? account.language : languageOf(language),
    real: isOpen ? 1 : 0,
  });
};

const setPassword = (
  deps: AccountDeps,
  account: PatientAccount,
  changed: Partial<Pick<PatientAccount, 'password_hash' | 'sessions_ended_at'>>,
  event: 'password-changed' | 'password-reset',
  besides: (writer: LocalWriter) => void,
) =>
  writeChange(deps, event, account.id, (writer) => {
    besides(writer);
    writer.update('patient_account', account.id, changed);
    deps.mail.send(noticeFor(deps, 'password-changed', account), writer);
  });

/** Another password in place of a forgotten one; whoever was signed in with the old one is no longer. */
export const reset = async (
  deps: AccountDeps,
  codes: Codes,
  { id, code, password }: Parsed<'panel.reset'>,
  connection: Connection,
): Promise<Result<SignedInUser>> => {
  const may = mayAsk(deps);
  if (!may.ok) return may;
  const found = await codes.check({ id, purpose: 'reset', account_id: null }, code);
  if (!found.ok) return found;
  const row = found.value;
  const account = patientAccountById(deps.store, row.account_id ?? '');
  if (account?.active !== 1) return fail('code-expired');
  const weak = await passwordProblem(password, namesAround(deps, account.email, account.display_name));
  if (weak !== null) return fail('invalid-input', { fields: { password: weak } });
  const password_hash = await hash(password);
  // Two pages with one code: the one that was first has used it up.
  if (!codes.stands(row)) return fail('code-expired');
  const changed = { password_hash, sessions_ended_at: instant(deps.clock.now()) };
  setPassword(deps, account, changed, 'password-reset', (writer) => codes.spend(writer, row));
  deps.throttle.cleared(patientTryKeys(account.email, connection));
  const user = deps.sessions.begin(connection, patientOpening(patientAccountById(deps.store, account.id)));
  return user === null ? fail('code-expired') : ok(user);
};

/** This session goes on, the others end. */
export const changePassword = async (
  deps: AccountDeps,
  { password, next }: Parsed<'panel.changePassword'>,
  connection: Connection,
): Promise<Result<null>> => {
  const proven = await provenAccount(deps, password, connection);
  if (!proven.ok) return proven;
  const account = proven.value;
  const weak = await passwordProblem(next, namesAround(deps, account.email, account.display_name));
  if (weak !== null) return fail('invalid-input', { fields: { next: weak } });
  const changed = { password_hash: await hash(next) };
  const still = ownAccount(deps, connection);
  if (!still.ok) return still;
  deps.sessions.outlive(connection, openerOf({ ...still.value, ...changed }));
  setPassword(deps, account, changed, 'password-changed', () => undefined);
  return ok(null);
};
