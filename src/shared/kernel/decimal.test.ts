import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDecimals,
  compareDecimals,
  divideDecimals,
  divideUp,
  isDecimal,
  isPositive,
  keptDecimal,
  multiplyDecimals,
  numberProblem,
  readDecimal,
  roundDecimal,
  subtractDecimals,
  tidyDecimal,
} from './decimal.ts';

const decimals = fc
  .tuple(fc.integer({ min: -9_999_999, max: 9_999_999 }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, scale]) => divideDecimals(String(digits), String(10 ** scale), scale));

describe('what people type', () => {
  it.each([
    ['36,6', '36.6'],
    [' 36.60 ', '36.60'],
    ['\u00a036,6\u202f', '36.6'],
    ['.5', '0.5'],
    ['007', '7'],
    ['007,5', '7.5'],
    ['+12', '12'],
    ['-0,5', '-0.5'],
    ['\u22120,5', '-0.5'],
    ['0', '0'],
    ['-0', '0'],
    ['-0,0', '0.0'],
    ['0,125', '0.125'],
    ['0.500', '0.500'],
    ['1.025', '1.025'],
    ['1500,000', '1500.000'],
    ['12,0000', '12.0000'],
    ['1 500', '1500'],
    ['1\u00a0500', '1500'],
    ['1\u2009500', '1500'],
    ['1\u202f500,5', '1500.5'],
    ["12'500.25", '12500.25'],
    ['1\u2019234\u2019567', '1234567'],
  ])('%s is %s', (typed, text) => {
    expect(readDecimal(typed)).toBe(text);
    expect(numberProblem(typed)).toBeNull();
  });

  it.each([
    '1,500',
    '12,000',
    '1.500',
    '250.000',
    '-1,500',
    '\u22121,500',
    '+1.500',
    '01,500',
    '1,500,000',
    '1.500.000',
  ])('"%s" may be read in two ways', (typed) => {
    expect(readDecimal(typed)).toBeNull();
    expect(numberProblem(typed)).toBe('two-numbers');
  });

  it.each([
    ...[
      '',
      ' ',
      '.',
      ',',
      '-',
      '+',
      '5.',
      '5,',
      '- 5',
      '--5',
      '+-5',
      '5-',
      '1.2.3',
      '1,000.5',
      '1.000,5',
      "1'500,5'",
    ],
    ...['1 50', '1 5000', '12 34 567', '1 234\u00a0567', '1  500', ' 1 ,5', '1500 000'],
    ...['12kg', 'x', '1e3', '1E3', '0x10', '1_000', 'Infinity', 'NaN', '\u00bd', '5%', '1/2'],
    ...['\u0661\u0662', '\uff11\uff12', '\u0967', '\u0661\u066b\u0665', '\u00b2'],
    ...['9'.repeat(19), `0.${'1'.repeat(18)}`],
  ])('"%s" is no number', (typed) => {
    expect(readDecimal(typed)).toBeNull();
    expect(numberProblem(typed)).toBe('number');
  });

  it('is exact with a comma and with a point, wherever both can be written in one way', () => {
    fc.assert(
      fc.property(decimals, (text) => {
        const [typed, comma] = [readDecimal(text), readDecimal(text.replace('.', ','))];
        if (typed !== null) expect(compareDecimals(typed, text)).toBe(0);
        if (comma !== null) expect(comma).toBe(typed);
        // What is refused is so for its three digits, and can be written otherwise.
        if (typed === null) expect(readDecimal(tidyDecimal(text))).toBe(tidyDecimal(text));
        if (comma === null) expect(text).toMatch(/^-?[1-9]\d{0,2}\.\d{3}$/);
        expect(numberProblem(text)).toBe(typed === null ? 'two-numbers' : null);
      }),
    );
  });

  it('is the same with any one sign between thousands', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 17n }),
        fc.constantFrom(' ', '\u00a0', '\u2009', '\u202f', "'", '\u2019'),
        fc.constantFrom('', '.5', ',5'),
        (whole, sign, fraction) => {
          const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, sign);
          expect(readDecimal(grouped + fraction)).toBe(`${whole}${fraction.replace(',', '.')}`);
        },
      ),
    );
  });

  it('is never guessed at: two readings are never one number', () => {
    const byPoint = (text: string) => Number(text.replace(/,/g, ''));
    const byComma = (text: string) => Number(text.replace(/\./g, '').replace(',', '.'));
    const thousands = fc
      .tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 0, max: 999 }), fc.constantFrom(',', '.'))
      .map(([high, low, sign]) => [sign, `${high}${sign}${String(low).padStart(3, '0')}`] as const);
    fc.assert(
      fc.property(thousands, ([sign, typed]) => {
        expect(byPoint(typed)).not.toBe(byComma(typed));
        expect(readDecimal(typed)).toBe(sign === ',' || typed.endsWith('0') ? null : typed);
      }),
    );
  });

  it('whatever it is, is refused or kept as the databases take it, and reads as itself again', () => {
    const near = fc.string({
      unit: fc.constantFrom(..."0123456789.,+-\u2212 \u00a0\u202f'eE\u0661"),
      maxLength: 24,
    });
    fc.assert(
      fc.property(fc.oneof(near, fc.string({ unit: 'grapheme' })), (typed) => {
        const read = readDecimal(typed);
        expect(read === null).toBe(numberProblem(typed) !== null);
        if (read === null) return;
        expect(isDecimal(read)).toBe(true);
        expect(keptDecimal(read)).toBe(tidyDecimal(read));
        expect(readDecimal(tidyDecimal(read))).toBe(tidyDecimal(read));
      }),
    );
  });
});

describe('what is kept', () => {
  it.each([
    ['1.500', '1.5'],
    ['-0.0', '0'],
    ['100', '100'],
    ['1,5', null],
    [null, null],
  ])('%s is %s', (text, number) => {
    expect(keptDecimal(text)).toBe(number);
  });
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

  it('goes up to the least whole number that is enough', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        fc.pre(isPositive(b));
        const up = divideUp(a, b);
        expect(compareDecimals(multiplyDecimals(up, b), a)).toBeGreaterThanOrEqual(0);
        expect(compareDecimals(multiplyDecimals(subtractDecimals(up, '1'), b), a)).toBeLessThan(0);
      }),
    );
    expect(() => divideUp('1', '0.0')).toThrow(RangeError);
  });

  it('goes on with more digits than are kept', () => {
    const long = `${'9'.repeat(18)}.${'9'.repeat(17)}`;
    const square = multiplyDecimals(long, long);
    expect(isDecimal(square)).toBe(false);
    expect(compareDecimals(divideDecimals(square, long, 17), long)).toBe(0);
    expect(() => addDecimals('1e3', '1')).toThrow(RangeError);
  });
});
