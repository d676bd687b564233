import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CallName, Input } from '#shared/contract/contract.ts';
import type { InvoiceId, PatientId } from '#shared/kernel/ids.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
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
    'payments and receipts',
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
