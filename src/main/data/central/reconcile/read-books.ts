import type pg from 'pg';
import type { KeptStatus } from '#shared/domain/billing/balance.ts';
import {
  type Books,
  emptyBooks,
  type InvoiceLineRow,
  type InvoiceRow,
  type PaymentRow,
  type SessionRows,
} from '#shared/domain/billing/books.ts';
import type { PaymentKind } from '#shared/domain/billing/ledger.ts';
import type { TillMoney } from '#shared/domain/billing/till.ts';
import { type TillEventRow, tillEventsOf } from '#shared/domain/billing/till-rows.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';

const rowsOf = async <T extends pg.QueryResultRow>(
  client: pg.ClientBase,
  sql: string,
  ...values: readonly unknown[]
): Promise<readonly T[]> => (await client.query<T>(sql, [...values])).rows;

/** The next records that were merged into none, each with those that were merged into it: they are one patient. */
const familiesSql = `
  with recursive family (root, id) as (
    (select p.id, p.id from clinichub.patient p
      where p.merged_into is null and ($1::uuid is null or p.id > $1) order by p.id limit $2)
    union all
    select f.root, p.id from family f join clinichub.patient p on p.merged_into = f.id
  )
  select root::text, id::text from family`;

type Invoice = RowOf<'invoice'>;
type Line = RowOf<'invoice_line'>;
type Payment = RowOf<'payment'>;

const invoiceOf = (row: Invoice, patientId: string): InvoiceRow => ({
  id: row.id,
  patientId,
  kind: row.kind as InvoiceRow['kind'],
  corrects: row.corrects,
  status: row.status as KeptStatus,
  currency: row.currency,
  series: row.series,
  fiscalNumber: row.fiscal_number,
  total: row.total,
  payerTotal: row.payer_total,
});

const lineOf = (row: Line): InvoiceLineRow => ({
  id: row.id,
  invoiceId: row.invoice_id,
  corrects: row.corrects,
  quantity: row.quantity,
  unitPrice: row.unit_price,
  discount: row.discount,
  taxRate: row.tax_rate,
  net: row.net,
  tax: row.tax,
  gross: row.gross,
  payerShare: row.payer_share,
  patientShare: row.patient_share,
});

const paymentOf = (row: Payment, patientId: string): PaymentRow => ({
  id: row.id,
  patientId,
  kind: row.kind as PaymentKind,
  invoiceId: row.invoice_id,
  sourceId: row.source_id,
  payerId: row.payer_id,
  amount: row.amount,
  currency: row.currency,
});

const ofPatients = <T extends pg.QueryResultRow>(
  client: pg.ClientBase,
  table: 'invoice' | 'invoice_line' | 'payment',
  ids: readonly string[],
) => rowsOf<T>(client, `select * from clinichub.${table} where patient_id = any($1)`, ids);

/** The books of all patients, some at a time; what was written for a record that was merged belongs to the one that goes on. */
export async function* patientBooks(client: pg.ClientBase, page: number): AsyncGenerator<Books> {
  for (let after: string | null = null; ; ) {
    const family: readonly { readonly root: string; readonly id: string }[] = await rowsOf(
      client,
      familiesSql,
      after,
      page,
    );
    if (family.length === 0) return;
    const roots = new Map(family.map(({ root, id }) => [id, root]));
    const ids = [...roots.keys()];
    const rootOf = (id: string) => roots.get(id) ?? id;
    const [invoices, lines, payments] = [
      await ofPatients<Invoice>(client, 'invoice', ids),
      await ofPatients<Line>(client, 'invoice_line', ids),
      await ofPatients<Payment>(client, 'payment', ids),
    ];
    yield {
      ...emptyBooks,
      invoices: invoices.map((row) => invoiceOf(row, rootOf(row.patient_id))),
      lines: lines.map(lineOf),
      payments: payments.map((row) => paymentOf(row, rootOf(row.patient_id))),
    };
    after = [...roots.values()].toSorted().at(-1) ?? null;
  }
}

type Session = Pick<RowOf<'till_session'>, 'id' | 'cashier_id' | 'opening_float' | 'currency'>;
type Money = Pick<Payment, 'id' | 'kind' | 'method' | 'amount' | 'currency'> & {
  readonly till_session_id: string;
};

/** The sessions of all tills, some at a time. */
export async function* tillBooks(client: pg.ClientBase, page: number): AsyncGenerator<Books> {
  for (let after: string | null = null; ; ) {
    const sessions: readonly Session[] = await rowsOf<Session>(
      client,
      `select id::text, cashier_id::text, opening_float, currency from clinichub.till_session
        where $1::uuid is null or id > $1 order by id limit $2`,
      after,
      page,
    );
    const last = sessions.at(-1);
    if (last === undefined) return;
    const ids = sessions.map(({ id }) => id);
    const events = Map.groupBy(
      await rowsOf<TillEventRow & { session_id: string }>(
        client,
        'select * from clinichub.till_event where session_id = any($1)',
        ids,
      ),
      ({ session_id }) => session_id,
    );
    const money = Map.groupBy(
      await rowsOf<Money>(
        client,
        `select id::text, till_session_id::text, kind, method, amount, currency from clinichub.payment
          where till_session_id = any($1)`,
        ids,
      ),
      ({ till_session_id }) => till_session_id,
    );
    yield {
      ...emptyBooks,
      sessions: sessions.map(
        (session): SessionRows => ({
          id: session.id,
          currency: session.currency,
          events: tillEventsOf(session, events.get(session.id) ?? []),
          money: (money.get(session.id) ?? []).map((row) => ({
            ...row,
            kind: row.kind as TillMoney['kind'],
          })),
        }),
      ),
    };
    after = last.id;
  }
}

/** The fiscal numbers of all series, some at a time. */
export async function* seriesBooks(client: pg.ClientBase, page: number): AsyncGenerator<Books> {
  const all = await rowsOf<{ series: string; last: number }>(
    client,
    `select series, coalesce(max(s.last), 0) as last
      from (select distinct series from clinichub.invoice where fiscal_number is not null
            union select series from clinichub.invoice_series) found
      left join clinichub.invoice_series s using (series) group by series order by series`,
  );
  for (const { series, last } of all)
    for (let after = 0; ; ) {
      const rows: readonly { readonly n: number }[] = await rowsOf(
        client,
        `select fiscal_number as n from clinichub.invoice where series = $1 and fiscal_number > $2
          order by fiscal_number limit $3`,
        series,
        after,
        page,
      );
      const numbers = rows.map(({ n }) => n);
      const isLast = numbers.length < page;
      yield { ...emptyBooks, series: [{ series, after, numbers, last: isLast ? last : null }] };
      if (isLast) break;
      after = numbers.at(-1) ?? after;
    }
}
