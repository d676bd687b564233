/** The thread that loads a first copy, so that the one that serves the screens never waits for it: `copy-in-worker.ts` starts it. */
import { parentPort, workerData } from 'node:worker_threads';
import { connectCentre } from '#main/data/central/client.ts';
import { openCopy } from '#main/data/local/open-copy.ts';
import { type CopyProgress, copyHere } from './bootstrap.ts';
import { type CopyTask, type CopyWord, sendable } from './copy-thread.ts';

/** Progress is for a person to read: more often than this, in milliseconds, is not told. */
const tellEvery = 100;
/** No screen waits for this thread: larger pieces, fewer commits. */
const pace = { rows: 2000, names: 20_000 };

const say = (word: CopyWord) => parentPort?.postMessage(word);

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

const run = async ({ folder, key, url, order }: CopyTask): Promise<void> => {
  const ending = new AbortController();
  const centre = connectCentre(url);
  parentPort?.once('message', () => {
    ending.abort();
    void centre.close();
  });
  const { replica, close } = openCopy({ folder, key: Buffer.from(key) });
  try {
    const copy = copyHere({ replica, centre: () => centre, pace });
    await copy(order, { progress: createTelling(), signal: ending.signal });
  } finally {
    close();
    await centre.close();
  }
};

run(workerData as CopyTask)
  .then(
    () => say({ type: 'done' }),
    (error: unknown) => say({ type: 'failed', error: sendable(error) }),
  )
  .finally(() => parentPort?.close());
