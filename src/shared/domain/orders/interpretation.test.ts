import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { orders } from '#shared/i18n/en/orders.ts';
import { compareDecimals, isDecimal } from '#shared/kernel/decimal.ts';
import type { Measured } from './analyte.ts';
import { analyteOf, analytes, codesOf, orderTests } from './catalogue.ts';
import { readValue } from './entry.ts';
import { ageInMonths, boundIn, flagOf, judgeValue, worseOf } from './interpretation.ts';

const numbers = analytes.filter((one): one is Measured => one.kind === 'number');
const named = (key: string): Measured => {
  const found = analyteOf(key);
  if (found?.kind !== 'number') throw new Error(key);
  return found;
};
const woman = { sex: 'female', ageMonths: 40 * 12 };
const man = { sex: 'male', ageMonths: 40 * 12 };
const judge = (key: string, text: string, whose = woman, unit: string | null = null) => {
  const read = readValue(named(key), { text, unit }, whose);
  return read.ok ? read.value.interpretation : read.problem;
};

describe('the catalogue', () => {
  test('has codes of LOINC, bounds that are numbers and in order, and a name in the words of the screens', () => {
    for (const one of analytes) {
      for (const code of codesOf(one)) expect(code).toMatch(/^\d{1,7}-\d$/);
      expect(orders.analyte[one.key as keyof typeof orders.analyte]).toBe(one.name);
    }
    for (const { key, code, name, analytes: parts } of orderTests) {
      expect(code).toMatch(/^\d{1,7}-\d$/);
      expect(orders.test[key]).toBe(name);
      for (const part of parts) expect(analyteOf(part)).toBeDefined();
    }
    for (const { ranges, critical, possible, likely } of numbers) {
      for (const { low, high } of [...ranges, ...critical]) {
        for (const bound of [low, high]) expect(bound === undefined || isDecimal(bound)).toBe(true);
        if (low !== undefined && high !== undefined) expect(compareDecimals(low, high)).toBeLessThan(0);
      }
      for (const [low, high] of [possible, likely]) expect(compareDecimals(low, high)).toBeLessThan(0);
      expect(compareDecimals(possible[0], likely[0])).toBeLessThanOrEqual(0);
      expect(compareDecimals(possible[1], likely[1])).toBeGreaterThanOrEqual(0);
    }
  });

  test('no two analytes share a code, and what is normal or critical is likely', () => {
    const codes = analytes.flatMap(codesOf);
    expect(new Set(codes).size).toBe(codes.length);
    for (const { ranges, critical, likely } of numbers)
      for (const { low, high } of [...ranges, ...critical]) {
        if (low !== undefined) expect(compareDecimals(low, likely[0])).toBeGreaterThanOrEqual(0);
        if (high !== undefined) expect(compareDecimals(high, likely[1])).toBeLessThanOrEqual(0);
      }
  });
});

test.each([
  ['potassium', '3.5', 'N'],
  ['potassium', '3,4', 'L'],
  ['potassium', '5.1', 'H'],
  ['potassium', '2.5', 'LL'],
  ['potassium', '6.5', 'HH'],
  ['potassium', '6,49', 'H'],
  ['crp', '<5', 'N'],
  ['crp', '> 300', 'HH'],
  ['crp', '>5', null],
  ['tsh', '<0.5', 'L'],
  ['tsh', '≤ 0.5', null],
  ['tsh', '<0,01', 'L'],
  ['potassium', '-4', 'negative'],
  ['potassium', '4..1', 'not-a-number'],
  ['potassium', '350', 'impossible'],
  ['potassium', '', 'not-a-number'],
  ['potassium', '1,500', 'two-numbers'],
  ['potassium', '<12,000', 'two-numbers'],
  ['potassium', '1.500', 'two-numbers'],
  ['potassium', '4.125', 'N'],
  ['neutrophils', '3', null],
  ['neutrophils', '0.3', 'LL'],
])('%s of %s in an adult is %s', (key, text, expected) => {
  expect(judge(key, text)).toBe(expected);
});

