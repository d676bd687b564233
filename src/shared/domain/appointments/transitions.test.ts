import { expect, it } from 'vitest';
import { appointmentStatuses, participantStatuses } from './status.ts';
import { type AppointmentState, appointmentActions, isAllowed, moved, reinstated } from './transitions.ts';

const every: readonly AppointmentState[] = appointmentStatuses.flatMap((status) =>
  participantStatuses.flatMap((participantStatus) =>
    [false, true].map((needsRebooking) => ({ status, participantStatus, needsRebooking })),
  ),
);
const allowedFrom = (action: (typeof appointmentActions)[number]) => [
  ...new Set(every.filter((state) => isAllowed(action, state)).map((state) => state.status)),
];

it('allows each step from these statuses only', () => {
  expect(Object.fromEntries(appointmentActions.map((action) => [action, allowedFrom(action)]))).toEqual({
    move: ['proposed', 'pending', 'booked'],
    cancel: ['proposed', 'pending', 'booked', 'arrived', 'waitlist'],
    reinstate: ['cancelled'],
    accept: ['proposed'],
    reject: ['proposed'],
    propose: ['proposed'],
  });
});

it('asks a practitioner only while the request is open', () => {
  const request = { status: 'proposed', participantStatus: 'needs-action', needsRebooking: false } as const;
  expect(isAllowed('accept', request)).toBe(true);
  expect(isAllowed('accept', { ...request, participantStatus: 'declined' })).toBe(false);
  expect(isAllowed('accept', { ...request, needsRebooking: true })).toBe(false);
});

it('brings back a booking as a booking and a request as a request', () => {
  const cancelled = { status: 'cancelled', needsRebooking: false } as const;
  expect(reinstated({ ...cancelled, participantStatus: 'accepted' }).status).toBe('booked');
  expect(reinstated({ ...cancelled, participantStatus: 'needs-action' }).status).toBe('proposed');
});

it('makes a booking of a request that is moved to the proposed time', () => {
  const proposed = { status: 'proposed', participantStatus: 'tentative', needsRebooking: false } as const;
  expect(moved(proposed, true)).toMatchObject({ status: 'booked', participantStatus: 'accepted' });
  expect(moved(proposed, false)).toMatchObject({ status: 'proposed', participantStatus: 'needs-action' });
  const lost = { status: 'booked', participantStatus: 'accepted', needsRebooking: true } as const;
  expect(moved(lost, false)).toEqual({ ...lost, needsRebooking: false });
});
