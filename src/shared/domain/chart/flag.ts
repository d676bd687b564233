/** What an alert is about: FHIR R4's flag-category codes, as far as a clinic needs them. */
export const alertCategories = [
  'clinical',
  'safety',
  'drug',
  'behavioral',
  'contact',
  'advance-directive',
  'admin',
] as const;
export type AlertCategory = (typeof alertCategories)[number];

/** The category that closes a chart. */
export const restricted = 'restricted';

export const flagCategories = [...alertCategories, restricted] as const;
export type FlagCategory = (typeof flagCategories)[number];

/** When a flag holds; both days are in it. */
interface Span {
  readonly start_date: string | null;
  readonly end_date: string | null;
}

/** Whether a flag holds on `day`, `YYYY-MM-DD`. */
export const holdsOn = ({ start_date, end_date }: Span, day: string): boolean =>
  (start_date === null || start_date <= day) && (end_date === null || day <= end_date);
