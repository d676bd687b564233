import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { againstFloor, atMost, type Bench, percentile } from './measure.ts';
import type { ArrivalTask, ArrivalWord } from './support/arrival-worker.ts';
import { asAdmin, type BenchCentre, live, startCentre, startDesk, until } from './support/centre.ts';
import { cipher } from './support/local.ts';
import { person } from './support/people.ts';

/** The least: one client writes and notifies in one durable round trip, the other hears of it and asks for the row in a second one. */
const bareTrips = async (centre: BenchCentre, runs: number): Promise<readonly number[]> => {
  await asAdmin(centre.url, (client) => client.query('create table bare (id uuid primary key, body text)'));
  const writer = new pg.Client({ connectionString: centre.url });
  const reader = new pg.Client({ connectionString: centre.url });
  await Promise.all([writer.connect(), reader.connect()]);
  await reader.query('listen bare');
  const samples: number[] = [];
  try {
    for (let i = 0; i < runs; i += 1) {
      const id = randomUUID();
      const heard = new Promise<void>((resolve) => reader.once('notification', () => resolve()));
      const start = performance.now();
      await writer.query({
        name: 'write',
        text: `with written as (insert into bare values ($1, $2) returning id) select pg_notify('bare', id::text) from written`,
        values: [id, JSON.stringify(person(i))],
      });
      await heard;
      await reader.query({ name: 'read', text: 'select body from bare where id = $1', values: [id] });
      samples.push(performance.now() - start);
    }
  } finally {
    await Promise.all([writer.end(), reader.end()]);
  }
  return samples;
};

/** Desk B runs in a process of its own, as it does in a clinic. */
const startArrivals = async (task: ArrivalTask) => {
  const child = fork(fileURLToPath(new URL('./support/arrival-worker.ts', import.meta.url)), [
    JSON.stringify(task),
  ]);
  const waiting = new Map<string, (at: bigint) => void>();
  await once(child, 'message');
  child.on('message', (word: Exclude<ArrivalWord, 'live'>) => waiting.get(word.id)?.(BigInt(word.at)));
  return {
    /** When `id` was seen there. */
    of: (id: string) => new Promise<bigint>((resolve) => waiting.set(id, resolve)),
    stop: async () => {
      child.send('stop');
      await once(child, 'exit');
    },
  };
};

const deskToDesk = async (centre: BenchCentre, runs: number): Promise<readonly number[]> => {
  const first = startDesk(await centre.enrol('A'));
  const other = await startArrivals({ url: await centre.enrol('B') });
  const samples: number[] = [];
  try {
    await until(first.engine, live);
    for (let i = 0; i < runs; i += 1) {
      const row = person(i);
      const arrival = other.of(row.id);
      const start = process.hrtime.bigint();
      const { n } = first.local.store.mutate({ kind: 'bench', user: null }, (writer) =>
        writer.insert('patient', row),
      );
      first.engine.wake();
      samples.push(Number((await arrival) - start) / 1e6);
      await first.engine.verdict(n, 1000);
    }
  } finally {
    await first.stop();
    await other.stop();
  }
  return samples;
};

/** One change from desk A through the centre to desk B, from the key press until B's database shows it. */
export const latency: Bench = async ({ rows }) => {
  const runs = rows ?? 300;
  const centre = await startCentre();
  try {
    const floor = (await bareTrips(centre, runs + 20)).slice(20);
    const ours = (await deskToDesk(centre, runs + 20)).slice(20);
    const common = { bench: 'latency', unit: 'ms', cipher, runs } as const;
    const p99 = percentile(ours, 0.99);
    const floor99 = percentile(floor, 0.99);
    return [
      againstFloor(
        { ...common, metric: 'p50', value: percentile(ours, 0.5), floor: percentile(floor, 0.5) },
        { atMost: 3 },
      ),
      { ...atMost({ ...common, metric: 'p99', value: p99 }, 50), floor: floor99, ratio: p99 / floor99 },
    ];
  } finally {
    await centre.stop();
  }
};
