import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader, LocalRowOf } from '#main/data/local/store.ts';

/** Of each kind, what is shown of one person; nobody has more. */
const most = { rows: 100, consents: 500 } as const;

type Table = 'patient_telecom' | 'patient_identifier' | 'coverage';

/** What stands of one person under all records of theirs, the latest first. */
const standing = <T extends Table>(reader: LocalReader, table: T, id: string) =>
  reader.all(
    localDb
      .selectFrom(table as Table)
      .selectAll()
      .where('patient_id', 'in', samePatient(id))
      .where('voided_at', 'is', null)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(most.rows),
  ) as readonly LocalRowOf<T>[];

export const telecomsOf = (reader: LocalReader, id: string) => standing(reader, 'patient_telecom', id);
export const identifiersOf = (reader: LocalReader, id: string) => standing(reader, 'patient_identifier', id);
export const coveragesOf = (reader: LocalReader, id: string) => standing(reader, 'coverage', id);

/** The name of a payer that is still chosen. */
export const payerName = (reader: LocalReader, id: string): string | null =>
  reader.get(
    localDb
      .selectFrom('organization')
      .select('name')
      .where('id', '=', id)
      .where('kind', '=', 'payer')
      .where('active', '=', 1),
  )?.name ?? null;

/** Everything a person ever said, the latest first. */
export const consentsOf = (reader: LocalReader, id: string): readonly LocalRowOf<'consent'>[] =>
  reader.all(
    localDb
      .selectFrom('consent')
      .selectAll()
      .where('patient_id', 'in', samePatient(id))
      .orderBy('recorded_at', 'desc')
      .orderBy('id', 'desc')
      .limit(most.consents),
  );

/** The photos that stand, the latest first: two desks may each have taken one. */
export const photosOf = (reader: LocalReader, id: string): readonly LocalRowOf<'patient_photo'>[] =>
  reader.all(
    localDb
      .selectFrom('patient_photo')
      .selectAll()
      .where('patient_id', 'in', samePatient(id))
      .where('voided_at', 'is', null)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(5),
  );
