import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { wipeDevice } from '#main/data/central/devices.ts';
import { centreStatus } from '#main/data/central/status.ts';
import { openLocal } from '#main/data/local/open.ts';
import { Diagnostics } from '#shared/contract/diagnostics.ts';
import { demoAccounts } from '#shared/domain/demo/accounts.ts';
import { type FreshCentre, freshCentre, withClient } from '#tests/support/fresh-centre.ts';
import { tcpProxy } from '#tests/support/tcp-proxy.ts';
import { seedDemoClinic } from '../../scripts/demo/seed.ts';

const root = resolve(import.meta.dirname, '../..');
let centre: FreshCentre;
let login: string;
const running = new Set<ChildProcess>();
const folders: string[] = [];

beforeAll(async () => {
  centre = await freshCentre();
  await seedDemoClinic(centre.url, new Date().toISOString().slice(0, 10));
  login = await centre.enrol('Desk A');
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});
afterAll(async () => {
  await centre.drop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'clinichub-headless-'));
  folders.push(folder);
  return join(folder, 'data');
};

interface Host {
  readonly child: ChildProcess;
  readonly line: string;
  readonly url: string;
  /** Exit code, once it has ended. */
  readonly ended: Promise<number | null>;
}

const launch = (args: readonly string[]) => {
  const child = spawn(process.execPath, [join(root, 'src/main/headless.ts'), ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    },
  });
  running.add(child);
  let output = '';
  const ready = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const line = /^ClinicHub workstation .*$/m.exec(output)?.[0];
      if (line !== undefined) ready.resolve(line);
    });
  const ended = once(child, 'exit').then(([code]) => {
    running.delete(child);
    ready.reject(new Error(output));
    return code as number | null;
  });
  ready.promise.catch(() => undefined);
  return { child, ended, ready: ready.promise, output: () => output };
};

const start = async (args: readonly string[]): Promise<Host> => {
  const { child, ended, ready } = launch([...args, '--port', '0']);
  const line = await ready;
  return { child, ended, line, url: / on (\S+)$/.exec(line)?.[1] ?? '' };
};

const refused = async (args: readonly string[]) => {
  const { ended, output } = launch(args);
  return { code: await ended, output: output() };
};

/** A browser without a screen: it keeps the cookie. */
const browser = (url: string) => {
  let cookie = '';
  return async (name: string, input: unknown) => {
    const answer = await fetch(new URL(`/rpc/${name}`, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-clinichub': '1', cookie },
      body: JSON.stringify(input),
    });
    cookie = answer.headers.getSetCookie().at(-1)?.split(';')[0] ?? cookie;
    return (await answer.json()) as { readonly ok: boolean; readonly value: never; readonly error?: unknown };
  };
};

const statusUntil = async (call: ReturnType<typeof browser>, connection: string) => {
  await expect
    .poll(async () => (await call('sync.status', {})).value, { timeout: 20_000 })
    .toMatchObject({ connection });
};

const reception = demoAccounts[0];

