import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tableNames } from '#shared/sync/catalogue.ts';
import { type FreshCentre, freshCentre } from '#tests/support/fresh-centre.ts';

/**
 * What somebody could try who has a workstation's login and any program he likes: docs/security.md, "A workstation's
 * login". Each attempt is really made, against everything the live schema has.
 */
let centre: FreshCentre;
let opponent: pg.Client;
let other: string;

beforeAll(async () => {
  centre = await freshCentre();
  const enrolment = await centre.enrolment('Other');
  other = enrolment.login;
  opponent = new pg.Client({ connectionString: await centre.enrol('Opponent') });
  opponent.on('error', () => undefined);
  await opponent.connect();
});
afterAll(async () => {
  await opponent.end();
  await centre.drop();
});

/** The SQLSTATE of an attempt, `done` when it was let through. */
const attempt = async (statement: string): Promise<string> => {
  try {
    await opponent.query(statement);
    return 'done';
  } catch (error) {
    await opponent.query('rollback').catch(() => undefined);
    return error instanceof pg.DatabaseError ? (error.code ?? 'no code') : String(error);
  }
};

const attempts = async (statements: readonly string[]): Promise<readonly (readonly [string, string])[]> => {
  const answers: (readonly [string, string])[] = [];
  for (const statement of statements) answers.push([statement, await attempt(statement)]);
  return answers;
};

const notDenied = (answers: readonly (readonly [string, string])[], denied = ['42501']) =>
  answers.filter(([, code]) => !denied.includes(code));

test('every table of the catalogue, and every other relation, is closed to reading, writing, locking and naming', async () => {
  const relations = await centre.sql<{ name: string; kind: string }>(`
    select c.relname as name, c.relkind as kind from pg_class c join pg_namespace s on s.oid = c.relnamespace
    where s.nspname = 'clinichub' and c.relkind in ('r', 'v', 'm', 'S', 'p', 'f')`);
  const names = relations.map(({ name }) => name);
  for (const table of tableNames) expect(names).toContain(table);
  const statements = relations.flatMap(({ name, kind }) =>
    kind === 'S'
      ? [
          `select nextval('clinichub.${name}')`,
          `select setval('clinichub.${name}', 1)`,
          `select * from clinichub.${name}`,
        ]
      : [
          `select * from clinichub.${name}`,
          `select count(*) from clinichub.${name}`,
          `insert into clinichub.${name} default values`,
          `delete from clinichub.${name}`,
          `truncate clinichub.${name}`,
          `begin; lock table clinichub.${name}`,
          `copy clinichub.${name} to stdout`,
          `drop table clinichub.${name}`,
          `alter table clinichub.${name} disable trigger all`,
          `create trigger t after insert on clinichub.${name} execute function clinichub.sync_capture()`,
        ],
  );
  // A view that is no table is told to be none, before anything else.
  expect(notDenied(await attempts(statements), ['42501', '42809'])).toEqual([]);
  const columns = await opponent.query(`
    select table_name, column_name from information_schema.columns where table_schema = 'clinichub'`);
  expect(columns.rows).toEqual([]);
});

const calls = [
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
];

test('every function that is no call of the protocol is refused', async () => {
  const functions = await centre.sql<{ schema: string; name: string; trigger: boolean; call: string }>(`
    select s.nspname as schema, p.proname as name, p.prorettype in ('trigger'::regtype, 'event_trigger'::regtype) as trigger,
      format('%I.%I(%s)', s.nspname, p.proname, (
        select string_agg(format('null::%s', format_type(t.type, null)), ', ' order by t.place)
        from unnest(p.proargtypes) with ordinality as t(type, place))) as call
    from pg_proc p join pg_namespace s on s.oid = p.pronamespace
    where s.nspname in ('clinichub', 'clinichub_extension') and p.prokind = 'f'
      and not exists (select from unnest(p.proargtypes) a(type) where a.type = 'internal'::regtype)
      and p.prorettype <> 'internal'::regtype`);
  const closed = functions.filter(({ schema, name }) => schema !== 'clinichub' || !calls.includes(name));
  expect(closed.length).toBeGreaterThan(30);
  const plain = closed.filter(({ trigger }) => !trigger);
  expect(notDenied(await attempts(plain.map(({ call }) => `select ${call}`)))).toEqual([]);
  const allowed = functions.filter(({ schema, name }) => schema === 'clinichub' && calls.includes(name));
  expect(new Set(allowed.map(({ name }) => name))).toEqual(new Set(calls));
});

