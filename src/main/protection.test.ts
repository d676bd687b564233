import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { workstationLog } from '#main/core/log-file.ts';
import type { ProtectionHost } from '#main/core/protection.ts';
import { recoverKey } from '#main/core/recovery.ts';
import { type Started, startCore } from '#main/core/start.ts';
import { adoptBackup, findBackups, readBackup } from '#main/data/local/backup-adopt.ts';
import { realDisk } from '#main/data/local/disk.ts';
import { recoveryFile } from '#main/data/local/files.ts';
import { openLocal } from '#main/data/local/open.ts';
import { createRouter } from '#main/transport/router.ts';
import type { CallName, Input, Output, Reply } from '#shared/contract/contract.ts';
import { clinicRows, load, password } from '#tests/support/core-clinic.ts';
import { makeReady, openTemporary, somePatient, type TemporaryLocal } from '#tests/support/sync-local.ts';

let temporary: TemporaryLocal;
let folder: string;
let stick: string;
let kept: Buffer;
let takes: boolean;
let chosen: string | null;
let remembered: (string | null)[];
let started: Started;
let admin: Connection;

const host = (more: Partial<ProtectionHost> = {}): ProtectionHost => ({
  place: 'keyring',
  keep: {
    read: async () => kept,
    replace: async (key) => {
      if (!takes) throw new Error('the keyring is locked');
      kept = key;
    },
  },
  folders: { choose: async () => chosen, remember: (place) => void remembered.push(place) },
  settings: () => ({ 'window.json': '{}' }),
  ...more,
});

const start = async (more: Partial<ProtectionHost> = {}) => {
  started = await startCore({
    folder,
    key: kept,
    protection: host(more),
    secondBackups: null,
    centre: { source: 'postgres://nobody:nothing@127.0.0.1:1/none', login: 'nobody' },
    destroy: async () => undefined,
    name: 'Desk A',
    demo: false,
    version: '0',
    host: 'desktop',
    printing: null,
    windows: null,
    updates: null,
    route: createRouter,
    log: workstationLog(folder),
    settings: {},
  });
  admin = started.core.connect();
  await get('session.signIn', { username: 'admin', password });
};

const ask = async <N extends CallName>(name: N, input: Input<N>, connection = admin) =>
  (await started.core.dispatch(name, input, connection)) as Reply<Output<N>>;
const get = async <N extends CallName>(name: N, input: Input<N>): Promise<Output<N>> => {
  const reply = await ask(name, input);
  if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
  return reply.value;
};
const rows = (sql: string) => {
  const local = openLocal({ folder, key: kept });
  try {
    return local.db.prepare(sql).all();
  } finally {
    local.close();
  }
};

beforeEach(async () => {
  temporary = openTemporary();
  ({ folder, key: kept } = temporary);
  load(temporary, clinicRows());
  temporary.local.close();
  stick = `${folder}-stick`;
  mkdirSync(stick);
  takes = true;
  chosen = stick;
  remembered = [];
  await start();
});
afterEach(async () => {
  await started.core.stop();
  rmSync(stick, { recursive: true, force: true });
  temporary.remove();
});

const lastOf = (recoveryKey: string) => recoveryKey.split('-').at(-1) ?? '';

test('a recovery key counts once its last group was typed; the one before it counts until then', async () => {
  expect(await get('protection.status', {})).toMatchObject({
    recoveryKeyAt: null,
    warnings: ['no-recovery-key'],
  });
  const first = (await get('protection.makeRecoveryKey', {})).recoveryKey;
  expect(existsSync(recoveryFile(folder))).toBe(false);
  expect(await get('protection.confirmRecoveryKey', { lastGroup: 'AAAAAA' })).toEqual({ kept: false });
  expect(
    await get('protection.confirmRecoveryKey', { lastGroup: ` ${lastOf(first).toLowerCase()} ` }),
  ).toEqual({
    kept: true,
  });
  expect(recoverKey(folder, first)).toEqual(kept);
  const { recoveryKeyAt, warnings } = await get('protection.status', {});
  expect([recoveryKeyAt !== null, warnings]).toEqual([true, []]);
  const second = (await get('protection.makeRecoveryKey', {})).recoveryKey;
  expect(recoverKey(folder, first)).toEqual(kept);
  expect(await get('protection.confirmRecoveryKey', { lastGroup: lastOf(first) })).toEqual({ kept: false });
  await get('protection.confirmRecoveryKey', { lastGroup: lastOf(second) });
  expect(recoverKey(folder, second)).toEqual(kept);
  expect(() => recoverKey(folder, first)).toThrow(/not the recovery key/);
  await started.core.stop();
  expect(
    rows(`SELECT event, account_id IS NOT NULL AS known FROM audit_event WHERE event LIKE 'recovery%'`),
  ).toEqual([
    { event: 'recovery-key-make', known: 1 },
    { event: 'recovery-key-make', known: 1 },
  ]);
});

test('a new key: the session goes on, the old key opens nothing, and it is in the audit trail under who did it', async () => {
  const old = kept;
  const first = (await get('protection.makeRecoveryKey', {})).recoveryKey;
  await get('protection.confirmRecoveryKey', { lastGroup: lastOf(first) });
  const changing = get('protection.changeKey', {});
  // A call made meanwhile waits, and is answered.
  const found = get('patients.search', { text: 'habimana' });
  const { recoveryKey } = await changing;
  expect((await found).length).toBe(1);
  expect((await get('session.current', {}))?.displayName).toBe(admin.user?.displayName);
  expect(kept.equals(old)).toBe(false);
  expect((await get('protection.status', {})).recoveryKeyAt).toBe(null);
  await get('protection.confirmRecoveryKey', { lastGroup: lastOf(recoveryKey) });
  expect(recoverKey(folder, recoveryKey)).toEqual(kept);
  expect(() => recoverKey(folder, first)).toThrow(/not the recovery key/);
  await started.core.stop();
  expect(() => openLocal({ folder, key: old })).toThrow(/another key/);
  expect(rows(`SELECT account_id FROM audit_event WHERE event = 'key-change'`)).toEqual([
    { account_id: clinicRows().staff_account?.find(({ username }) => username === 'admin')?.id },
  ]);
});