it('copies the centre, signs people in, and still does with no centre after a restart', async () => {
  const data = newFolder();
  const first = await start(['--data', data, '--centre', login, '--demo']);
  expect(first.line).toMatch(/^ClinicHub workstation "Desk A|^ClinicHub workstation "/);
  const call = browser(first.url);
  await statusUntil(call, 'live');
  expect(await call('app.info', {})).toMatchObject({
    value: { workstation: 'Desk A', host: 'headless', demoAccounts: expect.arrayContaining([reception]) },
  });
  expect(await call('session.signIn', reception)).toMatchObject({ ok: true, value: { role: 'reception' } });
  const board = await call('appointments.board', { date: new Date().toISOString().slice(0, 10) });
  expect(board).toMatchObject({ ok: true });
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  for (const file of ['key', 'workstation.json']) expect(statSync(join(data, file)).mode & 0o777).toBe(0o600);

  const dead = login.replace(/:\d+\//, ':1/');
  const second = await start(['--data', data, '--centre', dead]);
  expect(second.line).toContain('"Desk A"');
  const later = browser(second.url);
  expect(await later('session.signIn', reception)).toMatchObject({ ok: true });
  await statusUntil(later, 'offline');
  expect(await later('app.info', {})).toMatchObject({ value: { demoAccounts: [] } });
  expect(await later('patients.search', { text: 'a', limit: 3 })).toMatchObject({ ok: true });
  second.child.kill('SIGTERM');
  expect(await second.ended).toBe(0);
});

interface Slot {
  readonly practitionerId: string;
  readonly locationId: string;
  readonly startLocal: string;
}
interface Booked {
  readonly outcome: string;
  readonly appointment: { readonly id: string; readonly certainty: string };
}

it('two desks: a booking is confirmed and seen at the other; of two for one slot, one is kept to be placed anew', async () => {
  const { hostname, port } = new URL(centre.url);
  const cable = await tcpProxy(hostname, Number(port));
  const open = async (address: string) => {
    const call = browser((await start(['--data', newFolder(), '--centre', address])).url);
    await statusUntil(call, 'live');
    await call('session.signIn', reception);
    return call;
  };
  const one = await open(await centre.enrol('Desk One'));
  const two = await open(cable.url(await centre.enrol('Desk Two')));
  const found = (await one('patients.search', { text: 'a' })).value as { readonly id: string }[];
  const [first] = (await one('practitioners.list', {})).value as { readonly id: string }[];
  const from = new Date(Date.now() + 5 * 86_400_000).toISOString();
  const slots = (
    await one('appointments.freeSlots', { practitionerId: first?.id, from, minutes: 15, limit: 3 })
  ).value as Slot[];
  const booking = (slot: Slot | undefined, patient: number) => ({
    practitionerId: slot?.practitionerId,
    locationId: slot?.locationId,
    startLocal: slot?.startLocal,
    patientId: found[patient]?.id,
    minutes: 15,
  });
  const confirmed = (await one('appointments.book', booking(slots[0], 0))).value as Booked;
  expect(confirmed).toMatchObject({ outcome: 'confirmed', appointment: { certainty: 'confirmed' } });
  await expect
    .poll(() => two('appointments.get', { id: confirmed.appointment.id }), { timeout: 10_000 })
    .toMatchObject({ ok: true, value: { certainty: 'confirmed' } });
  expect(await two('appointments.book', booking(slots[0], 1))).toMatchObject({
    error: { code: 'slot-taken' },
  });

  cable.cut();
  await statusUntil(two, 'offline');
  expect(await two('appointments.book', booking(slots[1], 1))).toMatchObject({
    value: { outcome: 'provisional' },
  });
  expect(await one('appointments.book', booking(slots[1], 0))).toMatchObject({
    value: { outcome: 'confirmed' },
  });
  cable.restore();
  await two('sync.retry', {});
  await expect
    .poll(async () => (await two('appointments.tasks', {})).value, { timeout: 20_000 })
    .toMatchObject([{ code: 'rebook-appointment', appointment: { needsRebooking: true } }]);
  expect((await one('appointments.tasks', {})).value).toEqual([]);
  const [task] = (await two('appointments.tasks', {})).value as {
    readonly appointment: { readonly id: string };
  }[];
  const elsewhere = booking(slots[2], 1);
  const moved = await two('appointments.move', { ...elsewhere, id: task?.appointment.id });
  expect(moved).toMatchObject({
    ok: true,
    value: { outcome: 'confirmed', appointment: { needsRebooking: false } },
  });
  expect((await two('appointments.tasks', {})).value).toEqual([]);
  await cable.close();
});

it('without a copy and without a centre is preparing, and says so', async () => {
  const host = await start([
    '--data',
    newFolder(),
    '--centre',
    login.replace(/:\d+\//, ':1/'),
    '--name',
    'Desk B',
  ]);
  expect(host.line).toContain('"Desk B"');
  const call = browser(host.url);
  expect(await call('session.signIn', reception)).toMatchObject({ error: { code: 'not-ready' } });
  expect(await call('sync.status', {})).toMatchObject({ value: { connection: 'preparing' } });
});

it('ends when standard input does, if told so', async () => {
  const host = await start(['--data', newFolder(), '--centre', login, '--until-stdin-closes']);
  host.child.stdin?.end();
  expect(await host.ended).toBe(0);
});

it('remembers its centre and name, and asks for the centre when it never heard of one', async () => {
  const data = newFolder();
  expect(await refused(['--data', data])).toMatchObject({
    code: 1,
    output: expect.stringContaining('--enrol'),
  });
  const host = await start(['--data', data, '--centre', login, '--name', 'Desk C']);
  host.child.kill('SIGINT');
  expect(await host.ended).toBe(0);
  const again = await start(['--data', data]);
  await statusUntil(browser(again.url), 'live');
});

it('says what to do when the port is in use, the key is open to others, or the folder is taken', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as { readonly port: number };
  const data = newFolder();
  const given = ['--data', data, '--centre', login];
  expect(await refused([...given, '--port', String(port)])).toMatchObject({
    code: 1,
    output: expect.stringContaining(`Port ${port} is in use`),
  });
  taken.close();
  await start(given);
  expect(await refused([...given, '--port', '0'])).toMatchObject({
    code: 1,
    output: expect.stringContaining('Another ClinicHub workstation'),
  });
  chmodSync(join(data, 'key'), 0o644);
  expect(await refused([...given, '--port', '0'])).toMatchObject({
    code: 1,
    output: expect.stringContaining('chmod 600'),
  });
  expect(await refused(['--port', '99999', '--data', data])).toMatchObject({ code: 1 });
});

it('tells whoever helps how it is, while it runs and after, without a name', async () => {
  const data = newFolder();
  const host = await start(['--data', data, '--centre', login, '--port', '0']);
  await vi.waitFor(async () => expect((await fetch(`${host.url}health`)).status).toBe(200), 20_000);
  const tell = async () => {
    const { ended, output } = launch(['--data', data, '--diagnostics']);
    expect(await ended).toBe(0);
    return output();
  };
  const told = await tell();
  expect(Diagnostics.parse(JSON.parse(told))).toMatchObject({
    product: { host: 'headless' },
    database: { ready: true, integrity: ['ok'] },
  });
  expect(JSON.parse(told).log.length).toBeGreaterThan(0);
  for (const { family } of await withClient(centre.url, async (client) => {
    return (await client.query('select family from clinichub.patient limit 50')).rows as { family: string }[];
  }))
    expect(told).not.toContain(family);
  expect(told).not.toContain(new URL(login).password);
  host.child.kill('SIGTERM');
  expect(await host.ended).toBe(0);
  expect(JSON.parse(await tell())).toMatchObject({ database: { rows: { patient: expect.any(Number) } } });
  const elsewhere = join(data, '..', 'sealed');
  renameSync(join(data, 'key'), elsewhere);
  const { child, ended } = await start(['--data', data, '--port', '0', '--key', elsewhere]);
  expect(existsSync(join(data, 'key'))).toBe(false);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  const nowhere = launch(['--data', newFolder(), '--diagnostics']);
  expect(await nowhere.ended).toBe(1);
  expect(nowhere.output()).toContain('is missing');
}, 90_000);

it('is enrolled with a code, and the code is of no use to anybody afterwards', async () => {
  const { code } = await centre.enrolment('Coded');
  const data = newFolder();
  const first = await start(['--data', data, '--enrol', code]);
  await statusUntil(browser(first.url), 'live');
  first.child.kill('SIGKILL');
  await first.ended;
  const again = await start(['--data', data]);
  await statusUntil(browser(again.url), 'live');
  again.child.kill('SIGTERM');
  await again.ended;
  expect(await refused(['--data', newFolder(), '--enrol', code])).toMatchObject({
    code: 1,
    output: expect.stringContaining('used already'),
  });
  expect(await refused(['--data', newFolder(), '--enrol', `${code.slice(0, -1)}`])).toMatchObject({
    code: 1,
    output: expect.stringContaining('its end is missing'),
  });
});

const stateAtCentre = async (deviceId: string) =>
  (await centreStatus(centre.url)).devices.find(({ id }) => id === deviceId)?.state;

it('wiped by an administrator it sends what waits, destroys its copy, says so and does not start again', async () => {
  const { hostname, port } = new URL(centre.url);
  const cable = await tcpProxy(hostname, Number(port));
  const { url, deviceId } = await centre.enrolment('Stolen');
  const data = newFolder();
  const host = await start(['--data', data, '--centre', cable.url(url)]);
  const call = browser(host.url);
  await statusUntil(call, 'live');
  await call('session.signIn', reception);
  cable.cut();
  await statusUntil(call, 'offline');
  const registered = await call('patients.register', {
    family: 'Unsent',
    given: 'Kept',
    gender: 'female',
    birthDate: '1990-01-02',
  });
  await wipeDevice(centre.url, deviceId);
  expect((await call('sync.status', {})).value).toMatchObject({ waiting: expect.any(Number) });
  cable.restore();
  await call('sync.retry', {});
  await expect.poll(() => stateAtCentre(deviceId), { timeout: 20_000 }).toBe('wiped');
  expect(registered).toMatchObject({ ok: true });
  expect(await centre.sql(`select given from clinichub.patient where family = 'Unsent'`)).toEqual([
    { given: 'Kept' },
  ]);
  await expect
    .poll(async () => (await call('sync.status', {})).value)
    .toMatchObject({ connection: 'stopped', problem: 'wipe', waiting: 0, leaseDaysLeft: null });
  expect(await call('session.signIn', reception)).toMatchObject({ ok: false, error: { code: 'wiped' } });
  expect(readdirSync(data).sort()).toEqual(['logs', 'wiped', 'workstation.lock']);
  host.child.kill('SIGTERM');
  expect(await host.ended).toBe(0);
  for (const args of [
    ['--data', data],
    ['--data', data, '--centre', url],
  ])
    expect(await refused(args)).toMatchObject({
      code: 1,
      output: expect.stringContaining('wiped by an administrator'),
    });
  const { code } = await centre.enrolment('Used again');
  const anew = await start(['--data', data, '--enrol', code]);
  await statusUntil(browser(anew.url), 'live');
  await cable.close();
});

it('whose whole folder was copied to another computer goes on there with a code of its own', async () => {
  const { code } = await centre.enrolment('Original');
  const data = newFolder();
  const original = await start(['--data', data, '--enrol', code]);
  await statusUntil(browser(original.url), 'live');
  original.child.kill('SIGTERM');
  await original.ended;
  const copied = newFolder();
  cpSync(data, copied, { recursive: true });
  const { code: own } = await centre.enrolment('Copied');
  const copy = browser((await start(['--data', copied, '--enrol', own])).url);
  await statusUntil(copy, 'live');
  expect(await copy('app.info', {})).toMatchObject({ value: { workstation: 'Copied' } });
  const first = browser((await start(['--data', data])).url);
  await statusUntil(first, 'live');
  for (const [call, family] of [
    [first, 'Fromoriginal'],
    [copy, 'Fromcopy'],
  ] as const) {
    await call('session.signIn', reception);
    const answer = await call('patients.register', {
      family,
      given: 'A',
      gender: 'female',
      birthDate: '1990-01-02',
    });
    expect(answer).toMatchObject({ ok: true });
  }
  await expect
    .poll(async () =>
      (
        await centre.sql<{ family: string }>(
          `select family from clinichub.patient where family like 'From%' order by 1`,
        )
      ).map(({ family }) => family),
    )
    .toEqual(['Fromcopy', 'Fromoriginal']);
});

it('meets damage while it runs, puts the file aside, copies anew and lets people sign in again', async () => {
  const data = newFolder();
  const first = await start(['--data', data, '--centre', login, '--demo']);
  await statusUntil(browser(first.url), 'live');
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);

  const second = await start(['--data', data, '--demo']);
  const call = browser(second.url);
  await statusUntil(call, 'live');
  const file = join(data, 'workstation.db');
  const bytes = readFileSync(file);
  for (let at = 4096 + 9; at < bytes.length; at += 4096) bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
  expect(await call('session.signIn', reception)).toMatchObject({ ok: false });
  await expect
    .poll(async () => (await call('sync.status', {})).value, { timeout: 20_000 })
    .toMatchObject({ connection: 'live', rebuilt: { lost: 0 } });
  expect(await call('session.signIn', reception)).toMatchObject({ ok: true });
  expect(readdirSync(join(data, 'quarantine'))).toHaveLength(1);
  second.child.kill('SIGTERM');
  expect(await second.ended).toBe(0);
});

