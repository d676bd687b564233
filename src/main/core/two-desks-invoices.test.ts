import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ChargeId, InvoiceId, PatientId } from '#shared/kernel/ids.ts';
import { putCharges, seedBilling, someCharge } from '#tests/support/charges.ts';
import { type OfflineDesk, offlineDesk, seedReception } from '#tests/support/offline-desk.ts';
import {
  type Desk,
  expectConverged,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';

let clinic: TwoWorkstations;
let atA: OfflineDesk;
let atB: OfflineDesk;

const patientId = () => clinic.patient.id as PatientId;
const charge = (desk: Desk) =>
  putCharges(desk.local, someCharge({ patient_id: clinic.patient.id }))[0] as ChargeId;
const draft = async (desk: OfflineDesk, chargeIds: readonly ChargeId[]) =>
  (
    await desk.get('invoices.draft', {
      patientId: patientId(),
      payerId: null,
      currency: 'RWF',
      chargeIds: [...chargeIds],
    })
  ).id;
const issue = async (desk: OfflineDesk, id: InvoiceId) =>
  desk.get('invoices.issue', { id, total: (await desk.get('invoices.get', { id })).total });
const apart = async () => {
  await clinic.a.settled();
  await clinic.b.settled();
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
const numbers = () =>
  clinic.query<{ series: string; n: number; id: string }>(
    `select series, fiscal_number as n, id from clinichub.invoice where fiscal_number is not null order by row_version`,
  );
const refused = ({ local }: Desk) =>
  local.db.prepare(`SELECT kind FROM outbox WHERE status = 'parked'`).pluck().all();

beforeEach(async () => {
  clinic = await twoWorkstations();
  seedReception(clinic.a, clinic, []);
  clinic.a.local.store.mutate({ kind: 'seed', user: null }, (writer) =>
    writer.update('staff_account', '01900000-0000-7000-8000-e0000000000a', { role: 'cashier' }),
  );
  seedBilling(clinic.a.local);
  await clinic.a.settled();
  await clinic.b.settled();
  atA = await offlineDesk(clinic.a);
  atB = await offlineDesk(clinic.b);
});
afterEach(() => clinic.end());

it('issued at two desks without a centre, the numbers have no gap and come in the order of commit; both desks show them', async () => {
  await apart();
  const first = [];
  for (let n = 0; n < 3; n += 1) first.push(await draft(atA, [charge(clinic.a)]));
  for (const id of first) await issue(atA, id);
  const second = [];
  for (let n = 0; n < 2; n += 1) second.push(await draft(atB, [charge(clinic.b)]));
  for (const id of second.toReversed()) await issue(atB, id);
  expect(await atB.get('invoices.get', { id: second[0] as InvoiceId })).toMatchObject({ fiscalNumber: null });
  await meet(clinic.b, clinic.a);
  const given = await numbers();
  expect(given.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5]);
  expect(given.map(({ id }) => id)).toEqual([...second.toReversed(), ...first]);
  const { items } = await atA.get('invoices.list', { number: '2' });
  expect(items).toMatchObject([{ id: second[0], provisional: false, certainty: 'confirmed' }]);
  await expectConverged(clinic.a, clinic.b);
});

it('one draft issued at two desks is one invoice with one number, and what is refused takes none', async () => {
  const id = await draft(atA, [charge(clinic.a)]);
  await apart();
  await issue(atA, id);
  await issue(atB, id);
  const later = await draft(atB, [charge(clinic.b)]);
  await issue(atB, later);
  await meet(clinic.a, clinic.b);
  expect((await numbers()).map(({ n, id: of }) => [n, of])).toEqual([
    [1, id],
    [2, later],
  ]);
  expect(refused(clinic.b)).toEqual(['invoice.issue']);
});

it('a charge that two desks billed stands on both, which both say, until one is credited', async () => {
  const both = charge(clinic.a);
  await apart();
  const [one, other] = [await draft(atA, [both]), await draft(atB, [both])];
  await issue(atA, one);
  await issue(atB, other);
  await meet(clinic.a, clinic.b);
  for (const desk of [atA, atB]) {
    const { items } = await desk.get('invoices.list', { filter: 'twice' });
    expect(items.map(({ id }) => id).toSorted()).toEqual([one, other].toSorted());
  }
  expect((await atA.get('invoices.get', { id: one })).lines).toMatchObject([{ alsoOn: [{ id: other }] }]);
  expect((await numbers()).map(({ n }) => n)).toEqual([1, 2]);
  await expectConverged(clinic.a, clinic.b);
});

it('more credited at two desks than was billed is refused to the second, and takes no number', async () => {
  const id = await draft(atA, [charge(clinic.a)]);
  await issue(atA, id);
  await apart();
  for (const desk of [atA, atB]) await desk.get('invoices.credit', { id, lines: null, reason: 'Wrong' });
  await meet(clinic.a, clinic.b);
  expect((await numbers()).map(({ n, series }) => `${series} ${n}`)).toEqual(['INV 1', 'CN 1']);
  expect(refused(clinic.b)).toContain('invoice.credit');
  expect(await atA.get('invoices.get', { id })).toMatchObject({
    status: 'cancelled',
    credits: [{ total: -1000 }],
  });
});
