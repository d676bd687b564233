import type { NoFile } from './files.ts';
import type { Timers } from './timers.ts';

/** What came of a file that somebody wants to see. `late`: it is on its way. */
export type FetchedFile = 'here' | NoFile | 'late' | 'out-of-reach';

/** Who waits for a file. */
export interface Deliveries {
  wait(hash: string, milliseconds: number): Promise<FetchedFile>;
  arrived(hash: string, why: NoFile | null): void;
  outOfReach(): void;
}

export const createDeliveries = (timers: Timers): Deliveries => {
  const waiting = new Set<{ readonly hash: string; readonly done: (result: FetchedFile) => void }>();
  let asked = 0;
  return {
    wait: (hash, milliseconds) =>
      new Promise((resolve) => {
        asked += 1;
        const name = `delivery-${asked}`;
        const one = {
          hash,
          done: (result: FetchedFile) => {
            timers.clear(name);
            waiting.delete(one);
            resolve(result);
          },
        };
        waiting.add(one);
        timers.set(name, milliseconds, () => one.done('late'));
      }),
    arrived: (hash, why) => {
      for (const one of [...waiting]) if (one.hash === hash) one.done(why ?? 'here');
    },
    outOfReach: () => {
      for (const one of [...waiting]) one.done('out-of-reach');
    },
  };
};
