/** `npm run chaos`: the simulator. `--help` says what it can be asked. */
import { parseArgs } from 'node:util';
import { bugs } from '#tests/chaos/bugs.ts';
import { catchBugs, caughtTable, runSeeds } from '#tests/chaos/campaign.ts';
import { createPool, type Pool } from '#tests/chaos/pool.ts';
import { runReal } from '#tests/chaos/real/run.ts';

const help = `npm run chaos -- [options]

  --seeds N        run N seeds (default 2000) in virtual time, on all cores
  --first S        the first of them (default 1)
  --seed S         run one seed and print what happened
  --bug NAME       with --seed: with this deliberate bug
  --bugs           look for every deliberate bug, in at most N seeds each, and print the table
  --real           real processes, real PostgreSQL, a faulty cable and kill -9
  --seconds N      how long the real run's faults last (default 30)

A seed that fails prints the command that replays it. The exit code is 0 only when no oracle saw anything.`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' },
    first: { type: 'string', default: '1' },
    seed: { type: 'string' },
    bug: { type: 'string' },
    bugs: { type: 'boolean', default: false },
    real: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '30' },
    help: { type: 'boolean', default: false },
  },
});

const replay = async (pool: Pool, seed: number): Promise<boolean> => {
  const outcome = await pool.run({
    seed,
    bug: values.bug ?? null,
    keep: 100_000,
    otherClocks: seed % 20 === 0,
  });
  console.log(outcome.log.join('\n'));
  console.log(
    `\nseed ${seed}: ${outcome.message ?? 'no violation'}; trace ${outcome.trace}, ${outcome.steps} steps`,
  );
  return outcome.oracle === null;
};

const many = async (pool: Pool, first: number, count: number): Promise<boolean> => {
  const began = performance.now();
  let done = 0;
  const outcomes = await runSeeds(pool, first, count, ({ seed, message }) => {
    done += 1;
    if (message !== null) console.log(`seed ${seed}: ${message}\n  replay: npm run chaos -- --seed ${seed}`);
    else if (done % 200 === 0) console.log(`${done} seeds`);
  });
  const seconds = (performance.now() - began) / 1000;
  const sum = (of: (outcome: (typeof outcomes)[number]) => number) =>
    outcomes.reduce((total, outcome) => total + of(outcome), 0);
  const happened = new Map<string, number>();
  for (const outcome of outcomes) {
    for (const [what, count] of Object.entries(outcome.happened))
      happened.set(what, (happened.get(what) ?? 0) + count);
  }
  console.log(
    [...happened]
      .sort()
      .map(([what, count]) => `${what}: ${count}`)
      .join(', '),
  );
  const bad = outcomes.filter(({ oracle }) => oracle !== null).length;
  console.log(
    `${outcomes.length} seeds, ${sum(({ mutations }) => mutations)} mutations, ${sum(({ steps }) => steps)} events in ${seconds.toFixed(0)} s (${(outcomes.length / seconds).toFixed(1)} seeds/s); ${bad} with a violation`,
  );
  return bad === 0;
};

const table = async (pool: Pool, most: number): Promise<boolean> => {
  const caught = await catchBugs(pool, most, values.bug);
  console.log(caughtTable(caught));
  console.log(`${caught.filter(({ oracle }) => oracle !== null).length} of ${bugs.length} bugs caught`);
  return caught.every(({ oracle }) => oracle !== null);
};

const simulate = async (): Promise<boolean> => {
  const pool = await createPool();
  try {
    if (values.seed !== undefined) return await replay(pool, Number(values.seed));
    if (values.bugs) return await table(pool, Number(values.seeds));
    return await many(pool, Number(values.first), Number(values.seeds));
  } finally {
    await pool.close();
  }
};

const real = async (): Promise<boolean> => {
  const report = await runReal({
    seconds: Number(values.seconds),
    seed: Number(values.first),
    tell: console.log,
  });
  for (const violation of report.violations) console.log(violation);
  console.log(
    `${report.acknowledged} acknowledged mutations, ${report.kills} kills, ${report.restarts} server restarts, ${report.cuts} cable faults; at rest after ${report.rest.toFixed(1)} s; ${report.violations.length} violations`,
  );
  return report.violations.length === 0;
};

if (values.help) console.log(help);
else process.exitCode = (await (values.real ? real() : simulate())) ? 0 : 1;
