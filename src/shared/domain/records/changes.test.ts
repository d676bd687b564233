import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changedByBoth, changedFields } from './changes.ts';

it('what two changed differently is told, what one of them changed is not', () => {
  const was = { family: 'Uwase', given: 'Aline', sites: ['a'] };
  const mine = { ...was, family: 'Keza', given: 'A.' };
  expect(changedFields(was, mine)).toEqual({ family: 'Keza', given: 'A.' });
  expect(changedByBoth({ ...was, family: 'Mugabo', sites: [] }, was, mine)).toEqual(['family']);
  expect(changedByBoth({ ...was, family: 'Keza' }, was, mine)).toEqual([]);
});

const fields = fc.record({
  a: fc.constantFrom(1, 2),
  b: fc.constantFrom('x', 'y'),
  c: fc.constantFrom([1], [2]),
});

it('whoever saves once more, having seen what stands, is told of nothing again', () => {
  fc.assert(
    fc.property(fields, fields, fields, (was, stands, mine) => {
      const shown = { ...stands, ...changedFields(was, mine) };
      expect(changedByBoth(stands, stands, shown)).toEqual([]);
      const told = changedByBoth(stands, was, mine);
      for (const name of Object.keys(was) as (keyof typeof was)[])
        if (!told.includes(name) && JSON.stringify(mine[name]) === JSON.stringify(was[name]))
          expect(shown[name]).toEqual(stands[name]);
    }),
  );
});
