import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { columnsOf, tableNames } from '#shared/sync/catalogue.ts';
import { insertion, mutation, patient, site } from '#tests/support/central-samples.ts';
import { type FreshCentre, freshCentre } from '#tests/support/fresh-centre.ts';
import type { Centre, HelloRequest } from './centre.ts';
import { connectCentre } from './client.ts';

let centre: FreshCentre;
let desk: Centre;

beforeEach(async () => {
  centre = await freshCentre();
  desk = connectCentre(await centre.enrol('Desk'));
});

afterEach(async () => {
  await desk.close();
  await centre.drop();
});

const newcomer: HelloRequest = {
  schema: 2,
  app: '0.1.0',
  epoch: null,
  cursor: null,
  chain: null,
  scope: null,
};

const pushPatients = async (first: number, count: number) => {
  const rows = Array.from({ length: count }, () => patient());
  for (const [index, row] of rows.entries())
    await desk.push([mutation(first + index, [insertion('patient', row)])]);
  return rows;
};

test('hello tells whether the two still share a history', async () => {
  await pushPatients(1, 3);
  const { epoch, scope } = await desk.hello(newcomer);
  const { chain } = await desk.pull(0, 2);
  const at = (more: Partial<HelloRequest>) =>
    desk.hello({ ...newcomer, epoch, scope, cursor: 2, chain, ...more });
  expect(await at({})).toMatchObject({ state: 'ok', head: 3, last_n: 3 });
  expect((await at({ cursor: 0, chain: '0'.repeat(64) })).state).toBe('ok');
  expect((await at({ chain: 'f'.repeat(64) })).state).toBe('diverged');
  expect((await at({ epoch: randomUUID() })).state).toBe('diverged');
  expect((await at({ cursor: 4 })).state).toBe('diverged');
  expect((await at({ cursor: null, chain: null })).state).toBe('new');
  expect((await at({ scope: 'site:none/front-desk/2' })).state).toBe('behind');
  expect((await at({ schema: 0 })).state).toBe('outdated');
  await centre.sql('update clinichub.sync_meta set low_water = 3');
  expect((await at({})).state).toBe('behind');
});

test('pull gives whole transactions up to about the rows asked for, one at least', async () => {
  await desk.push([
    mutation(
      1,
      Array.from({ length: 5 }, () => insertion('patient', patient())),
    ),
  ]);
  await pushPatients(2, 4);
  expect(await desk.pull(0, 2)).toMatchObject({ from: 0, to: 1, txs: 1, head: 5 });
  expect((await desk.pull(0, 2)).changes).toHaveLength(5);
  expect(await desk.pull(0, 7)).toMatchObject({ to: 3, txs: 3 });
  expect(await desk.pull(3, 100)).toMatchObject({ from: 3, to: 5, txs: 2 });
  const end = await desk.pull(5, 100);
  expect(end).toMatchObject({ from: 5, to: 5, txs: 0, changes: [] });
  expect(end.chain).toBe((await desk.pull(4, 100)).chain);
});

test('pull gives at most about 4 MB at once', async () => {
  const long = (city: string) =>
    patient({ address_line: 'x'.repeat(490), contact_name: 'y'.repeat(390), city });
  for (let n = 1; n <= 3; n += 1)
    await desk.push([
      mutation(
        n,
        Array.from({ length: 1000 }, () => insertion('patient', long(String(n)))),
      ),
    ]);
  expect(await desk.pull(0, 100_000)).toMatchObject({ to: 2, txs: 2, head: 3 });
});

test('a cursor below the low water, or beyond the head, has to copy anew', async () => {
  await pushPatients(1, 2);
  await centre.sql('update clinichub.sync_meta set low_water = 1');
  await expect(desk.pull(0, 10)).rejects.toMatchObject({ sqlstate: 'CH004', retryable: false });
  await expect(desk.pull(3, 10)).rejects.toMatchObject({ sqlstate: 'CH004', retryable: false });
  expect((await desk.pull(1, 10)).to).toBe(2);
});

test('ack records how far the workstation has come', async () => {
  await pushPatients(1, 2);
  await desk.ack(2);
  expect(await centre.sql('select cursor::integer from clinichub.sync_device')).toEqual([{ cursor: 2 }]);
  await expect(desk.ack(3)).rejects.toMatchObject({ sqlstate: '22023' });
});

