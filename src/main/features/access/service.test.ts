import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import type { HostEvent } from '#shared/contract/host-event.ts';
import { rolePermissionId } from '#shared/domain/access/role-permission.ts';
import { type Clinic, openClinic } from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let admin: Connection;
beforeEach(async () => {
  clinic = openClinic();
  admin = await clinic.signedIn('admin');
});
afterEach(() => clinic.close());

const taken = { role: 'reception', permission: 'patient.create', granted: false } as const;
const refused = { ok: false, error: { code: 'not-permitted' } };
const similar = (connection: Connection) =>
  clinic.ask('patients.similar', { family: 'Habimana', given: 'Jean', birthDate: '', phone: '' }, connection);

it('takes a permission from a session that is running, and gives it back', async () => {
  const reception = await clinic.signedIn('reception');
  const heard: HostEvent[] = [];
  clinic.core.onEvent((event) => heard.push(event));
  expect(await similar(reception)).toMatchObject({ ok: true });
  await clinic.get('access.set', taken, admin);
  expect(await similar(reception)).toEqual(refused);
  const user = await clinic.get('session.current', {}, reception);
  expect(user?.permissions).toContain('patient.read');
  expect(user?.permissions).not.toContain('patient.create');
  const told = () =>
    heard.some((event) => event.type === 'changed' && event.tables.includes('role_permission'));
  await expect.poll(told).toBe(true);
  expect(await clinic.get('access.differences', {}, admin)).toEqual([taken]);
  await clinic.get('access.set', { ...taken, granted: true }, admin);
  expect(await similar(reception)).toMatchObject({ ok: true });
  expect(await clinic.get('access.differences', {}, admin)).toEqual([]);
});

it('gives what a role usually has not, and puts everything back at once', async () => {
  await clinic.get('access.set', taken, admin);
  await clinic.get(
    'access.set',
    { role: 'pharmacist', permission: 'observation.read', granted: true },
    admin,
  );
  const pharmacist = await clinic.signedIn('pharmacist');
  const units = () => clinic.ask('vitals.units', {}, pharmacist);
  expect(await units()).toMatchObject({ ok: true });
  await clinic.get('access.reset', {}, admin);
  expect(await units()).toEqual(refused);
  expect(await clinic.get('access.differences', {}, admin)).toEqual([]);
});

it('changes nothing that is fixed, whoever asks', async () => {
  for (const change of [
    { role: 'reception', permission: 'note.sign', granted: true },
    { role: 'admin', permission: 'user.update', granted: false },
    { role: 'patient', permission: 'patient.read', granted: true },
    { role: 'reception', permission: 'chart.read', granted: true },
  ] as const)
    expect(await clinic.ask('access.set', change, admin)).toEqual(refused);
  expect(await clinic.ask('access.set', taken, await clinic.signedIn('doctor'))).toEqual(refused);
  const { store } = clinic.temporary.local;
  expect(store.all(localDb.selectFrom('role_permission').selectAll())).toEqual([]);
});

it('heeds no row that gives what is fixed, or names what this version does not know', async () => {
  const { store } = clinic.temporary.local;
  store.mutate({ kind: 'test', user: null }, (writer) => {
    const row = { granted: 1 } as const;
    const note = { ...row, role: 'reception', permission: 'note.read' };
    writer.insert('role_permission', { ...note, id: rolePermissionId('reception', 'note.read') });
    writer.insert('role_permission', { ...note, id: clinic.accountId('admin'), permission: 'moon.fly' });
  });
  const reception = await clinic.signedIn('reception');
  expect(reception.user?.permissions).not.toContain('note.read');
  expect(reception.user?.permissions).not.toContain('moon.fly');
  expect(await clinic.get('access.differences', {}, admin)).toEqual([]);
});

it('says the same thing twice without writing it twice', async () => {
  const { store } = clinic.temporary.local;
  const waiting = () => store.get(localDb.selectFrom('outbox').select('n').orderBy('n', 'desc').limit(1))?.n;
  await clinic.get('access.set', taken, admin);
  const n = waiting();
  await clinic.get('access.set', taken, admin);
  expect(waiting()).toBe(n);
});
