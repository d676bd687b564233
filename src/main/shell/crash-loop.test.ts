import { expect, test } from 'vitest';
import { afterFailure } from './crash-loop.ts';

const minute = 60_000;

test('a failure is followed by another start, the third within ten minutes is not', () => {
  const first = afterFailure([], 0);
  const second = afterFailure(first.remembered, minute);
  const third = afterFailure(second.remembered, 2 * minute);
  expect([first, second, third].map(({ startAgain }) => startAgain)).toEqual([true, true, false]);
});

test('failures of long ago count no more', () => {
  const { remembered, startAgain } = afterFailure([0, minute], 11 * minute);
  expect(startAgain).toBe(true);
  expect(remembered).toEqual([11 * minute]);
});

test('a clock that is put back does not make a loop of its own', () => {
  const { remembered, startAgain } = afterFailure([100 * minute, 101 * minute], 10 * minute);
  expect(startAgain).toBe(true);
  expect(remembered).toEqual([10 * minute]);
  expect(afterFailure([10 * minute, 11 * minute], 9 * minute).startAgain).toBe(false);
});

test('what is remembered is bounded', () => {
  expect(afterFailure(Array(100).fill(0), 1).remembered).toHaveLength(4);
});
