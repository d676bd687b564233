import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { headlessOptions } from '#main/transport/http/options.ts';

const root = resolve(import.meta.dirname, '..');
const unit = readFileSync(join(root, 'deploy/clinichub.service'), 'utf8');
const dockerfile = readFileSync(join(root, 'deploy/Dockerfile'), 'utf8');

/** Values of each setting of the unit's service, in order. */
const settings = Map.groupBy(
  [...unit.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => ({ name, value })),
  ({ name }) => name,
);
const setting = (name: string) =>
  settings
    .get(name)
    ?.map(({ value }) => value)
    .join(' ');

test.each([
  ['DynamicUser', 'yes'],
  ['StateDirectoryMode', '0700'],
  ['NoNewPrivileges', 'yes'],
  ['ProtectSystem', 'strict'],
  ['ProtectHome', 'yes'],
  ['PrivateDevices', 'yes'],
  ['CapabilityBoundingSet', ''],
  ['LimitCORE', '0'],
  ['SystemCallFilter', '@system-service ~@privileged'],
  ['LoadCredentialEncrypted', 'clinichub-key:/etc/credstore.encrypted/clinichub-key'],
])('the unit has %s=%s', (name, value) => {
  expect(setting(name)).toBe(value);
});

test('the unit starts the headless host with options it knows, and no secret among them', () => {
  const [program, entry, ...args] = (setting('ExecStart') ?? '').split(' ');
  expect([program, entry]).toEqual(['/usr/bin/node', 'src/main/headless.ts']);
  expect(existsSync(join(root, entry ?? ''))).toBe(true);
  expect(headlessOptions(args, {})).toMatchObject({
    data: expect.stringContaining('STATE_DIRECTORY'),
    key: null,
    centre: null,
    enrol: null,
  });
});

const analyser = 'systemd-analyze';
const hasAnalyser = spawnSync(analyser, ['--version']).status === 0;

/** What systemd says about the unit where it is there; else what a line of a unit may look like. */
const complaints = (): readonly string[] => {
  if (!hasAnalyser)
    return unit.split('\n').filter((line) => !/^(#.*|\[(Unit|Service|Install)\]|[A-Z]\w+=.*|)$/.test(line));
  const folder = mkdtempSync(join(tmpdir(), 'clinichub-unit-'));
  try {
    const file = join(folder, 'clinichub.service');
    // Node.js may be elsewhere on this machine.
    writeFileSync(file, unit.replace('/usr/bin/node', process.execPath));
    const { stderr, status } = spawnSync(analyser, ['verify', '--man=no', file], {
      encoding: 'utf8',
    });
    return status === 0 && stderr.trim() === '' ? [] : [stderr || `status ${status}`];
  } finally {
    rmSync(folder, { recursive: true });
  }
};

test('systemd takes the unit', () => {
  expect(complaints()).toEqual([]);
});

/** The instructions of the image that is kept: the last stage. */
const lastStage = (dockerfile.split(/^FROM /m).at(-1) ?? '').replaceAll('\\\n', ' ');
const copied = [...lastStage.matchAll(/^COPY (?:--from=\w+ \S+ )?(\S+)(?: \S+)?$/gm)].map(
  ([, from = '']) => from,
);

const statement =
  /(?:^|\n)(?:import|export)(?! type )[^;'"]*? from '([^']+)'|(?:^|\n)import '([^']+)'|import\('([^']+)'\)/g;

/** Files that the headless host runs, and packages it imports. */
const reached = () => {
  const files = new Set<string>();
  const packages = new Set<string>();
  const follow = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const [, ...names] of readFileSync(join(root, file), 'utf8').matchAll(statement)) {
      const name = names.find((found) => found !== undefined) ?? '';
      const room = /^#(shared|main|migrations)\/(.*)$/.exec(name);
      if (name.startsWith('.')) follow(join(dirname(file), name));
      else if (room) follow(join(room[1] === 'migrations' ? '' : 'src', room[1] ?? '', room[2] ?? ''));
      else if (!name.startsWith('node:')) packages.add(/^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
    }
  };
  follow('src/main/headless.ts');
  follow('src/main/sync/copy-worker.ts');
  follow('src/main/session/strength-worker.ts');
  return { files: [...files], packages: [...packages] };
};

test('the image has every file the headless host runs, and its packages without those to build with', () => {
  const { files, packages } = reached();
  expect(files.length).toBeGreaterThan(300);
  expect(copied).toEqual(expect.arrayContaining(['node_modules', 'out', 'package.json']));
  const inImage = (file: string) => copied.some((place) => !relative(place, file).startsWith('..'));
  expect(files.filter((file) => !inImage(file))).toEqual([]);
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  expect(packages.filter((name) => !(name in dependencies))).toEqual([]);
  expect(dockerfile).toContain('RUN npm ci --omit=dev');
});

test('the image runs as nobody in particular, and says whether it lives', () => {
  expect(lastStage).toMatch(/^USER 10001$/m);
  expect(lastStage.indexOf('USER 10001')).toBeGreaterThan(lastStage.lastIndexOf('\nRUN '));
  const [, args = '[]'] = /^ENTRYPOINT (\[.*\])$/m.exec(lastStage) ?? [];
  const [program, entry, ...options] = JSON.parse(args) as string[];
  expect([program, entry]).toEqual(['node', 'src/main/headless.ts']);
  expect(headlessOptions(options, {}).data).toBe('/data');
  const [, probe = '[]'] = /HEALTHCHECK .* CMD (\[.*\])$/m.exec(lastStage) ?? [];
  const [, flag = '', code = ''] = JSON.parse(probe) as string[];
  expect(flag).toBe('-e');
  // Nobody listens there.
  expect(() =>
    execFileSync(process.execPath, ['-e', code], { env: { CLINICHUB_PORT: '1' }, stdio: 'ignore' }),
  ).toThrow();
});
