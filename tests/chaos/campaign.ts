import { bugs } from './bugs.ts';
import type { OracleName } from './oracles/violation.ts';
import type { Pool } from './pool.ts';
import type { Outcome } from './run.ts';

/** One in so many seeds is run a second time with other clocks. */
const everyOther = 20;

/** Runs `count` seeds from `first`. Stops giving out new ones after `most` violations. */
export const runSeeds = async (
  pool: Pool,
  first: number,
  count: number,
  heard: (outcome: Outcome) => void = () => undefined,
  most = 1,
): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  let violations = 0;
  let next = first;
  const lane = async () => {
    while (next < first + count && violations < most) {
      const seed = next;
      next += 1;
      const outcome = await pool.run({ seed, otherClocks: seed % everyOther === 0 });
      outcomes.push(outcome);
      if (outcome.oracle !== null) violations += 1;
      heard(outcome);
    }
  };
  await Promise.all(Array.from({ length: 16 }, lane));
  return outcomes;
};

export interface Caught {
  readonly bug: string;
  /** Seeds until an oracle saw it; null: none of them did. */
  readonly seeds: number | null;
  readonly oracle: OracleName | null;
  readonly message: string | null;
}

const lanes = 4;

/** Where each bug was seen last; a place to begin and nothing else. Where it is seen no more, it is looked for anew. */
const seenAt: Readonly<Record<string, number>> = {
  'a write is acknowledged before the disk has it': 23,
  'a push is answered, and said to be backed up, before it is committed': 52,
  'the cursor advances outside the transaction of its data': 26,
  'a refused mutation is dropped': 10,
  'no answer is taken for yes': 10,
  'a new copy empties the outbox': 9,
  'notifications are the truth: nobody asks': 14,
  'a chart that leaves the scope is taken for deleted': 88,
  'a record of the outbox’s mirror waits for the next one': 34,
  'the outbox’s mirror is written anew in its place': 1422,
  'two copies of one folder are taken for one workstation': 111,
  'a copy that was enrolled anew has nothing more to send': 11,
  'a suspended workstation is answered': 7,
};

/** The seeds to try, some at once: first the one that showed the bug when it was looked for last, then all from the first on. */
function* tries(bug: string, most: number): Iterable<readonly number[]> {
  const known = seenAt[bug];
  if (known !== undefined && known <= most) yield [known];
  for (let from = 1; from <= most; from += lanes)
    yield Array.from({ length: Math.min(lanes, most - from + 1) }, (_, index) => from + index);
}

const catchBug = async (pool: Pool, bug: string, most: number): Promise<Caught> => {
  for (const seeds of tries(bug, most)) {
    const outcomes = await Promise.all(seeds.map((seed) => pool.run({ seed, bug })));
    const found = outcomes.find(({ oracle }) => oracle !== null);
    if (found !== undefined) {
      return { bug, seeds: found.seed, oracle: found.oracle, message: found.message };
    }
  }
  return { bug, seeds: null, oracle: null, message: null };
};

/** Lets the simulator look for each deliberate bug, in at most `most` seeds. */
export const catchBugs = async (pool: Pool, most: number, only = ''): Promise<readonly Caught[]> =>
  Promise.all(bugs.filter(({ name }) => name.includes(only)).map(({ name }) => catchBug(pool, name, most)));

/** The table of what was caught, as text. */
export const caughtTable = (caught: readonly Caught[]): string => {
  const width = Math.max(...caught.map(({ bug }) => bug.length));
  return [
    `${'bug'.padEnd(width)}  seeds  caught by`,
    ...caught.map(
      ({ bug, seeds, message }) =>
        `${bug.padEnd(width)}  ${String(seeds ?? '-').padStart(5)}  ${message ?? 'nobody'}`,
    ),
  ].join('\n');
};
