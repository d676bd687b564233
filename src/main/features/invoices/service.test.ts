import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import type { Input } from '#shared/contract/contract.ts';
import type { ChargeId, InvoiceId, LocationId, OrganizationId, PatientId } from '#shared/kernel/ids.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { insurer, putCharges, seedBilling, someCharge } from '#tests/support/charges.ts';
import { type Clinic, habimana, mutesi, openClinic, site } from '#tests/support/core-clinic.ts';
import { textOfPdf } from '#tests/support/pdf-text.ts';

let clinic: Clinic;
let desk: Connection;
let cashier: Connection;
beforeEach(async () => {
  clinic = openClinic();
  desk = await clinic.signedIn('reception');
  cashier = await clinic.signedIn('cashier');
  seedBilling(clinic.temporary.local);
});
afterEach(() => clinic.close());

const patientId = habimana.id as PatientId;
const charge = (more: Partial<RowOf<'charge_item'>> = {}) => {
  const [id = ''] = putCharges(clinic.temporary.local, someCharge({ patient_id: habimana.id, ...more }));
  return id as ChargeId;
};
const open = async () => (await clinic.get('invoices.openCharges', { patientId }, desk)).charges;
const draft = async (more: Partial<Input<'invoices.draft'>> = {}) =>
  (await clinic.get('invoices.draft', { patientId, payerId: null, currency: 'RWF', ...more }, desk)).id;
const get = (id: InvoiceId) => clinic.get('invoices.get', { id }, desk);
const list = async (more: Input<'invoices.list'> = {}) =>
  (await clinic.get('invoices.list', more, desk)).items;
const issue = async (id: InvoiceId) =>
  clinic.ask('invoices.issue', { id, total: (await get(id)).total }, desk);
const issued = async (...charges: readonly Partial<RowOf<'charge_item'>>[]) => {
  for (const more of charges) charge(more);
  const id = await draft();
  await issue(id);
  return id;
};
const credit = (id: InvoiceId, more: Partial<Input<'invoices.credit'>> = {}) =>
  clinic.ask('invoices.credit', { id, lines: null, reason: 'Wrong patient', ...more }, cashier);

