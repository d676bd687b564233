import { compareDecimals } from '#shared/kernel/decimal.ts';
import type { HowOften, Rhythm } from '../prescribing/frequency.ts';
import { type Amount, doseAmounts, type IngredientDose, rangeText } from './dose-amounts.ts';
import type { FactOf } from './facts.ts';
import { type Gathered, notChecked, noted, type Said, warn } from './gathered.ts';
import { meansRoute } from './knowledge.ts';
import { amountOf } from './units.ts';

type DoseFact = FactOf<'dose'>;
type Scheduled = DoseFact & { readonly schedule: NonNullable<DoseFact['schedule']> };

const isScheduled = (fact: DoseFact): fact is Scheduled => fact.schedule !== undefined;

/** Below zero: `a` is the rarer of the two. */
const byRate = (a: Rhythm, b: Rhythm): number => a.times * b.days - b.times * a.days;

const isTooOften = (taken: Rhythm, { schedule }: Scheduled): boolean => byRate(taken, schedule) > 0;

/** Half as often or less: a week that became a month, a day that became a week. */
const isTooSeldom = (taken: Rhythm, { schedule }: Scheduled): boolean =>
  byRate({ times: taken.times * 2, days: taken.days }, schedule) <= 0;

const rhythmText = ({ times, days }: Rhythm): string => `${times}/${days}`;

const within = (amount: Amount, fact: Scheduled, bound: string | null): number | null => {
  const limit = bound === null ? null : amountOf(bound, fact.unit);
  return limit?.dimension !== amount.dimension ? null : compareDecimals(amount.value, limit.value);
};

/**
 * The schedules a dose of that size may have: those whose range it is in; between two ranges the next above, beyond all of
 * them the last. All of them where the size is not known or the unit is another.
 */
const candidates = (facts: readonly Scheduled[], { amount }: IngredientDose): readonly Scheduled[] => {
  if ('missing' in amount) return facts;
  const sides = facts.map((fact) => ({
    fact,
    toMin: within(amount, fact, fact.min) ?? 1,
    toMax: within(amount, fact, fact.max),
  }));
  if (sides.some(({ toMax }) => toMax === null)) return facts;
  const fitting = sides.filter(({ toMin, toMax }) => toMin >= 0 && (toMax ?? 0) <= 0);
  if (fitting.length > 0) return fitting.map(({ fact }) => fact);
  const bySize = sides.toSorted((a, b) => Number(a.fact.max) - Number(b.fact.max));
  const next = bySize.find(({ toMax }) => (toMax ?? 0) <= 0) ?? bySize.at(-1);
  return next === undefined ? [] : [next.fact];
};

const wrong = (
  reason: 'schedule-too-often' | 'schedule-too-seldom',
  name: string,
  taken: Rhythm,
  fact: Scheduled,
): Said =>
  warn(reason === 'schedule-too-often' ? fact.schedule.severity : 'moderate', reason, name, {
    schedule: rhythmText(fact.schedule),
    prescribed: rhythmText(taken),
    range: fact.min === null ? `≤ ${rangeText(fact)}` : rangeText(fact),
    ...noted(fact),
  });

const judge = (name: string, howOften: HowOften | null, facts: readonly Scheduled[]): readonly Said[] => {
  const [rarest] = facts.toSorted((a, b) => byRate(a.schedule, b.schedule));
  const most = facts.toSorted((a, b) => byRate(b.schedule, a.schedule)).at(0);
  if (rarest === undefined || most === undefined || howOften === 'once') return [];
  if (howOften === null)
    return [notChecked('schedule-not-told', name, { schedule: rhythmText(rarest.schedule) })];
  if (facts.some((fact) => !isTooOften(howOften, fact) && !isTooSeldom(howOften, fact))) return [];
  if (isTooOften(howOften, rarest))
    return [wrong('schedule-too-often', name, howOften, isTooOften(howOften, most) ? most : rarest)];
  return [wrong('schedule-too-seldom', name, howOften, rarest)];
};

const ofAge = (facts: readonly Scheduled[], ageMonths: number | null): readonly Scheduled[] => {
  const fitting = facts.filter(
    ({ ageFrom, ageTo }) =>
      ageMonths === null || (ageMonths >= ageFrom && (ageTo === null || ageMonths < ageTo)),
  );
  // A week stays a week also at an age no range is known for.
  return fitting.length > 0 ? fitting : facts;
};

const fold = (route: string | null): string | null => route?.trim().toLowerCase() ?? null;

/**
 * Whether each ingredient is taken as often as a dose of that size is: weekly medicines taken every day have killed. Says
 * nothing of an ingredient whose facts have no schedule.
 */
export const scheduleOf = ({ knowledge, input, subjects }: Gathered): readonly Said[] =>
  doseAmounts(input.dose, input.medicine.unitOfDose, subjects).flatMap((dose) => {
    const facts = knowledge
      .dosesOf(dose.key)
      .filter(isScheduled)
      .filter(({ routes }) => routes.length === 0 || meansRoute(routes, fold(input.dose.route)));
    const fitting = candidates(ofAge(facts, input.patient.ageMonths), dose);
    return judge(dose.name, input.dose.howOften, fitting);
  });
