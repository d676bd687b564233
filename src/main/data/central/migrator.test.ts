import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CentralMigration, centralMigrations } from '#migrations/central/migrations.ts';
import { freshDatabase, withClient } from '#tests/support/fresh-centre.ts';
import { claimLogin } from './claim.ts';
import { connectCentre } from './client.ts';
import { revokeDevice } from './devices.ts';
import { enrolDevice } from './enrol.ts';
import { migrateCentre } from './migrator.ts';
import { requirementProblem } from './requirements.ts';
import { centreStatus } from './status.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.drop());

const names = centralMigrations.map(({ name }) => name);
const query = (text: string) => withClient(database.url, async (client) => (await client.query(text)).rows);

test('all steps are taken once, in order', async () => {
  expect(await migrateCentre(database.url)).toEqual({ applied: names });
  expect(await migrateCentre(database.url)).toEqual({ applied: [] });
  expect((await centreStatus(database.url)).migrations).toEqual(names);
  expect([...names]).toEqual(names.toSorted());
});

test('two migrators at the same time take turns', async () => {
  const reports = await Promise.all([1, 2, 3].map(() => migrateCentre(database.url)));
  expect(reports.flatMap(({ applied }) => applied).toSorted()).toEqual(names);
});

test('a step that fails leaves the ones before it and nothing of its own', async () => {
  const broken: CentralMigration = {
    name: '9990_broken',
    up: async (db) => {
      await sql`create table clinichub.half (a integer)`.execute(db);
      await sql`select 1 / 0`.execute(db);
    },
  };
  await expect(migrateCentre(database.url, [...centralMigrations, broken])).rejects.toMatchObject({
    code: 'failed',
    message: expect.stringContaining('division by zero'),
  });
  expect((await centreStatus(database.url)).migrations).toEqual(names);
  expect(await query(`select to_regclass('clinichub.half') as t`)).toEqual([{ t: null }]);
});

test('a database of a newer version is refused and left as it is', async () => {
  await migrateCentre(database.url, centralMigrations);
  await expect(migrateCentre(database.url, centralMigrations.slice(0, -1))).rejects.toMatchObject({
    code: 'from-the-future',
    message: expect.stringContaining(names.at(-1) ?? ''),
  });
});

test('a login that may not create roles is told so, and one that may not create schemas', async () => {
  const login = `weak_${Date.now()}`;
  const weak = new URL(database.url);
  weak.username = login;
  weak.password = 'weak';
  await query(`create role ${login} login password 'weak'`);
  await expect(migrateCentre(weak.href)).rejects.toMatchObject({ code: 'no-role-creation' });
  await query(`alter role ${login} createrole`);
  await expect(migrateCentre(weak.href)).rejects.toMatchObject({ code: 'no-create' });
  await query(`drop role ${login}`);
});

test('a login that is no superuser can set a centre up and enrol, given CREATEROLE and its own database', async () => {
  const login = `owner_${Date.now()}`;
  const admin = '01900000-0000-7000-8000-0000000000ad';
  const owner = new URL(database.url);
  const name = owner.pathname.slice(1);
  owner.username = login;
  owner.password = 'owner';
  // The roles of the server were made by whoever set up the first centre; another administrator needs a grant of them.
  await query(`
    create role ${login} login createrole password 'owner';
    alter database ${name} owner to ${login}`);
  const first = await freshDatabase();
  await migrateCentre(first.url);
  await first.drop();
  await query(`
    grant clinichub_owner, clinichub_keeper to ${login};
    grant clinichub_workstation to ${login} with admin option`);
  await migrateCentre(owner.href);
  const enrolled = await enrolDevice(owner.href, { name: 'Desk' });
  expect(
    await withClient(enrolled.url, async (client) => (await client.query('select 1 as one')).rows),
  ).toEqual([{ one: 1 }]);
  expect((await centreStatus(owner.href)).devices).toMatchObject([{ name: 'Desk', cursor: null }]);
  await query(`
    insert into clinichub.staff_account (id, username, display_name, role, password_hash, active, row_version, field_versions)
    values ('${admin}', 'patrick', 'Patrick', 'admin', '!', true, 1, '{}')`);
  const desk = connectCentre(enrolled.url);
  const order = { user: admin, locationId: null, scope: 'clinic' } as const;
  const { code } = await desk.enrolWorkstation({ ...order, name: 'Second' });
  const [, second] = await desk.workstations(admin);
  await claimLogin(code, 'a password');
  expect(await desk.setWorkstation({ user: admin, id: second?.id ?? '', action: 'revoke' })).toMatchObject([
    { can_log_in: true },
    { can_log_in: false },
  ]);
  await desk.enrolWorkstation({ ...order, name: 'Third' });
  await desk.close();
  const logins = await Promise.all(['Second', 'Third', 'Desk'].map((name) => revokeDevice(owner.href, name)));
  for (const { login: made } of logins) await query(`drop owned by ${made}; drop role ${made}`);
  await query(`reassign owned by ${login} to clinichub_admin; drop owned by ${login}; drop role ${login}`);
});

const good = {
  version: 150_004,
  versionText: '15.4',
  btreeGist: true,
  mayCreateRoles: true,
  mayCreateSchemas: true,
};

test.each([
  [{}, null],
  [{ version: 140_011, versionText: '14.11' }, 'server-too-old'],
  [{ btreeGist: false }, 'no-btree-gist'],
  [{ mayCreateRoles: false }, 'no-role-creation'],
  [{ mayCreateSchemas: false }, 'no-create'],
])('a server with %j: %s', (facts, code) => {
  expect(requirementProblem({ ...good, ...facts })?.code ?? null).toBe(code);
});

test('enrol and status on a database that is no centre say what to do first', async () => {
  await expect(enrolDevice(database.url, { name: 'x' })).rejects.toMatchObject({ code: 'not-migrated' });
  await expect(centreStatus(database.url)).rejects.toMatchObject({ code: 'not-migrated' });
});
