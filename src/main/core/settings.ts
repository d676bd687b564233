import { localDb } from '#main/data/local/query.ts';
import type { LocalStore } from '#main/data/local/store.ts';
import type { SettingKey, SettingValue } from '#shared/domain/settings/catalogue.ts';
import { effective } from '#shared/domain/settings/written.ts';

/** What the clinic has set, read anew each time. A value that cannot be read falls back to what is usual and fails nobody. */
export interface Settings {
  /** What counts at a site; null: for the whole clinic. */
  of<K extends SettingKey>(key: K, siteId: string | null): SettingValue<K>;
  /** What counts at the site this workstation stands at. */
  here<K extends SettingKey>(key: K): SettingValue<K>;
}

export const settingsOf = (store: LocalStore): Settings => {
  const of: Settings['of'] = (key, siteId) =>
    effective(key, store.all(localDb.selectFrom('setting').selectAll().where('key', '=', key)), siteId);
  return { of, here: (key) => of(key, store.workstation()?.locationId ?? null) };
};
