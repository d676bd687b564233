import { fold } from '#shared/domain/patients/fold.ts';
import { formatMrn, mrnPrefixFor } from '#shared/domain/patients/mrn.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { districts, familyNames, femaleNames, maleNames, towns } from './names.ts';
import { demoId, type Random } from './random.ts';
import { accountId, siteIds } from './staff.ts';

type Patient = RowOf<'patient'>;
type Person = Pick<Patient, 'family' | 'given' | 'gender' | 'birth_date' | 'birth_date_estimated'>;

const birthDateUnknown = 0.006;

const birthDate = (random: Random, today: string) => {
  // Half of Rwanda is under 20; clinics also see many of the old.
  const years = random.chance(0.45)
    ? random.between(0, 15)
    : random.chance(0.8)
      ? random.between(16, 49)
      : random.between(50, 91);
  const date = addDays(today, -Math.round(years * 365.25) - random.between(1, 364));
  const estimated = years > 20 && random.chance(0.18);
  return { date: estimated ? `${date.slice(0, 4)}-01-01` : date, estimated };
};

const person = (random: Random, today: string): Person => {
  const gender = random.chance(0.56) ? 'female' : 'male';
  const born = birthDate(random, today);
  return {
    family: random.pick(familyNames),
    given: random.pick(gender === 'female' ? femaleNames : maleNames),
    gender: random.chance(0.005) ? 'unknown' : gender,
    birth_date: random.chance(birthDateUnknown) ? null : born.date,
    birth_date_estimated: born.estimated ? 1 : 0,
  };
};

const phone = (random: Random): string =>
  `+2507${random.pick(['2', '3', '8', '9'])}${String(random.between(0, 9_999_999)).padStart(7, '0')}`;

const contact = (random: Random, { family, birth_date }: Person, today: string) => {
  const child = birth_date !== null && birth_date > addDays(today, -15 * 365);
  if (!child && !random.chance(0.4)) return { contact_name: null, contact_phone: null };
  const given = random.pick(random.chance(0.6) ? femaleNames : maleNames);
  return {
    contact_name: `${given} ${child ? family : random.pick(familyNames)}`,
    contact_phone: phone(random),
  };
};

const home = (random: Random) =>
  random.chance(0.85)
    ? {
        address_line: `${random.pick(districts)}, KG ${random.between(1, 680)} Street ${random.between(1, 90)}`,
        city: 'Kigali',
      }
    : { address_line: null, city: random.pick(towns) };

const emailOf = (random: Random, { family, given }: Person): string | null => {
  const word = (text: string) => fold(text).replace(/[^a-z]+/g, '');
  return random.chance(0.3) ? `${word(given)}.${word(family)}${random.between(1, 99)}@example.org` : null;
};

const registered = (random: Random, number: number, someone: Person, today: string): Patient => {
  const atRemera = random.chance(0.4);
  const child = someone.birth_date !== null && someone.birth_date > addDays(today, -15 * 365);
  const earliest = someone.birth_date ?? addDays(today, -900);
  const created = addDays(today, -random.between(15, 900));
  return {
    id: demoId(`patient ${number}`),
    mrn: formatMrn(mrnPrefixFor(atRemera ? 'Remera' : 'Kacyiru'), number),
    ...someone,
    phone: child || random.chance(0.05) ? null : phone(random),
    email: child ? null : emailOf(random, someone),
    ...home(random),
    postal_code: null,
    country: 'RW',
    ...contact(random, someone, today),
    deceased_date: null,
    location_id: atRemera ? siteIds.remera : siteIds.kacyiru,
    source: null,
    created_at: `${created < earliest ? addDays(today, -1) : created}T07:${String(random.between(10, 59))}:00.000Z`,
    created_by: accountId(atRemera ? 'eric' : 'claudine'),
    voided_at: null,
    voided_by: null,
    void_reason: null,
    merged_into: null,
    language: null,
    contact_relation: null,
  };
};

/** People a desk must tell apart: twins, and namesakes of other ages. */
const alike = (random: Random, today: string): readonly Person[] => {
  const twin = {
    family: 'Mukeshimana',
    birth_date: addDays(today, -2_345),
    birth_date_estimated: 0,
  } as const;
  const namesake = {
    family: 'Uwimana',
    given: 'Claudine',
    gender: 'female',
    birth_date_estimated: 0,
  } as const;
  const years = (count: number) => addDays(today, -count * 365 - random.between(1, 300));
  return [
    { ...twin, given: 'Keza', gender: 'female' },
    { ...twin, given: 'Keza Divine', gender: 'female' },
    { ...namesake, birth_date: years(24) },
    { ...namesake, birth_date: years(24) },
    { ...namesake, birth_date: years(61) },
    {
      family: 'Habimana',
      given: 'Jean-Bosco',
      gender: 'male',
      birth_date: years(33),
      birth_date_estimated: 0,
    },
    {
      family: 'Habimana',
      given: 'Jean Bosco',
      gender: 'male',
      birth_date: years(47),
      birth_date_estimated: 0,
    },
  ];
};

/** `count` patients, the same for the same seed and day. Two of them have died. */
export const makePatients = (random: Random, today: string, count: number): readonly Patient[] => {
  const special = alike(random, today);
  return Array.from({ length: count }, (_, index) => {
    const someone = special[index] ?? person(random, today);
    const patient = registered(random, index + 1, someone, today);
    return index === 40 || index === 41 ? { ...patient, deceased_date: addDays(today, -10) } : patient;
  });
};
