import { isBilled, isLeft } from '#main/data/local/billed.ts';
import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { mostLines } from '#shared/contract/invoices.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

export type InvoiceRow = LocalRowOf<'invoice'>;
export type LineRow = LocalRowOf<'invoice_line'>;
export type ChargeRow = LocalRowOf<'charge_item'>;
export type PaymentRow = LocalRowOf<'payment'>;

/** More than one invoice, or the invoices of a page, can have of anything; reading is bounded all the same. */
const most = 20_000;

export const linesOf = (reader: LocalReader, invoiceIds: readonly string[]): readonly LineRow[] =>
  reader.all(
    localDb
      .selectFrom('invoice_line')
      .selectAll()
      .where('invoice_id', 'in', invoiceIds)
      .orderBy('line_no')
      .limit(most),
  );

/** Credit notes that correct one of these, the earliest first. */
export const creditNotesOf = (reader: LocalReader, invoiceIds: readonly string[]): readonly InvoiceRow[] =>
  reader.all(
    localDb
      .selectFrom('invoice')
      .selectAll()
      .where('corrects', 'in', invoiceIds)
      .orderBy('created_at')
      .orderBy('id')
      .limit(most),
  );

/** What moved on these, the earliest first. */
export const paymentsOn = (reader: LocalReader, invoiceIds: readonly string[]): readonly PaymentRow[] =>
  reader.all(
    localDb
      .selectFrom('payment')
      .selectAll()
      .where('invoice_id', 'in', invoiceIds)
      .orderBy('paid_at')
      .orderBy('id')
      .limit(most),
  );

/** A line of an issued invoice that bills a charge and stands. */
export interface BillingLine {
  readonly charge_item_id: string;
  readonly id: string;
  readonly invoice_id: string;
  readonly series: string;
  readonly fiscal_number: number | null;
  readonly provisional_number: string;
}

/** The lines that bill these charges and that credit notes have not taken back whole. */
export const linesThatBill = (reader: LocalReader, chargeIds: readonly string[]): readonly BillingLine[] =>
  reader.all(
    localDb
      .selectFrom('invoice_line as l')
      .innerJoin('invoice as i', 'i.id', 'l.invoice_id')
      .select([
        'l.charge_item_id',
        'l.id',
        'l.invoice_id',
        'i.series',
        'i.fiscal_number',
        'i.provisional_number',
      ])
      .where('l.charge_item_id', 'in', chargeIds)
      .where('l.corrects', 'is', null)
      .where('i.status', 'in', ['issued', 'balanced'])
      .where(isLeft)
      .$narrowType<{ charge_item_id: string }>()
      .limit(most),
  );

const billable = localDb
  .selectFrom('charge_item as c')
  .selectAll('c')
  .where('c.status', '=', 'billable')
  .where(isBilled('c.id'), '=', 0);

/** What a person is charged that no invoice bills and no draft holds, the earliest first. */
export const openCharges = (
  reader: LocalReader,
  patientId: string,
  limit = mostLines,
): readonly ChargeRow[] =>
  reader.all(
    billable
      .leftJoin('invoice as d', 'd.id', 'c.invoice_id')
      .where('c.patient_id', 'in', samePatient(patientId))
      // One that points to an invoice which is no draft was given up there, or credited.
      .where((eb) => eb.or([eb('d.id', 'is', null), eb('d.status', '<>', 'draft')]))
      .orderBy('c.occurred_at')
      .orderBy('c.id')
      .limit(limit),
  );

/** What a draft holds, in the order of its lines. */
export const chargesIn = (reader: LocalReader, invoiceId: string): readonly ChargeRow[] =>
  reader.all(
    billable.where('c.invoice_id', '=', invoiceId).orderBy('c.occurred_at').orderBy('c.id').limit(mostLines),
  );

export const findCharge = (reader: LocalReader, id: string): ChargeRow | undefined =>
  reader.get(localDb.selectFrom('charge_item').selectAll().where('id', '=', id));
