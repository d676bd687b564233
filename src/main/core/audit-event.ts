import { instant } from '#shared/kernel/clock.ts';
import type { RowOf, TableName } from '#shared/sync/catalogue.ts';
import type { FeatureDeps } from './deps.ts';

/** Something that happened and changed no row: FHIR AuditEvent. */
export interface AuditEvent {
  readonly action: 'C' | 'R' | 'U' | 'D' | 'E';
  readonly event: string;
  readonly accountId: string | null;
  /** What it was about. A patient, where it is about one: their trail is found by it. */
  readonly entity: { readonly table: TableName; readonly id: string } | null;
  readonly outcome?: 'success' | 'refused';
  /** What more there is to say; never a value of a chart. */
  readonly detail?: Readonly<Record<string, string | number>>;
}

/** The row of an event that happens now. */
export const auditRow = (
  { newId, clock }: Pick<FeatureDeps, 'newId' | 'clock'>,
  { action, event, accountId, entity, outcome = 'success', detail }: AuditEvent,
): RowOf<'audit_event'> => ({
  id: newId(),
  recorded_at: instant(clock.now()),
  action,
  event,
  account_id: accountId,
  entity_table: entity?.table ?? null,
  entity_id: entity?.id ?? null,
  outcome,
  detail: detail === undefined ? null : JSON.stringify(detail),
});
