import { sql } from 'kysely';
import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { testOf } from '#shared/domain/orders/catalogue.ts';
import { followUpCode } from '#shared/domain/orders/request.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

interface Names {
  readonly patient_family: string;
  readonly patient_given: string;
  readonly patient_mrn: string;
  readonly requester_prefix: string | null;
  readonly requester_family: string | null;
  readonly requester_given: string | null;
}
export type RequestRow = LocalRowOf<'service_request'> & Names;
export type ReportRow = LocalRowOf<'diagnostic_report'> & Names;
export type ObservationRow = LocalRowOf<'observation'>;

/** More are on no list; it bounds what one call can ask of memory. */
export const mostShown = 200;

const names = [
  'p.family as patient_family',
  'p.given as patient_given',
  'p.mrn as patient_mrn',
  'd.prefix as requester_prefix',
  'd.family as requester_family',
  'd.given as requester_given',
] as const;

// Cross join: the request or report by its own index first, then its patient by id.
const requests = localDb
  .selectFrom('service_request as r')
  .crossJoin('patient as p')
  .whereRef('p.id', '=', 'r.patient_id')
  .leftJoin('practitioner as d', 'd.id', 'r.requester_id')
  .selectAll('r')
  .select(names);

/** Reports with the names of whose they are and who asked for them. */
export const reportRows = localDb
  .selectFrom('diagnostic_report as r')
  .crossJoin('patient as p')
  .whereRef('p.id', '=', 'r.patient_id')
  .leftJoin('practitioner as d', 'd.id', 'r.requester_id')
  .selectAll('r')
  .select(names);

const priorityRank = sql<number>`CASE r.priority WHEN 'stat' THEN 0 WHEN 'asap' THEN 1 WHEN 'urgent' THEN 2 ELSE 3 END`;

/** Requests that wait for a result, the most urgent and then the oldest first. */
export const openRequests = (reader: LocalReader, patientId: string | null): readonly RequestRow[] => {
  // As the index of open requests has it.
  const open = requests.where(sql<boolean>`r.status = 'active'`).where('r.voided_at', 'is', null);
  const some = patientId === null ? open : open.where('r.patient_id', 'in', samePatient(patientId));
  return reader.all<RequestRow>(
    some
      .orderBy(priorityRank)
      .orderBy('r.authored_at')
      .orderBy('r.id')
      .limit(mostShown + 1),
  );
};

export const findRequest = (reader: LocalReader, id: string): RequestRow | undefined =>
  reader.get<RequestRow>(requests.where('r.id', '=', id));

export const findReport = (reader: LocalReader, id: string): ReportRow | undefined =>
  reader.get<ReportRow>(reportRows.where('r.id', '=', id));

/** Which other reports have taken the place of these. */
export const correctionsOf = (reader: LocalReader, ids: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    reader
      .all(localDb.selectFrom('diagnostic_report').select(['id', 'corrects']).where('corrects', 'in', ids))
      .flatMap(({ id, corrects }) => (corrects === null ? [] : [[corrects, id] as const])),
  );

/** Values of reports in the order they were written. */
export const valuesOf = (reader: LocalReader, ids: readonly string[]): readonly ObservationRow[] =>
  reader.all(
    localDb
      .selectFrom('observation')
      .selectAll()
      .where('report_id', 'in', ids)
      .orderBy('id')
      .limit(ids.length * 100),
  );

/** The first acknowledgement of each. */
export const readingsOf = (
  reader: LocalReader,
  ids: readonly string[],
): ReadonlyMap<string, LocalRowOf<'result_acknowledgement'>> => {
  const rows = reader.all(
    localDb
      .selectFrom('result_acknowledgement')
      .selectAll()
      .where('report_id', 'in', ids)
      .orderBy('recorded_at', 'desc')
      .orderBy('id', 'desc'),
  );
  return new Map(rows.map((row) => [row.report_id, row]));
};

/** Names of LOINC codes an import brought along. */
export const conceptNames = (
  reader: LocalReader,
  system: string,
  codes: readonly string[],
): ReadonlyMap<string, string> =>
  new Map(
    reader
      .all(
        localDb
          .selectFrom('concept')
          .select(['code', 'display'])
          .where('code_system', '=', system)
          .where('code', 'in', codes),
      )
      .map(({ code, display }) => [code, display]),
  );

