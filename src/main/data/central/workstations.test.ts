import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { insertRow } from '#tests/support/central-population.ts';
import * as sample from '#tests/support/central-samples.ts';
import { type FreshCentre, freshCentre, withClient } from '#tests/support/fresh-centre.ts';
import type { Centre, EnrolOrder, WorkstationOrder } from './centre.ts';
import { claimLogin } from './claim.ts';
import { connectCentre } from './client.ts';
import { setScreenCodes, suspendDevice } from './devices.ts';
import { readCode } from './enrolment-code.ts';

/** 0340_overview, 0376_enrolment: an administrator looks after the workstations from one of them. */
const admin = sample.account({ role: 'admin' });
const nurse = sample.account({ role: 'nurse' });
const north = sample.site();
let centre: FreshCentre;
let desk: Centre;
let other: Centre;
let ids: readonly string[];
const refused = { sqlstate: 'CH102' };

beforeAll(async () => {
  centre = await freshCentre();
  desk = connectCentre(await centre.enrol('Desk'));
  other = connectCentre(await centre.enrol('Other'));
  await centre.sql('update clinichub.sync_device set claimed_at = now()');
  for (const row of [admin, nurse]) await insertRow(centre, 'staff_account', row);
  await insertRow(centre, 'location', north);
  ids = (await desk.workstations(admin.id)).map(({ id }) => id);
});
afterAll(async () => {
  await desk.close();
  await other.close();
  await centre.drop();
});

const order = (action: WorkstationOrder['action'], id = ids[1] ?? '', user = admin.id) =>
  desk.setWorkstation({ user, id, action });
const states = async () => (await desk.workstations(admin.id)).map(({ state }) => state);

test('who asks is an active administrator at a workstation that holds the whole clinic', async () => {
  expect(await desk.workstations(admin.id)).toMatchObject([
    { no: 1, name: 'Desk', here: true, state: 'active', rejected: 0 },
    { no: 2, name: 'Other', here: false, state: 'active' },
  ]);
  for (const user of [nurse.id, randomUUID()]) {
    await expect(desk.workstations(user)).rejects.toMatchObject(refused);
    await expect(order('suspend', ids[1], user)).rejects.toMatchObject(refused);
  }
  for (const change of [`role = 'front-desk'`, `scope = 'site'`]) {
    await centre.sql(`update clinichub.sync_device set ${change} where device_no = 1`);
    await expect(order('wipe')).rejects.toMatchObject(refused);
    await centre.sql(`update clinichub.sync_device set role = 'whole', scope = 'clinic'`);
  }
  expect(await states()).toEqual(['active', 'active']);
});

test('a suspended workstation is refused until it is resumed, and each step is in the audit trail', async () => {
  expect((await order('suspend'))[1]?.state).toBe('suspended');
  await expect(other.place()).rejects.toMatchObject({ sqlstate: 'CH001' });
  expect((await order('resume'))[1]?.state).toBe('active');
  await other.place();
  const noted = await centre.sql(
    `select event from clinichub.audit_event where account_id = $1 and entity_id = $2 order by recorded_at`,
    [admin.id, ids[1]],
  );
  expect(noted).toEqual([{ event: 'workstation.suspend' }, { event: 'workstation.resume' }]);
});

test('nobody locks out the workstation they sit at, and what is not there is not found', async () => {
  for (const action of ['suspend', 'revoke'] as const)
    await expect(order(action, ids[0])).rejects.toMatchObject(refused);
  await expect(order('suspend', randomUUID())).rejects.toMatchObject({ sqlstate: 'CH101' });
});

test('one that is to be wiped hears of it and is not suspended; one that is revoked has no way back', async () => {
  expect((await order('wipe'))[1]?.state).toBe('wiping');
  await expect(order('suspend')).rejects.toMatchObject(refused);
  await expect(other.place()).rejects.toMatchObject({ sqlstate: 'CH007' });
  expect((await order('revoke'))[1]).toMatchObject({ state: 'revoked', can_log_in: false });
  await expect(other.place()).rejects.toMatchObject({ sqlstate: null });
  await expect(other.place()).rejects.toMatchObject({ sqlstate: '28P01' });
  await expect(order('resume')).rejects.toMatchObject(refused);
});

