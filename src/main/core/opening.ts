import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { instant } from '#shared/kernel/clock.ts';
import { auditRow } from './audit-event.ts';
import type { FeatureDeps } from './deps.ts';

/** Opening the same thing of the same patient again within this time is the same look. */
const oneLook = 15 * 60_000;

/** What of a patient was opened: the record a front desk works with, or the chart with what is clinical. */
type OpeningEvent = 'patient-open' | 'chart-open';

interface Opening {
  readonly event: OpeningEvent;
  readonly patientId: string;
  readonly accountId: string;
  /** `refused`: the chart is restricted, and who tried is written down too. */
  readonly outcome: 'success' | 'refused';
}

/** Whether this account has opened this between two instants: a clock that was ahead left later ones. */
export const openedBetween = (
  reader: LocalReader,
  { event, patientId, accountId, outcome }: Opening,
  since: string,
  until: string,
): boolean =>
  reader.get(
    localDb
      .selectFrom('audit_event')
      .select('id')
      .where('entity_id', '=', patientId)
      .where('recorded_at', '>=', since)
      .where('recorded_at', '<=', until)
      .where('account_id', '=', accountId)
      .where('event', '=', event)
      .where('outcome', '=', outcome)
      .limit(1),
  ) !== undefined;

/** Who opens whose record or chart is written down, once per look. */
export const noteOpening = (
  deps: Pick<FeatureDeps, 'store' | 'clock' | 'engine' | 'newId'>,
  opening: Opening,
): void => {
  const now = deps.clock.now();
  if (openedBetween(deps.store, opening, instant(now - oneLook), instant(now))) return;
  const { event, patientId, accountId, outcome } = opening;
  const kind = event === 'chart-open' ? 'chart.open' : 'patient.open';
  deps.store.mutate({ kind, user: accountId }, (writer) =>
    writer.insert(
      'audit_event',
      auditRow(deps, { action: 'R', event, accountId, entity: { table: 'patient', id: patientId }, outcome }),
    ),
  );
  deps.engine.wake();
};
