import { Worker } from 'node:worker_threads';
import type { AddressSource } from '#main/data/central/calls.ts';
import { threadProgram } from '#main/data/thread-program.ts';
import type { Copier, CopyWatch } from './bootstrap.ts';
import { type CopyTask, CopyThreadError, type CopyWord, type FolderAccess, received } from './copy-thread.ts';
import type { Checkpoints } from './history.ts';

/** Where the database is, and where the centre's address is had from. */
export interface CopyAccess extends FolderAccess {
  readonly source: AddressSource;
}

const program = (): URL => {
  const found = threadProgram('sync/copy-worker.ts');
  if (found === null) throw new CopyThreadError('the program of the copying thread is missing');
  return found;
};

/** Parsed pages are garbage at once; V8 would let 50 MB and more of it gather. */
const resourceLimits = { maxYoungGenerationSizeMb: 32 };

const start = (workerData: CopyTask): Worker =>
  new Worker(program(), { workerData, name: 'copy', resourceLimits });

const supervise = (worker: Worker, { progress, signal }: CopyWatch): Promise<void> =>
  new Promise((resolve, reject) => {
    let last: Exclude<CopyWord, { type: 'progress' }> | null = null;
    const end = () => worker.postMessage('end');
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    worker.on('message', (word: CopyWord) => {
      if (word.type === 'progress') progress(word.progress);
      else last = word;
    });
    worker.once('error', (error) => reject(new CopyThreadError(String(error))));
    // Only when the thread is gone, its connection to the database is certainly closed.
    worker.once('exit', (code) => {
      signal.removeEventListener('abort', end);
      if (last === null) reject(new CopyThreadError(`the copying thread ended with code ${code}`));
      else if (last.type === 'failed') reject(received(last.error));
      else resolve();
    });
  });

/**
 * A copier that works in a thread of its own, on a connection of its own: while a first copy is loaded nobody else
 * writes. `started` is for tests that break the thread.
 */
export const copyInWorker =
  (access: CopyAccess, started: (worker: Worker) => void = () => undefined): Copier =>
  async (order, watch) => {
    const { folder, key, source } = access;
    const url = typeof source === 'string' ? source : await source();
    const worker = start({ folder, key, url, order });
    started(worker);
    return supervise(worker, watch);
  };

/** Moves SQLite's log in a thread of its own. */
export const checkpointsInWorker =
  ({ folder, key }: FolderAccess): Checkpoints =>
  (gone) => {
    const worker = start({ folder, key, order: null });
    const ended = new Promise<void>((resolve) => {
      worker.once('exit', () => {
        gone();
        resolve();
      });
    });
    worker.on('error', () => undefined); // Its exit follows.
    return () => {
      worker.postMessage('end');
      return ended;
    };
  };
