import { describe, expect, it } from 'vitest';
import { type MeasureName, measureNames } from './measures.ts';
import { interpret, normalRange } from './normal.ts';

const today = '2026-11-23';
const adult = { birthDate: '1985-02-03', gender: 'female' };
const of = (name: MeasureName, value: string, birthDate = adult.birthDate, gender = 'female') =>
  interpret(value, normalRange(name, { birthDate, gender }, today));

describe('normal ranges', () => {
  it.each([
    ['systolic', '148', 'H'],
    ['systolic', '129', 'N'],
    ['systolic', '89', 'L'],
    ['systolic', '181', 'HH'],
    ['diastolic', '92', 'H'],
    ['heartRate', '40', 'LL'],
    ['heartRate', '50', 'L'],
    ['spo2', '95', 'L'],
    ['spo2', '91', 'LL'],
    ['spo2', '100', 'N'],
    ['temperature', '38.1', 'H'],
    ['bmi', '24.9', 'N'],
    ['bmi', '25', 'H'],
    ['pain', '9', null],
    ['weight', '70', null],
  ] as const)('of an adult: %s %s is %s', (name, value, expected) => {
    expect(of(name, value)).toBe(expected);
  });

  it('depend on the age: what is fast for an adult is usual for a baby', () => {
    expect(of('heartRate', '140')).toBe('HH');
    expect(of('heartRate', '140', '2026-03-01')).toBe('N');
    expect(of('respiratoryRate', '40', '2026-03-01')).toBe('N');
    expect(of('temperature', '36.2', '2026-11-10')).toBe('L');
    expect(of('temperature', '36.2', '2026-03-01')).toBe('N');
    expect(of('bmi', '16', '2016-01-01')).toBeNull();
  });

  it('depend on the sex where the source does: head circumference', () => {
    expect(normalRange('headCircumference', { birthDate: '2026-05-23', gender: 'male' }, today)).toEqual({
      low: '40.9',
      high: '45.8',
    });
    expect(of('headCircumference', '40', '2026-05-23', 'female')).toBe('N');
    expect(of('headCircumference', '40', '2026-05-23', 'male')).toBe('L');
    expect(of('headCircumference', '40', '2026-05-23', 'unknown')).toBeNull();
    expect(of('headCircumference', '60', '2023-05-23')).toBeNull();
  });

  it('are none without an age', () => {
    for (const name of measureNames)
      expect(normalRange(name, { birthDate: null, gender: 'male' }, today)).toBeNull();
    expect(normalRange('pain', { birthDate: '2027-01-01', gender: 'male' }, today)).toBeNull();
  });
});
