import { create } from 'zustand';
import {
  type PregnancyStatus,
  type TypedMeasure,
  typedMeasures,
  type Unit,
} from '#shared/domain/vitals/measures.ts';
import type { TypedVitals } from '#shared/domain/vitals/plausible.ts';
import { type NumberProblem, numberProblem, readDecimal } from '#shared/kernel/decimal.ts';

/** A set of vitals that is being typed. */
export interface VitalsDraft {
  readonly typed: Readonly<Partial<Record<TypedMeasure, string>>>;
  /** What somebody said is right, as it was typed then: another value is asked about again. */
  readonly confirmed: Readonly<Partial<Record<TypedMeasure, string>>>;
  readonly pregnancy: PregnancyStatus | null;
  readonly deliveryDate: string;
  readonly note: string;
}

export const emptyDraft: VitalsDraft = {
  typed: {},
  confirmed: {},
  pregnancy: null,
  deliveryDate: '',
  note: '',
};

interface Drafts {
  /** Whose draft of whom; another account or patient begins anew. */
  readonly of: string | null;
  readonly draft: VitalsDraft;
  set(of: string, draft: VitalsDraft): void;
  clear(): void;
}

/** What is typed outlives closing the sheet; it is not kept on disk. */
export const useVitalsDraft = create<Drafts>()((set) => ({
  of: null,
  draft: emptyDraft,
  set: (of, draft) => set({ of, draft }),
  clear: () => set({ of: null, draft: emptyDraft }),
}));

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
