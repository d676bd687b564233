import { expect, test } from 'vitest';
import { createIdSet } from './id-set.ts';
import { idFor } from './mapping.ts';

test('an id is new once, however many there are', () => {
  const set = createIdSet();
  const ids = Array.from({ length: 5000 }, (_, index) => idFor('appointment', String(index)));
  expect(ids.filter((id) => set.has(id))).toEqual([]);
  expect(ids.every((id) => set.add(id))).toBe(true);
  expect(ids.every((id) => set.has(id) && !set.add(id))).toBe(true);
  expect(set.has(idFor('appointment', '5000'))).toBe(false);
});

test('an id of zeros is an id', () => {
  const set = createIdSet();
  const zeros = '00000000-0000-0000-0000-000000000000';
  expect([set.has(zeros), set.add(zeros), set.has(zeros), set.add(zeros)]).toEqual([
    false,
    true,
    true,
    false,
  ]);
});
