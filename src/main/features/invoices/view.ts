import { amountsOfCharge } from '#main/core/billed/draft-lines.ts';
import type { ChargeRow, InvoiceRow, LineRow } from '#main/core/billed/rows.ts';
import { creditsOf, issuedLine, type Stand } from '#main/core/billed/stand.ts';
import type { Certainty, LocalReader } from '#main/data/local/store.ts';
import type {
  InvoiceLineView,
  InvoiceSummary,
  InvoiceView,
  OpenChargeView,
} from '#shared/contract/invoices.ts';
import { remainsOf } from '#shared/domain/billing/credit.ts';
import type { PaymentKind } from '#shared/domain/billing/ledger.ts';
import { type LineAmounts, sumOfLines } from '#shared/domain/billing/line.ts';
import { shownNumber } from '#shared/domain/billing/number.ts';
import type {
  ChargeId,
  ChargeItemId,
  InvoiceId,
  InvoiceLineId,
  LocationId,
  OrganizationId,
  PatientId,
} from '#shared/kernel/ids.ts';
import { patientsOf, payerNames, timeOf } from './repository.ts';

type Numbered = Pick<InvoiceRow, 'series' | 'fiscal_number' | 'provisional_number'>;

export const numberOf = (row: Numbered) =>
  shownNumber({
    series: row.series,
    fiscalNumber: row.fiscal_number,
    provisionalNumber: row.provisional_number,
  });

type Sure = (id: string) => Certainty;

const sureOf = (
  reader: LocalReader,
  table: 'invoice' | 'payment' | 'charge_item',
  ids: readonly string[],
): Sure => {
  const uncertain = reader.uncertain(table, ids);
  return (id) => uncertain.get(id) ?? 'confirmed';
};

const lineView = ({ row: { corrects, status }, notes, others }: Stand, line: LineRow): InvoiceLineView => {
  const issued = issuedLine(line);
  const isCreditable = corrects === null && status !== 'draft';
  return {
    ...issued,
    id: line.id as InvoiceLineId,
    chargeId: line.charge_item_id as ChargeId | null,
    definitionId: line.definition_id as ChargeItemId | null,
    corrects: line.corrects as InvoiceLineId | null,
    title: line.title,
    unitPrice: line.unit_price,
    discount: line.discount,
    discountReason: line.discount_reason,
    taxRate: line.tax_rate,
    left: isCreditable ? remainsOf(issued, creditsOf(notes, line.id)) : { quantity: '0', ...sumOfLines([]) },
    alsoOn: others
      .filter(({ charge_item_id }) => charge_item_id === line.charge_item_id)
      .map((other) => ({ id: other.invoice_id as InvoiceId, ...numberOf(other) })),
  };
};

const kindOf = ({ corrects }: InvoiceRow) => (corrects === null ? 'invoice' : 'credit-note');

/** Of a draft the total is what it would come to now; of the rest, what was issued. */
const totalsOf = ({ row, amounts }: Stand) =>
  row.status === 'draft' && row.kind !== null
    ? { total: amounts.gross, payerTotal: amounts.payerShare }
    : { total: row.total, payerTotal: row.payer_total ?? 0 };

/** Invoices with their lines, credit notes and payments. */
export const invoiceViews = (reader: LocalReader, stands: readonly Stand[]): InvoiceView[] => {
  const invoice = sureOf(
    reader,
    'invoice',
    stands.flatMap(({ row, notes }) => [row.id, ...notes.map((note) => note.row.id)]),
  );
  const payment = sureOf(
    reader,
    'payment',
    stands.flatMap(({ payments }) => payments.map(({ id }) => id)),
  );
  const payers = payerNames(
    reader,
    stands.map(({ row }) => row.payer_id),
  );
  return stands.map((stand) => {
    const { row, lines, notes, payments, open, state } = stand;
    return {
      id: row.id as InvoiceId,
      patientId: row.patient_id as PatientId,
      kind: kindOf(row),
      corrects: row.corrects as InvoiceId | null,
      status: state,
      provisionalNumber: row.provisional_number,
      fiscalNumber: row.fiscal_number,
      series: row.series,
      currency: row.currency,
      ...totalsOf(stand),
      payerId: row.payer_id as OrganizationId | null,
      payerName: payers.get(row.payer_id ?? '') ?? null,
      locationId: row.location_id as LocationId | null,
      open,
      reason: row.reason,
      lines: lines.map((line) => lineView(stand, line)),
      credits: notes.map(({ row: note }) => ({
        id: note.id as InvoiceId,
        ...numberOf(note),
        total: note.total,
        reason: note.reason,
        issuedAt: note.issued_at,
        certainty: invoice(note.id),
      })),
      payments: payments.map((moved) => ({
        id: moved.id,
        kind: moved.kind as PaymentKind,
        method: moved.method,
        amount: moved.amount,
        paidAt: moved.paid_at,
        receiptNumber: moved.receipt_number,
        byPayer: moved.payer_id !== null,
        certainty: payment(moved.id),
      })),
      issuedAt: row.issued_at,
      createdAt: row.created_at,
      certainty: invoice(row.id),
    };
  });
};

/** A name as lists show it: the family name first. */
export const listedName = (row: { readonly family: string; readonly given: string } | undefined): string =>
  row === undefined ? '' : [row.family, row.given].filter(Boolean).join(' ');

/** Invoices as a list shows them. */
export const invoiceSummaries = (reader: LocalReader, stands: readonly Stand[]): InvoiceSummary[] => {
  const sure = sureOf(
    reader,
    'invoice',
    stands.map(({ row }) => row.id),
  );
  const people = new Map(
    patientsOf(
      reader,
      stands.map(({ row }) => row.patient_id),
    ).map((one) => [one.id, one]),
  );
  const payers = payerNames(
    reader,
    stands.map(({ row }) => row.payer_id),
  );
  return stands.map((stand) => {
    const { row, open, state, others } = stand;
    const patient = people.get(row.patient_id);
    return {
      id: row.id as InvoiceId,
      patientId: row.patient_id as PatientId,
      patientName: listedName(patient),
      patientMrn: patient?.mrn ?? '',
      kind: kindOf(row),
      ...numberOf(row),
      status: state,
      currency: row.currency,
      total: totalsOf(stand).total,
      open,
      payerName: payers.get(row.payer_id ?? '') ?? null,
      at: timeOf(row),
      twice: others.length > 0,
      certainty: sure(row.id),
    };
  });
};

const nothing: LineAmounts = sumOfLines([]);

/** What is on no bill yet, with what it comes to. */
export const chargeViews = (reader: LocalReader, rows: readonly ChargeRow[]): OpenChargeView[] => {
  const sure = sureOf(
    reader,
    'charge_item',
    rows.map(({ id }) => id),
  );
  const payers = payerNames(
    reader,
    rows.map((row) => row.payer_id),
  );
  return rows.map((row) => {
    const amounts = amountsOfCharge(row);
    return {
      ...(amounts.ok ? amounts.value : nothing),
      id: row.id as ChargeId,
      title: row.title,
      quantity: row.quantity,
      unitPrice: row.unit_price,
      discount: row.discount,
      discountReason: row.discount_reason,
      taxRate: row.tax_rate,
      currency: row.currency,
      payerId: row.payer_id as OrganizationId | null,
      payerName: payers.get(row.payer_id ?? '') ?? null,
      occurredAt: row.occurred_at,
      problem: amounts.ok ? null : amounts.error,
      certainty: sure(row.id),
    };
  });
};
