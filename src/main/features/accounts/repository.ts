import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

/** Every account by name, at most 1,000. */
export const allAccounts = (reader: LocalReader): readonly LocalRowOf<'staff_account'>[] =>
  reader.all(
    localDb.selectFrom('staff_account').selectAll().orderBy('display_name').orderBy('id').limit(1000),
  );

/** Who works here as a practitioner, at most 1,000. */
export const activePractitioners = (
  reader: LocalReader,
): readonly Pick<LocalRowOf<'practitioner'>, 'id' | 'prefix' | 'given' | 'family'>[] =>
  reader.all(
    localDb
      .selectFrom('practitioner')
      .select(['id', 'prefix', 'given', 'family'])
      .where('active', '=', 1)
      .orderBy('family')
      .orderBy('given')
      .limit(1000),
  );

/** The sites of the clinic, at most 200. */
export const activeSites = (reader: LocalReader): readonly { readonly id: string; readonly name: string }[] =>
  reader.all(
    localDb
      .selectFrom('location')
      .select(['id', 'name'])
      .where('kind', '=', 'site')
      .where('active', '=', 1)
      .orderBy('name')
      .limit(200),
  );

/** The number of the first refused work about each account. */
export const refusedWork = (reader: LocalReader): ReadonlyMap<string, number> => {
  const rows = reader.all(
    localDb
      .selectFrom('outbox as o')
      .innerJoin('outbox_row as r', 'r.n', 'o.n')
      .select(['o.n', 'r.pk'])
      .where('o.status', '=', 'parked')
      .where('r.tbl', '=', 'staff_account')
      .orderBy('o.n', 'desc')
      .limit(200),
  );
  return new Map(rows.map(({ n, pk }) => [pk, n]));
};
