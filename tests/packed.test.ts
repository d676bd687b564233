import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureBuilt } from '../scripts/start/build.ts';

const root = resolve(import.meta.dirname, '..');
const run = promisify(execFile);
const library = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const archives = createRequire(library.resolve('app-builder-lib'))('@electron/asar') as {
  extractAll(archive: string, folder: string): void;
};

let folder: string;
/** The product as it lies in an installer, taken out of its archive. */
let product: string;

/** What electron-builder wants of Electron's own files, where the binary cannot be had. */
const standIn = async (version: string): Promise<string> => {
  const place = join(folder, 'electron');
  await mkdir(join(place, 'resources'), { recursive: true });
  await mkdir(join(place, 'locales'));
  for (const name of [
    'electron',
    'chrome-sandbox',
    'chrome_crashpad_handler',
    'LICENSE',
    'LICENSES.chromium.html',
  ])
    await writeFile(join(place, name), '');
  await writeFile(join(place, 'version'), version);
  await chmod(join(place, 'electron'), 0o755);
  return place;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clinichub-packed-'));
  await ensureBuilt(root, () => undefined);
  const { version } = JSON.parse(
    await readFile(join(root, 'node_modules/electron/package.json'), 'utf8'),
  ) as {
    readonly version: string;
  };
  // Fuses are set in Electron's binary, which is not there.
  const config = (await readFile(join(root, 'electron-builder.yml'), 'utf8')).replace(
    /^electronFuses:\n(?: .*\n)+/m,
    '',
  );
  await writeFile(join(folder, 'builder.yml'), config);
  await run(
    process.execPath,
    [
      join(root, 'node_modules/electron-builder/cli.js'),
      '--linux',
      'dir',
      '--publish=never',
      `--config=${join(folder, 'builder.yml')}`,
      `-c.electronDist=${await standIn(version)}`,
      `-c.directories.output=${join(folder, 'dist')}`,
    ],
    { cwd: root },
  );
  const [unpacked = ''] = (await readdir(join(folder, 'dist'))).filter((name) => name.endsWith('unpacked'));
  product = join(folder, 'product');
  archives.extractAll(join(folder, 'dist', unpacked, 'resources/app.asar'), product);
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test('what the packed main process imports is in the archive, native modules too', async () => {
  const probe = `
    import { readdir, readFile } from 'node:fs/promises';
    const files = ['index.js', 'copy-worker.js', 'strength-worker.js', ...(await readdir('out/main/chunks')).map((name) => 'chunks/' + name)];
    const texts = await Promise.all(files.map((name) => readFile('out/main/' + name, 'utf8')));
    const names = texts.flatMap((text) => [...text.matchAll(/^import (?:.* from )?"([^".][^"]*)"/gm)].map(([, name]) => name));
    const wanted = [...new Set(names)].filter((name) => !name.startsWith('node:') && !/^electron(-store)?$/.test(name));
    for (const name of wanted) await import(name);
    const { default: Database } = await import('better-sqlite3');
    const { hash } = await import('@node-rs/argon2');
    const [row] = new Database(':memory:').prepare('select sqlite_version() as version').all();
    console.log(JSON.stringify({ wanted, sqlite: row.version, hash: await hash('x') }));`;
  await writeFile(join(product, 'probe.mjs'), probe);
  const { stdout } = await run(process.execPath, ['probe.mjs'], { cwd: product });
  const { wanted, sqlite, hash } = JSON.parse(stdout);
  expect(wanted).toEqual(
    expect.arrayContaining(['better-sqlite3', 'pg', 'zod', 'pdfkit', 'libphonenumber-js']),
  );
  expect(sqlite).toMatch(/^3\./);
  expect(hash).toMatch(/^\$argon2id\$/);
});

test('the screens are there, built, and none of their packages', async () => {
  expect(await readdir(join(product, 'out'))).toEqual(['main', 'preload', 'renderer']);
  const packages = await readdir(join(product, 'node_modules'));
  expect(packages.filter((name) => /^(react|@mantine|fastify|i18next|typescript)$/.test(name))).toEqual([]);
});
