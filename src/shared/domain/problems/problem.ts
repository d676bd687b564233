import { comparePartialDates, isPartialDate } from './partial-date.ts';

/** FHIR R4, condition-clinical. */
export const clinicalStatuses = [
  'active',
  'recurrence',
  'relapse',
  'inactive',
  'remission',
  'resolved',
] as const;
export type ClinicalStatus = (typeof clinicalStatuses)[number];

/** FHIR R4, condition-ver-status, without `entered-in-error`: such a problem is voided. */
export const verificationStatuses = [
  'unconfirmed',
  'provisional',
  'differential',
  'confirmed',
  'refuted',
] as const;
export type VerificationStatus = (typeof verificationStatuses)[number];

export const problemSeverities = ['mild', 'moderate', 'severe'] as const;

const goingOn: readonly ClinicalStatus[] = ['active', 'recurrence', 'relapse'];
const over: readonly ClinicalStatus[] = ['inactive', 'remission', 'resolved'];

/** Whether the patient has it now. FHIR con-4: only what is not going on has an end. */
export const isGoingOn = (status: ClinicalStatus): boolean => goingOn.includes(status);

/**
 * Where a clinical status may go from `from`, itself among them. What is over comes back as it went: after a remission it is a
 * relapse, after anything else a recurrence; `active` takes back what was closed by mistake.
 */
export const nextClinical = (from: ClinicalStatus): readonly ClinicalStatus[] => {
  if (isGoingOn(from)) return [from, ...over];
  const again: ClinicalStatus = from === 'remission' ? 'relapse' : 'recurrence';
  return ['active', again, ...over];
};

/** Where a verification status may go from `from`, itself among them: what is confirmed is not doubted again but refuted. */
export const nextVerification = (from: VerificationStatus): readonly VerificationStatus[] => {
  if (from === 'confirmed') return ['confirmed', 'refuted'];
  if (from === 'refuted') return ['refuted', 'unconfirmed', 'confirmed'];
  return verificationStatuses;
};

export interface ProblemTimes {
  readonly clinicalStatus: ClinicalStatus;
  /** FHIR dates, as precise as they are known. */
  readonly onset: string | null;
  readonly abatement: string | null;
}

/** What is wrong with when a problem began and ended, by field: a code with words of its own. */
export const problemProblems = (
  { clinicalStatus, onset, abatement }: ProblemTimes,
  birthDate: string | null,
  today: string,
): Readonly<Record<string, string>> => {
  const wrong = (date: string | null): string | null => {
    if (date === null) return null;
    if (!isPartialDate(date)) return 'date';
    if (comparePartialDates(date, today) > 0) return 'future';
    return birthDate !== null && comparePartialDates(date, birthDate) < 0 ? 'before-birth' : null;
  };
  const [start, end] = [wrong(onset), wrong(abatement)];
  if (start !== null || end !== null)
    return { ...(start === null ? {} : { onset: start }), ...(end === null ? {} : { abatement: end }) };
  if (abatement !== null && isGoingOn(clinicalStatus)) return { abatement: 'still-going-on' };
  const reversed = onset !== null && abatement !== null && comparePartialDates(abatement, onset) < 0;
  return reversed ? { abatement: 'order' } : {};
};
