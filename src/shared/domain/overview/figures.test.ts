import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outcomesOf, percentile, percentOf } from './figures.ts';

describe('what became of appointments', () => {
  it('is counted in the states a front desk knows', () => {
    expect(
      outcomesOf([
        { status: 'booked', stage: null, count: 5 },
        { status: 'proposed', stage: null, count: 1 },
        { status: 'arrived', stage: 'arrived', count: 2 },
        { status: 'checked-in', stage: 'with-doctor', count: 3 },
        { status: 'fulfilled', stage: 'checkout', count: 1 },
        { status: 'fulfilled', stage: null, count: 4 },
        { status: 'noshow', stage: 'left-unseen', count: 1 },
        { status: 'noshow', stage: null, count: 2 },
        { status: 'cancelled', stage: null, count: 7 },
      ]),
    ).toEqual({ booked: 19, here: 6, waiting: 2, done: 4, noshow: 3, cancelled: 7 });
  });
});

describe('of minutes waited', () => {
  it('the median and the ninetieth percentile are ones that somebody waited', () => {
    const ten = Array.from({ length: 10 }, (_, index) => ({ minutes: (index + 1) * 5, count: 1 }));
    expect([percentile(ten, 0.5), percentile(ten, 0.9), percentile([], 0.5)]).toEqual([25, 45, null]);
  });

  it('so many waited no longer, whatever was counted', () => {
    const counts = fc.array(fc.record({ minutes: fc.nat(600), count: fc.integer({ min: 1, max: 9 }) }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(counts, fc.constantFrom(0.5, 0.9), (counted, share) => {
        const limit = percentile(counted, share) ?? Number.NaN;
        const each = counted.flatMap(({ minutes, count }) => Array.from({ length: count }, () => minutes));
        expect(each).toContain(limit);
        expect(each.filter((minutes) => minutes <= limit).length).toBeGreaterThanOrEqual(each.length * share);
        expect(each.filter((minutes) => minutes < limit).length).toBeLessThan(each.length * share);
      }),
    );
  });

  it('a share of nothing is not known', () => {
    expect([percentOf(1, 3), percentOf(0, 0)]).toEqual([33, null]);
  });
});
