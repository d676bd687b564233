import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimLogin } from '#main/data/central/claim.ts';
import { connectCentre } from '#main/data/central/client.ts';
import { schemaVersion } from '#shared/sync/catalogue.ts';
import { runCentral as central } from '#tests/support/central-command.ts';
import { freshDatabase, withClient } from '#tests/support/fresh-centre.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.drop());

const hello = { schema: schemaVersion, app: '0.9', epoch: null, cursor: null, chain: null, scope: null };

test('migrate, enrol and status set a centre up, and a workstation gets in with the printed code', async () => {
  const url = ['--url', database.url];
  expect(await central(['status', ...url])).toMatchObject({
    code: 1,
    err: expect.stringContaining('migrate'),
  });
  expect(await central(['migrate', ...url])).toMatchObject({
    code: 0,
    out: expect.stringContaining('0010_foundation'),
  });
  expect(await central(['migrate'], { CLINICHUB_CENTRE_URL: database.url })).toMatchObject({
    code: 0,
    out: 'The centre is up to date.\n',
  });
  const enrolled = await central(['enrol', '--name', 'Front desk', '--role', 'front-desk', ...url]);
  expect(enrolled.code).toBe(0);
  const code = /CH1\.\S+/.exec(enrolled.out)?.[0] ?? '';
  const before = await central(['status', ...url]);
  expect(before.out).toMatch(/1 +Front desk +unused +- +clinic\/front-desk +- +- +- +never/);
  const desk = connectCentre(await claimLogin(code, 'a-password-of-its-own'));
  expect(await desk.hello(hello)).toMatchObject({ device_name: 'Front desk' });
  const status = await central(['status', ...url]);
  expect(status.out).toMatch(new RegExp(`Epoch [0-9a-f-]{36}, schema ${schemaVersion}, head 1, low water 0`));
  expect(status.out).toMatch(
    new RegExp(`1 +Front desk +active +- +clinic/front-desk +0\\.9 \\(${schemaVersion}\\) +- +- +\\d{4}-`),
  );
  const password = new URL(database.url).password;
  for (const { out, err } of [enrolled, status]) expect(out + err).not.toContain(password);

  const suspended = await central(['suspend', '--device', 'front DESK', ...url]);
  expect(suspended.out).toContain('“Front desk” is suspended');
  const noted = await withClient(database.url, (client) =>
    client.query('select event from clinichub.audit_event order by recorded_at'),
  );
  expect(noted.rows).toEqual([{ event: 'workstation.enrol' }, { event: 'workstation.suspend' }]);
  await expect(desk.hello(hello)).rejects.toMatchObject({ sqlstate: 'CH001' });
  expect((await central(['resume', '--device', '1', ...url])).code).toBe(0);
  expect(await desk.hello(hello)).toMatchObject({ state: 'new' });
  // Nobody is at a terminal here to type the name.
  expect(await central(['wipe', '--device', '1', ...url])).toMatchObject({
    code: 1,
    err: expect.stringContaining('Nothing was changed'),
  });
  expect((await desk.hello(hello)).state).toBe('new');
  expect((await central(['wipe', '--device', '1', '--yes', ...url])).code).toBe(0);
  expect((await central(['status', ...url])).out).toMatch(/Front desk +wiping/);
  expect((await central(['screen-codes', ...url])).out).toContain('up to 10 codes');
  expect((await central(['screen-codes', '--per-day', '101', ...url])).code).toBe(2);
  expect((await central(['screen-codes', '--per-day', '0', ...url])).out).toContain('in the audit trail');
  expect((await central(['screen-codes', ...url])).out).toContain('No codes');
  expect((await central(['revoke', '--device', '1', '--yes', ...url])).out).toContain('is revoked');
  expect((await central(['status', ...url])).out).toMatch(/Front desk +revoked/);
  expect(await central(['resume', '--device', '1', ...url])).toMatchObject({
    code: 1,
    err: expect.stringContaining('final'),
  });
  await desk.close();
});

test.each([
  [[], 'Usage'],
  [['dance', '--url', 'x'], 'There is no command “dance”'],
  [['status'], 'give --url'],
  [['enrol', '--url', 'x'], '--name'],
  [['enrol', '--url', 'x', '--name', 'a', '--role', 'boss'], 'front-desk'],
  [['enrol', '--url', 'x', '--name', 'a', '--valid-days', '0'], '--valid-days'],
  [['wipe', '--url', 'x', '--yes'], '--device'],
  [['status', '--nonsense'], '--nonsense'],
  [['status', 'now', '--url', 'x'], '“now” is too much'],
  [['status', '--name', 'Desk', '--url', 'x'], 'status takes no --name'],
])('what is not understood is told with the usage: %j', async (args, message) => {
  const { code, err } = await central(args);
  expect(code).toBe(2);
  expect(err).toContain(message);
  expect(err).toContain('npm run central');
});

test.each([
  ['not an address', 'must look like postgresql://'],
  ['postgresql://who:secret@127.0.0.1:1/x', 'Cannot reach PostgreSQL at who@127.0.0.1:1/x (ECONNREFUSED)'],
])('an expected failure is one line without a stack or a password: %s', async (url, message) => {
  const { code, err } = await central(['status', '--url', url]);
  expect(code).toBe(1);
  expect(err).toContain(message);
  expect(err).not.toMatch(/secret|\n +at /);
});
