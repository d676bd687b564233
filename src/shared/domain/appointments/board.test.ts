import { expect, it } from 'vitest';
import { arrangeColumns, countBoard } from './board.ts';

const entry = (practitionerId: string, startAt: string, more: Record<string, unknown> = {}) => ({
  practitionerId,
  practitionerName: practitionerId.toUpperCase(),
  status: 'booked',
  startAt,
  needsRebooking: false,
  certainty: 'confirmed',
  ...more,
});

it('makes a column for everybody who works or is booked, by name, each in order of time', () => {
  const block = (practitionerId: string, startTime: string) => ({
    practitionerId,
    practitionerName: practitionerId.toUpperCase(),
    startTime,
  });
  const columns = arrangeColumns(
    [block('keza', '13:00'), block('keza', '08:00'), block('abe', '08:00')],
    [block('keza', '10:00'), block('zoe', '08:00')],
    [
      entry('mugabo', '2026-11-23T10:00'),
      entry('keza', '2026-11-23T09:00'),
      entry('keza', '2026-11-23T08:00'),
    ],
  );
  expect(columns.map((column) => column.practitionerId)).toEqual(['abe', 'keza', 'mugabo', 'zoe']);
  expect(columns[1]?.blocks.map((one) => one.startTime)).toEqual(['08:00', '13:00']);
  expect(columns[1]?.appointments.map((one) => one.startAt.slice(11))).toEqual(['08:00', '09:00']);
  expect(columns[2]?.blocks).toEqual([]);
  // Who is away all day keeps a column that says so.
  expect(columns.map((column) => column.away.length)).toEqual([0, 1, 0, 1]);
});

it('counts each appointment in the state a desk watches', () => {
  const at = '2026-11-23T08:00';
  expect(
    countBoard([
      entry('a', at),
      entry('a', at, { certainty: 'provisional' }),
      entry('a', at, { status: 'proposed' }),
      entry('a', at, { status: 'cancelled' }),
      entry('a', at, { needsRebooking: true, certainty: 'parked' }),
    ]),
  ).toEqual({ booked: 2, requested: 1, cancelled: 1, provisional: 1, needsRebooking: 1 });
});
