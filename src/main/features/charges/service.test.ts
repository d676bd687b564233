import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import type { Input } from '#shared/contract/contract.ts';
import type { ChargeId, ChargeItemId, LocationId, PatientId, VisitTypeId } from '#shared/kernel/ids.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { someInvoice, somePrescription } from '#tests/support/clinical-samples.ts';
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
import { someAppointment } from '#tests/support/sync-local.ts';

let clinic: Clinic;
let admin: Connection;
let desk: Connection;
beforeEach(async () => {
  clinic = openClinic();
  [admin, desk] = [await clinic.signedIn('admin'), await clinic.signedIn('reception')];
});
afterEach(() => clinic.close());

const patientId = habimana.id as PatientId;
const day = '2026-11-23';
const insert = <T extends Parameters<typeof blank>[0]>(table: T, row: RowOf<T>) =>
  void clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.insert(table, row),
  );

const setCurrency = () =>
  clinic.get('settings.set', { key: 'clinic.currency', siteId: null, seen: null, value: 'RWF' }, admin);

const newVisitType = async (name: string): Promise<VisitTypeId> => {
  const details = { name, minutes: 30, bufferBefore: 0, bufferAfter: 0, dailyCap: null, leadMinutes: null };
  const more = { horizonDays: null, staffOnly: false, needsRoom: false, active: true };
  return (await clinic.get('scheduling.createVisitType', { ...details, ...more }, admin)).id;
};

type Entry = Partial<Input<'prices.define'>>;
const define = async (code: string, more: Entry = {}): Promise<ChargeItemId> => {
  const entry = { code, title: code, visitTypeId: null, active: true, ...more };
  return (await clinic.get('prices.define', { ...entry, id: null }, admin)).id;
};
const price = (definitionId: ChargeItemId, amount: string, more: Partial<Input<'prices.set'>> = {}) =>
  clinic.get(
    'prices.set',
    { definitionId, locationId: null, validFrom: '2026-01-01', amount, ...more },
    admin,
  );

const newPayer = async (name = 'RSSB') =>
  (await clinic.get('payers.save', { id: null, name, active: true }, admin)).id;
const cover = (payor: string, more: Partial<RowOf<'coverage'>> = {}) =>
  insert('coverage', {
    ...blank('coverage'),
    id: v7(),
    patient_id: patientId,
    payer: 'RSSB',
    payor_id: payor,
    cover_rate: 8500,
    created_at: '2026-01-01T00:00:00.000Z',
    ...more,
  });

const booked = (visitTypeId: VisitTypeId | null, more: Partial<RowOf<'appointment'>> = {}) => {
  const row = someAppointment({
    patient_id: patientId,
    practitioner_id: uwase.id,
    location_id: site.id,
    visit_type_id: visitTypeId,
    start_at: new Date(now + 600_000).toISOString(),
    end_at: new Date(now + 1_500_000).toISOString(),
    start_local: `${day}T10:10`,
    time_zone: 'Africa/Kigali',
    ...more,
  });
  insert('appointment', row);
  return row.id;
};
const step = async (id: string, to: Input<'visits.step'>['step'], by = desk) => {
  const row = clinic.temporary.local.store.get(
    localDb.selectFrom('appointment').selectAll().where('id', '=', id),
  );
  const was = { status: row?.status, stage: row?.stage } as Input<'visits.step'>['was'];
  return (await clinic.get('visits.step', { id: id as never, step: to, was }, by)).undo;
};
const open = async (of = patientId) => (await clinic.get('charges.open', { patientId: of }, desk)).charges;
const kept = () =>
  clinic.temporary.local.store.all(localDb.selectFrom('charge_item').selectAll().orderBy('created_at'));

/** A kind of visit that costs 5,000 with 18 % tax. */
const consultation = async (): Promise<VisitTypeId> => {
  await setCurrency();
  const type = await newVisitType('Consultation');
  await price(await define('CONS', { visitTypeId: type, taxRate: 1800 }), '5000');
  return type;
};

it('a check-in raises what the visit costs at its site, of the payer of the patient', async () => {
  const type = await consultation();
  const payer = await newPayer();
  const [{ id: entry } = { id: '' as ChargeItemId }] = (await clinic.get('prices.list', {}, admin)).items;
  await price(entry, '4000', { payerId: payer });
  await price(entry, '3500', { payerId: payer, locationId: otherSite.id as LocationId });
  cover(payer);
  const id = booked(type);
  await step(id, 'arrive');
  expect(await open()).toEqual([]);
  await step(id, 'check-in');
  expect(await open()).toMatchObject([
    {
      title: 'CONS',
      sourceKind: 'visit',
      quantity: '1',
      unitPrice: 4000,
      currency: 'RWF',
      taxRate: 1800,
      payerId: payer,
      payerName: 'RSSB',
      coverRate: 8500,
      practitionerId: uwase.id,
      invoiceId: null,
      amounts: { net: 4000, tax: 720, gross: 4720, payerShare: 4012, patientShare: 708 },
      certainty: 'provisional',
    },
  ]);
  await step(id, 'to-nurse', await clinic.signedIn('nurse'));
  expect(kept()).toMatchObject([{ location_id: site.id, source_id: id, status: 'billable' }]);
});

