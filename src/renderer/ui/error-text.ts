import type { TFunction } from 'i18next';
import { AppErrorException } from '#renderer/client/client.ts';
import { passwordProblems } from '#shared/domain/accounts/password.ts';
import type { AppError } from '#shared/kernel/result.ts';

const fieldProblems = [
  'required',
  'one-name',
  'name',
  'characters',
  'too-long',
  'invalid',
  'out-of-bounds',
  'date',
  'birth-impossible',
  'birth-future',
  'birth-too-old',
  'country',
  'strength',
  'everywhere',
  'phone',
  'time-zone',
  'email',
  'mrn',
  'order',
  'booked-there',
  'hours-there',
  'not-their-site',
  'negative',
  'minor-units',
  'too-much',
  'more-than-open',
  'more-than-left',
  'more-than-open-or-left',
  'other-currency',
  'tendered-too-little',
  'not-issued',
  'too-many',
  'moved',
  'sum',
  'own-hours',
  'above-zero',
  'two-numbers',
  'repeats',
  'frequency',
  'duration',
  'number',
  'duplicate',
  'already',
  'photo',
  'photo-too-large',
  'rate',
  'rate-decimals',
  'no-price',
  'circle',
  'pin',
  'pin-again',
  'pin-easy',
  'username',
  'password-again',
  ...passwordProblems,
  'impossible',
  'fahrenheit-as-celsius',
  'not-below-systolic',
  'whole-number',
  'unlikely',
  'pounds-as-kilograms',
  'kilograms-as-pounds',
  'inches-as-centimetres',
  'large-change',
  'unlikely-for-age',
  'unlikely-for-height',
  'delivery-date',
  'taken-to-come',
  'taken-long-ago',
  'number',
  'future',
  'before-birth',
  'still-going-on',
  'transition',
] as const;
type FieldProblem = (typeof fieldProblems)[number];

const isFieldProblem = (problem: string): problem is FieldProblem =>
  (fieldProblems as readonly string[]).includes(problem);

/** Why a wall time is no time to book, whoever asks for it. */
const isTimeProblem = (problem: string | undefined): problem is 'in-the-past' | 'clock-change' =>
  problem === 'in-the-past' || problem === 'clock-change';

/** What a failure means to the person at the screen. A bug reads as `internal`. */
export function errorText(t: TFunction, failure: unknown): string {
  const error: AppError = failure instanceof AppErrorException ? failure.error : { code: 'internal' };
  const time = error.fields?.startLocal;
  if (isTimeProblem(time)) return t(`errors.${time}`);
  return t(`errors.${error.code}`, { ...error.params });
}

/** What is wrong with one field, from its code (`required`, `date` ...); any other code says to check it. */
export function fieldText(t: TFunction, problem: string): string {
  return t(`errors.field.${isFieldProblem(problem) ? problem : 'invalid'}`);
}
