import type { FeatureDeps } from '#main/core/deps.ts';
import { type AlikeRow, alikeRows, waysToAlike } from '#main/data/local/alike.ts';
import { goingOn } from '#main/data/local/merged.ts';
import { recordsOf } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { SimilarPatient } from '#shared/contract/patients.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { parseBirthDate } from '#shared/domain/patients/birth-date.ts';
import { identifierKey } from '#shared/domain/patients/identifier.ts';
import { type Likeness, likenessTo, type Person, worthALook } from '#shared/domain/patients/likeness.ts';
import { parseMrn } from '#shared/domain/patients/mrn.ts';
import { normalisePhone } from '#shared/domain/patients/phone.ts';
import { patientsById } from './repository.ts';
import { patientSummaries } from './view.ts';

/** A record as it is compared. */
export const personOf = (row: Omit<AlikeRow, 'id' | 'merged_into'>): Person => ({
  otherPhones: (JSON.parse(row.telecoms) as readonly string[]).filter((value) => !value.includes('@')),
  identifiers: JSON.parse(row.identifiers) as readonly string[],
  mrn: row.mrn,
  family: row.family,
  given: row.given,
  gender: row.gender,
  birthDate: row.birth_date,
  birthDateEstimated: row.birth_date_estimated === 1,
  phone: row.phone,
  email: row.email,
  addressLine: row.address_line,
  city: row.city,
});

/** Records as they are compared, by id. */
export const personsById = (reader: LocalReader, ids: readonly string[]): ReadonlyMap<string, Person> =>
  new Map(alikeRows(reader, ids).map((row) => [row.id, personOf(row)]));

export interface Alike {
  /** The record that goes on, where the one found was merged into another. */
  readonly id: string;
  readonly likeness: Likeness;
}

/** The likeliest first, each person once, under the record that goes on. */
const ranked = (reader: LocalReader, person: Person, atLeast: number, rows: readonly AlikeRow[]) => {
  const likeness = likenessTo(person, atLeast);
  const found = [...new Map(rows.map((row) => [row.id, row])).values()]
    .flatMap((row) => {
      const alike = likeness(personOf(row));
      return alike === null ? [] : [{ row, likeness: alike }];
    })
    .toSorted((a, b) => b.likeness.score - a.likeness.score || (a.row.id < b.row.id ? -1 : 1));
  const merged = found.flatMap(({ row }) => (row.merged_into === null ? [] : [row.id]));
  const roots = goingOn(reader, merged);
  const best = new Map<string, Alike>();
  for (const { row, likeness: alike } of found) {
    const id = roots.get(row.id) ?? row.id;
    if (!best.has(id)) best.set(id, { id, likeness: alike });
  }
  return [...best.values()];
};

/** Who of the patients here looks like `person`, from `atLeast` on, the likeliest first; each person once. */
export const alikeTo = (reader: LocalReader, person: Person, atLeast: number): readonly Alike[] =>
  ranked(
    reader,
    person,
    atLeast,
    waysToAlike(person).flatMap((way) => way(reader)),
  );

/** As {@link alikeTo}, with a pause after each way of looking. */
export const alikeInSteps = async (
  reader: LocalReader,
  person: Person,
  atLeast: number,
  pause: () => Promise<void>,
): Promise<readonly Alike[]> => {
  const rows: AlikeRow[] = [];
  for (const way of waysToAlike(person)) {
    rows.push(...way(reader));
    await pause();
  }
  return ranked(reader, person, atLeast, rows);
};

/** What is being typed, as it is compared. A record number typed or scanned in place of a name is looked for. */
const typedPerson = (deps: FeatureDeps, input: Parsed<'patients.similar'>): Person => {
  const { timeZone, country } = deps.home();
  const birth = parseBirthDate(input.birthDate, { today: dayAt(deps.clock.now(), timeZone) });
  const [familyMrn, givenMrn] = [parseMrn(input.family), parseMrn(input.given)];
  return {
    mrn: familyMrn ?? givenMrn,
    family: familyMrn === null ? input.family : '',
    given: givenMrn === null ? input.given : '',
    gender: input.gender,
    birthDate: birth.ok ? birth.value.date : null,
    birthDateEstimated: birth.ok && birth.value.estimated !== 'nothing',
    phone: input.phone.trim() === '' ? null : normalisePhone(input.phone, country),
    otherPhones: input.phones.map((phone) => normalisePhone(phone, country)),
    identifiers: input.identifiers.map(({ type, value }) => identifierKey(type, value)),
    email: input.email || null,
    addressLine: input.addressLine || null,
    city: input.city || null,
  };
};

const shownAtMost = 5;

const shown = (store: LocalReader, alike: readonly Alike[]): SimilarPatient[] => {
  const likenesses = new Map(alike.map(({ id, likeness }) => [id, likeness]));
  const rows = patientsById(
    store,
    alike.map(({ id }) => id),
  );
  return patientSummaries(store, rows).flatMap((patient) => {
    const likeness = likenesses.get(patient.id);
    return likeness === undefined ? [] : [{ ...patient, ...likeness, reasons: [...likeness.reasons] }];
  });
};

/** The patients that look most like the one being typed. */
export const similarPatients = (deps: FeatureDeps, input: Parsed<'patients.similar'>): SimilarPatient[] =>
  shown(deps.store, alikeTo(deps.store, typedPerson(deps, input), worthALook).slice(0, shownAtMost));

/** The patients that look most like one of them, under records that are not made one with it. */
export const alikeRecords = ({ store }: FeatureDeps, id: string): SimilarPatient[] => {
  const person = personsById(store, [id]).get(id);
  if (person === undefined) return [];
  const own = recordsOf(store, id);
  const alike = alikeTo(store, person, worthALook).filter((one) => !own.has(one.id));
  return shown(store, alike.slice(0, shownAtMost));
};
