import { searchPatients } from '#main/data/local/patient-search.ts';
import { parsePatientSearch } from '#shared/domain/patients/search.ts';
import { type Bench, type Measure, median, percentile } from './measure.ts';
import {
  asAdmin,
  type BenchCentre,
  type BenchDesk,
  live,
  startCentre,
  startDesk,
  until,
} from './support/centre.ts';
import { fillPatients } from './support/fill.ts';
import { cipher } from './support/local.ts';
import { families, givens, person } from './support/people.ts';

const changes = 1000;
const workstations = [1, 10, 50] as const;
const today = { today: '2026-11-23', order: 'day-first' } as const;

/** What a person types to find one of `fillPatients`, letter by letter. */
const typings = (i: number): readonly string[] =>
  [
    `${families[i % families.length]} ${givens[Math.floor(i / families.length) % givens.length]}`.toLowerCase(),
    `BEN-${i.toString(16).padStart(6, '0').toUpperCase()}`,
    `78${(i * 7919) % 10_000_000}`,
  ].flatMap((text) => Array.from({ length: text.length }, (_, n) => text.slice(0, n + 1)));

const searchTimes = ({ local }: BenchDesk, count: number): readonly number[] =>
  Array.from({ length: 20 }, (_, k) => Math.floor((k * count) / 20) + 1)
    .flatMap(typings)
    .map((text) => {
      const start = performance.now();
      searchPatients(local.store, parsePatientSearch(text, today), 20);
      return performance.now() - start;
    });

const commitTimes = ({ local }: BenchDesk): readonly number[] =>
  Array.from({ length: 100 }, (_, i) => {
    const row = person(5_000_000 + i);
    const start = performance.now();
    local.store.mutate({ kind: 'bench', user: null }, (writer) => writer.insert('patient', row));
    return performance.now() - start;
  });

/** From plugging in the cable until many changes of one transaction, made meanwhile, are here. */
const pullTime = async (centre: BenchCentre, desk: BenchDesk): Promise<number> => {
  await desk.engine.stop();
  await asAdmin(centre.url, (client) =>
    client.query(
      `update clinichub.patient set city = 'Huye' where id in (select id from clinichub.patient order by id limit $1)`,
      [changes],
    ),
  );
  const start = performance.now();
  const arrived = new Promise<number>((resolve) => {
    const stop = desk.local.onChanged(() => {
      stop();
      resolve(performance.now() - start);
    });
  });
  desk.reconnect();
  return arrived;
};

const atSize = async (centre: BenchCentre, count: number): Promise<readonly Measure[]> => {
  const url = await centre.enrol(`Size ${count}`);
  const start = performance.now();
  const desk = startDesk(url);
  try {
    await until(desk.engine, live);
    const copied = performance.now() - start;
    const common = { bench: 'growth', rows: count, cipher } as const;
    return [
      { ...common, metric: 'first-copy', value: count / (copied / 1000), unit: 'rows/s' },
      { ...common, metric: 'search-p95', value: percentile(searchTimes(desk, count), 0.95), unit: 'ms' },
      { ...common, metric: `pull-${changes}`, value: await pullTime(centre, desk), unit: 'ms' },
      { ...common, metric: 'commit', value: median(commitTimes(desk)), unit: 'ms' },
    ];
  } finally {
    await desk.stop();
  }
};

/** 10,000 rows, and ten times as many until there are `most`. */
const sizesUpTo = (most: number): readonly number[] => {
  const sizes: number[] = [];
  for (let size = 10_000; size < most; size *= 10) sizes.push(size);
  return [...sizes, most];
};

/** Milliseconds the centre has spent in `pull` so far, whoever asked. */
const spentPulling = (centre: BenchCentre): Promise<number> =>
  asAdmin(centre.url, async (client) => {
    // Other sessions hand their numbers in after a second of rest.
    await new Promise((resolve) => setTimeout(resolve, 1200));
    const { rows } = await client.query<{ ms: number }>(
      `select coalesce(sum(total_time), 0) as ms from pg_stat_user_functions where funcname = 'pull'`,
    );
    return rows[0]?.ms ?? 0;
  });

const arrivalAt = ({ local }: BenchDesk, id: string): Promise<number> => {
  const found = local.db.prepare('SELECT 1 FROM patient WHERE id = ?');
  return new Promise((resolve) => {
    const stop = local.onChanged(() => {
      if (found.get(id) === undefined) return;
      stop();
      resolve(performance.now());
    });
  });
};

/** Changes of one desk, one after the other, each until all the others have it. */
const fanOut = async (
  centre: BenchCentre,
  writer: BenchDesk,
  others: readonly BenchDesk[],
): Promise<readonly Measure[]> => {
  const rounds = 5;
  const times: number[] = [];
  const before = await spentPulling(centre);
  for (let round = 0; round < rounds; round += 1) {
    const row = person(6_000_000 + others.length * 100 + round);
    const arrivals = others.map((desk) => arrivalAt(desk, row.id));
    const start = performance.now();
    writer.local.store.mutate({ kind: 'bench', user: null }, (w) => w.insert('patient', row));
    writer.engine.wake();
    times.push(Math.max(...(await Promise.all(arrivals))) - start);
  }
  const spent = (await spentPulling(centre)) - before;
  const common = { bench: 'growth', unit: 'ms', runs: rounds } as const;
  return [
    { ...common, metric: `seen-by-${others.length}`, value: median(times) },
    { ...common, metric: `pull-cost-${others.length}`, value: spent / rounds },
  ];
};

const manyDesks = async (): Promise<readonly Measure[]> => {
  const centre = await startCentre({ max_connections: '200', track_functions: 'all' });
  const desks: BenchDesk[] = [];
  const measures: Measure[] = [];
  try {
    const writer = startDesk(await centre.enrol('Writer'), 'here');
    desks.push(writer);
    await until(writer.engine, live);
    for (const count of workstations) {
      while (desks.length <= count) {
        const desk = startDesk(await centre.enrol(`W${desks.length}`), 'here');
        desks.push(desk);
        await until(desk.engine, ({ connection, bootstrap }) => connection === 'live' && bootstrap === null);
      }
      measures.push(...(await fanOut(centre, writer, desks.slice(1))));
    }
    return measures;
  } finally {
    for (const desk of desks) await desk.stop();
    await centre.stop();
  }
};

/** What becomes slower as a clinic grows: in rows, up to `rows` patients, and in workstations, of which all are in this process. */
export const growth: Bench = async ({ rows }) => {
  const centre = await startCentre();
  const measures: Measure[] = [];
  let filled = 0;
  try {
    for (const count of sizesUpTo(rows ?? 100_000)) {
      await fillPatients(centre, count, filled);
      filled = count;
      measures.push(...(await atSize(centre, count)));
    }
  } finally {
    await centre.stop();
  }
  return [...measures, ...(await manyDesks())];
};
