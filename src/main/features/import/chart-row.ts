import { dayOf, type Findings, instantOf } from './findings.ts';
import { type ImportKind, idFor, type MappingContext } from './mapping.ts';
import type { Row } from './reader.ts';

/** What the rows of a patient's chart have in common. */

export const snomed = 'http://snomed.info/sct';
export const rxNorm = 'http://www.nlm.nih.gov/research/umls/rxnorm';
export const loinc = 'http://loinc.org';

/** What was written once in this run and is named from many charts: bounded by the number of codes. */
export interface RunCodes {
  readonly medicines: Set<string>;
  readonly concepts: Set<string>;
}

export const newRunCodes = (): RunCodes => ({ medicines: new Set(), concepts: new Set() });

/** What is known of one patient's chart while its rows are read: bounded by the patient's rows. */
export interface Chart {
  readonly patientId: string;
  /** The practitioners (our ids) of the encounters (our ids) that are here. */
  readonly visits: Map<string, string>;
  /** How often a key was there before: some rows are twice in a file. */
  readonly times: Map<string, number>;
  /** Rows that hold others together and have been made. */
  readonly made: Set<string>;
  readonly run: RunCodes;
}

export const newChart = (patientId: string, run: RunCodes): Chart => ({
  patientId,
  visits: new Map(),
  times: new Map(),
  made: new Set(),
  run,
});

/** The encounter a row belongs to. A row whose encounter is not here is kept without: an allergy is one wherever it was found. */
export const visitOf = (found: Findings, row: Row, chart: Chart) => {
  const source = row.get('ENCOUNTER').toLowerCase();
  if (source === '') return { encounterId: null, practitionerId: null };
  const encounterId = idFor('encounter', source);
  const practitionerId = chart.visits.get(encounterId);
  if (practitionerId !== undefined) return { encounterId, practitionerId };
  found.warn('unknown-reference', 'ENCOUNTER');
  return { encounterId: null, practitionerId: null };
};

export const codeOf = (found: Findings, row: Row): string => {
  const code = found.text(row, 'CODE', 64);
  if (code === null) found.error('missing-value', 'CODE');
  return code ?? '';
};

const keyOf = (row: Row, timeColumn: string, code: string) =>
  [row.get('PATIENT').toLowerCase(), row.get('ENCOUNTER').toLowerCase(), row.get(timeColumn), code].join('|');

/**
 * The id of a row whose file has none: made of what tells it from others, and of how many like it there were before,
 * so that the same file gives the same ids.
 */
export const rowIdOf = (kind: ImportKind, row: Row, chart: Chart, timeColumn: string): string => {
  const key = `${kind}|${keyOf(row, timeColumn, row.get('CODE'))}`;
  const before = chart.times.get(key) ?? 0;
  chart.times.set(key, before + 1);
  return idFor(kind, `${key}|${before}`);
};

/** The id of what holds the rows of one encounter and moment together. */
export const momentIdOf = (kind: 'observation' | 'diagnostic_report', row: Row, code: string): string =>
  idFor(kind, `together|${keyOf(row, 'DATE', code)}`);

export const sourceIdOf = (row: Row): string => {
  const encounter = row.get('ENCOUNTER').toLowerCase();
  return encounter === '' ? 'synthea' : `synthea:${encounter}`.slice(0, 200);
};

const oldestOf = (at: string) => `${Number(at.slice(0, 4)) - 125}${at.slice(4)}`;

/** A moment that has been, in a lifetime; with a finding where it has not. */
export const instantIn = (
  found: Findings,
  row: Row,
  column: string,
  { at }: MappingContext,
): string | null => {
  const time = instantOf(found, row, column);
  if (time === null) return null;
  if (time > Date.parse(at) || time < Date.parse(oldestOf(at))) {
    found.error('impossible-date', column);
    return null;
  }
  return new Date(time).toISOString();
};

/** A day that has been, in a lifetime. */
export const dayIn = (
  found: Findings,
  row: Row,
  column: string,
  { today }: MappingContext,
): string | null => {
  const text = row.get(column);
  if (text === '') found.error('missing-value', column);
  const day = dayOf(text);
  if (text !== '' && (day === null || day > today || day < oldestOf(today)))
    found.error('impossible-date', column);
  return day;
};

/** The day it ended, null when it has not. One that ended before it began is refused. */
export const endOf = (found: Findings, row: Row, start: string | null): string | null => {
  const text = row.get('STOP');
  if (text === '') return null;
  const day = dayOf(text);
  if (day === null || (start !== null && day < start)) found.error('impossible-date', 'STOP');
  return day;
};

/** Without what SNOMED CT puts behind a name to tell its kind: `Latex (substance)` is latex. */
export const plainWords = (text: string): string =>
  text.replace(/ \((?:substance|disorder|finding|organism|procedure|situation|product)\)$/, '');
