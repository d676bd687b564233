import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Answers, type AsksOfMain, type AsksOfPages, type Link, openLink } from '../link.ts';

/** The running main process, seen from the test. */
export interface MainProcess {
  readonly ask: Link<AsksOfMain>['ask'];
  readonly pid: number;
  /** What it has printed so far. */
  output(): string;
  /** Its exit code (null after a signal), when it has ended. */
  readonly ended: Promise<number | null>;
  isRunning(): boolean;
  signal(signal: NodeJS.Signals): void;
  /** Closes its standard input, as a parent that has gone does. */
  closeInput(): void;
}

export interface MainProcessOptions {
  readonly main: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const keepOutput = (child: ChildProcess): (() => string) => {
  let text = '';
  const keep = (chunk: Buffer) => {
    text = (text + chunk.toString('utf8')).slice(-64_000);
    if (process.env.CLINICHUB_E2E_OUTPUT === '1') process.stderr.write(chunk);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return () => text;
};

/** Starts the real main entry on the double in a process of its own. */
export const startMain = (
  { main, args, env }: MainProcessOptions,
  answers: Answers<AsksOfPages>,
): MainProcess => {
  const child = fork(join(import.meta.dirname, '../run.ts'), [main, ...args], {
    serialization: 'advanced',
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...env },
    // What the test runner was started with is not for main.
    execArgv: [],
  });
  const output = keepOutput(child);
  const link = openLink<AsksOfMain, AsksOfPages>(
    {
      send: (message) => {
        // Between the end of main and the news of it a message may go nowhere; the answer then never comes.
        if (child.connected) child.send(message as object, () => undefined);
      },
      onMessage: (listener) => child.on('message', listener),
    },
    answers,
  );
  // `close` comes after `exit`, when all it printed has been read.
  const ended = once(child, 'close').then(([code]) => code as number | null);
  child.once('disconnect', () => link.cut());
  return {
    ask: (name, ask) => (child.connected ? link.ask(name, ask) : Promise.reject(new Error('main has ended'))),
    pid: child.pid ?? -1,
    output,
    ended,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    signal: (signal) => {
      child.kill(signal);
    },
    closeInput: () => {
      child.stdin?.end();
    },
  };
};
