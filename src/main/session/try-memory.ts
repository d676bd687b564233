import { createHash } from 'node:crypto';
import { localDb } from '#main/data/local/query.ts';
import type { LocalStore } from '#main/data/local/store.ts';
import type { TryMemory } from './throttle.ts';

const digest = (key: string): string => createHash('sha256').update(key).digest('base64url');

/**
 * Wrong tries with a name, kept in the workstation's database: starting the program again gives no new ones. Those of a connection
 * are not kept, it does not outlive the program. Whoever can set the computer's clock ahead, or puts back an older copy of the
 * database, waits less.
 */
export const tryMemory = (store: LocalStore): TryMemory => {
  const isKept = (key: string): boolean => key.startsWith('name ') && store.ready();
  return {
    find: (key) =>
      isKept(key)
        ? store.get(localDb.selectFrom('sign_in_try').selectAll().where('key', '=', digest(key)))
        : undefined,
    keep: (key, { count, until, last }, forgotten) => {
      if (!isKept(key)) return;
      const old = store.all(
        localDb.selectFrom('sign_in_try').select('key').where('last', '<', forgotten).limit(100),
      );
      store.mutate({ kind: 'session.try', user: null }, (writer) => {
        for (const one of old) writer.drop('sign_in_try', one.key);
        writer.keep('sign_in_try', { key: digest(key), count, until, last });
      });
    },
    drop: (key) => {
      if (!isKept(key)) return;
      store.mutate({ kind: 'session.try', user: null }, (writer) => writer.drop('sign_in_try', digest(key)));
    },
  };
};
