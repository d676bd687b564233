import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import type { ConceptImport } from '#shared/contract/concepts.ts';
import { type Clinic, openClinic } from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let admin: Connection;
let folder: string;
beforeEach(async () => {
  clinic = openClinic();
  admin = await clinic.signedIn('admin');
  folder = await mkdtemp(join(tmpdir(), 'concepts-'));
});
afterEach(async () => {
  await clinic.close();
  await rm(folder, { recursive: true });
});

const file = async (text: string | Buffer, name = 'codes.csv'): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};
const ended = async (): Promise<ConceptImport> => {
  const report = await clinic.get('concepts.importStatus', {}, admin);
  if (!['reading', 'importing', 'retiring'].includes(report.phase)) return report;
  await new Promise((resume) => setTimeout(resume, 5));
  return ended();
};
const imported = async (text: string | Buffer, edition = '2026') => {
  await clinic.get('concepts.import', { file: await file(text), system: 'icd-10', edition }, admin);
  return ended();
};
const search = async (text: string) =>
  (await clinic.get('concepts.search', { text }, admin)).map(({ code }) => code);

describe('importing a code system', () => {
  it('adds, refines and says line by line what it did not take', async () => {
    expect(
      await imported('code,title\nQ00,Made up\nQ00,Again\nIX,Chapter\nQ01,\n"Q02","Fever, quiet"\n'),
    ).toMatchObject({
      phase: 'done',
      file: 'codes.csv',
      added: 2,
      refused: 3,
      problems: [
        { line: 3, problem: 'duplicate-code' },
        { line: 4, problem: 'bad-code' },
        { line: 5, problem: 'missing-value' },
      ],
    });
    expect(await imported('code,title\nQ00,Made up\nQ02,Fever of quiet\nQ03,New\n')).toMatchObject({
      added: 1,
      refined: 1,
      unchanged: 1,
    });
    expect(await clinic.get('concepts.systems', {}, admin)).toEqual([
      { system: 'http://hl7.org/fhir/sid/icd-10', edition: '2026', codes: 3, retired: 0 },
    ]);
  });

  it('writes in batches that are whole each', async () => {
    const lines = Array.from({ length: 450 }, (_, n) => `Q${String(n).padStart(3, '0')},Made up ${n}`);
    expect(await imported(lines.join('\n'))).toMatchObject({
      phase: 'done',
      added: 450,
      total: 450,
      done: 450,
    });
    const batches = clinic.temporary.local.store.all(
      localDb.selectFrom('outbox').select('n').where('kind', '=', 'concepts.import'),
    );
    expect(batches).toHaveLength(3);
  });

  it('can be cancelled; what is in stays', async () => {
    const lines = Array.from({ length: 5000 }, (_, n) => `Q${String(n).padStart(4, '0')},Made up ${n}`);
    await clinic.get(
      'concepts.import',
      { file: await file(lines.join('\n')), system: 'icd-10', edition: '' },
      admin,
    );
    expect(
      await clinic.ask(
        'concepts.import',
        { file: await file('x', 'other.csv'), system: 'icd-10', edition: '' },
        admin,
      ),
    ).toMatchObject({ error: { code: 'busy' } });
    await clinic.get('concepts.cancelImport', {}, admin);
    const report = await ended();
    expect(report.phase).toBe('cancelled');
    expect(report.added).toBeLessThan(5000);
  });

  it('refuses what is no file of codes', async () => {
    expect(
      await clinic.ask(
        'concepts.import',
        { file: join(folder, 'none'), system: 'icd-10', edition: '' },
        admin,
      ),
    ).toMatchObject({ error: { code: 'not-found' } });
    expect(await imported('nothing of\nthe kind')).toMatchObject({ phase: 'failed', failure: 'no-codes' });
    expect(await imported(Buffer.from([0xff, 0xfe, 0x41, 0x00]))).toMatchObject({
      failure: 'wrong-encoding',
    });
    expect(await imported(Buffer.from([0x51, 0x30, 0xe9, 0x2c]))).toMatchObject({
      failure: 'wrong-encoding',
    });
    const nurse = await clinic.signedIn('nurse');
    expect(
      await clinic.ask('concepts.import', { file: 'x', system: 'icd-10', edition: '' }, nurse),
    ).toMatchObject({ error: { code: 'not-permitted' } });
  });
});

