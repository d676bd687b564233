import { allergyToClass, allergyToIngredient, crossReaction } from './allergies.ts';
import { pregnancyCheck, renalCheck } from './conditions.ts';
import { doseItself, doseRange } from './dose.ts';
import { type CheckCode, checks, Finding, type Reason } from './finding.ts';
import {
  type Check,
  fine,
  type Gathered,
  notChecked,
  type Other,
  type Said,
  type Subject,
} from './gathered.ts';
import type { Knowledge } from './knowledge.ts';
import { ingredientMatcher, keyOfName, type Matcher } from './matching.ts';
import { duplicateClass, duplicateIngredient, interaction } from './other-medicines.ts';
import type { CheckInput, MedicineIngredient } from './prescription.ts';

const byCode: Readonly<Record<CheckCode, Check>> = {
  'allergy-ingredient': allergyToIngredient,
  'allergy-class': allergyToClass,
  'cross-reactivity': crossReaction,
  'duplicate-ingredient': duplicateIngredient,
  'duplicate-class': duplicateClass,
  interaction,
  dose: doseRange,
  pregnancy: pregnancyCheck,
  renal: renalCheck,
};

/** A stored ingredient with the key this data set has for it, found by key, else by name. */
const subjectOf = (
  knowledge: Knowledge,
  match: Matcher,
  given: MedicineIngredient,
  route: string | null,
): Subject => {
  const { value, unit } = given;
  const known = given.key === null ? undefined : knowledge.ingredients.get(given.key);
  if (known) return { key: known.key, name: known.name, known: true, value, unit, route };
  const read = match(given.name);
  const [only] = read.ingredients;
  if (only && read.ingredients.length === 1 && read.unmatched.length === 0)
    return { key: only.key, name: only.name, known: true, value, unit, route };
  return { key: given.key ?? keyOfName(given.name), name: given.name, known: false, value, unit, route };
};

const readText = (knowledge: Knowledge, match: Matcher, text: string, route: string | null) => {
  const { ingredients, unmatched } = match(text);
  const subjects = ingredients.map((ingredient) => subjectOf(knowledge, match, ingredient, route));
  return { subjects, whole: unmatched.length === 0 && subjects.length > 0 };
};

const gather = (knowledge: Knowledge, input: CheckInput): Gathered => {
  const match = ingredientMatcher(knowledge);
  const { medicine } = input;
  const { route: way } = input.dose;
  const subjects =
    medicine.ingredients.length > 0
      ? medicine.ingredients.map((given) => subjectOf(knowledge, match, given, way))
      : readText(knowledge, match, medicine.name, way).subjects;
  const others = input.others.map(({ name, ingredients, route }): Other => {
    if (ingredients.length === 0) return { name, ...readText(knowledge, match, name, route) };
    const read = ingredients.map((given) => subjectOf(knowledge, match, given, route));
    return { name, subjects: read, whole: true };
  });
  return { knowledge, input, subjects, others };
};

const isApplicable: Partial<Readonly<Record<CheckCode, (input: CheckInput) => Reason>>> = {
  'allergy-ingredient': ({ patient }) => noAllergies(patient.allergies),
  'allergy-class': ({ patient }) => noAllergies(patient.allergies),
  'cross-reactivity': ({ patient }) => noAllergies(patient.allergies),
  'duplicate-ingredient': ({ others }) => (others.length === 0 ? 'no-other-medicines' : 'nothing-found'),
  'duplicate-class': ({ others }) => (others.length === 0 ? 'no-other-medicines' : 'nothing-found'),
  interaction: ({ others }) => (others.length === 0 ? 'no-other-medicines' : 'nothing-found'),
  pregnancy: ({ patient }) =>
    patient.sex === 'male' || (patient.pregnancy !== null && !patient.pregnancy.value.pregnant)
      ? 'not-applicable'
      : 'nothing-found',
};

const noAllergies = (allergies: CheckInput['patient']['allergies']): Reason =>
  allergies.recorded && allergies.list.length === 0 ? 'no-allergies' : 'nothing-found';

const sameSaid = (said: Said): string =>
  JSON.stringify([
    said.status,
    said.severity,
    said.reason,
    said.subject,
    Object.entries(said.params).toSorted(),
  ]);

const unique = (all: readonly Said[]): readonly Said[] => [
  ...new Map(all.map((said) => [sameSaid(said), said])).values(),
];

const reasonOrder = Finding.shape.reason.options;
const rank = { warning: 0, 'not-checked': 1, ok: 2 } as const;
const severityRank = { high: 0, moderate: 1, low: 2 } as const;

/** The gravest first, what was not checked next, then what is fine; within that in the order of the checks. */
const byGravity = (a: Finding, b: Finding): number =>
  rank[a.status] - rank[b.status] ||
  (a.severity === null || b.severity === null ? 0 : severityRank[a.severity] - severityRank[b.severity]) ||
  checks.indexOf(a.check) - checks.indexOf(b.check) ||
  reasonOrder.indexOf(a.reason) - reasonOrder.indexOf(b.reason) ||
  a.subject.localeCompare(b.subject, 'en') ||
  sameSaid(a).localeCompare(sameSaid(b), 'en');

const withoutDataset = (input: CheckInput, reason: Reason): readonly Finding[] => {
  const itself = doseItself(input.dose.value);
  const dose = itself?.status === 'warning' ? [itself] : [];
  return checks
    .flatMap((check) =>
      [...(check === 'dose' ? dose : []), notChecked(reason, '')].map((said) => ({
        ...said,
        check,
        dataset: null,
      })),
    )
    .toSorted(byGravity);
};

/**
 * Checks one prescription. Every check of `checks` answers at least once: with what it warns of, with what it could not
 * look at and why, and with `ok` only where it looked at everything. The order of allergies and other medicines does not
 * matter.
 * @param knowledge the active data set; null: there is none, so nothing is checked, and that is said.
 * @example checkPrescription(knowledge, input).filter(({ status }) => status === 'warning')
 */
export const checkPrescription = (
  knowledge: Knowledge | null,
  input: CheckInput,
  absent: 'dataset-missing' | 'dataset-incomplete' = 'dataset-missing',
): readonly Finding[] => {
  if (knowledge === null) return withoutDataset(input, absent);
  const gathered = gather(knowledge, input);
  const freeText = input.medicine.ingredients.length === 0;
  return checks
    .flatMap((check) => {
      const said = unique([
        ...byCode[check](gathered),
        ...(freeText ? [notChecked('free-text-medicine', input.medicine.name)] : []),
      ]);
      const all = said.length > 0 ? said : [fine(isApplicable[check]?.(input) ?? 'nothing-found')];
      return all.map((one): Finding => ({ ...one, check, dataset: knowledge.label }));
    })
    .toSorted(byGravity);
};

/** Whether a prescription may not be signed without a reason and the PIN. */
export const needsOverride = (findings: readonly Finding[]): boolean =>
  findings.some(({ status, severity }) => status === 'warning' && severity === 'high');
