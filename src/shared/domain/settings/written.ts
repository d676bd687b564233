import { v5 } from 'uuid';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { isValueOf, type SettingKey, type SettingValue, settings } from './catalogue.ts';

/** The namespace of the ids below. */
const namespace = '0193a5e0-5c1a-7c60-9d0f-6f2f1d6f7a02';

/**
 * The id of what is set for a key, at a site or (null) for the whole clinic: made of both (a UUID version 5), so that two workstations
 * that set one without hearing of each other write one row.
 */
export const settingId = (key: SettingKey, siteId: string | null): string =>
  v5(`${key} ${siteId ?? ''}`, namespace);

/** What of a row tells a setting: `value` is JSON, null where what is usual counts again. */
export type WrittenSetting = Pick<RowOf<'setting'>, 'key' | 'location_id' | 'value'>;

/** The text of a value as a row holds it. */
export const writeSetting = (value: SettingValue): string => JSON.stringify(value);

/**
 * What a row says; undefined where this version cannot read it: of a later version, out of bounds, or written by hand at the
 * centre.
 */
export const readSetting = <K extends SettingKey>(key: K, text: string): SettingValue<K> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return isValueOf(key, value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/**
 * What counts at a site (null: for the whole clinic): what is set for it, else for the clinic, else what is usual. A row that cannot
 * be read counts as one that is not there. `rows` may have other keys and sites too.
 */
export const effective = <K extends SettingKey>(
  key: K,
  rows: readonly WrittenSetting[],
  siteId: string | null,
): SettingValue<K> => {
  const at = (place: string | null) => {
    const text = rows.find((row) => row.key === key && row.location_id === place)?.value ?? null;
    return text === null ? undefined : readSetting(key, text);
  };
  const own = siteId !== null && settings[key].perSite ? at(siteId) : undefined;
  if (own !== undefined) return own;
  const clinic = at(null);
  return clinic === undefined ? settings[key].usual : clinic;
};

/** What is written that this version does not understand: keys it knows whose value it cannot read, and how many keys it does not know. */
export const notUnderstood = (
  rows: readonly WrittenSetting[],
): { readonly unreadable: readonly SettingKey[]; readonly unknown: number } => {
  const standing = rows.filter(({ value }) => value !== null);
  const isKnown = (key: string): key is SettingKey => Object.hasOwn(settings, key);
  const unreadable = standing.flatMap(({ key, value }) =>
    isKnown(key) && value !== null && readSetting(key, value) === undefined ? [key] : [],
  );
  return {
    unreadable: [...new Set(unreadable)].sort(),
    unknown: standing.filter(({ key }) => !isKnown(key)).length,
  };
};
