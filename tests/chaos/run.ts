import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TableName } from '#shared/sync/catalogue.ts';
import type { Bug } from './bug.ts';
import type { Clinic } from './clinic.ts';
import type { SimDesk } from './desk.ts';
import { sha256 } from './model/transaction.ts';
import { prepared } from './oracles/prepared.ts';
import { type OracleName, Violation } from './oracles/violation.ts';
import { raise } from './storm.ts';
import { createWorld, type World } from './world.ts';

/** What became of one seed. */
export interface Outcome {
  readonly seed: number;
  readonly oracle: OracleName | null;
  readonly message: string | null;
  /** A fingerprint of all that happened. */
  readonly trace: string;
  /** A fingerprint of the centre's rows at the end. */
  readonly rows: string;
  readonly steps: number;
  readonly mutations: number;
  /** Virtual seconds from the end of the faults to rest. */
  readonly rest: number;
  /** What went wrong as planned, and how often. */
  readonly happened: Readonly<Record<string, number>>;
  readonly log: readonly string[];
}

export interface RunOptions {
  readonly bug?: Bug | null;
  readonly clocks?: readonly number[];
  readonly keep?: number;
}

/** How long the clinic may take to come to rest when faults have stopped: some retries, some polls, one refusal. */
const bound = 10 * 60_000;

/** What keeps a workstation from rest, or null. */
const restless = ({ server, profile }: World, desk: SimDesk): string | null => {
  const { life } = desk;
  if (life === null) return 'off';
  // By design, until somebody enrols it anew.
  if (desk.stopped) return profile.enrolsAnew ? 'stopped as a copy' : null;
  return desk.look(({ db, replica }) => {
    const { phase, cursor, chain, history_table } = replica.state();
    const { seq } = server.model.state;
    if (phase !== 'ready') return `its copy is ${phase}, ${life.engine.status().connection}`;
    if (history_table !== null) return `its history is at ${history_table}`;
    if (cursor !== seq) return `at ${cursor} of ${seq}, ${life.engine.status().problem}`;
    if (chain !== server.model.state.chain) return 'at a place of another history';
    const waiting = prepared(db, `SELECT count(*) FROM outbox WHERE status <> 'parked' OR held = 1`)
      .pluck()
      .get();
    if (waiting !== 0) return `${waiting} mutations wait, ${life.engine.status().problem}`;
    const { connection, problem } = life.engine.status();
    return connection === 'live' ? null : `${connection} (${problem})`;
  });
};

const untilRest = async (world: World): Promise<number> => {
  const { timeline, watch, desks, underWay } = world;
  const began = timeline.now();
  for (;;) {
    if (
      timeline.steps() % 4 === 0 &&
      underWay.count === 0 &&
      desks.every((desk) => restless(world, desk) === null)
    ) {
      return (timeline.now() - began) / 1000;
    }
    if (timeline.now() - began > bound) {
      const why = desks.map((desk) => `${desk.name} ${restless(world, desk) ?? 'rests'}`);
      throw new Violation('I9', why.join('; '));
    }
    if (!(await timeline.step())) throw new Violation('I9', 'nothing more happens');
    watch.look(desks);
    if (watch.violation !== null) throw watch.violation;
  }
};

const live = async (world: World): Promise<number> => {
  const { timeline, watch, desks } = world;
  raise(world);
  while (world.stormy) {
    if (!(await timeline.step())) throw new Error('the storm never ended');
    watch.look(desks);
    if (watch.violation !== null) throw watch.violation;
  }
  const rest = await untilRest(world);
  watch.finish(desks);
  if (watch.violation !== null) throw watch.violation;
  return rest;
};

const rowsOf = ({ server }: World): string => {
  const tables = [...server.model.state.rows].map(([table, rows]) => [
    table,
    [...rows].map(([, { cells }]) => cells),
  ]);
  // `attempted_at` is what a workstation's clock showed, and is shown as that.
  return sha256(JSON.stringify(tables, (key, value) => (key === 'attempted_at' ? null : value)));
};

/** How often the centre's rules had something to decide. */
const decidedAtCentre = ({ server }: World): Readonly<Record<string, number>> => {
  const rows = (table: TableName) => [...(server.model.state.rows.get(table)?.values() ?? [])];
  const conflicts = Map.groupBy(
    rows('conflict'),
    ({ cells }) => `kept what lost: ${cells.tbl} ${cells.reason}`,
  );
  return {
    ...Object.fromEntries([...conflicts].map(([what, lost]) => [what, lost.length])),
    'invoice numbered': rows('invoice').filter(({ cells }) => cells.fiscal_number !== null).length,
    'record merged': rows('patient').filter(({ cells }) => cells.merged_into !== null).length,
  };
};

/** Runs one seed in `folder`, which must exist. The same seed and options give the same outcome. */
export const runSeed = async (
  seed: number,
  clinic: Clinic,
  folder: string,
  options: RunOptions = {},
): Promise<Outcome> => {
  const own = join(folder, `seed-${seed}`);
  mkdirSync(own, { recursive: true });
  const { bug = null, clocks, keep = 0 } = options;
  const world = createWorld({ seed, clinic, folder: own, bug, keep, ...(clocks && { clocks }) });
  const outcome = (violation: Violation | null, rest: number): Outcome => ({
    seed,
    oracle: violation?.oracle ?? null,
    message: violation?.message ?? null,
    trace: world.timeline.trace(),
    rows: rowsOf(world),
    steps: world.timeline.steps(),
    mutations: world.watch.acknowledged.length,
    rest,
    happened: { ...Object.fromEntries(world.tally), ...decidedAtCentre(world) },
    log: world.timeline.log(),
  });
  try {
    return outcome(null, await live(world));
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    return outcome(error, 0);
  } finally {
    world.close();
    // The dead are closed in the next turn of the event loop.
    await new Promise<void>((done) => setImmediate(done));
    rmSync(own, { recursive: true, force: true });
  }
};
