import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const script = resolve(import.meta.dirname, '../../scripts/central.ts');

/** What a run of `npm run central` came to. */
export interface CommandRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `npm run central` with these arguments, as a process of its own, and waits for its end. */
export const runCentral = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  new Promise<CommandRun>((done) => {
    const child = spawn(process.execPath, [script, ...args], {
      env: { ...process.env, CLINICHUB_CENTRE_URL: undefined, ...env },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.on('close', (code) => done({ code, out, err }));
  });
