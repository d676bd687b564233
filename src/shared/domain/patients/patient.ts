import { z } from 'zod';
import { genders } from './gender.ts';
import { isLanguageTag } from './language.ts';
import { nameLine, optionalLine } from './lines.ts';
import { noGivenName } from './name.ts';

/** What the desk asks of a patient, as typed; `birthDate` is already `YYYY-MM-DD` here. */
export const PatientDetails = z.object({
  family: nameLine(100).min(1, 'required'),
  /** A dash alone says that somebody has one name only. */
  given: nameLine(100)
    .min(1, 'one-name')
    .overwrite((text) => (/^\p{Pd}$/u.test(text) ? noGivenName : text)),
  gender: z.enum(genders),
  birthDate: z.iso.date().nullable().default(null),
  birthDateEstimated: z.boolean().default(false),
  phone: optionalLine(40),
  email: optionalLine(200),
  addressLine: optionalLine(200),
  city: optionalLine(100),
  postalCode: optionalLine(20),
  country: optionalLine(2),
  contactName: optionalLine(200),
  contactPhone: optionalLine(40),
  /** One of `contactRelations`, or what a record from elsewhere says. */
  contactRelation: optionalLine(40),
  /** BCP 47. */
  language: optionalLine(40).refine((text) => text === null || isLanguageTag(text), 'invalid'),
});
export type PatientDetails = z.infer<typeof PatientDetails>;

const anything = z.string().max(1000);
const known = anything.nullable();

/** Details as a screen showed them: whatever a patient has, from wherever it came. */
export const ShownDetails = z.object({
  family: anything,
  given: anything,
  gender: anything,
  birthDate: known,
  birthDateEstimated: z.boolean(),
  phone: known,
  email: known,
  addressLine: known,
  city: known,
  postalCode: known,
  country: known,
  contactName: known,
  contactPhone: known,
  contactRelation: known,
  language: known,
});
export type ShownDetails = z.infer<typeof ShownDetails>;
