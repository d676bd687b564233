import { parse } from 'csv-parse/sync';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { ResultImportProblem } from '#shared/contract/orders.ts';
import { dayAt, resolveWallTime } from '#shared/domain/appointments/wall-time.ts';
import { analyteOf, analyteOfCode, orderTests } from '#shared/domain/orders/catalogue.ts';
import { type ReadValue, readValue } from '#shared/domain/orders/entry.ts';
import { ageInMonths } from '#shared/domain/orders/interpretation.ts';
import { instant } from '#shared/kernel/clock.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { writeReport } from './entry.ts';
import { findRequest, isImported, oldestRequest, patientOfMrn, personOf } from './repository.ts';

/** Reports in one mutation at most. */
const maxGroup = 50;
const maxProblems = 200;
const required = ['MRN', 'TEST', 'ANALYTE', 'VALUE', 'DATE'] as const;

type Code = ResultImportProblem['code'];
type Problem = ResultImportProblem;

interface Line {
  readonly line: number;
  readonly get: (column: string) => string;
}

interface GoodLine {
  readonly line: number;
  readonly patientId: string;
  readonly test: string;
  readonly effectiveAt: string;
  readonly laboratory: string;
  readonly conclusion: string;
  readonly value: ReadValue;
}

type Checked =
  | { readonly ok: true; readonly good: GoodLine }
  | { readonly ok: false; readonly problem: Problem; readonly group: string };

interface ParsedRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

interface Parsed {
  readonly lines: readonly Line[];
  readonly problems: readonly Problem[];
}

const read = (csv: string): Parsed => {
  let rows: readonly ParsedRow[];
  try {
    // With `info`, rows come so; the types do not say it.
    rows = parse(csv, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as readonly ParsedRow[];
  } catch {
    return { lines: [], problems: [{ line: 1, code: 'malformed-row', column: null }] };
  }
  const columns = (rows[0]?.record ?? []).map((name) => name.toUpperCase());
  const missing = required.find((column) => !columns.includes(column));
  if (missing !== undefined)
    return { lines: [], problems: [{ line: 1, code: 'missing-column', column: missing }] };
  const problems: Problem[] = [];
  const lines = rows.slice(1).flatMap(({ record, info }): readonly Line[] => {
    if (record.length === columns.length)
      return [{ line: info.lines, get: (column) => record[columns.indexOf(column)] ?? '' }];
    problems.push({ line: info.lines, code: 'malformed-row', column: null });
    return [];
  });
  return { lines, problems };
};

const groupOf = ({ get }: Line): string =>
  ['MRN', 'TEST', 'DATE', 'LABORATORY'].map((column) => get(column).toLowerCase()).join('|');

/** `2026-11-23T09:30` or `2026-11-23 09:30` at the site; a day alone is noon of it. */
const momentIn = (deps: FeatureDeps, text: string): string | null => {
  const found = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d))?(?::\d\d)?$/.exec(text);
  if (found === null) return null;
  const at = resolveWallTime(`${found[1]}T${found[2] ?? '12:00'}`, deps.home().timeZone);
  if (!at.ok) return null;
  const now = deps.clock.now();
  if (at.value <= now) return instant(at.value);
  // Noon of today may be to come.
  return found[2] === undefined && found[1] === dayAt(now, deps.home().timeZone) ? instant(now) : null;
};

