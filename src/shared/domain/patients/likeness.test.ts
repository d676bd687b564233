import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, likelySame, type Person, worthALook } from './likeness.ts';

const jean: Person = {
  mrn: null,
  family: 'Habimana',
  given: 'Jean',
  gender: 'male',
  birthDate: '1985-02-03',
  birthDateEstimated: false,
  otherPhones: [],
  identifiers: [],
  phone: '+250788123456',
  email: null,
  addressLine: '12 Rukiri',
  city: 'Kigali',
};
const like = (more: Partial<Person>) => compare(jean, { ...jean, ...more });
const bare = { phone: null, addressLine: null, city: null };

it.each<[string, Partial<Person>, string]>([
  ['a slip in the name', { given: 'Jaen', ...bare }, 'similar-name'],
  ['a name by ear', { family: 'Abimana', ...bare }, 'similar-name'],
  ['names that are exchanged', { family: 'Jean', given: 'HABIMANA', ...bare }, 'swapped-names'],
  [
    'names that are exchanged, one of them by ear',
    { family: 'Jean', given: 'Abimana', ...bare },
    'swapped-names',
  ],
  ['one more given name', { given: 'Jéan-Paul', ...bare }, 'similar-name'],
  ['an initial', { given: 'J.', ...bare }, 'initial'],
  ['day and month exchanged', { birthDate: '1985-03-02', ...bare }, 'swapped-birth-date'],
  ['a wrong digit', { birthDate: '1985-02-08', addressLine: null }, 'near-birth-date'],
  ['two digits exchanged', { birthDate: '1958-02-03', addressLine: null }, 'near-birth-date'],
  ['an age somebody guessed', { birthDate: '1985-01-01', birthDateEstimated: true }, 'birth-year'],
  ['another phone', { phone: '+250722000000' }, 'same-birth-date'],
  ['a phone as it is dialled', { phone: '0788 123 456', birthDate: null }, 'same-phone'],
  ['a married name', { family: 'Mutesi' }, 'other-family'],
  ['somebody who has moved', { addressLine: 'Elsewhere', city: 'Goma' }, 'same-name'],
])('%s is likely the same person', (_what, more, reason) => {
  const { score, reasons } = like(more);
  expect(score).toBeGreaterThanOrEqual(likelySame);
  expect(reasons).toContain(reason);
});

it.each<[string, Partial<Person>]>([
  ['twins', { given: 'Claude' }],
  ['twins with one name in common', { given: 'Claude Innocent' }],
  ['a father with the same name', { birthDate: '1957-08-21', ...bare }],
  ['a father with the same name and the phone', { birthDate: '1957-08-21' }],
  ['somebody of the same name, born on another day', { birthDate: '1985-11-27', phone: '+250722000000' }],
  ['somebody else with the phone of the family', { given: 'Aline', birthDate: '1990-05-06' }],
  ['somebody born on the same day', { family: 'Mutesi', given: 'Ange', ...bare }],
  ['somebody whose name says everything that is known', { birthDate: null, ...bare }],
])('%s is not likely the same person', (_what, more) => {
  expect(like(more).score).toBeLessThan(likelySame);
});

describe('while somebody is being typed', () => {
  const typed = (more: Partial<Person>) =>
    compare({ ...jean, ...bare, family: '', given: '', gender: null, birthDate: null, ...more }, jean).score;

  it('both names, or the number of a phone alone, are worth a look', () => {
    expect(typed({ family: 'Habimana', given: 'Jean' })).toBeGreaterThanOrEqual(worthALook);
    expect(typed({ phone: '0788123456' })).toBeGreaterThanOrEqual(worthALook);
  });

  it('half a name, or a birth date alone, is not', () => {
    expect(typed({ family: 'Habimana' })).toBeLessThan(worthALook);
    expect(typed({ birthDate: '1985-02-03' })).toBeLessThan(worthALook);
    expect(typed({})).toBe(0);
  });

  it('a phone with the name of another person of the family is not', () => {
    expect(typed({ family: 'Habimana', given: 'Aline', phone: '0788123456' })).toBeLessThan(worthALook);
  });

  it('a record number decides alone', () => {
    expect(compare({ ...jean, ...bare, mrn: 'A', family: 'RUH', given: 'X' }, { ...jean, mrn: 'A' })).toEqual(
      {
        score: 100,
        reasons: ['same-identifier', 'same-birth-date', 'other-family', 'other-given'],
      },
    );
  });
});

