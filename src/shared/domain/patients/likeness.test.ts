import fc from 'fast-check';
import { expect, it } from 'vitest';
import { haveSimilarNames, isLikelySame, isWorthALook } from './likeness.ts';

const person = (
  family: string,
  given: string,
  birthDate: string | null = null,
  phone: string | null = null,
) => ({
  family,
  given,
  birthDate,
  phone,
});

it.each([
  ['Habimana', 'Jean', 'Habimana', 'Jean', true],
  ['Habimana', 'Jean', 'Jean', 'HABIMANA', true],
  ['Habimana', 'Jéan', 'Habimanna', 'Jean', true],
  ['Habimana', 'Jean', 'Habiamna', 'Jean', true],
  ['Habimana', 'Jean-Paul', 'Habimana', 'Jean', true],
  ['Habimana', 'Jean', 'Habimana', 'Joan', true],
  ['Habimana', 'Jean', 'Mutesi', 'Jean', false],
  ['Li', 'Na', 'Lu', 'Na', false],
  ['', '', '', '', false],
])('%s %s and %s %s: %s', (family, given, otherFamily, otherGiven, expected) => {
  expect(haveSimilarNames(person(family, given), person(otherFamily, otherGiven))).toBe(expected);
});

it('needs a birth date or a phone beside the name', () => {
  const jean = person('Habimana', 'Jean', '1985-02-03', '+250788123456');
  expect(isLikelySame(jean, person('Habimana', 'Jean'))).toBe(false);
  expect(isLikelySame(jean, person('Habimana', 'Jean', '1985-02-03'))).toBe(true);
  expect(isLikelySame(jean, person('Habimana', 'Jean', null, '+250 788 123 456'))).toBe(true);
  expect(isLikelySame(jean, person('Mutesi', 'Ange', '1985-02-03'))).toBe(false);
  expect(isWorthALook(jean, person('Mutesi', 'Ange', null, '+250788123456'))).toBe(true);
});

it('does not care who is compared with whom', () => {
  const name = fc.string({ minLength: 0, maxLength: 12 });
  fc.assert(
    fc.property(name, name, name, name, (a, b, c, d) => {
      expect(haveSimilarNames(person(a, b), person(c, d))).toBe(haveSimilarNames(person(c, d), person(a, b)));
    }),
  );
});
