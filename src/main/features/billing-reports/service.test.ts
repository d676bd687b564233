import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { BillingReportView } from '#shared/contract/billing-reports.ts';
import type { Input } from '#shared/contract/contract.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { consultation, draftInvoice, someLine, somePayment } from '#tests/support/billing-samples.ts';
import {
  type Clinic,
  habimana,
  mutesi,
  now,
  openClinic,
  otherSite,
  site,
  uwase,
} from '#tests/support/core-clinic.ts';
import { textOfPdf } from '#tests/support/pdf-text.ts';
import { someLocation } from '#tests/support/sync-local.ts';

let clinic: Clinic;
let cashier: Connection;
beforeEach(async () => {
  clinic = openClinic();
  cashier = await clinic.signedIn('cashier');
  write((writer) => writer.insert('charge_item_definition', consultation));
});
afterEach(() => clinic.close());

const patient_id = habimana.id;
/** So many days before today, at noon in Kigali. */
const ago = (days: number) => new Date(now - days * 86_400_000 + 2 * 3_600_000).toISOString();
const write = (work: (writer: LocalWriter) => void) =>
  clinic.temporary.local.store.mutate({ kind: 'test', user: null }, work);
const asked = (more: Partial<Input<'billing.report'>> = {}): Input<'billing.report'> => ({
  report: 'takings',
  from: '2026-11-17',
  until: '2026-11-23',
  ...more,
});
const report = (more: Partial<Input<'billing.report'>> = {}) =>
  clinic.get('billing.report', asked(more), cashier);
const figures = ({ rows, totals }: BillingReportView) => ({
  rows: rows.map(({ label, currency, values }) => [label, currency, ...values]),
  totals: totals.map(({ currency, values }) => [currency, ...values]),
});

/** An invoice of one line that was issued, and what of it the payer bears. */
const issue = (
  writer: LocalWriter,
  days: number,
  gross: number,
  more: Parameters<typeof draftInvoice>[0] & { payer?: number },
) => {
  const { payer = 0, ...of } = more;
  const invoice = draftInvoice({
    status: 'issued',
    issued_at: ago(days),
    total: gross,
    payer_total: payer,
    ...of,
  });
  writer.insert('invoice', invoice);
  const line = someLine({
    patient_id: invoice.patient_id,
    invoice_id: invoice.id,
    definition_id: consultation.id,
    practitioner_id: uwase.id,
    net: gross,
    gross,
    payer_share: payer,
    patient_share: gross - payer,
  });
  writer.insert('invoice_line', line);
  return { invoice, line };
};

it('takings: what came in and went out by day and method, in each currency; used deposits came in before', async () => {
  write((writer) => {
    const pay = (more: Partial<ReturnType<typeof somePayment>>) => {
      const row = somePayment({ patient_id, ...more });
      writer.insert('payment', row);
      return row;
    };
    const { invoice } = issue(writer, 1, 10_000, { patient_id });
    const paid = pay({ invoice_id: invoice.id, paid_at: ago(1), amount: 7_000 });
    const deposit = pay({
      kind: 'deposit',
      method: 'card',
      paid_at: ago(1),
      amount: 3_000,
      location_id: otherSite.id,
    });
    pay({
      kind: 'deposit-use',
      method: 'deposit',
      source_id: deposit.id,
      invoice_id: invoice.id,
      paid_at: ago(0),
      amount: 3_000,
    });
    pay({ kind: 'refund', source_id: paid.id, invoice_id: invoice.id, paid_at: ago(0), amount: 500 });
    pay({ kind: 'deposit', paid_at: ago(0), amount: 250, currency: 'EUR', location_id: site.id });
    // 23:59 of the day before the first, and 00:00 of the first: the clinic's day, not that of Greenwich.
    pay({ kind: 'deposit', paid_at: '2026-11-16T21:59:59.999Z', amount: 1 });
    pay({ kind: 'deposit', paid_at: '2026-11-16T22:00:00.000Z', amount: 2 });
  });
  const all = await report();
  expect(figures(all)).toEqual({
    rows: [
      ['2026-11-17', 'RWF', 2, 0, 0, 0, 0, 0, 2],
      ['2026-11-22', 'RWF', 7_000, 3_000, 0, 0, 0, 0, 10_000],
      ['2026-11-23', 'EUR', 250, 0, 0, 0, 0, 0, 250],
      ['2026-11-23', 'RWF', 0, 0, 0, 0, 0, -500, -500],
    ],
    totals: [
      ['EUR', 250, 0, 0, 0, 0, 0, 250],
      ['RWF', 7_002, 3_000, 0, 0, 0, -500, 9_502],
    ],
  });
  expect(all).toMatchObject({ unconfirmed: 7, wholeClinic: true, more: 0 });
  expect(figures(await report({ locationId: otherSite.id as LocationId })).rows).toEqual([
    ['2026-11-22', 'RWF', 0, 3_000, 0, 0, 0, 0, 3_000],
  ]);
});

it('by doctor and by service: what was issued less what was credited; drafts are in neither', async () => {
  write((writer) => {
    const { invoice, line } = issue(writer, 2, 10_000, { patient_id });
    issue(writer, 2, 5_000, { patient_id, status: 'draft', issued_at: null });
    issue(writer, 8, 1_000, { patient_id });
    const note = draftInvoice({
      patient_id,
      kind: 'credit-note',
      corrects: invoice.id,
      status: 'issued',
      issued_at: ago(0),
      total: -4_000,
    });
    writer.insert('invoice', note);
    writer.insert(
      'invoice_line',
      someLine({
        ...line,
        id: crypto.randomUUID(),
        invoice_id: note.id,
        corrects: line.id,
        net: -4_000,
        gross: -4_000,
        patient_share: -4_000,
      }),
    );
    const other = draftInvoice({ patient_id, status: 'issued', issued_at: ago(0), total: 10_000 });
    writer.insert('invoice', other);
    writer.insert('invoice_line', someLine({ patient_id, invoice_id: other.id }));
  });
  expect(figures(await report({ report: 'doctors' })).rows).toEqual([
    [null, 'RWF', 1, 10_000, 0, 10_000],
    ['Dr Aline Uwase', 'RWF', 1, 6_000, 0, 6_000],
  ]);
  expect(figures(await report({ report: 'services' }))).toEqual({
    rows: [
      [null, 'RWF', 1, 10_000, 0, 10_000],
      ['Consultation', 'RWF', 1, 6_000, 0, 6_000],
    ],
    totals: [['RWF', 2, 16_000, 0, 16_000]],
  });
});

