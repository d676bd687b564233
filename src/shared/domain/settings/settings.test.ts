import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isValueOf, type SettingKey, settingKeys, settings } from './catalogue.ts';
import { effective, notUnderstood, readSetting, settingId, writeSetting } from './written.ts';

const key = 'session.idle-lock-minutes';
const place = '01900000-0000-7000-8000-000000000001';
const row = (value: string | null, location_id: string | null = null, of: string = key) => ({
  key: of,
  location_id,
  value,
});

describe('the catalogue', () => {
  it.each(settingKeys)('%s: what is usual is a value of it, and comes back as it was written', (one) => {
    const { usual } = settings[one];
    expect(isValueOf(one, usual)).toBe(true);
    expect(readSetting(one, writeSetting(usual))).toEqual(usual);
  });

  it('takes both bounds and nothing beyond them', () => {
    for (const value of [1, 60]) expect(isValueOf(key, value)).toBe(true);
    for (const value of [0, 61, 5.5, '5', null, Number.NaN]) expect(isValueOf(key, value)).toBe(false);
    expect(isValueOf('session.offline-sign-in-days', 15)).toBe(false);
  });
});

describe('what counts', () => {
  it('is what is set for the site, else for the clinic, else what is usual', () => {
    expect(effective(key, [], place)).toBe(5);
    expect(effective(key, [row('10')], place)).toBe(10);
    expect(effective(key, [row('10'), row('2', place)], place)).toBe(2);
    expect(effective(key, [row('10'), row('2', place)], null)).toBe(10);
    expect(effective(key, [row('10'), row(null, place)], place)).toBe(10);
  });

  it('is the clinic\u2019s where a site may have none of its own', () => {
    const days = 'session.offline-sign-in-days';
    expect(effective(days, [row('3', null, days), row('9', place, days)], place)).toBe(3);
  });

  it('falls back where a row cannot be read, whatever is in it', () => {
    for (const text of ['', '61', '0', '"5"', 'null', '{', '{"a":1}', '5.5', '1e400'])
      expect(effective(key, [row('10'), row(text, place)], place)).toBe(10);
    fc.assert(
      fc.property(fc.constantFrom(...settingKeys), fc.string(), (one: SettingKey, text) => {
        expect(isValueOf(one, effective(one, [row(text, null, one)], null))).toBe(true);
      }),
    );
  });

  it('is told of what this version does not understand, once for each key', () => {
    const rows = [row('61'), row('soon', place), row('7', null, 'moon.phase'), row(null), row('9', place)];
    expect(notUnderstood(rows)).toEqual({ unreadable: [key], unknown: 1 });
    expect(notUnderstood([row('10'), row('1', null, 'toString')])).toEqual({ unreadable: [], unknown: 1 });
  });
});

it('the id is made of key and site, each of its own', () => {
  const ids = settingKeys.flatMap((one) => [settingId(one, null), settingId(one, place)]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(settingId(key, null)).toBe('d3c20d76-d385-5172-ac76-a0a21aedb089');
});
