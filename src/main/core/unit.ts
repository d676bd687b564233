import { AsyncLocalStorage } from 'node:async_hooks';
import type { LocalStore, LocalWriter } from '#main/data/local/store.ts';

/** What belongs to a piece of work: it looks and writes inside the first transaction of it. */
export interface Unit {
  /** Runs before anything is written; when it throws, nothing is. */
  readonly first: (writer: LocalWriter) => void;
}

interface Begun {
  readonly unit: Unit;
  /** Its first write is done, or it is over: what it has begun and goes on later is no part of it. */
  closed: boolean;
}

const units = new AsyncLocalStorage<Begun>();

/** Whatever `work` writes first is one transaction with what `unit` does, however deep inside it is written. */
export const inUnit = async <T>(unit: Unit, work: () => Promise<T>): Promise<T> => {
  const begun: Begun = { unit, closed: false };
  try {
    return await units.run(begun, work);
  } finally {
    begun.closed = true;
  }
};

/** A store whose first mutation within a unit is one with it. */
export const withUnits = (store: LocalStore): LocalStore => ({
  ...store,
  mutate: (header, write) => {
    const begun = units.getStore();
    if (begun === undefined || begun.closed) return store.mutate(header, write);
    const done = store.mutate(header, (writer) => {
      begun.unit.first(writer);
      return write(writer);
    });
    begun.closed = true;
    return done;
  },
});
