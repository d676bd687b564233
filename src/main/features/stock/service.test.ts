import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import type { Input, Output } from '#shared/contract/contract.ts';
import type {
  LocationId,
  MedicineId,
  PrescriptionId,
  StockBatchId,
  StockItemId,
} from '#shared/kernel/ids.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { somePrescription } from '#tests/support/clinical-samples.ts';
import { type Clinic, habimana, openClinic, room, site } from '#tests/support/core-clinic.ts';

const today = '2026-11-23';
const medicineId = '01900000-0000-7000-8000-00000000f001' as MedicineId;

let clinic: Clinic;
let pharmacist: Connection;
let store: LocationId;
let item: StockItemId;

beforeEach(async () => {
  clinic = openClinic();
  pharmacist = await clinic.signedIn('pharmacist');
  clinic.temporary.local.store.mutate({ kind: 'seed', user: null }, (writer) =>
    writer.insert('medicine', {
      ...blank('medicine'),
      id: medicineId,
      name: 'Amoxicillin 500 mg',
      ingredients: '[]',
      active: 1,
      created_at: '2026-01-01T00:00:00.000Z',
    }),
  );
  store = (
    await clinic.get(
      'stock.saveStore',
      { id: null, siteId: site.id as LocationId, name: 'Pharmacy', active: true },
      pharmacist,
    )
  ).id;
  item = await newItem('Amoxicillin 500 mg capsules', medicineId);
});
afterEach(() => clinic.close());

const newItem = async (title: string, medicine: MedicineId | null = null, unit = 'capsule') =>
  (
    await clinic.get(
      'stock.saveItem',
      { id: null, title, unit, medicineId: medicine, active: true },
      pharmacist,
    )
  ).id;
const receipt = (more: Partial<Input<'stock.receive'>> = {}): Input<'stock.receive'> => ({
  itemId: item,
  locationId: store,
  lot: 'A1',
  expiry: '2027-06-30',
  quantity: '100',
  cost: '',
  costUnits: '',
  reference: '',
  ...more,
});
const receive = (more: Partial<Input<'stock.receive'>> = {}) =>
  clinic.get('stock.receive', receipt(more), pharmacist);
const here = (itemId = item, locationId = store) =>
  clinic.get('stock.item', { id: itemId, locationId }, pharmacist);
const lots = async () =>
  (await here()).batches.map(({ lot, quantity, usable, excluded }) => [lot, quantity, usable, excluded]);
const batch = async (lot: string): Promise<StockBatchId> => {
  const found = (await here()).batches.find((one) => one.lot === lot);
  if (found === undefined) throw new Error(lot);
  return found.id;
};
/** What is said later stands above. */
const later = () => {
  clinic.clock.at += 1000;
};
const ask = <N extends Parameters<Clinic['ask']>[0]>(name: N, input: Input<N>) =>
  clinic.ask(name, input, pharmacist);
const moved = async () =>
  (await clinic.get('stock.movements', { id: item, locationId: store }, pharmacist)).items;

describe('items and stores', () => {
  it('are named once, and the unit of what has moved stays', async () => {
    const again = {
      id: null,
      title: 'AMOXICILLIN 500 mg  capsules',
      unit: 'capsule',
      medicineId,
      active: true,
    };
    expect(await ask('stock.saveItem', { ...again, title: 'amoxicillin 500 MG capsules' })).toMatchObject({
      error: { fields: { title: 'duplicate' } },
    });
    await receive();
    const other = { ...again, id: item, title: 'Amoxicillin', unit: 'pack' };
    expect(await ask('stock.saveItem', other)).toMatchObject({ error: { fields: { unit: 'moved' } } });
    await clinic.get('stock.saveItem', { ...other, unit: 'capsule' }, pharmacist);
    expect((await here()).item).toMatchObject({ title: 'Amoxicillin', medicineName: 'Amoxicillin 500 mg' });
    expect(
      await ask('stock.saveStore', {
        id: null,
        siteId: site.id as LocationId,
        name: 'pharmacy',
        active: true,
      }),
    ).toMatchObject({ error: { fields: { name: 'duplicate' } } });
  });

  it('make no room of a store', async () => {
    const admin = await clinic.signedIn('admin');
    const places = await clinic.get('clinic.places', {}, admin);
    expect(places.map(({ name }) => name)).not.toContain('Pharmacy');
    const forHours = (await clinic.get('scheduling.places', {}, admin)).map(({ name }) => name);
    expect(forHours).toContain(room.name);
    expect(forHours).not.toContain('Pharmacy');
    expect(await clinic.get('stock.stores', {}, pharmacist)).toMatchObject({
      stores: [{ id: store, name: 'Pharmacy', certainty: 'provisional' }],
      here: store,
    });
  });
});