it('a key that is lost comes back with the recovery key that was printed, and an end by order takes both', async () => {
  const data = newFolder();
  const { url, deviceId } = await centre.enrolment('Desk R');
  const first = await start(['--data', data, '--centre', url]);
  await statusUntil(browser(first.url), 'live');
  const printed = await refused(['--data', data, '--recovery-key']);
  expect(printed.code).toBe(0);
  const recovery = /^ {4}((?:\w{6}-){5}\w{6})$/m.exec(printed.output)?.[1] ?? '';
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);

  const recover = async (typed: string) => {
    const { child, ended, output } = launch(['--data', data, '--recover']);
    child.stdin?.end(`${typed}\n`);
    return { code: await ended, output: output() };
  };
  expect((await recover(recovery)).output).toContain('nothing was changed');
  const key = readFileSync(join(data, 'key'), 'utf8');
  rmSync(join(data, 'key'));
  expect((await recover(recovery.replace(/^./, (one) => (one === 'A' ? 'B' : 'A')))).output).toContain(
    'Group 1',
  );
  expect(readdirSync(data)).not.toContain('key');
  expect(await recover(recovery.toLowerCase())).toMatchObject({ code: 0 });
  expect(readFileSync(join(data, 'key'), 'utf8')).toBe(key);

  const second = await start(['--data', data]);
  await wipeDevice(centre.url, deviceId);
  await expect.poll(() => readdirSync(data), { timeout: 30_000 }).not.toContain('recovery');
  second.child.kill('SIGKILL');
});

