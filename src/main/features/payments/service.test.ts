import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import type { CallName, Input } from '#shared/contract/contract.ts';
import type { InvoiceId, PatientId, PaymentId } from '#shared/kernel/ids.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { type Clinic, habimana, mutesi, now, openClinic, site } from '#tests/support/core-clinic.ts';
import { textOfPdf } from '#tests/support/pdf-text.ts';

let clinic: Clinic;
let cashier: Connection;
beforeEach(async () => {
  clinic = openClinic();
  cashier = await clinic.signedIn('cashier');
});
afterEach(() => clinic.close());

const patientId = habimana.id as PatientId;
const at = (minutes = 60) => new Date(now - minutes * 60_000).toISOString();
const write = (run: Parameters<Clinic['temporary']['local']['store']['mutate']>[1]) =>
  clinic.temporary.local.store.mutate({ kind: 'test', user: null }, run);

/** An issued invoice of one line, of which the payer has a part. */
const bill = (gross: number, more: Partial<RowOf<'invoice'>> = {}, payerShare = 0): InvoiceId => {
  const id = crypto.randomUUID();
  const total = { total: gross, payer_total: payerShare };
  write((writer) => {
    writer.insert('invoice', {
      ...blank('invoice'),
      id,
      patient_id: habimana.id,
      series: 'A',
      provisional_number: `P-7-${gross}`,
      status: 'issued',
      kind: 'invoice',
      currency: 'RWF',
      issued_at: at(),
      created_at: at(),
      ...total,
      ...more,
    });
    writer.insert('invoice_line', {
      ...blank('invoice_line'),
      id: crypto.randomUUID(),
      patient_id: habimana.id,
      invoice_id: id,
      line_no: 1,
      title: 'Consultation',
      quantity: '1',
      unit_price: gross,
      discount: 0,
      net: gross,
      tax_rate: 0,
      tax: 0,
      gross,
      payer_share: payerShare,
      patient_share: gross - payerShare,
      recorded_at: at(),
    });
  });
  return id as InvoiceId;
};
const openTill = (cashierName = 'cashier', currency = 'RWF'): string => {
  const [till, session] = [crypto.randomUUID(), crypto.randomUUID()];
  write((writer) => {
    writer.insert('till', { id: till, name: 'Desk 1', location_id: site.id, active: 1 });
    writer.insert('till_session', {
      ...blank('till_session'),
      id: session,
      till_id: till,
      cashier_id: clinic.accountId(cashierName),
      currency,
      opening_float: 10_000,
      opened_at: at(),
    });
  });
  return session;
};
const setCurrency = () =>
  write((writer) =>
    writer.insert('setting', {
      id: crypto.randomUUID(),
      key: 'clinic.currency',
      location_id: null,
      value: '"RWF"',
    }),
  );

type Take = Partial<Input<'payments.record'>>;
const input = (more: Take): Input<'payments.record'> => ({
  patientId,
  invoiceId: null,
  method: 'cash',
  amount: '1000',
  currency: 'RWF',
  ...more,
});
const get = <N extends CallName>(name: N, asked: Input<N>) => clinic.get(name, asked, cashier);
const take = (more: Take) => get('payments.record', input(more));
const said = async <N extends CallName>(name: N, asked: Input<N>) => {
  const reply = await clinic.ask(name, asked, cashier);
  return reply.ok ? 'taken' : (reply.error.fields ?? reply.error.code);
};
const refusal = (more: Take) => said('payments.record', input(more));
const only = (ids: readonly PaymentId[]): PaymentId => ids[0] as PaymentId;
const balance = async () => (await get('payments.balance', { patientId })).balances[0];

it('takes a part and then the rest, with change, and knows what is open by age', async () => {
  openTill();
  const invoiceId = bill(5000, { issued_at: at(60 * 24 * 45) });
  expect(await balance()).toMatchObject({ open: 5000, aging: { '0-30': 0, '31-60': 5000 } });
  expect(await take({ invoiceId, amount: '2000', tendered: '5000' })).toMatchObject({ change: 3000 });
  const { invoices, certainty } = await get('payments.balance', { patientId });
  expect(invoices).toMatchObject([{ id: invoiceId, number: 'P-7-5000', provisional: true, open: 3000 }]);
  expect(certainty).toBe('provisional');
  await take({ invoiceId, amount: '3000', method: 'card', reference: '4711' });
  expect(await balance()).toBeUndefined();
  const { items } = await get('payments.of', { patientId });
  expect(items.map(({ amount, method, receiptNumber }) => [amount, method, receiptNumber])).toEqual(
    expect.arrayContaining([
      [2000, 'cash', 'R7-1'],
      [3000, 'card', 'R7-2'],
    ]),
  );
});