test('nothing can be made, in any schema or outside of them', async () => {
  const schemas = await centre.sql<{ name: string }>('select quote_ident(nspname) as name from pg_namespace');
  const statements = [
    ...schemas.flatMap(({ name }) => [
      `create table ${name}.mine (a integer)`,
      `create function ${name}.mine() returns integer language sql as 'select 1'`,
      `create view ${name}.mine as select 1`,
      `create type ${name}.mine as enum ('a')`,
    ]),
    'create temporary table mine (a integer)',
    'create schema mine',
    'create database mine',
    'create role mine',
    'create extension pgcrypto',
    `create server mine foreign data wrapper x`,
    'create publication mine for all tables',
    `create subscription mine connection 'host=127.0.0.1' publication p`,
    'create event trigger mine on ddl_command_start execute function clinichub.sync_capture()',
    `create tablespace mine location '/tmp'`,
    `create language plperlu`,
    'select lo_create(0)',
    'select lo_creat(-1)',
    `select lo_from_bytea(0, 'x')`,
  ];
  // No such wrapper or language; a temporary schema that belongs to nobody here.
  expect(notDenied(await attempts(statements), ['42501', '42704', '42P16', '58P01', '0A000'])).toEqual([]);
});

test('no other role can be put on, changed or made use of', async () => {
  const roles = await centre.sql<{ name: string }>(
    `select rolname as name from pg_roles where rolname <> 'clinichub_workstation' and rolname not like 'clinichub_ws_%'`,
  );
  const statements = [
    ...[...roles.map(({ name }) => name), other].flatMap((name) => [
      `set role ${name}`,
      `set session authorization ${name}`,
      `alter role ${name} password 'mine'`,
      `alter role ${name} set search_path = mine`,
      `drop role ${name}`,
      `grant ${name} to current_user`,
    ]),
    'alter role current_user superuser',
    'alter role current_user createrole',
    'alter role current_user createdb',
    'alter role current_user replication',
    'alter role current_user bypassrls',
    'alter role current_user connection limit -1',
    `alter role current_user valid until 'infinity'`,
    `alter role clinichub_workstation login`,
    'alter system set fsync = off',
    `alter database ${new URL(centre.url).pathname.slice(1)} set search_path = mine`,
    'grant clinichub_workstation to current_user',
    `grant select on clinichub.patient to public`,
    `select pg_terminate_backend(pid) from pg_stat_activity where usename <> session_user and pid is not null`,
    'select pg_reload_conf()',
    'select pg_switch_wal()',
    'select pg_stat_reset()',
    'set session_replication_role = replica',
    `set clinichub.device_no = '1'; select clinichub.sync_begin('x')`,
  ];
  // PostgreSQL's own roles have names that are reserved before rights are looked at.
  expect(notDenied(await attempts(statements), ['42501', '42939', '0A000'])).toEqual([]);
});

test('no file and no program of the server can be reached', async () => {
  const statements = [
    `copy (select 1) to program 'true'`,
    `copy (select 1) to '/tmp/mine'`,
    `select pg_read_file('PG_VERSION')`,
    `select pg_read_binary_file('PG_VERSION')`,
    `select pg_ls_dir('.')`,
    'select pg_ls_logdir()',
    'select pg_ls_waldir()',
    `select pg_stat_file('PG_VERSION')`,
    `select lo_import('/etc/hostname')`,
    `select lo_export(1, '/tmp/mine')`,
    `select pg_create_physical_replication_slot('mine')`,
    `select pg_logical_emit_message(true, 'a', 'b'), pg_create_logical_replication_slot('mine', 'test_decoding')`,
    `select * from pg_authid`,
    `select * from pg_shadow`,
    `select * from pg_hba_file_rules`,
    `select * from pg_file_settings`,
    `load '/tmp/mine.so'`,
  ];
  expect(notDenied(await attempts(statements))).toEqual([]);
  // What others ask at the moment is not to be read.
  const { rows } = await opponent.query<{ query: string }>(
    `select query from pg_stat_activity where usename <> session_user and query <> '' and query <> '<insufficient privilege>'`,
  );
  expect(rows).toEqual([]);
});

test('its own password is all it can change, and that shuts nobody else out', async () => {
  expect(await attempt(`alter role current_user password 'mine'`)).toBe('done');
  const desk = new pg.Client({ connectionString: await centre.enrol('Bystander') });
  await desk.connect();
  await desk.end();
});
