import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ImportReport } from '#shared/contract/import.ts';
import { openReady, somePatient, type TemporaryLocal } from '#tests/support/sync-local.ts';
import { createImporter, type Importer } from './service.ts';

const fixture = fileURLToPath(new URL('../../../../tests/fixtures/synthea/', import.meta.url));
const now = Date.parse('2026-11-23T08:00:00Z');
const home = () => ({ name: 'Kacyiru', timeZone: 'Africa/Kigali', country: 'RW' });
const log = { info: () => undefined, error: (_: string, error: unknown) => logged.push(error) };

let logged: unknown[];
let temporary: TemporaryLocal;
let importer: Importer;
let folder: string;
let reports: ImportReport[];
let wakes: number;

beforeEach(async () => {
  logged = [];
  reports = [];
  wakes = 0;
  temporary = openReady();
  const { store } = temporary.local;
  const emit = (report: ImportReport) => void reports.push(report);
  importer = createImporter({
    store,
    engine: { wake: () => void wakes++ },
    clock: { now: () => now },
    log,
    home,
    emit,
  });
  folder = await mkdtemp(join(tmpdir(), 'clinichub-import-'));
});
afterEach(async () => {
  temporary.remove();
  await rm(folder, { recursive: true, force: true });
});

const run = async (from: string, dryRun: boolean): Promise<ImportReport> => {
  const started = await importer.start(from, dryRun, null);
  expect(started).toMatchObject({ ok: true, value: { phase: dryRun ? 'checking' : 'importing' } });
  await importer.finished();
  return importer.report();
};

test('what was imported is sent at once; a check has nothing to send', async () => {
  await run(fixture, true);
  expect(wakes).toBe(0);
  await run(fixture, false);
  expect(wakes).toBeGreaterThan(0);
});

