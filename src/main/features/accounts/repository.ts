import { sql } from 'kysely';
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

export interface RefusedWork {
  readonly n: number;
  readonly pk: string;
  readonly name: string | null;
  readonly username: string | null;
}

/** Refused work about accounts, oldest first. */
export const refusedWork = (reader: LocalReader): readonly RefusedWork[] =>
  reader.all(
    localDb
      .selectFrom('outbox as o')
      .innerJoin('outbox_row as r', 'r.n', 'o.n')
      .select(['o.n', 'r.pk'])
      .select([
        sql<string | null>`json_extract(o.payload, '$.changes[0].values.display_name')`.as('name'),
        sql<string | null>`json_extract(o.payload, '$.changes[0].values.username')`.as('username'),
      ])
      .where('o.status', '=', 'parked')
      .where('r.tbl', '=', 'staff_account')
      .orderBy('o.n')
      .limit(50),
  );
