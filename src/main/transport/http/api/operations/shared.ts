import { z } from 'zod';
import { AppointmentView, BookingOutcome } from '#shared/contract/appointments.ts';
import { PanelAppointment } from '#shared/contract/panel-booking.ts';
import { named } from '../schemas.ts';

/** Schemas of more than one resource. */
export const Appointment = named('Appointment', AppointmentView);
/** What a patient’s account sees of the same. */
export const OwnAppointment = named('OwnAppointment', PanelAppointment);
export const AnyAppointment = z.union([Appointment, OwnAppointment]);
export const Booking = named('Booking', BookingOutcome);
/** What became of it is the state of the appointment. */
export const OwnBooking = named('OwnBooking', z.object({ appointment: OwnAppointment }));
export const AnyBooking = z.union([Booking, OwnBooking]);

/** Where a list by time goes on. */
export const Place = z.object({ at: z.string().max(40), id: z.guid() });

/** Why something is taken back. */
export const Reason = named(
  'Reason',
  z.object({
    reason: z
      .string()
      .trim()
      .min(1, 'required')
      .max(500)
      .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, 'characters'),
  }),
);