describe('what moves', () => {
  it('adds up per batch, and says why some of it may not be used', async () => {
    await receive();
    await receive({ lot: ' a1 ', quantity: '1 500' });
    await receive({ lot: 'OLD', expiry: '2026-11-22', quantity: '40' });
    await receive({ lot: 'BAD', quantity: '7' });
    await clinic.get(
      'stock.recall',
      { batchId: await batch('BAD'), recalled: true, reason: 'Letter of the maker' },
      pharmacist,
    );
    expect(await lots()).toEqual([
      ['OLD', 40, 0, 'expired'],
      ['A1', 1600, 1600, null],
      ['BAD', 7, 0, 'recalled'],
    ]);
    expect((await here()).item).toMatchObject({
      usable: 1600,
      quantity: 1647,
      excluded: [
        { why: 'recalled', quantity: 7, batches: 1 },
        { why: 'expired', quantity: 40, batches: 1 },
      ],
      certainty: 'provisional',
    });
    // Who receives more of it later does not end the recall.
    await receive({ lot: 'BAD', quantity: '1' });
    expect((await lots())[2]).toEqual(['BAD', 8, 0, 'recalled']);
  });

  it.each([
    ['quantity', { quantity: '0' }, 'above-zero'],
    ['quantity', { quantity: '-5' }, 'above-zero'],
    ['quantity', { quantity: '1,5' }, 'whole-number'],
    ['quantity', { quantity: '1,500' }, 'two-numbers'],
    ['expiry', { expiry: '1899-01-31' }, 'date'],
  ] as const)('refuses a receipt with a wrong %s %o', async (field, more, problem) => {
    expect(await ask('stock.receive', receipt(more))).toMatchObject({
      error: { fields: { [field]: problem } },
    });
  });

  it('keeps what it cost per so many, in the currency of the clinic', async () => {
    expect(await ask('stock.receive', receipt({ cost: '4500' }))).toMatchObject({
      error: { code: 'no-currency' },
    });
    const admin = await clinic.signedIn('admin');
    await clinic.get(
      'settings.set',
      { key: 'clinic.currency', siteId: null, seen: null, value: 'RWF' },
      admin,
    );
    expect(await ask('stock.receive', receipt({ cost: '4500.5' }))).toMatchObject({
      error: { fields: { cost: 'minor-units' } },
    });
    await receive({ cost: '4500', costUnits: '1000' });
    expect((await here()).batches).toMatchObject([{ cost: { amount: 4500, units: 1000, currency: 'RWF' } }]);
  });

  it('goes from store to store in one piece, and back whole', async () => {
    await receive();
    const other = (
      await clinic.get(
        'stock.saveStore',
        { id: null, siteId: site.id as LocationId, name: 'Ward', active: true },
        pharmacist,
      )
    ).id;
    const batchId = await batch('A1');
    const way = { batchId, locationId: store, to: other, quantity: '30', reason: '' };
    later();
    const { ids } = await clinic.get('stock.transfer', way, pharmacist);
    expect((await here()).item.quantity).toBe(70);
    expect((await here(item, other)).item.quantity).toBe(30);
    expect((await here()).elsewhere).toMatchObject([{ locationId: other, usable: 30 }]);
    expect((await moved())[0]).toMatchObject({ kind: 'transfer-out', delta: -30, otherStore: 'Ward' });
    expect(await ask('stock.transfer', { ...way, quantity: '71' })).toMatchObject({
      error: { code: 'stock-short', params: { left: 70 } },
    });
    later();
    await clinic.get('stock.takeBack', { id: ids[1] as never, reason: 'Wrong box' }, pharmacist);
    expect((await here()).item.quantity).toBe(100);
    expect((await here(item, other)).item.quantity).toBe(0);
    expect(await ask('stock.takeBack', { id: ids[0] as never, reason: 'Again' })).toMatchObject({
      error: { code: 'changed-meanwhile' },
    });
    expect((await moved())[0]).toMatchObject({ kind: 'reversal', reverses: 'transfer-out' });
  });

  it('is put aside, wasted and corrected with a reason, below nothing too', async () => {
    await receive();
    const where = { batchId: await batch('A1'), locationId: store };
    later();
    await clinic.get('stock.putAside', { ...where, quantity: '60', reason: 'For Friday' }, pharmacist);
    expect(await lots()).toEqual([['A1', 100, 40, null]]);
    expect(await ask('stock.waste', { ...where, quantity: '41', reason: 'Wet' })).toMatchObject({
      error: { code: 'stock-short', params: { lot: 'A1', left: 40 } },
    });
    const [aside] = await moved();
    later();
    await clinic.get('stock.takeBack', { id: aside?.id as never, reason: 'Fetched' }, pharmacist);
    later();
    await clinic.get('stock.waste', { ...where, quantity: '41', reason: 'Wet' }, pharmacist);
    expect(await ask('stock.adjust', { ...where, quantity: '0', reason: 'x' })).toMatchObject({
      error: { fields: { quantity: 'required' } },
    });
    later();
    await clinic.get('stock.adjust', { ...where, quantity: '-60', reason: 'Counted wrong' }, pharmacist);
    expect(await lots()).toEqual([['A1', -1, 0, 'empty']]);
    expect((await here()).item).toMatchObject({ usable: 0, negative: 1 });
    expect((await moved()).map(({ kind, delta }) => [kind, delta])).toEqual([
      ['adjust', -60],
      ['waste', -41],
      ['reversal', 0],
      ['reserve', 0],
      ['receive', 100],
    ]);
  });

  it('is told by pages, each movement once', async () => {
    for (let n = 0; n < 5; n += 1) await receive();
    const first = await clinic.get('stock.movements', { id: item, locationId: store, limit: 3 }, pharmacist);
    const rest = await clinic.get(
      'stock.movements',
      { id: item, locationId: store, before: first.next, limit: 3 },
      pharmacist,
    );
    expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(5);
    expect(rest.next).toBeNull();
  });
});

