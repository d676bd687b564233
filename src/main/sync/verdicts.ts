import type { Replica } from '#main/data/local/replica.ts';
import type { Verdict } from '#shared/sync/wire.ts';
import type { PlannerState } from './planner.ts';
import type { Timers } from './timers.ts';

/** Who waits for the centre's word on a mutation. */
export interface Verdicts {
  wait(n: number, milliseconds: number, state: PlannerState): Promise<Verdict | null>;
  decided(verdicts: readonly Verdict[]): void;
  /** Nobody need wait longer: the centre cannot be asked. */
  outOfReach(): void;
}

/** Verdicts remembered after their mutation left the outbox, for a caller who asks a moment late. */
const remembered = 1000;

export const createVerdicts = (replica: Replica, timers: Timers): Verdicts => {
  const recent = new Map<number, Verdict>();
  const waiting = new Map<number, Set<(verdict: Verdict | null) => void>>();
  let asked = 0;

  const answer = (n: number, verdict: Verdict | null) => {
    const those = waiting.get(n);
    waiting.delete(n);
    for (const resolve of those ?? []) resolve(verdict);
  };

  return {
    wait: (n, milliseconds, { mode }) => {
      if (n === 0) return Promise.resolve({ n, status: 'applied', sqlstate: null, message: null });
      const known = recent.get(n) ?? replica.verdict(n);
      if (known !== null || mode !== 'working') return Promise.resolve(known);
      return new Promise((resolve) => {
        asked += 1;
        const name = `verdict-${asked}`;
        const done = (verdict: Verdict | null) => {
          timers.clear(name);
          waiting.get(n)?.delete(done);
          resolve(verdict);
        };
        waiting.set(n, (waiting.get(n) ?? new Set()).add(done));
        timers.set(name, milliseconds, () => done(null));
      });
    },
    decided: (verdicts) => {
      for (const verdict of verdicts) {
        recent.set(verdict.n, verdict);
        answer(verdict.n, verdict);
      }
      for (const n of recent.keys()) {
        if (recent.size <= remembered) break;
        recent.delete(n);
      }
    },
    outOfReach: () => {
      for (const n of [...waiting.keys()]) answer(n, null);
    },
  };
};
