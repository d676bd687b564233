import type { LocalWriter } from '#main/data/local/store.ts';
import type { FeatureDeps } from './deps.ts';
import type { Connection } from './dispatch.ts';

/** Writes durably, then tells the centre. */
export const write = (
  { store, engine }: FeatureDeps,
  kind: string,
  { user }: Connection,
  what: (writer: LocalWriter) => void,
): void => {
  store.mutate({ kind, user: user?.id ?? null }, what);
  engine.wake();
};