test('the pages of the first copy hold every row once, in order, as the wire has it', async () => {
  const rows = await pushPatients(1, 7);
  const sorted = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const lines: string[] = [];
  for (let after: string | null = null; ; ) {
    const page = await desk.bootPage('patient', after, 3);
    if (page.length === 0) break;
    lines.push(...page);
    after = JSON.parse(page.at(-1) ?? '')[1];
  }
  const names = columnsOf('patient').map(([name]) => name as keyof (typeof rows)[0]);
  expect(lines.map((line) => JSON.parse(line))).toEqual(
    sorted.map((row) => [1, ...names.map((name) => row[name])]),
  );
});

test('every table of the catalogue can be copied, an unknown one cannot', async () => {
  for (const table of tableNames) expect(await desk.bootPage(table, null, 10)).toEqual([]);
  await expect(desk.bootPage('sync_device' as 'task', null, 10)).rejects.toMatchObject({ sqlstate: 'CH102' });
});

test('a page that has arrived leaves no time-out running', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  await desk.bootPage('patient', null, 10);
  const before = timers();
  for (let i = 0; i < 5; i += 1) await desk.bootPage('patient', null, 10);
  await expect(desk.bootPage('sync_device' as 'task', null, 10)).rejects.toThrow();
  expect(timers()).toBeLessThanOrEqual(before);
});

test('estimate counts every table of the catalogue', async () => {
  await desk.push([mutation(1, [insertion('location', site()), insertion('patient', patient())])]);
  const counts = await desk.estimate();
  expect([...counts.keys()]).toEqual([...tableNames]);
  expect([counts.get('location'), counts.get('patient'), counts.get('task')]).toEqual([1, 1, 0]);
});

test('a listener hears each new seq, and of the loss of its connection once', async () => {
  const heard: number[] = [];
  const lost = vi.fn();
  await desk.listen((seq) => heard.push(seq), lost);
  await pushPatients(1, 2);
  await vi.waitFor(() => expect(heard).toEqual([1, 2]));
  await centre.sql(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name like '%-listen'`,
  );
  await vi.waitFor(() => expect(lost).toHaveBeenCalledTimes(1));
});

test('a listener that was stopped hears nothing and calls nothing lost', async () => {
  const heard = vi.fn();
  const lost = vi.fn();
  const still: number[] = [];
  const stop = await desk.listen(heard, lost);
  await desk.listen((seq) => still.push(seq), lost);
  stop();
  await pushPatients(1, 1);
  await vi.waitFor(() => expect(still).toEqual([1]));
  expect(heard).not.toHaveBeenCalled();
  expect(lost).not.toHaveBeenCalled();
});

test('after its connection was cut a call fails as retryable and the next one works', async () => {
  await desk.hello(newcomer);
  await centre.sql(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'clinichub-workstation'`,
  );
  await expect(
    vi.waitFor(async () => {
      const reply = await desk.hello(newcomer).catch((error: unknown) => error);
      expect(reply).toMatchObject({ state: 'new' });
    }),
  ).resolves.toBeUndefined();
});

test('failures tell whether trying again can help', async () => {
  const nowhere = connectCentre('postgresql://x:y@127.0.0.1:1/clinichub');
  await expect(nowhere.hello(newcomer)).rejects.toMatchObject({
    name: 'CentreError',
    sqlstate: null,
    retryable: true,
  });
  await nowhere.close();
  const wrong = new URL(await centre.enrol('Other'));
  wrong.password = 'wrong';
  const refused = connectCentre(wrong.href);
  await expect(refused.hello(newcomer)).rejects.toMatchObject({ sqlstate: '28P01', retryable: false });
  await refused.close();
  await expect(refused.hello(newcomer)).rejects.toMatchObject({ name: 'CentreError' });
});

test('a call that takes too long is given up as retryable', async () => {
  const blocked = connectCentre(await centre.enrol('Blocked'), { callTimeout: 200 });
  await blocked.hello(newcomer);
  const holder = centre.sql(`begin; lock table clinichub.sync_device; select pg_sleep(1); commit`);
  await vi.waitFor(async () => {
    const held = await centre.sql(
      `select from pg_locks where mode = 'AccessExclusiveLock' and relation = 'clinichub.sync_device'::regclass`,
    );
    expect(held).toHaveLength(1);
  });
  await expect(blocked.hello(newcomer)).rejects.toMatchObject({ sqlstate: null, retryable: true });
  await holder;
  expect(await blocked.hello(newcomer)).toMatchObject({ state: 'new' });
  await blocked.close();
});
