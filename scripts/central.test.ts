import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectCentre } from '#main/data/central/client.ts';
import { freshDatabase } from '#tests/support/fresh-centre.ts';

const script = fileURLToPath(new URL('central.ts', import.meta.url));

const central = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  new Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>((resolve) => {
    const child = spawn(process.execPath, [script, ...args], {
      env: { ...process.env, CLINICHUB_CENTRE_URL: undefined, ...env },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.on('close', (code) => resolve({ code, out, err }));
  });

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.drop());

test('migrate, enrol and status set a centre up, and a workstation gets in with the printed address', async () => {
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
  const enrolled = await central(['enrol', '--name', 'Front desk', ...url]);
  expect(enrolled.code).toBe(0);
  const address = /postgresql:\S+/.exec(enrolled.out)?.[0] ?? '';
  const desk = connectCentre(address);
  expect(
    await desk.hello({ schema: 2, app: 'x', epoch: null, cursor: null, chain: null, scope: null }),
  ).toMatchObject({
    device_name: 'Front desk',
  });
  await desk.close();
  const status = await central(['status', ...url]);
  expect(status.out).toMatch(/Epoch [0-9a-f-]{36}, schema 2, head 0, low water 0/);
  expect(status.out).toMatch(/1 +Front desk +- +- +- +\d{4}-/);
  const password = new URL(database.url).password;
  for (const { out, err } of [enrolled, status]) expect(out + err).not.toContain(password);
}, 60_000);

test.each([
  [[], 'Usage'],
  [['dance', '--url', 'x'], 'There is no command “dance”'],
  [['status'], 'give --url'],
  [['enrol', '--url', 'x'], '--name'],
  [['status', '--nonsense'], '--nonsense'],
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
