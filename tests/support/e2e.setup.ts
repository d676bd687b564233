import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setup as startCluster } from './central-cluster.setup.ts';
import { builtVariable } from './e2e-built.ts';

const root = resolve(import.meta.dirname, '../..');
const program = `import { ensureBuilt } from './scripts/start/build.ts'; await ensureBuilt(process.cwd(), console.log);`;

/**
 * Builds the product when what is built is older than its sources. In a process of its own: Playwright's module
 * loader cannot load SQLite's driver, whose lock keeps two builds apart.
 */
const buildWhenStale = (): void => {
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  if (status !== 0) throw new Error('the product could not be built');
};

/** A copy for this run alone: `npm start` in the same checkout may build anew meanwhile. It lies where its packages are found. */
const copyBuilt = async (): Promise<string> => {
  const cache = join(root, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'clinichub-e2e-'));
  for (const part of ['out', 'package.json'])
    await cp(join(root, part), join(folder, part), { recursive: true });
  return folder;
};

/** What is there before the first browser test: the built product, and one PostgreSQL for whoever asks for a centre. */
const prepare = async (): Promise<() => Promise<void>> => {
  buildWhenStale();
  const folder = await copyBuilt();
  process.env[builtVariable] = folder;
  const stopCluster = await startCluster();
  return async () => {
    await stopCluster();
    await rm(folder, { recursive: true, force: true });
  };
};

// biome-ignore lint/style/noDefaultExport: Playwright takes a global setup in no other way
export default prepare;
