import { v7 } from 'uuid';
import type { Local } from '#main/data/local/open.ts';
import { systemClock } from '#shared/kernel/clock.ts';
import { auditRow } from './audit-event.ts';
import type { Log } from './log.ts';

/** How often it is looked whether all rows are here, milliseconds. */
const looking = 2_000;

/** Restores the backup that waits for the first copy, once all rows have come. `restored` hears of it. Returns the way to stop. */
export const restoreWhenReady = (
  { backups, store }: Pick<Local, 'backups' | 'store'>,
  log: Log,
  restored: () => void,
): (() => void) => {
  const name = backups.awaited();
  if (name === null) return () => undefined;
  const look = () => {
    try {
      const found = backups.restore(name);
      if (found === 'incomplete') return;
      clearInterval(timer);
      backups.forgetAwaited();
      if (found === null) return log.info('backup-not-restored');
      log.info('backup-restored', { ...found });
      store.mutate({ kind: 'protection.restored', user: null }, (writer) =>
        writer.insert(
          'audit_event',
          auditRow(
            { newId: () => v7(), clock: systemClock },
            { action: 'E', event: 'backup-restored', accountId: null, entity: null, detail: { ...found } },
          ),
        ),
      );
      restored();
    } catch (error) {
      log.error('backup not restored', error);
    }
  };
  const timer = setInterval(look, looking);
  timer.unref();
  return () => clearInterval(timer);
};
