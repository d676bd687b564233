import { globSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { oracleNames } from './chaos/oracles/violation.ts';

/** docs/sync-protocol.md makes no claim without a test beside it; what it names must be there. */
const root = resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const page = read('docs/sync-protocol.md');
const files = globSync('{src,tests,scripts,migrations}/**/*.test.{ts,tsx}', { cwd: root });
const sources = files.map((file) => ({ file, lines: read(file).split('\n') }));

test('every test file the page names is one file', () => {
  const named = new Set(page.match(/[\w./-]+\.test\.tsx?/g));
  expect(named.size).toBeGreaterThan(40);
  const found = (name: string) =>
    files.filter((file) => (name.includes('/') ? file === name : basename(file) === name));
  expect([...named].filter((name) => found(name).length !== 1)).toEqual([]);
});

/** A test's name may be shortened with an ellipsis; other words in italics are shorter than four. */
const testNames = [...page.matchAll(/(?<=^|[\s(,;|])_([^_\n]+)_(?=$|[\s),;.:|])/gm)]
  .map(([, words = '']) => words)
  .filter((words) => words.includes('…') || words.split(' ').length > 3);

test('every test the page names by its words exists', () => {
  expect(testNames.length).toBeGreaterThan(40);
  const has = (line: string, name: string) => {
    let at = 0;
    for (const part of name.split('…')) {
      const found = line.indexOf(part.trim(), at);
      if (found < 0 || (at === 0 && !/['`"]/.test(line[found - 1] ?? ''))) return false;
      at = found + part.trim().length;
    }
    return true;
  };
  const exists = (name: string) => sources.some(({ lines }) => lines.some((line) => has(line, name)));
  expect(testNames.filter((name) => !exists(name))).toEqual([]);
});

test('every section but the words names its tests', () => {
  const sections = page.split(/^(?=#{2,3} )/m).slice(1);
  const silent = sections.filter((section) => {
    const [title = '', ...body] = section.trim().split('\n');
    if (title === '## Words' || body.join('').trim() === '') return false;
    return !/\.test\.ts/.test(section) && !testNames.some((name) => section.includes(`_${name}_`));
  });
  expect(silent.map((section) => section.split('\n')[0])).toEqual([]);
});

test('the page numbers what is promised as the simulator does', () => {
  const rows = [...page.matchAll(/^\| (I\d+) +\| (.*?) +\|/gm)].map(([, number, words]) => [number, words]);
  expect(Object.fromEntries(rows)).toEqual(oracleNames);
});

test('what the code names of the page is a heading there', () => {
  const headings = new Set([...page.matchAll(/^(?:#+ |\*\*)(.*?)(?:\.?\*\*|$)/gm)].map(([, words]) => words));
  const code = globSync('{src,tests,scripts,migrations,bench}/**/*.{ts,tsx}', { cwd: root });
  const named = code.flatMap((file) =>
    [...read(file).matchAll(/sync-protocol\.md, "([^"]+)"(?: and "([^"\n]+)")?/g)].flatMap(
      ([, ...words]) => words,
    ),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((words) => words !== undefined && !headings.has(words))).toEqual([]);
});
