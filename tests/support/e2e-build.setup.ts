import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const program = `import { ensureBuilt } from './scripts/start/build.ts'; await ensureBuilt(process.cwd(), console.log);`;

/**
 * Builds the product before the browser tests when what is built is older than its sources. In a process of its own:
 * Playwright's module loader cannot load SQLite's driver, whose lock keeps two builds apart.
 */
const buildWhenStale = (): void => {
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  if (status !== 0) throw new Error('the product could not be built');
};

// biome-ignore lint/style/noDefaultExport: Playwright takes a global setup in no other way
export default buildWhenStale;
