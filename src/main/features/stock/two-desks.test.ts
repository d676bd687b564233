import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { homeOf } from '#main/core/home.ts';
import { settingsOf } from '#main/core/settings.ts';
import type { LocationId, StockItemId } from '#shared/kernel/ids.ts';
import { blank } from '#shared/sync/catalogue.ts';
import {
  type Desk,
  expectConverged,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';
import { applyCount } from './count.ts';
import { recall, receive, takeBack, waste } from './moves.ts';
import { batchesOf, movementsOf } from './repository.ts';

const item = '01900000-0000-7000-8000-0000000000a1' as StockItemId;
const store = '01900000-0000-7000-8000-0000000000a2' as LocationId;
const nobody = { user: null } as Connection;

let clinic: TwoWorkstations;
beforeEach(async () => {
  clinic = await twoWorkstations();
  const { a, b } = clinic;
  a.local.store.mutate({ kind: 'stock.item', user: null }, (writer) => {
    writer.insert('location', {
      ...blank('location'),
      id: store,
      kind: 'store',
      part_of: clinic.location.id,
      name: 'Pharmacy',
      time_zone: clinic.location.time_zone,
      active: 1,
    });
    writer.insert('stock_item', {
      id: item,
      title: 'Paracetamol 500 mg',
      unit: 'tablet',
      medicine_id: null,
      active: 1,
    });
  });
  await a.settled();
  await b.settled();
});
afterEach(() => clinic.end());

const depsOf = ({ local }: Desk): FeatureDeps => ({
  store: local.store,
  engine: { wake: () => undefined } as FeatureDeps['engine'],
  clock: { now: () => Date.now() },
  log: { info: () => undefined, error: () => undefined },
  newId: () => v7(),
  home: () => homeOf(local.store),
  settings: settingsOf(local.store),
});
const bring = (desk: Desk, quantity: string, lot = 'A1') =>
  receive(
    depsOf(desk),
    {
      itemId: item,
      locationId: store,
      lot,
      expiry: '2030-06-30',
      quantity,
      cost: '',
      costUnits: '',
      reference: '',
    },
    nobody,
  );
const stock = ({ local }: Desk) =>
  batchesOf(local.store, item, store).map(({ lot, quantity, recalled }) => [lot, quantity, recalled]);
const batchAt = ({ local }: Desk) => ({
  batchId: batchesOf(local.store, item, store)[0]?.id as never,
  locationId: store,
});
const apart = async () => {
  await clinic.a.offline();
  await clinic.b.offline();
};
/** One desk reaches the centre after the other. */
const arrive = async (...desks: readonly Desk[]) => {
  for (const desk of desks) {
    await desk.online();
    await desk.settled();
  }
  for (const desk of desks) await desk.settled();
};
const parkedAt = ({ local }: Desk) =>
  local.db.prepare(`SELECT kind, sqlstate FROM outbox WHERE status = 'parked'`).all();

it.each(['a first', 'b first'])(
  'two desks that receive and waste of one lot offline add up, below nothing too (%s)',
  async (order) => {
    const { a, b } = clinic;
    await apart();
    bring(a, '100');
    bring(b, '20', ' a1');
    waste(depsOf(a), { ...batchAt(a), quantity: '90', reason: 'Wet' }, nobody);
    bring(b, '70');
    waste(depsOf(b), { ...batchAt(b), quantity: '90', reason: 'Wet' }, nobody);
    await (order === 'a first' ? arrive(a, b) : arrive(b, a));
    expect([parkedAt(a), parkedAt(b)]).toEqual([[], []]);
    expect(stock(a)).toEqual([['A1', 10, null]]);
    expect(stock(b)).toEqual(stock(a));
    await apart();
    waste(depsOf(a), { ...batchAt(a), quantity: '8', reason: 'Wet' }, nobody);
    waste(depsOf(b), { ...batchAt(b), quantity: '7', reason: 'Wet' }, nobody);
    await arrive(a, b);
    expect(stock(a)).toEqual([['A1', -5, null]]);
    await expectConverged(a, b);
  },
);

it('a desk that receives of a recalled lot without having heard of it does not end the recall', async () => {
  const { a, b } = clinic;
  await apart();
  bring(a, '10');
  recall(depsOf(a), { batchId: batchAt(a).batchId, recalled: true, reason: 'Letter' }, nobody);
  bring(b, '5');
  await arrive(a, b);
  expect(stock(b)).toEqual([['A1', 15, 1]]);
  await expectConverged(a, b);
});

it('of two desks that counted one shelf offline the second is refused and sees it; the difference counts once', async () => {
  const { a, b } = clinic;
  bring(a, '100');
  await a.settled();
  await b.settled();
  await apart();
  const counted = (desk: Desk) =>
    applyCount(
      depsOf(desk),
      {
        locationId: store,
        counts: [{ batchId: batchAt(desk).batchId, counted: 95, expected: 100, reason: 'Lost' }],
      },
      nobody,
    );
  expect([counted(a).ok, counted(b).ok]).toEqual([true, true]);
  await arrive(a, b);
  expect(parkedAt(a)).toEqual([]);
  expect(parkedAt(b)).toMatchObject([{ kind: 'stock.count' }]);
  expect(stock(a)).toEqual([['A1', 95, null]]);
  expect(stock(b)).toEqual([['A1', 95, null]]);
});

it('a movement is taken back once, whole, and only at the centre when another says otherwise', async () => {
  const { a, b } = clinic;
  bring(a, '100');
  await a.settled();
  await b.settled();
  await apart();
  const [row] = a.local.store.all(movementsOf(item, store));
  for (const desk of [a, b]) takeBack(depsOf(desk), { id: row?.id as never, reason: 'Wrong' }, nobody);
  await arrive(a, b);
  expect(parkedAt(b)).toMatchObject([{ kind: 'stock.take-back' }]);
  expect(stock(a)).toEqual([['A1', 0, null]]);
  bring(a, '3');
  await a.settled();
  const wrong = clinic.centre.sql(
    `insert into clinichub.stock_movement (id, kind, batch_id, location_id, delta, held, corrects, recorded_at)
     select gen_random_uuid(), 'reversal', batch_id, location_id, -2, 0, id, now()
       from clinichub.stock_movement where delta = 3`,
  );
  await expect(wrong).rejects.toThrow('a movement is taken back whole');
});
