import { z } from 'zod';
import { contract } from '#shared/contract/contract.ts';
import { longestSpan } from '#shared/contract/oversight.ts';
import { appointmentStatuses } from '#shared/domain/appointments/status.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { instant, systemClock } from '#shared/kernel/clock.ts';
import { AppointmentId, LocationId, PatientId, PractitionerId } from '#shared/kernel/ids.ts';
import type { ErrorCode } from '#shared/kernel/result.ts';
import { fail, ok } from '#shared/kernel/result.ts';
import { type CallAs, defineList, defineOperation, type Operation } from '../operation.ts';
import { named } from '../schemas.ts';
import { ownAppointment, ownBooking, ownLimit, ownSubject, seenNow } from './own.ts';
import { AnyAppointment, AnyBooking, Reason } from './shared.ts';

const tag = 'Appointments';
const params = z.object({ appointmentId: AppointmentId });

/** Why a time cannot be had. */
const placing: readonly ErrorCode[] = [
  'not-found',
  'slot-taken',
  'slot-held',
  'patient-busy',
  'outside-schedule',
  'on-leave',
  'room-needed',
  'visit-type-full',
  'too-soon',
  'too-far',
  'changed-meanwhile',
];

/** What keeps a patient's account from a time, besides. */
const ownPlacing: readonly ErrorCode[] = [
  'booked-that-day',
  'booking-off',
  'most-booked',
  'too-late',
  'too-many-tries',
];

const outcome =
  'The outcome says what the centre answered within 800 ms: `confirmed`; `provisional`, it goes on trying; `needs-rebooking`, the time was taken; `refused`.';

/** The day in UTC; it bounds a list nobody gave days for. */
const today = () => instant(systemClock.now()).slice(0, 10);

const listAppointments = defineList({
  path: '/appointments',
  id: 'listAppointments',
  tag,
  summary: 'Appointments by time',
  description: `Days are those at each appointment's own place, both included, at most ${longestSpan}; from today on where none are given. A page may be short or empty and still have a next one. A patient's account gets its own person's, or those of \`patientId\` who is theirs: with \`asc\` what is to come, with \`desc\` what is over or cancelled.`,
  query: z.object({
    from: z.iso.date().optional(),
    until: z.iso.date().optional(),
    practitionerId: PractitionerId.optional(),
    locationId: LocationId.optional(),
    patientId: PatientId.optional(),
    status: z.array(z.enum(appointmentStatuses)).min(1).max(appointmentStatuses.length).optional(),
    order: z.enum(['asc', 'desc']).default('asc'),
  }),
  item: AnyAppointment,
  cursor: z.object({ startAt: z.string().max(40), id: AppointmentId }),
  calls: ['appointments.page'],
  run: async ({ query: { status, from = today(), until, ...asked } }, call) => {
    const { practitionerId = null, locationId = null, patientId = null, order, after, limit } = asked;
    const page = await call('appointments.page', {
      from,
      until: until ?? addDays(from, longestSpan - 1),
      practitionerId,
      locationId,
      patientId,
      statuses: status ?? null,
      order,
      after,
      limit,
    });
    return page.ok ? ok({ items: page.value.appointments, after: page.value.next }) : page;
  },
  own: {
    calls: ['panel.me', 'panel.appointments'],
    run: async ({ query: { patientId: named, order, after, limit, status, ...only } }, call) => {
      if (status !== undefined) return fail('not-permitted');
      const patientId = await ownSubject(call, named);
      if (!patientId.ok) return patientId;
      if (patientId.value === null) return ok({ items: [], after: null });
      const page = await call('panel.appointments', {
        patientId: patientId.value,
        when: order === 'asc' ? 'upcoming' : 'past',
        after,
        limit: ownLimit(limit),
      });
      if (!page.ok) return page;
      const items = page.value.appointments.filter(
        ({ startLocal, practitionerId, locationId }) =>
          (only.from === undefined || startLocal >= only.from) &&
          (only.until === undefined || startLocal.slice(0, 10) <= only.until) &&
          (only.practitionerId === undefined || practitionerId === only.practitionerId) &&
          (only.locationId === undefined || locationId === only.locationId),
      );
      return ok({ items, after: page.value.next as typeof after });
    },
  },
});

