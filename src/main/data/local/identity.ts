import type { LocalContext } from './context.ts';
import { readState, writeState } from './state.ts';

/** Further than any number goes. */
const far = 2 ** 40;

/** No scope of the centre's: which charts a site's workstation has opened goes with its login, so it copies anew. */
const scopeOfAnother = (scope: string | null): string | null =>
  scope === null || scope.startsWith('clinic/') ? scope : `${scope} of another login`;

/**
 * This workstation gets a new login: what waits keeps its order and gets numbers of its own from 1, what was refused is kept
 * to be decided, and the copy of the centre stays. The centre tells what both identities sent apart by the mutations' content:
 * the same row inserted twice by the same text counts once, the same field set to the same value is no conflict.
 */
export const forgetIdentity = (context: LocalContext): void =>
  context.transaction(() => {
    const { statements } = context;
    statements.run('DELETE FROM journal');
    // What has a verdict is with the centre already, under the old identity. It stays in sight, below the new numbers,
    // until its effect has come.
    const kept = statements.all<{ n: number; settled: 0 | 1 }>(
      `SELECT n, status = 'settled' AS settled FROM outbox ORDER BY settled DESC, n`,
    );
    const unsettled = kept.filter(({ settled }) => settled === 0).length;
    // Two steps, through numbers nobody has, because the old and the new ones overlap.
    const move = (from: number, to: number) => {
      statements.run('UPDATE outbox SET n = ? WHERE n = ?', to, from);
      statements.run('UPDATE outbox_row SET n = ? WHERE n = ?', to, from);
    };
    for (const { n } of kept) move(n, n - far);
    for (const [index, { n }] of kept.entries()) move(n - far, index + 1 - (kept.length - unsettled));
    statements.run(`UPDATE outbox SET status = 'waiting' WHERE status = 'sent'`);
    // A refused one's number was never used under this identity: it goes to the centre with nothing in it.
    statements.run(`UPDATE outbox SET held = 1 WHERE status = 'parked'`);
    // The history keeps its order, below the new numbers.
    statements.run(
      `UPDATE outbox_history SET n = n - (SELECT max(n) - min(min(n), 1) + 1 FROM outbox_history)`,
    );
    writeState(statements, {
      device_id: null,
      device_no: null,
      device_name: null,
      scope: scopeOfAnother(readState(statements).scope),
      last_n: unsettled,
      halted: null,
    });
    context.mirror.renew();
  });
