import { compareDecimals, numberProblem, readDecimal } from '#shared/kernel/decimal.ts';
import type { Analyte } from './analyte.ts';
import {
  boundIn,
  type Comparator,
  type Interpretation,
  type Judged,
  judgeChoice,
  judgeValue,
  unitOf,
  type Whose,
} from './interpretation.ts';

/** A value as it was typed, in the unit that was chosen (null for an answer that is chosen). */
export interface Typed {
  readonly text: string;
  readonly unit: string | null;
}

export type ValueProblem =
  | 'not-a-number'
  | 'two-numbers'
  | 'negative'
  | 'impossible'
  | 'unknown-unit'
  | 'unknown-answer';

/** A value that can be kept. `unlikely`: it is asked about first. */
export interface ReadValue extends Judged {
  readonly code: string;
  readonly value: string | null;
  readonly valueText: string | null;
  readonly comparator: Comparator | null;
  readonly unit: string | null;
  readonly unlikely: boolean;
}

export type ValueRead =
  | { readonly ok: true; readonly value: ReadValue }
  | { readonly ok: false; readonly problem: ValueProblem };

const refuse = (problem: ValueProblem): ValueRead => ({ ok: false, problem });

const shape = /^(<=|>=|<|>|≤|≥)?\s*(.+)$/u;
const signs: Readonly<Record<string, Comparator>> = { '≤': '<=', '≥': '>=' };

const readChoice = (analyte: Analyte & { readonly kind: 'choice' }, text: string): ValueRead => {
  const answer = analyte.options.find((option) => option === text.toLowerCase());
  if (answer === undefined) return refuse('unknown-answer');
  const interpretation: Interpretation | null = judgeChoice(analyte, answer);
  return {
    ok: true,
    value: {
      code: analyte.code,
      value: null,
      valueText: answer,
      comparator: null,
      unit: null,
      unlikely: false,
      interpretation,
      bounds: null,
    },
  };
};

/**
 * Reads what was typed for an analyte: a number with decimal comma or point, with `<`, `<=`, `>=` or `>` before it where the
 * laboratory gave no other. Outside what anybody can have it is refused; outside what is likely it is `unlikely`.
 */
export const readValue = (analyte: Analyte, { text, unit }: Typed, whose: Whose): ValueRead => {
  const typed = text.trim();
  if (analyte.kind === 'choice') return readChoice(analyte, typed);
  const [, sign, rest = ''] = shape.exec(typed) ?? [];
  const comparator = sign === undefined ? null : (signs[sign] ?? (sign as Comparator));
  const value = readDecimal(rest);
  if (value === null) return refuse(numberProblem(rest) === 'two-numbers' ? 'two-numbers' : 'not-a-number');
  if (compareDecimals(value, '0') < 0) return refuse('negative');
  const measuredIn = unitOf(analyte, unit ?? analyte.units[0].unit);
  if (measuredIn === undefined) return refuse('unknown-unit');
  const outside = ([low, high]: readonly [string, string]) =>
    compareDecimals(value, boundIn(low, measuredIn)) < 0 ||
    compareDecimals(value, boundIn(high, measuredIn)) > 0;
  if (outside(analyte.possible)) return refuse('impossible');
  return {
    ok: true,
    value: {
      code: measuredIn.code,
      value,
      valueText: null,
      comparator,
      unit: measuredIn.unit,
      unlikely: outside(analyte.likely),
      ...judgeValue(analyte, { value, comparator, unit: measuredIn.unit }, whose),
    },
  };
};