/** A moment and an id: where a page that goes back in time begins. */
export interface Place {
  readonly at: string;
  readonly id: string;
}

/** Reports of a person before a place, the newest first. */
export const reportsOf = (
  reader: LocalReader,
  patientId: string,
  { before, limit }: { readonly before: Place | null; readonly limit: number },
): readonly ReportRow[] => {
  const all = reportRows.where('r.patient_id', 'in', samePatient(patientId));
  const some =
    before === null ? all : all.where(sql<boolean>`(r.effective_at, r.id) < (${before.at}, ${before.id})`);
  return reader.all<ReportRow>(some.orderBy('r.effective_at', 'desc').orderBy('r.id', 'desc').limit(limit));
};

/** Values of a person with one of these codes before a place, the newest first; not of reports that were replaced. */
export const valuesOver = (
  reader: LocalReader,
  { patientId, codes }: { readonly patientId: string; readonly codes: readonly string[] },
  { before, limit }: { readonly before: Place | null; readonly limit: number },
): readonly ObservationRow[] => {
  const all = localDb
    .selectFrom('observation as o')
    .selectAll('o')
    .where('o.patient_id', 'in', samePatient(patientId))
    .where('o.code', 'in', codes)
    .where('o.status', 'not in', ['entered-in-error', 'cancelled'])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('diagnostic_report as c')
            .select('c.id')
            .whereRef('c.corrects', '=', 'o.report_id')
            .where('o.report_id', 'is not', null),
        ),
      ),
    );
  const some =
    before === null ? all : all.where(sql<boolean>`(o.effective_at, o.id) < (${before.at}, ${before.id})`);
  return reader.all(some.orderBy('o.effective_at', 'desc').orderBy('o.id', 'desc').limit(limit));
};

const flagRank = sql<number>`CASE r.abnormal WHEN 'critical' THEN 0 WHEN 'abnormal' THEN 1 ELSE 2 END`;

/** Practitioners who read results here: active, with an active doctor's account. */
const readers = localDb
  .selectFrom('staff_account')
  .innerJoin('practitioner as q', 'q.id', 'staff_account.practitioner_id')
  .select('q.id')
  .where('staff_account.role', '=', 'doctor')
  .where('staff_account.active', '=', 1)
  .where('q.active', '=', 1);

// Cross joins: the few reports that wait first, then each by its id.
const waiting = (own: readonly string[]) =>
  localDb
    .selectFrom('waiting_report as w')
    .crossJoin('diagnostic_report as r')
    .whereRef('r.id', '=', 'w.id')
    .crossJoin('patient as p')
    .whereRef('p.id', '=', 'r.patient_id')
    .where((eb) =>
      eb.or([
        ...(own.length > 0 ? [eb('w.requester_id', 'in', own)] : []),
        eb('w.requester_id', 'is', null),
        eb('w.requester_id', 'not in', readers),
      ]),
    );

/** Reports that wait for one of `own`, and those that wait for nobody who reads; the most urgent first. */
export const waitingReports = (reader: LocalReader, own: readonly string[]): readonly ReportRow[] =>
  reader.all<ReportRow>(
    waiting(own)
      .leftJoin('practitioner as d', 'd.id', 'r.requester_id')
      .selectAll('r')
      .select(names)
      .orderBy(flagRank)
      .orderBy('r.recorded_at')
      .orderBy('r.id')
      .limit(mostShown + 1),
  );

/** How many wait, and how many of them are critical. */
export const countWaiting = (
  reader: LocalReader,
  own: readonly string[],
): { readonly reports: number; readonly critical: number } => {
  const counted = reader.get(
    waiting(own).select((eb) => [
      eb.fn.countAll<number>().as('reports'),
      sql<number>`coalesce(sum(r.abnormal = 'critical'), 0)`.as('critical'),
    ]),
  );
  return counted ?? { reports: 0, critical: 0 };
};

export type FollowUpRow = LocalRowOf<'task'> & Names & { readonly display: string | null };

