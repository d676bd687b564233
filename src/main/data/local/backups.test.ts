import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { crashingDisk, failingDisk } from '#tests/support/failing-disk.ts';
import { makeReady, somePatient, temporaryFolder } from '#tests/support/sync-local.ts';
import { mostBackups } from './backups.ts';
import { backupsFolder, isLocalFile, recoveryFile } from './files.ts';
import { type Local, openLocal } from './open.ts';
import type { FormDraftTable, NoteDraftTable } from './query.ts';
import { realSecondDisk } from './second-place.ts';

const key = randomBytes(32);
const secret = 'Quatrefages';
let folder: string;
let stick: string;
let local: Local;
let at: number;
const clock = { now: () => at };

const open = (more: object = {}) => openLocal({ folder, key, clock, secondBackups: stick, ...more });
beforeEach(() => {
  at = Date.parse('2026-11-30T08:00:00Z');
  folder = temporaryFolder();
  stick = join(temporaryFolder(), 'stick');
  mkdirSync(stick);
  local = open();
  makeReady(local);
});
afterEach(() => {
  local.close();
  for (const one of [folder, join(stick, '..')]) rmSync(one, { recursive: true, force: true });
});

const register = (more: object = {}) => {
  const row = somePatient({ family: secret, ...more });
  local.store.mutate({ kind: 'patient.register', user: null }, (writer) => writer.insert('patient', row));
  return row;
};

const draft: NoteDraftTable = {
  id: 'd',
  account_id: 'a',
  patient_id: 'p',
  encounter_id: 'e',
  kind: 'note',
  answers: '',
  title: 'Consultation',
  type: '11506-3',
  body: `${secret} has a fever`,
  reason: '',
  revision: 3,
  started_at: '2026-11-24T08:00:00.000Z',
  saved_at: '2026-11-24T08:01:00.000Z',
};
const form: FormDraftTable = {
  id: 'f',
  account_id: 'a',
  patient_id: 'p',
  form: 'allergy',
  subject: '',
  fields: `{"substance":"${secret}"}`,
  saved_at: '2026-11-24T08:02:00.000Z',
};
const keepDrafts = () =>
  local.store.mutate({ kind: 'x', user: null }, (writer) => {
    writer.keep('note_draft', draft);
    writer.keep('form_draft', form);
  });
const patients = () => local.db.prepare('SELECT id FROM patient ORDER BY id').pluck().all();
const outbox = () => local.db.prepare('SELECT n, status, hash FROM outbox ORDER BY n').all();
const drafts = () => [
  local.db.prepare('SELECT * FROM note_draft').all(),
  local.db.prepare('SELECT * FROM form_draft').all(),
];
const copied = () => local.backups.keepSecond();
const made = () => {
  const backup = local.backups.make('asked');
  if (backup === null) throw new Error('no backup');
  return backup;
};

/** The workstation's database and mirror are gone, the backups are not: it copies anew from a centre that has nothing of it. */
const loseDatabase = () => {
  local.close();
  for (const name of readdirSync(folder))
    if (isLocalFile(name) && name !== 'backups') rmSync(join(folder, name), { recursive: true });
  local = open();
  makeReady(local);
};

test('nothing to keep makes no backup; what there is is told, on the disk and on the stick, and nobody can read it', async () => {
  expect(local.backups.make('asked')).toBe(null);
  register();
  register();
  keepDrafts();
  const backup = made();
  expect(backup).toMatchObject({ unsent: 2, noteDrafts: 1, formDrafts: 1, files: 0, deviceName: 'Desk A' });
  expect(local.backups.list()).toEqual([backup]);
  await copied();
  const [place = ''] = readdirSync(stick);
  for (const shelf of [backupsFolder(folder), join(stick, place)]) {
    const bytes = readFileSync(join(shelf, backup.name));
    for (const text of [secret, 'outbox', 'Desk A', 'patient']) expect(bytes.includes(text)).toBe(false);
  }
});

