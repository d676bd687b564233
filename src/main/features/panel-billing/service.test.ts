import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CallName, Input } from '#shared/contract/contract.ts';
import type { InvoiceId, PatientId, PaymentId } from '#shared/kernel/ids.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { habimana, mutesi } from '#tests/support/core-clinic.ts';
import { openPanelClinic, type PanelClinic } from '#tests/support/core-panel.ts';
import { before, chartIds, chartRows, writeChart } from '#tests/support/panel-chart.ts';
import { textOfPdf } from '#tests/support/pdf-text.ts';

let clinic: PanelClinic;
const patientId = habimana.id as PatientId;
const get = <N extends CallName>(name: N, input: Input<N>) => clinic.get(name, input, clinic.patient);
const bill = (more: Partial<RowOf<'invoice'>>) => {
  const id = crypto.randomUUID() as InvoiceId;
  clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.insert('invoice', { ...chartRows().invoice, id, ...more }),
  );
  return id;
};
const file = async (id: InvoiceId, language: 'en' | 'fr' = 'en') => {
  const { name, data } = await get('panel.invoiceFile', { patientId, id, language });
  return { name, ...(await textOfPdf(Buffer.from(data, 'base64'))) };
};

beforeEach(async () => {
  clinic = await openPanelClinic();
  writeChart(clinic);
});
afterEach(() => clinic.close());

it('shows what was issued, the latest first, and what of it is open in each currency', async () => {
  bill({ status: 'balanced', issued_at: before(100), total: 1000 });
  bill({ currency: 'USD', issued_at: before(50), total: 1250 });
  bill({ issued_at: before(40), total: 5000 });
  bill({ status: 'cancelled', issued_at: before(30) });
  // Not the patient's to see.
  bill({ status: 'draft', issued_at: null });
  bill({ status: 'entered-in-error', issued_at: before(20) });
  bill({ status: 'cancelled', issued_at: null });
  bill({ patient_id: mutesi.id });
  const { items, open, next } = await get('panel.invoices', { patientId });
  expect(items.map(({ status }) => status)).toEqual(['cancelled', 'issued', 'issued', 'balanced', 'issued']);
  expect(items.at(-1)).toMatchObject({ number: 'P-7-1', provisional: true, total: 25_000, currency: 'RWF' });
  expect(open).toEqual([
    { currency: 'RWF', amount: 30_000, invoices: 2 },
    { currency: 'USD', amount: 1250, invoices: 1 },
  ]);
  expect(next).toBeNull();
});

const line = (invoiceId: InvoiceId, gross: number): RowOf<'invoice_line'> => ({
  ...blank('invoice_line'),
  id: crypto.randomUUID(),
  patient_id: habimana.id,
  invoice_id: invoiceId,
  line_no: 1,
  title: 'Consultation',
  quantity: '2',
  unit_price: gross / 2,
  discount: 0,
  net: gross,
  tax_rate: 0,
  tax: 0,
  gross,
  payer_share: 1000,
  patient_share: gross - 1000,
  recorded_at: before(60),
});
const pay = (invoiceId: InvoiceId, more: Partial<RowOf<'payment'>> = {}): PaymentId => {
  const id = crypto.randomUUID() as PaymentId;
  clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.insert('payment', {
      ...blank('payment'),
      id,
      patient_id: habimana.id,
      invoice_id: invoiceId,
      kind: 'payment',
      method: 'cash',
      amount: 2000,
      currency: 'RWF',
      receipt_number: 'R7-1',
      paid_at: before(10),
      recorded_at: before(10),
      ...more,
    }),
  );
  return id;
};

it('shows what it is made of, what was paid of it and what is open, on the screen and on paper', async () => {
  const id = bill({ kind: 'invoice', total: 6000, payer_total: 1000, issued_at: before(60) });
  clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.insert('invoice_line', line(id, 6000)),
  );
  const paymentId = pay(id);
  pay(id, { patient_id: mutesi.id });
  const { open } = await get('panel.invoices', { patientId });
  expect(open).toEqual([{ currency: 'RWF', amount: 28_000, invoices: 2 }]);
  expect(await get('panel.invoice', { patientId, id })).toMatchObject({
    status: 'issued',
    open: 3000,
    lines: [{ title: 'Consultation', quantity: '2', gross: 6000, patientShare: 5000 }],
  });
  const { text } = await file(id);
  for (const said of [
    'Consultation: 2 × RWF 3,000',
    'Covered by the payer',
    'Paid RWF 2,000, Cash',
    'RWF 3,000',
  ])
    expect(text).toContain(said);
  expect((await get('panel.payments', { patientId })).items).toMatchObject([
    { id: paymentId, amount: 2000, receiptNumber: 'R7-1', invoice: { id } },
  ]);
  const receipt = await get('panel.receiptFile', { patientId, id: paymentId, language: 'en' });
  const paper = await textOfPdf(Buffer.from(receipt.data, 'base64'));
  for (const said of ['Receipt R7-1', 'Copy', 'RWF 2,000', 'RWF 3,000']) expect(paper.text).toContain(said);
  pay(id, { amount: 3500 });
  expect(await get('panel.invoice', { patientId, id })).toMatchObject({ status: 'balanced', open: -500 });
});

it('comes page by page', async () => {
  for (let n = 0; n < 4; n += 1) bill({ issued_at: before(60) });
  const first = await get('panel.invoices', { patientId, limit: 3 });
  const second = await get('panel.invoices', { patientId, limit: 3, before: first.next });
  expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(5);
  expect(second.next).toBeNull();
});

it('is a PDF that says what it is of, how it stands, and what is not in it', async () => {
  const { name, text } = await file(chartIds.invoice as InvoiceId);
  expect(name).toBe('invoice-P-7-1.pdf');
  for (const said of [
    'Jean Habimana',
    'P-7-1 (provisional)',
    'To be paid',
    'RWF',
    '25,000',
    // Of a version that kept no lines.
    'What the total is made of was not kept',
    'Nothing was paid yet',
  ])
    expect(text).toContain(said);
  expect((await file(chartIds.invoice as InvoiceId, 'fr')).text).toContain('À payer');
});

it('has the number of the record that goes on', async () => {
  clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.update('patient', habimana.id, { merged_into: mutesi.id }),
  );
  const { text } = await file(chartIds.invoice as InvoiceId);
  expect(text).toContain(mutesi.mrn);
  expect(text).not.toContain(habimana.mrn);
});

it('hands out no draft and nobody else’s', async () => {
  for (const id of [bill({ status: 'draft', issued_at: null }), bill({ patient_id: mutesi.id })])
    expect(
      await clinic.ask('panel.invoiceFile', { patientId, id, language: 'en' }, clinic.patient),
    ).toMatchObject({ error: { code: 'not-found' } });
  expect(
    await clinic.ask('panel.invoices', { patientId: mutesi.id as PatientId }, clinic.patient),
  ).toMatchObject({ error: { code: 'not-approved' } });
});
