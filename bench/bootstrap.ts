import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { againstFloor, atMost, type Bench, median } from './measure.ts';
import { asAdmin, type BenchCentre, startCentre } from './support/centre.ts';
import type { CopyReport, CopyTask } from './support/copy-worker.ts';
import { cipher } from './support/local.ts';

/** Patients that look like `person(i)`, made by the centre itself and past the ledger: a first copy does not read it. */
export const fill = (centre: BenchCentre, count: number): Promise<void> =>
  asAdmin(centre.url, async (client) => {
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    await client.query(
      `insert into clinichub.patient (id, mrn, family, given, gender, birth_date, birth_date_estimated, phone, address_line,
         city, country, created_at, row_version, field_versions)
       select gen_random_uuid(), 'BEN-' || lpad(to_hex(i), 6, '0'), 'Habimana ' || (i % 977), 'Aline Chantal ' || (i % 89),
         case i % 2 when 0 then 'female' else 'male' end, date '1930-01-01' + (i * 37) % 34000, i % 11 = 0,
         '+25078' || lpad(((i::bigint * 7919) % 10000000)::text, 7, '0'), 'KG ' || i % 600 || ' St', 'Kigali', 'RW',
         timestamptz '2026-11-23 08:00Z', 1, '{"*": [1, 0]}'
       from generate_series(1, $1::integer) i`,
      [count],
    );
    await client.query('commit');
    await client.query('vacuum analyze clinichub.patient');
  });

/** Each copy runs in a process of its own, so that its memory is its own too. */
const inProcess = async (task: CopyTask): Promise<CopyReport> => {
  const child = fork(fileURLToPath(new URL('./support/copy-worker.ts', import.meta.url)), [
    JSON.stringify(task),
  ]);
  const [report] = (await once(child, 'message')) as [CopyReport];
  await once(child, 'exit');
  return report;
};

/** A first copy of N patients with indexes, checks and progress, against COPY and a bare prepared insert of the same rows. */
export const bootstrap: Bench = async ({ rows }) => {
  const count = rows ?? 200_000;
  const runs = count > 300_000 ? 1 : 3;
  const centre = await startCentre();
  const ours: CopyReport[] = [];
  const floor: CopyReport[] = [];
  try {
    await fill(centre, count);
    for (let run = 0; run < runs; run += 1) {
      floor.push(await inProcess({ kind: 'floor', url: centre.url, rows: count }));
      ours.push(await inProcess({ kind: 'workstation', url: await centre.enrol(`W${run}`), rows: count }));
    }
  } finally {
    await centre.stop();
  }
  const rate = (reports: readonly CopyReport[]) => count / (median(reports.map(({ ms }) => ms)) / 1000);
  const common = { bench: 'bootstrap', rows: count, cipher, runs } as const;
  const rss = Math.max(...ours.map(({ rssMegabytes }) => rssMegabytes));
  return [
    againstFloor(
      { ...common, metric: 'throughput', value: rate(ours), unit: 'rows/s', floor: rate(floor) },
      { atLeast: 0.7 },
    ),
    atMost({ ...common, metric: 'rss', value: rss, unit: 'MB' }, 300),
  ];
};