const check = (deps: FeatureDeps, line: Line): Checked => {
  const { get } = line;
  const refuse = (code: Code, column: string | null): Checked => ({
    ok: false,
    problem: { line: line.line, code, column },
    group: groupOf(line),
  });
  const empty = required.find((column) => get(column) === '');
  if (empty !== undefined) return refuse('missing-value', empty);
  const patientId = patientOfMrn(deps.store, get('MRN'));
  const person = patientId === undefined ? undefined : personOf(deps.store, patientId);
  if (person === undefined) return refuse('unknown-patient', 'MRN');
  const test = orderTests.find(({ key, code }) => key === get('TEST') || code === get('TEST'));
  if (test === undefined) return refuse('unknown-test', 'TEST');
  const analyte = analyteOf(get('ANALYTE')) ?? analyteOfCode(get('ANALYTE'));
  const analytes: readonly string[] = test.analytes;
  if (analyte === undefined || !analytes.includes(analyte.key)) return refuse('unknown-test', 'ANALYTE');
  const effectiveAt = momentIn(deps, get('DATE'));
  if (effectiveAt === null) return refuse('impossible-date', 'DATE');
  const day = dayAt(Date.parse(effectiveAt), deps.home().timeZone);
  const whose = { sex: person.gender, ageMonths: ageInMonths(person.birth_date, day) };
  const value = readValue(analyte, { text: get('VALUE'), unit: get('UNIT') || null }, whose);
  if (!value.ok) return refuse(value.problem, value.problem === 'unknown-unit' ? 'UNIT' : 'VALUE');
  // Nobody is there to confirm it: it is entered by hand.
  if (value.value.unlikely) return refuse('unlikely', 'VALUE');
  return {
    ok: true,
    good: {
      line: line.line,
      patientId: person.id,
      test: test.key,
      effectiveAt,
      laboratory: get('LABORATORY').slice(0, 200),
      conclusion: get('CONCLUSION').slice(0, 4000),
      value: value.value,
    },
  };
};

const hidden = /[\p{Cc}\p{Cs}]/u;

/** The lines of each report that can be entered. One that cannot takes its report along: half of a result misleads. */
const groupsIn = (deps: FeatureDeps, { lines, problems: unread }: Parsed) => {
  const problems = [...unread];
  const groups = Map.groupBy(lines, groupOf);
  const reports = [...groups.values()].flatMap((some) => {
    const checked = some.map(
      (line): Checked =>
        hidden.test(`${line.get('CONCLUSION')}${line.get('LABORATORY')}`)
          ? {
              ok: false,
              problem: { line: line.line, code: 'malformed-row', column: null },
              group: groupOf(line),
            }
          : check(deps, line),
    );
    const bad = checked.flatMap((one) => (one.ok ? [] : [one.problem]));
    const good = checked.flatMap((one) => (one.ok ? [one.good] : []));
    const [first] = good;
    if (bad.length > 0 || first === undefined) {
      problems.push(...bad);
      for (const { line } of good) problems.push({ line, code: 'report-refused', column: null });
      return [];
    }
    const { patientId, test, effectiveAt } = first;
    if (isImported(deps.store, { patientId, test, effectiveAt })) {
      for (const { line } of good) problems.push({ line, code: 'already-here', column: null });
      return [];
    }
    return [good];
  });
  return { reports, problems };
};

/** Enters the results of a CSV file (docs/results-csv.md), a report for each patient, test, moment and laboratory. */
export const importResults = (
  deps: FeatureDeps,
  csv: string,
  { user }: Connection,
): Result<Output<'results.import'>> => {
  const { reports, problems } = groupsIn(deps, read(csv));
  const by = user?.id ?? null;
  for (let from = 0; from < reports.length; from += maxGroup) {
    deps.store.mutate({ kind: 'results.import', user: by }, (writer) => {
      for (const lines of reports.slice(from, from + maxGroup)) {
        const [first] = lines;
        if (first === undefined) continue;
        const requestId = oldestRequest(writer, first);
        const request = requestId === undefined ? null : (findRequest(writer, requestId) ?? null);
        const report = {
          patientId: first.patientId,
          request,
          corrects: null,
          test: first.test,
          display: '',
          values: lines.map(({ value }) => value),
          conclusion: [...new Set(lines.map(({ conclusion }) => conclusion).filter(Boolean))]
            .join('\n')
            .slice(0, 4000),
          performer: first.laboratory,
          effectiveAt: first.effectiveAt,
          requesterId: request?.requester_id ?? null,
          flag: null,
          source: 'csv',
        };
        writeReport(deps, writer, report, by);
      }
    });
  }
  if (reports.length > 0) deps.engine.wake();
  const sorted = problems.toSorted((a, b) => a.line - b.line);
  return ok({
    reports: reports.length,
    values: reports.reduce((sum, lines) => sum + lines.length, 0),
    problems: sorted.slice(0, maxProblems),
    problemCount: sorted.length,
  });
};
