import { expect, it } from 'vitest';
import { huesOf } from './visit-type-hues.ts';

const id = (n: number) => `01900000-0000-7000-8000-00000000000${n}`;

it('gives each kind of visit a hue of its own, which a newer kind does not change', () => {
  const hues = huesOf([id(3), id(1), id(2)]);
  expect([1, 2, 3].map((n) => hues.get(id(n)))).toEqual([0, 1, 2]);
  expect(huesOf([id(4), id(2), id(1), id(3)]).get(id(3))).toBe(2);
});

it('begins anew after the eighth', () => {
  const hues = huesOf([1, 2, 3, 4, 5, 6, 7, 8, 9].map(id));
  expect(hues.get(id(9))).toBe(0);
  expect(new Set(hues.values()).size).toBe(8);
});
