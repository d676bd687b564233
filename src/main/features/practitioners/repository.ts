import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

/** Each active practitioner once for each site of an active schedule line, by name. */
export const placesOfPractitioners = (
  reader: LocalReader,
): readonly (LocalRowOf<'practitioner'> & { readonly location_id: string })[] =>
  reader.all(
    localDb
      .selectFrom('practitioner as d')
      .innerJoin('schedule as s', 's.practitioner_id', 'd.id')
      .selectAll('d')
      .select('s.location_id')
      .distinct()
      .where('d.active', '=', 1)
      .where('s.active', '=', 1)
      .orderBy('d.family')
      .orderBy('d.given')
      .orderBy('d.id')
      .orderBy('s.location_id')
      .limit(2000),
  );

/** Active sites with an active schedule line, by name. */
export const sitesWithSchedule = (reader: LocalReader): readonly LocalRowOf<'location'>[] =>
  reader.all(
    localDb
      .selectFrom('location as l')
      .selectAll('l')
      .where('l.active', '=', 1)
      .where('l.id', 'in', localDb.selectFrom('schedule').select('location_id').where('active', '=', 1))
      .orderBy('l.name')
      .orderBy('l.id')
      .limit(200),
  );
