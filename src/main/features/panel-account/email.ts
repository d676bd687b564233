import type { Connection } from '#main/core/dispatch.ts';
import { isMailAddress } from '#main/core/mail/address.ts';
import { patientAccountOf } from '#main/session/accounts.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { SentCode } from '#shared/contract/panel-account.ts';
import { readEmail } from '#shared/domain/panel/email.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Codes } from './codes.ts';
import type { AccountDeps } from './deps.ts';
import { noticeFor } from './letters.ts';
import { ownAccount, provenAccount } from './password.ts';
import { writeChange } from './write.ts';

/** Sends a code to another address. One that has an account already is told so there, and the answer is the same. */
export const changeEmail = async (
  deps: AccountDeps,
  codes: Codes,
  { password, email: typed }: Parsed<'panel.changeEmail'>,
  connection: Connection,
): Promise<Result<SentCode>> => {
  const email = readEmail(typed);
  if (!isMailAddress(email)) return fail('invalid-input', { fields: { email: 'email' } });
  const refused = codes.refusal(email);
  if (refused !== null) return refused;
  const proven = await provenAccount(deps, password, connection);
  if (!proven.ok) return proven;
  const account = proven.value;
  if (email === account.email) return fail('invalid-input', { fields: { email: 'already' } });
  const known = patientAccountOf(deps.store, email);
  return codes.issue({
    purpose: 'email',
    email,
    account_id: account.id,
    password_hash: null,
    display_name: null,
    language: known?.language ?? account.language,
    real: known === undefined ? 1 : 0,
  });
};

/** The code came back: the account has the other address, and the one of before is told. */
export const confirmEmail = async (
  deps: AccountDeps,
  codes: Codes,
  { id, code }: Parsed<'panel.confirmEmail'>,
  connection: Connection,
): Promise<Result<null>> => {
  const asking = ownAccount(deps, connection);
  if (!asking.ok) return asking;
  const found = await codes.check({ id, purpose: 'email', account_id: asking.value.id }, code);
  if (!found.ok) return found;
  const own = ownAccount(deps, connection);
  if (!own.ok) return own;
  const { email } = found.value;
  if (patientAccountOf(deps.store, email) !== undefined) return fail('account-exists');
  writeChange(deps, 'email-changed', own.value.id, (writer) => {
    codes.spend(writer, found.value);
    writer.update('patient_account', own.value.id, { email });
    deps.mail.send(noticeFor(deps, 'email-changed', own.value), writer);
  });
  return ok(null);
};
