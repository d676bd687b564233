import { expect, it } from 'vitest';
import { dayOf, digitsIn, spaced } from './birth-digits.ts';

it('reads a day from the digits somebody types, however they part them', () => {
  expect(dayOf(digitsIn('03/02/1985'))).toBe('1985-02-03');
  expect(dayOf(digitsIn('3 2 1985'))).toBeNull();
  expect(dayOf('31021985')).toBeNull();
  expect(dayOf('29022024')).toBe('2024-02-29');
  expect(dayOf('29022023')).toBeNull();
  expect(digitsIn('030219851234')).toBe('03021985');
});

it('shows them as they are written', () => {
  expect(['', '0', '03', '0302', '030219', '03021985'].map(spaced)).toEqual([
    '',
    '0',
    '03',
    '03 02',
    '03 02 19',
    '03 02 1985',
  ]);
});
