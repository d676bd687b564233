import { setTimeout as pause } from 'node:timers/promises';
import { auditRow } from '#main/core/audit-event.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import { localDb, type RefusedSignInTable } from '#main/data/local/query.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import { instant } from '#shared/kernel/clock.ts';

/** Refused sign-ins with names that no account has: of them the audit trail has how many there were, not each. */
export interface RefusedNames {
  /** One more; the first of a window is in the trail at once. */
  note(accounts: RefusedSignInTable['accounts']): void;
  /** Writes down what was counted in windows that are over. */
  sweep(): void;
}

/**
 * However many names somebody tries, the trail grows by one entry in so many milliseconds, and what is left. What was tried at an
 * account that exists is written down each time: its name makes the next try wait.
 */
const windowOf = 900_000;

const answeredAfter = 50;

/**
 * To be asked for when a try begins and awaited before it is answered: what is written down of a name somebody has, and the message
 * they are sent, takes a few milliseconds more than of one that nobody has, and nobody is to learn by a watch which of the two it was.
 */
export const untilAnswered = (): Promise<void> => pause(answeredAfter);

export const createRefusedNames = (deps: FeatureDeps): RefusedNames => {
  const { store, clock } = deps;
  const table = () => localDb.selectFrom('refused_sign_in').selectAll();

  /** A window of the future is of a clock that was ahead. */
  const isOver = ({ since }: RefusedSignInTable): boolean => {
    const age = clock.now() - since;
    return age < 0 || age >= windowOf;
  };

  const write = (writer: LocalWriter, count: number, since: number) =>
    writer.insert(
      'audit_event',
      auditRow(deps, {
        action: 'E',
        event: 'sign-in',
        accountId: null,
        entity: null,
        outcome: 'refused',
        ...(count > 1 && { detail: { count, since: instant(since) } }),
      }),
    );

  return {
    note: (accounts) => {
      const now = clock.now();
      const kept = store.get(table().where('accounts', '=', accounts));
      const goesOn = kept !== undefined && !isOver(kept);
      // The same work as for a name that somebody has: what is kept is a row, on the disk when the answer goes.
      store.mutate({ kind: 'session.sign-in', user: null }, (writer) => {
        if (!goesOn) write(writer, (kept?.count ?? 0) + 1, kept?.count ? kept.since : now);
        writer.keep('refused_sign_in', {
          accounts,
          count: goesOn ? kept.count + 1 : 0,
          since: goesOn ? kept.since : now,
        });
      });
      if (!goesOn) deps.engine.wake();
    },
    sweep: () => {
      if (!store.ready()) return;
      const over = store.all(table()).filter(isOver);
      if (over.length === 0) return;
      store.mutate({ kind: 'session.sign-in', user: null }, (writer) => {
        for (const { accounts, count, since } of over) {
          if (count > 0) write(writer, count, since);
          writer.drop('refused_sign_in', accounts);
        }
      });
      deps.engine.wake();
    },
  };
};
