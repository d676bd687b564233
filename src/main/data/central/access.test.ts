import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertion, mutation, patient } from '#tests/support/central-samples.ts';
import { type FreshCentre, freshCentre, withClient } from '#tests/support/fresh-centre.ts';
import { connectCentre } from './client.ts';

let centre: FreshCentre;
let url: string;

beforeAll(async () => {
  centre = await freshCentre();
  url = await centre.enrol('Desk');
});
afterAll(() => centre.drop());

const asWorkstation = (text: string) => withClient(url, (client) => client.query(text));
const denied = { code: '42501' };

test('a workstation’s login may execute the calls of the protocol and nothing else', async () => {
  const { rows } = await asWorkstation(`
    select p.proname from pg_proc p join pg_namespace s on s.oid = p.pronamespace
    where s.nspname = 'clinichub' and has_function_privilege(p.oid, 'execute') order by 1`);
  expect(rows.map(({ proname }) => proname)).toEqual([
    'ack',
    'audit',
    'audit_record',
    'blob_get',
    'blob_put',
    'blob_state',
    'boot_page',
    'boot_rows',
    'claim',
    'common',
    'estimate',
    'find_patients',
    'hello',
    'open_patient',
    'place',
    'pull',
    'push',
    'verify',
    'verify_rows',
    'wiped',
    'workstation_enrol',
    'workstation_set',
    'workstation_shut',
    'workstations',
  ]);
});

test('a workstation’s login can read and write no table', async () => {
  const tables = await centre.sql<{ name: string }>(`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'clinichub'`);
  expect(tables.length).toBeGreaterThan(15);
  for (const { name } of tables)
    for (const statement of [
      `select from ${name}`,
      `insert into ${name} default values`,
      `delete from ${name}`,
      `truncate ${name}`,
    ])
      await expect(asWorkstation(statement)).rejects.toMatchObject(denied);
  await expect(asWorkstation(`select nextval('clinichub.sync_change_ord')`)).rejects.toMatchObject(denied);
});

test.each([
  'create table clinichub.x (a integer)',
  'create table public.x (a integer)',
  'create temporary table x (a integer)',
  'create schema x',
  'create role x',
  `create function public.f() returns integer language sql as 'select 1'`,
  'create extension pgcrypto',
  `select clinichub.sync_define('patient', 'merge')`,
  `select clinichub.sync_begin('x')`,
  `select clinichub.apply_patient('update', gen_random_uuid(), 0, '{}', 1, 1, null)`,
  'set role clinichub_owner',
  'alter role clinichub_owner login',
  `copy (select 1) to program 'true'`,
])('a workstation’s login may not: %s', async (statement) => {
  await expect(asWorkstation(statement)).rejects.toMatchObject({
    code: expect.stringMatching(/^42501|^42P/),
  });
});

test('another login that happens to exist is no workstation', async () => {
  await expect(centre.sql(`select clinichub.hello('{"schema": 1}')`)).rejects.toMatchObject({
    code: 'CH001',
  });
});

/** What makes and closes logins, and belongs to a role that may do this and read nothing. */
const ofTheKeeper = ['login_close', 'login_end', 'login_make'];

test('the functions belong to roles that are no superuser and cannot log in, with a pinned search path', async () => {
  const loose = await centre.sql(
    `
    select p.proname from pg_proc p join pg_namespace s on s.oid = p.pronamespace join pg_roles r on r.oid = p.proowner
    where s.nspname = 'clinichub' and (r.rolname <> case when p.proname = any($1) then 'clinichub_keeper' else 'clinichub_owner' end or r.rolsuper or r.rolcanlogin
      or p.prosecdef and not coalesce(p.proconfig::text like '%search_path=pg_catalog, pg_temp%', false))`,
    [ofTheKeeper],
  );
  expect(loose).toEqual([]);
  const reached = await centre.sql(
    `select c.relname from pg_class c join pg_namespace s on s.oid = c.relnamespace
     where s.nspname = 'clinichub' and c.relkind in ('r', 'v', 'p') and has_any_column_privilege('clinichub_keeper', c.oid, 'select, insert, update')`,
  );
  expect(reached).toEqual([]);
  const powers = await centre.sql(
    `select rolsuper or rolcanlogin or rolcreatedb or rolreplication or rolbypassrls as too_much,
       has_schema_privilege(rolname, 'clinichub', 'create') as may_make from pg_roles where rolname = 'clinichub_keeper'`,
  );
  expect(powers).toEqual([{ too_much: false, may_make: false }]);
});

test('the address of a workstation holds its password; the centre holds a verifier only', async () => {
  const enrolment = await centre.enrolment('Back office');
  const { password } = new URL(enrolment.url);
  expect(password.length).toBeGreaterThan(30);
  const [stored] = await centre.sql<{ rolpassword: string }>(
    'select rolpassword from pg_authid where rolname = $1',
    [enrolment.login],
  );
  expect(stored?.rolpassword).toMatch(/^SCRAM-SHA-256\$4096:/);
  expect(stored?.rolpassword).not.toContain(password);
});

test('who holds the clock’s lock and goes idle is cut off, and the others go on', {
  timeout: 30_000,
}, async () => {
  const holder = new pg.Client({ connectionString: await centre.enrol('Holder') });
  const ended = new Promise<string>((resolve) =>
    holder.on('error', (error) => resolve(String((error as { code?: string }).code))),
  );
  await holder.connect();
  await holder.query('begin');
  await holder.query('select clinichub.push($1)', [
    JSON.stringify([mutation(1, [insertion('patient', patient())])]),
  ]);
  await holder.query('set constraints all immediate');
  const desk = connectCentre(url);
  const row = patient();
  const verdicts = await desk.push([mutation(1, [insertion('patient', row)])]);
  expect(verdicts).toMatchObject([{ status: 'applied' }]);
  expect(await ended).toBe('25P03');
  const { changes } = await desk.pull(0, 10);
  expect(changes.map(({ pk, seq }) => [pk, seq])).toEqual([[row.id, 1]]);
  await desk.close();
});

test('the login’s limits are set on its role', async () => {
  const { rows } = await asWorkstation(`
    select name, setting from pg_settings where name in ('idle_in_transaction_session_timeout', 'lock_timeout',
      'statement_timeout', 'transaction_timeout') order by name`);
  expect(rows).toEqual([
    { name: 'idle_in_transaction_session_timeout', setting: '3000' },
    { name: 'lock_timeout', setting: '10000' },
    { name: 'statement_timeout', setting: '120000' },
    { name: 'transaction_timeout', setting: '150000' },
  ]);
  expect(
    (await asWorkstation('select rolconnlimit as n from pg_roles where rolname = session_user')).rows,
  ).toEqual([{ n: 8 }]);
});

test('a site is found by id or by name, and an unknown one creates nothing', async () => {
  const id = randomUUID();
  await centre.sql(
    `insert into clinichub.location (id, kind, name, time_zone, active) values ($1, 'site', 'North clinic', 'UTC', true)`,
    [id],
  );
  const first = await centre.enrolment('One', 'north CLINIC');
  const second = await centre.enrolment('Two', id);
  expect(
    await centre.sql('select distinct location_id from clinichub.sync_device where id = any ($1)', [
      [first.deviceId, second.deviceId],
    ]),
  ).toEqual([{ location_id: id }]);
  await expect(centre.enrolment('Three', 'South')).rejects.toMatchObject({ code: 'unknown-site' });
  expect(await centre.sql(`select from clinichub.sync_device where name = 'Three'`)).toEqual([]);
});
