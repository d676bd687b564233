import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';

/** Instants, the second not included, and the site whose money it is; null: of all. */
export interface ReportSpan {
  readonly from: string;
  readonly to: string;
  readonly locationId: string | null;
}

/** What somebody or something was billed in one currency. */
export interface Turnover {
  readonly key: string | null;
  readonly currency: string;
  readonly lines: number;
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
}

/** More doctors and things that are charged for come together in no clinic. */
const mostGroups = 5000;

/** A query that is written whole. */
const read = <R>(reader: LocalReader, query: RawBuilder<unknown>): readonly R[] =>
  reader.all<R>({ compile: () => query.compile(localDb) as CompiledQuery<R> });

const at = (column: string, locationId: string | null): RawBuilder<boolean> =>
  locationId === null ? sql<boolean>`1` : sql<boolean>`${sql.ref(column)} = ${locationId}`;

/** Money that moved on each of the days, by kind and method. `days` are not longer than a year. */
export const takings = (
  reader: LocalReader,
  days: readonly { readonly day: string; readonly from: string; readonly to: string }[],
  locationId: string | null,
) =>
  reader.all(
    localDb
      .selectFrom(sql<{ readonly value: string }>`json_each(${JSON.stringify(days)})`.as<'w'>('w'))
      .crossJoin('payment as p')
      .where(sql<boolean>`p.paid_at >= w.value ->> 'from' AND p.paid_at < w.value ->> 'to'`)
      .where('p.kind', 'in', ['payment', 'deposit', 'refund'])
      .where(at('p.location_id', locationId))
      .select((eb) => [
        sql<string>`w.value ->> 'day'`.as('day'),
        'p.kind',
        'p.method',
        'p.currency',
        eb.fn.sum<number>('p.amount').as('amount'),
      ])
      .groupBy([sql`1`, 'p.kind', 'p.method', 'p.currency'])
      .limit(50_000),
  );

/** What was issued, and below zero what was credited, by doctor or by what was done. */
export const turnover = (
  reader: LocalReader,
  { from, to, locationId }: ReportSpan,
  by: 'practitioner_id' | 'definition_id',
): readonly Turnover[] =>
  reader.all(
    localDb
      .selectFrom('invoice as i')
      .innerJoin('invoice_line as l', 'l.invoice_id', 'i.id')
      .where('i.issued_at', '>=', from)
      .where('i.issued_at', '<', to)
      .where('i.status', 'in', ['issued', 'balanced'])
      .where(at('i.location_id', locationId))
      .select((eb) => [
        `l.${by} as key`,
        'i.currency',
        sql<number>`sum(iif(l.corrects IS NULL, 1, 0))`.as('lines'),
        eb.fn.sum<number>('l.net').as('net'),
        eb.fn.sum<number>('l.tax').as('tax'),
        eb.fn.sum<number>('l.gross').as('gross'),
      ])
      .groupBy([`l.${by}`, 'i.currency'])
      .limit(mostGroups),
  );

/**
 * What is open of each invoice that was issued, its credit notes taken off: `patient` and `payer`, below zero where too much was paid. An
 * invoice without a kind is of a version that knew no lines: all of it is the patient's, and what was settled says its status.
 */
const open = (locationId: string | null) => sql`
  due AS (
    SELECT coalesce(i.corrects, i.id) AS id, sum(l.patient_share) AS patient, sum(l.payer_share) AS payer
      FROM invoice i JOIN invoice_line l ON l.invoice_id = i.id
      WHERE i.status IN ('issued', 'balanced') AND i.issued_at IS NOT NULL AND ${at('i.location_id', locationId)}
      GROUP BY 1
    UNION ALL
    SELECT i.id, i.total, 0 FROM invoice i
      WHERE i.kind IS NULL AND i.status = 'issued' AND i.issued_at IS NOT NULL AND ${at('i.location_id', locationId)}),
  paid AS (
    SELECT p.invoice_id AS id,
        sum(iif(p.payer_id IS NULL, 1, 0) * iif(p.kind IN ('payment', 'deposit-use'), p.amount, -p.amount)) AS patient,
        sum(iif(p.payer_id IS NULL, 0, 1) * iif(p.kind IN ('payment', 'deposit-use'), p.amount, -p.amount)) AS payer
      FROM payment p WHERE p.invoice_id IS NOT NULL GROUP BY 1),
  open AS (
    SELECT i.id, i.patient_id, i.currency, i.issued_at, due.patient - coalesce(paid.patient, 0) AS patient,
        due.payer - coalesce(paid.payer, 0) AS payer
      FROM due JOIN invoice i ON i.id = due.id LEFT JOIN paid ON paid.id = due.id)`;

/** The instants from which on invoices are of an age, the youngest first; the oldest has none. */
export type AgeStarts = readonly [string, string, string];

export interface OpenRow {
  /** 0: the youngest, 3: the oldest; 4: too much was paid. */
  readonly age: number;
  readonly currency: string;
  readonly invoices: number;
  readonly patient: number;
  readonly payer: number;
}

