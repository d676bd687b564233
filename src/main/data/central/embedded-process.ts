import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { platform } from 'node:os';
import { program, type RunAs } from './embedded-binaries.ts';
import { outputProblem } from './embedded-error.ts';

export interface RunningPostgres {
  /** Ends orderly and resolves when the process is gone. */
  stop(): Promise<void>;
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
}

/**
 * PostgreSQL must not outlive us, even when we are killed and cannot say so. A shell waits at the end of a pipe from us;
 * when the pipe closes, it asks PostgreSQL, which has taken the place of its parent shell, to stop.
 */
const leash = 'exec 3<&0; ( cat <&3 >/dev/null 2>&1; kill -INT $$ ) & exec "$0" "$@" </dev/null 3<&-';

/** PostgreSQL wonders about the shell on the leash when it ends. */
const leashLine = 'untracked child process';

const environment = (): NodeJS.ProcessEnv => ({ ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C', TZ: 'UTC' });

const launch = (postgres: string, args: readonly string[], runAs: RunAs): ChildProcess =>
  platform() === 'win32'
    ? spawn(postgres, args, { env: environment(), stdio: ['ignore', 'ignore', 'pipe'], windowsHide: true })
    : spawn('/bin/sh', ['-c', leash, postgres, ...args], {
        ...runAs,
        cwd: '/',
        env: environment(),
        stdio: ['pipe', 'ignore', 'pipe'],
        // A session of its own: Ctrl+C in the terminal is for us, and we stop PostgreSQL when we are ready.
        detached: true,
      });

/** Runs a program to its end. Rejects with what its output means when it fails. */
export const runToEnd = (
  file: string,
  args: readonly string[],
  runAs: RunAs,
  folder: string,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      ...runAs,
      cwd: platform() === 'win32' ? undefined : '/',
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8');
      });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(outputProblem(output, folder))));
  });

/** Starts PostgreSQL on an initialised folder and resolves when it takes connections. */
export const runPostgres = (
  bin: string,
  cluster: string,
  port: number,
  settings: Readonly<Record<string, string>>,
  runAs: RunAs,
  log: (line: string) => void,
): Promise<RunningPostgres> => {
  const args = ['-D', cluster, '-p', String(port)];
  for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`);
  const child = launch(program(bin, 'postgres'), args, runAs);
  const ended = new Promise<void>((resolve) => {
    child.on('exit', () => {
      child.stdin?.destroy();
      resolve();
    });
  });
  child.stdin?.on('error', () => undefined);
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      if (child.stdin === null)
        await runToEnd(program(bin, 'pg_ctl'), ['stop', '-D', cluster, '-m', 'fast'], runAs, cluster);
      else child.stdin.end();
    }
    await ended;
  };
  return new Promise((resolve, reject) => {
    let output = '';
    let ready = false;
    child.on('error', reject);
    child.stderr?.on('data', (chunk: Buffer) => {
      const text = chunk.toString('utf8');
      for (const line of text.split('\n')) if (line !== '' && !line.includes(leashLine)) log(line);
      if (ready) return;
      output += text;
      if (/database system is ready to accept (read-only )?connections/.test(output)) {
        ready = true;
        resolve({ stop, ended });
      }
    });
    child.on('close', () => reject(outputProblem(output, cluster)));
  });
};

/** Whether nobody listens at the port on loopback. Port 0 gives any free one. Resolves to the port, or null. */
export const freePort = (port: number): Promise<number | null> =>
  new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(null));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      const found = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(found));
    });
  });
