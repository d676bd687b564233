import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multiplyDecimals, tidyDecimal } from '#shared/kernel/decimal.ts';
import type { HowOften } from '../prescribing/frequency.ts';
import { checkPrescription } from './check.ts';
import { checks, Finding, notCheckedReasons, okReasons, warningReasons } from './finding.ts';
import type { CheckInput, KnownAllergy, OtherPrescription } from './prescription.ts';
import { allergyTo, sound, testKnowledge } from './test-facts.ts';

const keys = [
  ...['amoxa', 'penva', 'cefa', 'ibupa', 'napra', 'warfa', 'metfa', 'lonely', 'weekla', 'gelfa', 'zyx'],
] as const;
const key = fc.constantFrom(...keys);

const ingredient = key.chain((found) =>
  fc.record({
    key: fc.constantFrom(found, null),
    name: fc.constant(found),
    value: fc.constantFrom('400', '0.5', null),
    unit: fc.constantFrom('mg', 'g', null),
  }),
);
const allergy: fc.Arbitrary<KnownAllergy> = fc.oneof(
  key.map((found) => allergyTo(found, { codeKind: 'ingredient', code: found })),
  fc
    .constantFrom('penicillins', 'nsaids', 'gone')
    .map((code) => allergyTo(code, { codeKind: 'class', code })),
  fc.constantFrom('the pink one', 'Penicillin', 'Amoxa trihydrate', 'dust').map((words) => allergyTo(words)),
);
const route = fc.constantFrom('oral', 'rectal', 'topical', 'ocular', 'into the eye', null);
const howOften: fc.Arbitrary<HowOften | null> = fc.oneof(
  fc.constantFrom('once' as const, null),
  fc.record({ times: fc.integer({ min: 1, max: 24 }), days: fc.constantFrom(1, 2, 7, 8, 14, 30) }),
);
const other: fc.Arbitrary<OtherPrescription> = fc.record({
  id: fc.uuid(),
  name: fc.constantFrom('Warfa 5 MG Oral Tablet', 'the pink one', 'Napra'),
  ingredients: fc.array(ingredient, { maxLength: 2 }),
  route,
});
const days = fc.integer({ min: 0, max: 800 });
const aged = <T>(value: fc.Arbitrary<T>) => fc.option(fc.record({ value, days }), { nil: null });
const prescription: fc.Arbitrary<CheckInput> = fc.record({
  medicine: fc.record({
    name: fc.constantFrom('Ibupa', 'Amoxa 5 mg', 'the pink one'),
    ingredients: fc.array(ingredient, { maxLength: 2 }),
    unitOfDose: fc.constantFrom('tablet', 'mL', null),
  }),
  dose: fc.record({
    value: fc.constantFrom('1', '400', '0,5', '-1', '0', 'x', null),
    unit: fc.constantFrom('tablet', 'mg', 'g', 'mL', null),
    perDay: fc.constantFrom('1', '3', null),
    howOften,
    route,
  }),
  patient: fc.record({
    ageMonths: fc.option(fc.integer({ min: 0, max: 1200 }), { nil: null }),
    sex: fc.constantFrom('female' as const, 'male' as const, 'other' as const, 'unknown' as const),
    weightKg: aged(fc.constantFrom('3.4', '16', '70', '0')),
    pregnancy: aged(
      fc.oneof(
        fc.constant({ pregnant: false } as const),
        fc
          .constantFrom(1 as const, 2 as const, 3 as const, null)
          .map((trimester) => ({ pregnant: true as const, trimester })),
      ),
    ),
    egfr: aged(fc.constantFrom(10, 29.9, 44, 45, 90)),
    allergies: fc.oneof(
      fc.constant({ recorded: false } as const),
      fc.array(allergy, { maxLength: 4 }).map((list) => ({ recorded: true as const, list })),
    ),
  }),
  others: fc.array(other, { maxLength: 3 }),
});

const check = (input: CheckInput): readonly Finding[] => checkPrescription(testKnowledge, input);
const text = (finding: Finding): string =>
  JSON.stringify({ ...finding, params: Object.entries(finding.params).sort() });
