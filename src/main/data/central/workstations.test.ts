import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertRow } from '#tests/support/central-population.ts';
import * as sample from '#tests/support/central-samples.ts';
import { type FreshCentre, freshCentre } from '#tests/support/fresh-centre.ts';
import type { Centre, WorkstationOrder } from './centre.ts';
import { connectCentre } from './client.ts';

/** 0340_overview: an administrator looks after the workstations from one of them. */
const admin = sample.account({ role: 'admin' });
const nurse = sample.account({ role: 'nurse' });
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
  expect((await order('revoke'))[1]?.state).toBe('revoked');
  await expect(other.place()).rejects.toMatchObject({ sqlstate: 'CH001' });
  await expect(order('resume')).rejects.toMatchObject(refused);
});
