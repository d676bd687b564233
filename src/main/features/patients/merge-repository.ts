import { sql } from 'kysely';
import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { ChartCounts } from '#shared/contract/patient-merge.ts';
import { holdingStatuses } from '#shared/domain/appointments/status.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';
import { coveragesOf, identifiersOf, photosOf, telecomsOf } from './particulars-repository.ts';
import type { PatientRow } from './repository.ts';

/** Records merged into this one, the earliest first, at most 20. */
export const mergedInto = (reader: LocalReader, id: string): readonly PatientRow[] =>
  reader.all(
    localDb
      .selectFrom('patient')
      .selectAll()
      .where('merged_into', '=', id)
      .where('voided_at', 'is', null)
      .orderBy('created_at')
      .limit(20),
  );

/** What hangs on a person, under all records of theirs. */
export const chartCounts = (reader: LocalReader, id: string): ChartCounts => {
  const count = (
    table:
      | 'appointment'
      | 'composition'
      | 'observation'
      | 'allergy_intolerance'
      | 'medication_request'
      | 'invoice'
      | 'consent',
  ): number =>
    reader.get(
      localDb
        .selectFrom(table)
        .select(sql<number>`count(*)`.as('n'))
        .where('patient_id', 'in', samePatient(id)),
    )?.n ?? 0;
  return {
    appointments: count('appointment'),
    notes: count('composition'),
    observations: count('observation'),
    allergies: count('allergy_intolerance'),
    prescriptions: count('medication_request'),
    invoices: count('invoice'),
    telecoms: telecomsOf(reader, id).length,
    identifiers: identifiersOf(reader, id).length,
    coverages: coveragesOf(reader, id).length,
    consents: count('consent'),
    photos: photosOf(reader, id).length,
  };
};

interface HeldTime {
  readonly start_at: string;
  readonly end_at: string;
  readonly start_local: string;
}

const statuses = sql.join(holdingStatuses.map((status) => sql.lit(status)));

/** Times a person is expected from an instant on, soonest first, at most 200. */
const heldFrom = (reader: LocalReader, id: string, since: string): readonly HeldTime[] =>
  reader.all(
    localDb
      .selectFrom('appointment')
      .select(['start_at', 'end_at', 'start_local'])
      .where('patient_id', 'in', samePatient(id))
      .where('start_at', '>=', since)
      .where(sql<boolean>`status in (${statuses})`)
      .where('overbooked', '=', 0)
      .where('needs_rebooking', '=', 0)
      .where('voided_at', 'is', null)
      .orderBy('start_at')
      .limit(200),
  );

/** Times from an instant on that two records hold at once, by their local start, at most 20. */
export const overlappingTimes = (
  reader: LocalReader,
  leftId: string,
  rightId: string,
  since: string,
): { readonly left: string; readonly right: string }[] => {
  const others = heldFrom(reader, rightId, since);
  return heldFrom(reader, leftId, since)
    .flatMap((one) =>
      others
        .filter((other) => other.start_at < one.end_at && one.start_at < other.end_at)
        .map((other) => ({ left: one.start_local, right: other.start_local })),
    )
    .slice(0, 20);
};

type LinkRow = LocalRowOf<'patient_link'>;

/** What was said of pairs in which one of `ids` comes first, and still holds. */
export const linksOf = (reader: LocalReader, ids: readonly string[]): readonly LinkRow[] => {
  const wanted = sql<{ readonly id: string }>`(SELECT value AS id FROM json_each(${JSON.stringify(ids)}))`;
  return reader.all(
    localDb
      .selectFrom(wanted.as('w'))
      .crossJoin('patient_link as l')
      .whereRef('l.patient_id', '=', 'w.id')
      .where('l.voided_at', 'is', null)
      .selectAll('l'),
  );
};

export const findLink = (reader: LocalReader, id: string): LinkRow | undefined =>
  reader.get(
    localDb.selectFrom('patient_link').selectAll().where('id', '=', id).where('voided_at', 'is', null),
  );

/**
 * Records made at a desk between two instants (milliseconds) and before another record, the newest first. An id made
 * at a desk is a UUID version 7 (RFC 9562), which begins with the time in 48 bits, so the primary key has them in order;
 * imported records have ids of another version and are compared when they are imported.
 */
export const registeredBetween = (
  reader: LocalReader,
  span: { readonly since: number; readonly until: number; readonly before: string | null },
  limit: number,
): readonly PatientRow[] => {
  const end = firstIdAt(span.until);
  return reader.all(
    localDb
      .selectFrom('patient')
      .selectAll()
      .where('id', '>=', firstIdAt(span.since))
      .where('id', '<', span.before !== null && span.before < end ? span.before : end)
      .where(sql<boolean>`substr(id, 15, 1) = '7'`)
      .where('merged_into', 'is', null)
      .where('voided_at', 'is', null)
      .orderBy('id', 'desc')
      .limit(limit),
  );
};

const firstIdAt = (milliseconds: number): string => {
  const hex = Math.max(0, milliseconds).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
};