const getAppointment = defineOperation({
  method: 'GET',
  path: '/appointments/{appointmentId}',
  id: 'getAppointment',
  tag,
  summary: 'An appointment',
  params,
  answer: { status: 200, schema: AnyAppointment },
  calls: ['appointments.get'],
  run: ({ params: { appointmentId } }, call) => call('appointments.get', { id: appointmentId }),
  own: {
    calls: ['panel.me', 'panel.appointment'],
    run: ({ params: { appointmentId } }, call) => ownAppointment(call, appointmentId),
  },
});

const createAppointment = defineOperation({
  method: 'POST',
  path: '/appointments',
  id: 'createAppointment',
  tag,
  summary: 'Book an appointment, or ask its practitioner for one',
  description: `\`startLocal\` is wall time at the site. \`minutes\` are said by the staff; a patient's visit is as long as its kind. ${outcome} A patient's account books for those it has to do with; what became of it is the state of the appointment.`,
  body: named(
    'NewAppointment',
    contract['appointments.book'].input.extend({
      minutes: contract['appointments.book'].input.shape.minutes.optional(),
    }),
  ),
  answer: { status: 201, schema: AnyBooking },
  location: ({ appointment }) => `/appointments/${appointment.id}`,
  calls: ['appointments.book'],
  problems: [...placing, ...ownPlacing],
  run: async ({ body: { minutes, ...body } }, call) =>
    minutes === undefined
      ? fail('invalid-input', { fields: { minutes: 'required' } })
      : call('appointments.book', { ...body, minutes }),
  own: {
    calls: ['panel.book'],
    run: async ({ body }, call) => {
      const { patientId, practitionerId, locationId, startLocal, visitTypeId, description, ...desk } = body;
      if (desk.request || desk.overbook || desk.minutes || desk.waitlistEntryId) return fail('not-permitted');
      return ownBooking(
        await call('panel.book', {
          patientId,
          practitionerId,
          locationId,
          startLocal,
          visitTypeId,
          reason: description,
        }),
      );
    },
  },
});

const { practitionerId, locationId, startLocal, minutes, visitTypeId, overbook } =
  contract['appointments.move'].input.shape;

const updateAppointment = defineOperation({
  method: 'PATCH',
  path: '/appointments/{appointmentId}',
  id: 'updateAppointment',
  tag,
  summary: 'Move an appointment: another time, practitioner, site, length or kind',
  description: `What is left out stays. ${outcome}`,
  params,
  body: named(
    'AppointmentChanges',
    z.object({
      practitionerId: practitionerId.optional(),
      locationId: locationId.optional(),
      startLocal: startLocal.optional(),
      minutes: minutes.optional(),
      visitTypeId,
      overbook,
    }),
  ),
  answer: { status: 200, schema: AnyBooking },
  calls: ['appointments.move', 'appointments.get'],
  ifMatch: getAppointment,
  problems: [...placing, ...ownPlacing],
  run: async ({ params: { appointmentId }, body }, call) => {
    const now = await call('appointments.get', { id: appointmentId });
    if (!now.ok) return now;
    const was = { practitionerId: now.value.practitionerId, startLocal: now.value.startLocal };
    return call('appointments.move', {
      id: appointmentId,
      locationId: body.locationId ?? now.value.locationId,
      minutes: body.minutes ?? now.value.minutes,
      practitionerId: body.practitionerId ?? was.practitionerId,
      startLocal: body.startLocal ?? was.startLocal,
      visitTypeId: body.visitTypeId,
      overbook: body.overbook,
      was,
    });
  },
  own: {
    calls: ['panel.me', 'panel.appointment', 'panel.move'],
    run: async ({ params: { appointmentId }, body }, call) => {
      const { minutes, visitTypeId, overbook } = body;
      if (minutes !== undefined || visitTypeId !== undefined || overbook !== undefined)
        return fail('not-permitted');
      const now = await ownAppointment(call, appointmentId);
      if (!now.ok) return now;
      return ownBooking(
        await call('panel.move', {
          ...seenNow(now.value),
          practitionerId: body.practitionerId ?? now.value.practitionerId,
          locationId: body.locationId ?? now.value.locationId,
          startLocal: body.startLocal ?? now.value.startLocal,
        }),
      );
    },
  },
});

