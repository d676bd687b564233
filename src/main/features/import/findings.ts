import { normalisePhone } from '#shared/domain/patients/phone.ts';
import { calendarDate, partsOf } from '#shared/kernel/calendar.ts';
import type { ProblemCode, Row } from './reader.ts';

export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly code: ProblemCode;
  readonly column: string | null;
}

/** `value` is null when the findings hold an error: the row is refused. */
export interface Mapped<T> {
  readonly value: T | null;
  readonly findings: readonly Finding[];
}

/** Synthea makes records of the United States only. */
export const country = 'US';
const maxIdLength = 100;
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const hidden = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
const formula = /^[=+\-@\t\r]/;

/** Collects what is wrong with one row. */
export const findingsOf = () => {
  const findings: Finding[] = [];
  const error = (code: ProblemCode, column: string | null) =>
    findings.push({ severity: 'error', code, column });
  const warn = (code: ProblemCode, column: string) => findings.push({ severity: 'warning', code, column });
  return {
    findings,
    error,
    warn,
    /** The text of a column, `null` when empty; hidden characters and excess length are errors. */
    text: (row: Row, column: string, max: number): string | null => {
      const text = row.get(column);
      if (hidden.test(text)) error('bad-value', column);
      else if (text.length > max) error('field-too-long', column);
      else if (formula.test(text)) warn('formula-like', column);
      return text || null;
    },
    result: <T>(make: () => T): Mapped<T> => ({
      value: findings.some((finding) => finding.severity === 'error') ? null : make(),
      findings,
    }),
  };
};

export type Findings = ReturnType<typeof findingsOf>;

export const required = (found: Findings, text: string | null, column: string): string => {
  if (text === null) found.error('missing-value', column);
  return text ?? '';
};

/** The source's id of a row, in lower case; '' (with a finding) when there is none. */
export const sourceId = (found: Findings, row: Row, column: string): string => {
  const id = row.get(column).toLowerCase();
  if (id === '') found.error('missing-value', column);
  else if (id.length > maxIdLength || hidden.test(id)) found.error('bad-value', column);
  return id;
};

export const genderOf = (found: Findings, row: Row): 'female' | 'male' | 'other' | 'unknown' => {
  const code = row.get('GENDER').toUpperCase();
  if (code === 'F') return 'female';
  if (code === 'M') return 'male';
  if (code !== '') found.warn('bad-value', 'GENDER');
  return code === '' ? 'unknown' : 'other';
};

export const phoneOf = (found: Findings, row: Row): string | null => {
  const typed = row.get('PHONE');
  if (typed === '') return null;
  if (typed.length > 40 || hidden.test(typed)) found.error('bad-value', 'PHONE');
  const phone = normalisePhone(typed, country);
  if (!/^\+\d+$/.test(phone)) found.warn(formula.test(typed) ? 'formula-like' : 'bad-value', 'PHONE');
  return phone;
};

/** A calendar day; a time behind it, as some versions of Synthea write it, is cut off. */
export const dayOf = (text: string): string | null => {
  const day = /^(\d{4}-\d\d-\d\d)(T[\d:.]+Z?)?$/.exec(text)?.[1] ?? '';
  return calendarDate(...partsOf(day)) === day ? day : null;
};

export const instantOf = (found: Findings, row: Row, column: string): number | null => {
  const text = row.get(column);
  if (text === '') {
    found.error('missing-value', column);
    return null;
  }
  const shape = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const milliseconds = shape && dayOf(`${text.slice(0, 10)}`) !== null ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(milliseconds)) return milliseconds;
  found.error('impossible-date', column);
  return null;
};
