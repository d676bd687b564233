import { hash } from '@node-rs/argon2';
import { auditRow } from '#main/core/audit-event.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { isMailAddress } from '#main/core/mail/address.ts';
import type { PanelCodeTable } from '#main/data/local/query.ts';
import { patientAccountOf, patientOpening } from '#main/session/accounts.ts';
import { mayBegin } from '#main/session/limits.ts';
import { passwordProblem } from '#main/session/strength.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { SentCode } from '#shared/contract/panel-account.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { readEmail } from '#shared/domain/panel/email.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank } from '#shared/sync/catalogue.ts';
import type { Codes } from './codes.ts';
import type { AccountDeps } from './deps.ts';

/** What no password is made of: the address and its parts, the person's name, the clinic's. */
export const namesAround = (
  { home }: Pick<AccountDeps, 'home'>,
  email: string,
  displayName: string,
): readonly string[] => {
  const parts = (text: string) => text.split(/[\s.@_+-]+/);
  const clinic = home().name ?? '';
  return [email, displayName, clinic, ...parts(email), ...parts(displayName), ...parts(clinic)];
};

/** Whether patients' accounts are kept here, and whether anything may be begun. */
export const mayAsk = (deps: AccountDeps): Result<null> =>
  deps.panelHere() ? mayBegin(deps.store, deps.limits) : fail('not-permitted');

/**
 * Takes an account down and sends a code to its address. Whoever has that address already is told so there and nowhere else: the
 * answer, and the time it takes, are the same.
 */
export const register = async (
  deps: AccountDeps,
  codes: Codes,
  { email: typed, displayName, password, language }: Parsed<'panel.register'>,
): Promise<Result<SentCode>> => {
  const may = mayAsk(deps);
  if (!may.ok) return may;
  const email = readEmail(typed);
  if (!isMailAddress(email)) return fail('invalid-input', { fields: { email: 'email' } });
  const refused = codes.refusal(email);
  if (refused !== null) return refused;
  const weak = await passwordProblem(password, namesAround(deps, email, displayName));
  if (weak !== null) return fail('invalid-input', { fields: { password: weak } });
  const password_hash = await hash(password);
  const known = patientAccountOf(deps.store, email);
  return codes.issue({
    purpose: 'register',
    email,
    account_id: null,
    password_hash,
    display_name: displayName,
    language: known?.language ?? language,
    real: known === undefined ? 1 : 0,
  });
};

const writeAccount = (
  deps: AccountDeps,
  codes: Codes,
  row: PanelCodeTable,
  password_hash: string,
): string => {
  const id = deps.newId();
  const now = instant(deps.clock.now());
  deps.store.mutate({ kind: 'patient-account.registered', user: id }, (writer) => {
    codes.spend(writer, row);
    writer.insert('patient_account', {
      ...blank('patient_account'),
      id,
      email: row.email,
      password_hash,
      display_name: row.display_name ?? '',
      language: row.language,
      active: 1,
      verified_at: now,
      created_at: now,
    });
    writer.insert(
      'audit_event',
      auditRow(deps, {
        action: 'C',
        event: 'patient-account-registered',
        accountId: id,
        entity: { table: 'patient_account', id },
      }),
    );
  });
  deps.engine.wake();
  return id;
};

/** The code came back: the account is there from now on, whether or not the centre can be reached. */
export const verify = async (
  deps: AccountDeps,
  codes: Codes,
  { id, code }: Parsed<'panel.verify'>,
  connection: Connection,
): Promise<Result<SignedInUser>> => {
  const may = mayAsk(deps);
  if (!may.ok) return may;
  const found = await codes.check({ id, purpose: 'register', account_id: null }, code);
  if (!found.ok) return found;
  const row = found.value;
  if (row.password_hash === null) return fail('code-expired');
  if (patientAccountOf(deps.store, row.email) !== undefined) return fail('account-exists');
  writeAccount(deps, codes, row, row.password_hash);
  const user = deps.sessions.begin(connection, patientOpening(patientAccountOf(deps.store, row.email)));
  return user === null ? fail('account-exists') : ok(user);
};
