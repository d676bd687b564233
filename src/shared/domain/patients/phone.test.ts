import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countryOfPhone, normalisePhone, phoneDigits } from './phone.ts';

it.each([
  ['0788 123 456', 'RW', '+250788123456'],
  ['(0) 788-123456', 'RW', '+250788123456'],
  ['+44 20 7946 0018', 'RW', '+442079460018'],
  ['212 555 0123', 'US', '+12125550123'],
  ['call her sister', 'RW', 'call her sister'],
  ['12', 'RW', '12'],
  ['0788 123 456', null, '0788 123 456'],
  ['0788 123 456', 'ZZ', '0788 123 456'],
  ['0788123456 ext 12', 'RW', '0788123456 ext 12'],
])('reads %s in %s as %s', (typed, country, expected) => {
  expect(normalisePhone(typed, country)).toBe(expected);
});

it('is settled after the first time', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[+0-9 ()-]{1,18}$/)), (typed) => {
      const once = normalisePhone(typed, 'RW');
      expect(normalisePhone(once, 'RW')).toBe(once);
    }),
    { numRuns: 1000 },
  );
});

it('compares by digits', () => {
  expect(phoneDigits('+250 788-123-456')).toBe('250788123456');
});

it('tells the country of an international number only', () => {
  expect(countryOfPhone('+250 788 123 456')).toBe('RW');
  expect(countryOfPhone('0788 123 456')).toBeNull();
  expect(countryOfPhone('')).toBeNull();
});