it('lists what is to be ordered and what expires', async () => {
  await receive({ quantity: '30', expiry: '2026-12-20', lot: 'SOON' });
  await receive({ quantity: '500', expiry: '2026-10-31', lot: 'OLD' });
  await newItem('Gauze', null, 'piece');
  const level = { itemId: item, locationId: store };
  expect(await ask('stock.setLevel', { ...level, minimum: '-1', fillTo: '' })).toMatchObject({
    error: { fields: { minimum: 'negative' } },
  });
  await clinic.get('stock.setLevel', { ...level, minimum: '100', fillTo: '250' }, pharmacist);
  // What is expired fills no minimum.
  expect((await clinic.get('stock.reorder', { locationId: store }, pharmacist)).lines).toMatchObject([
    { itemId: item, usable: 30, quantity: 530, minimum: 100, order: 220 },
  ]);
  const expiring = async (days: number) =>
    (await clinic.get('stock.expiry', { locationId: store, days }, pharmacist)).lines.map(
      ({ lot, expired }) => [lot, expired],
    );
  expect(await expiring(0)).toEqual([['OLD', true]]);
  expect(await expiring(30)).toEqual([
    ['OLD', true],
    ['SOON', false],
  ]);
  await clinic.get('stock.setLevel', { ...level, minimum: '', fillTo: '' }, pharmacist);
  expect((await clinic.get('stock.reorder', { locationId: store }, pharmacist)).lines).toEqual([]);
});

