import { type SelectQueryBuilder, sql } from 'kysely';
import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { Place, TimelineKind } from '#shared/domain/chart/timeline.ts';
import type { TableName } from '#shared/sync/catalogue.ts';

/** What a line of the timeline is made from. */
export interface TimelineRow extends Place {
  readonly title: string | null;
  readonly detail: string | null;
  readonly status: string | null;
  readonly grave: string | null;
  readonly practitioner_id: string | null;
  readonly location_id: string | null;
  /** 1: another row of the timeline is about the same, and says more. */
  readonly twin: 0 | 1;
}

export interface TimelineQuestion {
  /** One record; those of one person are asked one after the other, so that each is read by its index in order. */
  readonly patientId: string;
  readonly before: Place | null;
  readonly limit: number;
}

/** Where a kind comes from: rows of one patient, and the instant they are placed by. */
interface Source {
  readonly table: TableName;
  readonly at: string;
  readonly columns: Readonly<Partial<Record<keyof TimelineRow, string>>>;
  /** Conditions of SQL on `t`: what stands. */
  readonly standing: readonly string[];
  /** Of SQL on `t`: that another row says the same. */
  readonly twin?: string;
}

const notVoided = 't.voided_at IS NULL';

/** The tables behind a timeline. Names come from here alone, never from an input. */
export const timelineSources: Readonly<Record<TimelineKind, Source>> = {
  encounter: {
    table: 'encounter',
    at: 'start_at',
    columns: {
      title: 'reason',
      status: 'status',
      practitioner_id: 'practitioner_id',
      location_id: 'location_id',
    },
    standing: [notVoided, "t.status <> 'entered-in-error'"],
  },
  appointment: {
    table: 'appointment',
    at: 'start_at',
    columns: {
      title: 'description',
      detail: 'cancel_reason',
      status: 'status',
      practitioner_id: 'practitioner_id',
      location_id: 'location_id',
    },
    standing: [notVoided, "t.status <> 'entered-in-error'"],
    // Read with the page, not a condition of it: whose visits all have one would be read to the end for nothing.
    twin: 'EXISTS (SELECT 1 FROM encounter e WHERE e.appointment_id = t.id AND e.voided_at IS NULL)',
  },
  note: {
    table: 'composition',
    at: 'created_at',
    columns: { title: 'title', detail: 'reason', status: 'status', practitioner_id: 'author_id' },
    standing: [
      notVoided,
      'NOT EXISTS (SELECT 1 FROM composition c WHERE c.parent_id = t.id AND c.voided_at IS NULL)',
    ],
  },
  problem: {
    table: 'condition',
    at: 'recorded_at',
    columns: { title: 'display', detail: 'onset', status: 'clinical_status' },
    standing: [notVoided, "t.verification_status <> 'entered-in-error'"],
  },
  medication: {
    table: 'medication_request',
    at: 'created_at',
    columns: { title: 'medication', detail: 'dosage', status: 'status', practitioner_id: 'requester_id' },
    // Each version is something that happened: prescribed, changed, stopped.
    standing: [notVoided, "t.status NOT IN ('draft', 'entered-in-error')"],
  },
  result: {
    table: 'diagnostic_report',
    at: 'effective_at',
    columns: {
      title: 'display',
      detail: 'conclusion',
      status: 'status',
      grave: 'abnormal',
      practitioner_id: 'requester_id',
    },
    standing: [
      "t.status <> 'entered-in-error'",
      'NOT EXISTS (SELECT 1 FROM diagnostic_report c WHERE c.corrects = t.id)',
    ],
  },
  document: {
    table: 'document_reference',
    at: 'created_at',
    columns: { title: 'title' },
    standing: [notVoided],
  },
  immunization: {
    table: 'immunization',
    at: 'occurrence_at',
    columns: { title: 'display', detail: 'note', status: 'status' },
    standing: ["t.status <> 'entered-in-error'"],
  },
};

const shownColumns = ['title', 'detail', 'status', 'grave', 'practitioner_id', 'location_id'] as const;

/** The newest rows of one kind before a place, at most `limit`: read by the index of patient and instant, in its order. */
export const timelineRows = (
  reader: LocalReader,
  kind: TimelineKind,
  { patientId, before, limit }: TimelineQuestion,
): readonly TimelineRow[] => {
  const { table, at, columns, standing, twin = '0' } = timelineSources[kind];
  const instant = sql<string>`${sql.raw(`t.${at}`)}`;
  // The table is one of eight; Kysely's types would name each.
  const from = localDb.selectFrom(`${table} as t` as 'encounter as t') as unknown as SelectQueryBuilder<
    { t: { id: string; patient_id: string } },
    't',
    object
  >;
  let query = from
    .where('t.patient_id', '=', patientId)
    .select(['t.id', instant.as('at'), sql<0 | 1>`${sql.raw(twin)}`.as('twin')])
    .select(
      shownColumns.map((name) =>
        sql<string | null>`${sql.raw(columns[name] === undefined ? 'NULL' : `t.${columns[name]}`)}`.as(name),
      ),
    );
  for (const condition of standing) query = query.where(sql<boolean>`${sql.raw(condition)}`);
  if (before !== null)
    query = query
      .where(instant, '<=', before.at)
      .where(sql<boolean>`(${instant} < ${before.at} OR t.id < ${before.id})`);
  return reader.all<TimelineRow>(query.orderBy(instant, 'desc').orderBy('t.id', 'desc').limit(limit));
};
