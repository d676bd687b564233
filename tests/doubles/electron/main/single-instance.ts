import { mkdirSync, readFileSync, rmSync, unwatchFile, watchFile, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const lockName = 'double-singleton.pid';
const knockName = 'double-second-instance.json';

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const holder = (lock: string): number | null => {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    return Number.isInteger(pid) && pid !== process.pid && isRunning(pid) ? pid : null;
  } catch {
    return null;
  }
};

/**
 * Electron's single instance lock on one user-data folder, answered at once as Electron does: a file with the
 * holder's process id, and a second file with which a later process knocks.
 */
export const takeLock = (userData: string, argv: readonly string[], onSecond: (argv: string[]) => void) => {
  mkdirSync(userData, { recursive: true });
  const lock = join(userData, lockName);
  const knock = join(userData, knockName);
  if (holder(lock) !== null) {
    writeFileSync(knock, JSON.stringify(argv));
    return { first: false, release: () => undefined };
  }
  writeFileSync(lock, String(process.pid));
  rmSync(knock, { force: true });
  watchFile(knock, { interval: 100, persistent: false }, (now) => {
    if (now.size === 0) return;
    const from = JSON.parse(readFileSync(knock, 'utf8')) as string[];
    rmSync(knock, { force: true });
    onSecond(from);
  });
  return {
    first: true,
    release: () => {
      unwatchFile(knock);
      rmSync(lock, { force: true });
    },
  };
};