describe('a code that the next edition no longer has', () => {
  const numbers = Array.from({ length: 40 }, (_, n) => `Q${String(n).padStart(2, '0')}`);
  const system = 'http://hl7.org/fhir/sid/icd-10';
  /** The code list of ICD-10-CM is a whole edition by its format. */
  const release = (codes: readonly string[]) => codes.map((code) => `${code}     Made up ${code}`).join('\n');
  const table = (codes: readonly string[]) => codes.map((code) => `${code},Made up ${code}`).join('\n');
  const retire = async () => {
    await clinic.get('concepts.retire', {}, admin);
    return ended();
  };
  const systems = () => clinic.get('concepts.systems', {}, admin);

  it('of a whole edition is not offered any more, is kept, and comes back with an edition that has it', async () => {
    await imported(release(numbers), '2025');
    expect(await imported(release(numbers.slice(2)), '2026')).toMatchObject({
      phase: 'done',
      refined: 38,
      retired: 2,
      missing: null,
    });
    expect([await search('q00'), await search('q02')]).toEqual([[], ['Q02']]);
    expect(await search('made up q01')).toEqual([]);
    expect(await systems()).toEqual([{ system, edition: '2026', codes: 38, retired: 2 }]);
    const { store } = clinic.temporary.local;
    expect(
      store.all(localDb.selectFrom('concept').select(['code', 'edition']).where('active', '=', 0)),
    ).toEqual([
      { code: 'Q00', edition: '2026' },
      { code: 'Q01', edition: '2026' },
    ]);
    expect(await imported(release(numbers.slice(1)), '2027')).toMatchObject({
      refined: 39,
      retired: 0,
      missing: null,
    });
    expect([await search('q00'), await search('q01')]).toEqual([[], ['Q01']]);
  });

  it('of a table is asked about, since it may be a part; until then it is offered', async () => {
    await imported(table(numbers), '2025');
    expect(await imported(table(numbers.slice(3)), '2026')).toMatchObject({
      phase: 'done',
      retired: 0,
      missing: { count: 3, sample: ['Q00 Made up Q00', 'Q01 Made up Q01', 'Q02 Made up Q02'] },
    });
    expect(await search('q00')).toEqual(['Q00']);
    const nurse = await clinic.signedIn('nurse');
    expect(await clinic.ask('concepts.retire', {}, nurse)).toMatchObject({
      error: { code: 'not-permitted' },
    });
    expect(await retire()).toMatchObject({ phase: 'done', retired: 3, missing: null });
    expect(await search('q00')).toEqual([]);
    expect(await clinic.ask('concepts.retire', {}, admin)).toMatchObject({ error: { code: 'not-found' } });
  });

  it('is not one that came with another part of the same edition, nor of another code system', async () => {
    await clinic.get(
      'concepts.import',
      { file: await file(table(numbers), 'cm.csv'), system: 'icd-10-cm', edition: '2025' },
      admin,
    );
    await ended();
    await imported(table(numbers), '2025');
    expect(await imported(table(numbers.slice(0, 20)), '2026')).toMatchObject({ missing: { count: 20 } });
    expect(await imported(table(numbers.slice(20, 39)), '2026')).toMatchObject({
      missing: { count: 1, sample: ['Q39 Made up Q39'] },
    });
    expect(await retire()).toMatchObject({ retired: 1 });
    expect((await systems()).map(({ codes, retired }) => [codes, retired])).toEqual([
      [39, 1],
      [40, 0],
    ]);
  });

  it('is asked about where a tenth or a line is gone: a file that was cut off retires nothing', async () => {
    await imported(release(numbers), '2025');
    expect(await imported(release(numbers.slice(0, 35)), '2026')).toMatchObject({
      retired: 0,
      missing: { count: 5 },
    });
    const unread = `${release(numbers.slice(1))}\nQ00`;
    expect(await imported(unread, '2027')).toMatchObject({ refused: 1, retired: 0, missing: { count: 1 } });
    expect(await search('q0')).toHaveLength(10);
  });

  it('that another workstation brought back meanwhile stays', async () => {
    await imported(table(numbers), '2025');
    await imported(table(numbers.slice(2)), '2026');
    const { store } = clinic.temporary.local;
    const [first] = store.all(localDb.selectFrom('concept').select('id').where('code', '=', 'Q00'));
    store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('concept', first?.id ?? '', { edition: '2026' }),
    );
    expect(await retire()).toMatchObject({ retired: 1 });
    expect([await search('q00'), await search('q01')]).toEqual([['Q00'], []]);
  });
});

describe('searching codes', () => {
  beforeEach(() =>
    imported(
      'Q10,Fièvre de montagne\nQ10.1,Mountain fever with rest\nQ11,Fever\nQ12,Feverish mountain of a very long name\n',
    ),
  );

  it('finds the beginning of a code, with or without its point', async () => {
    expect(await search('q10')).toEqual(['Q10', 'Q10.1']);
    expect(await search('Q101')).toEqual(['Q10.1']);
    expect(await search('q10.')).toEqual(['Q10', 'Q10.1']);
  });

  it('finds words as they are typed, whole ones and short titles first, whatever their accents', async () => {
    expect(await search('fever')).toEqual(['Q11', 'Q10.1', 'Q12']);
    expect(await search('mountain fev')).toEqual(['Q10.1', 'Q12']);
    expect(await search('fievre')).toEqual(['Q10']);
    expect(await search('"; drop')).toEqual([]);
    expect(await search('')).toEqual([]);
  });
});