describe('a stock-take', () => {
  it('tells what was expected once it is counted, and writes the difference with its reason', async () => {
    await receive();
    await receive({ lot: 'B2', quantity: '20' });
    const { lines } = await clinic.get('stock.toCount', { locationId: store }, pharmacist);
    expect(lines.map(({ lot }) => lot)).toEqual(['A1', 'B2']);
    expect(JSON.stringify(lines)).not.toMatch(/quantity|expected|100/);
    const counted = lines.map(({ batchId }, at) => ({ batchId, counted: at === 0 ? 97 : 20 }));
    const seen = await clinic.get('stock.compare', { locationId: store, counts: counted }, pharmacist);
    expect(seen.map(({ expected }) => expected)).toEqual([100, 20]);
    const counts = seen.map((one) => ({ ...one, reason: '' }));
    expect(await ask('stock.applyCount', { locationId: store, counts })).toMatchObject({
      error: { fields: { reason: 'required' } },
    });
    const said = counts.map((one) => ({ ...one, reason: one.counted === one.expected ? '' : 'Broken' }));
    expect(await clinic.get('stock.applyCount', { locationId: store, counts: said }, pharmacist)).toEqual({
      counted: 2,
      differences: 1,
    });
    expect(await lots()).toEqual([
      ['A1', 97, 97, null],
      ['B2', 20, 20, null],
    ]);
    expect((await moved()).find(({ lot, kind }) => lot === 'A1' && kind === 'stock-take')).toMatchObject({
      delta: -3,
      counted: 97,
      expected: 100,
      reason: 'Broken',
    });
    // What was compared with does not hold any more.
    expect(await ask('stock.applyCount', { locationId: store, counts: said })).toMatchObject({
      error: { code: 'changed-meanwhile' },
    });
  });
});

