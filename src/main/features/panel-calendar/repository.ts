import { type OwnPatient, ownRecords } from '#main/core/own-patient.ts';
import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

/** An appointment with where it is. */
export type EntryRow = LocalRowOf<'appointment'> & {
  readonly site_name: string;
  readonly site_address: string | null;
  readonly site_city: string | null;
};

/** Of one person; somebody who is at the clinic every day has them for more than a year. */
const mostEntries = 500;

const entries = (own: OwnPatient) =>
  localDb
    .selectFrom('appointment as a')
    .crossJoin('location as l')
    .whereRef('l.id', '=', 'a.location_id')
    .where('a.patient_id', 'in', ownRecords(own))
    .selectAll('a')
    .select(['l.name as site_name', 'l.address_line as site_address', 'l.city as site_city']);

/** A person's appointments that begin between two instants, the latest first: what was taken back, too. */
export const entriesOf = (
  reader: LocalReader,
  own: OwnPatient,
  from: string,
  to: string,
): readonly EntryRow[] =>
  reader.all(
    entries(own)
      .where('a.start_at', '>=', from)
      .where('a.start_at', '<', to)
      .orderBy('a.start_at', 'desc')
      .orderBy('a.id', 'desc')
      .limit(mostEntries),
  );

export const entryById = (reader: LocalReader, own: OwnPatient, id: string): EntryRow | undefined =>
  reader.get(entries(own).where('a.id', '=', id));

/** The addresses of an account that count, the newest first. Two workstations that made one at once made two. */
export const openFeeds = (reader: LocalReader, accountId: string): readonly LocalRowOf<'calendar_feed'>[] =>
  reader.all(
    localDb
      .selectFrom('calendar_feed')
      .selectAll()
      .where('account_id', '=', accountId)
      .where('revoked_at', 'is', null)
      .orderBy('created_at', 'desc')
      .limit(100),
  );

/** The address of an account that was revoked last: a new one takes its row. */
export const closedFeed = (reader: LocalReader, accountId: string): LocalRowOf<'calendar_feed'> | undefined =>
  reader.get(
    localDb
      .selectFrom('calendar_feed')
      .selectAll()
      .where('account_id', '=', accountId)
      .orderBy('revoked_at', 'desc')
      .limit(1),
  );

/** The account an address leads to; none when it was revoked or its account closed. */
export const accountOfFeed = (
  reader: LocalReader,
  tokenHash: string,
): Pick<LocalRowOf<'patient_account'>, 'id' | 'language'> | undefined =>
  reader.get(
    localDb
      .selectFrom('calendar_feed as f')
      .crossJoin('patient_account as p')
      .whereRef('p.id', '=', 'f.account_id')
      .where('f.token_hash', '=', tokenHash)
      .where('f.revoked_at', 'is', null)
      .where('p.active', '=', 1)
      .select(['p.id', 'p.language']),
  );
