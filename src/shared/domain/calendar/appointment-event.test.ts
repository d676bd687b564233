import { expect, it } from 'vitest';
import { type CalendarAppointment, entryOf, entryStatus } from './appointment-event.ts';

const appointment: CalendarAppointment = {
  id: '1',
  status: 'booked',
  participantStatus: 'accepted',
  needsRebooking: false,
  isVoided: false,
  startAt: '2026-11-23T08:00:00.000Z',
  endAt: '2026-11-23T08:30:00.000Z',
  timeZone: 'Africa/Kigali',
  createdAt: '2026-11-01T08:00:00.000Z',
  rowVersion: 4,
  isConfirmed: true,
  clinic: 'Kacyiru $& Co',
  place: 'KG 7 Ave',
};
const words = {
  summary: 'Appointment at {{clinic}}',
  unconfirmed: 'To be confirmed: {{summary}}',
  cancelled: 'Cancelled: {{summary}}',
  description: 'Log in.',
};

it.each([
  [{}, 'CONFIRMED'],
  [{ status: 'arrived' }, 'CONFIRMED'],
  [{ status: 'fulfilled' }, 'CONFIRMED'],
  [{ isConfirmed: false }, 'TENTATIVE'],
  [{ status: 'pending', participantStatus: 'needs-action' }, 'TENTATIVE'],
  [{ status: 'proposed' }, 'TENTATIVE'],
  [{ participantStatus: 'tentative' }, 'TENTATIVE'],
  [{ needsRebooking: true }, 'TENTATIVE'],
  [{ status: 'something-new' }, 'TENTATIVE'],
  [{ participantStatus: 'declined' }, 'CANCELLED'],
  [{ status: 'cancelled' }, 'CANCELLED'],
  [{ status: 'cancelled', isConfirmed: false }, 'CANCELLED'],
  [{ status: 'entered-in-error' }, 'CANCELLED'],
  [{ isVoided: true }, 'CANCELLED'],
] as const)('an appointment with %o is %s', (more, status) => {
  expect(entryStatus({ ...appointment, ...more })).toBe(status);
});

it('says in words what many programs do not show, and takes a name as it is', () => {
  expect(entryOf(appointment, words)).toMatchObject({
    uid: '1@clinichub',
    sequence: 4,
    summary: 'Appointment at Kacyiru $& Co',
  });
  expect(entryOf({ ...appointment, isConfirmed: false }, words).summary).toBe(
    'To be confirmed: Appointment at Kacyiru $& Co',
  );
  expect(entryOf({ ...appointment, status: 'cancelled' }, words).summary).toBe(
    'Cancelled: Appointment at Kacyiru $& Co',
  );
});
