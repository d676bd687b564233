import type { Source } from './sources.ts';

/** A range of values in the first unit of an analyte, for whom it holds. Bounds belong to the range. */
export interface Range {
  readonly low?: string;
  readonly high?: string;
  readonly source: Source;
  readonly sex?: 'female' | 'male';
  /** In whole months: from this age, and below that one. */
  readonly fromMonths?: number;
  readonly belowMonths?: number;
}

/** A UCUM unit a value may be given in, the LOINC code of the measurement in it, and how many of it are one of the first unit. */
export interface MeasuredIn {
  readonly unit: string;
  readonly code: string;
  readonly factor: string;
}

interface Named {
  readonly key: string;
  /** As it is kept in records, in English. */
  readonly name: string;
}

export interface Measured extends Named {
  readonly kind: 'number';
  readonly units: readonly [MeasuredIn, ...MeasuredIn[]];
  readonly ranges: readonly Range[];
  /** At or beyond a bound a value is critical. */
  readonly critical: readonly Range[];
  /** In the first unit: nobody has a value outside `possible`; one outside `likely` is asked about. */
  readonly possible: readonly [string, string];
  readonly likely: readonly [string, string];
}

export interface Chosen extends Named {
  readonly kind: 'choice';
  readonly code: string;
  readonly options: readonly [string, ...string[]];
  /** Options that are not abnormal. */
  readonly normal: readonly string[];
}

export type Analyte = Measured | Chosen;

/** A test that can be requested: one analyte or several. */
export interface OrderTest {
  readonly key: string;
  readonly name: string;
  /** LOINC. */
  readonly code: string;
  readonly category: 'laboratory';
  readonly analytes: readonly [string, ...string[]];
}
