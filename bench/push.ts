import { fork } from 'node:child_process';
import { on, once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { againstFloor, type Bench, median } from './measure.ts';
import { asAdmin, type BenchCentre, live, startCentre, startDesk, until } from './support/centre.ts';
import { cipher } from './support/local.ts';
import { person } from './support/people.ts';
import type { WatchTask, WatchWord } from './support/watch-worker.ts';

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

/** The second workstation runs in a process of its own, as it does in a clinic. */
const startWatcher = async (task: WatchTask) => {
  const child = fork(fileURLToPath(new URL('./support/watch-worker.ts', import.meta.url)), [
    JSON.stringify(task),
  ]);
  const words = on(child, 'message');
  const next = async (): Promise<WatchWord> => {
    const said = await words.next();
    if (said.done === true) throw new Error('the second workstation went silent');
    const [word] = said.value as [WatchWord];
    return word;
  };
  if ((await next()) !== 'live') throw new Error('the second workstation is not live');
  return {
    /** When all was seen there. */
    all: async (): Promise<bigint> => {
      const word = await next();
      if (word === 'live') throw new Error('the second workstation began again');
      return BigInt(word.all);
    },
    ended: once(child, 'exit'),
  };
};

/** Changes made with the cable out; the clock runs from plugging it in until the other workstation shows all of them. */
const offlineChanges = async (centre: BenchCentre, run: number, count: number): Promise<number> => {
  const desk = startDesk(await centre.enrol(`A${run}`));
  try {
    await until(desk.engine, live);
    await desk.engine.stop();
    const rows = Array.from({ length: count }, (_, i) => person(1_000_000 + run * count + i));
    for (const row of rows) {
      desk.local.store.mutate({ kind: 'bench', user: null }, (writer) => writer.insert('patient', row));
    }
    const other = await startWatcher({ url: await centre.enrol(`B${run}`), last: rows.at(-1)?.id ?? '' });
    const start = process.hrtime.bigint();
    desk.reconnect();
    const taken = Number((await other.all()) - start) / 1e6;
    await other.ended;
    return taken;
  } finally {
    await desk.stop();
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
