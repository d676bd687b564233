import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

interface BuilderConfig {
  readonly asar: unknown;
  readonly asarUnpack: readonly string[];
  readonly electronFuses: Readonly<Record<string, boolean>>;
  readonly publish: { readonly provider: string; readonly url: string };
  readonly win: { readonly target: readonly { readonly target: string }[] };
  readonly mac: { readonly target: readonly { readonly target: string }[] };
  readonly linux: { readonly target: readonly { readonly target: string }[] };
  readonly nsis: Readonly<Record<string, unknown>>;
}

type Filter = (file: string, stat: ReturnType<typeof statSync>) => boolean;

/** The parts of electron-builder that read, check and apply its configuration, as the command uses them. */
interface Builder {
  getConfig(folder: string, file: string | null, options: null): Promise<BuilderConfig>;
  validateConfiguration(config: unknown, log: { readonly isEnabled: boolean }): Promise<void>;
  getMainFileMatchers: (...parts: unknown[]) => readonly { createFilter(): Filter }[];
  getNodeModuleFileMatcher: (...parts: unknown[]) => { createFilter(): Filter };
}

const library = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const builder: Builder = {
  ...library('app-builder-lib/out/util/config/config.js'),
  ...library('app-builder-lib/out/fileMatcher.js'),
};
const quiet = { isEnabled: false };

let config: BuilderConfig;
beforeAll(async () => {
  config = await builder.getConfig(root, null, null);
});

test('electron-builder takes its configuration', async () => {
  await builder.validateConfiguration(config, quiet);
  await expect(builder.validateConfiguration({ ...config, nsis: { oneclick: true } }, quiet)).rejects.toThrow(
    'configuration.nsis should be',
  );
});

test('every fuse electron-builder knows is stated', () => {
  const scheme = JSON.parse(read('node_modules/app-builder-lib/scheme.json')) as {
    readonly definitions: { readonly FuseOptionsV1: { readonly properties: object } };
  };
  const known = Object.keys(scheme.definitions.FuseOptionsV1.properties);
  expect(Object.keys(config.electronFuses).sort()).toEqual(known.sort());
});

test.each([
  ['runAsNode', false],
  ['enableCookieEncryption', true],
  ['enableNodeOptionsEnvironmentVariable', false],
  ['enableNodeCliInspectArguments', false],
  ['enableEmbeddedAsarIntegrityValidation', true],
  ['onlyLoadAppFromAsar', true],
  ['grantFileProtocolExtraPrivileges', false],
])('fuse %s is %s', (fuse, value) => {
  expect(config.electronFuses[fuse]).toBe(value);
});

test('the archive is one, and native modules lie beside it', () => {
  expect(config.asar).toBe(true);
  expect(config.asarUnpack).toContain('**/*.node');
});

test('there is an installer for every system, and what its updates need', () => {
  const targets = (system: { readonly target: readonly { readonly target: string }[] }) =>
    system.target.map(({ target }) => target);
  expect(targets(config.win)).toEqual(['nsis', 'msi']);
  // A disk image cannot be put in the place of a program that runs: updates there come as an archive.
  expect(targets(config.mac)).toEqual(['dmg', 'zip']);
  expect(targets(config.linux)).toEqual(['AppImage', 'deb']);
  expect(config.nsis.deleteAppDataOnUninstall).toBe(false);
});

test('an installed product looks for updates nowhere by itself, and their signatures are checked', () => {
  expect(config.publish.provider).toBe('generic');
  expect(new URL(config.publish.url).hostname).toMatch(/\.invalid$/);
  expect(JSON.stringify(config)).not.toMatch(/"(verifyUpdateCodeSignature|signExecutable)":false/);
});

/** A package that is loaded, or a file of one that is read, by name: `packages.resolve('@fontsource/inter/unicode.json')`. */
const reading = /packages(?:\.resolve)?\(['`]([^'`]+)['`]\)/g;
const statement =
  /(?:^|\n)(?:import|export)(?! type )[^;'"]*? from '([^']+)'|(?:^|\n)import '([^']+)'|import\('([^']+)'\)/g;

/** Names of the packages that the desktop's main process imports, found by following its sources. */
const packagesOf = (...entries: readonly string[]): readonly string[] => {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const follow = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, ...names] of [...text.matchAll(statement), ...text.matchAll(reading)]) {
      const name = names.find((found) => found !== undefined) ?? '';
      const room = /^#(shared|main|migrations)\/(.*)$/.exec(name);
      if (name.startsWith('.')) follow(resolve(dirname(file), name));
      else if (room) follow(join(root, room[1] === 'migrations' ? '' : 'src', room[1] ?? '', room[2] ?? ''));
      else if (!name.startsWith('node:')) packages.add(/^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
    }
  };
  for (const entry of entries) follow(join(root, entry));
  return [...packages].filter((name) => name !== 'electron');
};

