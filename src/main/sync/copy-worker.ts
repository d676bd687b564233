/**
 * The thread that loads a first copy, and moves SQLite's log while the history arrives, so that the one that serves the
 * screens never waits for either: `copy-in-worker.ts` starts it.
 */
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { connectCentre } from '#main/data/central/client.ts';
import { openCopy } from '#main/data/local/open-copy.ts';
import { type CopyProgress, copyHere } from './bootstrap.ts';
import { type CopyTask, type CopyWord, type FolderAccess, type LoadTask, sendable } from './copy-thread.ts';

/** Progress is for a person to read: more often than this, in milliseconds, is not told. */
const tellEvery = 100;
/** No screen waits for this thread: larger pieces, fewer commits. */
const pace = { rows: 2000, names: 20_000 };

/** Milliseconds between two looks at SQLite's log. */
const checkpointEvery = 100;

if (parentPort === null) throw new Error('this program is a thread of another one');
const port = parentPort;
const say = (word: CopyWord) => port.postMessage(word);

const createTelling = () => {
  let phase: CopyProgress['phase'] | null = null;
  let told = 0;
  return (progress: CopyProgress) => {
    const now = performance.now();
    if (progress.phase === phase && now - told < tellEvery) return;
    phase = progress.phase;
    told = now;
    say({ type: 'progress', progress });
  };
};

const load = async ({ folder, key, url, order }: LoadTask): Promise<void> => {
  const ending = new AbortController();
  const centre = connectCentre(url);
  port.once('message', () => {
    ending.abort();
    void centre.close();
  });
  const { replica, close } = openCopy({ folder, key: Buffer.from(key) });
  try {
    const copy = copyHere({ replica, centre: () => centre, turn, pace });
    await copy(order, { progress: createTelling(), signal: ending.signal });
  } finally {
    close();
    await centre.close();
  }
};

const moveLog = async ({ folder, key }: FolderAccess): Promise<void> => {
  const { checkpoint, close } = openCopy({ folder, key: Buffer.from(key) });
  const timer = setInterval(checkpoint, checkpointEvery);
  await once(port, 'message');
  clearInterval(timer);
  close();
};

const run = (task: CopyTask): Promise<void> => (task.order === null ? moveLog(task) : load(task));

run(workerData as CopyTask)
  .then(
    () => say({ type: 'done' }),
    (error: unknown) => say({ type: 'failed', error: sendable(error) }),
  )
  .finally(() => port.close());
