import { chmod, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { freePort } from '#main/data/central/embedded-process.ts';
import { demoAccounts, demoPatient } from '#shared/domain/demo/accounts.ts';
import type { RunFile } from '../../scripts/start/data-folder.ts';
import { browserAt, npmStart, type Program, processesOf, runScript, runToEnd } from './running-start.ts';

const soon = { timeout: 60_000, interval: 100 };
const [reception, otherReception, , , doctor] = demoAccounts;
const running = /Ctrl\+C ends ClinicHub/;

let folder: string;
let started: Program[];

beforeEach(async () => {
  // A blank in the path, as in many home folders.
  folder = await mkdtemp(join(tmpdir(), 'clinichub start-'));
  // Run by root, PostgreSQL is another user and must get through.
  await chmod(folder, 0o711);
  started = [];
});
afterEach(async () => {
  for (const { child, ended } of started) {
    child.kill('SIGKILL');
    await ended;
  }
  await nothingLeft();
  await rm(folder, { recursive: true, force: true });
});

interface Started {
  readonly program: Program;
  readonly urls: readonly string[];
}

const whenRunning = async (program: Program): Promise<Started> => {
  started.push(program);
  const output = await program.until(running);
  return { program, urls: output.match(/http:\/\/127\.0\.0\.1:\d+\/(?=\s)/g) ?? [] };
};

const here = () => ['--data', folder, '--no-open', '--host', 'headless'];
const start = (...args: string[]) => whenRunning(runScript('start', [...here(), ...args]));

const runFile = async () => JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as RunFile;
const nothingLeft = () => vi.waitFor(() => expect(processesOf(folder)).toEqual([]), soon);

const stop = async ({ program }: Started): Promise<void> => {
  program.child.kill('SIGTERM');
  expect(await program.ended).toBe(0);
  expect(processesOf(folder)).toEqual([]);
};

const signIn = async (
  url: string | undefined,
  { username, password }: { username: string; password: string },
) => {
  const call = browserAt(url ?? '');
  await vi.waitFor(
    async () => {
      const reply = await call('session.signIn', { username, password });
      expect(reply).toMatchObject({ ok: true, value: { username } });
      // One address signs in so often and no more.
    },
    { ...soon, interval: 4_000 },
  );
  return call;
};

type Call = ReturnType<typeof browserAt>;

const register = async (call: Call, family: string): Promise<void> => {
  const details = { family, given: 'Test', gender: 'female' as const, notADuplicate: true };
  expect(await call('patients.register', details)).toMatchObject({ ok: true });
};

const find = async (call: Call, text: string): Promise<readonly string[]> => {
  const reply = await call('patients.search', { text });
  return reply.ok ? reply.value.map(({ family }) => family) : [];
};

const refusal = async (...args: string[]): Promise<string> => {
  const { code, output } = await runToEnd('start', [...here(), ...args]);
  expect(code).toBe(1);
  expect(output).not.toMatch(/\n\s+at .*:\d+/);
  return output;
};

describe('npm start', () => {
  test('shows a page and the demonstration accounts; killed, it leaves no process and loses nothing', async () => {
    const port = String(await freePort(0));
    const first = await whenRunning(npmStart([...here(), '--port', port]));
    expect(first.urls).toEqual([`http://127.0.0.1:${port}/`]);
    expect((await fetch(first.urls[0] ?? '')).status).toBe(200);
    for (const { username, password } of demoAccounts)
      expect(first.program.output()).toMatch(`${username}`.padEnd(20) + password);
    const { email } = demoPatient;
    expect(first.program.output()).toContain(`http://127.0.0.1:${port}/panel: ${email}`);
    expect((await fetch(new URL('/panel', first.urls[0]))).status).toBe(200);

    const desk = await signIn(first.urls[0], reception);
    const info = await desk('app.info', {});
    expect(info).toMatchObject({ value: { clinic: 'Kacyiru', demoAccounts: [...demoAccounts] } });
    await register(desk, 'Kayirangwa');

    const second = await refusal();
    expect(second).toContain(`already running on ${folder} at http://127.0.0.1:${port}/`);
    expect(await find(desk, 'Kayirangwa')).toEqual(['Kayirangwa']);

    expect(processesOf(folder).filter((line) => /bin\/postgres/.test(line)).length).toBeGreaterThan(0);
    process.kill((await runFile()).start, 'SIGKILL');
    await nothingLeft();

    const again = await whenRunning(npmStart([...here(), '--port', port]));
    expect(again.program.output()).toContain('as it was left');
    expect(await find(await signIn(again.urls[0], reception), 'Kayirangwa')).toEqual(['Kayirangwa']);
    again.program.child.kill('SIGKILL');
    await nothingLeft();
  });

  test('starts two workstations side by side that hear of each other; Ctrl+C ends both', async () => {
    const both = await start('--desks', '2');
    expect(new Set(both.urls).size).toBe(2);
    const [a, b] = await Promise.all([signIn(both.urls[0], otherReception), signIn(both.urls[1], doctor)]);
    await register(a, 'Ruzindana');
    await vi.waitFor(async () => expect(await find(b, 'Ruzindana')).toEqual(['Ruzindana']), soon);
    both.program.child.kill('SIGINT');
    expect(await both.program.ended).toBe(0);
    expect(processesOf(folder)).toEqual([]);
    expect(await readdir(folder)).not.toContain('run.json');
  });

  test('takes an import made while it was stopped; begins afresh when asked to; names a damaged folder', async () => {
    await stop(await start());
    const synthea = resolve(import.meta.dirname, '../fixtures/synthea');
    const desk = ['--data', join(folder, 'clinic/desk-1')];
    const dry = await runToEnd('import', ['--from', 'synthea', synthea, '--dry-run', ...desk]);
    expect(dry.output).toMatch(/appointment\s+2590\s+2590\s+0\s+0/);
    const real = await runToEnd('import', ['--from', 'synthea', synthea, ...desk]);
    expect([real.code, real.output]).toEqual([0, expect.stringMatching(/appointment\s+2590\s+2590\s+0\s+0/)]);
    const repeated = await runToEnd('import', ['--from', 'synthea', synthea, ...desk]);
    expect(repeated.output).toMatch(/appointment\s+2590\s+0\s+2590\s+0/);

    const both = await start('--desks', '2');
    const doctorsDesk = await signIn(both.urls[1], doctor);
    await vi.waitFor(async () => expect(await find(doctorsDesk, 'Jorge Luis Vela')).toEqual(['Vela']), soon);
    const parked = await (await signIn(both.urls[0], reception))('sync.outbox', {});
    expect(parked).toMatchObject({
      ok: true,
      value: expect.not.arrayContaining([expect.objectContaining({ status: 'parked' })]),
    });
    const inUse = await runToEnd('import', ['--from', 'synthea', synthea, ...desk]);
    expect([inUse.code, inUse.output]).toEqual([1, expect.stringContaining('is running')]);
    await stop(both);

    const fresh = await start('--fresh');
    expect(fresh.program.output()).toMatch(/The clinic that was here is kept in .*clinic-until-/);
    expect(await find(await signIn(fresh.urls[0], reception), 'Jorge Luis Vela')).toEqual([]);
    process.kill((await runFile()).supervisor, 'SIGKILL');
    expect(await fresh.program.ended).toBe(1);
    await nothingLeft();

    await truncate(join(folder, 'clinic/centre/pgdata/global/pg_control'), 10);
    const words = await refusal();
    expect(words).toMatch(/damaged|pg_control/);
    expect(words).toContain('--fresh');
    expect((await readdir(join(folder, 'clinic'))).sort()).toEqual(['centre', 'desk-1']);
  }, 300_000);
});

describe('says clearly', () => {
  test('that a port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((ready) => server.once('listening', ready));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    expect(await refusal('--port', String(port))).toContain(
      `Port ${port} is used by another program. Nothing was changed.`,
    );
    server.close();
  });

  test('that the folder is none', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    expect(await refusal('--data', file)).toMatch(/file is not a folder.* --data <folder>/);
    expect(await refusal('--data', join(file, 'inside'))).toMatch(/is not a folder.* --data <folder>/);
    expect(await refusal('--data', join(tmpdir(), 'x'.repeat(300)))).toMatch(
      /has too long a name.* --data <folder>/,
    );
  });

  test.each([
    [['--desks', '5'], '--desks takes a number from 1 to 4'],
    [['--port', 'http'], '--port takes a number'],
    [['--host', 'moon'], '--host is desktop, headless or auto'],
    [['--dekss', '2'], "Unknown option '--dekss'"],
  ])('what is wrong with %j', async (args, words) => {
    expect(await refusal(...args)).toContain(words);
  });

  test('why there is no window, when a window was asked for', async () => {
    expect(await refusal('--host', 'desktop')).toContain('there is no display');
  });

  test('how it is used', async () => {
    const { code, output } = await runToEnd('start', ['--help']);
    expect([code, output]).toEqual([0, expect.stringContaining('npm start -- --desks 2')]);
  });
});
