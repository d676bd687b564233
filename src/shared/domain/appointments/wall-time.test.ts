import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayAt, dayRange, resolveWallTime, wallTimeAt, weekdayOf } from './wall-time.ts';

const at = (wall: string, zone: string) => {
  const resolved = resolveWallTime(wall, zone);
  return resolved.ok ? new Date(resolved.value).toISOString() : resolved.error;
};

it.each([
  ['2026-11-23T09:15', 'Africa/Kigali', '2026-11-23T07:15:00.000Z'],
  ['2026-11-23T09:15', 'Asia/Kathmandu', '2026-11-23T03:30:00.000Z'],
  ['2026-07-01T09:15', 'Europe/Paris', '2026-07-01T07:15:00.000Z'],
  ['2026-12-01T09:15', 'Europe/Paris', '2026-12-01T08:15:00.000Z'],
  ['2026-03-29T02:30', 'Europe/Paris', 'clock-change'],
  ['2026-03-29T02:00', 'Europe/Paris', 'clock-change'],
  ['2026-03-29T03:00', 'Europe/Paris', '2026-03-29T01:00:00.000Z'],
  ['2026-03-08T02:30', 'America/New_York', 'clock-change'],
  ['2026-10-04T02:15', 'Australia/Lord_Howe', 'clock-change'],
  ['2026-10-25T02:30', 'Europe/Paris', '2026-10-25T00:30:00.000Z'],
  ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
  ['2026-11-23T25:00', 'Europe/Paris', 'unreadable'],
  ['2026-02-30T09:00', 'Europe/Paris', 'unreadable'],
  ['2026-11-23T09:00', 'Europe/Atlantis', 'unknown-zone'],
])('%s in %s is %s', (wall, zone, expected) => {
  expect(at(wall, zone)).toBe(expected);
});

const zones = [
  'UTC',
  'Africa/Kigali',
  'Europe/Paris',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
];
const minute = fc.integer({ min: 0, max: 40 * 365 * 1440 }).map((minutes) => minutes * 60_000);

it('comes back to the wall time it started from, in every zone', () => {
  fc.assert(
    fc.property(minute, fc.constantFrom(...zones), (milliseconds, zone) => {
      const wall = wallTimeAt(milliseconds, zone);
      const resolved = resolveWallTime(wall, zone);
      expect(resolved.ok && wallTimeAt(resolved.value, zone)).toBe(wall);
      expect(resolved.ok && resolved.value).toBeLessThanOrEqual(milliseconds);
    }),
    { numRuns: 500 },
  );
});

it('puts every instant into the day it belongs to', () => {
  fc.assert(
    fc.property(minute, fc.constantFrom(...zones), (milliseconds, zone) => {
      const { from, to } = dayRange(dayAt(milliseconds, zone), zone);
      expect(from <= milliseconds && milliseconds < to).toBe(true);
    }),
    { numRuns: 300 },
  );
});

it('knows days of 23 and 25 hours', () => {
  const hours = (day: string) => {
    const { from, to } = dayRange(day, 'Europe/Paris');
    return (to - from) / 3_600_000;
  };
  expect([hours('2026-03-29'), hours('2026-10-25'), hours('2026-11-23')]).toEqual([23, 25, 24]);
});

it('counts weekdays from Monday', () => {
  expect([weekdayOf('2026-11-23'), weekdayOf('2026-11-29')]).toEqual([1, 7]);
});
