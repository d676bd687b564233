import type { Severity } from './facts.ts';
import type { Finding, Reason } from './finding.ts';
import type { Knowledge } from './knowledge.ts';
import type { CheckInput } from './prescription.ts';

/** An ingredient of what is prescribed, and whether the data set knows it. */
export interface Subject {
  readonly key: string;
  readonly name: string;
  readonly known: boolean;
  readonly value: string | null;
  readonly unit: string | null;
  readonly route: string | null;
}

/** Another medicine, read. */
export interface Other {
  readonly name: string;
  readonly subjects: readonly Subject[];
  /** Every part of it is an ingredient. */
  readonly whole: boolean;
}

/** What every check works with. */
export interface Gathered {
  readonly knowledge: Knowledge;
  readonly input: CheckInput;
  readonly subjects: readonly Subject[];
  readonly others: readonly Other[];
}

/** What a check says before it is known which check says it. */
export type Said = Omit<Finding, 'check' | 'dataset'>;

export const warn = (
  severity: Severity,
  reason: Reason,
  subject: string,
  params: Readonly<Record<string, string>> = {},
): Said => ({ status: 'warning', severity, reason, subject, params });

export const notChecked = (
  reason: Reason,
  subject: string,
  params: Readonly<Record<string, string>> = {},
): Said => ({ status: 'not-checked', severity: null, reason, subject, params });

export const fine = (reason: Reason, params: Readonly<Record<string, string>> = {}): Said => ({
  status: 'ok',
  severity: null,
  reason,
  subject: '',
  params,
});

export type Check = (gathered: Gathered) => readonly Said[];

/** A note of the data set, where there is one. */
export const noted = (fact: { readonly note?: string | undefined }): Readonly<Record<string, string>> =>
  fact.note === undefined ? {} : { note: fact.note };

/** Not checked for each ingredient the data set does not know. */
export const unknownSubjects = ({ subjects }: Gathered): readonly Said[] =>
  subjects.filter(({ known }) => !known).map(({ name }) => notChecked('ingredient-unknown', name));
