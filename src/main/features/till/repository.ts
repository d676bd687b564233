import { type PageAsked, pageBack } from '#main/core/paged.ts';
import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

/** Sessions that stay open longer are forgotten, not open: they are found in the history. */
const daysOpen = 92;

export interface SessionRow extends LocalRowOf<'till_session'> {
  readonly till_name: string;
  readonly site_id: string;
  readonly site_name: string;
  readonly cashier_name: string;
}

export interface EventRow extends LocalRowOf<'till_event'> {
  readonly by_name: string;
  readonly other_name: string | null;
}

export type MoneyRow = Pick<
  LocalRowOf<'payment'>,
  'id' | 'kind' | 'method' | 'amount' | 'currency' | 'receipt_number'
> & { readonly till_session_id: string };

export interface TillRow extends LocalRowOf<'till'> {
  readonly site_name: string;
}

const sessions = () =>
  localDb
    .selectFrom('till as t')
    .innerJoin('till_session as s', 's.till_id', 't.id')
    .innerJoin('location as l', 'l.id', 't.location_id')
    .innerJoin('staff_account as c', 'c.id', 's.cashier_id')
    .selectAll('s')
    .select([
      't.name as till_name',
      't.location_id as site_id',
      'l.name as site_name',
      'c.display_name as cashier_name',
    ]);

export const findSession = (reader: LocalReader, id: string): SessionRow | undefined =>
  reader.get<SessionRow>(sessions().where('s.id', '=', id));

/** Sessions at some sites that nobody has closed, the latest first. */
export const openSessions = (
  reader: LocalReader,
  siteIds: readonly string[],
  now: number,
): readonly SessionRow[] =>
  reader.all<SessionRow>(
    sessions()
      .where('t.location_id', 'in', siteIds)
      .where('s.opened_at', '>=', new Date(now - daysOpen * 86_400_000).toISOString())
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('till_event as e')
              .select('e.id')
              .whereRef('e.session_id', '=', 's.id')
              .where('e.kind', '=', 'closed'),
          ),
        ),
      )
      .orderBy('s.opened_at', 'desc')
      .orderBy('s.id', 'desc')
      .limit(100),
  );

/** Sessions of a site that were opened between two instants, the latest first. */
export const sessionsBetween = (
  reader: LocalReader,
  siteId: string,
  from: string,
  to: string,
): readonly SessionRow[] =>
  reader.all<SessionRow>(
    sessions()
      .where('t.location_id', '=', siteId)
      .where('s.opened_at', '>=', from)
      .where('s.opened_at', '<', to)
      .orderBy('s.opened_at', 'desc')
      .orderBy('s.id', 'desc')
      .limit(200),
  );

export const sessionsOfSite = (
  reader: LocalReader,
  siteId: string,
  asked: PageAsked,
): readonly SessionRow[] =>
  reader.all<SessionRow>(
    pageBack(sessions().where('t.location_id', '=', siteId), 's.opened_at', 's.id', asked),
  );

/** What happened in some sessions, the first first. */
export const eventsOf = (reader: LocalReader, sessionIds: readonly string[]): readonly EventRow[] =>
  reader.all<EventRow>(
    localDb
      .selectFrom('till_event as e')
      .innerJoin('staff_account as a', 'a.id', 'e.account_id')
      .leftJoin('staff_account as o', 'o.id', 'e.other_account_id')
      .selectAll('e')
      .select(['a.display_name as by_name', 'o.display_name as other_name'])
      .where('e.session_id', 'in', sessionIds)
      .orderBy('e.happened_at')
      .orderBy('e.id')
      .limit(50_000),
  );

/** The money that moved in some sessions, the first first. */
export const moneyOf = (reader: LocalReader, sessionIds: readonly string[]): readonly MoneyRow[] =>
  reader.all<MoneyRow>(
    localDb
      .selectFrom('payment')
      .select(['id', 'kind', 'method', 'amount', 'currency', 'receipt_number'])
      .select((eb) => eb.ref('till_session_id').$notNull().as('till_session_id'))
      .where('till_session_id', 'in', sessionIds)
      .orderBy('recorded_at')
      .orderBy('id')
      .limit(100_000),
  );

export const tillsOf = (reader: LocalReader, siteIds: readonly string[]): readonly TillRow[] =>
  reader.all<TillRow>(
    localDb
      .selectFrom('till as t')
      .innerJoin('location as l', 'l.id', 't.location_id')
      .selectAll('t')
      .select('l.name as site_name')
      .where('t.location_id', 'in', siteIds)
      .orderBy('l.name')
      .orderBy('t.name')
      .orderBy('t.id')
      .limit(500),
  );

export const findTill = (reader: LocalReader, id: string): LocalRowOf<'till'> | undefined =>
  reader.get(localDb.selectFrom('till').selectAll().where('id', '=', id));

export interface SiteRow {
  readonly id: string;
  readonly name: string;
  readonly time_zone: string;
}

/** The sites of the clinic by name; of one alone where the workstation holds no other's payments. */
export const sitesWith = (reader: LocalReader, only: string | null): readonly SiteRow[] => {
  const sites = localDb
    .selectFrom('location')
    .select(['id', 'name', 'time_zone'])
    .where('kind', '=', 'site')
    .orderBy('name')
    .orderBy('id')
    .limit(200);
  return reader.all<SiteRow>(only === null ? sites : sites.where('id', '=', only));
};

/** Accounts that can sign in, by name. */
export const workingAccounts = (reader: LocalReader): readonly LocalRowOf<'staff_account'>[] =>
  reader.all(
    localDb
      .selectFrom('staff_account')
      .selectAll()
      .where('active', '=', 1)
      .where('role', '!=', 'patient')
      .orderBy('display_name')
      .orderBy('id')
      .limit(1000),
  );