interface Locked {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(read('package-lock.json')) as { readonly packages: Readonly<Record<string, Locked>> };

/** Where npm puts `name` for a package that is itself at `from`. */
const placeOf = (name: string, from: string): string | null => {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (place in lock.packages) return place;
    if (folder === '') return null;
  }
};

/** Places of `names` and of all they need. */
const closure = (names: readonly string[]): ReadonlySet<string> => {
  const places = new Set<string>();
  const need = (name: string, from: string): void => {
    const place = placeOf(name, from);
    if (place === null || places.has(place)) return;
    places.add(place);
    const { dependencies, optionalDependencies } = lock.packages[place] ?? {};
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) need(next, place);
  };
  for (const name of names) need(name, '');
  return places;
};

const filesOf = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return [path];
    return entry.name === 'node_modules' ? [] : filesOf(path);
  });

const packager = () => ({
  config,
  info: { projectDir: root, buildResourcesDir: 'build', config, debugLogger: quiet },
  debugLogger: quiet,
});
const plain = (text: string) => text;

test('every package of the main process is in the installer, and no package of the screens', () => {
  const direct = packagesOf(
    'src/main/index.ts',
    'src/main/sync/copy-worker.ts',
    'src/main/session/strength-worker.ts',
  );
  expect(direct).toEqual(expect.arrayContaining(['better-sqlite3', 'pg', 'electron-store', 'zod']));
  const needed = closure(direct);
  const shipped = Object.keys(lock.packages).filter(
    (place) => place !== '' && lock.packages[place]?.dev !== true && existsSync(join(root, place)),
  );
  expect(shipped.length).toBeGreaterThan(100);
  const keeps = builder.getNodeModuleFileMatcher(root, '/app', plain, {}, packager()).createFilter();
  const kept = (place: string) =>
    filesOf(join(root, place))
      .filter((file) => keeps(file, statSync(file)))
      .map((file) => file.slice(root.length + 1));
  const missing: string[] = [];
  const needless: string[] = [];
  for (const place of shipped) {
    const files = kept(place);
    if (needed.has(place) && !files.includes(`${place}/package.json`)) missing.push(place);
    if (!needed.has(place) && files.length > 0) needless.push(place);
  }
  expect({ missing, needless }).toEqual({ missing: [], needless: [] });
  const entries = [
    ...direct.filter((name) => name !== '@fontsource/inter'),
    '@fontsource/inter/unicode.json',
    '@fontsource/inter/files/inter-latin-400-normal.woff',
    '@fontsource/inter/files/inter-latin-600-normal.woff',
  ];
  for (const name of entries) {
    const entry = createRequire(import.meta.url).resolve(name);
    expect(keeps(entry, statSync(entry)), entry).toBe(true);
  }
});

test('of the product itself only what was built is in the installer', () => {
  const [matcher] = builder.getMainFileMatchers(
    root,
    '/app',
    plain,
    {},
    packager(),
    join(root, 'dist'),
    false,
  );
  const keeps = matcher?.createFilter();
  const stat = statSync(join(root, 'package.json'));
  const kept = (file: string) => keeps?.(join(root, file), stat) === true;
  const inside = [
    'package.json',
    'LICENSE',
    'out/main/index.js',
    'out/preload/index.cjs',
    'out/renderer/index.html',
  ];
  const outside = [
    'src/main/index.ts',
    'tests/packaging.test.ts',
    'out/main/index.js.map',
    'out/renderer/assets/index.js.br',
    'out/renderer/assets/index.js.gz',
    'out/.built',
    '.clinichub/x',
    'package-lock.json',
  ];
  expect(inside.filter((file) => !kept(file))).toEqual([]);
  expect(outside.filter(kept)).toEqual([]);
});