test('a keyring that does not take the new key: everything is as it was, and people work on', async () => {
  takes = false;
  const before = kept;
  expect(await ask('protection.changeKey', {})).toMatchObject({
    ok: false,
    error: { code: 'key-not-changed' },
  });
  expect(await get('patients.search', { text: 'habimana' })).toHaveLength(1);
  expect(kept).toBe(before);
  expect(existsSync(join(folder, 'rekey'))).toBe(false);
  await started.core.stop();
  await start();
  takes = true;
  await get('protection.changeKey', {});
  expect(await get('patients.search', { text: 'habimana' })).toHaveLength(1);
});

test('a keyring that takes the new key and says it did not: what it has is the key', async () => {
  await started.core.stop();
  const replace = async (key: Buffer) => {
    kept = key;
    throw new Error('no answer');
  };
  await start({ keep: { read: async () => kept, replace } });
  expect(await ask('protection.changeKey', {})).toMatchObject({ error: { code: 'key-not-changed' } });
  await started.core.stop();
  await start();
  expect(await get('patients.search', { text: 'habimana' })).toHaveLength(1);
});

test('where the key is given with the start it is not changed on a screen, and no folder is chosen there', async () => {
  await started.core.stop();
  await start({ place: 'given', keep: null, folders: null });
  expect(await get('protection.status', {})).toMatchObject({
    keyPlace: 'given',
    backups: { choosable: false },
  });
  for (const call of [
    'protection.changeKey',
    'protection.chooseSecondPlace',
    'protection.leaveSecondPlace',
  ] as const)
    expect(await ask(call, {})).toMatchObject({ ok: false, error: { code: 'unavailable' } });
});

test('a second place is chosen, has the backups and the recovery key’s file, and is left again', async () => {
  const { recoveryKey } = await get('protection.makeRecoveryKey', {});
  await get('protection.confirmRecoveryKey', { lastGroup: lastOf(recoveryKey) });
  chosen = null;
  expect((await get('protection.chooseSecondPlace', {})).backups.second).toBe(null);
  expect(remembered).toEqual([]);
  chosen = stick;
  await get('protection.chooseSecondPlace', {});
  const { backups, warnings } = await get('protection.backUp', {});
  expect(warnings).toEqual([]);
  expect(backups).toMatchObject({ failed: false, second: { folder: stick, state: 'written' } });
  expect(backups.newest).not.toBe(null);
  const [place = ''] = readdirSync(stick);
  const names = readdirSync(join(stick, place));
  expect(names.filter((name) => name.endsWith('.backup'))).toHaveLength(1);
  expect(recoverKey(join(stick, place), recoveryKey)).toEqual(kept);
  expect((await get('protection.leaveSecondPlace', {})).backups.second).toBe(null);
  expect(remembered).toEqual([stick, null]);
  expect(readdirSync(join(stick, place))).toEqual(names);
});

test('before an update what was done here is kept, on the stick as well; without a place for it the update waits', async () => {
  await get('protection.chooseSecondPlace', {});
  await started.backUp();
  const [place = ''] = readdirSync(stick);
  expect(readdirSync(join(stick, place)).some((name) => name.endsWith('.backup'))).toBe(true);
  const shelf = join(folder, 'backups');
  rmSync(shelf, { recursive: true });
  // A file stands where the folder has to be: the disk takes nothing there.
  writeFileSync(shelf, '');
  await expect(started.backUp()).rejects.toThrow(/took no backup/);
  rmSync(shelf);
});

test('a backup that waits is restored by itself, once, and the audit trail has it', async () => {
  await started.core.stop();
  const elsewhere = openTemporary();
  makeReady(elsewhere.local);
  const lost = somePatient({ family: 'Zyphorelle' });
  elsewhere.local.store.mutate({ kind: 'patient.register', user: null }, (writer) =>
    writer.insert('patient', lost),
  );
  const { name = '' } = elsewhere.local.backups.make('asked') ?? {};
  const [place] = findBackups(realDisk, elsewhere.folder);
  const backup = place && readBackup(realDisk, place, name, elsewhere.key);
  if (!backup) throw new Error('no backup');
  adoptBackup(realDisk, { name, backup }, { folder, key: kept });
  elsewhere.remove();
  await start();
  await vi.waitFor(async () => expect(await get('patients.search', { text: 'Zyphorelle' })).toHaveLength(1), {
    timeout: 10_000,
  });
  await started.core.stop();
  await start();
  await started.core.stop();
  expect(existsSync(join(folder, 'backups', 'restore'))).toBe(false);
  expect(rows(`SELECT detail FROM audit_event WHERE event = 'backup-restored'`)).toEqual([
    { detail: JSON.stringify({ work: 1, known: 0, drafts: 0, files: 0 }) },
  ]);
});

test('who may not look after workstations is refused, and told nothing', async () => {
  const desk = started.core.connect();
  await started.core.dispatch('session.signIn', { username: 'reception', password }, desk);
  for (const call of ['protection.status', 'protection.makeRecoveryKey', 'protection.changeKey'] as const)
    expect(await ask(call, {}, desk)).toEqual({ ok: false, error: { code: 'not-permitted' } });
});