/** What is open by age, and what was paid too much. */
export const outstanding = (
  reader: LocalReader,
  [first, second, third]: AgeStarts,
  locationId: string | null,
): readonly OpenRow[] =>
  read<OpenRow>(
    reader,
    sql`
      WITH ${open(locationId)}
      SELECT CASE WHEN issued_at >= ${first} THEN 0 WHEN issued_at >= ${second} THEN 1 WHEN issued_at >= ${third} THEN 2
          ELSE 3 END AS age,
          currency, count(*) AS invoices, sum(max(patient, 0)) AS patient, sum(max(payer, 0)) AS payer
        FROM open WHERE patient > 0 OR payer > 0 GROUP BY 1, 2
      UNION ALL
      SELECT 4, currency, count(*), sum(max(-patient, 0)), sum(max(-payer, 0))
        FROM open WHERE patient < 0 OR payer < 0 GROUP BY 2
      ORDER BY 1, 2`,
  );

export interface DebtorRow {
  readonly patient_id: string;
  readonly currency: string;
  readonly invoices: number;
  readonly patient: number;
}

/** Of all who owe in that currency: how many they are, of how many invoices, and how much. */
interface OfAll {
  readonly people: number;
  readonly invoicesOfAll: number;
  readonly all: number;
}

/** Who owes most. */
export const debtors = (
  reader: LocalReader,
  locationId: string | null,
  limit: number,
): readonly (DebtorRow & OfAll)[] =>
  read<DebtorRow & OfAll>(
    reader,
    sql`
      WITH ${open(locationId)},
      each AS (
        SELECT coalesce(p.merged_into, p.id) AS patient_id, o.currency, count(*) AS invoices, sum(o.patient) AS patient
          FROM open o JOIN patient p ON p.id = o.patient_id WHERE o.patient > 0 GROUP BY 1, 2)
      SELECT patient_id, currency, invoices, patient, count(*) OVER own AS people, sum(invoices) OVER own AS invoicesOfAll,
          sum(patient) OVER own AS "all"
        FROM each WINDOW own AS (PARTITION BY currency) ORDER BY patient DESC, patient_id LIMIT ${limit}`,
  );

export interface ValuedBatch {
  readonly batch_id: string;
  readonly item_id: string;
  readonly title: string;
  readonly quantity: number;
  /** Of what was received of the batch with a price: what it cost, and how much it was. */
  readonly currency: string | null;
  readonly cost: number | null;
  readonly units: number | null;
}

/** What the stores of a site, or all, have of each batch by the book, and what it cost; a receipt that was taken back cost nothing. */
export const valuedStock = (reader: LocalReader, locationId: string | null): readonly ValuedBatch[] =>
  read<ValuedBatch>(
    reader,
    sql`
      WITH held AS (
        SELECT m.batch_id, sum(m.delta) AS quantity FROM stock_movement m JOIN location l ON l.id = m.location_id
          WHERE ${at('l.part_of', locationId)} GROUP BY 1 HAVING sum(m.delta) <> 0),
      paid AS (
        SELECT m.batch_id, m.currency, sum(m.cost) AS cost, sum(m.cost_units) AS units FROM stock_movement m
          WHERE m.cost IS NOT NULL AND m.cost_units > 0
            AND NOT EXISTS (SELECT 1 FROM stock_movement c WHERE c.corrects = m.id)
          GROUP BY 1, 2)
      SELECT held.batch_id, b.item_id, i.title, held.quantity, paid.currency, paid.cost, paid.units
        FROM held JOIN stock_batch b ON b.id = held.batch_id JOIN stock_item i ON i.id = b.item_id
          LEFT JOIN paid ON paid.batch_id = held.batch_id
        ORDER BY i.title, b.item_id, held.batch_id, paid.units DESC LIMIT 10000`,
  );

/** Invoices and payments here that the centre has not confirmed. */
export const unconfirmed = (reader: LocalReader, { from, to, locationId }: ReportSpan): number => {
  const invoices = localDb
    .selectFrom('invoice as i')
    .where('i.issued_at', '>=', from)
    .where('i.issued_at', '<', to)
    .where('i.row_version', '=', 0)
    .where(at('i.location_id', locationId));
  const payments = localDb
    .selectFrom('payment as p')
    .where('p.paid_at', '>=', from)
    .where('p.paid_at', '<', to)
    .where('p.row_version', '=', 0)
    .where(at('p.location_id', locationId));
  const count = (rows: typeof invoices | typeof payments) =>
    reader.get((rows as typeof invoices).select((eb) => eb.fn.countAll<number>().as('n')))?.n ?? 0;
  return count(invoices) + count(payments);
};

/** The titles of what is charged for. */
export const titles = (reader: LocalReader, ids: readonly string[]) =>
  reader.all(
    localDb
      .selectFrom('charge_item_definition')
      .select(['id', 'title'])
      .where('id', 'in', ids)
      .limit(mostGroups),
  );

/** Who these patients are. */
export const patientsNamed = (reader: LocalReader, ids: readonly string[]) =>
  reader.all(
    localDb
      .selectFrom('patient')
      .select(['id', 'family', 'given', 'mrn'])
      .where('id', 'in', ids)
      .limit(mostGroups),
  );
