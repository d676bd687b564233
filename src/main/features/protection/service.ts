import { setTimeout as delay } from 'node:timers/promises';
import { auditRow } from '#main/core/audit-event.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import type { Protection } from '#main/core/protection.ts';
import type { ProtectionStatus, protectionCalls } from '#shared/contract/protection.ts';
import { warningsOf } from '#shared/domain/protection/warnings.ts';
import { fail, ok } from '#shared/kernel/result.ts';

/** How long a person waits for a stick or a share; what it does not take in that time it may take later. */
const patience = 5_000;

/** What a mutation of nothing but the audit trail is called, by its event. */
const events = { 'recovery-key-make': 'protection.recovery-key', 'backup-place': 'protection.backup-place' };

/** The key, the recovery key and the backups of the workstation somebody sits at. */
export const protectionHandlers = (
  deps: FeatureDeps,
  { place, folders, recovery, backups, changeKey }: Protection,
): Handlers<keyof typeof protectionCalls> => {
  const status = (): ProtectionStatus => {
    const facts = {
      keyPlace: place,
      recoveryKeyAt: recovery.madeAt(),
      backups: { ...backups.status(), choosable: folders !== null },
    };
    return { ...facts, warnings: [...warningsOf(facts, deps.clock.now())] };
  };

  const note = (event: keyof typeof events, { user }: Connection) => {
    const accountId = user?.id ?? null;
    deps.store.mutate({ kind: events[event], user: accountId }, (writer) =>
      writer.insert('audit_event', auditRow(deps, { action: 'U', event, accountId, entity: null })),
    );
    deps.engine.wake();
  };

  /** Nobody waits longer for a share that does not answer. */
  const second = () => Promise.race([backups.keepSecond(), delay(patience, undefined, { ref: false })]);

  const putSecond = async (folder: string | null, connection: Connection) => {
    folders?.remember(folder);
    backups.setSecond(folder);
    note('backup-place', connection);
    await second();
    return ok(status());
  };

  return {
    'protection.status': () => ok(status()),
    'protection.makeRecoveryKey': () => ok({ recoveryKey: recovery.make() }),
    'protection.confirmRecoveryKey': async ({ lastGroup }, connection) => {
      if (!recovery.confirm(lastGroup)) return ok({ kept: false });
      note('recovery-key-make', connection);
      await second();
      return ok({ kept: true });
    },
    'protection.changeKey': async (_input, { user }) => {
      if (changeKey === null || user === null) return fail('unavailable');
      const outcome = await changeKey(user.id);
      if (outcome === 'changed') return ok({ recoveryKey: recovery.make() });
      return fail(outcome === 'disk-full' ? 'disk-full' : 'key-not-changed');
    },
    'protection.chooseSecondPlace': async (_input, connection) => {
      if (folders === null) return fail('unavailable');
      const chosen = await folders.choose(connection);
      return chosen === null ? ok(status()) : putSecond(chosen, connection);
    },
    'protection.leaveSecondPlace': async (_input, connection) =>
      folders === null ? fail('unavailable') : putSecond(null, connection),
    'protection.backUp': async () => {
      backups.make('asked');
      await second();
      return ok(status());
    },
  };
};
