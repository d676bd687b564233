import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectCentre } from '#main/data/central/client.ts';
import { enrolDevice } from '#main/data/central/enrol.ts';
import { migrateCentre } from '#main/data/central/migrator.ts';
import { type StandbyPair, standbyPair } from '#tests/support/standby-pair.ts';
import { fastTimers } from '#tests/support/sync-faults.ts';
import { somePatient } from '#tests/support/sync-local.ts';
import { centreRows, type Desk, openDesk, replicaOf } from '#tests/support/two-workstations.ts';

let pair: StandbyPair;
let a: Desk;
let b: Desk;

/** A workstation that knows both servers. */
const desk = async (name: string): Promise<Desk> => {
  const hosts = pair.ports.map((port) => `127.0.0.1:${port}`).join(',');
  return openDesk(name, (await enrolDevice(pair.url, { name, hosts })).url);
};

beforeEach(async () => {
  pair = await standbyPair();
  await migrateCentre(pair.url);
  a = await desk('Desk A');
  b = await desk('Desk B');
  await pair.level();
});

afterEach(async () => {
  await a.remove();
  await b.remove();
  await pair.remove();
});

const online = async () => {
  for (const each of [a, b]) {
    await each.online({ timers: fastTimers(5) });
    await each.until(({ connection }) => connection === 'live');
  }
};

let count = 0;
const register = ({ local, engine }: Desk): { readonly id: string; readonly n: number } => {
  count += 1;
  const row = somePatient({ mrn: `F-${count}` });
  const { n } = local.store.mutate({ kind: 'patient.register', user: null }, (writer) =>
    writer.insert('patient', row),
  );
  engine.wake();
  return { id: row.id, n };
};

/** Both workstations hold what the server that is left holds, and nothing waits. */
const expectLevel = async () => {
  await a.settled();
  await b.settled();
  const centre = connectCentre(b.url);
  const rows = await centreRows(centre);
  await centre.close();
  for (const each of [a, b]) expect(replicaOf(each.local)).toEqual(rows);
};

const atStandby = async (): Promise<readonly string[]> =>
  (await pair.query<{ id: string }>(1, 'select id from clinichub.patient order by id')).map(({ id }) => id);

test('with synchronous replication a killed server loses nothing that was acknowledged, and work goes on at the standby', {
  timeout: 60_000,
}, async () => {
  await pair.synchronous(true);
  await online();
  const acknowledged: string[] = [];
  const made: string[] = [];
  let stop = false;
  const work = async (at: Desk) => {
    while (!stop) {
      const { id, n } = register(at);
      made.push(id);
      if ((await at.engine.verdict(n, 500)) !== null) acknowledged.push(id);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const working = [work(a), work(b)];
  await expect.poll(() => acknowledged.length, { timeout: 10_000 }).toBeGreaterThan(20);
  const before = [...acknowledged];
  await pair.killFirst();
  await a.until(({ connection }) => connection === 'offline');
  // Before it is promoted: what is there has been replicated, not sent again. What was received is applied a moment later.
  const missing = async () => {
    const kept = new Set(await atStandby());
    return before.filter((id) => !kept.has(id));
  };
  await expect.poll(missing, { timeout: 5_000 }).toEqual([]);
  await pair.promote();
  await a.until(({ connection }) => connection === 'live');
  const [seen] = [acknowledged.length];
  await expect.poll(() => acknowledged.length, { timeout: 10_000 }).toBeGreaterThan(seen + 10);
  stop = true;
  await Promise.all(working);
  await expectLevel();
  expect(await atStandby()).toEqual(made.toSorted());
  // Both hear of news by notification again, from the new server.
  const { id } = register(a);
  await expect.poll(() => replicaOf(b.local).patient?.length, { timeout: 5_000 }).toBe(made.length + 1);
  expect(await atStandby()).toContain(id);
});

/** A server that only follows is not written to, whatever its place in the address. */
const expectStandbyAvoided = async () => {
  const hosts = `127.0.0.1:${pair.ports[1]},127.0.0.1:${pair.ports[0]}`;
  const reversed = connectCentre((await enrolDevice(pair.url, { name: 'Reversed', hosts })).url);
  const hello = { schema: 2, app: 'x', epoch: null, cursor: null, chain: null, scope: null };
  await pair.level();
  expect(await reversed.hello(hello)).toMatchObject({ device_name: 'Reversed' });
  const stop = await reversed.listen(
    () => undefined,
    () => undefined,
  );
  stop();
  await reversed.close();
  const only = connectCentre(
    (await enrolDevice(pair.url, { name: 'Only', hosts: `127.0.0.1:${pair.ports[1]}` })).url,
  );
  await pair.level();
  await expect(only.hello(hello)).rejects.toMatchObject({ sqlstate: '25006', retryable: true });
  await only.close();
};

test('with asynchronous replication what the standby had not received comes back from the workstation that made it', {
  timeout: 60_000,
}, async () => {
  await expectStandbyAvoided();
  await online();
  const early = [register(a), register(b)];
  await a.settled();
  await b.settled();
  await pair.level();
  await pair.pauseStandby();
  const tail = [register(a), register(b), register(a)];
  await a.settled();
  await b.settled();
  const ids = [...early, ...tail].map(({ id }) => id).toSorted();
  expect(replicaOf(b.local).patient).toHaveLength(ids.length);
  await pair.killFirst();
  await a.until(({ connection }) => connection === 'offline');
  const later = register(b);
  // Before it is promoted: the workstations bring the rest within moments.
  expect(await atStandby()).toEqual(early.map(({ id }) => id).toSorted());
  await pair.promote();
  await a.until(({ connection }) => connection === 'live');
  await b.until(({ connection }) => connection === 'live');
  await expectLevel();
  expect(await atStandby()).toEqual([...ids, later.id].toSorted());
});
