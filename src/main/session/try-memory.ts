import { createHash } from 'node:crypto';
import { localDb } from '#main/data/local/query.ts';
import type { LocalStore } from '#main/data/local/store.ts';
import type { TryMemory } from './throttle.ts';

/** Tries that are over and are forgotten with one that is kept. */
const atOnce = 100;

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
    keep: (key, { count, until, last }, { forgotten, most }) => {
      if (!isKept(key)) return;
      const own = digest(key);
      const others = localDb.selectFrom('sign_in_try').where('key', '<>', own);
      const known = store.get(others.select(({ fn }) => fn.countAll<number>().as('count')))?.count ?? 0;
      const tooMany = Math.max(0, known + 1 - most);
      const oldest = store.all(
        others
          .select(['key', 'last'])
          .orderBy('last')
          .limit(tooMany + atOnce),
      );
      const old = oldest.filter((one, place) => place < tooMany || one.last < forgotten);
      store.mutate({ kind: 'session.try', user: null }, (writer) => {
        for (const one of old) writer.drop('sign_in_try', one.key);
        writer.keep('sign_in_try', { key: own, count, until, last });
      });
    },
    drop: (key) => {
      if (!isKept(key)) return;
      store.mutate({ kind: 'session.try', user: null }, (writer) => writer.drop('sign_in_try', digest(key)));
    },
  };
};