it('refuses what cannot be money, cannot be traced, or is more than is open', async () => {
  openTill();
  const invoiceId = bill(5000);
  for (const [more, expected] of [
    [{ amount: '' }, { amount: 'required' }],
    [{ amount: '0' }, { amount: 'above-zero' }],
    [{ amount: '-5' }, { amount: 'negative' }],
    [{ amount: '1,500' }, { amount: 'two-numbers' }],
    [{ amount: '12.5' }, { amount: 'minor-units' }],
    [{ amount: '5001' }, { amount: 'more-than-open' }],
    [{ currency: 'USD' }, { amount: 'other-currency' }],
    [{ tendered: '900' }, { tendered: 'tendered-too-little' }],
    ...(['card', 'mobile-money', 'bank-transfer', 'cheque'] as const).map(
      (method) => [{ method }, { reference: 'required' }] as const,
    ),
    [{ byPayer: true }, 'not-found'],
  ] as const)
    expect(await refusal({ invoiceId, ...more }), JSON.stringify(more)).toEqual(expected);
  expect(await refusal({ invoiceId: bill(300, { status: 'draft' }) })).toEqual({ invoiceId: 'not-issued' });
  expect(await refusal({ invoiceId: bill(300, { patient_id: mutesi.id }) })).toBe('not-found');
  expect(await balance()).toMatchObject({ open: 5000 });
});

it('takes more than is open as a deposit only when that is said, and pays with it later', async () => {
  openTill();
  setCurrency();
  const invoiceId = bill(5000);
  const { ids, change } = await take({
    invoiceId,
    amount: '8000',
    tendered: '10000',
    restAsDeposit: true,
  });
  expect([ids.length, change]).toEqual([2, 2000]);
  expect(await balance()).toMatchObject({ open: 0, deposits: 3000 });
  const depositId = ids[1] as PaymentId;
  expect(await get('payments.get', { id: depositId })).toMatchObject({ kind: 'deposit', tendered: 5000 });
  const next = bill(2000);
  const use = { depositId, invoiceId: next, amount: '2000' };
  expect(await said('payments.useDeposit', { ...use, amount: '2001' })).toEqual({
    amount: 'more-than-open-or-left',
  });
  const { id: useId } = await get('payments.useDeposit', use);
  expect(await balance()).toMatchObject({ open: 0, deposits: 1000 });
  expect(await said('payments.refund', { ...back, paymentId: depositId, amount: '1001' })).toEqual({
    amount: 'more-than-left',
  });
  await get('payments.releaseDeposit', { useId, amount: '500', reason: 'Wrong invoice' });
  expect(await balance()).toMatchObject({ open: 500, deposits: 1500 });
});

const back = { method: 'cash', reason: 'Paid twice' } as const;

it('gives back what is left of a payment, the way it came or in cash, and no more', async () => {
  const session = openTill();
  const invoiceId = bill(5000);
  const paymentId = only((await take({ invoiceId, amount: '5000', method: 'card', reference: '1' })).ids);
  const refund = { ...back, paymentId };
  expect(await said('payments.refund', { ...refund, amount: '5001' })).toEqual({ amount: 'more-than-left' });
  expect(await said('payments.refund', { ...refund, amount: '1', method: 'cheque' })).toEqual({
    method: 'invalid',
  });
  expect(await said('payments.refund', { ...refund, amount: '1', reason: ' ' })).toEqual({
    reason: 'required',
  });
  const { id } = await get('payments.refund', { ...refund, amount: '3000' });
  expect(await get('payments.get', { id })).toMatchObject({ receiptNumber: 'R7-2', left: 0 });
  expect(await get('payments.get', { id: paymentId })).toMatchObject({ left: 2000 });
  expect(await said('payments.refund', { ...refund, amount: '2001' })).toEqual({ amount: 'more-than-left' });
  expect(await balance()).toMatchObject({ open: 3000 });
  const row = clinic.temporary.local.db.prepare('SELECT till_session_id FROM payment WHERE id = ?').get(id);
  expect(row).toEqual({ till_session_id: session });
});

it('lets reception take money and not give it back', async () => {
  const desk = await clinic.signedIn('reception');
  const paymentId = crypto.randomUUID() as PaymentId;
  expect(await clinic.ask('payments.refund', { ...back, paymentId, amount: '1' }, desk)).toMatchObject({
    error: { code: 'not-permitted' },
  });
});

