import type { FeatureDeps } from '#main/core/deps.ts';
import { instant } from '#shared/kernel/clock.ts';
import { openedBetween } from './repository.ts';

/** Opening the same record again within this time is the same look. */
const oneLook = 15 * 60_000;

/** Who opens whose record is written down, once per look. */
export const noteOpening = (deps: FeatureDeps, patientId: string, accountId: string): void => {
  const now = deps.clock.now();
  if (openedBetween(deps.store, accountId, patientId, instant(now - oneLook), instant(now))) return;
  deps.store.mutate({ kind: 'patient.open', user: accountId }, (writer) =>
    writer.insert('audit_event', {
      id: deps.newId(),
      recorded_at: instant(now),
      action: 'R',
      event: 'patient-open',
      account_id: accountId,
      entity_table: 'patient',
      entity_id: patientId,
      outcome: 'success',
    }),
  );
  deps.engine.wake();
};
