import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { LocalError } from '#main/data/local/error.ts';
import { lockFolder } from '#main/data/local/lock.ts';
import { StartProblem } from './problem.ts';

const sources = ['src', 'package.json', 'package-lock.json', 'electron.vite.config.ts'];
const results = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'];

const newest = (path: string): number => {
  const found = statSync(path);
  if (!found.isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : found.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
};

const mark = (root: string) => join(root, 'out', '.built');

/** Whether what was built is older than what it is built from, or not there. */
const isStale = (root: string): boolean => {
  const paths = [mark(root), ...results.map((file) => join(root, file))];
  if (!paths.every((path) => existsSync(path))) return true;
  return Math.max(...sources.map((path) => newest(join(root, path)))) > statSync(mark(root)).mtimeMs;
};

/** What a person can use of a program's output: no colours, no stack. */
const readable = (output: string): string =>
  stripVTControlCharacters(output)
    .split('\n')
    .filter((line) => !/^\s+at /.test(line))
    .join('\n')
    .trim();

const runBuild = (root: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const program = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
    const child = spawn(process.execPath, [program, 'build'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output = (output + chunk.toString('utf8')).slice(-4_000);
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new StartProblem(`The application could not be built.\n\n${readable(output)}`));
    });
  });

/** Waits while another start builds in the same checkout. */
const lockBuild = async (root: string): Promise<() => void> => {
  const folder = join(root, 'node_modules/.cache/clinichub-build');
  await mkdir(folder, { recursive: true });
  for (;;) {
    try {
      return lockFolder(folder);
    } catch (error) {
      if (!(error instanceof LocalError) || error.code !== 'in-use') throw error;
      await setTimeout(200);
    }
  }
};

/** Builds the application when it was not built yet or its source changed. Throws {@link StartProblem}. */
export const ensureBuilt = async (root: string, say: (text: string) => void): Promise<void> => {
  if (!isStale(root)) return;
  const unlock = await lockBuild(root);
  try {
    if (!isStale(root)) return;
    say('Building the application ...');
    const begun = new Date();
    await runBuild(root);
    writeFileSync(mark(root), '');
    // What changes while it builds is built the next time.
    utimesSync(mark(root), begun, begun);
  } finally {
    unlock();
  }
};
