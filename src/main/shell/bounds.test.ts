import { expect, test } from 'vitest';
import { boundsBeside, clearOf, visibleBounds } from './bounds.ts';

const left = { x: 0, y: 0, width: 1920, height: 1080 };
const right = { x: 1920, y: 0, width: 1920, height: 1080 };
const window = { x: 2000, y: 40, width: 1360, height: 860 };

test('a window comes back where it was', () => {
  expect(visibleBounds(window, [left, right])).toEqual(window);
});

test('a window whose screen is gone opens where somebody sees it', () => {
  expect(visibleBounds(window, [left])).toBeNull();
});

test('the first start has no place yet', () => {
  expect(visibleBounds(null, [left])).toBeNull();
});

test('a further window opens on a free screen, else a little off the first', () => {
  expect(boundsBeside(window, [right, left])).toEqual(left);
  expect(boundsBeside(window, [right])).toEqual({ ...window, x: 2032, y: 72 });
});

test('a window does not open on top of another', () => {
  expect(clearOf(window, [{ ...window, x: 2032, y: 72 }, window])).toEqual({ ...window, x: 2064, y: 104 });
  expect(clearOf(window, [left])).toEqual(window);
});