const followUps = localDb
  .selectFrom('task as t')
  .crossJoin('patient as p')
  .whereRef('p.id', '=', 't.patient_id')
  .leftJoin('practitioner as d', 'd.id', 't.owner_practitioner_id')
  .leftJoin('diagnostic_report as r', 'r.id', 't.focus_id')
  .selectAll('t')
  .select([...names, 'r.display'])
  .where('t.code', '=', followUpCode);

/** What one of these practitioners has still to do, the soonest due first. */
export const openFollowUps = (reader: LocalReader, owners: readonly string[]): readonly FollowUpRow[] =>
  owners.length === 0
    ? []
    : reader.all<FollowUpRow>(
        followUps
          .where('t.status', '=', 'requested')
          .where('t.owner_practitioner_id', 'in', owners)
          .orderBy('t.due_date')
          .orderBy('t.id')
          .limit(mostShown),
      );

export const findFollowUp = (reader: LocalReader, id: string): FollowUpRow | undefined =>
  reader.get<FollowUpRow>(followUps.where('t.id', '=', id));

export type DelegationRow = LocalRowOf<'delegation'> & {
  readonly practitioner_name: string;
  readonly delegate_name: string;
};

const whole = (of: string) =>
  sql<string>`trim(coalesce(${sql.ref(`${of}.prefix`)} || ' ', '') || ${sql.ref(`${of}.given`)} || ' ' || ${sql.ref(`${of}.family`)})`;

const delegations = localDb
  .selectFrom('delegation as g')
  .innerJoin('practitioner as a', 'a.id', 'g.practitioner_id')
  .innerJoin('practitioner as b', 'b.id', 'g.delegate_id')
  .selectAll('g')
  .select([whole('a').as('practitioner_name'), whole('b').as('delegate_name')])
  .where('g.voided_at', 'is', null);

/** What a practitioner gave away or was given that is not over on `day`, the soonest first. */
export const delegationsOf = (
  reader: LocalReader,
  practitionerId: string,
  day: string,
): readonly DelegationRow[] =>
  reader.all<DelegationRow>(
    delegations
      .where('g.end_date', '>=', day)
      .where((eb) =>
        eb.or([eb('g.practitioner_id', '=', practitionerId), eb('g.delegate_id', '=', practitionerId)]),
      )
      .orderBy('g.start_date')
      .orderBy('g.id')
      .limit(mostShown),
  );

export const findDelegation = (reader: LocalReader, id: string): DelegationRow | undefined =>
  reader.get<DelegationRow>(delegations.where('g.id', '=', id));

/** Who a patient is, as far as it decides what is normal. */
export const personOf = (
  reader: LocalReader,
  patientId: string,
): Pick<LocalRowOf<'patient'>, 'id' | 'gender' | 'birth_date'> | undefined =>
  reader.get(
    localDb
      .selectFrom('patient')
      .select(['id', 'gender', 'birth_date'])
      .where('id', '=', patientId)
      .where('voided_at', 'is', null),
  );

export const isReader = (reader: LocalReader, practitionerId: string): boolean =>
  reader.get(readers.where('q.id', '=', practitionerId)) !== undefined;

/** The patient whose record number this is. */
export const patientOfMrn = (reader: LocalReader, mrn: string): string | undefined =>
  reader.get(
    localDb
      .selectFrom('patient')
      .select('id')
      .where(sql`mrn collate nocase`, '=', mrn)
      .where('voided_at', 'is', null),
  )?.id;

interface Found {
  readonly patientId: string;
  readonly test: string;
  readonly effectiveAt: string;
}

/** Whether a report of a file is here already. */
export const isImported = (reader: LocalReader, { patientId, test, effectiveAt }: Found): boolean =>
  reader.get(
    localDb
      .selectFrom('diagnostic_report')
      .select('id')
      .where('patient_id', '=', patientId)
      .where('effective_at', '=', effectiveAt)
      .where('code', '=', testOf(test)?.code ?? '')
      .where('source', '=', 'csv')
      .limit(1),
  ) !== undefined;

/** The request a result of a file answers: the oldest for this test that waits. */
export const oldestRequest = (
  reader: LocalReader,
  { patientId, test }: Pick<Found, 'patientId' | 'test'>,
): string | undefined =>
  openRequests(reader, patientId)
    .filter((row) => row.code === testOf(test)?.code)
    .toSorted((a, b) => a.authored_at.localeCompare(b.authored_at))[0]?.id;