describe('a draft', () => {
  it('gathers what is open of one payer and currency, chosen or all, and nothing twice', async () => {
    const [first, second] = [charge(), charge()];
    charge({ currency: 'USD' });
    charge({ payer_id: insurer.id, cover_rate: 8000 });
    charge({ status: 'not-billable', status_reason: 'By mistake' });
    charge({ patient_id: mutesi.id });
    expect(await open()).toHaveLength(4);
    const id = await draft({ chargeIds: [first] });
    expect((await get(id)).lines.map(({ chargeId }) => chargeId)).toEqual([first]);
    expect((await get(await draft())).lines.map(({ chargeId }) => chargeId)).toEqual([second]);
    const nothing = clinic.ask('invoices.draft', { patientId, payerId: null, currency: 'RWF' }, desk);
    expect(await nothing).toMatchObject({ error: { code: 'not-found' } });
    const mixed = (await open()).map((one) => one.id);
    expect(
      await clinic.ask(
        'invoices.draft',
        { patientId, payerId: null, currency: 'USD', chargeIds: mixed },
        desk,
      ),
    ).toMatchObject({ error: { fields: { chargeIds: 'mixed' } } });
  });

  it('shows what it would come to: tax of each line rounded away from zero, the shares of payer and patient', async () => {
    charge({
      unit_price: 25,
      quantity: '0.5',
      tax_rate: 1800,
      payer_id: insurer.id,
      cover_rate: 5000,
      occurred_at: '2026-11-23T06:00:00.000Z',
    });
    charge({ unit_price: 1000, quantity: '3', discount: 500, payer_id: insurer.id });
    const view = await get(await draft({ payerId: insurer.id as OrganizationId }));
    expect(view).toMatchObject({ status: 'draft', payerName: 'Mutuelle', total: 2515, payerTotal: 8 });
    expect(view.lines).toMatchObject([
      { net: 13, tax: 2, gross: 15, payerShare: 8, patientShare: 7 },
      { net: 2500, gross: 2500, payerShare: 0, patientShare: 2500 },
    ]);
  });

  it('takes charges in and out, and gives them back when it is given up', async () => {
    const [first, second] = [charge(), charge()];
    const id = await draft({ chargeIds: [first] });
    const change = (more: object) => clinic.ask('invoices.change', { id, ...more }, desk);
    expect(await change({ add: [second], remove: [first] })).toMatchObject({ ok: true });
    expect((await get(id)).lines.map(({ chargeId }) => chargeId)).toEqual([second]);
    expect(await change({ add: [charge({ currency: 'USD' })] })).toMatchObject({
      error: { fields: { add: 'mixed' } },
    });
    expect(await change({ add: [charge({ patient_id: mutesi.id })] })).toMatchObject({
      error: { code: 'not-found' },
    });
    await clinic.get('invoices.giveUp', { id }, desk);
    expect((await open()).map((one) => one.id)).toEqual(expect.arrayContaining([first, second]));
    expect(await get(id)).toMatchObject({ status: 'cancelled', lines: [] });
    expect(await change({})).toMatchObject({ error: { code: 'changed-meanwhile' } });
  });

  it('has a discount for whoever may give one, with its reason, and none above the price', async () => {
    const chargeId = charge({ unit_price: 999 });
    const off = (discount: string, reason = 'Staff', who = cashier) =>
      clinic.ask('invoices.discount', { chargeId, discount, reason }, who);
    expect(await off('10 %', 'Staff', desk)).toMatchObject({ error: { code: 'not-permitted' } });
    expect(await off('10 %', '')).toMatchObject({ error: { fields: { reason: 'required' } } });
    expect(await off('1000')).toMatchObject({ error: { fields: { discount: 'more-than-price' } } });
    expect(await off('-5')).toMatchObject({ error: { fields: { discount: 'negative' } } });
    expect(await off('1000 %')).toMatchObject({ error: { fields: { discount: 'too-much' } } });
    expect(await off('50 %')).toMatchObject({ ok: true });
    expect(await open()).toMatchObject([{ discount: 500, discountReason: 'Staff', gross: 499 }]);
    expect(await off('', '')).toMatchObject({ ok: true });
    expect(await open()).toMatchObject([{ discount: 0, discountReason: null, gross: 999 }]);
    await issue(await draft());
    expect(await off('50 %')).toMatchObject({ error: { code: 'changed-meanwhile' } });
  });
});

