/** `npm run package`: the installers of this version, whole or not at all. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PackageProblem, packageOptions, usage } from './package/options.ts';
import { makeInstallers } from './package/run.ts';
import { ensureBuilt } from './start/build.ts';
import { StartProblem } from './start/problem.ts';

const root = resolve(import.meta.dirname, '..');

const run = async (): Promise<void> => {
  const options = packageOptions(process.argv.slice(2));
  if (options === 'help') return console.log(usage);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  await ensureBuilt(root, console.log);
  const made = await makeInstallers({
    root,
    version,
    options,
    builder: [process.execPath, join(root, 'node_modules/electron-builder/cli.js')],
    say: (text) => process.stdout.write(text),
  });
  console.log(`\nIn ${made.folder}:\n${made.files.map((file) => `  ${file}`).join('\n')}`);
};

try {
  await run();
} catch (error) {
  if (!(error instanceof PackageProblem || error instanceof StartProblem)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
