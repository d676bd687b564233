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

export interface Tries {
  readonly count: number;
  readonly until: number;
  readonly last: number;
}

/** Where tries outlive the program. */
export interface TryMemory {
  find(key: string): Tries | undefined;
  /** Also forgets tries that were last made before `forgotten`, and the oldest of more than `most` keys. */
  keep(key: string, tries: Tries, bound: { readonly forgotten: number; readonly most: number }): void;
  drop(key: string): void;
}

/** Slips of the finger are free; then each wrong try doubles the wait, up to five minutes. */
const freeTries = 3;
const longestWait = 300_000;
const forgottenAfter = 900_000;
/**
 * Keys that are counted at a time. To have a name's tries forgotten so, somebody would have to try ten thousand other names within
 * the quarter of an hour that it takes anyway: every try costs a hash, and one address has twenty tries a minute.
 */
const mostKeys = 10_000;

/** Counts in this process alone, or with a `memory` over a start of the program too. */
export const createThrottle = (wallClock: Clock, memory?: TryMemory): Throttle => {
  const clock = neverBack(wallClock);
  const tries = new Map<string, Tries>();

  /** As it was kept: a clock set back since must not make anybody wait longer than the longest wait. */
  const remembered = (key: string): Tries | undefined => {
    const kept = memory?.find(key);
    if (kept === undefined) return undefined;
    const now = clock.now();
    return { ...kept, last: Math.min(kept.last, now), until: Math.min(kept.until, now + longestWait) };
  };

  const current = (key: string): Tries | undefined => {
    const known = tries.get(key) ?? remembered(key);
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
        const bound = { forgotten: now - forgottenAfter, most: mostKeys };
        memory?.keep(key, { count, until: now + wait, last: now }, bound);
      }
      for (const key of tries.keys()) {
        if (tries.size <= mostKeys) break;
        tries.delete(key);
      }
    },
    cleared: (keys) => {
      for (const key of keys) {
        tries.delete(key);
        memory?.drop(key);
      }
    },
  };
};