describe('an invoice', () => {
  it('is issued as it was seen, in one mutation, and never changes again', async () => {
    const chargeId = charge();
    const id = await draft();
    expect(await clinic.ask('invoices.issue', { id, total: 999 }, desk)).toMatchObject({
      error: { code: 'changed-meanwhile' },
    });
    expect(await issue(id)).toMatchObject({ ok: true });
    const kept = clinic.temporary.local.db
      .prepare(`SELECT payload FROM outbox WHERE kind = 'invoice.issue'`)
      .all() as { payload: string }[];
    expect(kept).toHaveLength(1);
    const { changes } = JSON.parse(kept[0]?.payload ?? '{}') as { changes: { tbl: string }[] };
    expect(changes.map(({ tbl }) => tbl)).toEqual(['invoice_line', 'invoice']);
    expect(await get(id)).toMatchObject({
      status: 'issued',
      total: 1000,
      open: { patient: 1000, payer: 0 },
      certainty: 'provisional',
      lines: [{ chargeId, gross: 1000, left: { gross: 1000 } }],
    });
    expect(await open()).toEqual([]);
    expect(await issue(id)).toMatchObject({ error: { code: 'changed-meanwhile' } });
    expect(await clinic.ask('invoices.giveUp', { id }, desk)).toMatchObject({
      error: { code: 'changed-meanwhile' },
    });
  });

  it('says which charge keeps it from being issued', async () => {
    const wrong = charge({ quantity: '0' });
    const id = await draft();
    expect(await clinic.ask('invoices.issue', { id, total: 0 }, desk)).toMatchObject({
      error: { code: 'invalid-input', fields: { [wrong]: 'quantity' } },
    });
  });

  it('has a number of this workstation that is never given again, and a series of its site', async () => {
    const numbers = new Set<string>();
    for (let n = 0; n < 3; n += 1) numbers.add((await get(await issued({}))).provisionalNumber);
    expect(numbers.size).toBe(3);
    for (const number of numbers) expect(number).toMatch(/^P-G-[2-9A-HJKMNP-Z]{6}$/);
    expect((await list())[0]).toMatchObject({ provisional: true });
    const id = await issued({});
    expect(await get(id)).toMatchObject({ series: 'INV-RUH', fiscalNumber: null });
    const admin = await clinic.signedIn('admin');
    const set = (value: string) =>
      clinic.ask(
        'settings.set',
        { key: 'billing.invoice-series', siteId: site.id as LocationId, seen: null, value },
        admin,
      );
    expect(await set('P-7')).toMatchObject({ ok: false });
    expect(await set('a b')).toMatchObject({ ok: false });
    expect(await set('2027-R')).toMatchObject({ ok: true });
    expect(await get(id)).toMatchObject({ series: 'INV-RUH' });
    expect(await get(await issued({}))).toMatchObject({ series: '2027-R' });
  });

  it('is balanced once both parts are paid', async () => {
    const id = await issued({});
    const pay = (amount: number) =>
      clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
        writer.insert('payment', {
          ...blank('payment'),
          id: crypto.randomUUID(),
          patient_id: habimana.id,
          invoice_id: id,
          kind: 'payment',
          method: 'cash',
          amount,
          currency: 'RWF',
          paid_at: '2026-11-23T08:00:00.000Z',
          recorded_at: '2026-11-23T08:00:00.000Z',
        }),
      );
    pay(400);
    expect(await get(id)).toMatchObject({
      status: 'issued',
      open: { patient: 600 },
      payments: [{ amount: 400 }],
    });
    expect(await list({ filter: 'open' })).toHaveLength(1);
    pay(600);
    expect(await get(id)).toMatchObject({ status: 'balanced', open: { patient: 0 } });
    expect(await list({ filter: 'open' })).toEqual([]);
    expect(await list({ filter: 'balanced' })).toMatchObject([{ id }]);
  });

  it('says which others bill the same charge, until one of them is credited', async () => {
    const chargeId = charge();
    const first = await draft();
    await issue(first);
    // As another workstation without a network would have done.
    const second = crypto.randomUUID() as InvoiceId;
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) => {
      const [line] = clinic.temporary.local.db
        .prepare('SELECT * FROM invoice_line')
        .all() as (RowOf<'invoice_line'> & { row_version?: number })[];
      const invoice = clinic.temporary.local.db
        .prepare('SELECT * FROM invoice WHERE id = ?')
        .get(first) as RowOf<'invoice'> & { row_version?: number };
      if (line === undefined) throw new Error('there is a line');
      delete line.row_version;
      delete invoice.row_version;
      writer.insert('invoice', { ...invoice, id: second, provisional_number: 'P-B-222222' });
      writer.insert('invoice_line', { ...line, id: crypto.randomUUID(), invoice_id: second });
    });
    expect(await get(first)).toMatchObject({ lines: [{ alsoOn: [{ id: second, number: 'P-B-222222' }] }] });
    expect((await list({ filter: 'twice' })).map(({ id }) => id).toSorted()).toEqual(
      [first, second].toSorted(),
    );
    expect(await credit(second)).toMatchObject({ ok: true });
    expect(await list({ filter: 'twice' })).toEqual([]);
    // The other one still bills it.
    expect((await open()).some(({ id }) => id === chargeId)).toBe(false);
  });
});