it.each([
  ['is over', { end_date: '2026-11-22' }],
  ['is to come', { start_date: '2026-11-24' }],
  ['was taken away', { voided_at: '2026-02-01T00:00:00.000Z' }],
  ['is in words alone', { payor_id: null }],
] as const)('a coverage that %s leaves the patient to pay', async (_what, more) => {
  const type = await consultation();
  cover(await newPayer(), more);
  await step(booked(type), 'check-in');
  expect(await open()).toMatchObject([{ payerId: null, coverRate: null, unitPrice: 5000 }]);
});

it('a payer that was closed bears nothing new', async () => {
  const type = await consultation();
  const id = await newPayer();
  cover(id);
  await clinic.get('payers.save', { id, name: 'RSSB', active: false }, admin);
  await step(booked(type), 'check-in');
  expect(await open()).toMatchObject([{ payerId: null }]);
});

it('who is called without a check-in is charged too, and who left unseen is not', async () => {
  const type = await consultation();
  const id = booked(type);
  await step(id, 'arrive');
  await step(id, 'to-doctor-queue');
  expect(await open()).toHaveLength(1);
  await step(id, 'leave-unseen');
  expect(await open()).toEqual([]);
});

it('a walk-in costs what a visit of no kind does', async () => {
  await consultation();
  await price(await define('WALK', { category: 'visit' }), '3000');
  await price(await define('CERT', { category: 'other' }), '1000');
  const { visit } = await clinic.get(
    'visits.walkIn',
    {
      patientId: mutesi.id as PatientId,
      practitionerId: uwase.id as never,
      locationId: site.id as LocationId,
      reason: '',
      priority: 'routine',
    },
    desk,
  );
  expect(await open(mutesi.id as PatientId)).toEqual([]);
  await step(visit.id, 'check-in');
  expect(await open(mutesi.id as PatientId)).toMatchObject([{ title: 'WALK', unitPrice: 3000 }]);
});

it('without a currency, a price or an entry nothing is raised, and the check-in goes on', async () => {
  const type = await newVisitType('Consultation');
  await step(booked(type), 'check-in');
  expect(kept()).toEqual([]);
  await setCurrency();
  const entry = await define('CONS', { visitTypeId: type });
  const later = {
    start_local: `${day}T11:00`,
    start_at: `${day}T09:00:00.000Z`,
    end_at: `${day}T09:10:00.000Z`,
  };
  await step(booked(type, { ...later, patient_id: mutesi.id }), 'check-in');
  await price(entry, '5000', { validFrom: '2026-11-24' });
  expect(kept()).toEqual([]);
});

it('undoing the check-in withdraws the fee, and checking in again raises it as it costs then', async () => {
  const type = await consultation();
  const id = booked(type);
  const undo = await step(id, 'check-in');
  await clinic.get('visits.undo', { undo }, desk);
  expect(await open()).toEqual([]);
  expect(kept()).toMatchObject([{ status: 'entered-in-error' }]);
  const [entry] = (await clinic.get('prices.list', {}, admin)).items;
  if (entry) await price(entry.id, '6000', { validFrom: day });
  await step(id, 'check-in');
  expect(await open()).toMatchObject([{ unitPrice: 6000 }]);
  expect(kept()).toHaveLength(1);
});

it('what a person took away is not raised again, and stays taken away', async () => {
  const type = await consultation();
  const id = booked(type);
  const undo = await step(id, 'check-in');
  const [charge] = await open();
  const input = { id: charge?.id as ChargeId, reason: 'Follow-up within the week' };
  await clinic.get('charges.remove', input, desk);
  expect(await open()).toEqual([]);
  await clinic.get('visits.undo', { undo }, desk);
  await step(id, 'check-in');
  expect(await open()).toEqual([]);
  expect(kept()).toMatchObject([{ status: 'not-billable', status_reason: 'Follow-up within the week' }]);
  expect(await clinic.ask('charges.remove', input, desk)).toMatchObject({
    error: { code: 'changed-meanwhile' },
  });
});

/** An invoice that bills a charge, or a credit note that takes something back of its line. */
const billing = (chargeId: string, gross: number, of: { invoice: string; line: string } | null = null) => {
  const kind = of === null ? 'invoice' : 'credit-note';
  const invoice = { ...someInvoice({ patient_id: patientId }), kind, corrects: of?.invoice ?? null };
  insert('invoice', { ...invoice, provisional_number: invoice.id, total: gross });
  const line = v7();
  insert('invoice_line', {
    ...blank('invoice_line'),
    id: line,
    patient_id: patientId,
    invoice_id: invoice.id,
    line_no: 1,
    charge_item_id: of === null ? chargeId : null,
    corrects: of?.line ?? null,
    title: 'CONS',
    quantity: '1',
    unit_price: 5000,
    discount: 0,
    net: gross,
    tax_rate: 0,
    tax: 0,
    gross,
    payer_share: 0,
    patient_share: gross,
    recorded_at: '2026-11-23T08:00:00.000Z',
  });
  return { invoice: invoice.id, line };
};

