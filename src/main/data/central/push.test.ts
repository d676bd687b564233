import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { change, insertion, mutation, patient } from '#tests/support/central-samples.ts';
import { type FreshCentre, freshCentre } from '#tests/support/fresh-centre.ts';
import type { Centre } from './centre.ts';
import { connectCentre } from './client.ts';

let centre: FreshCentre;
let deskA: Centre;
let deskB: Centre;

beforeEach(async () => {
  centre = await freshCentre();
  deskA = connectCentre(await centre.enrol('Desk A'));
  deskB = connectCentre(await centre.enrol('Desk B'));
});

afterEach(async () => {
  await deskA.close();
  await deskB.close();
  await centre.drop();
});

const query = <T>(text: string, values: readonly unknown[] = []) => centre.sql<T>(text, values);

const hello = (desk: Centre) =>
  desk.hello({ schema: 2, app: '0.1.0', epoch: null, cursor: null, chain: null, scope: null });

const applied = { status: 'applied', sqlstate: null, message: null };

test('a new workstation is told to copy everything', async () => {
  expect(await hello(deskA)).toMatchObject({ state: 'new', head: 0, last_n: 0, device_name: 'Desk A' });
  expect(await deskA.pull(0, 100)).toMatchObject({ from: 0, to: 0, head: 0, txs: 0, changes: [] });
});

test('what one desk pushes, the other pulls exactly as it was sent', async () => {
  const row = patient();
  expect(await deskA.push([mutation(1, [insertion('patient', row)])])).toEqual([{ n: 1, ...applied }]);
  const pulled = await deskB.pull(0, 100);
  expect(pulled).toMatchObject({ from: 0, to: 1, head: 1, txs: 1 });
  expect(pulled.changes).toEqual([{ seq: 1, tbl: 'patient', op: 'insert', pk: row.id, v: 1, values: row }]);
});

test('an update travels as the changed columns only, and counts the version up', async () => {
  const row = patient();
  await deskA.push([
    mutation(1, [insertion('patient', row)]),
    mutation(2, [change('patient', row.id, 0, { phone: '01 23', email: null })]),
  ]);
  const { changes } = await deskB.pull(0, 100);
  expect(changes[1]).toEqual({
    seq: 1,
    tbl: 'patient',
    op: 'update',
    pk: row.id,
    v: 2,
    values: { phone: '01 23' },
  });
});

test('the same push twice has its effect once and gives the same verdicts', async () => {
  const sent = [
    mutation(1, [insertion('patient', patient())]),
    mutation(2, [insertion('nonsense', patient())]),
  ];
  const first = await deskA.push(sent);
  const second = await deskA.push(sent);
  expect(second).toEqual(first);
  expect(await query('select count(*)::integer as n from clinichub.patient')).toEqual([{ n: 1 }]);
  expect((await deskA.pull(0, 10)).head).toBe(1);
});

test('another mutation under a used number tells that the workstation was copied', async () => {
  await deskA.push([mutation(1, [insertion('patient', patient())])]);
  await expect(deskA.push([mutation(1, [insertion('patient', patient())])])).rejects.toMatchObject({
    sqlstate: 'CH002',
    retryable: false,
  });
});

test('a gap in the numbers is refused and nothing of the call stays', async () => {
  await expect(
    deskA.push([mutation(1, [insertion('patient', patient())]), mutation(3, [])]),
  ).rejects.toMatchObject({ sqlstate: 'CH003', retryable: false });
  expect((await hello(deskA)).last_n).toBe(0);
  expect(await query('select id from clinichub.patient')).toEqual([]);
});

test('a suspended workstation is refused', async () => {
  await query(`update clinichub.sync_device set suspended_at = now() where name = 'Desk A'`);
  for (const call of [() => hello(deskA), () => deskA.push([]), () => deskA.pull(0, 1), () => deskA.ack(0)])
    await expect(call()).rejects.toMatchObject({ sqlstate: 'CH001', retryable: false });
  await expect(deskA.bootPage('patient', null, 1)).rejects.toMatchObject({ sqlstate: 'CH001' });
  await expect(deskA.estimate()).rejects.toMatchObject({ sqlstate: 'CH001' });
});