const warnings = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ status }) => status === 'warning').map(text);
const fineChecks = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ status }) => status === 'ok').map((finding) => finding.check);

describe('whatever is prescribed to whomever', () => {
  it('every check answers, and one that says ok says nothing else', () => {
    fc.assert(
      fc.property(prescription, (input) => {
        const findings = check(input);
        for (const code of checks) {
          const own = findings.filter((finding) => finding.check === code);
          expect(own.length).toBeGreaterThan(0);
          if (own.some(({ status }) => status === 'ok')) expect(own).toHaveLength(1);
        }
      }),
    );
  });

  it('another allergy removes no warning and makes nothing fine', () => {
    fc.assert(
      fc.property(prescription, allergy, (input, more) => {
        const { allergies } = input.patient;
        const list = allergies.recorded ? allergies.list : [];
        const before = check({
          ...input,
          patient: { ...input.patient, allergies: { recorded: true, list } },
        });
        const after = check({
          ...input,
          patient: { ...input.patient, allergies: { recorded: true, list: [...list, more] } },
        });
        expect(warnings(after)).toEqual(expect.arrayContaining([...warnings(before)]));
        expect(fineChecks(before)).toEqual(expect.arrayContaining([...fineChecks(after)]));
      }),
    );
  });

  it('another medicine removes no warning', () => {
    fc.assert(
      fc.property(prescription, other, (input, more) => {
        const after = check({ ...input, others: [...input.others, more] });
        expect(warnings(after)).toEqual(expect.arrayContaining([...warnings(check(input))]));
      }),
    );
  });

  it('the order of allergies, medicines and ingredients does not matter', () => {
    fc.assert(
      fc.property(prescription, (input) => {
        const { allergies } = input.patient;
        const turned: CheckInput = {
          medicine: { ...input.medicine, ingredients: input.medicine.ingredients.toReversed() },
          dose: input.dose,
          patient: {
            ...input.patient,
            allergies: allergies.recorded ? { recorded: true, list: allergies.list.toReversed() } : allergies,
          },
          others: input.others.toReversed(),
        };
        expect(check(turned).map(text)).toEqual(check(input).map(text));
      }),
    );
  });

  it('what is not known is never fine where knowing it might not be', () => {
    const forget: readonly ((input: CheckInput) => CheckInput)[] = [
      (input) => ({ ...input, patient: { ...input.patient, weightKg: null } }),
      (input) => ({ ...input, patient: { ...input.patient, egfr: null } }),
      (input) => ({ ...input, patient: { ...input.patient, ageMonths: null } }),
      (input) => ({ ...input, patient: { ...input.patient, allergies: { recorded: false } } }),
      (input) => ({ ...input, dose: { ...input.dose, unit: null } }),
      (input) => ({ ...input, dose: { ...input.dose, value: null } }),
      (input) => ({ ...input, dose: { ...input.dose, perDay: null } }),
      (input) => ({ ...input, dose: { ...input.dose, howOften: null } }),
      (input) => ({ ...input, dose: { ...input.dose, route: null } }),
      (input) => ({ ...input, others: input.others.map((one) => ({ ...one, route: null })) }),
    ];
    fc.assert(
      fc.property(prescription, fc.constantFrom(...forget), (input, without) => {
        // Fine without it means that it is fine whatever it is: this value of it included.
        expect(fineChecks(check(input))).toEqual(
          expect.arrayContaining([...fineChecks(check(without(input)))]),
        );
      }),
    );
    fc.assert(
      fc.property(prescription, (input) => {
        const unknown = check({ ...input, patient: { ...input.patient, pregnancy: null } });
        const known = check({
          ...input,
          patient: { ...input.patient, pregnancy: { days: 1, value: { pregnant: true, trimester: null } } },
        });
        expect(fineChecks(known)).toEqual(expect.arrayContaining([...fineChecks(unknown)]));
      }),
    );
  });

  it('a dose is the same in every unit it can be written in', () => {
    const whole = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(whole, fc.constantFrom('1', '3'), (mg, perDay) => {
        const grams = tidyDecimal(multiplyDecimals(String(mg), '0.001'));
        const written = [
          [String(mg), 'mg'],
          [grams, 'g'],
          [`${mg}000`, 'ug'],
          // Three digits behind a comma could be thousands: such a number is none.
          [grams.replace('.', ',').replace(/(,\d{3})$/, '$10'), 'grams'],
        ] as const;
        const all = written.map(([value, unit]) =>
          check({ ...sound, dose: { ...sound.dose, value, unit, perDay } }).map(text),
        );
        for (const one of all) expect(one).toEqual(all[0]);
      }),
    );
  });

  it('a dose that can be read in two ways is not checked', () => {
    const read = (value: string) =>
      check({ ...sound, dose: { ...sound.dose, value, unit: 'mg', perDay: '1' } });
    expect(fineChecks(read('500'))).toContain('dose');
    expect(fineChecks(read('1,500'))).not.toContain('dose');
    expect(fineChecks(read('1.500'))).not.toContain('dose');
  });

  it('is ok, warned of or not checked, each with a reason of its own kind', () => {
    const reasons = { ok: okReasons, warning: warningReasons, 'not-checked': notCheckedReasons };
    fc.assert(
      fc.property(fc.option(prescription), (input) => {
        const findings = input === null ? checkPrescription(null, sound) : check(input);
        for (const finding of findings) {
          expect(Finding.parse(finding)).toEqual(finding);
          expect(reasons[finding.status]).toContain(finding.reason);
          expect(finding.severity !== null).toBe(finding.status === 'warning');
        }
      }),
    );
  });

  const grave = { low: 1, moderate: 2, high: 3 };
  /** How grave what says too much, or too often, is: for each of them and whom it is about. */
  const tooMuch = (findings: readonly Finding[]) =>
    Map.groupBy(
      findings.filter(({ reason }) => /-above$|-too-often$/.test(reason)),
      ({ reason, subject }) => `${reason.replace('-far', '')} ${subject}`,
    );
  const noneIsLost = (less: readonly Finding[], more: readonly Finding[]): void => {
    const after = tooMuch(more);
    const gravity = (all: readonly Finding[] = []) =>
      Math.max(0, ...all.map(({ severity }) => (severity === null ? 0 : grave[severity])));
    for (const [what, before] of tooMuch(less))
      expect(gravity(after.get(what)), what).toBeGreaterThanOrEqual(gravity(before));
  };

  it('a larger dose, or one taken more often, loses nothing that says too much', () => {
    const amount = fc.integer({ min: 1, max: 1_000_000 });
    const number = fc.integer({ min: 1, max: 24 });
    fc.assert(
      fc.property(prescription, amount, amount, number, number, (input, a, b, c, d) => {
        const taken = (mg: number, times: number) =>
          check({
            ...input,
            medicine: { ...input.medicine, ingredients: input.medicine.ingredients.slice(0, 1) },
            dose: {
              ...input.dose,
              value: String(mg),
              unit: 'mg',
              perDay: String(times),
              howOften: { times, days: 1 },
            },
          });
        const [small, large] = [Math.min(a, b), Math.max(a, b)];
        const [seldom, often] = [Math.min(c, d), Math.max(c, d)];
        noneIsLost(taken(small, seldom), taken(large, seldom));
        noneIsLost(taken(small, seldom), taken(small, often));
      }),
    );
  });

  it('a larger dose has as many findings, but for those that say too little', () => {
    const tooLittle = /-below$|-too-seldom$/;
    const count = (mg: number) =>
      check({
        ...sound,
        dose: { ...sound.dose, value: String(mg), unit: 'mg', perDay: '3' },
      }).filter(({ status, reason }) => status !== 'ok' && !tooLittle.test(reason)).length;
    const amount = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        expect(count(Math.max(a, b))).toBeGreaterThanOrEqual(count(Math.min(a, b)));
      }),
    );
  });
});
