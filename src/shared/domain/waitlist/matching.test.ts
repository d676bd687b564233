import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visitPriorities } from '#shared/domain/appointments/stage.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { byUrgency, type OpenTime, rankMatches, suits, type Waiting, type Wish } from './matching.ts';
import { wishProblems } from './problems.ts';

/** Tuesday. */
const time: OpenTime = {
  practitionerId: 'uwase',
  specialties: ['General practice', 'Paediatrics'],
  locationId: 'remera',
  startLocal: '2026-11-24T09:00',
  minutes: 60,
};
const anything: Wish = {
  practitionerId: null,
  speciality: null,
  locationId: null,
  minutes: 30,
  startDate: '2026-11-01',
  endDate: null,
  startTime: null,
  endTime: null,
  weekdays: [],
};
const waiting = (wish: Partial<Wish> = {}, more: Partial<Waiting> = {}): Waiting => ({
  id: 'a',
  priority: 'routine',
  since: '2026-11-20T08:00:00.000Z',
  ...more,
  wish: { ...anything, ...wish },
});
const match = (wish: Partial<Wish>) => suits(waiting(wish), time);

describe('a time suits a wish', () => {
  it.each<[string, Partial<Wish>, readonly string[]]>([
    ['of anybody', {}, ['anybody']],
    ['of the doctor', { practitionerId: 'uwase', speciality: 'Surgery' }, ['practitioner']],
    ['of the speciality', { speciality: 'Paediatrics' }, ['speciality']],
    ['at the site', { locationId: 'remera' }, ['anybody', 'site']],
    ['on the weekday', { weekdays: [2, 4] }, ['anybody', 'weekday']],
    ['within the hours', { startTime: '08:00', endTime: '09:30' }, ['anybody', 'hours']],
    ['within the days', { startDate: '2026-11-24', endDate: '2026-11-24' }, ['anybody', 'days']],
  ])('%s', (_name, wish, reasons) => {
    expect(match(wish)).toMatchObject({ startLocal: '2026-11-24T09:00', reasons });
  });

  it.each<[string, Partial<Wish>]>([
    ['another doctor, though of the speciality', { practitionerId: 'mugabo', speciality: 'Paediatrics' }],
    ['another speciality', { speciality: 'Surgery' }],
    ['another site', { locationId: 'musanze' }],
    ['another weekday', { weekdays: [1, 3, 5] }],
    ['the day before the first', { startDate: '2026-11-25' }],
    ['the day after the last', { endDate: '2026-11-23' }],
    ['it begins too late', { startTime: '10:00' }],
    ['it would end too late', { endTime: '09:25' }],
  ])('not %s', (_name, wish) => {
    expect(match(wish)).toBeNull();
  });

  it('from the minute it suits when that lies within it', () => {
    expect(match({ startTime: '09:30' })).toMatchObject({ startLocal: '2026-11-24T09:30' });
  });
});

describe('the ranking', () => {
  it('puts urgency before how long somebody has waited, and leaves out who cannot be placed', () => {
    const all = [
      waiting({}, { id: 'long', since: '2026-10-01T08:00:00.000Z' }),
      waiting({}, { id: 'urgent', priority: 'urgent' }),
      waiting({}, { id: 'busy', priority: 'stat' }),
      waiting({}, { id: 'short' }),
      waiting({ speciality: 'Surgery' }, { id: 'surgery', priority: 'stat' }),
    ];
    const ids = (limit: number) =>
      rankMatches(all, time, limit, ({ entry }) => entry.id !== 'busy').map(({ entry }) => entry.id);
    expect(ids(10)).toEqual(['urgent', 'long', 'short']);
    expect(ids(2)).toEqual(['urgent', 'long']);
  });

  it('is the same whatever order the entries come in, and every match lies within what was wished for', () => {
    const wish = fc.record({
      practitionerId: fc.constantFrom(null, 'uwase', 'mugabo'),
      speciality: fc.constantFrom(null, 'Paediatrics', 'Surgery'),
      locationId: fc.constantFrom(null, 'remera', 'musanze'),
      minutes: fc.constantFrom(15, 30, 60),
      startDate: fc.integer({ min: -3, max: 1 }).map((days) => addDays('2026-11-24', days)),
      endDate: fc.constantFrom(null, '2026-11-24', '2026-11-30'),
      startTime: fc.constantFrom(null, '08:00', '09:15', '11:00'),
      endTime: fc.constantFrom(null, '09:30', '12:00', '24:00'),
      weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7]),
    });
    const entries = fc.uniqueArray(
      fc.record({
        id: fc.uuid(),
        priority: fc.constantFrom(...visitPriorities),
        since: fc.constantFrom('2026-11-01T08:00:00.000Z', '2026-11-02T08:00:00.000Z'),
        wish,
      }),
      { selector: ({ id }) => id, maxLength: 12 },
    );
    fc.assert(
      fc.property(entries, (all) => {
        const found = rankMatches(all, time, 20, () => true);
        expect(rankMatches(all.toReversed(), time, 20, () => true)).toEqual(found);
        expect(found.map(({ entry }) => entry)).toEqual(found.map(({ entry }) => entry).toSorted(byUrgency));
        for (const { entry, startLocal } of found) {
          const { startTime, endTime, startDate, endDate } = entry.wish;
          expect(startLocal >= time.startLocal && startLocal < '2026-11-24T10:00').toBe(true);
          expect(startTime === null || startTime <= startLocal.slice(11)).toBe(true);
          const end =
            Number(startLocal.slice(11, 13)) * 60 + Number(startLocal.slice(14)) + entry.wish.minutes;
          const last = endTime === null ? 1440 : Number(endTime.slice(0, 2)) * 60 + Number(endTime.slice(3));
          expect(end).toBeLessThanOrEqual(last);
          expect(startDate <= '2026-11-24' && (endDate === null || '2026-11-24' <= endDate)).toBe(true);
        }
      }),
    );
  });
});

it('a wish is refused when its days or hours are out of order or too short for the visit', () => {
  expect(wishProblems(anything)).toEqual({});
  expect(wishProblems({ ...anything, endDate: '2026-10-31' })).toEqual({ endDate: 'order' });
  expect(wishProblems({ ...anything, startTime: '10:00', endTime: '09:00' })).toEqual({ endTime: 'order' });
  expect(wishProblems({ ...anything, startTime: '10:00', endTime: '10:20' })).toEqual({ endTime: 'invalid' });
});
