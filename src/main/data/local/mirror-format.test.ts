import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeRecords, encodeRecord, mirrorKey, newFileMark } from './mirror-format.ts';

const key = mirrorKey(randomBytes(32));

const records = (texts: readonly string[], mark = newFileMark(), sealing = key) =>
  texts.map((text, sequence) => encodeRecord(sealing, mark, sequence, text));

const texts = fc.array(fc.string({ unit: 'binary', maxLength: 80 }), { minLength: 1, maxLength: 6 });

test('what was written is read, in order', () => {
  fc.assert(
    fc.property(texts, (written) => {
      const read = decodeRecords(Buffer.concat(records(written)), key);
      expect(read).toEqual({ texts: written, state: 'whole', missing: 0 });
    }),
  );
});

test('a file that ends anywhere gives every record that ends before', () => {
  fc.assert(
    fc.property(texts, fc.nat(), (written, cut) => {
      const parts = records(written);
      const bytes = Buffer.concat(parts);
      const end = cut % (bytes.length + 1);
      const ends = parts.map((_, i) => Buffer.concat(parts.slice(0, i + 1)).length);
      const whole = ends.filter((at) => at <= end).length;
      const clean = end === 0 || ends.includes(end);
      expect(decodeRecords(bytes.subarray(0, end), key)).toEqual({
        texts: written.slice(0, whole),
        state: clean ? 'whole' : 'torn',
        missing: clean ? 0 : 1,
      });
    }),
  );
});

test('a changed bit costs the record it is in, never gives a wrong text, and is told', () => {
  fc.assert(
    fc.property(texts, fc.nat(), (written, bit) => {
      const parts = records(written);
      const bytes = Buffer.concat(parts);
      const at = (bit >> 3) % bytes.length;
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit & 7));
      const hit = parts.findIndex((_, i) => at < Buffer.concat(parts.slice(0, i + 1)).length);
      const read = decodeRecords(bytes, key);
      expect(read.texts).toEqual(written.filter((_, i) => i !== hit));
      expect(read.state).toBe(hit === written.length - 1 ? 'torn' : 'damaged');
      expect(read.missing).toBe(1);
    }),
  );
});

test('records that are moved, repeated, left out or of another file are found out', () => {
  const [a, b, c] = records(['a', 'b', 'c']) as [Buffer, Buffer, Buffer];
  const [, other] = records(['x', 'y']) as [Buffer, Buffer];
  const read = (...parts: readonly Buffer[]) => decodeRecords(Buffer.concat(parts), key);
  expect(read(a, c)).toEqual({ texts: ['a', 'c'], state: 'damaged', missing: 1 });
  expect(read(b, c)).toEqual({ texts: ['b', 'c'], state: 'damaged', missing: 1 });
  expect(read(a, c, b)).toMatchObject({ texts: ['a', 'c'], state: 'damaged' });
  expect(read(a, b, b, c)).toEqual({ texts: ['a', 'b', 'c'], state: 'damaged', missing: 0 });
  expect(read(a, other, c)).toMatchObject({ texts: ['a', 'c'], state: 'damaged' });
  expect(read(a, b, Buffer.alloc(300), c)).toEqual({ texts: ['a', 'b', 'c'], state: 'damaged', missing: 0 });
});

test('a record that claims another place is not believed', () => {
  const parts = records(['a', 'b', 'c']);
  const bytes = Buffer.concat(parts);
  const second = parts[0]?.length ?? 0;
  bytes.writeUInt32BE(5, second + 12);
  expect(decodeRecords(bytes, key).texts).toEqual(['a', 'c']);
});

test('nothing can be read with another key, and the text is nowhere in the bytes', () => {
  const bytes = Buffer.concat(records(['Zéphyrine Quatrefages']));
  expect(decodeRecords(bytes, mirrorKey(randomBytes(32))).texts).toEqual([]);
  expect(bytes.includes('Quatrefages')).toBe(false);
});

test('the key of the mirror is not the one of the database', () => {
  const database = randomBytes(32);
  expect(mirrorKey(database).export().equals(database)).toBe(false);
  expect(mirrorKey(database).equals(mirrorKey(database))).toBe(true);
});

test('the same text is never the same bytes twice', () => {
  const mark = newFileMark();
  expect(encodeRecord(key, mark, 0, 'a').equals(encodeRecord(key, mark, 0, 'a'))).toBe(false);
});
