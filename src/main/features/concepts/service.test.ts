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
  if (report.phase !== 'reading' && report.phase !== 'importing') return report;
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
      { system: 'http://hl7.org/fhir/sid/icd-10', edition: '2026', codes: 3 },
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
