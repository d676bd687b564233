import { sql } from 'kysely';
import { localDb } from '#main/data/local/query.ts';
import type { LocalReader, LocalRowOf } from '#main/data/local/store.ts';

export type MedicineRow = LocalRowOf<'medicine'>;

/** How many candidates are ranked for one answer, of those whose names begin as typed and of all that match. */
const pool = 500;

interface Wanted {
  /** For the full-text index. */
  readonly match: string;
  readonly offeredOnly: boolean;
}

/** Medicines that match and whose names begin with a word, in the order of their names. */
export const medicinesBeginning = (
  reader: LocalReader,
  { first, match, offeredOnly }: Wanted & { readonly first: string },
): readonly MedicineRow[] => {
  // The sign: names are walked in their order, and each looked for among what matches, so that the walk can stop.
  const query = sql<MedicineRow>`SELECT m.* FROM medicine m
    WHERE lower(m.name) >= ${first} AND lower(m.name) < ${`${first}\u{10ffff}`}
      AND +m.rowid IN (SELECT f.rowid FROM medicine_fts f WHERE medicine_fts MATCH ${match})
      ${offeredOnly ? sql`AND m.active = 1` : sql``}
    ORDER BY lower(m.name) LIMIT ${pool}`;
  return reader.all<MedicineRow>({ compile: () => query.compile(localDb) });
};

/** Medicines that match. The full-text index stops at the pool. */
export const medicinesWith = (
  reader: LocalReader,
  { match, offeredOnly }: Wanted,
): readonly MedicineRow[] => {
  const query = sql<MedicineRow>`SELECT m.* FROM medicine_fts f CROSS JOIN medicine m ON m.rowid = f.rowid
    WHERE medicine_fts MATCH ${match} ${offeredOnly ? sql`AND m.active = 1` : sql``} LIMIT ${pool}`;
  return reader.all<MedicineRow>({ compile: () => query.compile(localDb) });
};

/** How many medicines there are. */
export const countMedicines = (reader: LocalReader): number =>
  Number(reader.get(localDb.selectFrom('medicine').select(({ fn }) => fn.countAll().as('n')))?.n ?? 0);

export const medicinesById = (reader: LocalReader, ids: readonly string[]): readonly MedicineRow[] =>
  ids.length === 0 ? [] : reader.all(localDb.selectFrom('medicine').selectAll().where('id', 'in', ids));

export const findMedicine = (reader: LocalReader, id: string): MedicineRow | undefined =>
  reader.get(localDb.selectFrom('medicine').selectAll().where('id', '=', id));

export const findByCode = (reader: LocalReader, system: string, code: string): MedicineRow | undefined =>
  reader.get(
    localDb
      .selectFrom('medicine')
      .selectAll()
      .where('code_system', '=', system)
      .where('code', '=', code)
      .limit(1),
  );

/** The next medicines by name. */
export const medicinesAfter = (
  reader: LocalReader,
  after: { readonly name: string; readonly id: string } | null,
  limit: number,
): readonly MedicineRow[] =>
  reader.all(
    localDb
      .selectFrom('medicine')
      .selectAll()
      .$if(after !== null, (query) =>
        query
          .where('name', '>=', after?.name ?? '')
          .where((eb) => eb.or([eb('name', '>', after?.name ?? ''), eb('id', '>', after?.id ?? '')])),
      )
      .orderBy('name')
      .orderBy('id')
      .limit(limit),
  );
