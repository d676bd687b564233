import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CsvRecord, readRecords } from './records.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clinichub-records-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const read = async (content: string | Buffer): Promise<readonly CsvRecord[]> => {
  const path = join(folder, 'file.csv');
  await writeFile(path, content);
  const file = await open(path);
  const records: CsvRecord[] = [];
  const whole = { line: 1, start: 0, end: (await file.stat()).size };
  for await (const record of readRecords(file, whole)) records.push(record);
  await file.close();
  return records;
};

const brief = (records: readonly CsvRecord[]) =>
  records.map((record) => [record.line, 'fields' in record ? record.fields.join('|') : record.problem]);

test('lines end with LF or CRLF, the last one need not, empty ones are passed over', async () => {
  expect(brief(await read('a,b\r\nc,d\n\n"e\nf",g'))).toEqual([
    [1, 'a|b'],
    [2, 'c|d'],
    [4, 'e\nf|g'],
  ]);
});

test('a stray quote costs its own line and no other', async () => {
  expect(brief(await read('a,b\nc,"d\ne,f\ng,h\n'))).toEqual([
    [1, 'a|b'],
    [2, 'malformed-row'],
    [3, 'e|f'],
    [4, 'g|h'],
  ]);
  expect(brief(await read('a,"b\nc,d\ne,"f\ng,h\n'))).toEqual([
    [1, 'malformed-row'],
    [2, 'c|d'],
    [3, 'malformed-row'],
    [4, 'g|h'],
  ]);
});

test('bytes that are not UTF-8 are a problem of their line', async () => {
  const content = Buffer.concat([Buffer.from('a,b\nJos'), Buffer.from([0xe9]), Buffer.from(',c\nd,e\n')]);
  expect(brief(await read(content))).toEqual([
    [1, 'a|b'],
    [2, 'wrong-encoding'],
    [3, 'd|e'],
  ]);
});

test('a field of 1 MB is read; a line of 3 MB is refused; reading goes on behind both', async () => {
  const long = 'x'.repeat(1_000_000);
  const records = await read(`a,b\n"${long}",c\n${long}${long}${long},d\ne,f\n`);
  expect(records.map((record) => ('fields' in record ? record.fields[1] : record.problem))).toEqual([
    'b',
    'c',
    'field-too-long',
    'f',
  ]);
  expect(records.at(-1)?.line).toBe(4);
});

test('a quote that opens before 3 MB of lines costs one line', async () => {
  const line = `${'y'.repeat(99)},z\n`;
  const records = await read(`"a,b\n${line.repeat(30_000)}`);
  expect(records[0]).toMatchObject({ line: 1, problem: 'malformed-row' });
  expect(records.length).toBe(30_001);
  expect(records.at(-1)).toMatchObject({ line: 30_001, fields: ['y'.repeat(99), 'z'] });
});

const cell = fc.string({ unit: fc.constantFrom('a', 'é', ',', '"', '\n', ' ', '1'), maxLength: 6 });
const written = (text: string) => `"${text.replaceAll('"', '""')}"`;

test('whatever is written by the rules is read back, and each place leads to its record', async () => {
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(rows, async (table) => {
      const content = table.map((row) => `${row.map(written).join(',')}\r\n`).join('');
      const records = await read(content);
      expect(records.map((record) => ('fields' in record ? record.fields : null))).toEqual(table);
      const bytes = Buffer.from(content);
      for (const [index, { start, end }] of records.entries()) {
        const again = await read(bytes.subarray(start, end));
        expect(again[0]).toMatchObject({ fields: table[index] });
      }
    }),
    { numRuns: 60 },
  );
});

test('no bytes at all stop the reader', async () => {
  const bytes = fc.uint8Array({ maxLength: 400 });
  await fc.assert(
    fc.asyncProperty(bytes, async (content) => {
      const records = await read(Buffer.from(content));
      const ends = records.map((record) => record.end);
      expect(ends).toEqual([...ends].sort((a, b) => a - b));
    }),
    { numRuns: 100 },
  );
});
