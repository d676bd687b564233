import type { TableName } from '#shared/sync/catalogue.ts';

/** Who wants to know which tables changed. */
export interface Changes {
  onChanged(listener: (tables: readonly TableName[]) => void): () => void;
  /** Call after the commit. Nothing happens for an empty list. */
  emit(tables: Iterable<TableName>): void;
}

/** Passes on which tables a commit changed, to whoever listens. */
export const createChanges = (): Changes => {
  const listeners = new Set<(tables: readonly TableName[]) => void>();
  return {
    onChanged: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit: (tables) => {
      const names = [...new Set(tables)];
      if (names.length === 0) return;
      for (const listener of listeners) listener(names);
    },
  };
};
