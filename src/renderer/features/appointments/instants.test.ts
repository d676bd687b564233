import { describe, expect, it } from 'vitest';
import { dayRangeStart, wallTimeIn } from './instants.ts';

describe('instants of the clinic', () => {
  it('gives the wall time of an instant where the clinic is', () => {
    expect(wallTimeIn('2026-11-24T22:30:00.000Z', 'Africa/Kigali')).toBe('2026-11-25T00:30');
    expect(wallTimeIn('2026-11-24T04:30:00.000Z', 'America/New_York')).toBe('2026-11-23T23:30');
  });

  it.each([
    ['Africa/Kigali', '2026-11-23T22:00:00.000Z'],
    ['UTC', '2026-11-24T00:00:00.000Z'],
    ['America/New_York', '2026-11-24T05:00:00.000Z'],
    ['Asia/Kathmandu', '2026-11-23T18:15:00.000Z'],
    ['Pacific/Kiritimati', '2026-11-23T10:00:00.000Z'],
    ['Pacific/Pago_Pago', '2026-11-24T11:00:00.000Z'],
  ])('begins the 24th in %s at %s', (zone, expected) => {
    expect(dayRangeStart('2026-11-24', zone)).toBe(expected);
    expect(wallTimeIn(expected, zone)).toBe('2026-11-24T00:00');
  });
});
