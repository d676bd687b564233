import { addDays, calendarDate, partsOf } from '#shared/kernel/calendar.ts';
import type { Result } from '#shared/kernel/result.ts';
import { fold } from './fold.ts';

/** Which of day and month comes first in this clinic's `3/2/1985`. */
type DateOrder = 'day-first' | 'month-first';

/** The part of a birth date nobody knew: it was set to the first day or the first of January. */
type EstimatedPart = 'nothing' | 'day' | 'day-and-month';

export interface BirthDate {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly estimated: EstimatedPart;
}

export type BirthDateProblem = 'empty' | 'unreadable' | 'impossible' | 'future' | 'too-old';

export interface BirthDateContext {
  /** The clinic's day, `YYYY-MM-DD`. */
  readonly today: string;
  readonly order?: DateOrder;
}

/** Nobody on record lived longer than 122 years; older is a slip of the finger. */
const oldest = 125;

const monthNames: readonly (readonly string[])[] = [
  ['january', 'janvier'],
  ['february', 'fevrier'],
  ['march', 'mars'],
  ['april', 'avril'],
  ['may', 'mai'],
  ['june', 'juin'],
  ['july', 'juillet'],
  ['august', 'aout'],
  ['september', 'septembre'],
  ['october', 'octobre'],
  ['november', 'novembre'],
  ['december', 'decembre'],
];

/** The month (1 to 12) a folded English or French name or its unambiguous start of three letters or more means, else null. */
export const monthNamed = (word: string): number | null => {
  if (word.length < 3) return null;
  const found = monthNames.flatMap((names, index) =>
    names.some((name) => name.startsWith(word)) ? [index + 1] : [],
  );
  return found.length === 1 ? (found[0] ?? null) : null;
};

interface Candidate {
  readonly date: string | null;
  readonly estimated: EstimatedPart;
}

const whole = (year: number, month: number, day: number): Candidate => ({
  date: calendarDate(year, month, day),
  estimated: 'nothing',
});
const monthOnly = (year: number, month: number): Candidate => ({
  date: calendarDate(year, month, 1),
  estimated: 'day',
});

/** A year of two digits means the latest one that is not in the future. */
const fullYear = (text: string, month: number, day: number, today: string): number => {
  const year = Number(text);
  if (text.length !== 2) return year;
  const century = Number(today.slice(0, 2)) * 100;
  const recent = calendarDate(century + year, month, day);
  return recent !== null && recent <= today ? century + year : century - 100 + year;
};

const fromAge = (count: number, unit: string, today: string): Candidate => {
  const [year, month] = partsOf(today);
  if (/^[wsd j]/.test(unit)) {
    const days = /^[ws]/.test(unit) ? count * 7 : count;
    return { date: days > oldest * 400 ? null : addDays(today, -days), estimated: 'day' };
  }
  if (unit.startsWith('m')) {
    const months = year * 12 + month - 1 - count;
    return monthOnly(Math.floor(months / 12), (months % 12) + 1);
  }
  return { date: calendarDate(year - count, 1, 1), estimated: 'day-and-month' };
};

const agePattern =
  /^(\d{1,4}) ?(y|yo|yr|yrs|year|years|a|an|ans|m|mo|month|months|mois|w|wk|week|weeks|sem|semaine|semaines|d|day|days|j|jour|jours)$/;

const numeric = (parts: readonly string[], order: DateOrder, today: string): Candidate | null => {
  const [a = '', b = '', c = ''] = parts;
  if (parts.length === 3 && a.length === 4) return whole(Number(a), Number(b), Number(c));
  if (parts.length === 3 && a.length <= 2 && b.length <= 2 && (c.length === 4 || c.length === 2)) {
    const [day, month] = order === 'day-first' ? [Number(a), Number(b)] : [Number(b), Number(a)];
    return whole(fullYear(c, month, day, today), month, day);
  }
  if (parts.length === 2 && a.length === 4 && b.length <= 2) return monthOnly(Number(a), Number(b));
  if (parts.length === 2 && a.length <= 2 && b.length === 4) return monthOnly(Number(b), Number(a));
  if (parts.length === 1 && a.length === 8) return compact(a, order);
  if (parts.length === 1 && a.length === 4)
    return { date: calendarDate(Number(a), 1, 1), estimated: 'day-and-month' };
  return null;
};

/** Eight digits: year first when that is a plausible year, else the clinic's order. */
const compact = (digits: string, order: DateOrder): Candidate => {
  const [head, middle] = [Number(digits.slice(0, 2)), Number(digits.slice(2, 4))];
  if (head >= 18 && head <= 21 && Number(digits.slice(4, 6)) <= 12)
    return whole(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6)));
  const year = Number(digits.slice(4));
  return order === 'day-first' ? whole(year, middle, head) : whole(year, head, middle);
};

const named = (parts: readonly string[], today: string): Candidate | null => {
  const at = parts.findIndex((part) => /^\p{L}/u.test(part));
  const month = monthNamed(parts[at] ?? '');
  const numbers = parts
    .filter((_, index) => index !== at)
    .map((part) => part.replace(/(st|nd|rd|th|er|e)$/, ''));
  if (month === null || numbers.some((part) => !/^\d+$/.test(part))) return null;
  const [a = '', b = ''] = numbers;
  if (numbers.length === 1 && a.length === 4) return monthOnly(Number(a), month);
  if (numbers.length !== 2) return null;
  if (a.length === 4) return whole(Number(a), month, Number(b));
  if (a.length > 2 || (b.length !== 4 && b.length !== 2)) return null;
  return whole(fullYear(b, month, Number(a), today), month, Number(a));
};

const read = (text: string, { today, order = 'day-first' }: BirthDateContext): Candidate | null => {
  const age = agePattern.exec(text);
  if (age) return fromAge(Number(age[1]), age[2] ?? '', today);
  const parts = text.split(/[\s./,-]+/).filter((part) => part !== '');
  if (parts.every((part) => /^\d+$/.test(part))) return numeric(parts, order, today);
  return named(parts, today);
};

/**
 * Reads a birth date as people say it: `1985-02-03`, `3/2/1985`, `03.02.85`, `3 Feb 1985`, `3 février 1985`,
 * `Feb 1985`, `1985`, or an age (`40y`, `6 months`, `3 sem`). What was not said is the first of the month or of
 * January and is named in `estimated`. A date that is impossible, in the future or more than 125 years ago is refused.
 */
export const parseBirthDate = (
  text: string,
  context: BirthDateContext,
): Result<BirthDate, BirthDateProblem> => {
  const typed = fold(text).trim();
  if (typed === '') return { ok: false, error: 'empty' };
  const candidate = typed.length > 40 ? null : read(typed, context);
  if (candidate === null) return { ok: false, error: 'unreadable' };
  if (candidate.date === null) return { ok: false, error: 'impossible' };
  const problem = birthDateProblem(candidate.date, context.today);
  if (problem !== null) return { ok: false, error: problem };
  return { ok: true, value: { date: candidate.date, estimated: candidate.estimated } };
};

/** What is wrong with a `YYYY-MM-DD` as a birth date on the day `today`, or null when it can be one. */
export const birthDateProblem = (date: string, today: string): 'impossible' | 'future' | 'too-old' | null => {
  if (calendarDate(...partsOf(date)) !== date) return 'impossible';
  if (date > today) return 'future';
  const [year] = partsOf(today);
  return Number(date.slice(0, 4)) < year - oldest ? 'too-old' : null;
};
