import { localDb } from './query.ts';
import type { LocalReader } from './store.ts';

/** What is said of practitioners and sites: by practitioner, whether they work at a site. */
export const saidOfSites = (reader: LocalReader): ReadonlyMap<string, ReadonlyMap<string, boolean>> => {
  const rows = reader.all(
    localDb
      .selectFrom('practitioner_location')
      .select(['practitioner_id', 'location_id', 'active'])
      .limit(20_000),
  );
  const groups = Map.groupBy(rows, (row) => row.practitioner_id);
  return new Map(
    [...groups].map(([id, all]) => [id, new Map(all.map((row) => [row.location_id, row.active === 1]))]),
  );
};
