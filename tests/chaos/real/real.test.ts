import { expect, test } from 'vitest';
import { runReal } from './run.ts';

test('real workstations and a real PostgreSQL, killed and cut off for seconds, end up the same with nothing lost', {
  timeout: 240_000,
}, async () => {
  const report = await runReal({ seconds: 12, seed: 20261124 });
  expect(report.violations).toEqual([]);
  expect(report.acknowledged).toBeGreaterThan(50);
  expect(report.kills).toBeGreaterThan(3);
  expect(report.restarts).toBeGreaterThan(0);
  expect(report.cuts).toBeGreaterThan(3);
});
