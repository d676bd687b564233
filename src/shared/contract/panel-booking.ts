import { z } from 'zod';
import { panelStates } from '#shared/domain/panel-booking/state.ts';
import { AppointmentId, LocationId, PatientId, PractitionerId, VisitTypeId } from '#shared/kernel/ids.ts';
import { defineCalls } from './call.ts';

const Fee = z.object({ amount: z.number().int(), currency: z.string() });

/** An appointment as its patient sees it: nothing that was written for the clinic. */
export const PanelAppointment = z.object({
  id: AppointmentId,
  patientId: PatientId,
  practitionerId: PractitionerId,
  practitionerName: z.string(),
  speciality: z.string(),
  locationId: LocationId,
  locationName: z.string(),
  address: z.string().nullable(),
  phone: z.string().nullable(),
  state: z.enum(panelStates),
  startAt: z.string(),
  endAt: z.string(),
  /** Wall time at the site, `YYYY-MM-DDTHH:MM`. */
  startLocal: z.string(),
  timeZone: z.string(),
  minutes: z.number().int(),
  visitTypeId: VisitTypeId.nullable(),
  visitTypeName: z.string().nullable(),
  /** What was written when it was booked in the panel. */
  reason: z.string().nullable(),
  /** The other time the doctor offers. */
  proposed: z.object({ startAt: z.string(), startLocal: z.string() }).nullable(),
  /** Whether it can be cancelled and moved here; `late`: only by calling. */
  cancel: z.enum(['allowed', 'late', 'none']),
  move: z.enum(['allowed', 'late', 'none']),
  /** Until how many hours before it begins that can be done here. */
  cancelHours: z.number().int(),
});
export type PanelAppointment = z.infer<typeof PanelAppointment>;

/** What a patient books, and what becomes of it. Each is about one person, who is theirs or `not-found`. */
export const panelBookingCalls = defineCalls({
  /**
   * Appointments, those still to come soonest first, the past and cancelled ones latest first. `live`: the centre is in reach, so
   * that what is shown is how it is there.
   */
  'panel.appointments': {
    kind: 'query',
    needs: 'own',
    input: z.object({
      patientId: PatientId,
      when: z.enum(['upcoming', 'past']),
      after: z.object({ startAt: z.iso.datetime(), id: AppointmentId }).nullable().default(null),
      limit: z.number().int().min(1).max(50).default(20),
    }),
    output: z.object({
      appointments: z.array(PanelAppointment),
      next: z.object({ startAt: z.string(), id: AppointmentId }).nullable(),
      live: z.boolean(),
    }),
  },
  'panel.appointment': {
    kind: 'query',
    needs: 'own',
    input: z.object({ patientId: PatientId, id: AppointmentId }),
    output: z.object({ appointment: PanelAppointment, fee: Fee.nullable(), live: z.boolean() }),
  },
});
