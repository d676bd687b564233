import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openReady, type TemporaryLocal } from '#tests/support/sync-local.ts';
import { createImporter } from './service.ts';

const fixture = fileURLToPath(new URL('../../../../tests/fixtures/synthea/', import.meta.url));

let temporary: TemporaryLocal;
let folder: string;

beforeEach(async () => {
  temporary = openReady();
  folder = await mkdtemp(join(tmpdir(), 'clinichub-import-'));
});
afterEach(async () => {
  temporary.remove();
  await rm(folder, { recursive: true, force: true });
});

const run = async (from: string) => {
  const importer = createImporter({
    store: temporary.local.store,
    engine: { wake: () => undefined },
    clock: { now: () => Date.parse('2026-11-23T08:00:00Z') },
    log: { info: () => undefined, error: (_, error) => expect(error).toBeNull() },
    home: () => ({ name: 'Kacyiru', timeZone: 'Africa/Kigali', country: 'RW' }),
    emit: () => undefined,
  });
  await importer.start(from, false, null);
  await importer.finished();
  return importer.report();
};
const rows = (query: string): readonly unknown[] => temporary.local.db.prepare(query).raw().all();

describe('the charts of the Synthea sample', () => {
  beforeEach(async () => void (await run(fixture)));

  test('an encounter names its appointment, practitioner and site', () => {
    expect(
      rows(`SELECT e."class", count(*) FROM encounter e JOIN appointment a ON a.id = e.appointment_id
        AND a.patient_id = e.patient_id AND a.start_at = e.start_at AND a.practitioner_id = e.practitioner_id
        WHERE e.status = 'finished' GROUP BY 1 ORDER BY 2 DESC`),
    ).toEqual([
      ['AMB', 2337],
      ['EMER', 98],
      ['IMP', 94],
      ['HH', 47],
      ['NONAC', 14],
    ]);
  });

  test('problems, allergies and immunisations keep their codes, days and words', () => {
    expect(
      rows(`SELECT code_system, code, display, clinical_status, onset, abatement FROM condition
        WHERE encounter_id IS NOT NULL ORDER BY onset, code LIMIT 2`),
    ).toEqual([
      ['http://snomed.info/sct', '444814009', 'Viral sinusitis', 'resolved', '1956-04-17', '1956-05-13'],
      ['http://snomed.info/sct', '428251008', 'History of appendectomy', 'active', '1958-01-13', null],
    ]);
    expect(
      rows(
        `SELECT substance, type, category, severity, criticality, reaction FROM allergy_intolerance ORDER BY 1`,
      ),
    ).toContainEqual(['Eggs (edible)', 'allergy', 'food', 'moderate', null, 'Allergic angioedema; Wheal']);
    expect(rows(`SELECT count(*), min(vaccine_code), min(vaccine_system) FROM immunization`)).toEqual([
      [39, '08', 'http://hl7.org/fhir/sid/cvx'],
    ]);
  });

  test('a prescription is not signed, has no dosage, and its RxNorm code is that of a medicine nobody is offered, with its ingredients', () => {
    expect(
      rows(`SELECT r.status, count(*), sum(r.signed_at IS NULL AND r.dosage = '' AND r.requester_id IS NOT NULL), sum(json_valid(r.ingredients)),
          sum(m.code_system LIKE '%rxnorm' AND m.active = 0 AND m.name = r.medication)
        FROM medication_request r JOIN medicine m ON m.id = r.medicine_id GROUP BY 1 ORDER BY 1`),
    ).toEqual([
      ['active', 4, 4, 4, 4],
      ['completed', 48, 48, 48, 48],
    ]);
  });

  test('blood pressure is one observation with two parts', () => {
    expect(
      rows(`SELECT o.code, p.code, p.value IS NULL, count(*), count(DISTINCT p.id) FROM observation o
        JOIN observation p ON p.id = o.component_of AND p.effective_at = o.effective_at GROUP BY 1, 2, 3`),
    ).toEqual([
      ['8462-4', '85354-9', 1, 23, 23],
      ['8480-6', '85354-9', 1, 23, 23],
    ]);
  });

  test('what a laboratory found at one moment is one report; a code keeps its name', () => {
    expect(
      rows(`SELECT r.display, count(DISTINCT r.id), count(o.id), sum(o.category = 'laboratory') FROM diagnostic_report r
        JOIN observation o ON o.report_id = r.id AND o.effective_at = r.effective_at GROUP BY 1`),
    ).toEqual([['Laboratory', 8, 86, 86]]);
    expect(
      rows(`SELECT count(*) FROM observation o LEFT JOIN concept c ON c.code_system = 'http://loinc.org' AND c.code = o.code
        WHERE c.id IS NULL AND o.code <> '85354-9'`),
    ).toEqual([[0]]);
  });
});