const rows = (table: string): number =>
  Number(temporary.local.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
type Count = 'read' | 'added' | 'unchanged' | 'refused';
/** Of sites, practitioners, patients and past appointments. */
const all = (report: ImportReport, what: Count) => report.counts.slice(0, 4).map((count) => count[what]);
/** Of encounters, problems, allergies, prescriptions, observations and immunisations. */
const charts = (report: ImportReport, what: Count) => report.counts.slice(4).map((count) => count[what]);
const problems = (report: ImportReport) =>
  report.problems.map(
    ({ file, line, severity, code, column }) => `${file}:${line} ${severity} ${code} ${column}`,
  );

const headers = {
  'organizations.csv': 'Id,NAME,ADDRESS,CITY,PHONE',
  'providers.csv': 'Id,ORGANIZATION,NAME,GENDER,SPECIALITY',
  'patients.csv': 'Id,BIRTHDATE,DEATHDATE,FIRST,LAST,GENDER,ADDRESS,CITY,ZIP',
  'encounters.csv': 'Id,START,STOP,PATIENT,ORGANIZATION,PROVIDER,DESCRIPTION',
};
type File = keyof typeof headers;
const visit = (id: string, patient = 'p1', more = '') =>
  `${id},2020-01-01T10:00:00Z,2020-01-01T10:15:00Z,${patient},o1,d1,Visit${more}`;
const good: Readonly<Record<File, readonly string[]>> = {
  'organizations.csv': ['o1,Main clinic,1 Road,Lyon,'],
  'providers.csv': ['d1,o1,Ana10 Mota20,F,GENERAL PRACTICE'],
  'patients.csv': ['p1,1990-01-01,,Joe10,Doe20,M,1 Road,Lyon,69001', 'p2,1991-01-01,,Zoé10,Ng20,F,,,'],
  'encounters.csv': [visit('e1'), visit('e2', 'p2'), visit('e3')],
};

/** Writes the four files, with some of them replaced. */
const write = async (changes: Partial<Record<File, readonly string[] | string | Buffer>> = {}) => {
  for (const file of Object.keys(headers) as File[]) {
    const content = changes[file] ?? good[file];
    const bytes =
      typeof content === 'string' || Buffer.isBuffer(content)
        ? content
        : [headers[file], ...content, ''].join('\n');
    await writeFile(join(folder, file), bytes);
  }
};

describe('the Synthea sample', () => {
  const counts = [173, 173, 59, 2590];
  const chartCounts = [2590, 16, 7, 52, 349, 39];
  /** Rows of Synthea's own scores, which have no code. */
  const uncoded = 33;

  test('a dry run counts everything and writes nothing', async () => {
    const report = await run(fixture, true);
    expect(report).toMatchObject({
      phase: 'checked',
      dryRun: true,
      done: 3491,
      total: 3491,
      problemCount: uncoded,
    });
    expect([all(report, 'read'), all(report, 'added')]).toEqual([counts, counts]);
    expect(rows('patient') + rows('outbox')).toBe(0);
  });

  test('an import writes all of it, a patient with its visits together; a second one changes nothing', async () => {
    const report = await run(fixture, false);
    expect(report).toMatchObject({ phase: 'done', done: 3491, total: 3491, problemCount: uncoded });
    expect([all(report, 'read'), all(report, 'added'), all(report, 'refused')]).toEqual([
      counts,
      counts,
      [0, 0, 0, 0],
    ]);
    expect(['location', 'practitioner', 'patient', 'appointment'].map(rows)).toEqual(counts);
    expect([charts(report, 'read'), charts(report, 'added'), charts(report, 'refused')]).toEqual([
      [2590, 16, 7, 52, 349 + uncoded, 39],
      chartCounts,
      [0, 0, 0, 0, uncoded, 0],
    ]);
    // One mutation for the sites, one for the practitioners, one for 200 rows of each patient.
    expect(rows('outbox')).toBe(68);
    expect(reports.at(-1)?.phase).toBe('done');

    const before = temporary.local.db.serialize();
    const again = await run(fixture, false);
    expect([all(again, 'added'), all(again, 'unchanged')]).toEqual([[0, 0, 0, 0], counts]);
    expect([charts(again, 'added'), charts(again, 'unchanged')]).toEqual([[0, 0, 0, 0, 0, 0], chartCounts]);
    expect(temporary.local.db.serialize().equals(before)).toBe(true);
  });

  test('the identifiers come along, also of patients imported before they did; none twice, none that was removed', async () => {
    await run(fixture, false);
    const { db } = temporary.local;
    const kinds = db.prepare(
      'SELECT type, count(*) AS n FROM patient_identifier GROUP BY type ORDER BY type',
    );
    const whole = [
      { type: 'DL', n: 48 },
      { type: 'PPN', n: 42 },
      { type: 'SS', n: 59 },
    ];
    expect(kinds.all()).toEqual(whole);
    const first = db.prepare(`SELECT value FROM patient_identifier WHERE type = 'SS' ORDER BY value LIMIT 1`);
    expect(first.pluck().get()).toMatch(/^999\d{6}$/);
    db.exec(`DELETE FROM patient_identifier WHERE type = 'DL'`);
    db.exec(`UPDATE patient_identifier SET voided_at = created_at WHERE type = 'PPN'`);
    const again = await run(fixture, false);
    expect([all(again, 'added'), all(again, 'unchanged')]).toEqual([[0, 0, 0, 0], counts]);
    expect(kinds.all()).toEqual(whole);
  });

  test('a cancelled import stops between groups and a later one finishes it', async () => {
    await importer.start(fixture, false, null);
    while (rows('patient') < 5) await new Promise(setImmediate);
    importer.cancel();
    await importer.finished();
    const stopped = importer.report();
    expect(stopped.phase).toBe('cancelled');
    expect(rows('patient')).toBeLessThan(59);
    expect(rows('appointment')).toBe(stopped.counts[3]?.added);
    const half =
      'SELECT count(*) FROM patient p WHERE NOT EXISTS (SELECT 1 FROM appointment a WHERE a.patient_id = p.id)';
    expect(temporary.local.db.prepare(half).pluck().get()).toBe(0);

    const rest = await run(fixture, false);
    expect(rest.counts.map((count) => count.added + count.unchanged)).toEqual([...counts, ...chartCounts]);
    expect(rows('appointment')).toBe(2590);
  });

  test('the event loop is never held for long', async () => {
    let longest = 0;
    let last = performance.now();
    const watch = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    await run(fixture, false);
    clearInterval(watch);
    expect(longest).toBeLessThan(250);
  });
});

describe('bad rows', () => {
  test.each<[string, File, readonly string[], string]>([
    ['an impossible date', 'patients.csv', ['p9,1990-02-31,,A,B,M,,,'], 'error impossible-date BIRTHDATE'],
    ['a duplicate id', 'patients.csv', ['p1,1990-01-01,,A,B,M,,,'], 'error duplicate-id ID'],
    [
      'a field of 1 MB',
      'patients.csv',
      [`p9,1990-01-01,,${'x'.repeat(1_000_000)},B,M,,,`],
      'error field-too-long FIRST',
    ],
    ['a malformed quote', 'patients.csv', ['p9,1990-01-01,,A "B,C,M,,,'], 'error malformed-row null'],
    ['too few fields', 'patients.csv', ['p9,1990-01-01'], 'error malformed-row null'],
    ['a NUL', 'patients.csv', ['p9,1990-01-01,,A\u0000,C,M,,,'], 'error bad-value FIRST'],
    [
      'an unknown doctor',
      'encounters.csv',
      [visit('e9').replace('d1', 'd7')],
      'error unknown-reference PROVIDER',
    ],
    [
      'an unknown place',
      'encounters.csv',
      [visit('e9').replace('o1', 'o7')],
      'error unknown-reference ORGANIZATION',
    ],
    ['an unknown patient', 'encounters.csv', [visit('e9', 'p7')], 'error unknown-reference PATIENT'],
    ['a duplicate visit', 'encounters.csv', [visit('e1', 'p2')], 'error duplicate-id ID'],
    ['a visit without patient', 'encounters.csv', [visit('e9', '')], 'error missing-value PATIENT'],
    ['a malformed visit', 'encounters.csv', [`${visit('e9')}"`], 'error malformed-row null'],
  ])('%s is reported with its line and the rest goes on', async (_, file, added, problem) => {
    await write({ [file]: [...good[file].slice(0, 1), ...added, ...good[file].slice(1)] });
    const expected = { added: [1, 1, 2, 3], refused: file === 'patients.csv' ? [0, 0, 1, 0] : [0, 0, 0, 1] };
    for (const dryRun of [true, false]) {
      const report = await run(folder, dryRun);
      expect(problems(report)).toEqual([`${file}:3 ${problem}`]);
      expect([all(report, 'added'), all(report, 'refused')]).toEqual([expected.added, expected.refused]);
    }
    expect([rows('patient'), rows('appointment')]).toEqual([2, 3]);
  });

  test('bytes that are not UTF-8 are reported with their line', async () => {
    const latin1 = Buffer.from(
      [headers['patients.csv'], 'p8,1990-01-01,,Zo\u00e9,B,M,,,', good['patients.csv'][0], ''].join('\n'),
      'latin1',
    );
    await write({ 'patients.csv': latin1, 'encounters.csv': [visit('e1')] });
    const report = await run(folder, false);
    expect(problems(report)).toEqual(['patients.csv:2 error wrong-encoding null']);
    expect(rows('patient')).toBe(1);
  });

  test('a byte order mark and CRLF are as good as neither', async () => {
    const quoted = headers['patients.csv'].replaceAll(/\w+/g, '"$&"');
    const content = `\ufeff${[quoted, ...good['patients.csv'], ''].join('\r\n')}`;
    const visits = `\ufeff${[headers['encounters.csv'], ...good['encounters.csv']].join('\r\n')}`;
    await write({ 'patients.csv': content, 'encounters.csv': visits });
    const report = await run(folder, false);
    expect([problems(report), all(report, 'added')]).toEqual([[], [1, 1, 2, 3]]);
    const given = temporary.local.db.prepare('SELECT given FROM patient ORDER BY given').pluck().all();
    expect(given).toEqual(['Joe', 'Zoé']);
  });

  test('a missing column refuses its file, in whatever encoding that says it', async () => {
    await write({
      'patients.csv': 'Id,FIRST,LAST\np1,A,B\n',
      'providers.csv': Buffer.from('\ufeffId,NAME\n', 'utf16le'),
    });
    const report = await run(folder, false);
    expect(problems(report).slice(0, 2)).toEqual([
      'providers.csv:1 error wrong-encoding null',
      'patients.csv:1 error missing-column BIRTHDATE',
    ]);
    expect(problems(report).slice(2)).toEqual(
      [2, 4, 3].map((line) => `encounters.csv:${line} error unknown-reference PATIENT`),
    );
    expect([rows('patient'), rows('appointment'), rows('location')]).toEqual([0, 0, 1]);
  });

  test('a refused patient takes its visits along, and nobody else’s', async () => {
    await write({ 'patients.csv': ['p1,1990-13-01,,Joe,Doe,M,,,', good['patients.csv'][1] ?? ''] });
    const report = await run(folder, false);
    expect(problems(report)).toEqual([
      'patients.csv:2 error impossible-date BIRTHDATE',
      'encounters.csv:2 error unknown-reference PATIENT',
      'encounters.csv:4 error unknown-reference PATIENT',
    ]);
    expect([rows('patient'), rows('appointment')]).toEqual([1, 1]);
  });

  test('text that a spreadsheet would run is kept and flagged', async () => {
    await write({ 'patients.csv': [`p1,1990-01-01,,"=HYPERLINK(""http://x"",""y"")",@SUM,M,+cmd|,Lyon,`] });
    const report = await run(folder, true);
    expect(problems(report).filter((problem) => problem.startsWith('patients'))).toEqual(
      ['FIRST', 'LAST', 'ADDRESS'].map((column) => `patients.csv:2 warning formula-like ${column}`),
    );
    expect(all(report, 'added')[2]).toBe(1);
  });

  test('a patient who looks like one already here, or like one before in the file, is flagged', async () => {
    const { store } = temporary.local;
    store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.insert('patient', somePatient({ family: 'DOE', given: 'Jôe', birth_date: '1990-01-01' })),
    );
    await write({ 'patients.csv': [...good['patients.csv'], 'p3,1991-01-01,,Zoe10,NG20,F,,,'] });
    for (const dryRun of [true, false]) {
      expect(problems(await run(folder, dryRun))).toEqual([
        'patients.csv:2 warning looks-like-existing null',
        'patients.csv:4 warning looks-like-existing null',
      ]);
    }
    expect(problems(await run(folder, false))).toEqual([]);
  });

  test('only the first 500 problems are kept, all are counted', async () => {
    await write({ 'patients.csv': Array.from({ length: 600 }, (_, index) => `p${index},never,,A,B,M,,,`) });
    const report = await run(folder, true);
    expect([report.problems.length, report.problemCount]).toEqual([500, 603]);
  });
});

