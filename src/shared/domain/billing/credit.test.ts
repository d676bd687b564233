import { expect, test } from 'vitest';
import { type Credited, creditLine, type IssuedLine, remainsOf } from './credit.ts';

const line: IssuedLine = {
  quantity: '3',
  net: 1000,
  tax: 101,
  gross: 1101,
  payerShare: 367,
  patientShare: 734,
};
const all = { quantity: '-3', net: -1000, tax: -101, gross: -1101, payerShare: -367, patientShare: -734 };
const nothing = { quantity: '0', net: 0, tax: 0, gross: 0, payerShare: 0, patientShare: 0 };

const credited = (...each: readonly Credited[]): readonly IssuedLine[] => {
  const credits: IssuedLine[] = [];
  for (const next of each) {
    const credit = creditLine(line, credits, next);
    if (!credit.ok) throw new Error(credit.error);
    credits.push(credit.value);
  }
  return credits;
};
const problem = (earlier: readonly IssuedLine[], next: Credited) => {
  const credit = creditLine(line, earlier, next);
  return credit.ok ? null : credit.error;
};

test('a full credit is the line with a minus, however it is said', () => {
  expect(credited('rest')).toEqual([all]);
  expect(credited({ quantity: '3.0' })).toEqual([all]);
  expect(credited({ amount: 1101 })).toEqual([all]);
});

test('parts keep the proportions, and the last takes the remainder', () => {
  expect(credited({ quantity: '1' })).toEqual([
    { quantity: '-1', net: -333, tax: -34, gross: -367, payerShare: -122, patientShare: -245 },
  ]);
  expect(credited({ amount: 1 })).toEqual([{ ...nothing, net: -1, gross: -1, patientShare: -1 }]);
  for (const parts of [
    credited({ quantity: '1' }, { quantity: '1' }, { quantity: '1' }),
    credited({ amount: 1 }, { quantity: '0.001' }, { amount: 500 }, 'rest'),
    credited({ quantity: '2.999' }, 'rest'),
  ]) {
    expect(remainsOf(line, parts)).toEqual(nothing);
    expect(problem(parts, 'rest')).toBe('all-credited');
    expect(problem(parts, { amount: 1 })).toBe('all-credited');
  }
});

test('a line that cost nothing is taken back by its quantity', () => {
  const free = { ...nothing, quantity: '2' };
  expect(creditLine(free, [], { quantity: '1' })).toEqual({
    ok: true,
    value: { ...nothing, quantity: '-1' },
  });
  expect(creditLine(free, [], { amount: 1 })).toEqual({ ok: false, error: 'more-than-remains' });
});

test('what cannot be credited says why', () => {
  expect(problem([], { amount: 1102 })).toBe('more-than-remains');
  expect(problem([], { quantity: '3.001' })).toBe('more-than-remains');
  expect(problem(credited({ quantity: '2' }), { quantity: '1.001' })).toBe('more-than-remains');
  expect(problem([], { amount: -1 })).toBe('negative');
  expect(problem([], { amount: 0 })).toBe('zero');
  expect(problem([], { amount: 0.5 })).toBe('amount');
  expect(problem([], { quantity: '-1' })).toBe('negative');
  expect(problem([], { quantity: '0' })).toBe('quantity');
  expect(problem([], { quantity: '0.0001' })).toBe('quantity');
  // Two desks took back some of the quantity, each on its own, and what is left of the money is none of it.
  const twice = [...credited({ quantity: '2' }), { ...nothing, quantity: '-2' }];
  expect(creditLine(line, twice, 'rest')).toMatchObject({ ok: true, value: { quantity: '0', gross: -367 } });
  expect(problem(twice, { quantity: '1' })).toBe('more-than-remains');
  // Two desks took all of it back.
  expect(problem([all, all], 'rest')).toBe('all-credited');
});
