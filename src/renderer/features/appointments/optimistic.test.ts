import { describe, expect, it } from 'vitest';
import { appointment, column, site } from '#renderer/ui/DayBoard/fixtures.ts';
import { bookedAs, type PendingMove, withMoves } from './optimistic.ts';

const date = '2026-11-24';
const early = appointment(480, 30);
const late = appointment(660, 30);
const columns = [column(1, [[480, 720]], [early, late]), column(2, [[480, 720]]), column(3, [])];
const to = (index: number, startLocal: string): PendingMove => ({
  practitionerId: columns[index]?.practitionerId ?? early.practitionerId,
  practitionerName: 'Dr',
  locationId: site,
  locationName: 'Kigali',
  startLocal,
  minutes: 30,
});
const times = (all: ReturnType<typeof withMoves>) =>
  all.map((one) => one.appointments.map(({ startLocal }) => startLocal.slice(11)));

describe('withMoves', () => {
  it('leaves the board as it is without moves', () => {
    expect(withMoves(columns, new Map())).toBe(columns);
    expect(withMoves(columns, new Map([['elsewhere', to(1, `${date}T09:00`)]]))).toBe(columns);
  });

  it('shows the appointment where it goes, in order, and touches no other column', () => {
    const within = withMoves(columns, new Map([[early.id, to(0, `${date}T11:30`)]]));
    expect(times(within)).toEqual([['11:00', '11:30'], [], []]);
    expect(within[1]).toBe(columns[1]);
    const across = withMoves(columns, new Map([[early.id, to(1, `${date}T09:00`)]]));
    expect(times(across)).toEqual([['11:00'], ['09:00'], []]);
    expect(across[2]).toBe(columns[2]);
  });

  it('takes a move to another day off this one', () => {
    expect(times(withMoves(columns, new Map([[early.id, to(1, '2026-11-25T09:00')]])))).toEqual([
      ['11:00'],
      [],
      [],
    ]);
  });
});

describe('bookedAs', () => {
  it('finds the row a booking has become, and only that', () => {
    const booking = {
      patientId: late.patientId,
      practitionerId: columns[0]?.practitionerId ?? '',
      startLocal: late.startLocal,
    };
    expect(bookedAs(columns, booking)).toBe(late);
    expect(bookedAs(columns, { ...booking, startLocal: `${date}T11:15` })).toBeUndefined();
    const gone = [column(1, [], [{ ...late, status: 'cancelled' }])];
    expect(bookedAs(gone, booking)).toBeUndefined();
  });
});
