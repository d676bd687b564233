import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type RebookingSearch, rebookingSlots } from './rebooking.ts';
import { placeIn, type ScheduleLine } from './schedule.ts';
import { freeOn } from './slots.ts';
import { overlaps, timeline } from './spans.ts';
import { anyTime, plainNeeds } from './visit-type.ts';
import { resolveWallTime } from './wall-time.ts';

const line = (more: Partial<ScheduleLine> = {}): ScheduleLine => ({
  practitionerId: 'keza',
  locationId: 'kigali',
  roomId: null,
  timeZone: 'Africa/Kigali',
  weekday: 1,
  startTime: '08:00',
  endTime: '12:00',
  validFrom: null,
  validTo: null,
  intervalWeeks: null,
  ...more,
});
const at = (wall: string, zone = 'Africa/Kigali') => {
  const resolved = resolveWallTime(wall, zone);
  if (!resolved.ok) throw new Error(resolved.error);
  return resolved.value;
};
const everyDay = (more: Partial<ScheduleLine> = {}) =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => line({ weekday, ...more }));

const search: RebookingSearch = {
  lines: [...everyDay(), ...everyDay({ practitionerId: 'mugabo' })],
  exceptions: [],
  full: new Set(),
  needs: plainNeeds,
  windowAt: () => anyTime,
  practitionerId: 'keza',
  busy: new Map(),
  patientBusy: [],
  wanted: at('2026-11-24T10:00'),
  now: at('2026-11-23T09:00'),
  horizonDays: 28,
  minutes: 30,
  step: 15,
  limit: 5,
};
const taken = (from: string, to: string) => timeline([{ from: at(from), to: at(to) }]);
const told = (more: Partial<RebookingSearch>) =>
  rebookingSlots({ ...search, ...more }).map((slot) => `${slot.practitionerId} ${slot.startLocal.slice(8)}`);

it('offers the same practitioner first, nearest to the wanted time before or after it, then the others', () => {
  expect(told({ busy: new Map([['keza', taken('2026-11-24T10:00', '2026-11-24T10:30')]]) })).toEqual([
    'keza 24T09:30',
    'keza 24T10:30',
    'keza 24T09:00',
    'mugabo 24T10:00',
    'mugabo 24T09:30',
  ]);
});

it('fills up with colleagues when the practitioner has nothing, and with the practitioner when there is nobody else', () => {
  const full = new Map([['keza', timeline([{ from: 0, to: at('2027-06-01T00:00') }])]]);
  expect(told({ busy: full }).every((slot) => slot.startsWith('mugabo'))).toBe(true);
  expect(told({ busy: full })).toHaveLength(5);
  expect(told({ lines: everyDay() })).toHaveLength(5);
});

it('offers nothing while the patient is elsewhere', () => {
  const slots = told({ patientBusy: taken('2026-11-24T08:00', '2026-11-24T12:00') });
  expect(slots.filter((slot) => slot.includes(' 24T'))).toEqual([]);
  expect(slots).toHaveLength(5);
});

it('looks no further than its horizon', () => {
  const full = new Map([['keza', timeline([{ from: 0, to: at('2026-12-01T00:00') }])]]);
  expect(told({ lines: everyDay(), busy: full, horizonDays: 6 })).toEqual([]);
  expect(told({ lines: everyDay(), busy: full, horizonDays: 8 })[0]).toBe('keza 01T08:00');
});

it('offers no time the clocks jump over, and tells the two of a time that comes twice apart', () => {
  const paris = { timeZone: 'Europe/Paris', weekday: 7, startTime: '01:00', endTime: '05:00' };
  const around = (wanted: string) =>
    told({
      lines: [line(paris)],
      wanted: at(wanted, 'Europe/Paris'),
      now: 0,
      step: 60,
      minutes: 60,
      horizonDays: 0,
      limit: 9,
    });
  expect(around('2026-03-29T03:00')).toEqual(['keza 29T03:00', 'keza 29T01:00', 'keza 29T04:00']);
  // After 02:00 the clocks go back: 03:00 is two hours away, not one.
  expect(around('2026-10-25T02:00')).toEqual([
    'keza 25T02:00',
    'keza 25T01:00',
    'keza 25T03:00',
    'keza 25T04:00',
  ]);
});

