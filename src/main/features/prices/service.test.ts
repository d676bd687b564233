import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import type { ChargeItemDetails } from '#shared/contract/prices.ts';
import type { VisitTypeView } from '#shared/contract/scheduling.ts';
import type { ChargeItemId, LocationId } from '#shared/kernel/ids.ts';
import { type Clinic, openClinic, otherSite, site } from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let admin: Connection;
let desk: Connection;
beforeEach(async () => {
  clinic = openClinic();
  admin = await clinic.signedIn('admin');
  desk = await clinic.signedIn('reception');
});
afterEach(() => clinic.close());

const [here, huye] = [site.id as LocationId, otherSite.id as LocationId];
const consultation: ChargeItemDetails = {
  code: 'C1',
  title: 'Consultation',
  category: 'other',
  taxRate: null,
  visitTypeId: null,
  serviceCode: null,
  medicineId: null,
  active: true,
};
const setCurrency = (value = 'RWF') =>
  clinic.get('settings.set', { key: 'clinic.currency', siteId: null, seen: null, value }, admin);
const define = (details: ChargeItemDetails = consultation) =>
  clinic.get('prices.define', { ...details, id: null }, admin);
const set = (
  definitionId: ChargeItemId,
  amount: string,
  validFrom: string,
  locationId: LocationId | null = null,
) => clinic.ask('prices.set', { definitionId, locationId, validFrom, amount }, admin);
const kind = (): Promise<VisitTypeView> =>
  clinic.get(
    'scheduling.createVisitType',
    {
      name: 'First visit',
      minutes: 30,
      bufferBefore: 0,
      bufferAfter: 0,
      dailyCap: null,
      leadMinutes: null,
      horizonDays: null,
      staffOnly: false,
      needsRoom: false,
      active: true,
    },
    admin,
  );
const feeAt = async (locationId: LocationId, day: string) =>
  (await clinic.get('prices.fees', { locationId, day }, desk)).map(({ title, amount, currency }) => [
    title,
    amount,
    currency,
  ]);
const only = async () => {
  const { items } = await clinic.get('prices.list', {}, desk);
  const [item] = items;
  if (item === undefined || items.length > 1) throw new Error('there is one');
  return item;
};

it('nothing has a price before the clinic has a currency', async () => {
  const { id } = await define();
  expect(await set(id, '5000', '2026-01-01')).toMatchObject({ error: { code: 'no-currency' } });
  expect(await clinic.get('prices.list', {}, desk)).toMatchObject({ currency: null });
  expect(
    await clinic.ask(
      'settings.set',
      { key: 'clinic.currency', siteId: null, seen: null, value: 'XYZ' },
      admin,
    ),
  ).toMatchObject({ ok: false });
  await setCurrency();
  expect(await set(id, '5 000', '2026-01-01')).toMatchObject({ ok: true });
  expect(await clinic.get('prices.list', {}, desk)).toMatchObject({ currency: 'RWF' });
  expect(await only()).toMatchObject({ prices: [{ amount: 5000, currency: 'RWF', locationId: null }] });
});

it('the fee of a kind of visit is that of the site and day; what is no longer charged has none', async () => {
  await setCurrency();
  const type = await kind();
  const { id } = await define({ ...consultation, visitTypeId: type.id });
  await set(id, '5000', '2026-01-01');
  await set(id, '6000', '2026-12-01');
  await set(id, '4500', '2026-11-01', huye);
  expect(await feeAt(here, '2025-12-31')).toEqual([]);
  expect(await feeAt(here, '2026-11-30')).toEqual([['Consultation', 5000, 'RWF']]);
  expect(await feeAt(here, '2026-12-01')).toEqual([['Consultation', 6000, 'RWF']]);
  expect(await feeAt(huye, '2026-12-01')).toEqual([['Consultation', 4500, 'RWF']]);
  await clinic.get('prices.define', { ...consultation, visitTypeId: type.id, id, active: false }, admin);
  expect(await feeAt(here, '2026-12-01')).toEqual([]);
});