it('outstanding: what is open by age and by whom, what was paid too much beside it, and who owes most', async () => {
  write((writer) => {
    const pay = (invoice_id: string, amount: number, more = {}) =>
      writer.insert('payment', somePayment({ patient_id, invoice_id, amount, paid_at: ago(0), ...more }));
    const young = issue(writer, 30, 10_000, { patient_id, payer: 6_000 });
    pay(young.invoice.id, 1_000);
    pay(young.invoice.id, 2_000, { payer_id: null });
    issue(writer, 31, 700, { patient_id });
    issue(writer, 91, 50, { patient_id: mutesi.id });
    const over = issue(writer, 5, 1_000, { patient_id });
    pay(over.invoice.id, 1_300);
    const settled = issue(writer, 5, 1_000, { patient_id });
    pay(settled.invoice.id, 1_000);
    // Of a version that knew no lines.
    writer.insert('invoice', {
      ...draftInvoice({ patient_id: mutesi.id }),
      kind: null,
      payer_total: null,
      status: 'issued',
      issued_at: ago(61),
      total: 90,
    });
  });
  expect(figures(await report({ report: 'outstanding' }))).toEqual({
    rows: [
      ['0-30', 'RWF', 1, 1_000, 6_000, 7_000],
      ['31-60', 'RWF', 1, 700, 0, 700],
      ['61-90', 'RWF', 1, 90, 0, 90],
      ['91+', 'RWF', 1, 50, 0, 50],
      ['overpaid', 'RWF', 1, 300, 0, 300],
    ],
    totals: [['RWF', 4, 1_840, 6_000, 7_840]],
  });
  expect(figures(await report({ report: 'debtors' }))).toEqual({
    rows: [
      [`Habimana Jean · ${habimana.mrn}`, 'RWF', 2, 1_700],
      [`Mutesi Chantal · ${mutesi.mrn}`, 'RWF', 2, 140],
    ],
    totals: [['RWF', 4, 1_840]],
  });
});

it('stock: what each item in the stores cost, rounded by batch; what was taken back cost nothing', async () => {
  write((writer) => {
    const store = someLocation({ kind: 'store', part_of: site.id, name: 'Store' });
    writer.insert('location', store);
    const item = {
      id: crypto.randomUUID(),
      title: 'Gloves',
      unit: 'pair',
      medicine_id: null,
      active: 1,
    } as const;
    writer.insert('stock_item', item);
    const batch = (lot: string) => {
      const id = crypto.randomUUID();
      writer.insert('stock_batch', { id, item_id: item.id, lot, expiry_date: null });
      return id;
    };
    const move = (batch_id: string, delta: number, more: Partial<RowOf<'stock_movement'>> = {}) => {
      const row = {
        ...blank('stock_movement'),
        id: crypto.randomUUID(),
        kind: 'receive',
        batch_id,
        location_id: store.id,
        delta,
        held: 0,
        recorded_at: ago(0),
        ...more,
      };
      writer.insert('stock_movement', row);
      return row.id;
    };
    const [one, two, gone] = [batch('A'), batch('B'), batch('C')];
    move(one, 3, { cost: 100, cost_units: 3, currency: 'RWF' });
    move(one, -1, { kind: 'dispense' });
    move(two, 5);
    const wrong = move(two, 7, { cost: 999, cost_units: 7, currency: 'RWF' });
    move(two, -7, { kind: 'reversal', corrects: wrong });
    move(gone, 2, { cost: 10, cost_units: 2, currency: 'RWF' });
    move(gone, -2, { kind: 'waste' });
  });
  expect(figures(await report({ report: 'stock' })).rows).toEqual([
    ['Gloves', 'RWF', 2, 0, 67],
    ['Gloves', 'XXX', 5, 5, 0],
  ]);
  expect((await report({ report: 'stock', locationId: otherSite.id as LocationId })).rows).toEqual([]);
});

it('is a PDF with the figures, the days and the site, in its language', async () => {
  write((writer) =>
    writer.insert('payment', somePayment({ patient_id, kind: 'deposit', paid_at: ago(0), amount: 12_345 })),
  );
  const { name, data } = await clinic.get(
    'billing.reportFile',
    { ...asked(), locationId: null, language: 'fr' },
    cashier,
  );
  expect(name).toBe('rapport-takings-2026-11-23.pdf');
  const { text } = await textOfPdf(Buffer.from(data, 'base64'));
  for (const said of ['Encaissements', 'Tous les sites', '12 345', '23 novembre 2026'])
    expect(text).toContain(said);
});

it('refuses days out of order and too many, and whoever may not read it', async () => {
  for (const until of ['2026-11-16', '2027-11-18'])
    expect(await clinic.ask('billing.report', asked({ until }), cashier)).toMatchObject({
      error: { code: 'invalid-input' },
    });
  const nurse = await clinic.signedIn('nurse');
  expect(await clinic.ask('billing.report', asked(), nurse)).toMatchObject({
    error: { code: 'not-permitted' },
  });
});
