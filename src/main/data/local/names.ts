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

/** People who sign in. */
export const accountNames = (reader: LocalReader, ids: readonly string[]): Names =>
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
