import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blockFor, blocksOn, freeSlots, overlaps, type ScheduleLine } from './slots.ts';
import { minuteOfDay, resolveWallTime } from './wall-time.ts';

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
  ...more,
});
const monday = '2026-11-23';
const at = (wall: string, zone = 'Africa/Kigali') => {
  const resolved = resolveWallTime(wall, zone);
  if (!resolved.ok) throw new Error(resolved.error);
  return resolved.value;
};

it('joins lines that touch and keeps breaks', () => {
  const lines = [
    line({ startTime: '13:00', endTime: '17:00' }),
    line({ startTime: '10:00', endTime: '12:00' }),
    line({ startTime: '08:00', endTime: '10:00' }),
    line({ weekday: 2 }),
    line({ validFrom: '2026-11-24' }),
    line({ validTo: '2026-11-22' }),
  ];
  expect(blocksOn(lines, monday).map(({ startTime, endTime }) => [startTime, endTime])).toEqual([
    ['08:00', '12:00'],
    ['13:00', '17:00'],
  ]);
});

it.each([
  ['kigali', '08:00', 30, true],
  ['kigali', '11:30', 30, true],
  ['kigali', '11:45', 30, false],
  ['kigali', '07:45', 30, false],
  ['musanze', '08:00', 30, false],
])('at %s %s for %i minutes is in the schedule: %s', (locationId, time, minutes, expected) => {
  const block = blockFor([line()], { locationId, startLocal: `${monday}T${time}`, minutes });
  expect(block !== null).toBe(expected);
});

const search = {
  lines: [line()],
  busy: new Map(),
  from: at(`${monday}T09:10`),
  firstDay: monday,
  days: 28,
  minutes: 30,
  step: 15,
  limit: 3,
};

it('offers the first free slots after now', () => {
  const busy = new Map([['keza', [{ from: at(`${monday}T09:30`), to: at(`${monday}T10:00`) }]]]);
  expect(freeSlots({ ...search, busy }).map((slot) => slot.startLocal)).toEqual([
    `${monday}T10:00`,
    `${monday}T10:30`,
    `${monday}T11:00`,
  ]);
});

it('does not offer a room somebody else is in', () => {
  const lines = [line({ roomId: 'room 2' })];
  const busy = new Map([['room 2', [{ from: at(`${monday}T09:00`), to: at(`${monday}T11:00`) }]]]);
  expect(freeSlots({ ...search, lines, busy, limit: 1 })[0]?.startLocal).toBe(`${monday}T11:00`);
});

it('looks no further than its days', () => {
  const full = new Map([['keza', [{ from: 0, to: at('2026-11-30T23:00') }]]]);
  expect(freeSlots({ ...search, busy: full, days: 8 })).toEqual([]);
  expect(freeSlots({ ...search, busy: full, days: 15 })[0]?.startLocal).toBe('2026-12-07T08:00');
});

it('offers no time the clocks jump over', () => {
  const night = line({ timeZone: 'Europe/Paris', weekday: 7, startTime: '01:00', endTime: '05:00' });
  const slots = freeSlots({
    ...search,
    lines: [night],
    from: 0,
    firstDay: '2026-03-29',
    days: 1,
    minutes: 60,
    step: 60,
    limit: 9,
  });
  expect(slots.map((slot) => slot.startLocal.slice(11))).toEqual(['01:00', '03:00', '04:00']);
});

const hour = fc.integer({ min: 0, max: 20 });
const zone = fc.constantFrom('Africa/Kigali', 'Europe/Paris', 'America/New_York', 'Australia/Lord_Howe');
const anyLine = fc.record({
  weekday: fc.integer({ min: 1, max: 7 }),
  hour,
  long: fc.integer({ min: 1, max: 3 }),
  zone,
});

it('every slot it offers is in the schedule, free, after the start and real', () => {
  fc.assert(
    fc.property(
      fc.array(anyLine, { maxLength: 6 }),
      fc.array(hour, { maxLength: 4 }),
      zone,
      (some, taken, timeZone) => {
        const lines = some.map(({ weekday, hour: from, long }) =>
          line({
            weekday,
            timeZone,
            startTime: `${String(from).padStart(2, '0')}:00`,
            endTime: `${String(from + long).padStart(2, '0')}:00`,
          }),
        );
        const from = at('2026-03-27T10:00', timeZone);
        const spans = taken.map((hours) => ({
          from: from + hours * 3_600_000,
          to: from + (hours + 1) * 3_600_000,
        }));
        const busy = new Map([['keza', spans]]);
        const slots = freeSlots({
          ...search,
          lines,
          busy,
          from,
          firstDay: '2026-03-27',
          days: 14,
          limit: 20,
        });
        for (const slot of slots) {
          expect(
            blockFor(lines, { locationId: 'kigali', startLocal: slot.startLocal, minutes: 30 }),
          ).not.toBeNull();
          expect(at(slot.startLocal, timeZone)).toBe(slot.startAt);
          expect(slot.startAt).toBeGreaterThanOrEqual(from);
          const span = { from: slot.startAt, to: slot.startAt + 30 * 60_000 };
          expect(spans.some((busySpan) => overlaps(busySpan, span))).toBe(false);
          expect(minuteOfDay(slot.startLocal.slice(11)) % 15).toBe(0);
        }
      },
    ),
    { numRuns: 200 },
  );
});
