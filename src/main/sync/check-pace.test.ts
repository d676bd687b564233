import { expect, test } from 'vitest';
import { createPace } from './check-pace.ts';

/** A computer on which a row takes so many milliseconds. */
const pacedAt = (millisecondsPerRow: () => number) => {
  let now = 0;
  const pace = createPace(() => now);
  const took: number[] = [];
  const slice = () =>
    pace.timed((rows) => {
      now += rows * millisecondsPerRow();
      took.push(rows * millisecondsPerRow());
      return rows;
    });
  return { slice, took };
};

test.each([0.004, 0.02, 0.08])('rows of %d ms each are read in slices well under 8 ms', (cost) => {
  const { slice, took } = pacedAt(() => cost);
  for (let round = 0; round < 50; round += 1) slice();
  expect(Math.max(...took)).toBeLessThanOrEqual(8);
  expect(took.at(-1)).toBeGreaterThan(2.5);
});

test('it grows step by step, and shrinks at once when the computer is busy', () => {
  let cost = 0.001;
  const { slice } = pacedAt(() => cost);
  const rows = Array.from({ length: 12 }, slice);
  expect(rows.every((count, index) => index === 0 || count <= (rows[index - 1] ?? 0) * 2)).toBe(true);
  expect(rows.at(-1)).toBe(1000);
  cost = 0.1;
  slice();
  expect(slice()).toBe(40);
});
