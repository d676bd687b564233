import { AsyncLocalStorage } from 'node:async_hooks';
import type { LocalStore, LocalWriter } from '#main/data/local/store.ts';
import type { TableName } from '#shared/sync/catalogue.ts';

/** What belongs to a piece of work: it looks and writes inside the transaction in which that first changes what is shared. */
export interface Unit {
  /** Runs before anything of that transaction is shared; when it throws, nothing of it is written. */
  readonly first: (writer: LocalWriter) => void;
}

interface Begun {
  readonly unit: Unit;
  /** It has changed something, or is over: what it has begun and goes on later is no part of it. */
  closed: boolean;
}

const units = new AsyncLocalStorage<Begun>();

/**
 * Whatever `work` changes first is one transaction with what `unit` does, however deep inside it is written. What a workstation counts
 * for itself, as tries of a PIN, and what is only noted in the trail, come before the work, not of it.
 */
export const inUnit = async <T>(unit: Unit, work: () => Promise<T>): Promise<T> => {
  const begun: Begun = { unit, closed: false };
  try {
    return await units.run(begun, work);
  } finally {
    begun.closed = true;
  }
};

/** A writer that calls `first` once, before the first row that is shared and more than a line of the trail. */
const telling = (writer: LocalWriter, first: () => void): LocalWriter => {
  let isTold = false;
  const tell = (table: TableName) => {
    if (isTold || table === 'audit_event') return;
    isTold = true;
    first();
  };
  return {
    ...writer,
    insert: (table, row) => {
      tell(table);
      writer.insert(table, row);
    },
    update: (table, id, patch) => {
      tell(table);
      writer.update(table, id, patch);
    },
  };
};

/** A store whose first mutation of what is shared, within a unit, is one with it. */
export const withUnits = (store: LocalStore): LocalStore => ({
  ...store,
  mutate: (header, write) => {
    const begun = units.getStore();
    if (begun === undefined || begun.closed) return store.mutate(header, write);
    let isFirst = false;
    const done = store.mutate(header, (writer) => {
      const first = () => {
        isFirst = true;
        begun.unit.first(writer);
      };
      return write(telling(writer, first));
    });
    begun.closed = isFirst;
    return done;
  },
});
