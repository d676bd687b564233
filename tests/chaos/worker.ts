/** A process that runs seeds one after the other as its parent asks; it ends with its parent. */
import { rmSync } from 'node:fs';
import { Died, installBoundaries } from './boundary.ts';
import { bugNamed } from './bugs.ts';
import { chaosFolder, createClinic } from './clinic.ts';
import { type Outcome, runSeed } from './run.ts';

/** What a worker is asked. */
export interface Job {
  readonly seed: number;
  readonly bug: string | null;
  /** Lines of the log to send back. */
  readonly keep: number;
  /** Runs it once more with other clocks and compares everything that happened. */
  readonly otherClocks: boolean;
}

export interface Report {
  readonly outcome: Outcome | null;
  /** Why there is none: the simulator itself failed. */
  readonly crash: string | null;
}

let crash: string | null = null;
const told = (error: unknown): string => (error instanceof Error ? String(error.stack) : String(error));

process.on('unhandledRejection', (error) => {
  if (!(error instanceof Died)) crash ??= told(error);
});
installBoundaries();
const folder = chaosFolder();
const clinic = await createClinic(folder);

const day = 86_400_000;
const otherClocks = [-40 * day, 0, 90 * day, 3_600_000];

const runJob = async ({ seed, bug, keep, otherClocks: twice }: Job): Promise<Outcome> => {
  const options = { bug: bug === null ? null : bugNamed(bug), keep };
  const first = await runSeed(seed, clinic, folder, options);
  if (!twice || first.oracle !== null) return first;
  const second = await runSeed(seed, clinic, folder, { ...options, clocks: otherClocks });
  if (second.trace === first.trace && second.rows === first.rows) return first;
  const message = `I11: with other clocks seed ${seed} went another way (${second.message ?? 'no other violation'})`;
  return { ...second, oracle: 'I11', message };
};

process.on('message', (job: Job) => {
  crash = null;
  runJob(job).then(
    (outcome) => process.send?.({ outcome, crash } satisfies Report),
    (error) => process.send?.({ outcome: null, crash: told(error) } satisfies Report),
  );
});
process.on('disconnect', () => process.exit(0));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.send?.('ready');
