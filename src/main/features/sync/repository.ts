import { sql } from 'kysely';
import { localDb, type OutboxStatus } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { rebookingCodes } from '#shared/domain/appointments/task-codes.ts';
import { recordsRequestCode } from '#shared/domain/panel/request.ts';
import { catalogue, type TableName } from '#shared/sync/catalogue.ts';
import type { Cells } from '#shared/sync/wire.ts';

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

/** All parked work by its number, with its text. */
export const parkedWork = (
  reader: LocalReader,
): readonly { readonly n: number; readonly sqlstate: string | null; readonly payload: string }[] =>
  reader.all(
    localDb
      .selectFrom('outbox')
      .select(['n', 'sqlstate', 'payload'])
      .where('status', '=', 'parked')
      .orderBy('n')
      .limit(5000),
  );

export interface DecidedRow extends Omit<PendingRow, 'status'> {
  readonly outcome: 'withdrawn' | 'resent';
  readonly resent_as: number | null;
  readonly decided_at: string;
}

/** What a person withdrew or sent again, the latest first. */
export const decidedWork = (reader: LocalReader, limit: number): readonly DecidedRow[] =>
  reader.all(
    localDb
      .selectFrom('outbox_history as o')
      .leftJoin('staff_account as s', 's.id', 'o.account_id')
      .select(['o.n', 'o.kind', 'o.at', 's.display_name as user_name', 'o.sqlstate', 'o.message'])
      .select(['o.outcome', 'o.resent_as', 'o.decided_at'])
      .select(sql<string | null>`json_extract(o.payload, '$.changes[0]')`.as('first_change'))
      .orderBy('o.decided_at', 'desc')
      .orderBy('o.n', 'desc')
      .limit(limit),
  );

/** One parked mutation with its text. */
export const findParked = (
  reader: LocalReader,
  n: number,
): (PendingRow & { readonly payload: string }) | undefined =>
  reader.get(
    localDb
      .selectFrom('outbox as o')
      .leftJoin('staff_account as s', 's.id', 'o.account_id')
      .select(['o.n', 'o.kind', 'o.at', 's.display_name as user_name', 'o.status', 'o.sqlstate', 'o.message'])
      .select('o.payload')
      .select(sql<string | null>`json_extract(o.payload, '$.changes[0]')`.as('first_change'))
      .where('o.n', '=', n)
      .where('o.status', '=', 'parked'),
  );

/** A row as it is here now; undefined for one only refused work made. */
export const findRow = (reader: LocalReader, table: string, id: string): Cells | undefined => {
  if (!Object.hasOwn(catalogue, table)) return undefined;
  const one = table as TableName as 'patient';
  return reader.get(localDb.selectFrom(one).selectAll().where('id', '=', id)) as Cells | undefined;
};

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

/** Open tasks that wait on every desk alike, such as a request its practitioner declined, or one for copies of a record. */
export const tasksOfAnyDesk = (reader: LocalReader): number =>
  reader.get(
    localDb
      .selectFrom('task')
      .select((eb) => eb.fn.countAll<number>().as('tasks'))
      .where('owner_device', 'is', null)
      .where('status', '=', 'requested')
      .where('code', 'in', [...rebookingCodes, recordsRequestCode]),
  )?.tasks ?? 0;