it('a price set again for a site and day gives way, one taken back leaves the one before, and all of it stays to be seen', async () => {
  await setCurrency();
  const type = await kind();
  const { id } = await define({ ...consultation, visitTypeId: type.id });
  await set(id, '5000', '2026-01-01');
  await set(id, '7000', '2026-11-01');
  await set(id, '6500', '2026-11-01');
  expect(await feeAt(here, '2026-11-30')).toEqual([['Consultation', 6500, 'RWF']]);
  const [latest] = (await only()).prices;
  if (latest === undefined) throw new Error('there are prices');
  await clinic.get('prices.takeBack', { id: latest.id }, admin);
  expect(await feeAt(here, '2026-11-30')).toEqual([['Consultation', 5000, 'RWF']]);
  expect((await only()).prices.map(({ validFrom, amount }) => [validFrom, amount])).toEqual([
    ['2026-11-01', null],
    ['2026-01-01', 5000],
  ]);
  await set(id, '6500', '2026-11-01');
  expect(await feeAt(here, '2026-11-30')).toEqual([['Consultation', 6500, 'RWF']]);
});

it('a code is of one thing, a price is a price, and a place is a site', async () => {
  await setCurrency();
  const { id } = await define();
  expect(await clinic.ask('prices.define', { ...consultation, id: null, code: 'c1' }, admin)).toMatchObject({
    error: { fields: { code: 'duplicate' } },
  });
  for (const [amount, error] of [
    ['', 'required'],
    ['-5', 'negative'],
    ['1,500', 'two-numbers'],
    ['1.5', 'minor-units'],
    ['free', 'number'],
  ] as const)
    expect(await set(id, amount, '2026-01-01')).toMatchObject({ error: { fields: { amount: error } } });
  expect(await set(id, '5', '2026-01-01', id as never)).toMatchObject({
    error: { fields: { locationId: 'invalid' } },
  });
  expect(await set(id, '5', '2026-02-30')).toMatchObject({ ok: false });
  expect((await only()).prices).toEqual([]);
});

it('two administrators change one thing: the second is told of the same field', async () => {
  const { id } = await define();
  const change = (details: Partial<ChargeItemDetails>) =>
    clinic.ask('prices.define', { ...consultation, ...details, id, was: consultation }, admin);
  await change({ title: 'Visit' });
  expect(await change({ title: 'Look' })).toMatchObject({ error: { code: 'changed-meanwhile' } });
  expect(await change({ code: 'C2' })).toMatchObject({ ok: true });
  expect(await only()).toMatchObject({ code: 'C2', title: 'Visit' });
});

it('everybody of the staff sees prices, administrators set them', async () => {
  expect(await clinic.ask('prices.define', { ...consultation, id: null }, desk)).toMatchObject({
    error: { code: 'not-permitted' },
  });
});

it('a file is shown line by line before anything is written, and its wrong lines are named', async () => {
  await setCurrency('EUR');
  await kind();
  const { id } = await define();
  await set(id, '25', '2026-01-01');
  const csv = [
    'code,title,visit type,site,from,price',
    'C1,Consultation,,,2026-01-01,25.00',
    'C1,Consultation,first visit,,2026-12-01,"27,50"',
    'X1,"Dressing, small",,Huye,,8',
    'X1,"Dressing, small",,Nowhere,,8',
    'X2,Injection,Surgery,,,8',
    'X2,Injection,,,tomorrow,8',
    'X2,Injection,,,,"1,500"',
    ',Injection,,,,8',
    'X1,"Dressing, small",,HUYE,,9',
    'X3,too,few',
  ].join('\r\n');
  const read = (apply: boolean) => clinic.get('prices.import', { csv, apply }, admin);
  const preview = await read(false);
  expect(preview.counts).toEqual({ new: 1, changed: 1, same: 1 });
  expect(preview.lines.map(({ line, amount, state, siteName }) => [line, amount, state, siteName])).toEqual([
    [2, 2500, 'same', null],
    [3, 2750, 'changed', null],
    [4, 800, 'new', 'Huye'],
  ]);
  expect(preview.problems).toEqual([
    { line: 5, code: 'site', column: 'SITE' },
    { line: 6, code: 'visit-type', column: 'VISIT TYPE' },
    { line: 7, code: 'date', column: 'FROM' },
    { line: 8, code: 'amount', column: 'PRICE' },
    { line: 9, code: 'required', column: 'CODE' },
    { line: 10, code: 'twice', column: 'CODE' },
    { line: 11, code: 'malformed-row', column: null },
  ]);
  expect((await only()).prices).toHaveLength(1);
  await read(true);
  const { items } = await clinic.get('prices.list', {}, desk);
  expect(
    items.map(({ code, title, visitTypeName, prices }) => [code, title, visitTypeName, prices.length]),
  ).toEqual([
    ['C1', 'Consultation', 'First visit', 2],
    ['X1', 'Dressing, small', null, 1],
  ]);
  expect(await read(true)).toMatchObject({ counts: { new: 0, changed: 0, same: 3 } });
  for (const broken of ['', 'code,title\r\nA,B', 'a"b'])
    expect((await clinic.get('prices.import', { csv: broken, apply: true }, admin)).problems).toHaveLength(1);
});

