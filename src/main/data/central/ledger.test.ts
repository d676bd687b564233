import { createHash, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { insertion, mutation, patient } from '#tests/support/central-samples.ts';
import { type FreshCentre, freshCentre, withClient } from '#tests/support/fresh-centre.ts';
import type { Centre } from './centre.ts';
import { connectCentre } from './client.ts';

let centre: FreshCentre;
let desk: Centre;

beforeEach(async () => {
  centre = await freshCentre();
  desk = connectCentre(await centre.enrol('Desk'));
});

afterEach(async () => {
  await desk.close();
  await centre.drop();
});

const insertSite = (id: string, name = 'North') =>
  `insert into clinichub.location (id, kind, name, time_zone, active) values ('${id}', 'site', '${name}', 'UTC', true)`;

test('what a person does in psql is captured like a push: insert, update, delete', async () => {
  const id = randomUUID();
  await centre.sql(insertSite(id));
  await centre.sql(`update clinichub.location set name = 'South', city = 'Lyon'`);
  await centre.sql('delete from clinichub.location');
  const { changes, to } = await desk.pull(0, 100);
  expect(to).toBe(3);
  expect(changes).toEqual([
    {
      seq: 1,
      tbl: 'location',
      op: 'insert',
      pk: id,
      v: 1,
      values: {
        id,
        kind: 'site',
        part_of: null,
        name: 'North',
        address_line: null,
        city: null,
        phone: null,
        time_zone: 'UTC',
        active: 1,
        source: null,
      },
    },
    { seq: 2, tbl: 'location', op: 'update', pk: id, v: 2, values: { name: 'South', city: 'Lyon' } },
    { seq: 3, tbl: 'location', op: 'delete', pk: id, v: 3, values: {} },
  ]);
  expect(await centre.sql('select distinct device_no, login from clinichub.sync_tx')).toEqual([
    { device_no: 0, login: 'clinichub_admin' },
  ]);
});

test('a change that changes nothing, and versions written by hand, leave no trace', async () => {
  const id = randomUUID();
  await centre.sql(insertSite(id));
  await centre.sql(`update clinichub.location set name = 'North', row_version = 77, field_versions = '{}'`);
  expect((await desk.pull(0, 10)).to).toBe(1);
  expect(
    await centre.sql('select row_version::integer as v, field_versions as f from clinichub.location'),
  ).toEqual([{ v: 1, f: { '*': [1, 0] } }]);
  await centre.sql(`update clinichub.location set phone = '1'`);
  expect(await centre.sql('select field_versions as f from clinichub.location')).toEqual([
    { f: { '*': [1, 0], phone: [2, 0] } },
  ]);
});

test('TRUNCATE is refused, and so is another id', async () => {
  await centre.sql(insertSite(randomUUID()));
  const tables = await centre.sql<{ tbl: string }>('select tbl from clinichub.sync_table');
  for (const { tbl } of tables)
    await expect(centre.sql(`truncate clinichub.${tbl} cascade`)).rejects.toMatchObject({ code: 'CH102' });
  await expect(centre.sql('update clinichub.location set id = gen_random_uuid()')).rejects.toMatchObject({
    code: 'CH102',
  });
});

test('a rolled-back transaction and a rolled-back savepoint leave no number and no change', async () => {
  const kept = randomUUID();
  await withClient(centre.url, async (client) => {
    await client.query(`begin; ${insertSite(randomUUID())}; rollback`);
    await client.query(
      `begin; savepoint a; ${insertSite(randomUUID())}; rollback to a; ${insertSite(kept)}; commit`,
    );
    await client.query(`begin; savepoint a; ${insertSite(randomUUID())}; rollback to a; commit`);
  });
  const pulled = await desk.pull(0, 10);
  expect([pulled.to, pulled.head]).toEqual([1, 1]);
  expect(pulled.changes.map(({ pk }) => pk)).toEqual([kept]);
});

test('a place cannot be taken before the last change: the transaction is refused whole', async () => {
  const first = insertSite(randomUUID());
  for (const early of [
    `begin; set constraints all immediate; ${first}; commit`,
    `begin; ${first}; set constraints all immediate; ${insertSite(randomUUID())}; commit`,
  ])
    await expect(centre.sql(early)).rejects.toMatchObject({ code: '40000' });
  expect(await desk.pull(0, 10)).toMatchObject({ head: 0, changes: [] });
});

test('a forged setting cannot hide what a workstation pushes', async () => {
  const url = await centre.enrol('Forger');
  const row = patient();
  await withClient(url, async (client) => {
    await client.query('begin');
    await client.query(`select set_config('clinichub.tx', pg_current_xact_id() || ':999', true)`);
    await client.query(`select set_config('clinichub.device_no', '0', true)`);
    await client.query('select clinichub.push($1)', [
      JSON.stringify([mutation(1, [insertion('patient', row)])]),
    ]);
    await client.query('commit');
  });
  expect((await desk.pull(0, 10)).changes.map(({ pk }) => pk)).toEqual([row.id]);
  expect(
    await centre.sql(`select field_versions -> '*' -> 1 = '0' as forged from clinichub.patient`),
  ).toEqual([{ forged: false }]);
});

const sha = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();

test('the chain can be computed again from the ledger', async () => {
  await centre.sql(insertSite(randomUUID()));
  await desk.push([
    mutation(1, [insertion('patient', patient()), insertion('patient', patient())]),
    mutation(2, [insertion('patient', patient())]),
  ]);
  await centre.sql(`update clinichub.patient set city = 'Nîmes'`);
  const at = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  const lines = await centre.sql<{
    seq: string;
    chain: string;
    upto: string | null;
    line: string;
    head: string;
    login: string;
  }>(`
    select t.seq, t.chain, t.upto_n as upto,
           c.tbl || '/' || c.pk || '/' || c.op || '/' || c.row_version || '/' || c.ord || '/' || coalesce(c.mutation::text, '')
             || '/' || coalesce(c.scope_old::text, '') || '/' || coalesce(c.scope_new::text, '') || '/' || c.patch::text as line,
           concat_ws('/', t.tx, t.xid, t.device_no, ${at('t.at')}, t.changes, t.bytes, coalesce(t.from_n::text, ''),
             coalesce(t.upto_n::text, '')) as head, t.login
    from clinichub.sync_tx t join clinichub.sync_change c using (tx) order by t.seq, c.ord`);
  expect(lines).toHaveLength(7);
  const mutations = await centre.sql<{ line: string }>(`
    select concat_ws('/', n, hash, status, coalesce(user_id::text, ''), ${at('received_at')}, tx, '', '',
      octet_length(kind) || '=' || kind, '') as line from clinichub.sync_mutation order by n`);
  const digestOf = (texts: readonly string[]) => sha(Buffer.concat(texts.map(sha))).toString('hex');
  let chain = '0'.repeat(64);
  for (const [seq, group] of Map.groupBy(lines, (row) => row.seq)) {
    const [{ head, login, upto } = { head: '', login: '', upto: null }] = group;
    const changes = digestOf(group.map(({ line }) => line));
    const content = upto === null ? changes : `${changes}/${digestOf(mutations.map(({ line }) => line))}`;
    const digest = sha(`${head}/${content}/${login}`).toString('hex');
    chain = sha(`${chain}/${seq}/${digest}`).toString('hex');
    expect(group[0]?.chain).toBe(chain);
  }
  expect((await desk.pull(0, 100)).chain).toBe(chain);
});

test('a transaction too large for one pull raises the low water', async () => {
  await centre.sql(`
    insert into clinichub.location (id, kind, name, time_zone, active)
    select gen_random_uuid(), 'room', 'x', 'UTC', true from generate_series(1, 50001)`);
  await expect(desk.pull(0, 10)).rejects.toMatchObject({ sqlstate: 'CH004', retryable: false });
  expect(await desk.pull(1, 10)).toMatchObject({ to: 1, changes: [] });
});
