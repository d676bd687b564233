import { hashSync } from '@node-rs/argon2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { InvoiceId, PatientId, PaymentId, StaffAccountId } from '#shared/kernel/ids.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { type OfflineDesk, offlineDesk } from '#tests/support/offline-desk.ts';
import {
  type Desk,
  expectConverged,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';

const cheap = { memoryCost: 8, timeCost: 1 };
const id = (n: number) => `01900000-0000-7000-8000-f1${String(n).padStart(10, '0')}`;
const cashierId = id(1) as StaffAccountId;
const invoiceId = id(2) as InvoiceId;
const at = '2026-11-23T08:00:00.000Z';

let clinic: TwoWorkstations;
let atA: OfflineDesk;
let atB: OfflineDesk;

const patientId = () => clinic.patient.id as PatientId;
const apart = async () => {
  await clinic.a.offline();
  await clinic.b.offline();
};
const meet = async (...order: readonly Desk[]) => {
  for (const desk of order) {
    await desk.online();
    await desk.settled();
  }
  for (const desk of order) await desk.settled();
};
const pay = async (desk: OfflineDesk, amount: string, to: InvoiceId | null = invoiceId) => {
  const { ids } = await desk.get('payments.record', {
    ...{ patientId: patientId(), invoiceId: to, method: 'card', amount, currency: 'RWF', reference: '4711' },
  });
  return ids[0] as PaymentId;
};
const refund = (desk: OfflineDesk, paymentId: PaymentId, amount: string) =>
  desk.get('payments.refund', { paymentId, amount, method: 'card', reference: '1', reason: 'Paid twice' });
const balance = async (desk: OfflineDesk) =>
  (await desk.get('payments.balance', { patientId: patientId() })).balances[0];
const refusedAt = async (desk: OfflineDesk) =>
  (await desk.get('sync.outbox', {}))
    .filter(({ sqlstate }) => sqlstate !== null)
    .map(({ kind, sqlstate }) => [kind, sqlstate]);

beforeEach(async () => {
  clinic = await twoWorkstations();
  const { a, b, patient } = clinic;
  a.local.store.mutate({ kind: 'seed', user: null }, (writer) => {
    writer.insert('staff_account', {
      ...blank('staff_account'),
      id: cashierId,
      username: 'cashier',
      display_name: 'Cashier',
      role: 'cashier',
      password_hash: hashSync('correct horse', cheap),
      pin_hash: hashSync('2580', cheap),
      active: 1,
    });
    writer.insert('setting', {
      ...blank('setting'),
      id: id(3),
      key: 'clinic.currency',
      value: JSON.stringify('RWF'),
    });
    writer.insert('invoice', {
      ...blank('invoice'),
      id: invoiceId,
      patient_id: patient.id,
      kind: 'invoice',
      series: 'A',
      provisional_number: 'P-1',
      status: 'draft',
      currency: 'RWF',
      total: 0,
      created_at: at,
    });
  });
  a.local.store.mutate({ kind: 'seed', user: null }, (writer) => {
    writer.insert('invoice_line', {
      ...blank('invoice_line'),
      id: id(4),
      patient_id: patient.id,
      invoice_id: invoiceId,
      line_no: 1,
      title: 'Consultation',
      quantity: '1',
      unit_price: 5000,
      discount: 0,
      net: 5000,
      tax_rate: 0,
      tax: 0,
      gross: 5000,
      payer_share: 0,
      patient_share: 5000,
      recorded_at: at,
    });
    writer.update('invoice', invoiceId, { status: 'issued', total: 5000, payer_total: 0, issued_at: at });
  });
  await a.settled();
  await b.settled();
  atA = await offlineDesk(a, 'cashier');
  atB = await offlineDesk(b, 'cashier');
});
afterEach(() => clinic.end());

it('refunded at two desks apart, one refund stands and the other is refused where it was made', async () => {
  const { a, b } = clinic;
  const paymentId = await pay(atA, '5000');
  await meet(a, b);
  await apart();
  await refund(atA, paymentId, '3000');
  await refund(atB, paymentId, '4000');
  expect(await balance(atB)).toMatchObject({ open: 4000 });
  await meet(a, b);
  expect(await refusedAt(atA)).toEqual([]);
  expect(await refusedAt(atB)).toEqual([['payment.refund', 'CH102']]);
  expect(await atB.get('sync.outbox', {})).toMatchObject([
    { subject: expect.stringContaining(clinic.patient.family), money: { amount: 4000, currency: 'RWF' } },
  ]);
  for (const desk of [atA, atB]) {
    expect(await balance(desk)).toMatchObject({ open: 3000 });
    expect(await desk.get('payments.get', { id: paymentId })).toMatchObject({ left: 2000 });
  }
  // What is left can still be given back, by whoever is asked.
  await refund(atB, paymentId, '2000');
  await meet(b, a);
  expect(await balance(atA)).toMatchObject({ open: 5000 });
});

it('paid whole at two desks apart, both payments stand and what is too much is given back', async () => {
  const { a, b } = clinic;
  await apart();
  await pay(atA, '5000');
  const second = await pay(atB, '5000');
  await meet(a, b);
  for (const desk of [atA, atB]) {
    expect(await refusedAt(desk)).toEqual([]);
    expect(await balance(desk)).toMatchObject({ open: 0, overpaid: 5000 });
  }
  const numbers = (await atA.get('payments.of', { patientId: patientId() })).items;
  expect(new Set(numbers.map(({ receiptNumber }) => receiptNumber)).size).toBe(2);
  await refund(atA, second, '5000');
  await meet(a, b);
  expect(await balance(atB)).toBeUndefined();
  await expectConverged(a, b);
});

it('a deposit used at two desks apart pays once', async () => {
  const { a, b } = clinic;
  const depositId = await pay(atA, '3000', null);
  await meet(a, b);
  await apart();
  await atA.get('payments.useDeposit', { depositId, invoiceId, amount: '2000' });
  await atB.get('payments.useDeposit', { depositId, invoiceId, amount: '3000' });
  await meet(b, a);
  expect(await refusedAt(atA)).toEqual([['payment.use-deposit', 'CH102']]);
  expect(await refusedAt(atB)).toEqual([]);
  for (const desk of [atA, atB]) expect(await balance(desk)).toMatchObject({ open: 2000, deposits: 0 });
});
