/** `npm test`: every test there is. The last line counts them; the exit code is 0 only when all passed. */
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ensureChromium } from '#tests/support/e2e-chromium.ts';
import { runFolder } from '#tests/support/run-folder.ts';
import {
  playwrightReport,
  type RunnerReport,
  sum,
  type Totals,
  totalsLine,
  totalsOf,
  vitestReport,
} from './test/totals.ts';

const root = resolve(import.meta.dirname, '..');

interface Runner {
  readonly name: string;
  readonly program: string;
  readonly args: (reportFile: string) => readonly string[];
  readonly env: (reportFile: string) => Readonly<Record<string, string>>;
  readonly read: (json: unknown) => RunnerReport;
}

const vitest: Runner = {
  name: 'vitest',
  program: 'node_modules/vitest/vitest.mjs',
  args: (file) => ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
  env: () => ({}),
  read: vitestReport,
};

const playwright: Runner = {
  name: 'playwright',
  program: 'node_modules/@playwright/test/cli.js',
  args: () => ['test', '--reporter=list,json'],
  env: (file) => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: file }),
  read: playwrightReport,
};

const reportIn = async (file: string, read: Runner['read']): Promise<RunnerReport | null> => {
  try {
    return read(JSON.parse(await readFile(file, 'utf8')));
  } catch (reason) {
    console.error(`No report: ${reason instanceof Error ? reason.message : reason}`);
    return null;
  }
};

const run = async (runner: Runner, folder: string): Promise<Totals> => {
  const file = join(folder, `${runner.name}.json`);
  console.log(`\n== ${runner.name} ==`);
  const child = spawn(process.execPath, [join(root, runner.program), ...runner.args(file)], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      TMPDIR: folder,
      // What the many processes of a run load is compiled once.
      NODE_COMPILE_CACHE: join(folder, 'compiled'),
      ...runner.env(file),
    },
  });
  // A runner that is told to end ends its own processes; this one waits for it.
  const passOn = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGINT', passOn).on('SIGTERM', passOn);
  const exitCode = await new Promise<number | null>((ended) => {
    child.once('error', () => ended(null));
    child.once('exit', (code) => ended(code));
  });
  process.off('SIGINT', passOn).off('SIGTERM', passOn);
  return totalsOf(await reportIn(file, runner.read), exitCode);
};

/** The browser tests need Chromium; without one they have failed, and the reason stands there. */
const runInBrowser = async (folder: string): Promise<Totals> => {
  try {
    process.env.CLINICHUB_CHROMIUM = ensureChromium();
  } catch (reason) {
    console.error(reason instanceof Error ? reason.message : reason);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  console.log(`Chromium: ${process.env.CLINICHUB_CHROMIUM}`);
  return run(playwright, folder);
};

const folder = await mkdtemp(join(runFolder(), 'clinichub-test-'));
// Root lends databases to the user postgres, who must be able to pass.
await chmod(folder, 0o755);
try {
  const totals = sum([await run(vitest, folder), await runInBrowser(folder)]);
  process.exitCode = totals.failed === 0 ? 0 : 1;
  console.log(`\n${totalsLine(totals)}`);
} finally {
  // What was ended a moment ago may still write into it.
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}
