import { expect, test } from 'vitest';
import { visibleBounds } from './bounds.ts';

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
