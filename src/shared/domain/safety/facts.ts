import { z } from 'zod';
import { routes as drugRoutes } from '../prescribing/routes.ts';

/**
 * What a data set says, fact by fact. A data set is a JSON file of the shape {@link SafetyDataset}; each fact is stored as
 * one row of `safety_fact`. Amounts are decimals written as text, ages are in months.
 */

/** What an ingredient or class is known by: lower-case words with hyphens. */
export const FactKey = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const name = z.string().trim().min(1).max(200);
const names = z.array(name).max(60).default([]);
/** Which publication says so. */
const source = z.string().trim().min(1).max(400);
/** What the codes cannot say, in the language of the data set. */
const note = z.string().trim().max(1000).optional();
/** That somebody read the fact beside what is named, and on which day: nobody did where there is none. */
const checked = z
  .object({ on: z.iso.date(), against: z.string().trim().min(1).max(600) })
  .strict()
  .optional();
/** Ways into the body; left out: any. A medicine whose way is not known is always meant. */
const routed = z.array(z.enum(drugRoutes)).min(1).max(drugRoutes.length).optional();
const amount = z.string().regex(/^(0|[1-9]\d{0,8})(\.\d{1,6})?$/);

/** One ingredient, or every member of a class. */
export const Ref = z.union([
  z.object({ ingredient: FactKey }).strict(),
  z.object({ class: FactKey }).strict(),
]);
export type Ref = z.infer<typeof Ref>;

/** The same, taken by one of the routes. */
export const RoutedRef = z.union([
  z.object({ ingredient: FactKey, routes: routed }).strict(),
  z.object({ class: FactKey, routes: routed }).strict(),
]);
export type RoutedRef = z.infer<typeof RoutedRef>;

export const severities = ['high', 'moderate', 'low'] as const;
export type Severity = (typeof severities)[number];

/** What two medicines may do together; `other` is said by the note alone. */
export const effects = [
  'bleeding',
  'hyperkalaemia',
  'hypokalaemia',
  'hyponatraemia',
  'hypotension',
  'hypertension',
  'bradycardia',
  'qt-prolongation',
  'kidney-injury',
  'serotonin-syndrome',
  'respiratory-depression',
  'sedation',
  'seizures',
  'muscle-damage',
  'hypoglycaemia',
  'hyperglycaemia',
  'toxicity',
  'less-effect',
  'bone-marrow',
  'liver-injury',
  'lactic-acidosis',
  'withdrawal',
  'anticholinergic',
  'other',
] as const;

export const pairAdvices = ['contraindicated', 'avoid', 'monitor', 'adjust-dose', 'separate'] as const;

export const pregnancyAdvices = ['contraindicated', 'avoid', 'caution', 'compatible'] as const;
export type PregnancyAdvice = (typeof pregnancyAdvices)[number];

export const renalAdvices = ['contraindicated', 'avoid', 'reduce', 'caution', 'none'] as const;
export type RenalAdvice = (typeof renalAdvices)[number];