it('puts cash into the open till of the cashier alone', async () => {
  const invoiceId = bill(5000);
  expect(await refusal({ invoiceId })).toBe('no-till');
  openTill('admin');
  openTill('cashier', 'USD');
  expect(await refusal({ invoiceId })).toBe('no-till');
  const session = openTill();
  expect(await get('payments.till', {})).toMatchObject({ currency: 'RWF' });
  await take({ invoiceId });
  write((writer) =>
    writer.insert('till_event', {
      ...blank('till_event'),
      id: crypto.randomUUID(),
      session_id: session,
      kind: 'counted',
      turn: 1,
      amount: 11_000,
      account_id: clinic.accountId('cashier'),
      happened_at: at(1),
    }),
  );
  expect(await refusal({ invoiceId })).toBe('no-till');
});

it('lets the payer of an invoice pay its part', async () => {
  const payer = crypto.randomUUID();
  write((writer) =>
    writer.insert('organization', {
      ...blank('organization'),
      id: payer,
      kind: 'payer',
      name: 'Mutuelle',
      active: 1,
      created_at: at(),
    }),
  );
  const invoiceId = bill(5000, { payer_id: payer }, 4000);
  expect(await balance()).toMatchObject({ open: 1000, payers: 4000 });
  const transfer = { method: 'bank-transfer', reference: 'T1', invoiceId, byPayer: true } as const;
  expect(await refusal({ ...transfer, amount: '4001', restAsDeposit: true })).toEqual({
    amount: 'more-than-open',
  });
  const { ids } = await take({ ...transfer, amount: '4000' });
  expect(await get('payments.get', { id: only(ids) })).toMatchObject({ payerName: 'Mutuelle' });
  expect(await balance()).toMatchObject({ open: 1000, payers: 0 });
});

it('lists a day by method, and finds a receipt or a reference', async () => {
  openTill();
  const invoiceId = bill(5000);
  await take({ invoiceId, amount: '2000' });
  const card = only((await take({ invoiceId, amount: '1000', method: 'card', reference: 'ABC-17' })).ids);
  await get('payments.refund', { ...back, paymentId: card, amount: '400' });
  const day = '2026-11-23';
  const { items, totals } = await get('payments.day', { day });
  expect(items).toHaveLength(3);
  const cardTotal = { method: 'card', currency: 'RWF', taken: 1000, refunded: 0 };
  // The count of the till is blind.
  expect(totals).toEqual([cardTotal]);
  const desk = await clinic.signedIn('reception');
  expect((await clinic.get('payments.day', { day }, desk)).totals).toEqual([
    cardTotal,
    { method: 'cash', currency: 'RWF', taken: 2000, refunded: 400 },
  ]);
  expect((await get('payments.day', { day: '2026-11-24' })).items).toEqual([]);
  for (const search of ['r7-2', 'ABC'])
    expect((await get('payments.day', { day, search })).items.map(({ id }) => id)).toEqual([card]);
  expect((await get('payments.day', { day, search: 'BC-17' })).items).toEqual([]);
});

it('has a receipt of either size in the language of the patient, which says copy once it was printed', async () => {
  openTill();
  write((writer) => writer.update('patient', habimana.id, { language: 'fr' }));
  const invoiceId = bill(5000);
  const id = only((await take({ invoiceId, amount: '2000', tendered: '5000' })).ids);
  const text = async (paper: 'roll-80' | 'a4') => {
    const { file, copy } = await get('payments.receipt', { id, paper, language: 'en' });
    return { copy, ...(await textOfPdf(Buffer.from(file.data, 'base64'))) };
  };
  const roll = await text('roll-80');
  expect(roll.copy).toBe(false);
  for (const part of ['Reçu R7-1', 'Jean Habimana', 'P-7-5000 (provisoire)', 'Espèces', '5 000', '3 000'])
    expect(roll.text).toContain(part);
  expect(roll.text).not.toContain('Copie');
  await take({ invoiceId, amount: '1000' });
  await get('payments.printed', { id });
  const copy = await text('a4');
  expect(copy.copy).toBe(true);
  expect(copy.text).toContain('Copie');
  // What was open then, not now.
  expect(copy.text.match(/3 000/gu)).toHaveLength(3);
});

it('never gives a receipt number twice, whatever becomes of the payment', async () => {
  openTill();
  const invoiceId = bill(5000);
  const { ids } = await take({ invoiceId });
  const { store } = clinic.temporary.local;
  const n = clinic.temporary.local.db
    .prepare<[], { n: number }>(`SELECT n FROM outbox WHERE kind = 'payment.record'`)
    .get()?.n;
  clinic.temporary.local.replica.recordVerdicts([
    { n: n ?? 0, status: 'rejected', sqlstate: 'CH102', message: 'no' },
  ]);
  store.withdraw(n ?? 0);
  expect(await said('payments.get', { id: only(ids) })).toBe('not-found');
  const again = only((await take({ invoiceId })).ids);
  expect(await get('payments.get', { id: again })).toMatchObject({ receiptNumber: 'R7-2' });
});
