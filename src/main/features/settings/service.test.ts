import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { settingsOf } from '#main/core/settings.ts';
import { localDb } from '#main/data/local/query.ts';
import { type SettingKey, settingKeys, settings } from '#shared/domain/settings/catalogue.ts';
import { settingId } from '#shared/domain/settings/written.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import { type Clinic, openClinic, room, site } from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let admin: Connection;
beforeEach(async () => {
  clinic = openClinic();
  admin = await clinic.signedIn('admin');
});
afterEach(() => clinic.close());

const key = 'session.idle-lock-minutes';
const siteId = site.id as LocationId;
const nothing = { key, siteId: null, seen: null } as const;
const store = () => clinic.temporary.local.store;
const shown = async () =>
  (await clinic.get('settings.list', {}, admin)).settings.find((setting) => setting.key === key);
const waiting = () => store().all(localDb.selectFrom('outbox').select('kind').orderBy('n'));

it('is set for the clinic and for a site, counts at once, and goes back to what is usual', async () => {
  const { of } = settingsOf(store());
  expect(of(key, siteId)).toBe(5);
  await clinic.get('settings.set', { ...nothing, value: 10 }, admin);
  await clinic.get('settings.set', { ...nothing, siteId, value: 2 }, admin);
  expect([of(key, null), of(key, siteId)]).toEqual([10, 2]);
  expect(await shown()).toEqual({
    key,
    clinic: { written: '10', value: 10, understood: true },
    sites: [{ siteId, written: '2', value: 2, understood: true }],
  });
  await clinic.get('settings.clear', { ...nothing, siteId, seen: '2' }, admin);
  expect(of(key, siteId)).toBe(10);
  await clinic.get('settings.clear', { ...nothing, seen: '10' }, admin);
  expect(of(key, siteId)).toBe(5);
  expect(await shown()).toEqual({ key, clinic: null, sites: [] });
  expect(waiting().map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['setting.set', 'setting.set', 'setting.clear', 'setting.clear']),
  );
});

it('writes nothing over what another administrator has set meanwhile', async () => {
  await clinic.get('settings.set', { ...nothing, value: 10 }, admin);
  const changed = { ok: false, error: { code: 'changed-meanwhile' } };
  expect(await clinic.ask('settings.set', { ...nothing, value: 20 }, admin)).toEqual(changed);
  expect(await clinic.ask('settings.clear', { ...nothing, seen: '11' }, admin)).toEqual(changed);
  const { length } = waiting();
  await clinic.get('settings.set', { ...nothing, value: 10, seen: '10' }, admin);
  expect(waiting()).toHaveLength(length);
  expect(await shown()).toMatchObject({ clinic: { value: 10 } });
});

it('refuses what is out of bounds, a site of its own where there is none, and what is no site', async () => {
  const fields = (names: Record<string, string>) => ({
    ok: false,
    error: { code: 'invalid-input', fields: names },
  });
  for (const value of [0, 61, 1.5, 'ten', null])
    expect(await clinic.ask('settings.set', { ...nothing, value }, admin)).toEqual(
      fields({ value: 'out-of-bounds' }),
    );
  const days = { ...nothing, key: 'session.offline-sign-in-days' } as const;
  expect(await clinic.ask('settings.set', { ...days, siteId, value: 3 }, admin)).toEqual(
    fields({ siteId: 'invalid' }),
  );
  const inRoom = { ...nothing, siteId: room.id as LocationId, value: 3 };
  expect(await clinic.ask('settings.set', inRoom, admin)).toMatchObject({ error: { code: 'not-found' } });
  expect(
    await clinic.ask('settings.set', { ...nothing, value: 3 }, await clinic.signedIn('reception')),
  ).toMatchObject({ error: { code: 'not-permitted' } });
  expect(await shown()).toEqual({ key, clinic: null, sites: [] });
});

it('falls back where a row was edited by hand or is of a later version, and says so on the screen and in diagnostics', async () => {
  store().mutate({ kind: 'test', user: null }, (writer) => {
    const row = { location_id: null, key, value: '"as long as it takes"' };
    writer.insert('setting', { ...row, id: settingId(key, null) });
    writer.insert('setting', { ...row, id: siteId, key: 'moon.phase', value: '1' });
  });
  expect(settingsOf(store()).of(key, siteId)).toBe(5);
  const list = await clinic.get('settings.list', {}, admin);
  expect(list.unknown).toBe(1);
  const written = '"as long as it takes"';
  expect(list.settings.find((setting) => setting.key === key)?.clinic).toEqual({
    written,
    value: null,
    understood: false,
  });
  const { database } = await clinic.get('diagnostics.export', {}, admin);
  expect(database?.settings).toEqual({ unreadable: [key], unknown: 1 });
  await clinic.get('settings.set', { ...nothing, seen: written, value: 7 }, admin);
  expect(settingsOf(store()).of(key, siteId)).toBe(7);
});

it('tells every desk what counts there, and what is at the head of its papers: as it is set, else as the site says', async () => {
  const desk = await clinic.signedIn('reception');
  const before = await clinic.get('settings.here', {}, desk);
  expect(before.values).toEqual(Object.fromEntries(settingKeys.map((each) => [each, settings[each].usual])));
  expect(before.letterhead).toEqual({
    name: site.name,
    address: [site.address_line, site.city].filter(Boolean).join(', '),
    phone: site.phone ?? '',
  });
  const set = (each: SettingKey, value: string, place: LocationId | null = null) =>
    clinic.get('settings.set', { key: each, siteId: place, seen: null, value }, admin);
  await set('print.name', 'Clinique de la Paix');
  await set('print.phone', '+250 788 000 000');
  const { letterhead } = await clinic.get('settings.here', {}, desk);
  expect(letterhead).toEqual({
    ...before.letterhead,
    name: 'Clinique de la Paix',
    phone: '+250 788 000 000',
  });
});

it('reads a phone number as one of the country that is set', async () => {
  expect((await clinic.get('app.info', {}, admin)).country).toBe('RW');
  await clinic.get('settings.set', { ...nothing, key: 'desk.country', value: 'UG' }, admin);
  expect((await clinic.get('app.info', {}, admin)).country).toBe('UG');
  for (const value of ['ug', 'UGA', '', 5])
    expect(
      await clinic.ask('settings.set', { ...nothing, key: 'desk.country', seen: '"UG"', value }, admin),
    ).toMatchObject({ error: { fields: { value: 'out-of-bounds' } } });
});

it('keeps an explicit none apart from nothing: a site may be without the bound the clinic has', async () => {
  const horizon = { key: 'booking.horizon-days', siteId: null, seen: null } as const;
  await clinic.get('settings.set', { ...horizon, value: 30 }, admin);
  await clinic.get('settings.set', { ...horizon, siteId, value: null }, admin);
  const { of } = settingsOf(store());
  expect([of(horizon.key, null), of(horizon.key, siteId)]).toEqual([30, null]);
});
