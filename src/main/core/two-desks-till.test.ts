import { hashSync } from '@node-rs/argon2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StaffAccountId, TillId, TillSessionId } from '#shared/kernel/ids.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { type OfflineDesk, offlineDesk, seedReception } from '#tests/support/offline-desk.ts';
import {
  type Desk,
  expectConverged,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';

const cheap = { memoryCost: 8, timeCost: 1 };
const tillId = '01900000-0000-7000-8000-f00000000001' as TillId;
const cashierId = '01900000-0000-7000-8000-e0000000000c' as StaffAccountId;

let clinic: TwoWorkstations;
let atA: OfflineDesk;
let atB: OfflineDesk;

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
const sessions = async (desk: OfflineDesk) => (await desk.get('till.desk', {})).open;
const count = (desk: OfflineDesk, sessionId: TillSessionId) =>
  desk.get('till.count', { sessionId, turn: 1, counted: { by: 'sum', amount: '5000' } });

beforeEach(async () => {
  clinic = await twoWorkstations();
  const { a, b, location } = clinic;
  seedReception(a, clinic, []);
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
      id: '01900000-0000-7000-8000-f00000000002',
      key: 'clinic.currency',
      value: JSON.stringify('RWF'),
    });
    writer.insert('till', { id: tillId, name: 'Till 1', location_id: location.id, active: 1 });
  });
  await a.settled();
  await b.settled();
  atA = await offlineDesk(a);
  atB = await offlineDesk(b, 'cashier');
});
afterEach(() => clinic.end());

it('one till opened at two desks apart: both sessions stand, and each desk is told of the other', async () => {
  const { a, b } = clinic;
  await apart();
  await atA.get('till.open', { tillId, float: '1000' });
  await atB.get('till.open', { tillId, float: '2000' });
  expect(await sessions(atA)).toMatchObject([{ float: 1000, alsoOpen: false }]);
  await meet(a, b);
  for (const desk of [atA, atB]) {
    const open = await sessions(desk);
    expect(open.map(({ float }) => float).toSorted()).toEqual([1000, 2000]);
    expect(open.every(({ alsoOpen, certainty }) => alsoOpen && certainty === 'confirmed')).toBe(true);
  }
  await expectConverged(a, b);
});

it('one till closed at two desks apart is closed once: the second desk sees what was refused', async () => {
  const { a, b } = clinic;
  const { id: sessionId } = await atA.get('till.open', { tillId, float: '5000' });
  await count(atA, sessionId);
  await a.settled();
  await b.settled();
  const again = await offlineDesk(b);
  await apart();
  await atA.get('till.close', { sessionId });
  await again.get('till.close', { sessionId });
  await meet(a, b);
  expect(await sessions(atA)).toEqual([]);
  expect(await again.get('sync.outbox', {})).toMatchObject([{ kind: 'till.close', sqlstate: '23505' }]);
  expect(await atA.get('sync.outbox', {})).toEqual([]);
});

it('one till handed over at two desks apart goes to one: the session of the other does not begin', async () => {
  const { a, b } = clinic;
  const { id: sessionId } = await atA.get('till.open', { tillId, float: '5000' });
  await count(atA, sessionId);
  await a.settled();
  await b.settled();
  const again = await offlineDesk(b);
  await apart();
  await atA.get('till.handOver', { sessionId, toId: cashierId, pin: '2580' });
  await again.get('till.handOver', { sessionId, toId: cashierId, pin: '2580' });
  await meet(a, b);
  expect(await sessions(atA)).toMatchObject([{ float: 5000, cashierName: 'Cashier', alsoOpen: false }]);
  expect(await again.get('sync.outbox', {})).toMatchObject([{ kind: 'till.hand-over' }]);
});