const newPayer = async () =>
  (await clinic.get('payers.save', { id: null, name: 'RSSB', active: true }, admin)).id;

it('a price of a payer leaves the fee that is said to everybody', async () => {
  await setCurrency();
  const { id: visitTypeId } = await kind();
  const { id } = await define({ ...consultation, category: 'visit', visitTypeId });
  await set(id, '5000', '2026-01-01');
  const payerId = await newPayer();
  const price = { definitionId: id, locationId: null, validFrom: '2026-01-01', amount: '4000' };
  await clinic.get('prices.set', { ...price, payerId }, admin);
  expect(await feeAt(here, '2026-11-23')).toEqual([['Consultation', 5000, 'RWF']]);
  expect((await only())?.prices).toMatchObject([{ amount: 4000, payerId }, { amount: 5000 }].toReversed());
  const stranger = '01900000-0000-7000-8000-000000000999' as typeof payerId;
  expect(await clinic.ask('prices.set', { ...price, payerId: stranger }, admin)).toMatchObject({
    error: { fields: { payerId: 'invalid' } },
  });
});

it('an entry keeps its tax and what raises it, of its category alone', async () => {
  const test = { ...consultation, category: 'procedure', taxRate: 1800, serviceCode: '24362-6' } as const;
  const { id } = await define(test);
  expect(await only()).toMatchObject({ category: 'procedure', taxRate: 1800, serviceCode: '24362-6' });
  await clinic.get('prices.define', { ...test, id, category: 'product' }, admin);
  expect(await only()).toMatchObject({ category: 'product', serviceCode: null });
  expect(await clinic.ask('prices.define', { ...test, id, taxRate: 130_000 }, admin)).toMatchObject({
    error: { fields: { taxRate: 'rate' } },
  });
  expect(await clinic.ask('prices.define', { ...test, id, serviceCode: 'X' }, admin)).toMatchObject({
    error: { fields: { serviceCode: 'invalid' } },
  });
});

it('a file says payers, taxes and what raises a price, and 13 % typed as 1300 is not taken', async () => {
  await setCurrency();
  const payerId = await newPayer();
  const csv = [
    'CODE,TITLE,PRICE,TAX,PAYER,SERVICE,CATEGORY',
    'KID,Kidney,7500,18,,kidney,',
    'KID,Kidney,6000,18,rssb,kidney,',
    'CERT,Certificate,3000,1300,,,',
    'DRESS,Dressing,2500,,Nobody,,product',
    'SPLINT,Splint,9000,5.5,,,thing',
  ].join('\n');
  const looked = await clinic.get('prices.import', { csv, apply: true }, admin);
  expect(looked.problems).toEqual([
    { line: 4, code: 'tax', column: 'TAX' },
    { line: 5, code: 'payer', column: 'PAYER' },
    { line: 6, code: 'category', column: 'CATEGORY' },
  ]);
  expect(await only()).toMatchObject({
    category: 'procedure',
    taxRate: 1800,
    serviceCode: '24362-6',
    prices: expect.arrayContaining([
      expect.objectContaining({ amount: 7500, payerId: null }),
      expect.objectContaining({ amount: 6000, payerId }),
    ]),
  });
  expect((await clinic.get('prices.import', { csv, apply: false }, admin)).counts).toMatchObject({
    new: 0,
    changed: 0,
    same: 2,
  });
});
