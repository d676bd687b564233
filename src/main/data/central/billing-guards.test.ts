import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  consultation,
  draftInvoice,
  someCharge,
  someLine,
  somePayment,
} from '#tests/support/billing-samples.ts';
import { change, insertion, mutation, patient } from '#tests/support/central-samples.ts';
import { type FreshCentre, freshCentre } from '#tests/support/fresh-centre.ts';
import type { Centre } from './centre.ts';
import { connectCentre } from './client.ts';

let centre: FreshCentre;
let deskA: Centre;
let deskB: Centre;
const row = patient();
const other = patient();
const patient_id = row.id;
const applied = { status: 'applied' };
const refused = { status: 'rejected', sqlstate: 'CH102' };

beforeEach(async () => {
  centre = await freshCentre();
  deskA = connectCentre(await centre.enrol('Desk A'));
  deskB = connectCentre(await centre.enrol('Desk B'));
  await deskA.push([
    mutation(1, [
      insertion('patient', row),
      insertion('patient', other),
      insertion('charge_item_definition', consultation),
    ]),
  ]);
});

afterEach(async () => {
  await deskA.close();
  await deskB.close();
  await centre.drop();
});

const issued = { status: 'issued', total: 10_000, payer_total: 0, issued_at: '2026-11-24T08:00:00.000Z' };

/** A bill of one line, issued by Desk A as its mutation `n`. */
const bill = async (n: number) => {
  const invoice = draftInvoice({ patient_id });
  const line = someLine({ patient_id, invoice_id: invoice.id });
  expect(
    await deskA.push([
      mutation(n, [
        insertion('invoice', invoice),
        insertion('invoice_line', line),
        change('invoice', invoice.id, 1, issued),
      ]),
    ]),
  ).toMatchObject([applied]);
  return { invoice, line };
};

test('an invoice is issued with lines that are its total, and never changes then; a refusal takes no number', async () => {
  const draft = (n: number, total: number, lines: Parameters<typeof someLine>[0][]) => {
    const invoice = draftInvoice({ patient_id });
    return mutation(n, [
      insertion('invoice', invoice),
      ...lines.map((line) => insertion('invoice_line', someLine({ ...line, invoice_id: invoice.id }))),
      change('invoice', invoice.id, 1, { ...issued, total }),
    ]);
  };
  const line = { patient_id, invoice_id: '' };
  expect(
    await deskA.push([
      draft(2, 10_000, []),
      draft(3, 9_999, [line]),
      draft(4, 10_000, [{ ...line, patient_share: 9_000 }]),
      draft(5, 10_000, [{ ...line, patient_share: 9_000, payer_share: 1_000 }]),
      draft(6, 10_000, [{ ...line, patient_id: other.id }]),
      draft(7, 20_000, [line, { ...line, line_no: 2 }]),
    ]),
  ).toMatchObject([refused, refused, { status: 'rejected', sqlstate: '23514' }, refused, refused, applied]);
  const [stands] = await centre.sql<{ id: string; fiscal_number: number }>(
    'select id, fiscal_number from clinichub.invoice',
  );
  expect(stands?.fiscal_number).toBe(1);
  const id = stands?.id ?? '';
  expect(
    await deskB.push([
      mutation(1, [insertion('invoice_line', someLine({ ...line, invoice_id: id, line_no: 3 }))]),
      mutation(2, [change('invoice', id, 2, { status: 'cancelled' })]),
      mutation(3, [change('invoice', id, 2, { payer_total: 5 })]),
    ]),
  ).toMatchObject([refused, refused, refused]);
});