describe('a credit note', () => {
  it('takes all of an invoice back, which is cancelled then, and its charges are open again', async () => {
    const id = await issued({ tax_rate: 1800 });
    expect(await clinic.ask('invoices.credit', { id, lines: null, reason: 'x' }, desk)).toMatchObject({
      error: { code: 'not-permitted' },
    });
    const note = await credit(id);
    if (!note.ok) throw new Error('credited');
    expect(await get(note.value.id)).toMatchObject({
      kind: 'credit-note',
      corrects: id,
      status: 'issued',
      total: -1180,
      series: 'CN-RUH',
      reason: 'Wrong patient',
      lines: [{ quantity: '-1', net: -1000, tax: -180 }],
    });
    expect(await get(id)).toMatchObject({
      status: 'cancelled',
      open: { patient: 0 },
      credits: [{ total: -1180 }],
      lines: [{ left: { gross: 0, quantity: '0' } }],
    });
    expect(await open()).toHaveLength(1);
    expect(await credit(id)).toMatchObject({ error: { code: 'changed-meanwhile' } });
    expect(await get(await draft())).toMatchObject({ total: 1180 });
    expect(await list({ filter: 'credit-note' })).toHaveLength(1);
    expect(await list({ filter: 'cancelled' })).toMatchObject([{ id }]);
  });

  it('takes a part of a line back by amount or quantity, to the last minor unit and no more', async () => {
    const id = await issued({ unit_price: 333, quantity: '3', tax_rate: 1800 });
    const [line] = (await get(id)).lines;
    if (line === undefined) throw new Error('there is a line');
    const part = (by: 'amount' | 'quantity' | 'rest', typed = '') =>
      credit(id, { lines: [{ id: line.id, by, typed }] });
    expect(await part('amount', '1180')).toMatchObject({
      error: { fields: { [line.id]: 'more-than-remains' } },
    });
    expect(await part('quantity', '4')).toMatchObject({
      error: { fields: { [line.id]: 'more-than-remains' } },
    });
    expect(await part('amount', 'x')).toMatchObject({ error: { fields: { [line.id]: 'number' } } });
    expect(await part('amount', '100')).toMatchObject({ ok: true });
    expect(await part('quantity', '1')).toMatchObject({ ok: true });
    expect(await get(id)).toMatchObject({ status: 'issued', credits: [{ total: -100 }, { total: -360 }] });
    expect(await open()).toEqual([]);
    expect(await part('rest')).toMatchObject({ ok: true });
    expect(await get(id)).toMatchObject({ status: 'cancelled', lines: [{ left: { gross: 0, tax: 0 } }] });
    expect(await open()).toHaveLength(1);
  });

  it('leaves charges off every bill where somebody says so', async () => {
    const id = await issued({});
    await credit(id, { chargeAgain: false });
    expect(await open()).toEqual([]);
  });
});

it('is found by either number, whatever way it is typed, by day, site and patient', async () => {
  const id = await issued({});
  const { provisionalNumber } = await get(id);
  expect(await list({ number: provisionalNumber.toLowerCase() })).toMatchObject([{ id }]);
  clinic.temporary.local.db.prepare('UPDATE invoice SET fiscal_number = 17 WHERE id = ?').run(id);
  for (const number of ['17', 'inv-ruh-17', provisionalNumber])
    expect(await list({ number })).toMatchObject([{ id, number: 'INV-RUH-17', provisional: false }]);
  expect(await list({ number: 'INV-HUY-17' })).toEqual([]);
  expect(await list({ day: '2026-11-23', locationId: site.id as LocationId, patientId })).toMatchObject([
    { id },
  ]);
  expect(await list({ day: '2026-11-22' })).toEqual([]);
  expect(await list({ patientId: mutesi.id as PatientId })).toEqual([]);
});

it('comes page by page, the latest first', async () => {
  for (let n = 0; n < 3; n += 1) await issued({});
  const first = await clinic.get('invoices.list', { limit: 2 }, desk);
  const second = await clinic.get('invoices.list', { limit: 2, before: first.next }, desk);
  expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(3);
  expect(second.next).toBeNull();
});

it('is on paper in the language of the patient, and what is handed out again says that it is a copy', async () => {
  const id = await issued({ title: 'Consultation', tax_rate: 1800, discount: 100, discount_reason: 'Staff' });
  const paper = async (language: 'en' | 'fr' = 'en') => {
    const { file, copy } = await clinic.get('invoices.paper', { id, language }, desk);
    const { text } = await textOfPdf(Buffer.from(file.data, 'base64'));
    return { text, copy, name: file.name };
  };
  const first = await paper();
  expect(first).toMatchObject({ copy: false, name: expect.stringMatching(/^invoice-P-G-/) as string });
  expect(first.text).toContain('provisional');
  expect(first.text).toContain('RWF 1,062');
  expect(first.text).toContain('Discount RWF 100: Staff');
  expect(first.text).not.toContain('Copy');
  expect(await paper('fr')).toMatchObject({ copy: true, text: expect.stringContaining('Copie') as string });
  clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.update('patient', habimana.id, { language: 'fr' }),
  );
  expect((await paper('en')).text).toContain('Facture');
});
