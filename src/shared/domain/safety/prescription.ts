import { z } from 'zod';
import type { HowOften } from '../prescribing/frequency.ts';

/** One ingredient of a medicine with its strength in one unit of dose; `key` as the data set has it. */
export const MedicineIngredient = z.object({
  key: z.string().min(1).max(100).nullable(),
  name: z.string().min(1).max(200),
  value: z.string().max(40).nullable(),
  unit: z.string().max(50).nullable(),
});
export type MedicineIngredient = z.infer<typeof MedicineIngredient>;

/** What is being prescribed. Without ingredients it is free text. */
export interface PrescribedMedicine {
  readonly name: string;
  readonly ingredients: readonly MedicineIngredient[];
  /** What one strength is in: `tablet`, `mL`, `puff`. */
  readonly unitOfDose: string | null;
}

/** Decimals as text, with a point or a comma. */
export interface PrescribedDose {
  readonly value: string | null;
  readonly unit: string | null;
  /** How often a day at most; null: not known. */
  readonly perDay: string | null;
  /** How often in how many days; null: not known. */
  readonly howOften: HowOften | null;
  /** Of `routes` where it is one of them. */
  readonly route: string | null;
}

export interface KnownAllergy {
  readonly substance: string;
  /** `other` and null: it is not coded. */
  readonly codeKind: 'ingredient' | 'class' | 'other' | null;
  readonly code: string | null;
  readonly category: 'food' | 'medication' | 'environment' | 'biologic' | null;
  readonly intolerance: boolean;
  /** Its criticality is high or its reaction was severe. */
  readonly severe: boolean;
  /** Inactive or resolved. */
  readonly past: boolean;
}

export type Allergies =
  | { readonly recorded: false }
  /** None: it was said that there are none. */
  | { readonly recorded: true; readonly list: readonly KnownAllergy[] };

export interface OtherPrescription {
  readonly id: string;
  readonly name: string;
  readonly ingredients: readonly MedicineIngredient[];
  /** As that of a {@link PrescribedDose}. */
  readonly route: string | null;
}

/** A measured value and how many days old it is. */
export interface Aged<T> {
  readonly value: T;
  readonly days: number;
}

export type Pregnancy =
  | { readonly pregnant: true; readonly trimester: 1 | 2 | 3 | null }
  | { readonly pregnant: false };

export interface CheckedPatient {
  readonly ageMonths: number | null;
  readonly sex: 'female' | 'male' | 'other' | 'unknown';
  readonly weightKg: Aged<string> | null;
  readonly pregnancy: Aged<Pregnancy> | null;
  /** eGFR in mL/min/1.73 m². */
  readonly egfr: Aged<number> | null;
  readonly allergies: Allergies;
}

export interface CheckInput {
  readonly medicine: PrescribedMedicine;
  readonly dose: PrescribedDose;
  readonly patient: CheckedPatient;
  /** Active ones, without the one that is renewed or changed. */
  readonly others: readonly OtherPrescription[];
}
