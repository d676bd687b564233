import { sql } from 'kysely';
import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { holdingStatuses } from '#shared/domain/appointments/status.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

export type LinkRow = LocalRowOf<'patient_account_link'>;
export type CodeRow = LocalRowOf<'patient_link_code'>;
export type AccountRow = LocalRowOf<'patient_account'>;
export type PatientRow = LocalRowOf<'patient'>;

const links = localDb.selectFrom('patient_account_link').selectAll();

export const findLink = (reader: LocalReader, id: string): LinkRow | undefined =>
  reader.get(links.where('id', '=', id));

/** Everybody who has or had to do with a person, under all records of theirs: who sees them first, then the latest. */
export const linksOfPatient = (reader: LocalReader, patientId: string): readonly LinkRow[] =>
  reader.all(
    links
      .where('patient_id', 'in', samePatient(patientId))
      .orderBy(sql`status = 'approved'`, 'desc')
      .orderBy(sql`status = 'requested'`, 'desc')
      .orderBy('requested_at', 'desc')
      .limit(50),
  );

/** By what the account of a link sees its person: the link, and those to other records of theirs. */
export const seenBy = (
  reader: LocalReader,
  { account_id, patient_id }: Pick<LinkRow, 'account_id' | 'patient_id'>,
): readonly LinkRow[] =>
  reader.all(
    links
      .where('patient_id', 'in', samePatient(patient_id))
      .where('account_id', '=', account_id)
      .where('status', '=', 'approved')
      .limit(50),
  );

/** Who waits for a decision, the longest first. */
export const requestedLinks = (reader: LocalReader, limit: number): readonly LinkRow[] =>
  reader.all(
    links
      .where(sql<boolean>`status = 'requested'`)
      .where('requested_at', '>', '')
      .orderBy('requested_at')
      .limit(limit),
  );

export const countRequested = (reader: LocalReader): number =>
  reader.get(
    localDb
      .selectFrom('patient_account_link')
      .select(sql<number>`count(*)`.as('n'))
      .where(sql<boolean>`status = 'requested'`)
      .where('requested_at', '>', ''),
  )?.n ?? 0;

/** The codes of a person that nobody has used and nobody took back, the latest first. */
export const openCodes = (reader: LocalReader, patientId: string): readonly CodeRow[] =>
  reader.all(
    localDb
      .selectFrom('patient_link_code')
      .selectAll()
      .where('patient_id', 'in', samePatient(patientId))
      .where('used_at', 'is', null)
      .where('voided_at', 'is', null)
      .orderBy('created_at', 'desc')
      .limit(50),
  );

export const findRecord = (reader: LocalReader, id: string): PatientRow | undefined =>
  reader.get(localDb.selectFrom('patient').selectAll().where('id', '=', id).where('voided_at', 'is', null));

const statuses = sql.join(holdingStatuses.map((status) => sql.lit(status)));

/** How many appointments of one record are still to come or asked for. */
export const countToCome = (reader: LocalReader, patientId: string, since: string): number =>
  reader.get(
    localDb
      .selectFrom('appointment')
      .select(sql<number>`count(*)`.as('n'))
      .where('patient_id', '=', patientId)
      .where('start_at', '>=', since)
      .where(sql<boolean>`status in (${statuses}, 'proposed', 'pending')`)
      .where('voided_at', 'is', null),
  )?.n ?? 0;

export const findAccount = (reader: LocalReader, id: string): AccountRow | undefined =>
  reader.get(localDb.selectFrom('patient_account').selectAll().where('id', '=', id));

/** Accounts whose name or e-mail has `text`, by e-mail. */
export const accountsLike = (
  reader: LocalReader,
  text: string,
  show: 'open' | 'closed' | 'all',
  limit: number,
): readonly AccountRow[] => {
  let query = localDb.selectFrom('patient_account').selectAll().orderBy('email').orderBy('id').limit(limit);
  if (show !== 'all') query = query.where('active', '=', show === 'open' ? 1 : 0);
  const wanted = text.trim().toLowerCase();
  if (wanted !== '')
    query = query.where(
      sql<boolean>`(instr(email, ${wanted}) > 0 OR instr(lower(display_name), ${wanted}) > 0)`,
    );
  return reader.all(query);
};

/** How many records each account sees and waits for. */
export const countsOfAccounts = (
  reader: LocalReader,
  ids: readonly string[],
): ReadonlyMap<string, { readonly approved: number; readonly requested: number }> => {
  if (ids.length === 0) return new Map();
  const rows = reader.all(
    localDb
      .selectFrom('patient_account_link')
      .select([
        'account_id',
        sql<number>`sum(status = 'approved')`.as('approved'),
        sql<number>`sum(status = 'requested')`.as('requested'),
      ])
      .where('account_id', 'in', [...ids])
      .groupBy('account_id'),
  );
  return new Map(rows.map(({ account_id, ...counts }) => [account_id, counts]));
};
