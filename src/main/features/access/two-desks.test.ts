import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import { accountById, userOf } from '#main/session/accounts.ts';
import { rolePermissionId } from '#shared/domain/access/role-permission.ts';
import { withClient } from '#tests/support/fresh-centre.ts';
import {
  type Desk,
  expectConverged,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';
import { accessHandlers } from './service.ts';

let clinic: TwoWorkstations;
const [one, other, desk] = [randomUUID(), randomUUID(), randomUUID()];
beforeEach(async () => {
  clinic = await twoWorkstations();
  await clinic.query(
    `insert into clinichub.staff_account (id, username, display_name, role, password_hash, active)
     values ($1, 'one', 'One', 'admin', 'x', true), ($2, 'other', 'Other', 'admin', 'x', true), ($3, 'desk', 'Desk', 'reception', 'x', true)`,
    [one, other, desk],
  );
  await clinic.a.settled();
  await clinic.b.settled();
});
afterEach(() => clinic.end());

const close = ({ local }: Desk, id: string, patch: { active: 0 } | { role: string } = { active: 0 }) =>
  local.store.mutate({ kind: 'account.update', user: one }, (writer) =>
    writer.update('staff_account', id, patch),
  );
const accountsOf = (at: Desk) =>
  at.local.store
    .all(localDb.selectFrom('staff_account').select(['username', 'role', 'active']).orderBy('username'))
    .map(({ username, role, active }) => `${username} ${role} ${active}`);
const parkedAt = ({ local }: Desk) =>
  local.db.prepare(`SELECT sqlstate FROM outbox WHERE status = 'parked'`).pluck().all();

it('two administrators close each other offline: the second is refused, and the clinic keeps one', async () => {
  const { a, b } = clinic;
  await a.offline();
  await b.offline();
  close(a, other);
  close(b, one, { role: 'nurse' });
  await a.online();
  await a.settled();
  await b.online();
  await b.settled();
  await a.settled();
  expect(parkedAt(a)).toEqual([]);
  expect(parkedAt(b)).toEqual(['CH106']);
  const left = ['desk reception 1', 'one admin 1', 'other admin 0'];
  expect(accountsOf(a)).toEqual(left);
  expect(
    await clinic.query(`select username from clinichub.staff_account where role = 'admin' and active`),
  ).toEqual([{ username: 'one' }]);
});

it('nobody at the centre closes, demotes or deletes the last one, not in two transactions at one moment either', async () => {
  const refused = { code: 'CH106' };
  const all = 'update clinichub.staff_account set active = false';
  await expect(clinic.query(all)).rejects.toMatchObject(refused);
  await withClient(clinic.centre.url, async (first) => {
    await first.query('begin');
    await first.query(`${all} where username = 'one'`);
    const second = clinic.query(`${all} where username = 'other'`).catch((error: unknown) => error);
    await expect
      .poll(() => clinic.query(`select 1 as n from pg_stat_activity where wait_event = 'advisory'`))
      .toHaveLength(1);
    await first.query('commit');
    expect(await second).toMatchObject(refused);
  });
  await expect(
    clinic.query(`update clinichub.staff_account set role = 'nurse' where username = 'other'`),
  ).rejects.toMatchObject(refused);
  await expect(
    clinic.query(`delete from clinichub.staff_account where username = 'other'`),
  ).rejects.toMatchObject(refused);
  await clinic.query(`${all} where username in ('one', 'desk')`);
});

const access = (at: Desk) =>
  accessHandlers({
    store: at.local.store,
    engine: { wake: () => undefined },
  } as unknown as FeatureDeps);
const admin = { id: 'test', user: { id: one } } as Connection;
const may = (at: Desk) => userOf(at.local.store, accountById(at.local.store, desk))?.permissions ?? [];

it('a permission taken at one desk counts at the other with its next contact; two who change one write one row', async () => {
  const { a, b } = clinic;
  const taken = { role: 'reception', permission: 'patient.create', granted: false } as const;
  await a.offline();
  await b.offline();
  await access(a)['access.set'](taken, admin);
  await access(b)['access.set'](taken, admin);
  await access(b)['access.set']({ ...taken, permission: 'patient.update' }, admin);
  expect(may(a)).not.toContain('patient.create');
  expect(may(a)).toContain('patient.update');
  await a.online();
  await a.settled();
  await b.online();
  await b.settled();
  await a.settled();
  for (const at of [a, b]) {
    expect(may(at)).not.toContain('patient.create');
    expect(may(at)).not.toContain('patient.update');
    expect(parkedAt(at)).toEqual([]);
  }
  await access(a)['access.reset']({}, admin);
  await a.settled();
  await b.settled();
  expect(may(b)).toContain('patient.create');
  expect(await clinic.query('select id, granted from clinichub.role_permission order by permission')).toEqual(
    [
      { id: rolePermissionId('reception', 'patient.create'), granted: null },
      { id: rolePermissionId('reception', 'patient.update'), granted: null },
    ],
  );
  await expectConverged(a, b);
});
