import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import type { Input } from '#shared/contract/contract.ts';
import type { TillSessionView } from '#shared/contract/till.ts';
import type { LocationId, StaffAccountId, TillId, TillSessionId } from '#shared/kernel/ids.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import {
  type Clinic,
  habimana,
  openClinic,
  otherSite,
  password,
  pin,
  site,
} from '#tests/support/core-clinic.ts';
import { textOfPdf } from '#tests/support/pdf-text.ts';

let clinic: Clinic;
let cashier: Connection;
let desk: Connection;
let admin: Connection;
let tillId: TillId;
beforeEach(async () => {
  clinic = openClinic();
  cashier = await clinic.signedIn('cashier');
  desk = await clinic.signedIn('reception');
  admin = await clinic.signedIn('admin');
  await clinic.get('settings.set', { key: 'clinic.currency', siteId: null, seen: null, value: 'RWF' }, admin);
  for (const who of [cashier, desk, admin]) await clinic.get('session.setPin', { password, pin }, who);
  ({ id: tillId } = await save('Till 1'));
});
afterEach(() => clinic.close());

const here = site.id as LocationId;
const accountId = (username: string) => clinic.accountId(username) as StaffAccountId;
const save = (name: string, more: Partial<Input<'till.save'>> = {}) =>
  clinic.get('till.save', { id: null, name, locationId: here, active: true, ...more }, admin);
const open = async (float = '10000', by = cashier) =>
  (await clinic.get('till.open', { tillId, float }, by)).id;
const paid = (sessionId: string, more: Partial<RowOf<'payment'>> = {}) => {
  const id = v7();
  clinic.temporary.local.store.mutate({ kind: 'payment.record', user: null }, (writer) =>
    writer.insert('payment', {
      ...blank('payment'),
      id,
      patient_id: habimana.id,
      kind: 'deposit',
      method: 'cash',
      amount: 5000,
      currency: 'RWF',
      till_session_id: sessionId,
      location_id: here,
      paid_at: new Date(clinic.clock.now()).toISOString(),
      recorded_at: new Date(clinic.clock.now()).toISOString(),
      ...more,
    }),
  );
  return id;
};
const count = (sessionId: TillSessionId, amount: string, turn = 1, by = cashier) =>
  clinic.ask('till.count', { sessionId, turn, counted: { by: 'sum', amount } }, by);
const view = async (sessionId: TillSessionId): Promise<TillSessionView> => {
  const { sessions } = await clinic.get('till.history', { siteId: here }, cashier);
  const found = sessions.find(({ id }) => id === sessionId);
  if (found === undefined) throw new Error('there is one');
  return found;
};
const accept = (sessionId: TillSessionId, expected: number, by = admin, turn = 1) =>
  clinic.ask('till.approve', { sessionId, turn, expected, pin }, by);
const close = (sessionId: TillSessionId, by = cashier) => clinic.ask('till.close', { sessionId }, by);
const today = { day: '2026-11-23', siteId: here, cashierId: null };

it('a till belongs to a site, has a name of its own there, and is opened no more once it is out of use', async () => {
  expect(
    await clinic.ask('till.save', { id: null, name: 'till 1', locationId: here, active: true }, admin),
  ).toMatchObject({ error: { fields: { name: 'duplicate' } } });
  await save('Till 1', { locationId: otherSite.id as LocationId });
  await save('Counter', { id: tillId, active: false });
  expect(await clinic.ask('till.open', { tillId, float: '0' }, cashier)).toMatchObject({
    error: { code: 'not-found' },
  });
  expect(
    await clinic.ask('till.save', { id: null, name: 'X', locationId: here, active: true }, desk),
  ).toMatchObject({ error: { code: 'not-permitted' } });
});

