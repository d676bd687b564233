import { z } from 'zod';

/** FHIR R4 4.0.1 AdministrativeGender, http://hl7.org/fhir/administrative-gender. */
export const genders = ['female', 'male', 'other', 'unknown'] as const;

/** Control characters and halves of a character have no place in a name; what cannot be seen hides what a name is. */
const visible = /^[^\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u2066-\u2069\u2800]*$/u;
const line = (max: number) => z.string().trim().normalize('NFC').max(max).regex(visible, 'characters');
const optionalLine = (max: number) =>
  line(max)
    .nullable()
    .default(null)
    .transform((text) => text || null);

/** What the desk asks of a patient, as typed; `birthDate` is already `YYYY-MM-DD` here. */
export const PatientDetails = z.object({
  family: line(100).min(1, 'required'),
  given: line(100).min(1, 'required'),
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
});
export type ShownDetails = z.infer<typeof ShownDetails>;
