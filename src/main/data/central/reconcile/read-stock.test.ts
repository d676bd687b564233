import { afterAll, beforeAll, expect, test } from 'vitest';
import { site } from '#tests/support/central-samples.ts';
import { type FreshCentre, freshCentre } from '#tests/support/fresh-centre.ts';
import { tamper } from '#tests/support/tampering.ts';
import { reconcileCentre } from './reconcile-centre.ts';

const here = site();
const id = (n: number) => `01900000-0000-7000-8000-0000000000${String(n).padStart(2, '0')}`;
let centre: FreshCentre;
beforeAll(async () => {
  centre = await freshCentre();
  await tamper(
    centre.url,
    `insert into clinichub.location (id, kind, name, time_zone, active, row_version, field_versions)
       values ('${here.id}', 'site', 'North', 'UTC', true, 1, '{}')`,
    `insert into clinichub.location (id, kind, part_of, name, time_zone, active, row_version, field_versions)
       values ('${id(1)}', 'store', '${here.id}', 'A', 'UTC', true, 1, '{}'),
              ('${id(2)}', 'store', '${here.id}', 'B', 'UTC', true, 1, '{}')`,
    `insert into clinichub.stock_item (id, title, unit, active, row_version, field_versions)
       values ('${id(3)}', 'Gauze', 'piece', true, 1, '{}')`,
    `insert into clinichub.stock_batch (id, item_id, lot, row_version, field_versions)
       values ('${id(4)}', '${id(3)}', 'L', 1, '{}')`,
  );
});
afterAll(() => centre.drop());

const move = (n: number, kind: string, store: number, delta: number, more = 'null, null, null, null') =>
  `insert into clinichub.stock_movement
     (id, kind, batch_id, location_id, delta, held, recorded_at, row_version, field_versions,
      transfer_id, counted, expected, corrects)
   values ('${id(n)}', '${kind}', '${id(4)}', '${id(store)}', ${delta}, 0, now(), 1, '{}', ${more})`;
const violated = async () =>
  (await reconcileCentre(centre.url)).statements.flatMap(({ name, violations, problems }) =>
    violations > 0 ? [[name, ...problems]] : [],
  );

test('what moved adds up; half a transfer, a count and a reversal that somebody altered are found', async () => {
  const transfer = `'${id(90)}', null, null, null`;
  await tamper(
    centre.url,
    move(10, 'receive', 1, 100),
    move(11, 'transfer-out', 1, -30, transfer),
    move(12, 'transfer-in', 2, 30, transfer),
    move(13, 'stock-take', 1, -2, 'null, 68, 70, null'),
    move(14, 'reversal', 1, 2, `null, null, null, '${id(13)}'`),
  );
  expect(await violated()).toEqual([]);
  await tamper(
    centre.url,
    'alter table clinichub.stock_movement drop constraint stock_movement_sign',
    `update clinichub.stock_movement set delta = 29 where id = '${id(12)}'`,
    `update clinichub.stock_movement set delta = -3 where id = '${id(13)}'`,
  );
  expect(await violated()).toEqual([
    [
      'what leaves one store reaches another, all of it',
      `stock_movement ${id(90)}: 2 movements, together -1`,
    ],
    [
      'a movement that is taken back adds up to nothing with what takes it back',
      `stock_movement ${id(13)}: -3 and 2`,
    ],
    [
      'a count is what was expected and the difference',
      `stock_movement ${id(13)}: 68 counted, 70 expected, difference -3`,
    ],
  ]);
});
