import type { HostEvent } from '#shared/contract/host-event.ts';
import type { Connection } from './dispatch.ts';

/** Takes an event and the one connection it is for, null for everybody who may hear it. */
type EventListener = (event: HostEvent, to: Connection | null) => void;

/** Events on their way to every window. */
export interface Events {
  on(listener: EventListener): () => void;
  emit(event: HostEvent, to?: Connection): void;
  /** Tables changed. Commits close together become one event. */
  changed(tables: readonly string[]): void;
  stop(): void;
}

/** Who is signed in hears of changes, only an administrator of imports; how the synchronisation stands is public. */
export const mayHear = (event: HostEvent, to: Connection | null, connection: Connection): boolean => {
  if (to !== null) return to === connection;
  switch (event.type) {
    case 'sync':
      return true;
    case 'import':
      return connection.user?.role === 'admin';
    // What changes at the clinic is none of a patient's: their pages ask again by themselves.
    case 'changed':
      return connection.user !== null && connection.user.role !== 'patient';
    case 'session-ended':
    case 'session-locked':
      return connection.user !== null;
  }
};

/** A pull of many transactions is one reason to look again, not many. */
const batchMilliseconds = 25;

/** `onError` hears of a listener that threw; the others still get the event. */
export const createEvents = (onError: (error: unknown) => void): Events => {
  const listeners = new Set<EventListener>();
  const pending = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const emit = (event: HostEvent, to: Connection | null) => {
    for (const listener of listeners) {
      try {
        listener(event, to);
      } catch (error) {
        onError(error);
      }
    }
  };

  const flush = () => {
    timer = undefined;
    const tables = [...pending];
    pending.clear();
    emit({ type: 'changed', tables }, null);
  };

  return {
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit: (event, to) => emit(event, to ?? null),
    changed: (tables) => {
      for (const table of tables) pending.add(table);
      if (pending.size > 0) timer ??= setTimeout(flush, batchMilliseconds);
    },
    stop: () => {
      clearTimeout(timer);
      listeners.clear();
    },
  };
};
