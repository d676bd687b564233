import { expect, it } from 'vitest';
import { type Standing, waitlistState } from './entry.ts';

const now = Date.parse('2026-11-24T08:00:00.000Z');
const today = '2026-11-24';
const stands = (more: Partial<Standing>) =>
  waitlistState({ status: 'waiting', offeredUntil: null, endDate: null, lost: false, ...more }, now, today);

it.each<[string, Partial<Standing>, string]>([
  ['waits', {}, 'waiting'],
  ['waits on its last day', { endDate: today }, 'waiting'],
  ['has expired after its last day', { endDate: '2026-11-23' }, 'expired'],
  [
    'is offered until the offer runs out',
    { status: 'offered', offeredUntil: '2026-11-24T08:00:00.001Z' },
    'offered',
  ],
  [
    'waits again from that instant on',
    { status: 'offered', offeredUntil: '2026-11-24T08:00:00.000Z' },
    'waiting',
  ],
  [
    'has expired when the offer runs out after its last day',
    { status: 'offered', offeredUntil: '2026-11-24T07:00:00.000Z', endDate: '2026-11-23' },
    'expired',
  ],
  ['is booked', { status: 'booked', endDate: '2026-11-23' }, 'booked'],
  ['waits again when its appointment lost its time', { status: 'booked', lost: true }, 'waiting'],
  ['stays cancelled', { status: 'cancelled', lost: true }, 'cancelled'],
])('an entry %s', (_name, standing, state) => {
  expect(stands(standing)).toBe(state);
});
