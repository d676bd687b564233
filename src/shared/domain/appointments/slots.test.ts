import { expect, it } from 'vitest';
import type { ScheduleLine } from './schedule.ts';
import { freeSlots, type SlotSearch } from './slots.ts';
import { timeline } from './spans.ts';
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
const monday = '2026-11-23';
const at = (wall: string, zone = 'Africa/Kigali') => {
  const resolved = resolveWallTime(wall, zone);
  if (!resolved.ok) throw new Error(resolved.error);
  return resolved.value;
};

const search: SlotSearch = {
  lines: [line()],
  exceptions: [],
  busy: new Map(),
  full: new Set(),
  needs: plainNeeds,
  windowAt: () => anyTime,
  now: at(`${monday}T09:10`),
  from: at(`${monday}T09:10`),
  firstDay: monday,
  days: 28,
  minutes: 30,
  step: 15,
  limit: 3,
};

it('offers the first free slots after now', () => {
  const busy = new Map([['keza', timeline([{ from: at(`${monday}T09:30`), to: at(`${monday}T10:00`) }])]]);
  expect(freeSlots({ ...search, busy }).map((slot) => slot.startLocal)).toEqual([
    `${monday}T10:00`,
    `${monday}T10:30`,
    `${monday}T11:00`,
  ]);
});

it('does not offer a room somebody else is in', () => {
  const lines = [line({ roomId: 'room 2' })];
  const busy = new Map([['room 2', timeline([{ from: at(`${monday}T09:00`), to: at(`${monday}T11:00`) }])]]);
  expect(freeSlots({ ...search, lines, busy, limit: 1 })[0]?.startLocal).toBe(`${monday}T11:00`);
});

it('looks no further than its days', () => {
  const full = new Map([['keza', timeline([{ from: 0, to: at('2026-11-30T23:00') }])]]);
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
