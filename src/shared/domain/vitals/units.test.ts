import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDecimals, isDecimal, readDecimal } from '#shared/kernel/decimal.ts';
import { keptUnit, type MeasureName, measures, type Unit } from './measures.ts';
import { bodyMassIndex, fromKeptUnit, inKeptUnit, shownValue } from './units.ts';

const typed = fc
  .tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 3 }), fc.nat(999))
  .map(([whole, digits, fraction]) => ({
    value: digits === 0 ? String(whole) : `${whole}.${String(fraction).padStart(3, '0').slice(0, digits)}`,
    digits,
  }));

describe('units', () => {
  it.each([
    ['154', '[lb_av]', '69.85322498'],
    ['70', '[in_i]', '177.8'],
    ['98.6', '[degF]', '37'],
    ['70', 'kg', '70'],
  ] as const)('%s %s is kept as %s', (value, unit, kept) => {
    expect(inKeptUnit(value, unit)).toBe(kept);
  });

  const names = Object.keys(measures) as MeasureName[];
  const pairs = names.flatMap((name) => measures[name].units.map((unit) => [name, unit] as const));
  it.each(pairs)('%s typed in %s is the same again', (_name, unit: Unit) => {
    fc.assert(
      fc.property(typed, ({ value, digits }) => {
        const kept = inKeptUnit(value, unit);
        expect(isDecimal(kept)).toBe(true);
        expect(compareDecimals(fromKeptUnit(kept, unit, digits), value)).toBe(0);
      }),
    );
  });

  it('switching there and back moves by no more than is shown', () => {
    fc.assert(
      fc.property(typed, ({ value }) => {
        const pounds = fromKeptUnit(value, '[lb_av]', 1);
        expect(Math.abs(Number(inKeptUnit(pounds, '[lb_av]')) - Number(value))).toBeLessThan(0.0228);
      }),
    );
  });

  it('shows as many digits as are worth it', () => {
    expect(shownValue('weight', '69.85322498')).toBe('69.85');
    expect(shownValue('weight', '69.85322498', '[lb_av]')).toBe('154');
    expect(shownValue('temperature', readDecimal('37,25') ?? '')).toBe('37.3');
    expect(keptUnit('height')).toBe('cm');
  });
});

it('body mass index is weight by height squared', () => {
  expect(bodyMassIndex('70', '175')).toBe('22.9');
  expect(bodyMassIndex('70', '0')).toBeNull();
  expect(bodyMassIndex('70', '0.0')).toBeNull();
});
