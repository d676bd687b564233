import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cells } from '#shared/sync/wire.ts';
import { differences, imagesOf } from './versions.ts';

test('an image is the insert with every later change on top, and nothing after a deletion', () => {
  const images = imagesOf([
    { op: 'insert', values: { id: 'a', city: null, name: 'x' } },
    { op: 'update', values: { city: 'Kigali' } },
    { op: 'update', values: { city: 'Huye', name: 'y' } },
    { op: 'delete', values: {} },
    { op: 'insert', values: { id: 'a', city: null, name: 'z' } },
  ]);
  expect(images).toEqual([
    { id: 'a', city: null, name: 'x' },
    { id: 'a', city: 'Kigali', name: 'x' },
    { id: 'a', city: 'Huye', name: 'y' },
    null,
    { id: 'a', city: null, name: 'z' },
  ]);
  expect(differences(images[0] ?? null, images[2] ?? null)).toEqual([
    { column: 'city', before: null, after: 'Huye' },
    { column: 'name', before: 'x', after: 'y' },
  ]);
  expect(differences(images[3] ?? null, images[4] ?? null)).toHaveLength(3);
});

test('of a row whose beginning is in an archive the columns that changed since are known', () => {
  const [first, second] = imagesOf([
    { op: 'update', values: { city: 'Kigali' } },
    { op: 'update', values: { name: 'y' } },
  ]);
  expect(differences(first ?? null, second ?? null)).toEqual([
    { column: 'name', before: undefined, after: 'y' },
  ]);
});

const cells = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.option(fc.string()));

test('what differs, put on the one, makes the other', () => {
  fc.assert(
    fc.property(cells, cells, (before, after) => {
      const made: Record<string, unknown> = { ...before };
      for (const { column, after: value } of differences(before as Cells, after as Cells))
        if (value === undefined) delete made[column];
        else made[column] = value;
      expect(made).toEqual({ ...after });
      expect(differences(before as Cells, before as Cells)).toEqual([]);
    }),
  );
});
