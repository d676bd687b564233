import { fullName } from '#shared/domain/patients/name.ts';
import type { StaffAccountId } from '#shared/kernel/ids.ts';
import { localDb } from './query.ts';
import type { LocalReader } from './store.ts';

/** Names by id; who or what is not here has none. */
export type Names = ReadonlyMap<string, string>;

/** The ids that are there, each once: a query by list has one placeholder for each. */
export const idsIn = (values: readonly (string | null | undefined)[]): readonly string[] => [
  ...new Set(values.filter((value) => value !== null && value !== undefined)),
];

const joined = (...words: readonly (string | null)[]): string => words.filter(Boolean).join(' ').trim();

/** Family name first, as lists are read at a desk. */
export const patientNames = (reader: LocalReader, ids: readonly string[]): Names =>
  new Map(
    reader
      .all(
        localDb
          .selectFrom('patient')
          .select(['id', 'family', 'given'])
          .where('id', 'in', [...ids]),
      )
      .map((row) => [row.id, fullName(row)]),
  );

/** As people address them: `Dr Aline Uwase`. */
export const practitionerNames = (reader: LocalReader, ids: readonly string[]): Names =>
  new Map(
    reader
      .all(
        localDb
          .selectFrom('practitioner')
          .select(['id', 'prefix', 'given', 'family'])
          .where('id', 'in', [...ids]),
      )
      .map((row) => [row.id, joined(row.prefix, row.given, row.family)]),
  );

/** Sites and rooms. */
export const locationNames = (reader: LocalReader, ids: readonly string[]): Names =>
  new Map(
    reader
      .all(
        localDb
          .selectFrom('location')
          .select(['id', 'name'])
          .where('id', 'in', [...ids]),
      )
      .map((row) => [row.id, row.name]),
  );

/** People of the clinic who sign in. */
const staffNames = (reader: LocalReader, ids: readonly string[]): Names =>
  new Map(
    reader
      .all(
        localDb
          .selectFrom('staff_account')
          .select(['id', 'display_name'])
          .where('id', 'in', [...ids]),
      )
      .map((row) => [row.id, row.display_name]),
  );

/** Patients who sign in; a desk that does not hold their accounts knows them by the records they asked for. */
export const patientAccountNames = (reader: LocalReader, ids: readonly string[]): Names => {
  if (ids.length === 0) return new Map();
  const asked = reader.all(
    localDb
      .selectFrom('patient_account_link')
      .select(['account_id', 'account_name'])
      .where('account_id', 'in', [...ids])
      .limit(1000),
  );
  const accounts = reader.all(
    localDb
      .selectFrom('patient_account')
      .select(['id', 'display_name'])
      .where('id', 'in', [...ids]),
  );
  return new Map([
    ...asked.map((row) => [row.account_id, row.account_name] as const),
    ...accounts.map((row) => [row.id, row.display_name] as const),
  ]);
};

/** Whoever signs in, one of the clinic or a patient. */
export const accountNames = (reader: LocalReader, ids: readonly string[]): Names => {
  const staff = staffNames(reader, ids);
  const others = ids.filter((id) => !staff.has(id));
  return others.length === 0 ? staff : new Map([...staff, ...patientAccountNames(reader, others)]);
};

/** Everybody who signs in or did, by name. */
export const everybody = (reader: LocalReader): { id: StaffAccountId; name: string }[] =>
  reader
    .all(
      localDb
        .selectFrom('staff_account')
        .select(['id', 'display_name'])
        .orderBy('display_name')
        .orderBy('id'),
    )
    .map(({ id, display_name }) => ({ id: id as StaffAccountId, name: display_name }));

/** When appointments are, as wall times `YYYY-MM-DDTHH:MM` where they are. */
export const appointmentTimes = (reader: LocalReader, ids: readonly string[]): Names =>
  new Map(
    reader
      .all(
        localDb
          .selectFrom('appointment')
          .select(['id', 'start_local'])
          .where('id', 'in', [...ids]),
      )
      .map((row) => [row.id, row.start_local]),
  );