it.each([
  ['Mohammed', 'Muhamad'],
  ['Vásquez', 'Basques'],
  ['Jiménez', 'Ximenez'],
  ['Stéphane', 'Stefan'],
  ['Iradukunda', 'Iladukunda'],
  ['Karamil', 'Kalamir'],
  ['Nguyễn', 'Nguyen'],
  ['Abd el Kader', 'Abdelkader'],
  ['García López', 'Garcia'],
])('%s and %s are one family name by ear', (family, other) => {
  expect(compare({ ...jean, family }, { ...jean, family: other }).reasons).not.toContain('other-family');
});

it.each([
  ['Li', 'Lu'],
  ['Uwase', 'Uwimana'],
  ['Mukamana', 'Mutesi'],
  ['Nguyễn', 'Trần'],
])('%s and %s are two family names', (family, other) => {
  expect(compare({ ...jean, family }, { ...jean, family: other }).reasons).toContain('other-family');
});

const words = fc.array(
  fc.constantFrom('jean', 'Joan', 'jeon', 'Joen', 'Paul', 'J', 'Habimana', 'abimana', 'Ñ', '王', '-'),
  {
    maxLength: 4,
  },
);
const text = fc.oneof(
  words.map((all) => all.join(' ')),
  fc.string({ maxLength: 12 }),
);
const optional = fc.option(text, { nil: null });
const born = fc.constantFrom('1985-02-03', '1985-03-02', '1985-01-01', '1958-02-03', '1986-07-21', null);
const someone: fc.Arbitrary<Person> = fc.record({
  mrn: fc.constantFrom('A', 'B', null),
  family: text,
  given: text,
  gender: fc.constantFrom('female', 'male', 'other', null),
  birthDate: born,
  birthDateEstimated: fc.boolean(),
  phone: fc.constantFrom('+250788123456', '0788 123 456', '12', '+33612345678', null),
  otherPhones: fc.array(fc.constantFrom('+250788123456', '0612345678'), { maxLength: 2 }),
  identifiers: fc.array(fc.constantFrom('NI 1', 'NI 2', 'PPN 1'), { maxLength: 2 }),
  email: optional,
  addressLine: optional,
  city: optional,
});

it('does not care who is compared with whom, and stays between 0 and 100', () => {
  fc.assert(
    fc.property(someone, someone, (a, b) => {
      const { score, reasons } = compare(a, b);
      expect(compare(b, a)).toEqual({ score, reasons });
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(100);
    }),
    { numRuns: 2000 },
  );
});

it('does not care either where one word is near several', () => {
  const [a, b] = [
    { ...jean, given: 'Jean Jean Joan' },
    { ...jean, given: 'Joan Joen J' },
  ];
  expect(compare(a, b)).toEqual(compare(b, a));
});

it('a record with names, a birth date and a phone is wholly like itself, and no other is more so', () => {
  fc.assert(
    fc.property(someone, (person) => {
      const known = {
        ...person,
        family: 'Habimana',
        given: 'Jean',
        birthDate: '1985-02-03',
        birthDateEstimated: false,
      };
      expect(compare({ ...known, phone: '0788123456' }, { ...known, phone: '0788123456' }).score).toBe(100);
    }),
  );
});

it('twins stay apart whatever else they share', () => {
  fc.assert(
    fc.property(someone, fc.constantFrom('Claude', 'Innocent', 'Paul Emmanuel'), (person, given) => {
      const twin = { ...person, family: 'Habimana', given: 'Aline', identifiers: [], mrn: null };
      expect(compare(twin, { ...twin, given }).score).toBeLessThan(worthALook);
    }),
  );
});
