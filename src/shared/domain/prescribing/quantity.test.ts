import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divideDecimals, multiplyDecimals, tidyDecimal } from '#shared/kernel/decimal.ts';
import { daysOf, durationUnits, endOf, parseDuration } from './duration.ts';
import { frequencyCodes, mostADay, parseFrequency, rhythmOf } from './frequency.ts';
import { frequencyWords } from './frequency-words.ts';
import { type QuantityBasis, quantityOf, remainingOf } from './quantity.ts';

const basis: QuantityBasis = {
  doseValue: '500',
  doseUnit: 'mg',
  unitOfDose: 'capsule',
  strength: { value: '500', unit: 'mg' },
  frequency: 'TDS',
  asNeeded: false,
  maxPerDay: null,
  duration: { value: 7, unit: 'd' },
};
const decimals = fc
  .tuple(fc.bigInt({ min: 1n, max: 10n ** 9n }), fc.nat({ max: 6 }))
  .map(([digits, scale]) => tidyDecimal(divideDecimals(String(digits), String(10 ** scale), scale)));

describe('a quantity', () => {
  it.each([
    ['milligrams of capsules', {}, '21', 'capsule'],
    ['units of the medicine', { doseValue: '2', doseUnit: 'capsule' }, '42', 'capsule'],
    [
      'a free-text medicine that is counted',
      { doseValue: '1', doseUnit: 'tablet', unitOfDose: null, strength: null },
      '21',
      'tablet',
    ],
    ['a half that does not come out', { doseValue: '0.5', doseUnit: 'capsule' }, '11', 'capsule'],
    ['grams of milligrams', { doseValue: '1', doseUnit: 'g' }, '42', 'capsule'],
    [
      'millilitres of a known strength',
      { doseValue: '250', unitOfDose: 'ml', strength: { value: '25', unit: 'mg' } },
      '210',
      'ml',
    ],
    ['every other day', { frequency: 'QOD' }, '4', 'capsule'],
    ['every eight hours', { frequency: 'Q8H' }, '21', 'capsule'],
    ['once', { frequency: 'STAT', duration: null }, '1', 'capsule'],
    ['as needed, at most', { frequency: null, asNeeded: true, maxPerDay: '4' }, '28', 'capsule'],
    ['two weeks', { duration: { value: 2, unit: 'wk' } }, '42', 'capsule'],
  ] as const)('%s', (_, more, value, unit) => {
    expect(quantityOf({ ...basis, ...more })).toEqual({ value, unit });
  });

  it.each([
    ['no duration', { duration: null }],
    ['no dose', { doseValue: null }],
    ['a dose of zero', { doseValue: '0' }],
    ['millilitres of unknown strength', { unitOfDose: 'ml', strength: null }],
    ['as needed without a maximum', { asNeeded: true }],
    ['a unit of another kind', { doseUnit: 'unit' }],
    ['milligrams of nothing counted', { unitOfDose: null, strength: null }],
    ['no frequency', { frequency: null }],
  ] as const)('cannot be computed: %s', (_, more) => {
    expect(quantityOf({ ...basis, ...more })).toBeNull();
  });

  it('is the least whole number of units that holds all doses, to the last digit', () => {
    fc.assert(
      fc.property(
        decimals,
        decimals,
        fc.constantFrom('OD', 'BD', 'TDS', 'QID', 'Q6H', 'Q5H'),
        fc.integer({ min: 1, max: 365 }),
        (dose, strength, frequency, days) => {
          const found = quantityOf({
            ...basis,
            doseValue: dose,
            strength: { value: strength, unit: 'mg' },
            frequency,
            duration: { value: days, unit: 'd' },
          });
          const { times: often = 0, days: every = 1 } = rhythmOf(frequency) ?? {};
          const doses = BigInt(Math.ceil((days * often) / every));
          const need = scaled(dose) * doses;
          const units = BigInt(found?.value ?? '-1');
          expect(units * scaled(strength) >= need, 'enough').toBe(true);
          expect((units - 1n) * scaled(strength) < need, 'no unit too many').toBe(true);
        },
      ),
    );
  });

  it('is the same in grams as in milligrams', () => {
    fc.assert(
      fc.property(decimals, decimals, (dose, strength) => {
        const inGrams = multiplyDecimals(dose, '0.001');
        const inMilligrams = { ...basis, doseValue: dose, strength: { value: strength, unit: 'mg' } };
        expect(quantityOf({ ...inMilligrams, doseValue: inGrams, doseUnit: 'g' })).toEqual(
          quantityOf(inMilligrams),
        );
      }),
    );
  });

  it('leaves what was not handed out, with the repeats, and never less than nothing', () => {
    expect(remainingOf('21', 2, ['21', '0.5'])).toBe('41.5');
    expect(remainingOf('21', 0, ['30'])).toBe('0');
  });
});