type Cancelled = {
  readonly params: { readonly appointmentId: AppointmentId };
  readonly body: { readonly reason: string };
};

const cancelOwn = {
  calls: ['panel.me', 'panel.appointment', 'panel.cancel'] as const,
  run: async (
    { params: { appointmentId }, body }: Cancelled,
    call: CallAs<'panel.me' | 'panel.appointment' | 'panel.cancel'>,
  ) => {
    const now = await ownAppointment(call, appointmentId);
    return now.ok ? ownBooking(await call('panel.cancel', { ...seenNow(now.value), ...body })) : now;
  },
};

const cancelling = {
  tag,
  description: `It stays on record. ${outcome}`,
  params,
  body: Reason,
  answer: { status: 200, schema: AnyBooking },
  calls: ['appointments.cancel'],
  own: cancelOwn,
  ifMatch: getAppointment,
  problems: ['changed-meanwhile', 'too-late', 'too-many-tries'],
} as const;

const deleteAppointment = defineOperation({
  ...cancelling,
  method: 'DELETE',
  path: '/appointments/{appointmentId}',
  id: 'deleteAppointment',
  summary: 'Cancel an appointment',
  run: ({ params: { appointmentId }, body }, call) =>
    call('appointments.cancel', { id: appointmentId, ...body }),
});

const cancelAppointment = defineOperation({
  ...cancelling,
  method: 'POST',
  path: '/appointments/{appointmentId}/cancel',
  id: 'cancelAppointment',
  summary: 'Cancel an appointment',
  run: ({ params: { appointmentId }, body }, call) =>
    call('appointments.cancel', { id: appointmentId, ...body }),
});

const acceptAppointment = defineOperation({
  method: 'POST',
  path: '/appointments/{appointmentId}/accept',
  id: 'acceptAppointment',
  tag,
  summary: 'Accept what was asked for',
  description: `The practitioner accepts the time that was asked for; a patient's account the other one that was proposed. ${outcome}`,
  params,
  answer: { status: 200, schema: AnyBooking },
  calls: ['appointments.accept'],
  ifMatch: getAppointment,
  problems: [...placing, ...ownPlacing],
  run: ({ params: { appointmentId } }, call) => call('appointments.accept', { id: appointmentId }),
  own: {
    calls: ['panel.me', 'panel.appointment', 'panel.move'],
    run: async ({ params: { appointmentId } }, call) => {
      const now = await ownAppointment(call, appointmentId);
      if (!now.ok) return now;
      const { proposed, practitionerId, locationId } = now.value;
      if (proposed === null) return fail('changed-meanwhile');
      const { startLocal } = proposed;
      return ownBooking(
        await call('panel.move', { ...seenNow(now.value), practitionerId, locationId, startLocal }),
      );
    },
  },
});

const rejectAppointment = defineOperation({
  method: 'POST',
  path: '/appointments/{appointmentId}/reject',
  id: 'rejectAppointment',
  tag,
  summary: 'Reject what was asked for',
  description: outcome,
  params,
  body: Reason,
  answer: { status: 200, schema: AnyBooking },
  calls: ['appointments.reject'],
  ifMatch: getAppointment,
  problems: ['changed-meanwhile'],
  run: ({ params: { appointmentId }, body }, call) =>
    call('appointments.reject', { id: appointmentId, ...body }),
});

const rescheduleAppointment = defineOperation({
  method: 'POST',
  path: '/appointments/{appointmentId}/reschedule',
  id: 'rescheduleAppointment',
  tag,
  summary: 'Propose another time for what was asked for',
  description: `The practitioner proposes; once it is agreed with the patient, the appointment is moved by PATCH. ${outcome}`,
  params,
  body: named('ProposedTime', z.object({ startLocal })),
  answer: { status: 200, schema: AnyBooking },
  calls: ['appointments.propose'],
  ifMatch: getAppointment,
  problems: ['changed-meanwhile'],
  run: ({ params: { appointmentId }, body }, call) =>
    call('appointments.propose', { id: appointmentId, ...body }),
});

export const appointmentOperations: readonly Operation[] = [
  listAppointments,
  getAppointment,
  createAppointment,
  updateAppointment,
  deleteAppointment,
  acceptAppointment,
  rejectAppointment,
  rescheduleAppointment,
  cancelAppointment,
];
