import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const source = resolve(import.meta.dirname, '../..');

test('nothing starts Electron’s crash reporter: a dump of memory would hold patients', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!\.test)\.tsx?$/.test(name),
  );
  expect(files).toContain(join('main', 'index.ts'));
  const starting = files.filter((name) => readFileSync(join(source, name), 'utf8').includes('crashReporter'));
  expect(starting).toEqual([]);
});
