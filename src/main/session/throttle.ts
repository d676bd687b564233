import { type Clock, neverBack } from '#shared/kernel/clock.ts';

/** Counts wrong tries by key and says how long to wait. */
export interface Throttle {
  /** Seconds until a try with these keys is heard, 0 when it is now. */
  wait(keys: readonly string[]): number;
  /** Counts a try before it is checked: tries made at the same moment count each. */
  tried(keys: readonly string[]): void;
  /** The try was right: its keys start afresh. */
  cleared(keys: readonly string[]): void;
}

interface Tries {
  readonly count: number;
  readonly until: number;
  readonly last: number;
}

/** Slips of the finger are free; then each wrong try doubles the wait, up to five minutes. */
const freeTries = 3;
const longestWait = 300_000;
const forgottenAfter = 900_000;
const mostKeys = 10_000;

/** Wrong tries are kept in memory: a restart takes longer than the wait it saves. */
export const createThrottle = (wallClock: Clock): Throttle => {
  const clock = neverBack(wallClock);
  const tries = new Map<string, Tries>();

  const current = (key: string): Tries | undefined => {
    const known = tries.get(key);
    return known && clock.now() - known.last < forgottenAfter ? known : undefined;
  };

  return {
    wait: (keys) => {
      const until = Math.max(0, ...keys.map((key) => current(key)?.until ?? 0));
      return Math.max(0, Math.ceil((until - clock.now()) / 1000));
    },
    tried: (keys) => {
      const now = clock.now();
      for (const key of keys) {
        const count = (current(key)?.count ?? 0) + 1;
        const wait = count <= freeTries ? 0 : Math.min(longestWait, 1000 * 2 ** (count - freeTries - 1));
        tries.delete(key);
        tries.set(key, { count, until: now + wait, last: now });
      }
      for (const key of tries.keys()) {
        if (tries.size <= mostKeys) break;
        tries.delete(key);
      }
    },
    cleared: (keys) => {
      for (const key of keys) tries.delete(key);
    },
  };
};
