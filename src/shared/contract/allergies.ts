import { z } from 'zod';
import {
  allergyCategories,
  allergyClinicalStatuses,
  allergySeverities,
  allergyTypes,
  allergyVerifications,
  criticalities,
  substanceKinds,
} from '#shared/domain/allergies/allergy.ts';
import { isPartialDate } from '#shared/domain/problems/partial-date.ts';
import { PatientId } from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';

const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, 'characters');

/** What somebody says of an allergy. */
export const AllergyWords = z.object({
  substance: words(200).min(1, 'required'),
  /** With the key of an ingredient or a class in `code`; `other` is free text, which checks cannot use. */
  codeKind: z.enum(['ingredient', 'class', 'other']),
  code: z.string().trim().min(1).max(100).nullable(),
  type: z.enum(allergyTypes).nullable(),
  category: z.enum(allergyCategories).nullable(),
  reaction: words(1000),
  severity: z.enum(allergySeverities).nullable(),
  criticality: z.enum(criticalities).nullable(),
  verificationStatus: z.enum(allergyVerifications),
  clinicalStatus: z.enum(allergyClinicalStatuses),
  onset: z.string().refine(isPartialDate, 'date').nullable(),
  note: words(4000),
});
export type AllergyWords = z.infer<typeof AllergyWords>;

export const AllergyView = AllergyWords.extend({
  id: z.guid(),
  patientId: PatientId,
  codeKind: z.enum(substanceKinds),
  /** What another system wrote may be none of ours. */
  verificationStatus: z.string(),
  clinicalStatus: z.string(),
  onset: z.string().nullable(),
  recordedAt: z.string(),
  recordedBy: z.string().nullable(),
  /** Checks of prescriptions find it by its code. */
  coded: z.boolean(),
  certainty,
});
export type AllergyView = z.infer<typeof AllergyView>;

export const allergyCalls = defineCalls({
  /** All that was not withdrawn, what stands first. `state` is what it says together. */
  'allergies.list': {
    kind: 'query',
    needs: 'allergy.read',
    input: z.object({ patientId: PatientId }),
    output: z.object({
      state: z.enum(['not-asked', 'none-known', 'some', 'contradiction']),
      allergies: z.array(AllergyView),
      /** Statements that there are none, of each workstation that said so. */
      noneKnown: z.array(AllergyView),
    }),
  },
  /** Adds one; a statement that there are none is withdrawn by it. `duplicate`: there is one of that substance. */
  'allergies.add': {
    kind: 'command',
    needs: 'allergy.create',
    input: z.object({ patientId: PatientId, allergy: AllergyWords }),
    output: AllergyView,
  },
  'allergies.change': {
    kind: 'command',
    needs: 'allergy.update',
    input: z.object({ id: z.guid(), allergy: AllergyWords }),
    output: AllergyView,
  },
  /** It turned out to be none: it stays on record as refuted, with the reason in its note. */
  'allergies.refute': {
    kind: 'command',
    needs: 'allergy.update',
    input: z.object({ id: z.guid(), reason: words(1000).min(1) }),
    output: AllergyView,
  },
  /** It should not have been written, or no longer holds for a statement that there are none. */
  'allergies.withdraw': {
    kind: 'command',
    needs: 'allergy.void',
    input: z.object({ id: z.guid(), reason: words(1000).min(1) }),
    output: z.null(),
  },
  /** Somebody asked, and there are none. `allergies-recorded` while there are some. */
  'allergies.noneKnown': {
    kind: 'command',
    needs: 'allergy.create',
    input: z.object({ patientId: PatientId }),
    output: AllergyView,
  },
});