describe('a new workstation, from the screen', () => {
  const enrol = (more: Partial<EnrolOrder> = {}) =>
    desk.enrolWorkstation({ user: admin.id, name: 'New desk', locationId: null, scope: 'clinic', ...more });
  const own = async (code: string) => connectCentre(await claimLogin(code, randomUUID()));
  const known = async (id: string) => (await desk.workstations(admin.id)).find((one) => one.id === id);
  afterEach(() =>
    centre.sql(
      'update clinichub.sync_device set suspended_at = null, enrolled_at = enrolled_at - interval $$2 days$$',
    ),
  );

  test('gets a code that is used once, and says who made it where', async () => {
    const { id, code, places, onlyHere } = await enrol({ locationId: north.id, scope: 'site' });
    expect(code).not.toContain(new URL(readCode(code)).password);
    expect({ places, onlyHere }).toEqual({ places: new URL(centre.url).host, onlyHere: true });
    expect(await known(id)).toMatchObject({
      name: 'New desk',
      location_id: north.id,
      scope: 'site',
      state: 'unused',
      enrolled_by: admin.display_name,
      enrolled_from: 1,
    });
    const made = await own(code);
    expect(await made.place()).toMatchObject({ seq: expect.any(Number) });
    await expect(claimLogin(code, 'another password')).rejects.toMatchObject({ problem: 'used-code' });
    expect((await known(id))?.state).toBe('active');
    await made.close();
    expect(
      await centre.sql(
        `select event, account_id, detail::json ->> 'name' as name from clinichub.audit_event where entity_id = $1`,
        [id],
      ),
    ).toEqual([{ event: 'workstation.enrol', account_id: admin.id, name: 'New desk' }]);
  });

  test('is as limited as one that is enrolled at the centre', async () => {
    const { code } = await enrol();
    const client = new pg.Client({ connectionString: readCode(code) });
    await client.connect();
    const settings = async (who: string) =>
      (await centre.sql(
        `select r.rolconnlimit, r.rolsuper, r.rolcreaterole, r.rolcreatedb, r.rolreplication, r.rolinherit,
           (select array_agg(c order by c) from unnest(s.setconfig) c) as settings
         from pg_roles r join pg_db_role_setting s on s.setrole = r.oid where r.rolname = $1`,
        [who],
      )) as object[];
    const [{ login } = { login: '' }] = await centre.sql<{ login: string }>(
      'select login from clinichub.sync_device where device_no = 1',
    );
    expect(await settings(new URL(readCode(code)).username)).toEqual(await settings(login));
    await expect(client.query('select * from clinichub.patient')).rejects.toMatchObject({ code: '42501' });
    await client.end();
  });

  test('is made for nobody but an administrator, with a name, at a site that is there', async () => {
    await expect(enrol({ user: nurse.id })).rejects.toMatchObject(refused);
    await expect(enrol({ locationId: randomUUID() })).rejects.toMatchObject({ sqlstate: 'CH101' });
    for (const more of [{ name: ' ' }, { name: 'x'.repeat(101) }, { scope: 'site' as const }])
      await expect(enrol(more)).rejects.toMatchObject({ sqlstate: '22023' });
  });

  test('so many a day, counted for all together, and none where the centre forbids it', async () => {
    await setScreenCodes(centre.url, 1);
    await enrol();
    await expect(enrol()).rejects.toMatchObject({ sqlstate: 'CH108' });
    await setScreenCodes(centre.url, 0);
    await expect(enrol()).rejects.toMatchObject({ sqlstate: 'CH107' });
    await setScreenCodes(centre.url, 10);
    await enrol();
    const noted = await centre.sql(
      `select count(*)::integer as n from clinichub.audit_event where event = 'workstation.codes'`,
    );
    expect(noted).toEqual([{ n: 3 }]);
  });

  test('while one is made another waits, so that two at the same moment are counted as two', async () => {
    const answer = await withClient(centre.url, async (blocker) => {
      await blocker.query('begin');
      await blocker.query('update clinichub.sync_meta set screen_codes_a_day = 0');
      const asked = enrol().catch((error: unknown) => error);
      const waiting = `select count(*)::integer as n from pg_stat_activity a join clinichub.sync_device d on d.login = a.usename
        where d.device_no = 1 and a.wait_event_type = 'Lock'`;
      await expect.poll(() => centre.sql(waiting)).toEqual([{ n: 1 }]);
      await blocker.query('commit');
      return asked;
    });
    expect(answer).toMatchObject({ sqlstate: 'CH107' });
    await setScreenCodes(centre.url, 10);
  });

  test('its unused code is withdrawn with the workstation where it was made, a used one is not', async () => {
    const used = await enrol();
    const made = await own(used.code);
    const unused = await enrol({ name: 'Unused' });
    await suspendDevice(centre.url, '1');
    await expect(claimLogin(unused.code, 'a password')).rejects.toMatchObject({ problem: 'used-code' });
    await made.place();
    await made.close();
    const states = await centre.sql(
      'select id, revoked_at is not null as ended from clinichub.sync_device where id = any($1) order by device_no',
      [[used.id, unused.id]],
    );
    expect(states).toEqual([
      { id: used.id, ended: false },
      { id: unused.id, ended: true },
    ]);
  });

  test('it closes for good as any other, its sessions at once', async () => {
    const { id, code } = await enrol();
    const address = await claimLogin(code, 'a password of its own');
    const session = new pg.Client({ connectionString: address });
    const ended = new Promise((resolve) => session.on('error', resolve));
    await session.connect();
    expect((await order('revoke', id)).find((one) => one.id === id)).toMatchObject({
      state: 'revoked',
      can_log_in: false,
    });
    await ended;
    const again = new pg.Client({ connectionString: address });
    await expect(again.connect()).rejects.toMatchObject({ code: '28P01' });
  });

  test('one that has wiped itself has closed its login', async () => {
    const { id, code } = await enrol();
    const made = await own(code);
    await order('wipe', id);
    expect(await known(id)).toMatchObject({ state: 'wiping', can_log_in: true });
    await made.wiped();
    await made.close();
    expect(await known(id)).toMatchObject({ state: 'wiped', can_log_in: false });
  });

  test('one that was revoked when that closed no login is closed by revoking it once more', async () => {
    const { id, code } = await enrol();
    await (await own(code)).close();
    await centre.sql('update clinichub.sync_device set revoked_at = now() where id = $1', [id]);
    expect(await known(id)).toMatchObject({ state: 'revoked', can_log_in: true });
    await order('revoke', id);
    expect((await known(id))?.can_log_in).toBe(false);
  });
});
