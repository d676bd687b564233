import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { change, insertion, mutation, patient } from '#tests/support/central-samples.ts';
import { type FreshCentre, freshCentre } from '#tests/support/fresh-centre.ts';
import type { Centre } from './centre.ts';
import { connectCentre } from './client.ts';
import { centreStatus } from './status.ts';

let centre: FreshCentre;
let deskA: Centre;
let deskB: Centre;
let deskC: Centre;

beforeEach(async () => {
  centre = await freshCentre();
  deskA = connectCentre(await centre.enrol('Desk A'));
  deskB = connectCentre(await centre.enrol('Desk B'));
  deskC = connectCentre(await centre.enrol('Desk C'));
});

afterEach(async () => {
  for (const desk of [deskA, deskB, deskC]) await desk.close();
  await centre.drop();
});

const conflicts = () =>
  centre.sql<{ id: string; tbl: string; v: number; attempted: object; kept: object }>(
    `select id, tbl, row_version::integer as v, attempted::json, kept::json, kept_device_name
      from clinichub.conflict order by created_at, conflict.attempted`,
  );

/** A patient whose phone Desk B wanted to change after Desk A had. */
const oneConflict = async () => {
  const row = patient();
  await deskA.push([
    mutation(1, [insertion('patient', row)]),
    mutation(2, [change('patient', row.id, 1, { phone: 'a' })]),
  ]);
  await deskB.push([mutation(1, [change('patient', row.id, 1, { phone: 'b' })])]);
  const [conflict] = await conflicts();
  if (conflict === undefined) throw new Error('there is no conflict');
  return { row, conflict };
};

const settle = (id: string, resolution: string, minute: number) =>
  change('conflict', id, 1, {
    status: 'settled',
    resolution,
    resolved_at: `2026-11-24T08:${minute}:00.000Z`,
    resolved_by: randomUUID(),
  });

test('a field that lost to one desk and a field that lost to another are two conflicts, each with its own author', async () => {
  const row = patient();
  await deskA.push([
    mutation(1, [insertion('patient', row)]),
    mutation(2, [change('patient', row.id, 1, { phone: 'a', email: 'a' })]),
  ]);
  await deskC.push([mutation(1, [change('patient', row.id, 2, { city: 'c' })])]);
  await deskB.push([
    mutation(1, [change('patient', row.id, 1, { phone: 'b', email: 'b', city: 'b', country: 'FR' })]),
  ]);
  expect(await conflicts()).toMatchObject([
    { attempted: { city: 'b' }, kept: { city: 'c' }, kept_device_name: 'Desk C' },
    {
      attempted: { phone: 'b', email: 'b' },
      kept: { phone: 'a', email: 'a' },
      kept_device_name: 'Desk A',
    },
  ]);
});

test('what a person at the centre set stands without a workstation', async () => {
  const row = patient();
  await deskA.push([mutation(1, [insertion('patient', row)])]);
  await centre.sql(`update clinichub.patient set birth_date_estimated = true`);
  await deskB.push([mutation(1, [change('patient', row.id, 1, { birth_date_estimated: 0 })])]);
  expect(
    await centre.sql(`select kept, kept_by, kept_device, kept_device_name, kept_at is not null as dated
      from clinichub.conflict`),
  ).toEqual([
    {
      kept: '{"birth_date_estimated": 1}',
      kept_by: null,
      kept_device: null,
      kept_device_name: null,
      dated: true,
    },
  ]);
});

test('two losses of one row in one mutation are both kept', async () => {
  const row = patient();
  await deskA.push([
    mutation(1, [insertion('patient', row)]),
    mutation(2, [change('patient', row.id, 1, { phone: 'a' })]),
  ]);
  await deskB.push([
    mutation(1, [change('patient', row.id, 1, { phone: 'b' }), change('patient', row.id, 1, { phone: 'c' })]),
  ]);
  expect((await conflicts()).map(({ attempted }) => attempted)).toEqual([{ phone: 'b' }, { phone: 'c' }]);
});

