import { z } from 'zod';
import { OrganizationId } from '#shared/kernel/ids.ts';
import { identifierTypes, plainIdentifier } from './identifier.ts';
import { line, optionalLine } from './lines.ts';
import { isDialable } from './phone.ts';

/**
 * What more is known of a person, each in a row of its own: nothing in it is changed, something is added, and what is
 * wrong or over is voided. So what two desks add at once both stays.
 */

/** FHIR R4 ContactPointUse, http://hl7.org/fhir/contact-point-use. */
export const telecomUses = ['mobile', 'home', 'work', 'temp', 'old'] as const;

/** How a telecom is reached follows from how it is written. */
export const telecomSystem = (value: string): 'email' | 'phone' => (value.includes('@') ? 'email' : 'phone');

const isReachable = (value: string): boolean =>
  value === '' || (telecomSystem(value) === 'email' ? /^\S+@\S+$/.test(value) : isDialable(value));

export const NewTelecom = z.object({
  value: line(100).min(1, 'required').refine(isReachable, 'phone'),
  use: z.enum(telecomUses).nullable().default(null),
  note: optionalLine(200),
});
export type NewTelecom = z.infer<typeof NewTelecom>;

export const NewIdentifier = z.object({
  type: z.enum(identifierTypes),
  value: line(100).refine((value) => plainIdentifier(value) !== '', 'required'),
  issuer: optionalLine(200),
});
export type NewIdentifier = z.infer<typeof NewIdentifier>;

/** FHIR R4 subscriber-relationship, http://terminology.hl7.org/CodeSystem/subscriber-relationship: the patient's to the subscriber. */
export const coverageRelationships = ['self', 'spouse', 'child', 'parent', 'common', 'other'] as const;

const optionalDay = z.iso
  .date('date')
  .refine((day) => day >= '1900-01-01' && day < '2200-01-01', 'date')
  .nullable()
  .default(null);

export const NewCoverage = z
  .object({
    payer: line(200).min(1, 'required'),
    /** A payer of the list (`payers.list`), whose name then stands for what was typed; null: in words alone. */
    payorId: OrganizationId.nullable().default(null),
    /** What the payer bears, in basis points; null: nothing is agreed. */
    coverRate: z.number().int().min(0, 'negative').max(10_000, 'rate').nullable().default(null),
    plan: optionalLine(200),
    subscriberId: optionalLine(100),
    relationship: z.enum(coverageRelationships).nullable().default(null),
    startDate: optionalDay,
    endDate: optionalDay,
  })
  .refine(({ startDate, endDate }) => startDate === null || endDate === null || endDate >= startDate, {
    error: 'order',
    path: ['endDate'],
  });
export type NewCoverage = z.infer<typeof NewCoverage>;

/** What a patient is asked to allow. */
export const consentCategories = [
  'treatment',
  'data-sharing',
  'contact-sms',
  'contact-phone',
  'contact-email',
  'research',
] as const;

/** FHIR R4 ConsentProvisionType, http://hl7.org/fhir/consent-provision-type. */
export const consentProvisions = ['permit', 'deny'] as const;

export const NewConsent = z.object({
  category: z.enum(consentCategories),
  provision: z.enum(consentProvisions),
  note: optionalLine(1000),
});
export type NewConsent = z.infer<typeof NewConsent>;

/** A photo's longest text and largest picture: it goes to every desk. */
export const photoLimits = { characters: 40_000, width: 240, height: 320 } as const;

export const NewPhoto = z.object({
  /** A JPEG (ISO/IEC 10918-1), in base64: it begins with FF D8 FF. */
  data: z
    .string()
    .max(photoLimits.characters)
    .regex(/^\/9j\/[A-Za-z0-9+/]+={0,2}$/, 'photo'),
});
export type NewPhoto = z.infer<typeof NewPhoto>;

/** Of each kind, what one form may add. */
const mostAtOnce = 10;

export const NewParticulars = z.object({
  telecoms: z.array(NewTelecom).max(mostAtOnce).default([]),
  identifiers: z.array(NewIdentifier).max(mostAtOnce).default([]),
  coverages: z.array(NewCoverage).max(mostAtOnce).default([]),
  consents: z.array(NewConsent).max(consentCategories.length).default([]),
  photo: NewPhoto.nullable().default(null),
});
export type NewParticulars = z.infer<typeof NewParticulars>;

/** What can be wrong or over. Consent is not among them: it is given or refused anew. */
export const voidableKinds = ['telecom', 'identifier', 'coverage', 'photo'] as const;
export type VoidableKind = (typeof voidableKinds)[number];

export const ChangedParticulars = NewParticulars.extend({
  voided: z
    .array(
      z.object({
        kind: z.enum(voidableKinds),
        id: z.guid(),
        reason: line(1000).min(1, 'required'),
      }),
    )
    .max(50)
    .default([]),
});
export type ChangedParticulars = z.infer<typeof ChangedParticulars>;

interface Said {
  readonly category: string;
  readonly provision: string;
}

/** Of consents with the latest first, the one of each category that holds. */
export const holdingConsents = <C extends Said>(consents: readonly C[]): ReadonlyMap<string, C> => {
  const holding = new Map<string, C>();
  for (const consent of consents) if (!holding.has(consent.category)) holding.set(consent.category, consent);
  return holding;
};
