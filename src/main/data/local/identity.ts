import type { LocalContext } from './context.ts';
import { dropSettled } from './outbox.ts';
import type { Rebase } from './rebase.ts';
import { readState, writeState } from './state.ts';

/**
 * This workstation gets a new login: what waits keeps its order and gets numbers of its own from 1, what was refused is kept
 * to be decided, and the copy of the centre stays. The centre tells what both identities sent apart by the mutations' content:
 * the same row inserted twice by the same text counts once, the same field set to the same value is no conflict.
 */
export const forgetIdentity = (context: LocalContext, rebase: Rebase): void =>
  context.transaction(() => {
    const { statements } = context;
    // What has a verdict is with the centre already, under the old identity.
    rebase.replay(dropSettled(context, readState(statements).cursor));
    statements.run('DELETE FROM journal');
    const kept = statements.all<{ n: number; kind: string; status: string }>(
      'SELECT n, kind, status FROM outbox ORDER BY n',
    );
    // Two steps, through numbers nobody has, because the old and the new ones overlap.
    const move = (from: number, to: number) => {
      statements.run('UPDATE outbox SET n = ? WHERE n = ?', to, from);
      statements.run('UPDATE outbox_row SET n = ? WHERE n = ?', to, from);
    };
    for (const { n } of kept) move(n, -n);
    for (const [index, { n }] of kept.entries()) move(-n, index + 1);
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
      last_n: kept.length,
      halted: null,
    });
    context.mirror.renew();
  });
