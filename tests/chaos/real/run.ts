import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startEmbeddedCentre } from '#main/data/central/embedded.ts';
import { enrolDevice } from '#main/data/central/enrol.ts';
import { migrateCentre } from '#main/data/central/migrator.ts';
import { firstClinicRows } from '../clinic.ts';
import { createRandom, type Random } from '../random.ts';
import { type Cable, type Fault, faultyCable } from './cable.ts';
import { checkAtRest } from './check.ts';
import { type RealDesk, realDesk } from './desk.ts';

export interface RealOptions {
  /** How long faults last. */
  readonly seconds: number;
  readonly seed: number;
  readonly desks?: number;
  readonly tell?: (line: string) => void;
}

export interface RealReport {
  readonly violations: readonly string[];
  readonly acknowledged: number;
  readonly kills: number;
  readonly restarts: number;
  readonly cuts: number;
  /** Seconds from the end of the faults to rest. */
  readonly rest: number;
}

/** How long the clinic may take to come to rest when faults have stopped. */
const bound = 90_000;

type Sql = (text: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;

const administrator =
  (url: () => string): Sql =>
  async (text, values = []) => {
    const client = new pg.Client({ connectionString: url() });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(text, [...values])).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  };

/** A PostgreSQL that can be ended like a power cut and started again on the same data. */
const realServer = async (folder: string) => {
  const options = {
    dataFolder: join(folder, 'centre'),
    log: () => undefined,
    settings: { full_page_writes: 'on' },
  };
  let centre = await startEmbeddedCentre(options);
  const { port } = centre;
  return {
    port,
    url: centre.url,
    crash: async (sql: Sql) => {
      const [row] = await sql(`select setting as folder from pg_settings where name = 'data_directory'`);
      const text = await readFile(join(String(row?.folder), 'postmaster.pid'), 'utf8');
      process.kill(Number(text.split('\n')[0]), 'SIGKILL');
      await centre.ended;
      centre = await startEmbeddedCentre({ ...options, port });
    },
    remove: () => centre.remove(),
  };
};

const faults: readonly Fault[] = ['none', 'none', 'drip', 'half-open', 'cut after', 'cut after', 'refuse'];

interface Counts {
  kills: number;
  restarts: number;
}

/** Kills, cuts and crashes until the time is over. */
const storm = async (
  options: RealOptions,
  random: Random,
  desks: readonly RealDesk[],
  cable: Cable,
  crash: () => Promise<void>,
  counts: Counts,
) => {
  const until = Date.now() + options.seconds * 1000;
  let nextCrash = Date.now() + random.between(4_000, 8_000);
  cable.choose(() => random.pick(faults));
  while (Date.now() < until) {
    await sleep(random.between(100, 900));
    if (random.chance(0.3)) cable.cut();
    if (random.chance(0.3)) {
      const desk = random.pick(desks);
      await desk.kill();
      desk.start();
      counts.kills += 1;
    }
    if (Date.now() > nextCrash) {
      await crash();
      counts.restarts += 1;
      nextCrash = Date.now() + random.between(8_000, 20_000);
    }
  }
  cable.choose(() => 'none');
  cable.cut();
};

const untilRest = async (desks: readonly RealDesk[], head: () => Promise<number>): Promise<string | null> => {
  const until = Date.now() + bound;
  while (Date.now() < until) {
    await sleep(300);
    const seq = await head();
    const rests = ({ state }: RealDesk) =>
      state?.connection === 'live' && state.waiting === 0 && state.whole && state.cursor === seq;
    if (desks.every(rests)) return null;
  }
  return `I9: not at rest after ${bound / 1000} s: ${desks.map(({ name, state }) => `${name} ${JSON.stringify(state)}`).join('; ')}`;
};

/** One true transaction of 100,000 rows: too large to be pulled, so every workstation copies anew. */
const largeTransaction = (sql: Sql, rows: number) =>
  sql(
    `insert into clinichub.audit_event (id, recorded_at, action, event, outcome)
      select gen_random_uuid(), now(), 'E', 'chaos ' || i, 'success' from generate_series(1, $1::integer) i`,
    [rows],
  );

/** Real workstations, a real server, a bad cable and no mercy; then the oracles. */
export const runReal = async (options: RealOptions): Promise<RealReport> => {
  const { seed, tell = () => undefined, desks: many = 3 } = options;
  const random = createRandom(seed);
  const folder = await mkdtemp(join(tmpdir(), 'clinichub-chaos-real-'));
  // Root lends the cluster to the user postgres, who must be able to pass.
  await chmod(folder, 0o755);
  const server = await realServer(folder);
  const cable = await faultyCable(() => server.port, random.fork('cable'));
  const sql = administrator(() => server.url);
  const desks: RealDesk[] = [];
  const counts: Counts = { kills: 0, restarts: 0 };
  try {
    await migrateCentre(server.url);
    const rows = await firstClinicRows(random.fork('rows'), async (table, row) => {
      const cells = JSON.stringify({ ...row, row_version: 1, field_versions: {} });
      await sql(
        `insert into clinichub.${table} select (jsonb_populate_record(null::clinichub.${table}, $1)).*`,
        [cells],
      );
    });
    for (let index = 1; index <= many; index += 1) {
      const enrolment = await enrolDevice(server.url, { name: `Desk ${index}` });
      const url = new URL(enrolment.url);
      url.port = String(cable.port);
      const own = join(folder, `desk-${index}`);
      const { deviceNo } = enrolment;
      desks.push(
        realDesk({ name: `Desk ${index}`, deviceNo, folder: own, url: url.href, rows, seed: seed + index }),
      );
    }
    const reader = await enrolDevice(server.url, { name: 'Reader' });
    for (const desk of desks) desk.start();
    tell(`${many} workstations on PostgreSQL at port ${server.port}, faults for ${options.seconds} s`);
    while (!desks.every(({ ready }) => ready)) await sleep(100);
    await storm(options, random, desks, cable, () => server.crash(sql), counts);
    if (options.seconds >= 20) await largeTransaction(sql, 100_000);
    const calmed = Date.now();
    for (const desk of desks) desk.tell('calm');
    const restless = await untilRest(desks, async () =>
      Number((await sql('select seq from clinichub.sync_clock'))[0]?.seq),
    );
    const rest = (Date.now() - calmed) / 1000;
    for (const desk of desks) desk.tell('stop');
    await Promise.all(desks.map((desk) => Promise.race([desk.ended(), sleep(10_000)])));
    await Promise.all(desks.map((desk) => desk.kill()));
    const violations = restless === null ? await checkAtRest(server.url, reader.url, desks) : [restless];
    const acknowledged = desks.reduce((sum, desk) => sum + desk.acknowledged.size, 0);
    return { violations, acknowledged, ...counts, cuts: cable.faults, rest };
  } finally {
    await Promise.all(desks.map((desk) => desk.kill()));
    await cable.close();
    await server.remove();
    await rm(folder, { recursive: true, force: true });
  }
};
