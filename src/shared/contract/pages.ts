import { z } from 'zod';
import { appointmentStatuses } from '#shared/domain/appointments/status.ts';
import { AppointmentId, LocationId, NoteId, PatientId, PractitionerId } from '#shared/kernel/ids.ts';
import { AppointmentView, certainty } from './appointments.ts';
import { defineCalls } from './call.ts';
import { NoteThreadView } from './notes.ts';
import { ReportView } from './orders.ts';
import { PatientSummary } from './patients.ts';

/** Rows of a page another program may ask for. */
export const mostOnAPage = 100;
const limit = z.number().int().min(1).max(mostOnAPage).default(50);
const day = z.iso.date();

/** Where a page begins that follows another: by instant and id. */
const Place = z.object({ at: z.string().max(40), id: z.guid() });

export const EncounterView = z.object({
  id: z.guid(),
  patientId: PatientId,
  appointmentId: AppointmentId.nullable(),
  practitionerId: PractitionerId.nullable(),
  practitionerName: z.string().nullable(),
  locationId: LocationId.nullable(),
  locationName: z.string().nullable(),
  /** FHIR EncounterStatus; what an import brought may be none of ours. */
  status: z.string(),
  /** HL7 ActCode: `AMB`. */
  class: z.string(),
  reason: z.string().nullable(),
  startAt: z.string(),
  endAt: z.string().nullable(),
  certainty,
});
export type EncounterView = z.infer<typeof EncounterView>;

/** Lists a page at a time and single rows, as other programs ask for them; screens have calls of their own. */
export const pageCalls = defineCalls({
  /** Patients in the order they were registered in, merged records left out. Everything named has to fit. */
  'patients.page': {
    kind: 'query',
    needs: 'patient.read',
    input: z.object({
      mrn: z.string().trim().min(1).max(64).nullable().default(null),
      birthDate: day.nullable().default(null),
      /** Where they were registered. What is looked through for a page is bounded, so one may be short or empty with more to come. */
      locationId: LocationId.nullable().default(null),
      /** The `next` of the page before. */
      after: PatientId.nullable().default(null),
      limit,
    }),
    output: z.object({ patients: z.array(PatientSummary), next: PatientId.nullable() }),
  },
  /**
   * Appointments by time. Days are those at each appointment's own place, both included, at most 366. What is looked through for a
   * page is bounded, so one may be short or empty with more to come.
   */
  'appointments.page': {
    kind: 'query',
    needs: 'appointment.read',
    input: z.object({
      from: day,
      until: day,
      practitionerId: PractitionerId.nullable().default(null),
      locationId: LocationId.nullable().default(null),
      /** Those of merged records of the same person too. */
      patientId: PatientId.nullable().default(null),
      statuses: z
        .array(z.enum(appointmentStatuses))
        .min(1)
        .max(appointmentStatuses.length)
        .nullable()
        .default(null),
      order: z.enum(['asc', 'desc']).default('asc'),
      after: z
        .object({ startAt: z.string().max(40), id: AppointmentId })
        .nullable()
        .default(null),
      limit,
    }),
    output: z.object({
      appointments: z.array(AppointmentView),
      next: z.object({ startAt: z.string(), id: AppointmentId }).nullable(),
      /** False while appointments may still arrive from the centre. */
      complete: z.boolean(),
    }),
  },
  /** Encounters of a patient under any record, the latest first. */
  'encounters.page': {
    kind: 'query',
    needs: 'encounter.read',
    input: z.object({ patientId: PatientId, after: Place.nullable().default(null), limit }),
    output: z.object({ encounters: z.array(EncounterView), next: Place.nullable() }),
  },
  'encounters.get': {
    kind: 'query',
    needs: 'encounter.read',
    input: z.object({ id: z.guid() }),
    output: EncounterView,
  },
  /** A signed note by the id of any of its versions or addenda, with all of them. */
  'notes.thread': {
    kind: 'query',
    needs: 'note.read',
    input: z.object({ id: NoteId }),
    output: NoteThreadView,
  },
  'results.get': {
    kind: 'query',
    needs: 'result.read',
    input: z.object({ id: z.guid() }),
    output: ReportView,
  },
});
