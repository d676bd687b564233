import { expect, it } from 'vitest';
import { rowAfterKey } from './row-keys.ts';

it.each([
  ['ArrowDown', 3, 4],
  ['ArrowUp', 3, 2],
  ['PageDown', 3, 13],
  ['PageUp', 3, 0],
  ['Home', 3, 0],
  ['End', 3, 49],
  ['ArrowDown', 49, 49],
  ['ArrowUp', 0, 0],
])('%s on row %i of 50 leads to row %i', (key, at, expected) => {
  expect(rowAfterKey(key, at, 50)).toBe(expected);
});

it('leads nowhere in an empty table and on other keys', () => {
  expect(rowAfterKey('ArrowDown', 0, 0)).toBeNull();
  expect(rowAfterKey('x', 0, 50)).toBeNull();
});
