import { type RawBuilder, sql } from 'kysely';
import { type InvoiceRow, ledgerRow, type PaymentRow } from '#main/core/account.ts';
import { type PageAsked, pageBack } from '#main/core/paged.ts';
import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { leftOf } from '#shared/domain/billing/ledger.ts';
import type { TillEvent } from '#shared/domain/billing/till.ts';
import { tillEventsOf } from '#shared/domain/billing/till-rows.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

const all = localDb.selectFrom('payment').selectAll('payment');

export const findPayment = (reader: LocalReader, id: string): PaymentRow | undefined =>
  reader.get(all.where('id', '=', id));

export const findInvoice = (reader: LocalReader, id: string): InvoiceRow | undefined =>
  reader.get(localDb.selectFrom('invoice').selectAll().where('id', '=', id));

export const findPatient = (reader: LocalReader, id: string): LocalRowOf<'patient'> | undefined =>
  reader.get(localDb.selectFrom('patient').selectAll().where('id', '=', id));

export const paymentsOf = (reader: LocalReader, patientId: string, asked: PageAsked): readonly PaymentRow[] =>
  reader.all<PaymentRow>(
    pageBack(all.where('patient_id', 'in', samePatient(patientId)), 'paid_at', 'id', asked),
  );

/** From an instant to another, at one site or at all. */
interface Span {
  readonly from: string;
  readonly until: string;
  readonly locationId: string | null;
}

const within = ({ from, until, locationId }: Span) => {
  const span = all.where('paid_at', '>=', from).where('paid_at', '<', until);
  return locationId === null ? span : span.where('location_id', '=', locationId);
};

export const paymentsBetween = (reader: LocalReader, span: Span, asked: PageAsked): readonly PaymentRow[] =>
  reader.all<PaymentRow>(pageBack(within(span), 'paid_at', 'id', asked));

export interface SumRow {
  readonly method: string;
  readonly currency: string;
  readonly taken: number;
  readonly refunded: number;
}

/** What came in and went out, by method and currency; what a deposit pays moves nothing. */
export const sumsBetween = (reader: LocalReader, span: Span): readonly SumRow[] =>
  reader.all<SumRow>(
    within(span)
      .clearSelect()
      .select([
        'method',
        'currency',
        sql<number>`sum(CASE WHEN kind = 'refund' THEN 0 ELSE amount END)`.as('taken'),
        sql<number>`sum(CASE WHEN kind = 'refund' THEN amount ELSE 0 END)`.as('refunded'),
      ])
      .where('kind', 'in', ['payment', 'deposit', 'refund'])
      .groupBy(['method', 'currency'])
      .orderBy('currency')
      .orderBy('method'),
  );

const startsSo = (column: string, text: string): RawBuilder<boolean> =>
  sql`(${sql.ref(column)} >= ${text} AND ${sql.ref(column)} < ${`${text}\u{10ffff}`})`;

/** Those whose receipt number or reference begins so; letters of a receipt number are large. */
export const paymentsLike = (reader: LocalReader, text: string, asked: PageAsked): readonly PaymentRow[] =>
  reader.all<PaymentRow>(
    pageBack(
      all.where((eb) =>
        eb.or([startsSo('receipt_number', text.toLocaleUpperCase('en')), startsSo('reference', text)]),
      ),
      'paid_at',
      'id',
      asked,
    ),
  );

/** More than is ever taken of the rows of one page. */
const mostDrawn = 10_000;

const drawnFrom = (reader: LocalReader, ids: readonly string[]): readonly PaymentRow[] =>
  ids.length === 0 ? [] : reader.all<PaymentRow>(all.where('source_id', 'in', ids).limit(mostDrawn));

/** What is left of each of these rows. */
export const leftById = (reader: LocalReader, rows: readonly PaymentRow[]): ReadonlyMap<string, number> => {
  const drawn = drawnFrom(
    reader,
    rows.map(({ id }) => id),
  );
  const released = drawnFrom(
    reader,
    drawn.filter(({ kind }) => kind === 'deposit-use').map(({ id }) => id),
  );
  const known = new Map([...drawn, ...released].map((row) => [row.id, ledgerRow(row)]));
  const taking = [...known.values()];
  return new Map(rows.map((row) => [row.id, leftOf(ledgerRow(row), taking)]));
};

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What rows of payments name, by id: patients, payers, who recorded them. */
export const namesOf = (reader: LocalReader, rows: readonly PaymentRow[]): ReadonlyMap<string, string> => {
  const ids = (column: 'patient_id' | 'payer_id' | 'recorded_by'): readonly string[] =>
    rows.flatMap((row) => row[column] ?? []);
  const patients = reader.all<Named>(
    localDb
      .selectFrom('patient')
      .select(['id', sql<string>`trim(coalesce(given, '') || ' ' || family)`.as('name')])
      .where('id', 'in', ids('patient_id')),
  );
  const payers = reader.all<Named>(
    localDb.selectFrom('organization').select(['id', 'name']).where('id', 'in', ids('payer_id')),
  );
  const people = reader.all<Named>(
    localDb
      .selectFrom('staff_account')
      .select(['id', 'display_name as name'])
      .where('id', 'in', ids('recorded_by')),
  );
  return new Map([...patients, ...payers, ...people].map(({ id, name }) => [id, name]));
};

export const invoicesById = (reader: LocalReader, ids: readonly string[]): ReadonlyMap<string, InvoiceRow> =>
  new Map(
    reader
      .all<InvoiceRow>(localDb.selectFrom('invoice').selectAll().where('id', 'in', ids))
      .map((row) => [row.id, row]),
  );

export interface SessionRow {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly events: readonly TillEvent[];
}

/** The last sessions of a cashier, the latest first, with what happened in each. */
export const sessionsOf = (reader: LocalReader, cashierId: string): readonly SessionRow[] =>
  reader
    .all(
      localDb
        .selectFrom('till_session as s')
        .innerJoin('till as t', 't.id', 's.till_id')
        .select(['s.id', 't.name', 's.currency', 's.opening_float', 's.cashier_id'])
        .where('s.cashier_id', '=', cashierId)
        .orderBy('s.opened_at', 'desc')
        .limit(20),
    )
    .map(({ id, name, currency, ...session }) => {
      const rows = reader.all(
        localDb.selectFrom('till_event').selectAll().where('session_id', '=', id).limit(1000),
      );
      return { id, name, currency, events: tillEventsOf(session, rows) };
    });

/** The highest number of a receipt that begins so, as far as rows are here. */
export const lastNumber = (reader: LocalReader, prefix: string): number => {
  const digits = sql<number | null>`max(CAST(substr(receipt_number, ${prefix.length + 1}) AS INTEGER))`;
  const sent = reader.get(
    localDb.selectFrom('payment').select(digits.as('last')).where(startsSo('receipt_number', prefix)),
  );
  const given = reader.get(localDb.selectFrom('own_receipt').select((eb) => eb.fn.max('number').as('last')));
  return Math.max(sent?.last ?? 0, given?.last ?? 0);
};

export const ownReceipt = (reader: LocalReader, paymentId: string) =>
  reader.get(localDb.selectFrom('own_receipt').selectAll().where('payment_id', '=', paymentId));
