import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { explain } from './explain.ts';
import { type PackageOptions, PackageProblem } from './options.ts';

export interface MakingOptions {
  /** The checkout; the product in it is built. */
  readonly root: string;
  readonly version: string;
  readonly options: PackageOptions;
  /** electron-builder, as a command. */
  readonly builder: readonly [string, ...string[]];
  /** Hears what electron-builder prints. */
  readonly say: (text: string) => void;
}

interface Made {
  readonly folder: string;
  readonly files: readonly string[];
}

const runBuilder = ({ root, options, builder, say }: MakingOptions, folder: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const [program, ...first] = builder;
    const args = [
      ...first,
      '--publish=never',
      `-c.directories.output=${folder}`,
      ...(options.release ? ['-c.forceCodeSigning=true'] : []),
    ];
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    let output = '';
    const stop = () => child.kill('SIGTERM');
    process.once('SIGINT', stop).once('SIGTERM', stop);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output = (output + chunk.toString('utf8')).slice(-64_000);
        say(chunk.toString('utf8'));
      });
    }
    child.on('error', reject);
    child.on('close', (code, signal) => {
      process.off('SIGINT', stop).off('SIGTERM', stop);
      if (code === 0) resolve();
      else reject(new PackageProblem(signal === null ? explain(output) : 'It was stopped.'));
    });
  });

/** What electron-builder leaves beside the installers and nobody installs. */
const isWaste = (name: string) => name.endsWith('-unpacked') || /^(builder-|\.icon|mac(-|$))/.test(name);

/** Puts what was made in the place of what an earlier run made; the other way round would leave neither when it is cut short. */
const putInPlace = async (making: string, folder: string): Promise<void> => {
  const old = `${making}-old`;
  await rename(folder, old).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(making, folder);
  await rm(old, { recursive: true, force: true });
};

/** Makes the installers in `dist/<version>`. Throws {@link PackageProblem}; then that folder is as it was before. */
export const makeInstallers = async (making: MakingOptions): Promise<Made> => {
  const dist = join(making.root, 'dist');
  await mkdir(dist, { recursive: true });
  const draft = await mkdtemp(join(dist, '.making-'));
  try {
    await runBuilder(making, draft);
    for (const name of await readdir(draft))
      if (isWaste(name)) await rm(join(draft, name), { recursive: true, force: true });
    const files = (await readdir(draft)).toSorted();
    if (files.length === 0) throw new PackageProblem('electron-builder made nothing.');
    const folder = join(dist, making.version);
    await putInPlace(draft, folder);
    return { folder, files };
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    const nothing = 'No installer was made, and nothing was left half made.';
    throw error instanceof PackageProblem ? new PackageProblem(`${error.message}\n${nothing}`) : error;
  }
};
