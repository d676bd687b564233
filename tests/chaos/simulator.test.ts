import { afterAll, beforeAll, expect, test } from 'vitest';
import { bugs } from './bugs.ts';
import { catchBugs, caughtTable, runSeeds } from './campaign.ts';
import { createPool, type Pool } from './pool.ts';

/** `npm run chaos -- --seed N` replays one of these with everything that happened. */
const seeds = 2_000;

let pool: Pool;
beforeAll(async () => {
  pool = await createPool();
});
afterAll(() => pool.close());

test('the same seed is the same run, whatever the clocks of the workstations say (I11)', async () => {
  const run = (seed: number) => pool.run({ seed, otherClocks: true });
  for (const seed of [3, 77, 1234]) {
    const [one, other] = await Promise.all([run(seed), run(seed)]);
    expect(one.message).toBeNull();
    expect(other).toEqual(one);
    expect(one.steps).toBeGreaterThan(50);
  }
});

test(`${seeds} seeds of faults, and no oracle sees anything (I1-I11)`, { timeout: 600_000 }, async () => {
  const outcomes = await runSeeds(pool, 1, seeds);
  const seen = outcomes.filter(({ oracle }) => oracle !== null);
  expect(seen.map(({ seed, message }) => `npm run chaos -- --seed ${seed}: ${message}`)).toEqual([]);
  expect(outcomes).toHaveLength(seeds);
  expect(outcomes.reduce((sum, { mutations }) => sum + mutations, 0)).toBeGreaterThan(10 * seeds);
});

test('every deliberate bug is caught', { timeout: 600_000 }, async () => {
  const caught = await catchBugs(pool, seeds);
  console.log(caughtTable(caught));
  expect(caught.filter(({ oracle }) => oracle === null).map(({ bug }) => bug)).toEqual([]);
  expect(caught).toHaveLength(bugs.length);
});
