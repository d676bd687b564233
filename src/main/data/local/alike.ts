import { type RawBuilder, sql } from 'kysely';
import { swappedDate } from '#shared/domain/patients/birth-likeness.ts';
import { words } from '#shared/domain/patients/fold.ts';
import type { Person } from '#shared/domain/patients/likeness.ts';
import { phoneDigits } from '#shared/domain/patients/phone.ts';
import { partsOf } from '#shared/kernel/calendar.ts';
import { byPhone } from './patient-search.ts';
import { localDb } from './query.ts';
import type { LocalReader } from './store.ts';

/** A record that may be the person looked for, with what is compared. */
export interface AlikeRow {
  readonly id: string;
  readonly mrn: string;
  readonly family: string;
  readonly given: string;
  readonly gender: string;
  readonly birth_date: string | null;
  readonly birth_date_estimated: 0 | 1;
  readonly phone: string | null;
  readonly email: string | null;
  readonly address_line: string | null;
  readonly city: string | null;
  readonly merged_into: string | null;
  /** JSON: the values of further phones and emails. */
  readonly telecoms: string;
  /** JSON: `identifierKey` of each identifier. */
  readonly identifiers: string;
}

/** How many records each way of looking may bring, so that a common name or day costs no more than a rare one. */
const most = { born: 150, phone: 50, identifier: 50, namesAndYear: 150, names: 150 } as const;
/** The full-text index keeps the first letters of words ready up to this many. */
const firstLetters = 3;
/** Of a name with more words the first ones are looked for. */
const mostWords = 4;
/** Of a person with more numbers the first ones are looked for. */
const mostNumbers = 4;
/** A guessed age is a year or two off. */
const yearsAround = { guessed: 2, told: 0 } as const;

const columns = sql`p.id, p.mrn, p.family, p.given, p.gender, p.birth_date, p.birth_date_estimated, p.phone, p.email,
  p.address_line, p.city, p.merged_into,
  (SELECT json_group_array(t.value) FROM patient_telecom t
    WHERE t.patient_id = p.id AND t.voided_at IS NULL) AS telecoms,
  (SELECT json_group_array(i.type || ' ' || i.value) FROM patient_identifier i
    WHERE i.patient_id = p.id AND i.voided_at IS NULL) AS identifiers`;

const byBirth = (dates: readonly string[]) =>
  sql<AlikeRow>`SELECT ${columns} FROM patient p
    WHERE p.birth_date IN (${sql.join(dates)}) AND p.voided_at IS NULL LIMIT ${most.born}`;

const byNumber = (digits: string) =>
  sql<AlikeRow>`SELECT ${columns} FROM patient p
    WHERE p.rowid IN (${byPhone(digits)}) AND p.voided_at IS NULL LIMIT ${most.phone}`;

const byIdentifiers = (keys: readonly string[]) => {
  const pairs = JSON.stringify(
    keys.map((key) => [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)]),
  );
  return sql<AlikeRow>`SELECT ${columns}
    FROM json_each(${pairs}) w CROSS JOIN patient_identifier n ON n.value = w.value ->> 1
      CROSS JOIN patient p ON p.id = n.patient_id
    WHERE n.type = w.value ->> 0 AND n.voided_at IS NULL AND p.voided_at IS NULL LIMIT ${most.identifier}`;
};

/** Names in either order: the index does not say which name a word is from. */
const byNames = (match: string, years: readonly [string, string] | null) => {
  const born = years
    ? sql`AND +f.rowid IN (SELECT rowid FROM patient WHERE birth_date BETWEEN ${years[0]} AND ${years[1]})`
    : sql``;
  return sql<AlikeRow>`SELECT ${columns} FROM patient_fts f CROSS JOIN patient p ON p.rowid = f.rowid
    WHERE patient_fts MATCH ${match} ${born} AND p.voided_at IS NULL LIMIT ${years ? most.namesAndYear : most.names}`;
};

/** Words are letters and digits only, so quoting them is enough. */
const anyBeginning = (name: string): string | null => {
  const starts = new Set(
    words(name)
      .slice(0, mostWords)
      .map((word) => [...word].slice(0, firstLetters).join('')),
  );
  return starts.size === 0 ? null : `(${[...starts].map((start) => `"${start}" *`).join(' OR ')})`;
};

const namesOf = ({ family, given }: Person): string | null => {
  const [one, other] = [anyBeginning(family), anyBeginning(given)];
  return one === null || other === null ? null : `${one} AND ${other}`;
};

const yearsAbout = (birthDate: string, estimated: boolean): readonly [string, string] => {
  const [year] = partsOf(birthDate);
  const around = estimated ? yearsAround.guessed : yearsAround.told;
  return [`${year - around}-01-01`, `${year + around}-12-31`];
};

const waysTo = (person: Person): readonly RawBuilder<AlikeRow>[] => {
  const ways: RawBuilder<AlikeRow>[] = [];
  const { birthDate, mrn } = person;
  if (mrn !== null)
    ways.push(sql<AlikeRow>`SELECT ${columns} FROM patient p
      WHERE p.mrn = ${mrn} COLLATE NOCASE AND p.voided_at IS NULL LIMIT 10`);
  // A date nobody knows is the first of January of very many.
  if (birthDate !== null && !person.birthDateEstimated)
    ways.push(byBirth([birthDate, swappedDate(birthDate) ?? birthDate]));
  if (person.identifiers.length > 0) ways.push(byIdentifiers(person.identifiers));
  const numbers = [person.phone ?? '', ...person.otherPhones].map((phone) =>
    phoneDigits(phone).replace(/^0+/, ''),
  );
  for (const digits of [...new Set(numbers)].slice(0, mostNumbers))
    if (digits.length >= 6) ways.push(byNumber(digits));
  const names = namesOf(person);
  if (names !== null && birthDate !== null)
    ways.push(byNames(names, yearsAbout(birthDate, person.birthDateEstimated)));
  if (names !== null) ways.push(byNames(names, null));
  return ways;
};

/** Records by their ids, with what is compared; one that is voided or not here is left out. */
export const alikeRows = (reader: LocalReader, ids: readonly string[]): readonly AlikeRow[] => {
  const query = sql<AlikeRow>`SELECT ${columns} FROM json_each(${JSON.stringify(ids)}) w
    CROSS JOIN patient p ON p.id = w.value WHERE p.voided_at IS NULL`;
  return reader.all<AlikeRow>({ compile: () => query.compile(localDb) });
};

/**
 * The ways to records that may be of `person`, each a bounded query: those born on that day or on the one with day and
 * month exchanged, with one of those phone numbers or identifiers or that record number, and those whose names begin alike, in either order. Who
 * looks at them tells how much they are alike; voided records are left out, merged ones are not.
 */
export const waysToAlike = (person: Person): readonly ((reader: LocalReader) => readonly AlikeRow[])[] =>
  waysTo(person).map((query) => (reader) => reader.all<AlikeRow>({ compile: () => query.compile(localDb) }));