export const factShapes = {
  /**
   * An ingredient; `synonyms` are other names and salts. `duplicateRoutes`: by which it is one medicine too many; where one
   * of two is taken by another route (a gel besides tablets) the warning is low. Left out: by any.
   */
  ingredient: z.object({
    kind: z.literal('ingredient'),
    key: FactKey,
    name,
    synonyms: names,
    duplicateRoutes: routed,
    source,
    checked,
  }),
  /**
   * `sameAllergy`: an allergy to one member concerns the others. `duplicate`: two members at once are one too many, by
   * `duplicateRoutes` as of an ingredient.
   */
  class: z.object({
    kind: z.literal('class'),
    key: FactKey,
    name,
    synonyms: names,
    members: z.array(FactKey).min(1).max(200),
    sameAllergy: z.boolean(),
    duplicate: z.boolean(),
    duplicateRoutes: routed,
    source,
    checked,
  }),
  /** What a product of that name contains, for names that do not say it. */
  product: z.object({
    kind: z.literal('product'),
    name,
    ingredients: z.array(FactKey).min(1).max(20),
    source,
    checked,
  }),
  'cross-reactivity': z.object({
    kind: z.literal('cross-reactivity'),
    a: Ref,
    b: Ref,
    severity: z.enum(severities),
    note,
    source,
    checked,
  }),
  interaction: z.object({
    kind: z.literal('interaction'),
    a: RoutedRef,
    b: RoutedRef,
    severity: z.enum(severities),
    effect: z.enum(effects),
    advice: z.enum(pairAdvices),
    note,
    source,
    checked,
  }),
  /** The usual range of one dose or of a day's; with `perKg` for each kilogram, `ceiling` being the most whatever the weight. */
  dose: z.object({
    kind: z.literal('dose'),
    ingredient: FactKey,
    /** Routes it holds for; none: any. */
    routes: z.array(z.string().min(1).max(40)).max(10).default([]),
    ageFrom: z.number().int().min(0).max(1500),
    /** The age it no longer holds for. */
    ageTo: z.number().int().min(1).max(1500).nullable(),
    per: z.enum(['dose', 'day']),
    perKg: z.boolean(),
    unit: z.enum(['mg', 'mL', 'IU', 'mmol']),
    min: amount.nullable(),
    max: amount,
    ceiling: amount.nullable().default(null),
    /**
     * How often a dose of this range is taken, and how grave more often is: once in seven days, for one. Only where it is a
     * mistake to take it otherwise; left out: the `day` says enough.
     */
    schedule: z
      .object({
        times: z.number().int().min(1).max(24),
        days: z.number().int().min(1).max(366),
        severity: z.enum(severities),
      })
      .strict()
      .optional(),
    note,
    source,
    checked,
  }),
  pregnancy: z.object({
    kind: z.literal('pregnancy'),
    of: Ref,
    trimesters: z
      .array(z.union([z.literal(1), z.literal(2), z.literal(3)]))
      .min(1)
      .max(3),
    advice: z.enum(pregnancyAdvices),
    note,
    source,
    checked,
  }),
  /** Below which eGFR (mL/min/1.73 m²) what is to be done; `none` says that nothing is, at any. */
  renal: z.object({
    kind: z.literal('renal'),
    of: Ref,
    below: z.number().int().min(1).max(120).nullable(),
    advice: z.enum(renalAdvices),
    note,
    source,
    checked,
  }),
} as const;

export const Fact = z.discriminatedUnion('kind', [
  factShapes.ingredient,
  factShapes.class,
  factShapes.product,
  factShapes['cross-reactivity'],
  factShapes.interaction,
  factShapes.dose,
  factShapes.pregnancy,
  factShapes.renal,
]);
export type Fact = z.infer<typeof Fact>;
export type FactKind = Fact['kind'];
export type FactOf<K extends FactKind> = Extract<Fact, { readonly kind: K }>;

/** Which data set it is; every finding names it. */
export const DatasetHeader = z.object({
  name: z.string().trim().min(1).max(100),
  version: z.string().trim().min(1).max(64),
  releasedOn: z.iso.date(),
  publisher: z.string().trim().min(1).max(1000),
  /** What a reader has to know of it, above all what is not in it. */
  note: z.string().trim().max(4000).nullable().default(null),
});
export type DatasetHeader = z.infer<typeof DatasetHeader>;

/** The file an administrator imports. */
export const SafetyDataset = DatasetHeader.extend({
  format: z.literal('clinichub-safety-1'),
  facts: z.array(Fact).min(1).max(50_000),
});
export type SafetyDataset = z.infer<typeof SafetyDataset>;

const refKey = (ref: Ref): string => ('ingredient' in ref ? ref.ingredient : ref.class);

/** What a fact is found by: the `subject` of its row. */
export const subjectOf = (fact: Fact): string => {
  switch (fact.kind) {
    case 'ingredient':
    case 'class':
      return fact.key;
    case 'product':
      return fact.name.slice(0, 100);
    case 'dose':
      return fact.ingredient;
    case 'pregnancy':
    case 'renal':
      return refKey(fact.of);
    default:
      return refKey(fact.a);
  }
};
