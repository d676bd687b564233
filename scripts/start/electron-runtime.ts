import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from './options.ts';
import { StartProblem } from './problem.ts';

const downloadWithin = 300_000;

/** Electron's program, or null when it is not installed; found as `node_modules/electron/index.js` finds it. */
const findElectron = (root: string): string | null => {
  const folder = join(root, 'node_modules/electron');
  const pathFile = join(folder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : null;
  const elsewhere = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (name === null && !elsewhere) return null;
  const program = join(elsewhere || join(folder, 'dist'), name ?? 'electron');
  return existsSync(program) ? program : null;
};

/** Runs Electron's own installer with its progress on the terminal. Resolves to why it failed, or null. */
const install = (root: string): Promise<string | null> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'node_modules/electron/install.js')], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'pipe'],
      timeout: downloadWithin,
      windowsHide: true,
    });
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-4_000);
    });
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(null);
      else if (signal !== null) resolve(`it took longer than ${downloadWithin / 60_000} minutes`);
      else resolve(output.split('\n').find((line) => line.trim() !== '') ?? `code ${code}`);
    });
  });

/** Why no window can be shown on this machine, or null. */
const noWindow = (): string | null => {
  if (process.platform !== 'linux') return null;
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display';
  if (process.getuid?.() === 0) return 'Electron does not run as root with its sandbox on';
  return null;
};

/**
 * Electron's program when a desktop window is wanted and possible; null for the headless host, after saying why.
 * Throws {@link StartProblem} when a window was asked for by name and cannot be had.
 */
export const chooseHost = async (
  root: string,
  host: Host,
  say: (text: string) => void,
): Promise<string | null> => {
  if (host === 'headless') return null;
  const giveUp = (why: string): null => {
    if (host === 'desktop') throw new StartProblem(`The desktop program cannot run here: ${why}.`);
    say(`The workstation runs in the browser: ${why}.`);
    return null;
  };
  const obstacle = noWindow();
  if (obstacle !== null) return giveUp(obstacle);
  if (findElectron(root) === null) {
    say('Getting the desktop runtime (Electron), about 120 MB ...');
    const failure = await install(root);
    if (failure !== null) return giveUp(`Electron's runtime could not be had (${failure})`);
  }
  return findElectron(root) ?? giveUp("Electron's runtime is not complete");
};
