import { againstFloor, type Bench, median } from './measure.ts';
import { asAdmin, type BenchCentre, live, startCentre, startDesk, until } from './support/centre.ts';
import { cipher } from './support/local.ts';
import { person } from './support/people.ts';

/** Rows of one INSERT of the floor. */
const batch = 500;

const plainInserts = (centre: BenchCentre, run: number, count: number): Promise<number> =>
  asAdmin(centre.url, async (client) => {
    const table = `plain_${run}`;
    await client.query(`create table ${table} (like clinichub.patient including indexes)`);
    const rows = Array.from({ length: count }, (_, i) => ({
      ...person(run * count + i),
      row_version: 1,
      field_versions: {},
    }));
    const start = performance.now();
    for (let from = 0; from < count; from += batch) {
      await client.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)`, [
        JSON.stringify(rows.slice(from, from + batch)),
      ]);
    }
    return performance.now() - start;
  });

/** Changes made with the cable out; the clock runs from plugging it in until another workstation shows the last one. */
const offlineChanges = async (centre: BenchCentre, run: number, count: number): Promise<number> => {
  const [urlA, urlB] = [await centre.enrol(`A${run}`), await centre.enrol(`B${run}`)];
  const first = startDesk(urlA);
  const other = startDesk(urlB);
  try {
    await Promise.all([until(first.engine, live), until(other.engine, live)]);
    await first.engine.stop();
    for (let i = 0; i < count; i += 1) {
      const row = person(1_000_000 + run * count + i);
      first.local.store.mutate({ kind: 'bench', user: null }, (writer) => writer.insert('patient', row));
    }
    const { cursor } = other.engine.status();
    const seen = other.local.db.prepare('SELECT count(*) AS n FROM patient WHERE id = ?');
    const last = person(1_000_000 + run * count + count - 1).id;
    const start = performance.now();
    first.reconnect();
    await until(
      other.engine,
      (status) => status.cursor > cursor && (seen.get(last) as { n: number }).n === 1,
    );
    return performance.now() - start;
  } finally {
    await first.stop();
    await other.stop();
  }
};

/** 2,000 changes made offline, until a second workstation shows all of them, against plain batched INSERTs of the same rows. */
export const push: Bench = async ({ rows }) => {
  const count = rows ?? 2000;
  const centre = await startCentre();
  const ours: number[] = [];
  const floor: number[] = [];
  try {
    for (let run = 0; run < 5; run += 1) {
      floor.push(await plainInserts(centre, run, count));
      ours.push(await offlineChanges(centre, run, count));
    }
  } finally {
    await centre.stop();
  }
  return [
    againstFloor(
      {
        bench: 'push',
        metric: 'visible',
        value: median(ours),
        unit: 'ms',
        floor: median(floor),
        rows: count,
        cipher,
        runs: ours.length,
      },
      { atMost: 4 },
    ),
  ];
};
