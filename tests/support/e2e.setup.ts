import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { setup as startCluster } from './central-cluster.setup.ts';

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

/** What is there before the first browser test: the built product, and one PostgreSQL for whoever asks for a centre. */
const prepare = async (): Promise<() => Promise<void>> => {
  buildWhenStale();
  return startCluster();
};

// biome-ignore lint/style/noDefaultExport: Playwright takes a global setup in no other way
export default prepare;