it('what had not been sent is listed and brought back from a backup on another disk, not while it runs', async () => {
  const data = newFolder();
  const stick = mkdtempSync(join(tmpdir(), 'clinichub-stick-'));
  folders.push(stick);
  const { hostname, port } = new URL(centre.url);
  const cable = await tcpProxy(hostname, Number(port));
  const first = await start(['--data', data, '--centre', cable.url(await centre.enrol('Desk K'))]);
  const call = browser(first.url);
  await statusUntil(call, 'live');
  await expect
    .poll(async () => (await call('sync.status', {})).value, { timeout: 60_000 })
    .toMatchObject({ bootstrap: null });
  await call('session.signIn', reception);
  cable.cut();
  await statusUntil(call, 'offline');
  const person = {
    family: 'Kept',
    given: 'Twice',
    gender: 'female',
    birthDate: '1990-01-02',
    notADuplicate: true,
  };
  expect(await call('patients.register', person)).toMatchObject({ ok: true });
  const about = (...more: readonly string[]) => refused(['--data', data, '--backup-to', stick, ...more]);
  expect((await about('--backups')).code).toBe(1);
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);

  const key = Buffer.from(readFileSync(join(data, 'key'), 'utf8'), 'hex');
  const local = openLocal({ folder: data, key, secondBackups: stick });
  const made = local.backups.make('asked');
  await local.backups.keepSecond();
  local.close();
  rmSync(join(data, 'backups'), { recursive: true });
  const listed = await about('--backups');
  expect(listed).toMatchObject({ code: 0, output: expect.stringMatching(/not sent: [1-9]/) });
  expect(listed.output).toContain(made?.name);
  expect((await about('--restore', 'none.backup')).output).toContain('no backup that can be read');
  expect(await about('--restore', made?.name ?? '')).toMatchObject({
    code: 0,
    output: expect.stringMatching(/Brought back: 0 pieces of work, 0 drafts, 0 files\. Known already: [1-9]/),
  });
});
