import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newOneTimeCode } from '#main/session/one-time-code.ts';
import { withClient } from '#tests/support/fresh-centre.ts';
import { claimLogin } from './claim.ts';
import { connectCentre } from './client.ts';
import { revokeDevice } from './devices.ts';
import { startEmbeddedCentre } from './embedded.ts';
import { enrolDevice } from './enrol.ts';
import { makeFirstAdmin } from './first-admin.ts';
import { migrateCentre } from './migrator.ts';

test('a server that nobody has used is set up by a login as docs/deploy.md makes it, which is no superuser', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'clinichub-set-up-'));
  await chmod(folder, 0o755);
  const server = await startEmbeddedCentre({ dataFolder: join(folder, 'centre'), log: () => undefined });
  try {
    await withClient(server.url, async (superuser) => {
      await superuser.query(`create role office login createrole password 'x'`);
      await superuser.query('create database clinic owner office');
    });
    const { href: url } = Object.assign(new URL(server.url), {
      username: 'office',
      password: 'x',
      pathname: '/clinic',
    });
    await migrateCentre(url);
    const { hash, until } = await newOneTimeCode(Date.now());
    await makeFirstAdmin(url, {
      username: 'aline',
      displayName: 'Aline',
      codeHash: hash,
      until,
      recover: false,
    });
    const [account] = await withClient(url, async (client) => {
      const { rows } = await client.query<{ id: string }>('select id from clinichub.staff_account');
      return rows;
    });
    const user = account?.id ?? '';
    const desk = connectCentre(await claimLogin((await enrolDevice(url, { name: 'First' })).code, 'a'));
    const order = { user, locationId: null, scope: 'clinic' } as const;
    const { id, code } = await desk.enrolWorkstation({ ...order, name: 'Second' });
    await claimLogin(code, 'b');
    expect(await desk.setWorkstation({ user, id, action: 'revoke' })).toMatchObject([
      { name: 'First', state: 'active', can_log_in: true },
      { name: 'Second', state: 'revoked', can_log_in: false },
    ]);
    await desk.enrolWorkstation({ ...order, name: 'Third' });
    await desk.close();
    for (const name of ['Third', 'First']) expect((await revokeDevice(url, name)).name).toBe(name);
  } finally {
    await server.remove();
    await rm(folder, { recursive: true, force: true });
  }
});
