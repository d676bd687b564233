import type { PatientParticulars, PatientView } from '#shared/contract/patients.ts';
import { type BirthDate, type BirthDateProblem, parseBirthDate } from '#shared/domain/patients/birth-date.ts';
import type { genders } from '#shared/domain/patients/gender.ts';
import type { ChangedParticulars } from '#shared/domain/patients/particulars.ts';
import { PatientDetails } from '#shared/domain/patients/patient.ts';
import { isDialable, phoneDigits } from '#shared/domain/patients/phone.ts';
import {
  checkParticulars,
  emptyParticulars,
  type ParticularsValues,
  shownParticulars,
} from './particulars-form.ts';

/** What stands in the fields: text as typed. */
export interface DetailValues {
  readonly family: string;
  readonly given: string;
  readonly gender: (typeof genders)[number] | '';
  readonly birthText: string;
  readonly phone: string;
  readonly addressLine: string;
  readonly city: string;
  readonly postalCode: string;
  readonly country: string;
  readonly contactName: string;
  readonly contactPhone: string;
  readonly email: string;
  readonly contactRelation: string;
  readonly language: string;
}
export type PatientField = keyof DetailValues;

export interface PatientFormValues extends DetailValues {
  readonly particulars: ParticularsValues;
}

/** What a form sends. */
export type PatientFormOutput = PatientDetails & { readonly particulars: ChangedParticulars };

export const emptyPatientForm: PatientFormValues = {
  family: '',
  given: '',
  gender: '',
  birthText: '',
  phone: '',
  addressLine: '',
  city: '',
  postalCode: '',
  country: '',
  contactName: '',
  contactPhone: '',
  email: '',
  contactRelation: '',
  language: '',
  particulars: emptyParticulars,
};

/** A birth date as one would type it again: what was estimated is left out. */
const birthTextOf = (date: string | null, estimated: boolean): string => {
  if (date === null) return '';
  if (!estimated || !date.endsWith('-01')) return date;
  return date.endsWith('-01-01') ? date.slice(0, 4) : date.slice(0, 7);
};

/** The fields of a patient who is already here. */
export function formOf(patient: PatientView, known?: PatientParticulars): PatientFormValues {
  return {
    family: patient.family,
    given: patient.given,
    gender: patient.gender as PatientFormValues['gender'],
    birthText: birthTextOf(patient.birthDate, patient.birthDateEstimated),
    phone: patient.phone ?? '',
    addressLine: patient.addressLine ?? '',
    city: patient.city ?? '',
    postalCode: patient.postalCode ?? '',
    country: patient.country ?? '',
    contactName: patient.contactName ?? '',
    contactPhone: patient.contactPhone ?? '',
    email: patient.email ?? '',
    contactRelation: patient.contactRelation ?? '',
    language: patient.language ?? '',
    particulars: shownParticulars(known),
  };
}

/** Puts what was typed into a search where it most likely belongs: a date, a phone number, or a name. */
export function formFromSearch(text: string, today: string): PatientFormValues {
  const typed = text.trim();
  if (/\d/.test(typed) && parseBirthDate(typed, { today }).ok)
    return { ...emptyPatientForm, birthText: typed };
  if (phoneDigits(typed).length >= 6) return { ...emptyPatientForm, phone: typed };
  const [family = '', ...given] = typed.split(/\s+/);
  return { ...emptyPatientForm, family, given: given.join(' ') };
}

/** What is wrong with a field: a code of `errors.field`, or of the birth date. */
export type FieldProblems = Readonly<Partial<Record<string, string>>>;

export type Checked =
  | { readonly ok: true; readonly details: PatientFormOutput }
  | { readonly ok: false; readonly problems: FieldProblems };

const birthProblems: Readonly<Record<Exclude<BirthDateProblem, 'empty'>, string>> = {
  unreadable: 'date',
  impossible: 'birth-impossible',
  future: 'birth-future',
  'too-old': 'birth-too-old',
};

type Birth =
  | { readonly ok: true; readonly value: BirthDate | null }
  | { readonly ok: false; readonly error: string };

function readBirth(text: string, today: string): Birth {
  const parsed = parseBirthDate(text, { today });
  if (parsed.ok) return parsed;
  return parsed.error === 'empty'
    ? { ok: true, value: null }
    : { ok: false, error: birthProblems[parsed.error] };
}

interface Issue {
  readonly code: string;
  readonly message: string;
}

const isSaid = (message: string): boolean => ['required', 'one-name', 'name', 'characters'].includes(message);

const problemOf = (field: PatientField, { code, message }: Issue): string => {
  if (isSaid(message)) return message;
  if (code === 'too_small') return 'required';
  if (field === 'country') return 'country';
  return code === 'too_big' ? 'too-long' : 'invalid';
};

const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** Nothing, or the two letters of a country (ISO 3166-1 alpha-2). */
const isCountry = (code: string): boolean =>
  code === '' || (/^[a-z]{2}$/i.test(code) && countries.of(code.toUpperCase()) !== undefined);

export interface FormContext {
  /** The clinic's day, `YYYY-MM-DD`. */
  readonly today: string;
  /** In which months are typed. */
  readonly locale: string;
  /** The patient being edited: a birth date nobody touched keeps being estimated or not. */
  readonly before?: PatientView | undefined;
  /** The folded part as it was shown. */
  readonly shown?: ParticularsValues;
}

/** The details to send, or what is wrong and where. */
export function checkPatientForm(
  values: PatientFormValues,
  { today, locale, before, shown = emptyParticulars }: FormContext,
): Checked {
  const untouched = before !== undefined && values.birthText === formOf(before).birthText;
  const birth = readBirth(values.birthText, today);
  const { birthText: _, particulars: typed, ...rest } = values;
  const parsed = PatientDetails.safeParse({
    ...rest,
    country: values.country.toUpperCase(),
    birthDate: untouched ? before.birthDate : birth.ok ? (birth.value?.date ?? null) : null,
    birthDateEstimated: untouched
      ? before.birthDateEstimated
      : birth.ok && birth.value !== null && birth.value.estimated !== 'nothing',
  });
  const problems: Record<string, string> = {};
  if (!birth.ok && !untouched) problems.birthText = birth.error;
  if (!isCountry(values.country.trim())) problems.country = 'country';
  if (!/^$|^\S+@\S+$/.test(values.email.trim())) problems.email = 'email';
  for (const field of ['phone', 'contactPhone'] as const) {
    const unchanged = before !== undefined && values[field] === formOf(before)[field];
    if (values[field].trim() !== '' && !unchanged && !isDialable(values[field])) problems[field] = 'phone';
  }
  for (const issue of parsed.error?.issues ?? []) {
    const field = (issue.path[0] === 'birthDate' ? 'birthText' : issue.path[0]) as PatientField;
    problems[field] ??= field === 'gender' ? 'required' : problemOf(field, issue);
  }
  const particulars = checkParticulars(typed, { today, locale, shown });
  if (parsed.success && particulars.ok && Object.keys(problems).length === 0)
    return { ok: true, details: { ...parsed.data, particulars: particulars.value } };
  for (const [path, problem] of Object.entries(particulars.ok ? {} : particulars.problems))
    problems[`particulars.${path}`] = problem;
  return { ok: false, problems };
}
