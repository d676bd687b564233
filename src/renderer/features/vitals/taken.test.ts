import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readTaken, takenDraft } from './taken.ts';

beforeEach(() => vi.useFakeTimers({ now: Date.parse('2026-11-23T08:00:30.000Z') }));
afterEach(() => vi.useRealTimers());

const format = { timeZone: 'Africa/Kigali', today: () => '2026-11-23' };
const read = (day: string, time: string) => readTaken({ day, time }, '1985-02-03', format);

it('is now when no time is typed, on no other day and on no day that cannot be read', () => {
  const now = { wall: null, until: null };
  expect(read('2026-11-23', ' ')).toEqual({ ...now, wrong: {} });
  expect(read('2026-11-22', '')).toEqual({ ...now, wrong: { takenTime: 'required' } });
  expect(read('', '')).toEqual({ ...now, wrong: { effectiveLocal: 'date' } });
  expect(read('', '9:30')).toEqual({ ...now, wrong: { effectiveLocal: 'date' } });
});

it('is the moment that is typed, and what is wrong stands at the field it is about', () => {
  expect(read('2026-11-22', '930')).toEqual({
    wall: '2026-11-22T09:30',
    until: '2026-11-22T07:30:00.000Z',
    wrong: {},
  });
  expect(read('2026-11-23', '10:01').wrong).toEqual({ takenTime: 'taken-to-come' });
  expect(read('2026-11-24', '9:30').wrong).toEqual({ effectiveLocal: 'taken-to-come' });
  expect(read('2026-11-22', 'noon').wrong).toEqual({ takenTime: 'time' });
});

it('is read back as it was typed', () => {
  expect(takenDraft('2026-11-22T07:30:00.001Z', format)).toEqual({ day: '2026-11-22', time: '09:30' });
});
