import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { CallName, Input, Output, Reply } from '#shared/contract/contract.ts';

const root = resolve(import.meta.dirname, '../..');

/** A program of the project that a test has started. */
export interface Program {
  readonly child: ChildProcess;
  /** What it has written so far. */
  output(): string;
  /** Resolves with all it wrote when `text` has come, rejects when it ends before. */
  until(text: RegExp): Promise<string>;
  /** The exit code. */
  readonly ended: Promise<number | null>;
}

const follow = (child: ChildProcessWithoutNullStreams): Program => {
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
      for (const listener of listeners) listener();
    });
  }
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const until = (text: RegExp) =>
    new Promise<string>((found, reject) => {
      const look = () => {
        if (!text.test(output)) return;
        listeners.delete(look);
        found(output);
      };
      listeners.add(look);
      look();
      void ended.then((code) => reject(new Error(`ended with code ${code} before ${text}:\n${output}`)));
    });
  return { child, output: () => output, until, ended };
};

const environment = () => {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, npm_lifecycle_event: ___, ...env } = process.env;
  return env;
};

/** Runs `scripts/<name>.ts`. */
export const runScript = (name: 'start' | 'import', args: readonly string[]): Program =>
  follow(spawn(process.execPath, [`scripts/${name}.ts`, ...args], { cwd: root, env: environment() }));

/** Runs `npm start`. */
export const npmStart = (args: readonly string[]): Program =>
  follow(
    spawn('npm', ['start', '--', ...args], {
      cwd: root,
      env: environment(),
      shell: process.platform === 'win32',
    }),
  );

/** Runs a script to its end. */
export const runToEnd = async (name: 'start' | 'import', args: readonly string[]) => {
  const program = runScript(name, args);
  const code = await program.ended;
  return { code, output: program.output() };
};

/** The processes whose command line names `folder`: every process of a start does. */
export const processesOf = (folder: string): readonly string[] =>
  spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => line.includes(folder) && !line.includes('ps -eo'));

/** Calls a workstation's services as a browser does; the session is in the cookie it keeps. */
export const browserAt = (url: string) => {
  let cookie = '';
  return async <N extends CallName>(name: N, input: Input<N>): Promise<Reply<Output<N>>> => {
    const response = await fetch(new URL(`/rpc/${name}`, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-clinichub': '1', cookie },
      body: JSON.stringify(input),
    });
    const [set] = response.headers.getSetCookie();
    if (set !== undefined) cookie = set.slice(0, set.indexOf(';'));
    return (await response.json()) as Reply<Output<N>>;
  };
};
