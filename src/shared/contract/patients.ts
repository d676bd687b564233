import { z } from 'zod';
import { genders } from '#shared/domain/patients/gender.ts';
import { identifierTypes } from '#shared/domain/patients/identifier.ts';
import { likenessReasons } from '#shared/domain/patients/likeness.ts';
import { ChangedParticulars, NewParticulars } from '#shared/domain/patients/particulars.ts';
import { PatientDetails, ShownDetails } from '#shared/domain/patients/patient.ts';
import { LocationId, OrganizationId, PatientId } from '#shared/kernel/ids.ts';
import { AppointmentView, certainty } from './appointments.ts';
import { defineCalls } from './call.ts';

export const PatientSummary = z.object({
  id: PatientId,
  mrn: z.string(),
  family: z.string(),
  given: z.string(),
  gender: z.string(),
  birthDate: z.string().nullable(),
  birthDateEstimated: z.boolean(),
  phone: z.string().nullable(),
  city: z.string().nullable(),
  deceasedDate: z.string().nullable(),
  certainty,
});
export type PatientSummary = z.infer<typeof PatientSummary>;

/** How much two records look like one person, and why. */
const likeness = { score: z.number().min(0).max(100), reasons: z.array(z.enum(likenessReasons)) };

export const SimilarPatient = PatientSummary.extend(likeness);
export type SimilarPatient = z.infer<typeof SimilarPatient>;

/** The other record of a person, enough to name it. */
export const MergedRecord = PatientSummary.pick({ id: true, mrn: true, family: true, given: true });
export type MergedRecord = z.infer<typeof MergedRecord>;

export const PatientView = PatientSummary.extend({
  email: z.string().nullable(),
  addressLine: z.string().nullable(),
  postalCode: z.string().nullable(),
  country: z.string().nullable(),
  contactName: z.string().nullable(),
  contactPhone: z.string().nullable(),
  contactRelation: z.string().nullable(),
  language: z.string().nullable(),
  locationId: LocationId.nullable(),
  createdAt: z.string(),
  rowVersion: z.number().int(),
  /** The record that goes on, when this one was merged into another. */
  mergedInto: MergedRecord.nullable(),
  /** Records that were merged into this one. At most 20. */
  mergedFrom: z.array(MergedRecord),
});
export type PatientView = z.infer<typeof PatientView>;

const known = z.string().nullable();

/** What more is known of a person, under all records that were made one. Each list has the latest first. */
export const PatientParticulars = z.object({
  telecoms: z.array(
    z.object({ id: z.guid(), system: z.string(), value: z.string(), use: known, note: known }),
  ),
  identifiers: z.array(z.object({ id: z.guid(), type: z.string(), value: z.string(), issuer: known })),
  coverages: z.array(
    z.object({
      id: z.guid(),
      payer: z.string(),
      /** Null: in words alone. */
      payorId: OrganizationId.nullable(),
      /** What the payer bears, in basis points; null: nothing is agreed. */
      coverRate: z.number().int().nullable(),
      plan: known,
      subscriberId: known,
      relationship: known,
      startDate: known,
      endDate: known,
    }),
  ),
  /** Everything that was ever said; the first of a category holds. */
  consents: z.array(
    z.object({
      id: z.guid(),
      category: z.string(),
      provision: z.string(),
      note: known,
      recordedAt: z.string(),
      /** Who recorded it, null when that account is not known here. */
      recordedBy: known,
    }),
  ),
  photo: z.object({ id: z.guid(), contentType: z.string(), data: z.string() }).nullable(),
});
export type PatientParticulars = z.infer<typeof PatientParticulars>;

/** A patient of any site as the centre tells of one: enough to recognise somebody. */
export const PatientElsewhere = PatientSummary.pick({
  id: true,
  mrn: true,
  family: true,
  given: true,
  gender: true,
  birthDate: true,
}).extend({ site: z.string().nullable() });
export type PatientElsewhere = z.infer<typeof PatientElsewhere>;

export const patientCalls = defineCalls({
  /**
   * Find while typing: MRN, name tokens in any order, accents folded, date of birth in several spellings, phone.
   * Best match first; an empty text gives the patients most recently opened or registered here.
   */
  'patients.search': {
    kind: 'query',
    needs: 'patient.read',
    input: z.object({ text: z.string().max(200), limit: z.number().int().min(1).max(50).default(20) }),
    output: z.array(PatientSummary),
  },
  'patients.get': {
    kind: 'query',
    needs: 'patient.read',
    input: z.object({ id: PatientId }),
    output: PatientView,
  },
  'patients.particulars': {
    kind: 'query',
    needs: 'patient.read',
    input: z.object({ id: PatientId }),
    output: PatientParticulars,
  },
  /** The patient and the particulars are one mutation. */
  'patients.register': {
    kind: 'command',
    needs: 'patient.create',
    input: PatientDetails.extend({
      particulars: NewParticulars.prefault({}),
      /** The person at the desk has seen the patients that look alike and says this is another one. */
      notADuplicate: z.boolean().default(false),
    }),
    output: PatientView,
  },
  'patients.update': {
    kind: 'command',
    needs: 'patient.update',
    input: z.object({
      id: PatientId,
      details: PatientDetails,
      /**
       * What the form was filled with. Only what differs from it is written, so that a form left open takes nothing
       * back that others changed meanwhile; `changed-meanwhile` when they changed the same. Null: all of `details`.
       */
      was: ShownDetails.nullable().default(null),
      /** What is added and what is voided, in the same mutation. */
      particulars: ChangedParticulars.prefault({}),
    }),
    output: PatientView,
  },
  /** Patients that look like the one being typed, the likeliest first, with score and reasons. At most 5. */
  'patients.similar': {
    kind: 'query',
    needs: 'patient.create',
    input: z.object({
      family: z.string().max(100),
      given: z.string().max(100),
      gender: z.enum(genders).nullable().default(null),
      birthDate: z.string().max(40),
      phone: z.string().max(40),
      email: z.string().max(200).default(''),
      addressLine: z.string().max(200).default(''),
      city: z.string().max(100).default(''),
      /** Besides `phone`. */
      phones: z.array(z.string().max(100)).max(10).default([]),
      identifiers: z
        .array(z.object({ type: z.enum(identifierTypes), value: z.string().max(100) }))
        .max(10)
        .default([]),
    }),
    output: z.array(SimilarPatient),
  },
  /**
   * Asks the centre for a patient of any site, by record number, or by date of birth and a name; `invalid-input` with the
   * field `text` when the text has neither, `unavailable` when the centre does not answer. At most 20.
   */
  'patients.findEverywhere': {
    kind: 'command',
    needs: 'patient.read',
    input: z.object({ text: z.string().max(200) }),
    output: z.array(PatientElsewhere),
  },
  /** Brings the chart of a patient of another site here and keeps it up to date from now on. */
  'patients.bringHere': {
    kind: 'command',
    needs: 'patient.read',
    input: z.object({ id: PatientId }),
    output: z.null(),
  },
  /** One patient's appointments, newest first, a page at a time. `complete`: none is still arriving from the centre. */
  'patients.appointments': {
    kind: 'query',
    needs: 'appointment.read',
    input: z.object({
      id: PatientId,
      /** The `startAt` and id of the last row of the page before. */
      before: z.object({ startAt: z.string(), id: z.string() }).nullable().default(null),
      limit: z.number().int().min(1).max(100).default(50),
    }),
    output: z.object({ appointments: z.array(AppointmentView), complete: z.boolean() }),
  },
});
