import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshCentre, freshCentre, withClient } from '#tests/support/fresh-centre.ts';
import { readAddress } from './address.ts';
import { CentreError } from './centre.ts';
import { claimLogin } from './claim.ts';
import { connectCentre } from './client.ts';
import { writeCode } from './enrolment-code.ts';

let centre: FreshCentre;
beforeAll(async () => {
  centre = await freshCentre();
});
afterAll(() => centre.drop());

const hello = { schema: 2, app: 'x', epoch: null, cursor: null, chain: null, scope: null };
const greet = async (address: string) => {
  const desk = connectCentre(address);
  try {
    return await desk.hello(hello);
  } finally {
    await desk.close();
  }
};
const deviceOf = async (id: string) =>
  (
    await centre.sql<{ claimed: boolean; code_expires_at: string | null }>(
      'select claimed_at is not null as claimed, code_expires_at from clinichub.sync_device where id = $1',
      [id],
    )
  )[0];

test('a code is exchanged once for a password only the workstation knows, and is then of no use', async () => {
  const { code, url, deviceId, login } = await centre.enrolment('Desk');
  expect(await deviceOf(deviceId)).toMatchObject({ claimed: false, code_expires_at: expect.anything() });
  const own = await claimLogin(code, 'only-here');
  expect(readAddress(own)).toMatchObject({ user: login, password: 'only-here' });
  expect(await deviceOf(deviceId)).toEqual({ claimed: true, code_expires_at: null });
  expect(await greet(own)).toMatchObject({ device_name: 'Desk' });
  await expect(greet(url)).rejects.toMatchObject({ sqlstate: '28P01' });
  await expect(claimLogin(code, 'somebody-else')).rejects.toMatchObject({
    problem: 'used-code',
    retryable: false,
    message: expect.stringContaining('used already'),
  });
  // The same workstation after a kill: its password is the login's own already.
  expect(await claimLogin(code, 'only-here')).toBe(own);
});

test('the server is given a verifier, never the password', async () => {
  const { code, login } = await centre.enrolment('Verifier');
  await claimLogin(code, 'a-secret-word');
  const [stored] = await centre.sql<{ rolpassword: string }>(
    'select rolpassword from pg_authid where rolname = $1',
    [login],
  );
  expect(stored?.rolpassword).toMatch(/^SCRAM-SHA-256\$4096:/);
});

test('of several with the same code at the same moment exactly one gets in', async () => {
  const { code } = await centre.enrolment('Raced');
  // Who is cut off by the winner finds out when it tries again, as a workstation does.
  const attempt = async (password: string) => {
    for (;;) {
      try {
        return await claimLogin(code, password);
      } catch (error) {
        if (!(error instanceof CentreError) || !error.retryable) throw error;
      }
    }
  };
  const tries = await Promise.allSettled([1, 2, 3, 4].map((n) => attempt(`password-${n}`)));
  const won = tries.filter((each) => each.status === 'fulfilled');
  expect(won).toHaveLength(1);
  for (const each of tries) {
    if (each.status === 'fulfilled') expect(await greet(each.value)).toMatchObject({ device_name: 'Raced' });
    else expect(each.reason).toMatchObject({ problem: 'used-code' });
  }
});

test('who was signed in with the code when it was exchanged is cut off', async () => {
  const { code, url } = await centre.enrolment('Early');
  await withClient(url, async (early) => {
    const ended = new Promise((resolve) => early.on('error', resolve));
    await early.query('select 1');
    await claimLogin(code, 'own');
    await ended;
  }).catch(() => undefined);
  await expect(greet(url)).rejects.toMatchObject({ sqlstate: '28P01' });
});

test('a code that has expired is told so, and nothing has changed', async () => {
  const { code, url, deviceId } = await centre.enrolment('Late');
  await centre.sql(
    `update clinichub.sync_device set code_expires_at = now() - interval '1 second' where id = $1`,
    [deviceId],
  );
  await expect(claimLogin(code, 'own')).rejects.toMatchObject({
    problem: 'expired-code',
    retryable: false,
    message: expect.stringContaining('expired'),
  });
  await expect(greet(url)).rejects.toMatchObject({ sqlstate: 'CH001' });
  expect(await deviceOf(deviceId)).toMatchObject({ claimed: false });
  await centre.sql('update clinichub.sync_device set code_expires_at = null where id = $1', [deviceId]);
  expect(await greet(url)).toMatchObject({ device_name: 'Late' });
});

test('a centre that does not answer is a passing trouble', async () => {
  const nowhere = writeCode('postgres://x:y@127.0.0.1:1/clinichub');
  await expect(claimLogin(nowhere, 'own')).rejects.toMatchObject({ sqlstate: null, retryable: true });
});
