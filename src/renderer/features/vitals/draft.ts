import type { FormOf } from '#shared/contract/drafts.ts';
import { type TypedMeasure, typedMeasures, type Unit } from '#shared/domain/vitals/measures.ts';
import type { TypedVitals } from '#shared/domain/vitals/plausible.ts';
import { type NumberProblem, numberProblem, readDecimal } from '#shared/kernel/decimal.ts';

/** A set of vitals that is being typed. */
export type VitalsDraft = FormOf<'vitals'>;

export const emptyDraft: VitalsDraft = {
  typed: {},
  confirmed: {},
  pregnancy: null,
  deliveryDate: '',
  note: '',
  day: '',
  time: '',
};

/** What can be read of what was typed, and what is wrong with the fields that cannot. */
export const readDraft = (
  { typed }: VitalsDraft,
  unitOf: (name: TypedMeasure) => Unit,
): {
  readonly vitals: TypedVitals;
  readonly unreadable: Readonly<Partial<Record<TypedMeasure, NumberProblem>>>;
} => {
  const filled = typedMeasures.filter((name) => typed[name]?.trim());
  const read = filled.map((name) => [name, readDecimal(typed[name] ?? '')] as const);
  return {
    vitals: Object.fromEntries(
      read.flatMap(([name, value]) => (value === null ? [] : [[name, { value, unit: unitOf(name) }]])),
    ),
    unreadable: Object.fromEntries(
      filled.flatMap((name) => {
        const problem = numberProblem(typed[name] ?? '');
        return problem === null ? [] : [[name, problem]];
      }),
    ),
  };
};

/** What confirming a value stands for. */
export const confirmation = (typed: string, unit: Unit): string => `${typed.trim()} ${unit}`;

/** `148/92` is both pressures. */
export const bothPressures = (typed: string): readonly [string, string] | null => {
  const found = /^\s*(\d{2,3})\s*\/\s*(\d{0,3})\s*$/.exec(typed);
  return found === null ? null : [found[1] ?? '', found[2] ?? ''];
};