/** With so many zeros that nothing is behind a point. */
const scaled = (text: string): bigint => BigInt(tidyDecimal(multiplyDecimals(text, '1000000000000')));

describe('how often and how long', () => {
  it.each([
    ['OD', 'OD'],
    ['b.i.d.', 'BD'],
    ['TID', 'TDS'],
    ['three times a day', 'TDS'],
    ['3 fois par jour', 'TDS'],
    ['q.d.s', 'QID'],
    ['Nocte', 'NOCTE'],
    ['au coucher', 'NOCTE'],
    ['le matin', 'MANE'],
    ['stat', 'STAT'],
    ['alternate days', 'QOD'],
    ['un jour sur deux', 'QOD'],
    ['hebdomadaire', 'QW'],
    ['q8h', 'Q8H'],
    ['8-hourly', 'Q8H'],
    ['every 6 hours', 'Q6H'],
    ['toutes les 12 heures', 'Q12H'],
    ['every 3 days', 'Q3D'],
    ['every 1 days', 'OD'],
    ['q0h', null],
    ['sometimes', null],
  ])('%s is %s', (typed, code) => {
    expect(parseFrequency(typed)).toBe(code);
  });

  it.each([
    ['TDS', false, null, '3'],
    ['Q8H', false, null, '3'],
    ['Q5H', false, null, '5'],
    ['Q36H', false, null, '1'],
    ['BIW', false, null, '1'],
    ['STAT', false, null, '1'],
    ['QID', true, '3', '3'],
    [null, true, null, null],
  ])('%s, as needed %s at most %s, is at most %s a day', (code, asNeeded, most, doses) => {
    expect(mostADay(code, asNeeded, most)).toBe(doses);
  });

  it('a code, and a code in the words of either language, is read as that code', () => {
    const spaced = fc.constantFrom('Q4H', 'Q6H', 'Q8H', 'Q12H', 'Q3D', 'Q10D');
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...frequencyCodes), spaced), (code) => {
        expect(parseFrequency(code)).toBe(code);
        expect(parseFrequency(frequencyWords('en', code))).toBe(code);
        expect(parseFrequency(frequencyWords('fr', code))).toBe(code);
      }),
    );
  });

  it.each([
    ['7d', 7],
    ['7/7', 7],
    ['2 weeks', 14],
    ['2/52', 14],
    ['1/12', 30],
    ['10 jours', 10],
    ['3 sem.', 21],
    ['1 year', 360],
    ['pendant 5 jours', 5],
    ['0d', null],
    ['9 years', null],
    ['soon', null],
  ])('%s lasts %s days', (typed, days) => {
    const duration = parseDuration(typed);
    expect(duration && daysOf(duration)).toBe(days);
  });

  it('a duration ends on its last day', () => {
    expect(endOf('2026-11-23', { value: 7, unit: 'd' })).toBe('2026-11-29');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 24 }), fc.constantFrom(...durationUnits), (value, unit) => {
        expect(parseDuration(`${value} ${unit}`)).toEqual({ value, unit });
        expect(endOf('2026-11-23', { value, unit }) >= '2026-11-23').toBe(true);
      }),
    );
  });
});
