import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { explain } from './explain.ts';
import { packageOptions } from './options.ts';
import { makeInstallers } from './run.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'clinichub-package-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** What electron-builder 26 prints where GitHub cannot be reached. */
const withoutNetwork = `  • electron-builder  version=26.17.0 os=6.1.0
  • packaging       platform=linux arch=x64 electron=45.4.1 appOutDir=/x/linux-unpacked
  ⨯ getaddrinfo ENOTFOUND github.com  failedTask=build stackTrace=RequestError: getaddrinfo ENOTFOUND github.com
    at ClientRequest.<anonymous> (/x/node_modules/got/dist/source/core/index.js:970:111)
`;

/** Stands in for electron-builder: writes files into the folder it is told, prints, and ends. */
const builder = async (files: readonly string[], prints: string, code: number) => {
  const program = join(root, 'builder.mjs');
  await writeFile(
    program,
    `import { mkdirSync, writeFileSync } from 'node:fs';
     const option = '-c.directories.output=';
     const folder = process.argv.find((one) => one.startsWith(option)).slice(option.length);
     for (const file of ${JSON.stringify(files)}) {
       if (file.endsWith('/')) mkdirSync(folder + '/' + file);
       else writeFileSync(folder + '/' + file, process.argv.slice(2).join(' '));
     }
     process.stdout.write(${JSON.stringify(prints)});
     process.exitCode = ${code};`,
  );
  return [process.execPath, program] as const;
};

const make = async (files: readonly string[], prints: string, code: number, release = false) =>
  makeInstallers({
    root,
    version: '0.1.0',
    options: { release },
    builder: await builder(files, prints, code),
    say: () => undefined,
  });

test('what cannot be fetched is named, and nothing is left half made', async () => {
  await mkdir(join(root, 'dist/0.1.0'), { recursive: true });
  await writeFile(join(root, 'dist/0.1.0/ClinicHub.AppImage'), 'of before');
  await expect(make(['linux-unpacked/', 'ClinicHub.AppImage'], withoutNetwork, 1)).rejects.toThrow(
    /Could not fetch Electron 45.4.1 for linux x64: github.com cannot be reached.*\nNo installer was made/,
  );
  expect(await readdir(join(root, 'dist'))).toEqual(['0.1.0']);
  expect(await readFile(join(root, 'dist/0.1.0/ClinicHub.AppImage'), 'utf8')).toBe('of before');
});

test('what was made stands in the place of what an earlier run made, without what nobody installs', async () => {
  await mkdir(join(root, 'dist/0.1.0'), { recursive: true });
  await writeFile(join(root, 'dist/0.1.0/old.deb'), '');
  const made = await make(
    ['linux-unpacked/', 'builder-debug.yml', 'a.deb', 'latest-linux.yml'],
    'done',
    0,
    true,
  );
  expect(made.files).toEqual(['a.deb', 'latest-linux.yml']);
  expect(await readdir(join(root, 'dist'))).toEqual(['0.1.0']);
  expect(await readdir(made.folder)).toEqual(['a.deb', 'latest-linux.yml']);
  expect(await readFile(join(made.folder, 'a.deb'), 'utf8')).toMatch(
    /^--publish=never .* -c.forceCodeSigning=true$/,
  );
});

test('an end without an installer is none', async () => {
  await expect(make(['linux-unpacked/'], '', 0)).rejects.toThrow('made nothing');
  expect(await readdir(join(root, 'dist'))).toEqual([]);
});

test.each([
  [
    'a tool',
    '  • building        target=AppImage arch=x64\n  • downloading     url=https://github.com/a/b.7z\n  ⨯ connect ECONNREFUSED 10.0.0.1:443\n',
    'Could not fetch https://github.com/a/b.7z: 10.0.0.1:443 cannot be reached.',
  ],
  [
    'something else',
    '  ⨯ Cannot detect repository by .git/config  failedTask=build stackTrace=Error: x\n',
    'Cannot detect repository by .git/config',
  ],
  ['nothing', 'first\nlast\n', 'electron-builder did not say why it stopped.\nfirst\nlast'],
])('the reason is read from what electron-builder says: %s', (_what, output, said) => {
  expect(explain(output)).toContain(said);
});

test('an option that is not known is answered with those that are', () => {
  expect(packageOptions([])).toEqual({ release: false });
  expect(packageOptions(['--release'])).toEqual({ release: true });
  expect(() => packageOptions(['--windows'])).toThrow('Usage: npm run package');
});