test('after the database is lost all that had not been sent comes back once, with drafts, and twice changes nothing', () => {
  const rows = [register(), register()].map(({ id }) => id).sort();
  keepDrafts();
  const sent = outbox();
  const { name } = made();
  loseDatabase();
  expect(patients()).toEqual([]);
  expect(local.backups.restore(name)).toEqual({ work: 2, known: 0, drafts: 2, files: 0 });
  expect(patients()).toEqual(rows);
  expect(outbox()).toEqual(sent);
  expect(drafts()).toEqual([[draft], [form]]);
  expect(local.backups.restore(name)).toEqual({ work: 0, known: 2, drafts: 0, files: 0 });
  expect(outbox()).toEqual(sent);
});

test('from the stick alone it comes back as well', async () => {
  register();
  const { name } = made();
  await copied();
  rmSync(backupsFolder(folder), { recursive: true });
  loseDatabase();
  expect(local.backups.list()).toMatchObject([{ name, unsent: 1 }]);
  expect(local.backups.restore(name)).toMatchObject({ work: 1 });
});

test('newer work stays: a draft saved since, a form typed since, a row that has what was to be written', () => {
  const { id } = register({ city: 'Huye' });
  local.store.mutate({ kind: 'patient.update', user: null }, (writer) =>
    writer.update('patient', id, { city: 'Musanze' }),
  );
  keepDrafts();
  const { name } = made();
  local.db.exec(`UPDATE note_draft SET revision = 4, body = 'newer'; UPDATE form_draft SET fields = '{}'`);
  // The centre has had both pieces of work, and the workstation remembers neither.
  local.db.exec(
    'DELETE FROM outbox_row; DELETE FROM outbox; DELETE FROM sync_base; UPDATE patient SET row_version = 2',
  );
  expect(local.backups.restore(name)).toEqual({ work: 0, known: 2, drafts: 0, files: 0 });
  expect(drafts()).toMatchObject([[{ body: 'newer' }], [{ fields: '{}' }]]);
});

test('work that was given up since, and a draft that was signed since, do not come back', () => {
  register();
  keepDrafts();
  const { name } = made();
  local.replica.recordVerdicts([{ n: 1, status: 'rejected', sqlstate: '23505', message: 'no' }]);
  expect(local.store.withdraw(1)).toBe(true);
  local.db.exec(`PRAGMA foreign_keys = OFF`);
  local.db.exec(`INSERT INTO composition (id, patient_id, encounter_id, type, title, body, status, signed_at, created_at, created_by, row_version)
    VALUES ('n', 'p', 'e', '11506-3', 't', 'b', 'final', '2026-11-24T08:05:00.000Z', '2026-11-24T08:05:00.000Z', 'a', 1);
    DELETE FROM note_draft`);
  expect(local.backups.restore(name)).toEqual({ work: 0, known: 1, drafts: 0, files: 0 });
  expect(drafts()).toEqual([[], [form]]);
});

test('a file of a document that the centre lacks comes back whole', () => {
  const bytes = randomBytes(300_000);
  local.store.mutate({ kind: 'x', user: null }, () => local.blobs.keepBytes('hash', bytes));
  const { name, files } = made();
  expect(files).toBe(1);
  loseDatabase();
  expect(local.backups.restore(name)).toMatchObject({ files: 1 });
  const parts = [0, 1, 2].map((n) => local.blobs.part('hash', n) ?? Buffer.alloc(0));
  expect(Buffer.concat(parts).equals(bytes)).toBe(true);
});

test('a backup that was cut off, changed or made with another key is not on the list and restores nothing', () => {
  register();
  const { name } = made();
  const file = join(backupsFolder(folder), name);
  rmSync(stick, { recursive: true });
  const bytes = readFileSync(file);
  for (const cut of [0, 10, bytes.length >> 1, bytes.length - 1]) {
    writeFileSync(file, bytes.subarray(0, cut));
    expect(local.backups.list()).toEqual([]);
    expect(local.backups.restore(name)).toBe(null);
  }
  for (let at = 0; at < bytes.length; at += 37) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    writeFileSync(file, changed);
    expect(local.backups.list()).toEqual([]);
  }
  expect(local.backups.restore('../workstation.db')).toBe(null);
});

test('the newest twenty are kept, in both places', async () => {
  register();
  const names = Array.from({ length: mostBackups + 3 }, () => {
    at += 1000;
    return made().name;
  });
  const newest = names.slice(-mostBackups).reverse();
  expect(local.backups.list().map(({ name }) => name)).toEqual(newest);
  await copied();
  const [place = ''] = readdirSync(stick);
  expect(readdirSync(join(stick, place)).sort().reverse()).toEqual(newest);
});

