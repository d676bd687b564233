import { hash } from '@node-rs/argon2';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { readEmail } from '#shared/domain/panel/email.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { lostRegistrations, patientAccountOf, patientOpening } from './accounts.ts';
import { mayBegin, type SessionLimits } from './limits.ts';
import { type RefusedNames, untilAnswered } from './refused-names.ts';
import { isRight, noteSession, type Sessions, tryKeys } from './session.ts';
import type { Throttle } from './throttle.ts';

export interface PatientSignInDeps extends FeatureDeps {
  readonly limits: SessionLimits;
  /** Whether patients' accounts are for this host: browsers ask it, and it holds the whole clinic. */
  readonly panelHere: () => boolean;
}

/** A name of the staff and an address of a patient wait each for themselves. */
export const patientTryKeys = (email: string, connection: Connection): readonly string[] =>
  tryKeys(`patient ${email}`, connection);

/** Sign-in of patients, as that of the staff: an unknown address costs the same, wrong tries wait longer and longer. */
export const patientSignIn = (
  deps: PatientSignInDeps,
  sessions: Pick<Sessions, 'begin'>,
  throttle: Throttle,
  refusedNames: Pick<RefusedNames, 'note'>,
): Handlers<'panel.signIn'> => {
  const decoy = hash('nobody has this password');

  /** Registered here while somebody did so elsewhere, and the centre took the other: who knows the password that lost is told. */
  const isLost = async (email: string, password: string): Promise<boolean> => {
    for (const lost of lostRegistrations(deps.store, email)) if (await isRight(lost, password)) return true;
    return false;
  };

  const signIn = async (
    { email: typed, password }: Parsed<'panel.signIn'>,
    connection: Connection,
  ): Promise<Result<SignedInUser>> => {
    if (!deps.panelHere()) return fail('not-permitted');
    const may = mayBegin(deps.store, deps.limits);
    if (!may.ok) return may;
    const email = readEmail(typed);
    const keys = patientTryKeys(email, connection);
    const seconds = throttle.wait(keys);
    if (seconds > 0) return fail('too-many-tries', { params: { seconds } });
    throttle.tried(keys);
    const refused = untilAnswered();
    const account = patientAccountOf(deps.store, email);
    const right = await isRight(account?.password_hash ?? (await decoy), password);
    const user = right ? sessions.begin(connection, patientOpening(account)) : null;
    if (user === null) {
      if (account === undefined) refusedNames.note('patient_account');
      else noteSession(deps, 'sign-in', account.id, 'refused', undefined, 'patient_account');
      const lost = await isLost(email, password);
      await refused;
      return fail(lost ? 'account-elsewhere' : 'wrong-credentials');
    }
    throttle.cleared(keys);
    return ok(user);
  };

  return { 'panel.signIn': signIn };
};
