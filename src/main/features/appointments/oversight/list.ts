import { auditRow } from '#main/core/audit-event.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { accountNames, everybody, idsIn } from '#main/data/local/names.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { longestSpan, type OversightRow, pageRows } from '#shared/contract/oversight.ts';
import { daysBetween } from '#shared/kernel/calendar.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { AppointmentRow } from '../repository.ts';
import { appointmentViews } from '../view.ts';
import { fitting, lastLookedAt, type Place } from './repository.ts';

/** Appointments looked through for one page, whatever of the filter no index answers. */
const mostLookedAt = 5000;
const exported = 1000;

const viewsOf = (reader: LocalReader, rows: readonly AppointmentRow[]): OversightRow[] => {
  const names = accountNames(reader, idsIn(rows.map((row) => row.created_by)));
  return appointmentViews(reader, rows).map((view, index) => {
    const row = rows[index];
    return {
      ...view,
      bookedBy: names.get(row?.created_by ?? '') ?? null,
      bookedAt: row?.created_at ?? view.startAt,
    };
  });
};

const pageOf = (
  reader: LocalReader,
  { order, after, ...filter }: Parsed<'oversight.list'>,
  most: number,
): Result<{ rows: OversightRow[]; next: Output<'oversight.list'>['next'] }> => {
  const days = daysBetween(filter.from, filter.until);
  if (days < 0) return fail('invalid-input', { fields: { until: 'order' } });
  if (days >= longestSpan) return fail('invalid-input', { fields: { until: 'too-long' } });
  const sought = { filter, order, after };
  const last = lastLookedAt(reader, sought, mostLookedAt);
  const found = fitting(reader, sought, last, most + 1);
  const rows = found.slice(0, most);
  const end = rows.at(-1);
  const next: Place | null =
    found.length > most && end !== undefined ? { startAt: end.start_at, id: end.id } : (last ?? null);
  return ok({ rows: viewsOf(reader, rows), next: next as Output<'oversight.list'>['next'] });
};

/** See the contract. */
export const list = (
  { store }: FeatureDeps,
  input: Parsed<'oversight.list'>,
): Result<Output<'oversight.list'>> => {
  const page = pageOf(store, input, pageRows);
  return page.ok
    ? ok({ ...page.value, people: everybody(store), complete: store.complete('appointment') })
    : page;
};

/** See the contract. */
export const exportPage = (
  deps: FeatureDeps,
  input: Parsed<'oversight.export'>,
  { user }: Connection,
): Result<Output<'oversight.export'>> => {
  const page = pageOf(deps.store, input, exported);
  if (!page.ok || input.after !== null) return page;
  const accountId = user?.id ?? null;
  const entity = input.patientId === null ? null : ({ table: 'patient', id: input.patientId } as const);
  const detail = { what: 'appointments', from: input.from, until: input.until };
  deps.store.mutate({ kind: 'audit.exported', user: accountId }, (writer) =>
    writer.insert('audit_event', auditRow(deps, { action: 'R', event: 'export', accountId, entity, detail })),
  );
  deps.engine.wake();
  return page;
};