it('what is billed is open no more, stays when the check-in is undone, and is open again once it is credited whole', async () => {
  const type = await consultation();
  const undo = await step(booked(type), 'check-in');
  const [charge] = await open();
  const id = charge?.id as ChargeId;
  const billed = billing(id, 5000);
  expect(await open()).toEqual([]);
  expect(await clinic.ask('charges.remove', { id, reason: 'No' }, desk)).toMatchObject({
    error: { code: 'changed-meanwhile' },
  });
  await clinic.get('visits.undo', { undo }, desk);
  expect(kept()).toMatchObject([{ status: 'billable' }]);
  billing(id, -2000, billed);
  expect(await open()).toEqual([]);
  billing(id, -3000, billed);
  expect(await open()).toHaveLength(1);
});

it('a requested test is charged when its result is entered, once', async () => {
  await setCurrency();
  await price(await define('KIDNEY', { category: 'procedure', serviceCode: '24362-6' }), '2000');
  const doctor = await clinic.signedIn('doctor');
  const ask = { patientId, priority: 'routine', reason: 'Tired', note: '' } as const;
  const requests = await clinic.get(
    'orders.request',
    { ...ask, tests: ['kidney', { words: 'X-ray' }] },
    doctor,
  );
  expect(kept()).toEqual([]);
  const result: Input<'results.enter'> = {
    patientId,
    requestId: requests[0]?.id ?? null,
    test: 'kidney',
    display: '',
    values: [{ analyte: 'potassium', text: '4.2', unit: 'mmol/L' }],
    conclusion: '',
    performer: '',
    effectiveLocal: `${day}T09:00`,
    requesterId: null,
    flag: null,
    corrects: null,
    confirmed: false,
  };
  const nurse = await clinic.signedIn('nurse');
  const { id } = await clinic.get('results.enter', result, nurse);
  expect(await open()).toMatchObject([
    { title: 'KIDNEY', sourceKind: 'procedure', unitPrice: 2000, practitionerId: uwase.id },
  ]);
  await clinic.get('results.enter', { ...result, requestId: null, corrects: id }, nurse);
  // One that nobody here asked for is not the clinic's to charge.
  await clinic.get('results.enter', { ...result, requestId: null }, nurse);
  expect(await open()).toHaveLength(1);
});

it('a medicine is charged as it is handed out, and not when it is taken back', async () => {
  await setCurrency();
  const medicine = v7();
  insert('medicine', {
    ...blank('medicine'),
    id: medicine,
    name: 'Amoxicillin 500 mg capsule',
    ingredients: '[]',
    active: 1,
    created_at: '2026-01-01T00:00:00.000Z',
  });
  await price(await define('AMOX', { category: 'medicine', medicineId: medicine as never }), '50');
  const prescription = somePrescription({
    patient_id: patientId,
    medicine_id: medicine,
    requester_id: uwase.id,
    status: 'active',
    signed_at: '2026-11-23T07:00:00.000Z',
    quantity: '21',
    quantity_unit: 'capsule',
    start_date: day,
  });
  insert('medication_request', prescription);
  const pharmacist = await clinic.signedIn('pharmacist');
  const hand = {
    id: prescription.id as never,
    quantity: '10,5',
    note: '',
    overrides: [],
    doctorId: null,
    pin: null,
  };
  const { id } = await clinic.get('prescriptions.dispense', hand, pharmacist);
  expect(await open()).toMatchObject([
    { title: 'AMOX', sourceKind: 'dispense', quantity: '10.5', unitPrice: 50, amounts: { gross: 525 } },
  ]);
  await clinic.get('prescriptions.takeBack', { dispenseId: id, reason: 'Counted wrong' }, pharmacist);
  expect(await open()).toEqual([]);
});

it('something is added by hand at what it costs today, and no other way', async () => {
  const entry = await define('CERT', { category: 'other', taxRate: 1800 });
  const input = { patientId, definitionId: entry, quantity: '2' };
  const add = (more: Partial<Input<'charges.add'>> = {}) =>
    clinic.ask('charges.add', { ...input, ...more }, desk);
  expect(await add()).toMatchObject({ error: { code: 'no-currency' } });
  await setCurrency();
  expect(await add()).toMatchObject({ error: { fields: { definitionId: 'no-price' } } });
  await price(entry, '3000');
  expect(await add({ quantity: '0' })).toMatchObject({ error: { fields: { quantity: 'above-zero' } } });
  expect(await add({ quantity: '1,500' })).toMatchObject({ error: { fields: { quantity: 'two-numbers' } } });
  expect(await add({ quantity: '0.0001' })).toMatchObject({
    error: { fields: { quantity: 'out-of-bounds' } },
  });
  expect(await add()).toMatchObject({ value: { quantity: '2', amounts: { net: 6000, tax: 1080 } } });
  await add();
  expect(await open()).toHaveLength(2);
});
