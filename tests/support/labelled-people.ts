import { v5 } from 'uuid';
import type { Person } from '#shared/domain/patients/likeness.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { createRandom, type Random } from '#tests/chaos/random.ts';
import { somePatient } from './sync-local.ts';

interface Tongue {
  readonly families: readonly string[];
  readonly female: readonly string[];
  readonly male: readonly string[];
  /** Two family names, or more than one given name, as people of that tongue have them. */
  readonly twoFamilies: number;
  readonly twoGivens: number;
}

const list = (text: string): readonly string[] => text.split(' ');

const tongues: readonly Tongue[] = [
  {
    families: list(
      'Habimana Uwase Mugabo Keza Ingabire Gasana Mutesi Niyonzima Mukamana Ndayisenga Iradukunda Nshimiyimana Hakizimana Uwimana Bizimana Nkurunziza Rwigema Kayitesi Munyaneza Twagirayezu',
    ),
    female: list(
      'Aline Chantal Solange Claudine Divine Olive Esther Diane Béatrice Yvonne Immaculée Clarisse',
    ),
    male: list('Jean Patrick Éric Emmanuel Innocent Samuel Josué Pascal Fabrice Moïse Alphonse Théogène'),
    twoFamilies: 0,
    twoGivens: 0.4,
  },
  {
    families: list(
      'Dupont Lefèvre Moreau Girard Mercier Rousseau Fontaine Chevalier Gauthier Perrin Lemaître Bouchard',
    ),
    female: list('Élodie Camille Hélène Juliette Margaux Océane Sylvie Nathalie Véronique Thérèse'),
    male: list('François Stéphane Philippe Gérard Mathieu Rémi Olivier Christophe Benoît Thibault'),
    twoFamilies: 0.1,
    twoGivens: 0.3,
  },
  {
    families: list(
      'Benali Haddad Mansouri Khelifi Bouazizi Cherif Belkacem Zerrouki Hamdani Taleb Khoury Rahmani',
    ),
    female: list('Fatima Khadija Aïcha Samira Nadia Yasmine Zineb Meriem Latifa Rachida'),
    male: list('Mohammed Youssef Abdelkader Rachid Karim Hussein Mustafa Khalid Tariq Nourredine'),
    twoFamilies: 0,
    twoGivens: 0.1,
  },
  {
    families: list('Nguyễn Trần Phạm Hoàng Huỳnh Đặng Bùi Dương Trương Đinh'),
    female: list('Hương Phương Thảo Trang Quỳnh Hạnh Nhung Thủy'),
    male: list('Thành Dũng Quang Tuấn Khánh Phúc Trung Hùng'),
    twoFamilies: 0,
    twoGivens: 0.8,
  },
  {
    families: list(
      'García López Martínez Rodríguez Hernández Jiménez Vásquez Gutiérrez Muñoz Castillo Romero Ibáñez',
    ),
    female: list('María Guadalupe Ximena Concepción Rosario Leticia Beatriz Graciela Esperanza'),
    male: list('Jorge Ignacio Esteban Gonzalo Álvaro Joaquín Rubén Ezequiel Vicente'),
    twoFamilies: 0.9,
    twoGivens: 0.4,
  },
];

/** A whole number below `limit`. */
const below = (random: Random, limit: number): number => random.between(0, limit - 1);

const streets = list('Rukiri Kimihurura Nyarugenge Gisozi Remera Kacyiru Gikondo Kanombe');
const towns = list('Kigali Musanze Huye Rubavu Nyagatare Lyon Kampala');

const pad = (number: number, digits = 2): string => String(number).padStart(digits, '0');
const date = (year: number, random: Random): string =>
  `${year}-${pad(1 + below(random, 12))}-${pad(1 + below(random, 28))}`;

const number = (random: Random): string => `+25078${pad(below(random, 10_000_000), 7)}`;

