import { describe, expect, it } from 'vitest';
import { appointmentStatuses, participantStatuses } from '#shared/domain/appointments/status.ts';
import { changeOf, type PanelState, panelStateOf, panelStates } from './state.ts';

const seen = {
  status: 'booked',
  participantStatus: 'accepted',
  needsRebooking: false,
  proposedStartAt: null,
  isKnown: true,
} as const;
const proposedStartAt = '2026-11-24T10:00:00.000Z';

describe('what an appointment is to its patient', () => {
  it.each([
    ['confirmed', {}],
    ['to-be-confirmed', { isKnown: false }],
    ['to-be-confirmed', { isKnown: false, needsRebooking: true }],
    ['pending', { status: 'proposed', participantStatus: 'needs-action' }],
    ['to-be-confirmed', { status: 'proposed', participantStatus: 'needs-action', isKnown: false }],
    ['pending', { status: 'pending' }],
    ['pending', { status: 'booked', participantStatus: 'needs-action' }],
    ['pending', { status: 'proposed', participantStatus: 'tentative' }],
    ['reschedule-proposed', { status: 'proposed', participantStatus: 'tentative', proposedStartAt }],
    ['rejected', { status: 'proposed', participantStatus: 'declined', needsRebooking: true }],
    ['lost-its-time', { status: 'proposed', participantStatus: 'needs-action', needsRebooking: true }],
    ['lost-its-time', { needsRebooking: true }],
    ['cancelled', { status: 'cancelled' }],
    ['cancelled', { status: 'cancelled', needsRebooking: true }],
    ['cancelling', { status: 'cancelled', isKnown: false }],
    ['arrived', { status: 'checked-in' }],
    ['fulfilled', { status: 'fulfilled' }],
    ['missed', { status: 'noshow' }],
  ] as const)('%s: %o', (state, more) => {
    expect(panelStateOf({ ...seen, ...more })).toBe(state);
  });

  it('is never confirmed or cancelled before the centre knows of it, whatever else is true', () => {
    const said: PanelState[] = [];
    for (const status of appointmentStatuses)
      for (const participantStatus of participantStatuses)
        for (const needsRebooking of [true, false])
          for (const proposed of [null, proposedStartAt])
            said.push(
              panelStateOf({
                status,
                participantStatus,
                needsRebooking,
                proposedStartAt: proposed,
                isKnown: false,
              }),
            );
    expect(said).not.toContain('confirmed');
    expect(said).not.toContain('cancelled');
    expect(said).not.toContain('pending');
  });
});

describe('what a patient may do', () => {
  const startAt = Date.parse('2026-11-24T10:00:00.000Z');
  const at = (now: string, cancelHours = 24) => ({ startAt, now: Date.parse(now), cancelHours });
  it.each([
    ['2026-11-23T10:00:00.000Z', 'allowed'],
    ['2026-11-23T10:00:00.001Z', 'late'],
    ['2026-11-24T11:00:00.000Z', 'late'],
  ])('with what is confirmed at %s is %s', (now, change) => {
    expect(changeOf('confirmed', at(now))).toBe(change);
    expect(changeOf('to-be-confirmed', at(now))).toBe(change);
  });

  it('is anything at any time while nobody waits for them', () => {
    for (const state of ['pending', 'rejected', 'reschedule-proposed', 'lost-its-time'] as const)
      expect(changeOf(state, at('2026-11-24T09:59:00.000Z'))).toBe('allowed');
  });

  it('is nothing once they came, or it is cancelled or over', () => {
    for (const state of panelStates)
      if (
        ![
          'to-be-confirmed',
          'confirmed',
          'pending',
          'rejected',
          'reschedule-proposed',
          'lost-its-time',
        ].includes(state)
      )
        expect(changeOf(state, at('2026-11-01T00:00:00.000Z'))).toBe('none');
  });
});