test('visits that stand anywhere in their file find their patient, and new ones are added to those already here', async () => {
  const ids = Array.from({ length: 700 }, (_, index) => visit(`e${index}`, index % 3 === 0 ? 'p2' : 'p1'));
  await write({ 'encounters.csv': ids.slice(0, 600) });
  expect(all(await run(folder, false), 'added')).toEqual([1, 1, 2, 600]);
  await write({ 'encounters.csv': ids });
  const report = await run(folder, false);
  expect([all(report, 'added'), all(report, 'unchanged')]).toEqual([
    [0, 0, 0, 100],
    [1, 1, 2, 600],
  ]);
  await write({ 'patients.csv': [], 'encounters.csv': [visit('e1000')] });
  expect(all(await run(folder, false), 'added')).toEqual([0, 0, 0, 1]);
  const largest = 'SELECT max(c) FROM (SELECT count(*) AS c FROM outbox_row GROUP BY n)';
  expect(temporary.local.db.prepare(largest).pluck().get()).toBeLessThanOrEqual(200);
});

test('rubbish of any kind leads to a report, never to a crash, and what is counted is what is there', async () => {
  const cell = fc.oneof(
    fc.constantFrom('p1', 'e1', '', '1990-01-01', '2020-01-01T10:00:00Z', '"', '\r', '\n', '\ufeff', '=1'),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  const line = fc.array(cell, { maxLength: 10 }).map((cells) => cells.join(','));
  const file = fc.array(fc.oneof(line, fc.constantFrom(...good['patients.csv'], ...good['encounters.csv'])), {
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(file, file, async (patients, encounters) => {
      await write({ 'patients.csv': patients, 'encounters.csv': encounters });
      const before = [rows('patient'), rows('appointment')];
      const report = await run(folder, false);
      expect(report.phase).toBe('done');
      for (const count of report.counts)
        expect(count.added + count.unchanged + count.refused).toBe(count.read);
      const after = [rows('patient'), rows('appointment')];
      expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual(
        all(report, 'added').slice(2),
      );
      expect([report.done, logged]).toEqual([report.total, []]);
    }),
    { numRuns: 60 },
  );
});

describe('what cannot be imported at all', () => {
  test('a folder that is not there is refused at once', async () => {
    expect(await importer.start(join(folder, 'nowhere'), true, null)).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    });
  });

  test('a missing file ends the import and is named', async () => {
    await copyFile(join(fixture, 'patients.csv'), join(folder, 'patients.csv'));
    const report = await run(folder, true);
    expect(report).toMatchObject({
      phase: 'failed',
      message: `${join(folder, 'organizations.csv')} is not there.`,
    });
  });

  test('a folder in the place of a file ends the import', async () => {
    await write();
    await rm(join(folder, 'patients.csv'));
    await mkdir(join(folder, 'patients.csv'));
    expect((await run(folder, true)).message).toBe(
      `${join(folder, 'patients.csv')} cannot be read (EINVAL).`,
    );
  });

  test('a second import waits for the first', async () => {
    await importer.start(fixture, true, null);
    expect(await importer.start(fixture, true, null)).toMatchObject({ ok: false, error: { code: 'busy' } });
    await importer.finished();
  });

  test('a store that cannot be written ends the import; what was written before stays whole', async () => {
    temporary.local.db.exec(
      `CREATE TRIGGER refuse BEFORE INSERT ON patient WHEN (SELECT count(*) FROM patient) >= 10
       BEGIN SELECT RAISE(ABORT, 'no more'); END`,
    );
    const report = await run(fixture, false);
    expect(report.phase).toBe('failed');
    expect(logged).toHaveLength(1);
    expect([rows('patient'), rows('outbox')]).toEqual([10, 12]);
    expect(rows('appointment')).toBe(all(report, 'added')[3]);
  });
});