const somebody = (random: Random): Person => {
  const tongue = random.pick(tongues);
  const gender = random.chance(0.5) ? 'female' : 'male';
  const several = (names: readonly string[], share: number) =>
    [...new Set([random.pick(names), ...(random.chance(share) ? [random.pick(names)] : [])])].join(' ');
  return {
    mrn: null,
    family: several(tongue.families, tongue.twoFamilies),
    given: several(tongue[gender], tongue.twoGivens),
    gender,
    birthDate: date(1935 + below(random, 88), random),
    birthDateEstimated: false,
    phone: random.chance(0.85) ? number(random) : null,
    otherPhones: random.chance(0.25) ? [number(random)] : [],
    identifiers: random.chance(0.3) ? [`NI ${pad(below(random, 1_000_000_000), 9)}`] : [],
    email: null,
    addressLine: random.chance(0.7) ? `${1 + below(random, 400)} ${random.pick(streets)}` : null,
    city: random.pick(towns),
  };
};

/** One slip in a word of four letters or more: a letter changed, dropped, doubled, or exchanged with its neighbour. */
const slip = (name: string, random: Random): string => {
  if (name.length < 4) return name;
  const at = 1 + below(random, name.length - 2);
  const [before, letter, after] = [name.slice(0, at), name.charAt(at), name.slice(at + 1)];
  return random.pick([
    `${before}${random.pick([...'aeiourstnm'])}${after}`,
    `${before}${after}`,
    `${before}${letter}${letter}${after}`,
    `${before}${after.charAt(0)}${letter}${after.slice(1)}`,
  ]);
};

/** What the ear makes of a name. */
const byEar: readonly (readonly [RegExp, string])[] = [
  [/ph/i, 'f'],
  [/ou/i, 'u'],
  [/kh/i, 'k'],
  [/l/, 'r'],
  [/c(?=[aou])/i, 'k'],
  [/qu/i, 'k'],
  [/y/, 'i'],
  [/ss/, 's'],
  [/v/i, 'b'],
  [/z/, 's'],
  [/mm/, 'm'],
  [/ch/i, 'sh'],
  [/th/i, 't'],
];
const heard = (name: string, random: Random): string => {
  const fitting = byEar.filter(([written]) => written.test(name));
  if (fitting.length === 0) return slip(name, random);
  const [written, told] = random.pick(fitting);
  return name.replace(written, told);
};

const swappedDay = (born: string): string => {
  const [year = '', month = '', day = ''] = born.split('-');
  return Number(day) <= 12 ? `${year}-${day}-${month}` : born;
};

/** One digit of the day wrong, as long as it stays a day. */
const wrongDigit = (born: string, random: Random): string =>
  `${born.slice(0, 9)}${(Number(born.slice(9)) + 1 + below(random, 7)) % 9 || 1}`;

/** `known` is the person with everything that is on record. */
type Change = (person: Person, random: Random, known: Person) => Person;

/** What happens to one person between two registrations; the name of each is printed with what is missed. */
const errors: Readonly<Record<string, Change>> = {
  typo: (person, random) => ({ ...person, given: slip(person.given, random) }),
  'typo in both names': (person, random) => ({
    ...person,
    family: slip(person.family, random),
    given: slip(person.given, random),
  }),
  'by ear': (person, random) => ({ ...person, family: heard(person.family, random) }),
  'no accents': (person) => ({ ...person, given: person.given.normalize('NFD').replace(/\p{M}/gu, '') }),
  'swapped names': (person) => ({ ...person, family: person.given, given: person.family }),
  'day and month': (person) => ({ ...person, birthDate: swappedDay(person.birthDate ?? '') }),
  'wrong digit': (person, random) => ({ ...person, birthDate: wrongDigit(person.birthDate ?? '', random) }),
  'given missing': (person) => ({ ...person, given: person.given.split(' ')[0] ?? person.given }),
  'given added': (person, random) => ({
    ...person,
    given: `${person.given} ${random.pick(tongues[0]?.male ?? [])}`,
  }),
  'family missing': (person) => ({ ...person, family: person.family.split(' ').at(-1) ?? person.family }),
  'other phone': (person, random) => ({ ...person, phone: number(random) }),
  'second phone': (person, _random, known) => ({ ...person, phone: known.otherPhones[0] ?? person.phone }),
  'a card and a name by ear': (person, random, known) => ({
    ...person,
    family: heard(slip(person.family, random), random),
    phone: null,
    identifiers: known.identifiers,
  }),
  'no phone': (person) => ({ ...person, phone: null }),
  'year only': (person) => ({
    ...person,
    birthDate: `${person.birthDate?.slice(0, 4)}-01-01`,
    birthDateEstimated: true,
  }),
  moved: (person, random) => ({
    ...person,
    addressLine: `${below(random, 400)} Elsewhere`,
    city: random.pick(towns),
  }),
  'married name': (person, random) => ({ ...person, family: random.pick(random.pick(tongues).families) }),
};

