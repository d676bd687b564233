import { localDb } from '#main/data/local/query.ts';
import type { LocalStore } from '#main/data/local/store.ts';
import type { Settings } from './settings.ts';

/** Whose paper it is. */
export interface Letterhead {
  readonly name: string;
  /** Empty where nobody wrote one down. */
  readonly address: string;
  readonly phone: string;
}

/** What is at the head of what is printed at a site: as it is set, else as the site says of itself. Without a site, of the first of the clinic. */
export const letterheadOf = (store: LocalStore, settings: Settings, siteId: string | null): Letterhead => {
  const sites = localDb.selectFrom('location').selectAll().where('kind', '=', 'site');
  const own = siteId === null ? undefined : store.get(sites.where('id', '=', siteId));
  const site = own ?? store.get(sites.where('active', '=', 1).orderBy('name').orderBy('id').limit(1));
  const at = site?.id ?? null;
  return {
    name: settings.of('print.name', at) ?? site?.name ?? '',
    address: settings.of('print.address', at) ?? [site?.address_line, site?.city].filter(Boolean).join(', '),
    phone: settings.of('print.phone', at) ?? site?.phone ?? '',
  };
};