test('a long note that lost is kept whole', async () => {
  const row = patient();
  const text = 'é'.repeat(400);
  await deskA.push([
    mutation(1, [insertion('patient', row)]),
    mutation(2, [change('patient', row.id, 1, { contact_name: 'a', void_reason: 'a', address_line: 'a' })]),
  ]);
  const lost = { contact_name: text, void_reason: text.repeat(2), address_line: text };
  await deskB.push([mutation(1, [change('patient', row.id, 1, lost)])]);
  expect(await conflicts()).toMatchObject([{ attempted: lost }]);
});

test('a workstation clock that shows nonsense does not stop a conflict from being kept', async () => {
  const row = patient();
  await deskA.push([
    mutation(1, [insertion('patient', row)]),
    mutation(2, [change('patient', row.id, 1, { phone: 'a' })]),
  ]);
  expect(
    await deskB.push([
      mutation(1, [change('patient', row.id, 1, { phone: 'b' })], { at: 'no time' }),
      mutation(2, [change('patient', row.id, 1, { phone: 'c' })], { at: '0001-01-01T00:00:00.000Z' }),
    ]),
  ).toMatchObject([{ status: 'merged' }, { status: 'merged' }]);
  expect(
    await centre.sql(`select attempted_at > now() - interval '1 hour' as today from clinichub.conflict`),
  ).toEqual([{ today: true }, { today: true }]);
});

test('a desk settles a conflict; what the conflict keeps nobody changes, adds or removes', async () => {
  const { row, conflict } = await oneConflict();
  expect((await centreStatus(centre.url)).devices.map(({ conflicts }) => conflicts)).toEqual([0, 1, 0]);
  const forged = {
    attempted: '{}',
    kept_by: randomUUID(),
    row_id: randomUUID(),
    created_at: '2026-01-01T00:00:00.000Z',
  };
  let n = 1;
  for (const [name, value] of Object.entries(forged)) {
    n += 1;
    expect(
      await deskB.push([mutation(n, [change('conflict', conflict.id, 1, { [name]: value })])]),
    ).toMatchObject([{ status: 'rejected', sqlstate: 'CH102' }]);
  }
  const [own] = await centre.sql<{ row: string }>(
    `select clinichub.wire_conflict(c)::text as row from clinichub.conflict c`,
  );
  const copy = { ...JSON.parse(own?.row ?? ''), id: randomUUID() };
  expect(
    await deskB.push([
      mutation(n + 1, [insertion('conflict', copy)]),
      mutation(n + 2, [insertion('conflict', { ...copy, id: randomUUID() })]),
    ]),
  ).toMatchObject([
    { status: 'rejected', sqlstate: 'CH102' },
    { status: 'rejected', sqlstate: 'CH102' },
  ]);
  await expect(centre.sql('delete from clinichub.conflict')).rejects.toMatchObject({ code: 'CH102' });
  await expect(centre.sql(`update clinichub.conflict set attempted = '{}'`)).rejects.toMatchObject({
    code: 'CH102',
  });
  expect(
    await deskB.push([
      mutation(n + 3, [change('conflict', conflict.id, 1, { status: 'settled' })]),
      mutation(n + 4, [settle(conflict.id, 'attempted', 10), change('patient', row.id, 2, { phone: 'b' })]),
    ]),
  ).toMatchObject([{ status: 'rejected', sqlstate: '23514' }, { status: 'applied' }]);
  expect(await centre.sql('select phone from clinichub.patient')).toEqual([{ phone: 'b' }]);
  expect((await centreStatus(centre.url)).devices.map(({ conflicts }) => conflicts)).toEqual([0, 0, 0]);
});

test('two desks that settle a conflict alike agree; when they differ, the later decision is kept to be looked at', async () => {
  const { row, conflict } = await oneConflict();
  await deskA.push([mutation(3, [settle(conflict.id, 'kept', 10)])]);
  expect(await deskB.push([mutation(2, [settle(conflict.id, 'kept', 11)])])).toMatchObject([
    { status: 'merged' },
  ]);
  expect(await conflicts()).toHaveLength(1);
  await deskC.push([
    mutation(1, [settle(conflict.id, 'attempted', 12), change('patient', row.id, 2, { phone: 'b' })]),
  ]);
  expect(await conflicts()).toMatchObject([
    { tbl: 'patient' },
    { tbl: 'conflict', attempted: { resolution: 'attempted' }, kept: { resolution: 'kept' } },
  ]);
});
