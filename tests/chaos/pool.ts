import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Outcome } from './run.ts';
import type { Job, Report } from './worker.ts';

/** Processes that run seeds side by side. */
export interface Pool {
  /** Runs one seed in the next process that is free. */
  run(job: Partial<Job> & Pick<Job, 'seed'>): Promise<Outcome>;
  close(): Promise<void>;
}

const program = fileURLToPath(new URL('./worker.ts', import.meta.url));

const start = async (): Promise<ChildProcess> => {
  const worker = fork(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  await once(worker, 'message');
  return worker;
};

const ask = async (worker: ChildProcess, job: Job): Promise<Outcome> => {
  const answer = new Promise<Report>((resolve, reject) => {
    const gone = () => reject(new Error(`the process running seed ${job.seed} ended`));
    worker.once('exit', gone);
    worker.once('message', (report) => {
      worker.off('exit', gone);
      resolve(report as Report);
    });
  });
  worker.send(job);
  const { outcome, crash } = await answer;
  if (crash !== null) throw new Error(`seed ${job.seed}: ${crash}`);
  if (outcome === null) throw new Error(`seed ${job.seed} has no outcome`);
  return outcome;
};

/** As many processes as there are cores, unless told otherwise. */
export const createPool = async (size = availableParallelism()): Promise<Pool> => {
  const workers = await Promise.all(Array.from({ length: size }, start));
  const free = [...workers];
  const waiting: ((worker: ChildProcess) => void)[] = [];
  const take = () =>
    new Promise<ChildProcess>((resolve) => {
      const worker = free.pop();
      if (worker === undefined) waiting.push(resolve);
      else resolve(worker);
    });
  return {
    run: async (job) => {
      const worker = await take();
      try {
        return await ask(worker, { bug: null, keep: 0, otherClocks: false, ...job });
      } finally {
        const next = waiting.shift();
        if (next === undefined) free.push(worker);
        else next(worker);
      }
    },
    close: async () => {
      await Promise.all(
        workers.map(async (worker) => {
          if (worker.exitCode !== null) return;
          const gone = once(worker, 'exit');
          worker.disconnect();
          await gone;
        }),
      );
    },
  };
};
