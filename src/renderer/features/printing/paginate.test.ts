import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Measured, paginate } from './paginate.ts';

const lines = (...heights: readonly number[]): Measured[] =>
  heights.map((height) => ({ height: Math.abs(height), heading: height < 0 }));

it('fills a page and goes on with the next', () => {
  expect(paginate(lines(4, 4, 4), 10)).toEqual([[0, 1], [2]]);
  expect(paginate([], 10)).toEqual([[]]);
});

it('leaves no heading alone at the end of a page, and says it again on the next', () => {
  expect(paginate(lines(-1, 4, 4, -1, 4), 10)).toEqual([
    [0, 1, 2],
    [3, 4],
  ]);
  expect(paginate(lines(-1, 4, 4, 4), 10)).toEqual([
    [0, 1, 2],
    [0, 3],
  ]);
});

it('puts every line on a page once, in order, and none too many on a page', () => {
  const line = fc.record({ height: fc.integer({ min: 1, max: 12 }), heading: fc.boolean() });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), fc.integer({ min: 5, max: 30 }), (all, space) => {
      const pages = paginate(all, space);
      const plain = pages.flat().filter((index) => !all[index]?.heading);
      expect(plain).toEqual(all.flatMap(({ heading }, index) => (heading ? [] : [index])));
      for (const page of pages) {
        const used = page.reduce((sum, index) => sum + (all[index]?.height ?? 0), 0);
        const bodies = page.filter((index) => !all[index]?.heading);
        if (bodies.length > 1) expect(used).toBeLessThanOrEqual(space);
      }
    }),
  );
});
