import { z } from 'zod';
import { isClean } from '#shared/domain/notes/sections.ts';
import { requestLimits } from '#shared/domain/panel/request.ts';
import { durationUnits } from '#shared/domain/prescribing/duration.ts';
import { PatientId, PrescriptionId, TaskId } from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';
import { PatientRequest } from './panel-records.ts';
import { PrescriptionView } from './prescriptions.ts';

const words = z.string().trim().max(requestLimits.text, 'too-long').refine(isClean, 'characters');

/** `checking`: the clinic has yet to say which of its versions holds, so nothing of it is certain. */
export const panelPrescriptionStates = ['active', 'on-hold', 'stopped', 'completed', 'checking'] as const;

/** A prescription as its patient sees it: the signed version that holds. */
export const PanelPrescription = z.object({
  /** The prescription, whichever of its versions holds. */
  id: PrescriptionId,
  state: z.enum(panelPrescriptionStates),
  medication: z.string(),
  form: z.string().nullable(),
  strength: z.string().nullable(),
  /** The directions as they were signed, and what they are made of where they are more than words. */
  dosage: z.string(),
  doseValue: z.string().nullable(),
  doseUnit: z.string().nullable(),
  route: z.string().nullable(),
  frequency: z.string().nullable(),
  asNeeded: z.boolean(),
  asNeededFor: z.string().nullable(),
  maxPerDay: z.string().nullable(),
  duration: z.object({ value: z.number().int(), unit: z.enum(durationUnits) }).nullable(),
  prescriber: z.string().nullable(),
  startDate: z.string(),
  endDate: z.string().nullable(),
  /** What is left to hand out; null where nothing was said of how much. */
  remaining: z.string().nullable(),
  quantityUnit: z.string().nullable(),
  /** The open request to renew it. */
  renewal: PatientRequest.nullable(),
  /** Whether it can be asked for: it holds alone, and nobody has asked yet. */
  mayRenew: z.boolean(),
});
export type PanelPrescription = z.infer<typeof PanelPrescription>;

/** A renewal that a patient asks for, as a doctor sees it. */
export const RenewalRequest = z.object({
  id: TaskId,
  patientId: PatientId,
  patientName: z.string(),
  patientMrn: z.string(),
  /** What the patient says to it. */
  words: z.string(),
  /** The version that holds now; null where none does, two do, or it is not shown. */
  prescription: PrescriptionView.nullable(),
  /** Two versions hold: a doctor says which before it is renewed. */
  forked: z.boolean(),
  /** `own`, `delegated` by who is away, or `nobody`: who wrote it is not known or reads nothing here. */
  whose: z.enum(['own', 'delegated', 'nobody']),
  /** The chart is restricted and no reason was given: neither medicine nor words are shown. */
  restricted: z.boolean(),
  createdAt: z.string(),
  certainty,
});
export type RenewalRequest = z.infer<typeof RenewalRequest>;

export const panelPrescriptionCalls = defineCalls({
  /** What goes on, or what is over, the latest first; `before` is the `next` of the page before it. */
  'panel.prescriptions': {
    kind: 'query',
    needs: 'own',
    input: z.object({
      patientId: PatientId,
      past: z.boolean().default(false),
      before: z.string().max(100).nullable().default(null),
      limit: z.number().int().min(1).max(50).default(20),
    }),
    output: z.object({
      shown: z.boolean(),
      items: z.array(PanelPrescription),
      next: z.string().nullable(),
    }),
  },
  /** A prescription by the id of any of its versions; `not-released` where the clinic shows none. */
  'panel.prescription': {
    kind: 'query',
    needs: 'own',
    input: z.object({ patientId: PatientId, id: PrescriptionId }),
    output: PanelPrescription,
  },
  /** Asks the prescriber for more of it. `duplicate` while it is asked for already, `forked` while two versions hold. */
  'panel.requestRenewal': {
    kind: 'command',
    needs: 'own',
    input: z.object({ patientId: PatientId, prescriptionId: PrescriptionId, words: words.default('') }),
    output: PatientRequest,
  },
  /** Renewals that wait for the signed-in doctor, and those that wait for nobody, the oldest first. */
  'prescriptions.renewals': {
    kind: 'query',
    needs: 'prescription.sign',
    input: z.object({}),
    output: z.array(RenewalRequest),
  },
  'prescriptions.renewalsWaiting': {
    kind: 'query',
    needs: 'prescription.sign',
    input: z.object({}),
    output: z.object({ count: z.number().int() }),
  },
  /** Refuses one, with the reason the patient reads. It is renewed with `prescriptions.write`. */
  'prescriptions.refuseRenewal': {
    kind: 'command',
    needs: 'prescription.sign',
    input: z.object({ id: TaskId, reason: words.pipe(z.string().min(1, 'required')) }),
    output: z.null(),
  },
});