test('haemoglobin is judged by age and sex, in either unit', () => {
  expect([judge('haemoglobin', '12.5'), judge('haemoglobin', '12.5', man)]).toEqual(['N', 'L']);
  expect(judge('haemoglobin', '125', man, 'g/L')).toBe('L');
  const child = { sex: 'male', ageMonths: 18 };
  expect([judge('haemoglobin', '10.5', child), judge('haemoglobin', '10.4', child)]).toEqual(['N', 'L']);
  expect([judge('haemoglobin', '7.5', child), judge('haemoglobin', '7.5')]).toEqual(['L', 'LL']);
  expect(judge('haemoglobin', '12.5', { sex: 'unknown', ageMonths: 480 })).toBeNull();
  expect(judge('haemoglobin', '12.5', { sex: 'male', ageMonths: null as never })).toBeNull();
});

test('a bound is shown and compared in another unit with the digits it was published with', () => {
  const glucose = named('glucose-fasting').units[1] ?? named('glucose-fasting').units[0];
  expect(['3.9', '5.5', '2.5', '25'].map((bound) => boundIn(bound, glucose))).toEqual([
    '70',
    '99',
    '45',
    '450',
  ]);
  const creatinine = named('creatinine').units[1] ?? named('creatinine').units[0];
  expect(['61.9', '115', '354', '0'].map((bound) => boundIn(bound, creatinine))).toEqual([
    '0.7',
    '1.3',
    '4',
    '0',
  ]);
  expect([
    judge('glucose-fasting', '70', woman, 'mg/dL'),
    judge('glucose-fasting', '69', woman, 'mg/dL'),
  ]).toEqual(['N', 'L']);
});

test('a greater value is never judged lower, whoever it is of', () => {
  const order = ['LL', 'L', 'N', 'H', 'HH'];
  const value = fc.integer({ min: 0, max: 60_000 }).map((n) => String(n / 100));
  const anybody = fc.record({
    sex: fc.constantFrom('female', 'male', 'other', 'unknown'),
    ageMonths: fc.integer({ min: 0, max: 1200 }),
  });
  fc.assert(
    fc.property(fc.constantFrom(...numbers), anybody, value, value, fc.nat(), (analyte, whose, a, b, n) => {
      const { unit } = analyte.units[n % analyte.units.length] ?? analyte.units[0];
      const at = (one: string) =>
        judgeValue(analyte, { value: one, unit, comparator: null }, whose).interpretation;
      const [low, high] = compareDecimals(a, b) <= 0 ? [at(a), at(b)] : [at(b), at(a)];
      if (low !== null && high !== null) expect(order.indexOf(low)).toBeLessThanOrEqual(order.indexOf(high));
    }),
  );
});

test('with a comparator nothing is said that the value itself might not be', () => {
  const value = fc.integer({ min: 1, max: 60_000 }).map((n) => String(n / 100));
  fc.assert(
    fc.property(fc.constantFrom(...numbers), value, value, (analyte, bound, other) => {
      const unit = analyte.units[0].unit;
      const judged = (one: string, comparator: '<' | '>' | null) =>
        judgeValue(analyte, { value: one, unit, comparator }, woman).interpretation;
      const isLess = compareDecimals(other, bound) < 0;
      const said = judged(bound, isLess ? '<' : '>');
      const truly = judged(other, null);
      if (compareDecimals(other, bound) === 0 || said === null || truly === null) return;
      if (said === 'N') expect(truly).toBe('N');
      if (said === 'L' || said === 'LL') expect(['L', 'LL']).toContain(truly);
      if (said === 'H' || said === 'HH') expect(['H', 'HH']).toContain(truly);
    }),
  );
});

test('a report is as grave as the gravest of its values, and normal only when all are', () => {
  expect(flagOf(['N', 'HH', 'L'])).toBe('critical');
  expect(flagOf(['N', 'A', null])).toBe('abnormal');
  expect(flagOf(['N', 'N'])).toBe('normal');
  expect([flagOf(['N', null]), flagOf([])]).toEqual([null, null]);
  expect([worseOf('abnormal', 'critical'), worseOf('abnormal', null), worseOf(null, 'normal')]).toEqual([
    'critical',
    'abnormal',
    'normal',
  ]);
});

test('months are whole ones', () => {
  expect(ageInMonths('2026-01-31', '2026-02-28')).toBe(0);
  expect(ageInMonths('2026-01-15', '2026-07-15')).toBe(6);
  expect(ageInMonths(null, '2026-07-15')).toBeNull();
});
