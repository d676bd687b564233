import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDecimals,
  compareDecimals,
  divideDecimals,
  isDecimal,
  multiplyDecimals,
  readDecimal,
  roundDecimal,
  subtractDecimals,
} from './decimal.ts';

const decimals = fc
  .tuple(fc.integer({ min: -9_999_999, max: 9_999_999 }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, scale]) => divideDecimals(String(digits), String(10 ** scale), scale));

describe('what people type', () => {
  it.each([
    ['36,6', '36.6'],
    [' 36.60 ', '36.60'],
    ['.5', '0.5'],
    ['007', '7'],
    ['+12', '12'],
    ['-0,5', '-0.5'],
    ['0', '0'],
  ])('%s is %s', (typed, text) => {
    expect(readDecimal(typed)).toBe(text);
  });

  it.each(['', ' ', '1,000.5', '1 000', '12kg', '1e3', '.', ',', '-', '5.', 'Infinity', '9'.repeat(19)])(
    '"%s" is no number',
    (typed) => {
      expect(readDecimal(typed)).toBeNull();
    },
  );
});

/** As many digits after the point as any number here has. */
const places = 20n;

const inUnits = (text: string): bigint => {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(Number(places), '0'));
};

describe('arithmetic', () => {
  it('is exact where floating point is not', () => {
    expect(addDecimals('0.1', '0.2')).toBe('0.3');
    expect(multiplyDecimals('154', '0.45359237')).toBe('69.85322498');
    expect(subtractDecimals('98.6', '32')).toBe('66.6');
  });

  it('rounds halves away from zero', () => {
    expect(divideDecimals('1', '8', 2)).toBe('0.13');
    expect(divideDecimals('-1', '8', 2)).toBe('-0.13');
    expect(roundDecimal('2.4500', 1)).toBe('2.5');
    expect(roundDecimal('37.0', 1)).toBe('37');
    expect(roundDecimal('-0.04', 1)).toBe('0');
    expect(roundDecimal('100', 0)).toBe('100');
  });

  it('takes back what it added, and compares as numbers do', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        expect(isDecimal(addDecimals(a, b))).toBe(true);
        expect(compareDecimals(subtractDecimals(addDecimals(a, b), b), a)).toBe(0);
        expect(compareDecimals(a, b)).toBe(Math.sign(Number(a) - Number(b)));
      }),
    );
  });

  it('divides to within half of the last digit', () => {
    fc.assert(
      fc.property(decimals, decimals, fc.integer({ min: 0, max: 6 }), (a, b, scale) => {
        fc.pre(Number(b) !== 0);
        // In whole numbers: what is left over times two is at most the divisor, in units of the last digit.
        const [quotient, above, below] = [divideDecimals(a, b, scale), a, b].map((text) => inUnits(text));
        if (quotient === undefined || above === undefined || below === undefined) throw new Error('three');
        const left = quotient * below - above * 10n ** places;
        const half = (below < 0n ? -below : below) * 10n ** (places - BigInt(scale));
        expect(2n * (left < 0n ? -left : left)).toBeLessThanOrEqual(half);
      }),
    );
  });
});
