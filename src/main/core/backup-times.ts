import type { LocalBackups } from '#main/data/local/open.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from './log.ts';

const hour = 60 * 60_000;

/** The least time between two backups that nobody asked for. */
const between = 4 * hour;

/** How often it is looked whether one is due: a computer that slept is behind at once when it wakes. */
const looking = 10 * 60_000;

/** Whether the newest backup is so old that there has to be another. A clock that was ahead left one of the future. */
export const isDue = (newest: string | null, now: number): boolean => {
  if (newest === null) return true;
  const age = now - Date.parse(newest);
  return age >= between || age < 0;
};

/** Makes a backup every four hours, the first soon after the start, and looks whether a second place has come back meanwhile. Returns the way to stop. */
export const backUpInTime = (
  backups: Pick<LocalBackups, 'newest' | 'make' | 'keepSecond'>,
  clock: Clock,
  log: Log,
): (() => void) => {
  let last = backups.newest();
  const look = () => {
    if (!isDue(last, clock.now())) return void backups.keepSecond();
    try {
      last = backups.make('hours')?.at ?? last;
    } catch (error) {
      log.error('backup failed', error);
    }
  };
  const soon = setTimeout(look, 60_000);
  const later = setInterval(look, looking);
  soon.unref();
  later.unref();
  return () => {
    clearTimeout(soon);
    clearInterval(later);
  };
};