const files = {
  'organizations.csv': ['Id,NAME', 'o1,Main clinic'],
  'providers.csv': ['Id,NAME', 'd1,Ana10 Mota20'],
  'patients.csv': ['Id,BIRTHDATE,FIRST,LAST,GENDER', 'p1,1990-01-01,Joe,Doe,M'],
  'encounters.csv': [
    'Id,START,STOP,PATIENT,ORGANIZATION,PROVIDER',
    'e1,2020-01-01T10:00:00Z,2020-01-01T10:15:00Z,p1,o1,d1',
  ],
};
const headers = {
  'conditions.csv': 'START,STOP,PATIENT,ENCOUNTER,CODE,DESCRIPTION',
  'allergies.csv': 'START,STOP,PATIENT,ENCOUNTER,CODE,DESCRIPTION,TYPE,CATEGORY,SEVERITY1',
  'medications.csv': 'START,STOP,PATIENT,ENCOUNTER,CODE,DESCRIPTION',
  'observations.csv': 'DATE,PATIENT,ENCOUNTER,CATEGORY,CODE,DESCRIPTION,VALUE,UNITS,TYPE',
  'immunizations.csv': 'DATE,PATIENT,ENCOUNTER,CODE,DESCRIPTION',
} as const;

test.each<[string, keyof typeof headers, string, string, number]>([
  [
    'an end before the start',
    'conditions.csv',
    '2020-01-02,2020-01-01,p1,e1,1,X',
    'error impossible-date STOP',
    0,
  ],
  ['a day that is to come', 'conditions.csv', '2027-01-02,,p1,e1,1,X', 'error impossible-date START', 0],
  [
    'a problem without a name',
    'conditions.csv',
    '2020-01-02,,p1,e1,1,',
    'error missing-value DESCRIPTION',
    0,
  ],
  [
    'an unknown encounter',
    'conditions.csv',
    '2020-01-02,,p1,e7,1,X',
    'warning unknown-reference ENCOUNTER',
    1,
  ],
  ['an unknown patient', 'allergies.csv', '2020-01-02,,p7,e1,1,X,,,', 'error unknown-reference PATIENT', 0],
  ['an unknown severity', 'allergies.csv', '2020-01-02,,p1,e1,1,X,,,BAD', 'warning bad-value SEVERITY1', 1],
  ['no such moment', 'medications.csv', '2020-02-30T00:00:00Z,,p1,e1,1,X', 'error impossible-date START', 0],
  [
    'a code that is not LOINC',
    'observations.csv',
    '2020-01-01T10:00:00Z,p1,e1,,QALY,Q,1,a,numeric',
    'error not-coded CODE',
    0,
  ],
  [
    'no value',
    'observations.csv',
    '2020-01-01T10:00:00Z,p1,e1,laboratory,718-7,Hb,,g/dL,numeric',
    'error missing-value VALUE',
    0,
  ],
  ['a row that is too short', 'immunizations.csv', '2020-01-01T10:00:00Z,p1', 'error malformed-row null', 0],
])('%s is reported with its line', async (_, file, line, problem, added) => {
  for (const [name, lines] of Object.entries(files)) await writeFile(join(folder, name), lines.join('\n'));
  await writeFile(join(folder, file), [headers[file], line].join('\n'));
  const report = await run(folder);
  expect(
    report.problems.map((one) => `${one.file}:${one.line} ${one.severity} ${one.code} ${String(one.column)}`),
  ).toEqual([`${file}:2 ${problem}`]);
  expect(
    report.counts
      .slice(5)
      .map((count) => [count.added, count.refused].join())
      .filter((pair) => pair !== '0,0'),
  ).toEqual([`${added},${1 - added}`]);
});

test('rows that are the same twice are two, and are found again; what is no number is text', async () => {
  for (const [name, lines] of Object.entries(files)) await writeFile(join(folder, name), lines.join('\n'));
  const line = '2020-01-01T10:00:00Z,p1,e1,laboratory,2708-6,SpO2,97,%,numeric';
  await writeFile(
    join(folder, 'observations.csv'),
    [headers['observations.csv'], line, line, line.replace('97', '1e3').replace('%', 'null')].join('\n'),
  );
  expect((await run(folder)).counts.find(({ kind }) => kind === 'observation')).toMatchObject({ added: 3 });
  expect(rows('SELECT value, value_text, unit FROM observation ORDER BY 1')).toEqual([
    [null, '1e3', null],
    ['97', null, '%'],
    ['97', null, '%'],
  ]);
  expect((await run(folder)).counts.find(({ kind }) => kind === 'observation')).toMatchObject({
    added: 0,
    unchanged: 3,
  });
});
