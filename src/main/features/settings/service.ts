import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { letterheadOf } from '#main/core/letterhead.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { SettingStand } from '#shared/contract/settings.ts';
import {
  isValueOf,
  type SettingKey,
  type SettingValues,
  settingKeys,
  settings,
} from '#shared/domain/settings/catalogue.ts';
import { notUnderstood, readSetting, settingId, writeSetting } from '#shared/domain/settings/written.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { findSetting, sites, writtenSettings } from './repository.ts';

const standOf = (key: SettingKey, written: string): SettingStand => {
  const value = readSetting(key, written);
  return { written, value: value ?? null, understood: value !== undefined };
};

const list = ({ store }: FeatureDeps): Output<'settings.list'> => {
  const rows = writtenSettings(store);
  const places = sites(store).map(({ id, name }) => ({ id: id as LocationId, name }));
  const at = (key: SettingKey, place: string | null) =>
    rows.find((row) => row.key === key && row.location_id === place)?.value ?? null;
  return {
    settings: settingKeys.map((key) => {
      const clinic = at(key, null);
      return {
        key,
        clinic: clinic === null ? null : standOf(key, clinic),
        sites: places.flatMap(({ id }) => {
          const own = settings[key].perSite ? at(key, id) : null;
          return own === null ? [] : [{ siteId: id, ...standOf(key, own) }];
        }),
      };
    }),
    sites: places,
    unknown: notUnderstood(rows).unknown,
  };
};

const here = ({ store, settings: set }: FeatureDeps): Output<'settings.here'> => ({
  values: Object.fromEntries(settingKeys.map((key) => [key, set.here(key)])) as unknown as SettingValues,
  letterhead: letterheadOf(store, set, store.workstation()?.locationId ?? null),
});

/** Writes what is to stand, null for nothing, when what the person saw stands there still. */
const write = (
  deps: FeatureDeps,
  { key, siteId, seen }: Parsed<'settings.clear'>,
  value: string | null,
  { user }: Connection,
): Result<null> => {
  const { store } = deps;
  if (siteId !== null) {
    if (!settings[key].perSite) return fail('invalid-input', { fields: { siteId: 'invalid' } });
    if (!sites(store).some(({ id }) => id === siteId)) return fail('not-found');
  }
  const known = findSetting(store, key, siteId);
  const stands = known?.value ?? null;
  if (stands !== seen) return fail('changed-meanwhile');
  if (stands === value) return ok(null);
  const kind = value === null ? 'setting.clear' : 'setting.set';
  store.mutate({ kind, user: user?.id ?? null }, (writer) =>
    known === undefined
      ? writer.insert('setting', { id: settingId(key, siteId), key, location_id: siteId, value })
      : writer.update('setting', known.id, { value }),
  );
  deps.engine.wake();
  return ok(null);
};

/** What the clinic has set otherwise than usual, for all its sites or for one. */
export const settingHandlers = (
  deps: FeatureDeps,
): Handlers<'settings.here' | 'settings.list' | 'settings.set' | 'settings.clear'> => ({
  'settings.here': () => ok(here(deps)),
  'settings.list': () => ok(list(deps)),
  'settings.set': ({ value, ...place }, connection) =>
    isValueOf(place.key, value)
      ? write(deps, place, writeSetting(value), connection)
      : fail('invalid-input', { fields: { value: 'out-of-bounds' } }),
  'settings.clear': (place, connection) => write(deps, place, null, connection),
});