it('one session is open for a till and for a cashier; a float is an amount', async () => {
  const second = (await save('Till 2')).id;
  for (const [float, wrong] of [
    ['', 'required'],
    ['-1', 'negative'],
    ['1.5', 'minor-units'],
  ] as const)
    expect(await clinic.ask('till.open', { tillId, float }, cashier)).toMatchObject({
      error: { fields: { float: wrong } },
    });
  await open();
  expect(await clinic.ask('till.open', { tillId, float: '0' }, desk)).toMatchObject({
    error: { code: 'till-open', params: { name: 'cashier' } },
  });
  expect(await clinic.ask('till.open', { tillId: second, float: '0' }, cashier)).toMatchObject({
    error: { code: 'till-yours-open', params: { till: 'Till 1' } },
  });
});

it('nothing that is asked before the count tells what is expected', async () => {
  const sessionId = await open();
  paid(sessionId, { amount: 7321 });
  await clinic.get('till.cash', { sessionId, kind: 'cash-out', amount: '2000', reason: 'Bank' }, cashier);
  const answers = [
    await clinic.get('till.desk', {}, cashier),
    await clinic.get('till.report', today, cashier),
    await clinic.get('till.history', { siteId: here }, cashier),
  ];
  const told = JSON.stringify(answers);
  expect(told).toContain('2000');
  for (const hidden of ['7321', '15321', '17321', '5321']) expect(told).not.toContain(hidden);
  expect(await count(sessionId, '15000')).toMatchObject({
    value: {
      state: 'counted',
      isSettled: false,
      figures: { float: 10_000, cashIn: 0, cashOut: 2000, expected: 15_321, counted: 15_000, variance: -321 },
    },
  });
});

it('a count by pieces is their sum; pieces of no such currency are refused', async () => {
  const sessionId = await open('7000');
  const counted = (pieces: readonly { value: number; count: number }[]) =>
    clinic.ask('till.count', { sessionId, turn: 1, counted: { by: 'pieces', pieces: [...pieces] } }, cashier);
  expect(await counted([{ value: 3, count: 1 }])).toMatchObject({ error: { fields: { pieces: 'invalid' } } });
  expect(
    await counted([
      { value: 5000, count: 1 },
      { value: 1000, count: 2 },
    ]),
  ).toMatchObject({ value: { isSettled: true, figures: { counted: 7000, variance: 0 } } });
});

it('a variance is accepted by somebody else, as it was seen, with a PIN; only then is the till closed, and once', async () => {
  const sessionId = await open();
  await count(sessionId, '9000');
  expect(await close(sessionId)).toMatchObject({ error: { code: 'till-variance' } });
  expect(await accept(sessionId, 10_000, cashier)).toMatchObject({ error: { code: 'not-permitted' } });
  expect(await accept(sessionId, 9999)).toMatchObject({ error: { code: 'changed-meanwhile' } });
  expect(
    await clinic.ask('till.approve', { sessionId, turn: 1, expected: 10_000, pin: '0000' }, admin),
  ).toMatchObject({ error: { code: 'wrong-pin' } });
  expect(await accept(sessionId, 10_000)).toMatchObject({ ok: true });
  expect(await close(sessionId, desk)).toMatchObject({ error: { code: 'till-not-yours' } });
  expect(await close(sessionId)).toMatchObject({ ok: true });
  expect(await close(sessionId)).toMatchObject({ error: { code: 'till-closed' } });
  expect(await view(sessionId)).toMatchObject({ state: 'closed', isSettled: true });
});

it('who opened a till, whatever they may, does not accept its variance', async () => {
  const sessionId = await open('10000', admin);
  await count(sessionId, '9000', 1, admin);
  expect(await accept(sessionId, 10_000)).toMatchObject({ error: { code: 'same-person' } });
});

