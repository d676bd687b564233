import { expect, it } from 'vitest';
import type { PanelState } from '#shared/domain/panel-booking/state.ts';
import { newsOf } from './news.ts';

const [nine, ten] = ['2026-11-24T09:00:00.000Z', '2026-11-24T10:00:00.000Z'];
const told = (state: PanelState, at = nine) => ({ state, at });

it.each([
  ['to-be-confirmed', 'confirmed', 'confirmed'],
  ['pending', 'confirmed', 'confirmed'],
  ['confirmed', 'confirmed', null],
  ['to-be-confirmed', 'pending', null],
  ['pending', 'reschedule-proposed', 'proposed'],
  ['reschedule-proposed', 'reschedule-proposed', null],
  ['reschedule-proposed', 'confirmed', 'confirmed'],
  ['confirmed', 'lost-its-time', null],
  ['lost-its-time', 'confirmed', 'confirmed'],
] as const)('from %s to %s a patient hears: %s', (before, now, news) => {
  expect(newsOf(told(before), told(now))).toEqual({ news, told: told(now) });
});

it.each([
  ['rejected', 'rejected'],
  ['cancelled', 'cancelled'],
  ['arrived', null],
  ['fulfilled', null],
  ['missed', null],
] as const)('%s is the last a patient hears', (now, news) => {
  expect(newsOf(told('confirmed'), told(now))).toEqual({ news, told: null });
});

it.each(['to-be-confirmed', 'cancelling'] as const)(
  'says nothing while it is %s, and forgets nothing',
  (now) => {
    for (const before of [told('confirmed'), told('pending')])
      expect(newsOf(before, told(now, ten))).toEqual({ news: null, told: before });
  },
);

it('says a move of what was confirmed, and another proposal', () => {
  expect(newsOf(told('confirmed'), told('confirmed', ten))).toEqual({
    news: 'moved',
    told: told('confirmed', ten),
  });
  expect(newsOf(told('reschedule-proposed'), told('reschedule-proposed', ten)).news).toBe('proposed');
});
