import { expect, it } from 'vitest';
import { ageOn, ageText } from './age.ts';

it.each([
  ['2026-11-23', '2026-11-23', 0, 'day'],
  ['2026-10-27', '2026-11-23', 27, 'day'],
  ['2026-10-26', '2026-11-23', 4, 'week'],
  ['2026-08-24', '2026-11-23', 13, 'week'],
  ['2026-08-23', '2026-11-23', 3, 'month'],
  ['2024-11-24', '2026-11-23', 23, 'month'],
  ['2024-11-23', '2026-11-23', 2, 'year'],
  ['1985-11-24', '2026-11-23', 40, 'year'],
  ['1985-11-23', '2026-11-23', 41, 'year'],
  ['2024-02-29', '2027-02-28', 2, 'year'],
  ['2024-02-29', '2027-03-01', 3, 'year'],
] as const)('%s is on %s %i %s', (birth, day, count, unit) => {
  expect(ageOn(birth, day)).toEqual({ count, unit });
});

it('has no age before birth', () => {
  expect(ageOn('2026-11-24', '2026-11-23')).toBeNull();
});

it('says the age in the words of the locale', () => {
  expect(ageText({ count: 52, unit: 'year' }, 'en')).toBe('52 yrs');
  expect(ageText({ count: 52, unit: 'year' }, 'fr')).toMatch(/^52\sans$/);
});