const zone = fc.constantFrom('Africa/Kigali', 'Europe/Paris', 'America/New_York', 'Australia/Lord_Howe');
const anyLine = fc.record({
  practitionerId: fc.constantFrom('keza', 'mugabo', 'mutoni'),
  weekday: fc.integer({ min: 1, max: 7 }),
  hour: fc.integer({ min: 0, max: 20 }),
  long: fc.integer({ min: 1, max: 3 }),
  timeZone: zone,
});
const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
const anySearch = fc
  .record({
    some: fc.array(anyLine, { maxLength: 8 }),
    hours: fc.array(fc.tuple(fc.constantFrom('keza', 'mugabo'), fc.integer({ min: -60, max: 200 })), {
      maxLength: 12,
    }),
    elsewhere: fc.array(fc.integer({ min: -60, max: 200 }), { maxLength: 4 }),
    ahead: fc.integer({ min: -48, max: 200 }),
    limit: fc.integer({ min: 1, max: 6 }),
  })
  .map(({ some, hours, elsewhere, ahead, limit }): RebookingSearch => {
    // The week in which the clocks of Europe change.
    const now = at('2026-03-27T10:07');
    const spanOf = (hour: number) => ({ from: now + hour * 3_600_000, to: now + (hour + 1) * 3_600_000 });
    return {
      ...search,
      lines: some.map(({ hour, long, ...rest }) =>
        line({ ...rest, startTime: clock(hour), endTime: clock(hour + long) }),
      ),
      busy: new Map(
        ['keza', 'mugabo'].map((who) => [
          who,
          timeline(hours.filter(([whose]) => whose === who).map(([, hour]) => spanOf(hour))),
        ]),
      ),
      patientBusy: elsewhere.map(spanOf),
      wanted: now + ahead * 3_600_000,
      now,
      horizonDays: 14,
      limit,
    };
  });

it('never offers a taken slot, one in the past, one outside hours or one while the patient is elsewhere', () => {
  fc.assert(
    fc.property(anySearch, (any) => {
      const slots = rebookingSlots(any);
      expect(slots.length).toBeLessThanOrEqual(any.limit);
      slots.forEach((slot, index) => {
        const span = { from: slot.startAt, to: slot.startAt + any.minutes * 60_000 };
        const lines = any.lines.filter((one) => one.practitionerId === slot.practitionerId);
        const place = { ...slot, minutes: any.minutes, needsRoom: false };
        expect(placeIn({ lines, exceptions: [] }, place).ok).toBe(true);
        // There may be no such time in the zone of another line.
        const times = lines.map((one) => resolveWallTime(slot.startLocal, one.timeZone));
        expect(times.some((time) => time.ok && time.value === slot.startAt)).toBe(true);
        expect(slot.startAt).toBeGreaterThanOrEqual(any.now);
        const busy = [...(any.busy.get(slot.practitionerId) ?? []), ...any.patientBusy];
        expect(busy.filter((other) => overlaps(other, span))).toEqual([]);
        const before = slots.slice(0, index).filter((one) => one.practitionerId === slot.practitionerId);
        const length = any.minutes * 60_000;
        expect(before.filter((one) => Math.abs(one.startAt - slot.startAt) < length)).toEqual([]);
      });
    }),
  );
});

it('puts the practitioner first and each group in the order of its distance, and misses nothing nearer', () => {
  fc.assert(
    fc.property(anySearch, (any) => {
      const slots = rebookingSlots(any);
      const distance = (slot: { readonly startAt: number }) => Math.abs(slot.startAt - any.wanted);
      const own = slots.filter((slot) => slot.practitionerId === 'keza');
      expect(slots.slice(0, own.length)).toEqual(own);
      const others = slots.slice(own.length);
      for (const group of [own, others]) {
        expect(group.map(distance)).toEqual(group.map(distance).toSorted((a, b) => a - b));
      }
      const days = Array.from({ length: 27 }, (_, ahead) =>
        new Date(Date.parse('2026-03-14T00:00:00Z') + ahead * 86_400_000).toISOString().slice(0, 10),
      );
      const lines = any.lines.filter((one) => one.practitionerId === 'keza');
      const length = any.minutes * 60_000;
      const free = days
        .flatMap((day) => freeOn({ ...any, lines, from: any.now }, day))
        .filter(
          (slot) =>
            !any.patientBusy.some((span) =>
              overlaps(span, { from: slot.startAt, to: slot.startAt + length }),
            ),
        );
      const inReach = free.filter((slot) => distance(slot) < 12 * 86_400_000);
      const nearest = Math.min(...inReach.map(distance));
      if (inReach.length > 0) expect(own.map(distance)[0]).toBe(nearest);
    }),
  );
});