test('credit notes take of the lines of what they correct, all of them together never more than was billed', async () => {
  const { invoice, line } = await bill(2);
  const second = await bill(3);
  const note = (n: number, gross: number, corrects = line.id, of = invoice.id) => {
    const credit = draftInvoice({ patient_id, kind: 'credit-note', corrects: of, series: 'CN' });
    return mutation(n, [
      insertion('invoice', credit),
      insertion(
        'invoice_line',
        someLine({
          patient_id,
          invoice_id: credit.id,
          corrects,
          quantity: '-1',
          net: gross,
          gross,
          patient_share: gross,
        }),
      ),
      change('invoice', credit.id, 1, { ...issued, total: gross }),
    ]);
  };
  expect(
    await deskB.push([
      note(1, -6_000),
      note(2, -6_000),
      note(3, -4_000, second.line.id),
      note(4, -4_000),
      note(5, 1, second.line.id, second.invoice.id),
    ]),
  ).toMatchObject([applied, refused, refused, applied, { status: 'rejected', sqlstate: '23514' }]);
  expect(
    await centre.sql(
      `select fiscal_number, total from clinichub.invoice where series = 'CN' order by fiscal_number`,
    ),
  ).toEqual([
    { fiscal_number: 1, total: -6_000 },
    { fiscal_number: 2, total: -4_000 },
  ]);
});

test('of two desks that give back the same money the second is refused, and what is not of a row takes nothing of it', async () => {
  const { invoice } = await bill(2);
  const paid = somePayment({ patient_id, invoice_id: invoice.id });
  const deposit = somePayment({ patient_id, kind: 'deposit', amount: 5_000 });
  await deskA.push([mutation(3, [insertion('payment', paid), insertion('payment', deposit)])]);
  const refund = (amount: number, more = {}) =>
    insertion(
      'payment',
      somePayment({
        patient_id,
        invoice_id: invoice.id,
        kind: 'refund',
        source_id: paid.id,
        amount,
        ...more,
      }),
    );
  expect(await deskA.push([mutation(4, [refund(10_000)])])).toMatchObject([applied]);
  const use = somePayment({
    patient_id,
    invoice_id: invoice.id,
    kind: 'deposit-use',
    method: 'deposit',
    source_id: deposit.id,
    amount: 3_000,
  });
  const release = { ...use, kind: 'deposit-release', source_id: use.id, amount: 1_000 };
  const again = (id: string, amount: number) => ({ ...use, id, amount });
  const id = (n: number) => `01900000-0000-7000-8000-0000000000${n}`;
  expect(
    await deskB.push([
      mutation(1, [refund(1)]),
      mutation(2, [insertion('payment', use)]),
      mutation(3, [insertion('payment', again(id(10), 2_001))]),
      mutation(4, [insertion('payment', { ...release, id: id(11) })]),
      mutation(5, [insertion('payment', again(id(12), 3_000))]),
      mutation(6, [insertion('payment', again(id(13), 1))]),
      mutation(7, [refund(1, { source_id: use.id })]),
      mutation(8, [refund(1, { source_id: deposit.id, invoice_id: null, currency: 'EUR' })]),
      mutation(9, [insertion('payment', { ...paid, id: id(14), patient_id: other.id })]),
      mutation(10, [insertion('payment', { ...paid, id: id(15), amount: 0 })]),
    ]),
  ).toMatchObject([
    refused,
    applied,
    refused,
    applied,
    applied,
    refused,
    refused,
    refused,
    refused,
    { status: 'rejected', sqlstate: '23514' },
  ]);
  await expect(centre.sql('update clinichub.payment set amount = 1')).rejects.toMatchObject({
    code: 'CH102',
  });
});

test('a charge two desks raise is one; one that was taken away stays away, whoever raises it after', async () => {
  const charge = someCharge({ patient_id, source_kind: 'visit' });
  await deskA.push([mutation(2, [insertion('charge_item', charge)])]);
  expect(
    await deskA.push([
      mutation(3, [
        change('charge_item', charge.id, 1, { status: 'not-billable', status_reason: 'A free check' }),
      ]),
    ]),
  ).toMatchObject([applied]);
  expect(await deskB.push([mutation(1, [insertion('charge_item', charge)])])).toMatchObject([applied]);
  expect(await centre.sql('select status, status_reason from clinichub.charge_item')).toEqual([
    { status: 'not-billable', status_reason: 'A free check' },
  ]);
});
