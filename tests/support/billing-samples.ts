import { v7 } from 'uuid';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';

/** Whole rows of billing: the least that is valid, with what a test cares about given by it. Money is of the Rwandan franc. */
const at = '2026-11-24T08:00:00.000Z';

type OfPatient<T extends 'charge_item' | 'invoice' | 'invoice_line' | 'payment'> = Partial<RowOf<T>> &
  Pick<RowOf<T>, 'patient_id'>;

/** A consultation, as what is charged for. */
export const consultation: RowOf<'charge_item_definition'> = {
  ...blank('charge_item_definition'),
  id: '01900000-0000-7000-8000-f00000000010',
  code: 'CONS',
  title: 'Consultation',
  category: 'visit',
  active: 1,
};

export const someCharge = (more: OfPatient<'charge_item'>): RowOf<'charge_item'> => ({
  ...blank('charge_item'),
  id: v7(),
  definition_id: consultation.id,
  status: 'billable',
  source_kind: 'manual',
  title: consultation.title,
  quantity: '1',
  unit_price: 10_000,
  currency: 'RWF',
  tax_rate: 0,
  discount: 0,
  occurred_at: at,
  created_at: at,
  ...more,
});

/** A bill that is begun; its lines come before it is issued. */
export const draftInvoice = (more: OfPatient<'invoice'>): RowOf<'invoice'> => ({
  ...blank('invoice'),
  id: v7(),
  series: 'INV',
  provisional_number: 'A-1',
  fiscal_number: null,
  status: 'draft',
  currency: 'RWF',
  total: 0,
  issued_at: null,
  created_at: at,
  kind: 'invoice',
  payer_total: 0,
  ...more,
});

/** A line of 10,000, all of it the patient's. */
export const someLine = (
  more: OfPatient<'invoice_line'> & Pick<RowOf<'invoice_line'>, 'invoice_id'>,
): RowOf<'invoice_line'> => ({
  ...blank('invoice_line'),
  id: v7(),
  line_no: 1,
  title: consultation.title,
  quantity: '1',
  unit_price: 10_000,
  discount: 0,
  net: 10_000,
  tax_rate: 0,
  tax: 0,
  gross: 10_000,
  payer_share: 0,
  patient_share: 10_000,
  recorded_at: at,
  ...more,
});

export const somePayment = (more: OfPatient<'payment'>): RowOf<'payment'> => ({
  ...blank('payment'),
  id: v7(),
  kind: 'payment',
  method: 'cash',
  amount: 10_000,
  currency: 'RWF',
  paid_at: at,
  recorded_at: at,
  ...more,
});