describe('handing out', () => {
  let prescription: PrescriptionId;
  beforeEach(() => {
    const row = {
      ...somePrescription({
        patient_id: habimana.id,
        status: 'active',
        signed_at: '2026-11-20T00:00:00.000Z',
      }),
      medicine_id: medicineId,
      quantity: '30',
      quantity_unit: 'capsule',
      repeats: 3,
      end_date: '2026-12-31',
    };
    prescription = row.id as PrescriptionId;
    clinic.temporary.local.store.mutate({ kind: 'seed', user: null }, (writer) =>
      writer.insert('medication_request', row),
    );
  });
  const propose = (quantity = '30', more: Partial<Input<'prescriptions.stock'>> = {}) =>
    clinic.get('prescriptions.stock', { id: prescription, quantity, ...more }, pharmacist);
  const given = (stock: Input<'prescriptions.dispense'>['stock'], quantity = '30') => ({
    id: prescription,
    quantity,
    note: '',
    overrides: [],
    doctorId: null,
    pin: null,
    stock,
  });
  const picked = ({ locationId, itemId, batches }: Output<'prescriptions.stock'>) => ({
    locationId: locationId as LocationId,
    itemId: itemId as StockItemId,
    parts: batches.flatMap(({ id, take }) => (take > 0 ? [{ batchId: id, quantity: take }] : [])),
    substitution: '',
    beyond: false,
  });

  it('takes what expires first of several batches, and puts it back when it was wrong', async () => {
    await receive({ lot: 'OLD', expiry: '2026-11-22', quantity: '40' });
    await receive({ lot: 'LATE', quantity: '100' });
    await receive({ lot: 'SOON', expiry: '2026-12-05', quantity: '20' });
    const proposal = await propose();
    expect(proposal).toMatchObject({ wanted: 30, missing: 0, itemId: item });
    expect(
      proposal.batches.map(({ lot, take, excluded, expiresInTreatment }) => [
        lot,
        take,
        excluded,
        expiresInTreatment,
      ]),
    ).toEqual([
      ['OLD', 0, 'expired', false],
      ['SOON', 20, null, true],
      ['LATE', 10, null, false],
    ]);
    later();
    const dispense = await clinic.get('prescriptions.dispense', given(picked(proposal)), pharmacist);
    expect(dispense.batches).toMatchObject([
      { lot: 'SOON', quantity: 20, store: 'Pharmacy', substitution: null },
      { lot: 'LATE', quantity: 10 },
    ]);
    const label = await clinic.get('prescriptions.label', { dispenseId: dispense.id }, pharmacist);
    expect(label).toMatchObject({ dispense: { quantity: '30' }, prescription: { id: prescription } });
    expect((await moved())[0]).toMatchObject({ kind: 'dispense', dispensed: true });
    const [movement] = await moved();
    expect(await ask('stock.takeBack', { id: movement?.id as never, reason: 'x' })).toMatchObject({
      error: { code: 'not-found' },
    });
    await clinic.get(
      'prescriptions.takeBack',
      { dispenseId: dispense.id, reason: 'Not fetched' },
      pharmacist,
    );
    expect(await lots()).toEqual([
      ['OLD', 40, 0, 'expired'],
      ['SOON', 20, 20, null],
      ['LATE', 100, 100, null],
    ]);
    expect(await ask('prescriptions.label', { dispenseId: dispense.id })).toMatchObject({
      error: { code: 'not-found' },
    });
  });

  it('refuses an expired and a recalled batch that somebody chose, and says it when too little is there', async () => {
    await receive({ lot: 'OLD', expiry: '2026-11-22', quantity: '40' });
    await receive({ lot: 'BAD', quantity: '40' });
    await receive({ lot: 'FEW', quantity: '10' });
    const recalled = { batchId: await batch('BAD'), recalled: true, reason: 'Letter' };
    await clinic.get('stock.recall', recalled, pharmacist);
    const proposal = await propose();
    expect(proposal).toMatchObject({ missing: 20 });
    const pick = async (lot: string, beyond = false) => ({
      ...picked(proposal),
      parts: [{ batchId: await batch(lot), quantity: 30 }],
      beyond,
    });
    for (const [lot, code] of [
      ['OLD', 'batch-expired'],
      ['BAD', 'batch-recalled'],
    ] as const)
      expect(await ask('prescriptions.dispense', given(await pick(lot, true)))).toMatchObject({
        error: { code, params: { lot } },
      });
    expect(await ask('prescriptions.dispense', given(await pick('FEW')))).toMatchObject({
      error: { code: 'stock-short', params: { lot: 'FEW', left: 10 } },
    });
    const sum = { ...(await pick('FEW', true)), parts: [{ batchId: await batch('FEW'), quantity: 29 }] };
    expect(await ask('prescriptions.dispense', given(sum))).toMatchObject({
      error: { fields: { stock: 'sum' } },
    });
    await clinic.get('prescriptions.dispense', given(await pick('FEW', true)), pharmacist);
    expect((await here()).item).toMatchObject({ negative: 1, usable: 0 });
  });

  it('of another item needs the reason, and none of the stock room goes on as before', async () => {
    const other = await newItem('Amoxicillin 500 mg tablets', null, 'tablet');
    await receive({ itemId: other, lot: 'T1' });
    expect(await propose()).toMatchObject({ itemId: item, missing: 30, batches: [] });
    const proposal = await propose('30', { itemId: other });
    // Counted in another unit: how many it is, somebody says.
    expect(proposal).toMatchObject({ itemId: other, wanted: null, batches: [{ lot: 'T1', take: 0 }] });
    const pick = {
      ...picked(proposal),
      parts: [{ batchId: proposal.batches[0]?.id as StockBatchId, quantity: 28 }],
    };
    expect(await ask('prescriptions.dispense', given(pick))).toMatchObject({
      error: { fields: { substitution: 'required' } },
    });
    const substitution = 'Capsules are out';
    const dispense = await clinic.get('prescriptions.dispense', given({ ...pick, substitution }), pharmacist);
    expect(dispense.batches).toMatchObject([{ quantity: 28, unit: 'tablet', substitution }]);
    const plain = await clinic.get('prescriptions.dispense', given(null), pharmacist);
    expect(plain.batches).toEqual([]);
  });
});

it('is for the pharmacy: others look, or do not', async () => {
  const nurse = await clinic.signedIn('nurse');
  const desk = await clinic.signedIn('reception');
  expect(await clinic.ask('stock.list', { locationId: store }, nurse)).toMatchObject({
    ok: true,
    value: { today },
  });
  expect(await clinic.ask('stock.receive', receipt(), nurse)).toMatchObject({
    error: { code: 'not-permitted' },
  });
  expect(await clinic.ask('stock.list', { locationId: store }, desk)).toMatchObject({
    error: { code: 'not-permitted' },
  });
});
