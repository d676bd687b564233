import type { LocalReader } from '#main/data/local/store.ts';
import { type LineAmounts, type LineProblem, lineAmounts } from '#shared/domain/billing/line.ts';
import { invoiceLineId } from '#shared/domain/billing/number.ts';
import type { Result } from '#shared/kernel/result.ts';
import { type ChargeRow, chargesIn, type InvoiceRow, type LineRow } from './rows.ts';

/** What a charge comes to as it is now. A payer that covers no stated part covers none. */
export const amountsOfCharge = (charge: ChargeRow): Result<LineAmounts, LineProblem> =>
  lineAmounts({
    unitPrice: charge.unit_price,
    quantity: charge.quantity,
    discount: charge.discount,
    taxRate: charge.tax_rate,
    coverRate: charge.payer_id === null ? 0 : (charge.cover_rate ?? 0),
  });

/** A line of a draft as it would be issued now, or the charge that cannot be billed and why. */
export type DraftLine =
  | { readonly charge: ChargeRow; readonly row: LineRow; readonly problem: null }
  | { readonly charge: ChargeRow; readonly row: null; readonly problem: LineProblem };

/** The lines of a draft, of its charges as they are. */
export const draftLines = (reader: LocalReader, invoice: InvoiceRow): readonly DraftLine[] =>
  chargesIn(reader, invoice.id).map((charge, index): DraftLine => {
    const amounts = amountsOfCharge(charge);
    if (!amounts.ok) return { charge, row: null, problem: amounts.error };
    const { net, tax, gross, payerShare, patientShare } = amounts.value;
    return {
      charge,
      problem: null,
      row: {
        id: invoiceLineId(invoice.id, charge.id),
        patient_id: invoice.patient_id,
        invoice_id: invoice.id,
        line_no: index + 1,
        charge_item_id: charge.id,
        definition_id: charge.definition_id,
        corrects: null,
        title: charge.title,
        quantity: charge.quantity,
        unit_price: charge.unit_price,
        discount: charge.discount,
        discount_reason: charge.discount_reason,
        net,
        tax_rate: charge.tax_rate,
        tax,
        gross,
        payer_share: payerShare,
        patient_share: patientShare,
        practitioner_id: charge.practitioner_id,
        recorded_at: invoice.created_at,
        recorded_by: null,
        row_version: 0,
      },
    };
  });
