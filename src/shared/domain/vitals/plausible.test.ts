import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typedMeasures, type Unit } from './measures.ts';
import { concernsAbout, type KnownBefore, meantInstead, type TypedVitals } from './plausible.ts';

const before: KnownBefore = {
  person: { birthDate: '1985-02-03', gender: 'male' },
  day: '2026-11-23',
  weight: { value: '70', day: '2026-10-01' },
  height: { value: '175', day: '2026-10-01' },
};
const reasons = (vitals: TypedVitals, known: KnownBefore = before) =>
  Object.fromEntries(
    Object.entries(concernsAbout(vitals, known)).map(([name, { kind, reason }]) => [
      name,
      `${kind}: ${reason}`,
    ]),
  );
const weighs = (value: string, unit: Unit = 'kg') => ({ weight: { value, unit } });
const child = (birthDate: string): KnownBefore => ({
  ...before,
  person: { birthDate, gender: 'female' },
  weight: null,
  height: null,
});

describe('weight', () => {
  it('in pounds typed as kilograms is seen by the last weight', () => {
    expect(reasons(weighs('154'))).toEqual({ weight: 'confirm: pounds-as-kilograms' });
    expect(reasons(weighs('154', '[lb_av]'))).toEqual({});
    expect(meantInstead('pounds-as-kilograms', { value: '154', unit: 'kg' })).toEqual({
      value: '154',
      unit: '[lb_av]',
    });
  });

  it('in kilograms typed as pounds is seen as well', () => {
    expect(reasons(weighs('71', '[lb_av]'))).toEqual({ weight: 'confirm: kilograms-as-pounds' });
  });

  it('is seen by age where nothing was weighed before', () => {
    expect(reasons(weighs('35'), child('2023-11-01'))).toEqual({ weight: 'confirm: pounds-as-kilograms' });
    expect(reasons(weighs('14'), child('2023-11-01'))).toEqual({});
    expect(reasons(weighs('60'), child('2023-11-01'))).toEqual({ weight: 'confirm: unlikely-for-age' });
    expect(reasons(weighs('3.4'), child('2026-11-20'))).toEqual({});
    expect(reasons(weighs('12'), child('1990-01-01'))).toEqual({ weight: 'confirm: unlikely-for-age' });
  });

  it('is seen by height where nothing else is known', () => {
    const tall = { ...before, weight: null };
    expect(reasons(weighs('180'), tall)).toEqual({ weight: 'confirm: pounds-as-kilograms' });
    expect(reasons(weighs('30'), tall)).toEqual({ weight: 'confirm: unlikely-for-height' });
    expect(reasons(weighs('95'), tall)).toEqual({});
  });

  it('that changed a lot is asked about, a child may grow', () => {
    expect(reasons(weighs('95'))).toEqual({ weight: 'confirm: large-change' });
    const grown = { ...child('2025-05-01'), weight: { value: '6', day: '2025-11-01' } };
    expect(reasons(weighs('11'), grown)).toEqual({});
  });
});

describe('what cannot be is refused', () => {
  it.each([
    ['temperature', '98.6', 'Cel', 'refuse: fahrenheit-as-celsius'],
    ['temperature', '366', 'Cel', 'refuse: impossible'],
    ['spo2', '101', '%', 'refuse: impossible'],
    ['heartRate', '-70', '/min', 'refuse: impossible'],
    ['heartRate', '70.5', '/min', 'refuse: whole-number'],
    ['pain', '11', '{score}', 'refuse: impossible'],
    ['weight', '0', 'kg', 'refuse: impossible'],
    ['weight', '70', 'cm', 'refuse: impossible'],
    ['height', '69', 'cm', 'confirm: inches-as-centimetres'],
    ['height', '1.75', 'cm', 'refuse: impossible'],
    ['height', '185', 'cm', 'confirm: large-change'],
    ['temperature', '42.5', 'Cel', 'confirm: unlikely'],
    ['temperature', '98.6', '[degF]', undefined],
  ] as const)('%s %s %s: %s', (name, value, unit, expected) => {
    expect(reasons({ [name]: { value, unit } })[name]).toBe(expected);
  });

  it('a diastolic pressure is below the systolic one', () => {
    const pressure = (systolic: string, diastolic: string) =>
      reasons({
        systolic: { value: systolic, unit: 'mm[Hg]' },
        diastolic: { value: diastolic, unit: 'mm[Hg]' },
      });
    expect(pressure('80', '120')).toEqual({ diastolic: 'refuse: not-below-systolic' });
    expect(pressure('120', '80')).toEqual({});
  });

  it('a thousand times of anything never passes unasked', () => {
    const usual = { ...before, weight: null, height: null };
    fc.assert(
      fc.property(fc.constantFrom(...typedMeasures), fc.integer({ min: 1, max: 200 }), (name, n) => {
        const unit = {
          temperature: 'Cel',
          weight: 'kg',
          height: 'cm',
          headCircumference: 'cm',
          spo2: '%',
        } as const;
        const of = name in unit ? unit[name as keyof typeof unit] : null;
        const typed = {
          value: String(n * 1000),
          unit: of ?? (name === 'pain' ? '{score}' : 'mm[Hg]'),
        } as const;
        const fit = name === 'heartRate' || name === 'respiratoryRate' ? '/min' : typed.unit;
        expect(concernsAbout({ [name]: { ...typed, unit: fit } }, usual)[name]?.kind).toBe('refuse');
      }),
    );
  });
});
