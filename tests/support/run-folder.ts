import { existsSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const memory = '/dev/shm';
/** Bytes: what a whole run needs at most, several times over. */
const enough = 4 * 2 ** 30;

const hasRoom = (): boolean => {
  if (!existsSync(memory) || process.availableMemory() < enough) return false;
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize >= enough;
};

/** Where a run's short-lived files go: into memory where there is plenty, since thousands of databases come and go. */
export const runFolder = (): string => (hasRoom() ? memory : tmpdir());
