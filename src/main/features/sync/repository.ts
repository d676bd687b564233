import { sql } from 'kysely';
import { localDb, type OutboxStatus } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';

export interface PendingRow {
  readonly n: number;
  readonly kind: string;
  readonly at: string;
  readonly user_name: string | null;
  readonly status: OutboxStatus;
  readonly sqlstate: string | null;
  readonly message: string | null;
  /** The first change of the mutation, as JSON text: what the user acted on. */
  readonly first_change: string | null;
}

/** What waits and what is parked, oldest first, at most 200. */
export const pendingMutations = (reader: LocalReader): readonly PendingRow[] =>
  reader.all(
    localDb
      .selectFrom('outbox as o')
      .leftJoin('staff_account as s', 's.id', 'o.account_id')
      .select(['o.n', 'o.kind', 'o.at', 's.display_name as user_name', 'o.status', 'o.sqlstate', 'o.message'])
      .select(sql<string | null>`json_extract(o.payload, '$.changes[0]')`.as('first_change'))
      .where('o.status', 'in', ['waiting', 'sent', 'parked'])
      .orderBy('o.n')
      .limit(200),
  );

/** Names of patients by id. */
export const patientNames = (reader: LocalReader, ids: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    reader
      .all(
        localDb
          .selectFrom('patient')
          .select(['id', 'family', 'given'])
          .where('id', 'in', [...ids]),
      )
      .map((row) => [row.id, `${row.family} ${row.given}`.trim()]),
  );

/** Patient and wall time of appointments by id. */
export const appointmentSubjects = (
  reader: LocalReader,
  ids: readonly string[],
): ReadonlyMap<string, { readonly patient_id: string; readonly start_local: string }> =>
  new Map(
    reader
      .all(
        localDb
          .selectFrom('appointment')
          .select(['id', 'patient_id', 'start_local'])
          .where('id', 'in', [...ids]),
      )
      .map((row) => [row.id, row]),
  );

/** Open rebooking tasks that wait on every desk alike, such as a request its practitioner declined. */
export const tasksOfAnyDesk = (reader: LocalReader): number =>
  reader.get(
    localDb
      .selectFrom('task')
      .select((eb) => eb.fn.countAll<number>().as('tasks'))
      .where('owner_device', 'is', null)
      .where('status', '=', 'requested'),
  )?.tasks ?? 0;
