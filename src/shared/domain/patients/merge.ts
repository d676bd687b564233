/**
 * What one record has and the other may have better, in the order people say it. The record number is not among them:
 * both numbers stay valid, as both are on cards.
 */
export const mergeColumns = [
  'family',
  'given',
  'gender',
  'birth_date',
  'phone',
  'email',
  'address_line',
  'postal_code',
  'city',
  'country',
  'contact_name',
  'contact_phone',
  'contact_relation',
  'language',
  'deceased_date',
] as const;
export type MergeColumn = (typeof mergeColumns)[number];

/** What is compared and written: a birth date goes with whether somebody guessed it. */
export const comparedColumns = [...mergeColumns, 'birth_date_estimated'] as const;
type ComparedColumn = (typeof comparedColumns)[number];
export type MergeValues = Readonly<Record<ComparedColumn, string | number | null>>;

/** The columns that are written with one that is chosen. */
export const writtenWith = (column: MergeColumn): readonly ComparedColumn[] =>
  column === 'birth_date' ? ['birth_date', 'birth_date_estimated'] : [column];

/** Whether two records say the same in a column. */
export const saysTheSame = (column: MergeColumn, a: MergeValues, b: MergeValues): boolean =>
  writtenWith(column).every((name) => a[name] === b[name]);

/** Whether the other record knows better: this one says nothing there, or only guesses. */
export const otherKnowsBetter = (column: MergeColumn, own: MergeValues, other: MergeValues): boolean => {
  if (other[column] === null || other[column] === '') return false;
  if (own[column] === null || own[column] === '') return true;
  if (column === 'gender') return own.gender === 'unknown' && other.gender !== 'unknown';
  return column === 'birth_date' && own.birth_date_estimated === 1 && other.birth_date_estimated === 0;
};
