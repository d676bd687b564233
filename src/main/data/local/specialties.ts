import { localDb } from './query.ts';
import type { LocalReader } from './store.ts';

/** The ids of practitioners who have one of these specialities, first or further, for `in`. */
export const ofSpecialties = (specialties: readonly string[]) =>
  localDb
    .selectFrom('practitioner')
    .select('id')
    .where('speciality', 'in', specialties)
    .union(
      localDb
        .selectFrom('practitioner_specialty')
        .select('practitioner_id as id')
        .where('specialty', 'in', specialties)
        .where('active', '=', 1),
    );

/** Whether a practitioner has one of these specialities, asked for many at once. */
export const whoHas = (reader: LocalReader, specialties: readonly string[]): ReadonlySet<string> =>
  new Set(reader.all(ofSpecialties(specialties)).map(({ id }) => id));

/** The further specialities of all practitioners, by practitioner, in alphabetical order. */
export const furtherSpecialties = (reader: LocalReader): ReadonlyMap<string, readonly string[]> => {
  const rows = reader.all(
    localDb
      .selectFrom('practitioner_specialty')
      .select(['practitioner_id', 'specialty'])
      .where('active', '=', 1)
      .orderBy('specialty')
      .limit(5000),
  );
  const groups = Map.groupBy(rows, (row) => row.practitioner_id);
  return new Map([...groups].map(([id, all]) => [id, all.map(({ specialty }) => specialty)]));
};

/** All specialities of one practitioner, the first before the others; undefined for nobody. */
export const specialtiesOf = (reader: LocalReader, id: string): readonly string[] | undefined => {
  const first = reader.get(localDb.selectFrom('practitioner').select('speciality').where('id', '=', id));
  if (first === undefined) return undefined;
  const further = reader.all(
    localDb
      .selectFrom('practitioner_specialty')
      .select('specialty')
      .where('practitioner_id', '=', id)
      .where('active', '=', 1)
      .orderBy('specialty')
      .limit(100),
  );
  return [...new Set([first.speciality, ...further.map(({ specialty }) => specialty)])];
};