it('a refused count is made anew, blind again', async () => {
  const sessionId = await open();
  expect(await count(sessionId, '9000', 2)).toMatchObject({ error: { code: 'changed-meanwhile' } });
  await count(sessionId, '9000');
  expect(await count(sessionId, '10000', 2)).toMatchObject({ error: { code: 'till-counted' } });
  await clinic.get('till.reject', { sessionId, turn: 1, reason: 'Look behind it', pin }, admin);
  expect(await view(sessionId)).toMatchObject({
    state: 'open',
    figures: null,
    counts: [{ turn: 1, said: 'rejected', saidByName: 'admin', reason: 'Look behind it' }],
  });
  expect(await count(sessionId, '10000', 2)).toMatchObject({ value: { isSettled: true, turn: 2 } });
});

it('a till is handed over to who confirms with their own PIN, and begins with what was counted', async () => {
  const sessionId = await open();
  await count(sessionId, '10000');
  const to = (username: string, given = pin) =>
    clinic.ask('till.handOver', { sessionId, toId: accountId(username), pin: given }, cashier);
  expect(await to('cashier')).toMatchObject({ error: { code: 'same-person' } });
  expect(await to('nurse')).toMatchObject({ error: { fields: { toId: 'invalid' } } });
  expect(await to('reception', '1111')).toMatchObject({ error: { code: 'wrong-pin' } });
  expect(await to('reception')).toMatchObject({ ok: true });
  expect(await view(sessionId)).toMatchObject({ state: 'closed', handedToName: 'reception' });
  const { open: sessions } = await clinic.get('till.desk', {}, desk);
  expect(sessions).toMatchObject([
    { cashierName: 'reception', float: 10_000, state: 'open', alsoOpen: false },
  ]);
});

it('a day report adds up by method and is signed once; what comes later is told as changed', async () => {
  const sessionId = await open();
  const first = paid(sessionId, { receipt_number: 'A-1' });
  paid(sessionId, { method: 'card', reference: 'T1', amount: 3000, receipt_number: 'A-2' });
  paid(sessionId, {
    kind: 'refund',
    source_id: first,
    amount: 1000,
    reason: 'Twice',
    receipt_number: 'A-3',
  });
  const second = (await save('Till 2')).id;
  const other = (await clinic.get('till.open', { tillId: second, float: '500' }, desk)).id;
  await count(sessionId, '14000');
  expect(await clinic.get('till.report', today, cashier)).toMatchObject({
    uncounted: 1,
    maySign: false,
    sessions: [{ id: other, figures: null }, { receipts: { first: 'A-1', last: 'A-3' } }],
    totals: [
      {
        currency: 'RWF',
        figures: {
          float: 10_000,
          expected: 14_000,
          counted: 14_000,
          variance: 0,
          takings: [
            { method: 'cash', taken: 5000, refunded: 1000 },
            { method: 'card', taken: 3000, refunded: 0 },
          ],
        },
      },
    ],
  });
  await close(sessionId);
  expect(await clinic.ask('till.sign', { ...today, pin }, desk)).toMatchObject({
    error: { code: 'till-not-signed' },
  });
  await clinic.get('till.sign', { ...today, pin }, cashier);
  expect(await view(sessionId)).toMatchObject({ signed: { byName: 'cashier', changed: false } });
  expect(await clinic.ask('till.sign', { ...today, pin }, cashier)).toMatchObject({ ok: false });
  paid(sessionId, { amount: 200 });
  expect(await view(sessionId)).toMatchObject({
    isSettled: false,
    signed: { changed: true, expected: 14_000 },
    figures: { expected: 14_200, variance: -200 },
  });
  const of = { ...today, cashierId: accountId('cashier') };
  const file = await clinic.get('till.reportFile', { ...of, language: 'en' }, cashier);
  const { text } = await textOfPdf(Buffer.from(file.data, 'base64'));
  for (const part of ['Till report', 'Ruhengeri', 'Changed since it was signed', 'Receipts A-1 to A-3'])
    expect(text).toContain(part);
});

it('what has not reached the centre is counted', async () => {
  const sessionId = await open();
  paid(sessionId);
  expect(await view(sessionId)).toMatchObject({ unsent: 2, certainty: 'provisional' });
});
