import { afterEach, beforeEach, expect, it } from 'vitest';
import { localDb } from '#main/data/local/query.ts';
import { type Clinic, openClinic } from '#tests/support/core-clinic.ts';
import { tryMemory } from './try-memory.ts';

let clinic: Clinic;
beforeEach(() => {
  clinic = openClinic();
});
afterEach(() => clinic.close());

const rows = () => clinic.temporary.local.store.all(localDb.selectFrom('sign_in_try').selectAll());

it('keeps the latest names and no more than it is told, whoever tries how many', () => {
  const memory = tryMemory(clinic.temporary.local.store);
  const tried = (name: string, last: number, bound = { forgotten: 0, most: 3 }) =>
    memory.keep(`name ${name}`, { count: 1, until: 0, last }, bound);
  for (const [last, name] of ['a', 'b', 'c', 'd', 'c'].entries()) tried(name, last);
  expect(rows()).toHaveLength(3);
  expect(['a', 'b', 'c', 'd'].map((name) => memory.find(`name ${name}`)?.last)).toEqual([undefined, 1, 4, 3]);
  tried('c', 5);
  expect(rows(), 'one that is known takes nobody’s place').toHaveLength(3);
  // A smaller number than another version kept, and what is over besides.
  tried('e', 6, { forgotten: 4, most: 2 });
  expect(rows().map(({ last }) => last)).toEqual(expect.arrayContaining([5, 6]));
  expect(rows()).toHaveLength(2);
});
