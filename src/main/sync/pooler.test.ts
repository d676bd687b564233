import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimLogin } from '#main/data/central/claim.ts';
import { connectCentre } from '#main/data/central/client.ts';
import { enrolDevice } from '#main/data/central/enrol.ts';
import { type FreshCentre, freshCentre, withClient } from '#tests/support/fresh-centre.ts';
import { type Pooler, startPooler } from '#tests/support/pgbouncer.ts';
import { somePatient } from '#tests/support/sync-local.ts';
import { centreRows, type Desk, openDesk, replicaOf } from '#tests/support/two-workstations.ts';

let centre: FreshCentre;
let pooler: Pooler;
const desks: Desk[] = [];

beforeAll(async () => {
  centre = await freshCentre();
  pooler = await startPooler(centre.url);
});

afterAll(async () => {
  for (const desk of desks) await desk.remove();
  await pooler.stop();
  await centre.drop();
});

/** A workstation whose calls go through the pooler and whose ear is at the server itself; enrolled through the pooler too. */
const pooled = async (name: string): Promise<{ readonly address: string; readonly code: string }> => {
  const { host } = new URL(centre.url);
  const { code } = await enrolDevice(centre.url, {
    name,
    hosts: `127.0.0.1:${pooler.port}`,
    listen: host,
  });
  return { code, address: await claimLogin(code, `password of ${name}`) };
};

const hello = { schema: 2, app: 'x', epoch: null, cursor: null, chain: null, scope: null };

test('a code is exchanged through a pooler, once', async () => {
  const { address, code } = await pooled('Coded');
  const desk = connectCentre(address);
  expect(await desk.hello(hello)).toMatchObject({ device_name: 'Coded' });
  await desk.close();
  await expect(claimLogin(code, 'another')).rejects.toMatchObject({ problem: 'used-code' });
});

test('two workstations copy, push, pull and hear of each other through a pooler that keeps no session', {
  timeout: 60_000,
}, async () => {
  await centre.sql(
    `insert into clinichub.location (id, kind, name, time_zone, active) values (gen_random_uuid(), 'site', 'North', 'UTC', true)`,
  );
  const [a, b] = [openDesk('A', (await pooled('A')).address), openDesk('B', (await pooled('B')).address)];
  desks.push(a, b);
  for (const desk of [a, b]) {
    await desk.online();
    await desk.until(({ connection }) => connection === 'live');
  }
  for (let n = 0; n < 20; n += 1) {
    const from = n % 2 === 0 ? a : b;
    from.local.store.mutate({ kind: 'patient.register', user: null }, (writer) =>
      writer.insert('patient', somePatient({ mrn: `P-${n}` })),
    );
    from.engine.wake();
  }
  await a.settled();
  await b.settled();
  const probe = connectCentre(a.url);
  const rows = await centreRows(probe);
  await probe.close();
  expect(rows.patient).toHaveLength(20);
  // Whoever was at rest first may have been told since of what the other brought.
  for (const desk of [a, b])
    await expect.poll(() => replicaOf(desk.local), { timeout: 20_000 }).toEqual(rows);
  // Long before the next poll: the notification came on the way beside the pooler.
  a.local.store.mutate({ kind: 'patient.register', user: null }, (writer) =>
    writer.insert('patient', somePatient({ mrn: 'P-news' })),
  );
  a.engine.wake();
  await expect.poll(() => replicaOf(b.local).patient?.length, { timeout: 4_000 }).toBe(21);
});

test('each transaction may have another session, and the login’s limits hold in all of them', async () => {
  const { address } = await pooled('Many');
  const many = Array.from({ length: 6 }, () => connectCentre(address));
  await Promise.all(many.flatMap((each) => [each.hello(hello), each.estimate(), each.pull(0, 10)]));
  for (let round = 0; round < 5; round += 1) {
    await many[0]?.hello(hello);
    await many[0]?.bootPage('patient', null, 100);
  }
  for (const each of many) await each.close();
  const direct = new URL(address);
  direct.search = '';
  const sessions = await withClient(direct.href, async (client) => {
    const seen = new Map<number, string>();
    for (let n = 0; n < 12; n += 1) {
      const { rows } = await client.query<{ pid: number; limits: string }>(
        `select pg_backend_pid() as pid, concat_ws(' ', current_setting('statement_timeout'),
           current_setting('lock_timeout'), current_setting('idle_in_transaction_session_timeout'),
           session_user = current_user) as limits`,
      );
      for (const { pid, limits } of rows) seen.set(pid, limits);
    }
    return seen;
  });
  expect(sessions.size).toBeGreaterThan(1);
  expect(new Set(sessions.values())).toEqual(new Set(['2min 10s 3s t']));
});
