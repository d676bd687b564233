/**
 * How one birth date answers another: `swapped` day and month, `near` for one digit wrong or two exchanged, `year` and
 * `year-near` where only a year is known of one, `other-day` within the same year.
 */
export type BirthLikeness =
  | 'same'
  | 'swapped'
  | 'near'
  | 'year'
  | 'year-near'
  | 'other-day'
  | 'other'
  | 'unknown';

interface Birth {
  /** `YYYY-MM-DD` */
  readonly birthDate: string | null;
  readonly birthDateEstimated: boolean;
}

/** An age somebody guessed is a year or two off. */
const guessedYears = 2;

/** The date with day and month exchanged, null when that is no other date. */
export const swappedDate = (date: string): string | null => {
  const [year = '', month = '', day = ''] = date.split('-');
  return Number(day) > 12 || day === month ? null : `${year}-${day}-${month}`;
};

/** One digit is another, or two neighbours changed places. */
const isNear = (a: string, b: string): boolean => {
  const [one, other] = [a.replaceAll('-', ''), b.replaceAll('-', '')];
  const differ = [...one].flatMap((digit, at) => (digit === other[at] ? [] : [at]));
  const [first = 0, second = 0] = differ;
  if (differ.length === 1) return true;
  const neighbours = differ.length === 2 && second === first + 1;
  return neighbours && one[first] === other[second] && one[second] === other[first];
};

export const likenessOfBirth = (a: Birth, b: Birth): BirthLikeness => {
  if (a.birthDate === null || b.birthDate === null) return 'unknown';
  const [year, otherYear] = [Number(a.birthDate.slice(0, 4)), Number(b.birthDate.slice(0, 4))];
  if (a.birthDateEstimated || b.birthDateEstimated) {
    if (year === otherYear) return 'year';
    return Math.abs(year - otherYear) <= guessedYears ? 'year-near' : 'other';
  }
  if (a.birthDate === b.birthDate) return 'same';
  if (swappedDate(a.birthDate) === b.birthDate) return 'swapped';
  if (isNear(a.birthDate, b.birthDate)) return 'near';
  return year === otherYear ? 'other-day' : 'other';
};
