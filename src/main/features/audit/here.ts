import { accountNames, idsIn, patientAccountNames } from '#main/data/local/names.ts';
import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { AuditFilter, AuditLine } from '#shared/contract/audit.ts';
import { eventsOfKinds, kindOfEvent } from '#shared/domain/audit/kinds.ts';
import { patientsOf } from './names.ts';

/** A stretch of instants, the end not included. */
export interface Period {
  readonly since: string | null;
  readonly until: string | null;
}

/** The events this workstation holds, the newest first, a page after `before`: what can be seen without the centre. */
export const eventsHere = (
  reader: LocalReader,
  filter: AuditFilter,
  { since, until }: Period,
  before: string | null,
  limit: number,
): { lines: AuditLine[]; next: string | null } => {
  const [beforeAt = '', beforeId = ''] = before?.split(' ') ?? [];
  let query = localDb
    .selectFrom('audit_event')
    .selectAll()
    .orderBy('recorded_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  if (before !== null)
    query = query.where((eb) =>
      eb.or([
        eb('recorded_at', '<', beforeAt),
        eb.and([eb('recorded_at', '=', beforeAt), eb('id', '<', beforeId)]),
      ]),
    );
  if (since !== null) query = query.where('recorded_at', '>=', since);
  if (until !== null) query = query.where('recorded_at', '<', until);
  if (filter.personId !== null) query = query.where('account_id', '=', filter.personId);
  if (filter.patientId !== null)
    query = query
      .where('entity_table', '=', 'patient')
      .where('entity_id', 'in', samePatient(filter.patientId));
  if (filter.kinds !== null) query = query.where('event', 'in', [...eventsOfKinds(filter.kinds)]);
  const rows = reader.all(query);
  const accounts = idsIn(rows.map(({ account_id }) => account_id));
  const people = accountNames(reader, accounts);
  const ofPatients = patientAccountNames(reader, accounts);
  const patients = patientsOf(
    reader,
    rows.map((row) => (row.entity_table === 'patient' ? row.entity_id : null)),
  );
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return {
    lines: rows.map((row) => ({
      key: row.id,
      at: row.recorded_at,
      who: row.account_id === null ? null : (people.get(row.account_id) ?? null),
      byPatient: ofPatients.has(row.account_id ?? ''),
      workstation: null,
      site: null,
      login: null,
      kind: kindOfEvent(row.event),
      operation: 'insert',
      version: row.row_version,
      table: 'audit_event',
      rowId: row.id,
      patient: patients.get(row.entity_id ?? '') ?? null,
      fields: [],
      event: {
        action: row.action,
        outcome: row.outcome,
        detail: row.detail,
        table: row.entity_table === 'patient' ? null : row.entity_table,
        rowId: row.entity_table === 'patient' ? null : row.entity_id,
      },
    })),
    next: last === undefined ? null : `${last.recorded_at} ${last.id}`,
  };
};
