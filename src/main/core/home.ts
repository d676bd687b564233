import { localDb } from '#main/data/local/query.ts';
import type { LocalStore } from '#main/data/local/store.ts';
import { countryOfPhone } from '#shared/domain/patients/phone.ts';
import { settingsOf } from './settings.ts';

/** The site a workstation stands at, as far as it is known. */
export interface Home {
  readonly name: string | null;
  /** IANA */
  readonly timeZone: string;
  /** ISO 3166-1 alpha-2, as it is set, else of the site's own phone number: how numbers without a country are read. */
  readonly country: string | null;
}

/** The site this workstation stands at; without one, the first site of the clinic. */
export const homeOf = (store: LocalStore): Home => {
  const hostZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!store.ready()) return { name: null, timeZone: hostZone, country: null };
  const locationId = store.workstation()?.locationId ?? null;
  const sites = localDb
    .selectFrom('location')
    .select(['id', 'name', 'time_zone', 'phone'])
    .where('kind', '=', 'site');
  const site = store.get(
    locationId === null
      ? sites.where('active', '=', 1).orderBy('name').orderBy('id').limit(1)
      : sites.where('id', '=', locationId),
  );
  return {
    name: site?.name ?? null,
    timeZone: site?.time_zone ?? hostZone,
    country:
      settingsOf(store).of('desk.country', site?.id ?? null) ??
      (site?.phone ? countryOfPhone(site.phone) : null),
  };
};