const kinds = Object.keys(errors);

type Other = (person: Person, random: Random) => Person;
const otherGiven = (person: Person, random: Random): string => {
  const own = person.given.split(' ');
  const given = random.pick(
    tongues.flatMap(({ female, male }) => [...female, ...male]).filter((name) => !own.includes(name)),
  );
  return given;
};

/** People who are alike and are not one. */
const others: Readonly<Record<string, Other>> = {
  twin: (person, random) => ({ ...person, given: otherGiven(person, random) }),
  'father or son': (person, random) => ({
    ...person,
    birthDate: date(Number(person.birthDate?.slice(0, 4)) - 20 - below(random, 15), random),
  }),
  'phone of the family': (person, random) => ({
    ...somebody(random),
    family: person.family,
    phone: person.phone,
    addressLine: person.addressLine,
    city: person.city,
  }),
  'same name, same year': (person, random) => ({
    ...somebody(random),
    family: person.family,
    given: person.given,
    gender: person.gender,
    birthDate: date(Number(person.birthDate?.slice(0, 4)), random),
  }),
  'same day': (person, random) => ({ ...somebody(random), birthDate: person.birthDate }),
};

/** One record that is looked for. */
export interface Labelled {
  readonly kind: string;
  readonly person: Person;
  /** The record of the same person, null when it is somebody else. */
  readonly same: string | null;
}

const namespace = '0d3a1f3e-5a0f-4f5c-8a44-1f0c8a0c1f10';

const rowOf = (person: Person, index: number): RowOf<'patient'> =>
  somePatient({
    id: v5(String(index), namespace),
    mrn: `LAB-${index}`,
    family: person.family,
    given: person.given,
    gender: person.gender ?? 'unknown',
    birth_date: person.birthDate,
    birth_date_estimated: person.birthDateEstimated ? 1 : 0,
    phone: person.phone,
    address_line: person.addressLine,
    city: person.city,
  });

const written = (index: number, id: string) => ({
  id,
  patient_id: v5(String(index), namespace),
  created_at: '2026-11-23T08:00:00.000Z',
  created_by: null,
  voided_at: null,
  voided_by: null,
  void_reason: null,
});

const telecomRow = (index: number, value: string): RowOf<'patient_telecom'> => ({
  ...written(index, v5(`phone ${index}`, namespace)),
  system: 'phone',
  value,
  use: null,
  note: null,
});

const identifierRow = (index: number, key: string): RowOf<'patient_identifier'> => ({
  ...written(index, v5(`identifier ${index}`, namespace)),
  type: 'NI',
  value: key.slice('NI '.length),
  issuer: null,
});

/** `count` people who are registered, and as many again who come: one in two is here already, with what desks do to names and dates. */
export const labelledPeople = (
  seed: number,
  count: number,
): {
  readonly known: readonly RowOf<'patient'>[];
  readonly telecoms: readonly RowOf<'patient_telecom'>[];
  readonly identifiers: readonly RowOf<'patient_identifier'>[];
  readonly coming: readonly Labelled[];
} => {
  const random = createRandom(seed);
  const people = Array.from({ length: count }, () => somebody(random));
  const known = people.map(rowOf);
  const telecoms = people.flatMap((person, index) =>
    person.otherPhones.map((value) => telecomRow(index, value)),
  );
  const identifiers = people.flatMap((person, index) =>
    person.identifiers.map((key) => identifierRow(index, key)),
  );
  const coming = people.map((all, index): Labelled => {
    // Who comes says one number and shows a card when asked.
    const person: Person = { ...all, otherPhones: [], identifiers: [] };
    if (random.chance(0.5)) {
      // Two desks differ in one thing mostly, quite often in two.
      const together = [random.pick(kinds), ...(random.chance(0.4) ? [random.pick(kinds)] : [])];
      const changed = together.reduce((now, error) => errors[error]?.(now, random, all) ?? now, person);
      return { kind: together.toSorted().join(' + '), person: changed, same: known[index]?.id ?? null };
    }
    const kind = random.pick(Object.keys(others));
    return { kind, person: others[kind]?.(person, random) ?? person, same: null };
  });
  return { known, telecoms, identifiers, coming };
};