test('a stick that is away or full costs no backup, no folder is made in its place, and it has all of them once it is back', async () => {
  register();
  rmSync(stick, { recursive: true });
  expect(local.backups.list()).toEqual([]);
  expect(local.backups.status().second).toEqual({ folder: stick, state: 'unknown', writtenAt: null });
  made();
  await copied();
  expect(readdirSync(join(stick, '..'))).toEqual([]);
  expect(local.backups.status()).toMatchObject({ failed: false, second: { state: 'away', writtenAt: null } });
  mkdirSync(stick);
  local.close();
  const replace = () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
  local = open({ secondDisk: { ...realSecondDisk, replace } });
  at += 1000;
  made();
  await copied();
  expect(local.backups.status().second?.state).toBe('away');
  expect(local.backups.list()).toHaveLength(2);
  local.close();
  local = open();
  await copied();
  expect(local.backups.status().second).toMatchObject({
    state: 'written',
    writtenAt: '2026-11-30T08:00:01.000Z',
  });
  const [place = ''] = readdirSync(stick);
  expect(readdirSync(join(stick, place))).toHaveLength(2);
});

test('a share that never answers keeps nobody waiting, and is said to be away', async () => {
  local.close();
  const asked: string[] = [];
  const exists = (file: string) => {
    asked.push(file);
    return new Promise<boolean>(() => undefined);
  };
  local = open({ secondDisk: { ...realSecondDisk, exists } });
  register();
  for (let n = 0; n < 3; n += 1) {
    at += 20_000;
    made();
  }
  expect(asked).toEqual([stick]);
  expect(local.backups.list()).toHaveLength(3);
  expect(local.backups.status().second?.state).toBe('away');
});

test('settings are in each backup; where nothing else is to be kept, one is made when they change', () => {
  local.close();
  let window = '1';
  local = open({ settings: () => ({ 'window.json': window }) });
  expect(made()).toMatchObject({ unsent: 0 });
  expect(local.backups.make('hours')).toBe(null);
  local.close();
  local = open({ settings: () => ({ 'window.json': window }) });
  expect(local.backups.make('hours')).toBe(null);
  window = '2';
  at += 1000;
  made();
  expect(local.backups.list()).toHaveLength(2);
});

test('the recovery key’s file is beside the backups on the stick, the newest one, and gone when it is gone here', async () => {
  register();
  made();
  const beside = () => {
    const [place = ''] = readdirSync(stick);
    return (
      readdirSync(join(stick, place)).includes('recovery') &&
      readFileSync(join(stick, place, 'recovery'), 'utf8')
    );
  };
  await copied();
  expect(beside()).toBe(false);
  for (const text of ['one', 'two']) {
    writeFileSync(recoveryFile(folder), text);
    await copied();
    expect(beside()).toBe(text);
  }
  rmSync(recoveryFile(folder));
  await copied();
  expect(beside()).toBe(false);
});

test('a disk that is full takes no backup, and the work goes on', () => {
  local.close();
  const full = (operation: string, file: string) => {
    if (operation === 'replace' && file.includes('backups'))
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  };
  local = open({ disk: failingDisk(full) });
  register();
  expect(local.backups.make('hours')).toBe(null);
  expect(local.backups.list()).toEqual([]);
  expect(local.backups.status()).toMatchObject({ failed: true, newest: null });
});

test('before a new schema is put on a database, its unsent work is kept', () => {
  register();
  const newest = local.db.pragma('user_version', { simple: true }) as number;
  local.db.pragma(`user_version = ${newest - 1}`);
  local.close();
  const killed = (operation: string, file: string) => {
    if (operation === 'exec' && file.endsWith('.db')) throw new Error('killed at the first step');
  };
  expect(() => open({ disk: crashingDisk(killed) })).toThrow('killed at the first step');
  expect(readdirSync(backupsFolder(folder))).toHaveLength(1);
  loseDatabase();
  expect(local.backups.list()).toMatchObject([{ reason: 'migration', unsent: 1 }]);
});
