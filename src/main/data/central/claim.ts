import pg from 'pg';
import { z } from 'zod';
import { centreErrors } from '#shared/sync/wire.ts';
import { readAddress, withLogin } from './address.ts';
import { CentreError } from './centre.ts';
import { openClient } from './connect.ts';
import { readCode } from './enrolment-code.ts';
import { toCentreError } from './failure.ts';
import { scramVerifier } from './scram.ts';

/** Why the centre does not take an enrolment code. */
export type ClaimProblem = 'used-code' | 'expired-code' | 'refused-code';

const words: Readonly<Record<ClaimProblem, string>> = {
  'used-code':
    'This enrolment code has been used already, or was withdrawn. Ask the administrator for a new one; if nobody of the clinic has used it, say so.',
  'expired-code': 'This enrolment code has expired. Ask the administrator for a new one.',
  'refused-code': 'The centre has suspended this workstation before it was set up. Ask the administrator.',
};

/** The centre does not take the code. Trying again does not help. */
export class ClaimError extends CentreError {
  readonly problem: ClaimProblem;

  constructor(problem: ClaimProblem, sqlstate: string | null, cause?: unknown) {
    super(words[problem], sqlstate, false, cause);
    this.name = 'ClaimError';
    this.problem = problem;
  }
}

const options = {
  connectTimeout: 5_000,
  callTimeout: 30_000,
  applicationName: 'clinichub-enrolment',
};

const Claimed = z.object({ first: z.boolean() });

/** Tells the centre that this login is in use. Whether that was news. */
const claim = async (client: pg.Client): Promise<boolean> => {
  const { rows } = await client.query<{ reply: unknown }>('select clinichub.claim() as reply');
  return Claimed.parse(rows[0]?.reply).first;
};

/** Runs `work` on a connection with that login; null when the centre does not know the password. */
const signedIn = async <T>(text: string, work: (client: pg.Client) => Promise<T>): Promise<T | null> => {
  const address = readAddress(text);
  let client: pg.Client;
  try {
    ({ client } = await openClient(address, address.hosts, options));
  } catch (error) {
    const failure = toCentreError(error);
    if (failure.sqlstate === '28P01' || failure.sqlstate === '28000') return null;
    throw failure;
  }
  try {
    return await work(client);
  } catch (error) {
    const failure = toCentreError(error);
    if (failure.sqlstate === centreErrors.codeExpired)
      throw new ClaimError('expired-code', failure.sqlstate, error);
    if (failure.sqlstate === centreErrors.suspended)
      throw new ClaimError('refused-code', failure.sqlstate, error);
    throw failure;
  } finally {
    await client.end().catch(() => undefined);
  }
};

/**
 * Of two workstations with one code the first wins: `claim` locks the device, and who is second finds it claimed. What the
 * server gets is a verifier, never the password. Who may still be signed in with the code is cut off.
 */
const exchange = async (client: pg.Client, user: string, password: string): Promise<void> => {
  await client.query('begin');
  if (!(await claim(client))) throw new ClaimError('used-code', null);
  await client.query(
    `alter role ${pg.escapeIdentifier(user)} password ${pg.escapeLiteral(scramVerifier(password))}`,
  );
  await client.query('commit');
  await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where usename = session_user and pid <> pg_backend_pid()',
  );
};

/**
 * Makes `password`, which only this workstation knows and which it has stored already, the login's own, and gives the
 * address with it. Killed anywhere, the same call with the same two finishes. Rejects with a {@link CentreError}: a
 * {@link ClaimError} when the code is of no use; and with what `readCode` throws.
 */
export const claimLogin = async (code: string, password: string): Promise<string> => {
  const address = readCode(code);
  const { user } = readAddress(address);
  const own = withLogin(address, user, password);
  if ((await signedIn(own, claim)) !== null) return own;
  const done = await signedIn(address, async (client) => {
    await exchange(client, user, password);
    return true;
  });
  if (done === null) throw new ClaimError('used-code', '28P01');
  return own;
};
