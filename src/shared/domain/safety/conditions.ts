import type { FactOf, PregnancyAdvice, RenalAdvice, Severity } from './facts.ts';
import { type Check, notChecked, noted, type Said, type Subject, unknownSubjects, warn } from './gathered.ts';
import type { CheckedPatient } from './prescription.ts';

/** From this age on and below that one a pregnancy is asked about. */
const fertileFrom = 12 * 12;
const fertileTo = 56 * 12;
/** How many days a statement on pregnancy holds, and an eGFR. */
export const pregnancyDays = 300;
export const notPregnantDays = 30;
export const egfrDays = 365;

const pregnancySeverity: Readonly<Record<PregnancyAdvice, Severity | null>> = {
  contraindicated: 'high',
  avoid: 'high',
  caution: 'moderate',
  compatible: null,
};

const mayBePregnant = ({ sex, ageMonths }: CheckedPatient): boolean =>
  sex !== 'male' && (ageMonths === null || (ageMonths >= fertileFrom && ageMonths < fertileTo));

type Trimesters = readonly (1 | 2 | 3)[];

const advised = (
  facts: readonly FactOf<'pregnancy'>[],
  trimesters: Trimesters,
): readonly FactOf<'pregnancy'>[] =>
  facts.filter(
    (fact) => fact.advice !== 'compatible' && fact.trimesters.some((at) => trimesters.includes(at)),
  );

const pregnancyFor = (
  subject: Subject,
  facts: readonly FactOf<'pregnancy'>[],
  patient: CheckedPatient,
): readonly Said[] => {
  const spoken = new Set(facts.flatMap(({ trimesters }) => trimesters));
  const silent = spoken.size < 3 ? [notChecked('no-pregnancy-facts', subject.name)] : [];
  const { pregnancy } = patient;
  const old =
    pregnancy !== null && pregnancy.days > (pregnancy.value.pregnant ? pregnancyDays : notPregnantDays);
  if (pregnancy === null || old) {
    const [worst] = advised(facts, [1, 2, 3]);
    if (worst === undefined) return silent;
    const params = { advice: worst.advice, ...noted(worst) };
    return [notChecked(old ? 'pregnancy-too-old' : 'pregnancy-unknown', subject.name, params), ...silent];
  }
  if (!pregnancy.value.pregnant) return [];
  const { trimester } = pregnancy.value;
  const warnings = advised(facts, trimester === null ? [1, 2, 3] : [trimester]).map((fact) =>
    warn(pregnancySeverity[fact.advice] ?? 'low', 'pregnancy-advice', subject.name, {
      advice: fact.advice,
      trimesters: fact.trimesters.join(', '),
      ...noted(fact),
    }),
  );
  return [...warnings, ...(trimester !== null && spoken.has(trimester) ? [] : silent)];
};

export const pregnancyCheck: Check = (gathered) => {
  const { knowledge, subjects, input } = gathered;
  if (!mayBePregnant(input.patient)) return [];
  return [
    ...subjects
      .filter(({ known }) => known)
      .flatMap((subject) => pregnancyFor(subject, knowledge.pregnancyOf(subject.key), input.patient)),
    ...unknownSubjects(gathered),
  ];
};

const renalSeverity: Readonly<Record<RenalAdvice, Severity>> = {
  contraindicated: 'high',
  avoid: 'high',
  reduce: 'moderate',
  caution: 'low',
  none: 'low',
};

const renalFor = (
  subject: Subject,
  facts: readonly FactOf<'renal'>[],
  patient: CheckedPatient,
): readonly Said[] => {
  if (facts.length === 0) return [notChecked('no-renal-facts', subject.name)];
  const limits = facts
    .flatMap((fact) => (fact.below === null || fact.advice === 'none' ? [] : [{ fact, below: fact.below }]))
    .toSorted((a, b) => a.below - b.below);
  if (limits.length === 0) return [];
  const { egfr } = patient;
  const highest = limits.at(-1)?.below ?? 0;
  if (egfr === null) return [notChecked('renal-unknown', subject.name, { below: String(highest) })];
  const old =
    egfr.days > egfrDays ? [notChecked('renal-too-old', subject.name, { days: String(egfr.days) })] : [];
  // The narrowest limit that is passed is the one that says what to do.
  const passed = limits.find(({ below }) => egfr.value < below);
  if (passed === undefined) return old;
  return [
    warn(renalSeverity[passed.fact.advice], 'renal-advice', subject.name, {
      advice: passed.fact.advice,
      below: String(passed.below),
      egfr: String(Math.round(egfr.value)),
      ...noted(passed.fact),
    }),
    ...old,
  ];
};

export const renalCheck: Check = (gathered) => [
  ...gathered.subjects
    .filter(({ known }) => known)
    .flatMap((subject) => renalFor(subject, gathered.knowledge.renalOf(subject.key), gathered.input.patient)),
  ...unknownSubjects(gathered),
];

/**
 * eGFR in mL/min/1.73 m² from serum creatinine in mg/dL, for adults: CKD-EPI 2021 creatinine equation, without race
 * (Inker et al., N Engl J Med 2021;385:1737). Null below 18 years, for a sex the equation does not know, or a value
 * that is no measurement.
 */
export const egfrOf = (creatinine: number, ageYears: number, sex: CheckedPatient['sex']): number | null => {
  if (!(creatinine > 0.05 && creatinine < 40) || ageYears < 18 || (sex !== 'female' && sex !== 'male'))
    return null;
  const [kappa, alpha, factor] = sex === 'female' ? [0.7, -0.241, 1.012] : [0.9, -0.302, 1];
  const ratio = creatinine / kappa;
  return 142 * Math.min(ratio, 1) ** alpha * Math.max(ratio, 1) ** -1.2 * 0.9938 ** ageYears * factor;
};