test('a mutation is whole or not at all, a bad one is parked and the next ones go on', async () => {
  const good = patient();
  const half = patient();
  const verdicts = await deskA.push([
    mutation(1, [insertion('patient', half), insertion('patient', { ...patient(), gender: 'x' })]),
    mutation(2, [change('patient', half.id, 0, { phone: '1' })]),
    mutation(3, [insertion('patient', good)]),
  ]);
  expect(verdicts).toMatchObject([
    { n: 1, status: 'rejected', sqlstate: '23514' },
    { n: 2, status: 'rejected', sqlstate: 'CH101' },
    { n: 3, ...applied },
  ]);
  expect(await query('select id from clinichub.patient')).toEqual([{ id: good.id }]);
  expect(
    await query(
      'select n::integer, payload is not null as kept, kind from clinichub.sync_mutation order by n',
    ),
  ).toEqual([
    { n: 1, kept: true, kind: 'test' },
    { n: 2, kept: true, kind: 'test' },
    { n: 3, kept: false, kind: 'test' },
  ]);
});

test.each([
  ['an unknown table', 'CH102', () => insertion('sync_meta', { id: randomUUID() })],
  ['an unknown column', 'CH102', () => insertion('patient', { ...patient(), nothing: 1 })],
  ['the version', 'CH102', () => insertion('patient', { ...patient(), row_version: 9 })],
  ['the field versions', 'CH102', () => insertion('patient', { ...patient(), field_versions: '{}' })],
  ['no such row', 'CH101', () => change('patient', randomUUID(), 0, { phone: '1' })],
  ['a missing reference', '23503', () => insertion('patient', patient({ location_id: randomUUID() }))],
  ['a missing value', '23502', () => insertion('patient', { id: randomUUID(), mrn: 'x' })],
  ['an impossible date', '22008', () => insertion('patient', patient({ birth_date: '2026-02-30' }))],
  ['no date at all', '22007', () => insertion('patient', patient({ birth_date: 'soon' }))],
  ['another id', 'CH102', () => ({ ...insertion('patient', patient()), pk: randomUUID() })],
  ['no operation', 'CH102', () => ({ ...insertion('patient', patient()), op: 'delete' as 'update' })],
])('a mutation with %s is parked with %s', async (_what, sqlstate, build) => {
  expect(await deskA.push([mutation(1, [build()])])).toMatchObject([{ n: 1, status: 'rejected', sqlstate }]);
  expect((await deskA.pull(0, 10)).head).toBe(0);
});

test('a payload that is not its hash, no JSON, or without a kind is parked', async () => {
  const good = mutation(1, []);
  const verdicts = await deskA.push([
    { ...good, payload: `${good.payload} ` },
    {
      ...mutation(2, []),
      payload: '{',
      hash: '021fb596db81e6d02bf3d2586ee3981fe519f275c0ac9ca76bbcf2ebb4097d96',
    },
    mutation(3, [], { kind: null as unknown as string }),
  ]);
  expect(verdicts).toMatchObject([
    { status: 'rejected', sqlstate: 'CH104' },
    { status: 'rejected', sqlstate: '22P02' },
    { status: 'rejected', sqlstate: 'CH102' },
  ]);
});

test('rows of an append-only table are never updated', async () => {
  const row = {
    id: randomUUID(),
    recorded_at: '2026-11-23T08:00:00.000Z',
    action: 'E',
    event: 'sign-in',
    account_id: null,
    entity_table: null,
    entity_id: null,
    outcome: 'success',
  };
  expect(
    await deskA.push([
      mutation(1, [insertion('audit_event', row)]),
      mutation(2, [change('audit_event', row.id, 1, { outcome: 'failure' })]),
    ]),
  ).toMatchObject([applied, { status: 'rejected', sqlstate: 'CH102' }]);
  for (const statement of [
    'update clinichub.audit_event set outcome = $1',
    'delete from clinichub.audit_event where $1 <> id::text',
  ])
    await expect(query(statement, ['x'])).rejects.toMatchObject({ code: 'CH102' });
});

test('too much in one call is refused; one mutation that is too large by itself is parked', async () => {
  const many = Array.from({ length: 2001 }, (_, index) => mutation(index + 1, []));
  await expect(deskA.push(many)).rejects.toMatchObject({ sqlstate: 'CH005', retryable: false });
  const large = mutation(1, [insertion('patient', patient({ address_line: 'x'.repeat(5_000_000) }))]);
  await expect(
    deskA.push([
      large,
      mutation(2, [insertion('patient', patient({ address_line: 'x'.repeat(4_000_000) }))]),
    ]),
  ).rejects.toMatchObject({ sqlstate: 'CH005' });
  expect(await deskA.push([large])).toMatchObject([{ status: 'rejected', sqlstate: 'CH103' }]);
});

test('a workstation older than the centre accepts may push nothing', async () => {
  await hello(deskA);
  await query('update clinichub.sync_meta set min_schema = 3');
  expect((await hello(deskA)).state).toBe('outdated');
  await expect(deskA.push([mutation(1, [])])).rejects.toMatchObject({ sqlstate: 'CH006', retryable: false });
});
