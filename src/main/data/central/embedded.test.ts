import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withClient } from '#tests/support/fresh-centre.ts';
import { type EmbeddedCentre, startEmbeddedCentre } from './embedded.ts';
import { outputProblem } from './embedded-error.ts';

vi.setConfig({ testTimeout: 90_000 });

let root: string;
let dataFolder: string;
const running: EmbeddedCentre[] = [];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'clinichub-embedded-'));
  await chmod(root, 0o755);
  dataFolder = join(root, 'centre');
});

afterEach(async () => {
  for (const centre of running.splice(0)) await centre.stop();
  await rm(root, { recursive: true, force: true });
});

const lines: string[] = [];
const start = async (more: { port?: number; folder?: string } = {}): Promise<EmbeddedCentre> => {
  const centre = await startEmbeddedCentre({
    dataFolder: more.folder ?? dataFolder,
    log: (line) => lines.push(line),
    settings: { fsync: 'off' },
    ...(more.port === undefined ? {} : { port: more.port }),
  });
  running.push(centre);
  return centre;
};

const query = (url: string, text: string) =>
  withClient(url, async (client) => (await client.query(text)).rows);

test('it keeps its data, its password and its port between starts, on loopback only', async () => {
  const first = await start();
  await query(first.url, 'create table kept (a integer); insert into kept values (42)');
  expect(await query(first.url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
  await first.stop();
  await first.stop();
  const second = await start();
  expect(second.url).toBe(first.url);
  expect(await query(second.url, 'select a from kept')).toEqual([{ a: 42 }]);
  const { mode } = await stat(join(dataFolder, 'centre.json'));
  expect(mode & 0o777).toBe(0o600);
  const wrong = new URL(second.url);
  wrong.password = 'postgres';
  await expect(query(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
});

/** The data folder of the cluster: PostgreSQL says where it is. */
const clusterOf = async (url: string): Promise<string> => {
  const [row] = await query(url, 'show data_directory');
  return row.data_directory;
};

const postmasterOf = async (url: string): Promise<number> =>
  Number.parseInt(await readFile(join(await clusterOf(url), 'postmaster.pid'), 'utf8'), 10);

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('after kill -9 of PostgreSQL the next start recovers, though the lock file is still there', async () => {
  const first = await start();
  await query(first.url, 'create table kept (a integer); insert into kept values (42)');
  const cluster = await clusterOf(first.url);
  process.kill(await postmasterOf(first.url), 'SIGKILL');
  await first.ended;
  expect(await readdir(cluster)).toContain('postmaster.pid');
  const second = await start();
  expect(await query(second.url, 'select a from kept')).toEqual([{ a: 42 }]);
});

test('after kill -9 of PostgreSQL the next start waits for a query that does not know of it yet', async () => {
  const first = await start();
  const client = new pg.Client({ connectionString: first.url });
  client.on('error', () => undefined);
  await client.connect();
  // It only computes: nothing in it looks whether its postmaster lives.
  const busy = client.query('select count(*) from generate_series(1, 30000000)').catch(() => 'cut' as const);
  await vi.waitFor(async () =>
    expect(
      await query(
        first.url,
        `select from pg_stat_activity where query like '%generate_series%' and state = 'active'`,
      ),
    ).toHaveLength(2),
  );
  process.kill(await postmasterOf(first.url), 'SIGKILL');
  await first.ended;
  lines.length = 0;
  const second = await start();
  expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(lines.join('\n')).toMatch(/pre-existing shared memory/);
  await busy;
  await client.end().catch(() => undefined);
});

test('after kill -9 of the process that started it PostgreSQL ends by itself, and the next start works', async () => {
  const program = `
    const { startEmbeddedCentre } = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'embedded.ts')).href)});
    const { url } = await startEmbeddedCentre({ dataFolder: ${JSON.stringify(dataFolder)}, log: () => undefined });
    console.log(url);
    setInterval(() => undefined, 1000);`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve) =>
    owner.stdout.on('data', (chunk) => resolve(String(chunk).trim())),
  );
  const postmaster = await postmasterOf(url);
  expect(isAlive(postmaster)).toBe(true);
  const asked = Date.now();
  await expect(start()).rejects.toMatchObject({ code: 'already-running' });
  expect(Date.now() - asked).toBeLessThan(10_000);
  owner.kill('SIGKILL');
  await vi.waitFor(() => expect(isAlive(postmaster)).toBe(false), { timeout: 20_000 });
  const second = await start();
  expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a lock file that names another program’s process is removed', async () => {
  const first = await start();
  const cluster = await clusterOf(first.url);
  await first.stop();
  await writeFile(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n`);
  const second = await start();
  expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a port in use is told, and without a wish for one another is taken', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  await expect(start({ port })).rejects.toMatchObject({
    code: 'port-in-use',
    message: expect.stringContaining(String(port)),
  });
  await mkdir(dataFolder, { recursive: true });
  const first = await start();
  expect(first.port).not.toBe(port);
  await new Promise((resolve) => server.close(resolve));
});

test('a first start that was cut short leaves nothing that hinders the next', async () => {
  await mkdir(join(dataFolder, 'pgdata.new'), { recursive: true });
  await writeFile(join(dataFolder, 'pgdata.new', 'half'), '');
  const centre = await start();
  expect(await query(centre.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect((await readdir(dataFolder)).toSorted()).toEqual(['centre.json', 'owner.pid', 'pgdata']);
});

test.each([
  ['without PG_VERSION', async (cluster: string) => rm(join(cluster, 'PG_VERSION')), 'PG_VERSION is missing'],
  [
    'of another PostgreSQL',
    async (cluster: string) => writeFile(join(cluster, 'PG_VERSION'), '12\n'),
    'PostgreSQL 12',
  ],
  [
    'without its control file',
    async (cluster: string) => rm(join(cluster, 'global', 'pg_control')),
    'damaged',
  ],
])('a data folder %s is called damaged, and is not touched', async (_what, damage, words) => {
  const first = await start();
  const cluster = await clusterOf(first.url);
  await first.stop();
  await damage(cluster);
  await expect(start()).rejects.toMatchObject({ code: 'damaged', message: expect.stringContaining(words) });
  expect(await readdir(cluster)).toContain('base');
});

test('a damaged identity is not replaced by a new one', async () => {
  await mkdir(dataFolder);
  await writeFile(join(dataFolder, 'centre.json'), '{');
  await expect(start()).rejects.toMatchObject({ code: 'damaged' });
});

test('a folder that cannot be made is called not writable', async () => {
  await writeFile(join(root, 'file'), '');
  await expect(start({ folder: join(root, 'file', 'centre') })).rejects.toMatchObject({
    code: 'not-writable',
  });
});

test.each([
  ['initdb: error: could not write file "x": No space left on device', 'disk-full'],
  ['FATAL:  could not write lock file "postmaster.pid": No space left on device', 'disk-full'],
  ['LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', 'port-in-use'],
  ['FATAL:  data directory "x" has wrong ownership', 'not-writable'],
  ['FATAL:  lock file "postmaster.pid" already exists', 'already-running'],
  ['PANIC:  could not locate a valid checkpoint record', 'damaged'],
  ['FATAL:  something unheard of', 'failed'],
])('what PostgreSQL says is understood: %s', (output, code) => {
  expect(outputProblem(output, '/data').code).toBe(code);
});

test('as root with a data folder closed to others the database goes where PostgreSQL can reach it', async () => {
  const root0 = process.getuid?.() === 0;
  await chmod(root, 0o700);
  const first = await start();
  const cluster = await clusterOf(first.url);
  expect(cluster.startsWith(root)).toBe(!root0);
  expect(lines.some((line) => line.includes(dirname(cluster)))).toBe(root0);
  await query(first.url, 'create table kept (a integer)');
  await first.stop();
  const second = await start();
  expect(await query(second.url, 'select a from kept')).toEqual([]);
  await second.remove();
  await expect(stat(dirname(cluster))).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(stat(dataFolder)).rejects.toMatchObject({ code: 'ENOENT' });
});
