import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { ClinicRows } from '../clinic.ts';

const program = fileURLToPath(new URL('./child.ts', import.meta.url));

/** What the process last said of itself. */
export interface DeskState {
  readonly connection: string;
  readonly cursor: number;
  readonly waiting: number;
  /** Whether older rows are here too. */
  readonly whole: boolean;
  readonly problem: string;
}

/** A workstation as a process. */
export interface RealDesk {
  readonly name: string;
  readonly deviceNo: number;
  readonly folder: string;
  readonly key: Buffer;
  /** Writes it said are safe: number and hash. */
  readonly acknowledged: Map<number, string>;
  readonly state: DeskState | null;
  /** Whether people have begun to work here. */
  readonly ready: boolean;
  start(): void;
  kill(): Promise<void>;
  tell(line: 'calm' | 'stop'): void;
  ended(): Promise<void>;
}

export interface RealDeskOptions {
  readonly name: string;
  readonly deviceNo: number;
  readonly folder: string;
  readonly url: string;
  readonly rows: ClinicRows;
  readonly seed: number;
}

export const realDesk = ({ name, deviceNo, folder, url, rows, seed }: RealDeskOptions): RealDesk => {
  const key = randomBytes(32);
  const acknowledged = new Map<number, string>();
  let running: ChildProcessByStdio<Writable, Readable, null> | null = null;
  let gone: Promise<unknown> = Promise.resolve();
  let state: DeskState | null = null;
  let starts = 0;
  let ready = false;
  const hear = (line: string) => {
    const [what, ...words] = line.split(' ');
    if (what === 'ready') ready = true;
    if (what === 'ack') acknowledged.set(Number(words[0]), String(words[1]));
    if (what === 'state') {
      const [connection = '', cursor, waiting, older, problem = ''] = words;
      const whole = older === 'whole';
      state = { connection, cursor: Number(cursor), waiting: Number(waiting), whole, problem };
    }
  };
  return {
    name,
    deviceNo,
    folder,
    key,
    acknowledged,
    get state() {
      return state;
    },
    get ready() {
      return ready;
    },
    start: () => {
      starts += 1;
      state = null;
      const args = [folder, key.toString('hex'), url, String(seed * 1000 + starts), JSON.stringify(rows)];
      running = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
      running.stdin.on('error', () => undefined);
      gone = once(running, 'close');
      createInterface({ input: running.stdout }).on('line', hear);
    },
    kill: async () => {
      running?.kill('SIGKILL');
      await gone;
    },
    tell: (line) => running?.stdin.write(`${line}\n`),
    ended: async () => {
      await gone;
    },
  };
};
