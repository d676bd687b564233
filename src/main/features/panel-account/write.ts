import { auditRow } from '#main/core/audit-event.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { LocalWriter } from '#main/data/local/store.ts';

type AccountEvent =
  | 'password-changed'
  | 'password-reset'
  | 'email-changed'
  | 'changed'
  | 'closed'
  | 'signed-out';

/** One change of a patient's account by whoever owns it, with its line in the audit trail. */
export const writeChange = (
  deps: FeatureDeps,
  event: AccountEvent,
  id: string,
  work: (writer: LocalWriter) => void,
): void => {
  deps.store.mutate({ kind: `patient-account.${event}`, user: id }, (writer) => {
    work(writer);
    const entity = { table: 'patient_account', id } as const;
    writer.insert(
      'audit_event',
      auditRow(deps, { action: 'U', event: `patient-account-${event}`, accountId: id, entity }),
    );
  });
  deps.engine.wake();
};
