import type { Replica } from '#main/data/local/replica.ts';
import type { Timers } from './timers.ts';

/** Who waits for a patient's chart to arrive. */
export interface Arrivals {
  /** True when the patient is here; false after `milliseconds`. */
  wait(patient: string, milliseconds: number): Promise<boolean>;
  /** Something was pulled. */
  look(): void;
  /** The chart will not come; without a patient, none will. */
  giveUp(patient?: string): void;
}

export const createArrivals = (replica: Pick<Replica, 'holdsPatient'>, timers: Timers): Arrivals => {
  const waiting = new Set<{ readonly patient: string; readonly done: (here: boolean) => void }>();
  let asked = 0;
  const look = () => {
    for (const { patient, done } of [...waiting]) if (replica.holdsPatient(patient)) done(true);
  };
  return {
    wait: (patient, milliseconds) =>
      new Promise((resolve) => {
        asked += 1;
        const name = `arrival-${asked}`;
        const one = {
          patient,
          done: (here: boolean) => {
            timers.clear(name);
            waiting.delete(one);
            resolve(here);
          },
        };
        waiting.add(one);
        timers.set(name, milliseconds, () => one.done(replica.holdsPatient(patient)));
      }),
    look,
    giveUp: (patient) => {
      for (const one of [...waiting]) if (patient === undefined || one.patient === patient) one.done(false);
    },
  };
};
