import { randomBytes } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { crashingDisk } from '#tests/support/failing-disk.ts';
import {
  helloReply,
  makeReady,
  openReady,
  somePatient,
  type TemporaryLocal,
  temporaryFolder,
} from '#tests/support/sync-local.ts';
import { realDisk } from './disk.ts';
import { databaseFile, mirrorFile } from './files.ts';
import { type Local, openLocal } from './open.ts';
import type { FormDraftTable, NoteDraftTable } from './query.ts';

const secret = 'Quatrefages';
const header = { kind: 'patient.register', user: null };
const register = ({ store }: Local) =>
  store.mutate(header, (writer) =>
    writer.insert('patient', somePatient({ family: secret, address_line: 'x'.repeat(900) })),
  ).n;
const outboxOf = ({ db }: Local) =>
  db.prepare('SELECT n, kind, account_id, at, payload, hash FROM outbox ORDER BY n').all();

let source: TemporaryLocal;
let folder: string;
let key: Buffer;
let work: unknown[];
beforeEach(() => {
  source = openReady();
  for (let n = 1; n <= 12; n += 1) register(source.local);
  work = outboxOf(source.local);
  key = source.key;
  folder = temporaryFolder();
});
afterEach(() => {
  source.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** The workstation's folder as a process killed now, or one that ended in order, leaves it. */
const left = (how: 'killed' | 'closed') => {
  if (how === 'closed') source.local.close();
  for (const name of readdirSync(source.folder)) {
    if (name !== 'workstation.lock') copyFileSync(join(source.folder, name), join(folder, name));
  }
};
const path = (end = '') => databaseFile(folder) + end;
const change = (file: string, edit: (bytes: Buffer) => void) => {
  const bytes = readFileSync(file);
  edit(bytes);
  writeFileSync(file, bytes);
};
const flip = (file: string, at: number) =>
  change(file, (bytes) => {
    bytes[at] = (bytes[at] ?? 0) ^ 0x10;
  });

/** Opens the folder, expects all work in it whatever happened, and closes it. */
const expectAllWork = (rebuilt: 'rebuilt' | 'sound' | 'either' = 'rebuilt', lastN = 12) => {
  const local = openLocal({ folder, key });
  try {
    expect(outboxOf(local)).toEqual(work);
    expect(local.replica.state()).toMatchObject({ device_id: helloReply().device_id, last_n: lastN });
    expect(local.db.pragma('integrity_check', { simple: true })).toBe('ok');
    const told = local.replica.rebuilt();
    if (rebuilt === 'sound') expect(told).toBeNull();
    if (rebuilt === 'rebuilt') expect(told).toMatchObject({ saved: 12, lost: 0 });
    if (told === null || told.folder === null) return null;
    return { ...told, files: readdirSync(join(folder, told.folder)) };
  } finally {
    local.close();
  }
};

test('a folder that is sound is left as it is, killed or closed', () => {
  left('killed');
  expectAllWork('sound');
  rmSync(folder, { recursive: true });
  folder = temporaryFolder();
  left('closed');
  expectAllWork('sound');
});

test.each([0, 3, 17, 20, 40, 60, 90])('a flipped bit in byte %i of the header', (at) => {
  left('closed');
  flip(path(), at);
  // The salt in the first bytes does not matter for a raw key.
  expectAllWork(at < 16 ? 'either' : 'rebuilt');
});

test('a flipped bit anywhere in the file of a process that was killed', () => {
  source.local.db.pragma('wal_checkpoint(TRUNCATE)');
  left('killed');
  const good = readFileSync(path());
  for (let page = 1; page * 4096 < good.length; page += 4) {
    writeFileSync(path(), good);
    flip(path(), page * 4096 + 1500);
    expectAllWork();
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
    left('killed');
  }
});

test('a page of zeros in the file of a process that was killed', () => {
  source.local.db.pragma('wal_checkpoint(TRUNCATE)');
  left('killed');
  change(path(), (bytes) => bytes.fill(0, 4096, 8192));
  expectAllWork();
});

test('a flipped bit anywhere in the write-ahead log loses nothing', () => {
  left('killed');
  const bytes = readFileSync(path('-wal'));
  for (let at = 5; at < bytes.length; at += 60_017) {
    flip(path('-wal'), at);
    expectAllWork('either');
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
    left('killed');
  }
});

test('a write-ahead log that was deleted is found out by the mirror', () => {
  source.local.db.pragma('wal_checkpoint(TRUNCATE)');
  register(source.local);
  work = outboxOf(source.local);
  left('killed');
  rmSync(path('-wal'));
  const local = openLocal({ folder, key });
  expect(local.replica.rebuilt()).toMatchObject({ reason: 'set-back', saved: 13, lost: 0 });
  expect(outboxOf(local)).toEqual(work);
  local.close();
});

test('the log of another database in place of ours', () => {
  const other = openReady();
  register(other.local);
  left('killed');
  copyFileSync(`${databaseFile(other.folder)}-wal`, path('-wal'));
  other.remove();
  expectAllWork();
});

test('a database that was cut short, emptied, filled with zeros, or deleted', () => {
  const ways: readonly (() => void)[] = [
    () => truncateSync(path(), 8192),
    () => truncateSync(path(), 0),
    () => change(path(), (bytes) => bytes.fill(0)),
    () => writeFileSync(path(), randomBytes(50_000)),
    () => rmSync(path()),
  ];
  for (const way of ways) {
    left('closed');
    way();
    expectAllWork();
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
    source.reopen();
  }
});

test('the old files are put aside, whole, and nothing of a patient is readable anywhere', () => {
  source.local.db.pragma('wal_checkpoint(TRUNCATE)');
  left('killed');
  flip(path(), 60);
  const damaged = readFileSync(path());
  const aside = expectAllWork();
  expect(aside).toMatchObject({ reason: 'damaged', folder: expect.stringMatching(/^quarantine.20/) });
  expect(aside?.files).toContain('workstation.db');
  expect(readFileSync(join(folder, aside?.folder ?? '', 'workstation.db')).equals(damaged)).toBe(true);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(files.length).toBeGreaterThan(4);
  for (const { parentPath, name } of files) {
    const bytes = readFileSync(join(parentPath, name));
    expect([name, bytes.includes(secret)]).toEqual([name, false]);
  }
});

test('damage comes twice: each old database has a folder of its own', () => {
  left('closed');
  flip(path(), 60);
  expectAllWork();
  flip(path(), 60);
  expectAllWork();
  expect(readdirSync(join(folder, 'quarantine'))).toHaveLength(2);
});

test('what the mirror lacks is taken from the damaged database, and the other way round', () => {
  source.local.db.pragma('wal_checkpoint(TRUNCATE)');
  left('killed');
  const good = readFileSync(path());
  const mirror = readFileSync(mirrorFile(folder));
  // A page of patients is damaged, and so is the mirror's middle: the outbox is read from the database.
  const patients = (source.local.db
    .prepare(`SELECT max(pageno) FROM dbstat WHERE name = 'patient'`)
    .pluck()
    .get() ?? 0) as number;
  flip(path(), (patients - 1) * 4096 + 1500);
  flip(mirrorFile(folder), mirror.length >> 1);
  expectAllWork();
  // The mirror is damaged and the database sound: nothing is lost, nothing rebuilt.
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  left('killed');
  writeFileSync(path(), good);
  flip(mirrorFile(folder), mirror.length >> 1);
  expectAllWork('sound');
});

test('notes that are being written, and forms, are taken from what can be read of the damaged database', () => {
  const draft: NoteDraftTable = {
    id: 'd',
    account_id: 'a',
    patient_id: 'p',
    encounter_id: 'e',
    kind: 'note',
    answers: '',
    title: 'Consultation',
    type: '11506-3',
    body: 'Fever since Monday',
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
    fields: '{"substance":"Penicillin"}',
    saved_at: '2026-11-24T08:02:00.000Z',
  };
  source.local.store.mutate(header, (writer) => {
    writer.keep('note_draft', draft);
    writer.keep('form_draft', form);
  });
  left('closed');
  // The last page of the file: somewhere among the patients or their names.
  flip(path(), readFileSync(path()).length - 2000);
  const rebuilt = openLocal({ folder, key });
  expect(rebuilt.db.prepare('SELECT count(*) AS n FROM rebuild').get()).toEqual({ n: 1 });
  expect(rebuilt.db.prepare('SELECT * FROM note_draft').all()).toEqual([draft]);
  expect(rebuilt.db.prepare('SELECT * FROM form_draft').all()).toEqual([form]);
  expect(outboxOf(rebuilt)).toEqual(work);
  rebuilt.close();
});

test('with both damaged, what is readable is used and the loss is told', () => {
  left('closed');
  flip(mirrorFile(folder), readFileSync(mirrorFile(folder)).length >> 1);
  rmSync(path());
  const local = openLocal({ folder, key });
  expect(local.replica.rebuilt()).toMatchObject({ saved: 11, lost: 1 });
  expect(local.replica.state().last_n).toBe(12);
  // The number that is lost, and that the centre does not know, goes out with nothing in it.
  local.replica.greeted(helloReply({ last_n: 0 }));
  const batch = local.replica.nextBatch({ mutations: 100, bytes: 1e7 });
  expect(batch.map(({ n }) => n)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
  expect(batch.filter(({ payload }) => payload.includes('"held"'))).toHaveLength(1);
  local.close();
});

test('nothing is known of a mirror that is gone with the outbox', () => {
  left('closed');
  rmSync(mirrorFile(folder));
  change(path(), (bytes) => bytes.fill(0, 100));
  const local = openLocal({ folder, key });
  expect(local.replica.rebuilt()).toMatchObject({ saved: 0, lost: null });
  // A number the centre has already is not given out again.
  local.replica.greeted(helloReply({ last_n: 12 }));
  expect(local.replica.state().last_n).toBe(12);
  local.close();
});

test('another key touches nothing, with the database damaged or gone', () => {
  left('closed');
  const contents = () =>
    readdirSync(folder)
      .filter((name) => name !== 'workstation.lock')
      .map((name) => [name, readFileSync(join(folder, name)).toString('hex')]);
  for (const spoil of [() => undefined, () => flip(path(), 60), () => rmSync(path())]) {
    spoil();
    const before = contents();
    expect(() => openLocal({ folder, key: randomBytes(32) })).toThrow(
      expect.objectContaining({ code: 'wrong-key' }),
    );
    expect(contents()).toEqual(before);
  }
  expectAllWork();
});

test.each([
  ['it was marked as open', () => undefined, 12],
  ['only its log tells that it was open', () => rmSync(join(folder, 'workstation.open')), 12],
  ['nothing waits to be sent', () => undefined, 0],
])(
  'a crash at any file operation, and between statements, of rebuilding leads there again with nothing less (%s)',
  {
    timeout: 120_000,
  },
  (_, unmark, waiting) => {
    class Crash extends Error {}
    source.local.db.exec(`DELETE FROM outbox_row WHERE n > ${waiting}; DELETE FROM outbox WHERE n > ${waiting};
      UPDATE sync_state SET last_n = 14`);
    source.reopen();
    work = outboxOf(source.local);
    // What the centre confirmed is in no mirror, and neither are the places passed.
    source.local.db.exec(`INSERT INTO journal (n, kind, at, payload, hash, seq)
      VALUES (13, 'x', '2026-11-23T08:00:00.000Z', '{}', 'h', 7), (14, 'y', '2026-11-23T08:00:00.000Z', '{}', 'i', 8);
      INSERT INTO chain_link (slot, seq, chain) VALUES (7, 7, 'c7'), (8, 8, 'c8')`);
    const remembered = ({ db }: Local) => [
      db.prepare('SELECT * FROM journal').all(),
      db.prepare('SELECT DISTINCT seq, chain FROM chain_link ORDER BY seq').all(),
    ];
    const before = remembered(source.local);
    source.local.db.pragma('wal_checkpoint(TRUNCATE)');
    const page = source.local.db
      .prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'patient'`)
      .pluck()
      .get() as number;
    const crashed = (at: number): readonly string[] => {
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
      left('killed');
      unmark();
      // Not where unsent work is: that is looked at in any case.
      flip(path(), (page - 1) * 4096 + 60);
      const done: string[] = [];
      const disk = crashingDisk((operation) => {
        done.push(operation);
        if (done.length >= at) throw new Crash();
      });
      try {
        openLocal({ folder, key, disk }).close();
      } catch (error) {
        expect(error).toBeInstanceOf(Crash);
      }
      expectAllWork('either', 14);
      const local = openLocal({ folder, key });
      expect(remembered(local)).toEqual(before);
      local.close();
      return done;
    };
    const steps = crashed(Number.POSITIVE_INFINITY);
    expect(steps.filter((operation) => operation === 'move').length).toBeGreaterThan(0);
    const sql = ['exec', 'pragma', 'prepare'];
    // Hundreds of statements make the new schema in one transaction each: some of them stand for all.
    const chosen = steps.flatMap((operation, index) =>
      !sql.includes(operation) || index % 17 === 0 ? [index + 1] : [],
    );
    expect(chosen.length).toBeGreaterThan(12);
    for (const at of chosen) expect(crashed(at).length).toBeGreaterThanOrEqual(at);
  },
);

test('damage that is met while running is passed on once, and the next start rebuilds', () => {
  left('closed');
  const local = openLocal({ folder, key });
  change(path(), (bytes) => {
    for (let at = 4096 + 9; at < bytes.length; at += 4096) bytes[at] = (bytes[at] ?? 0) ^ 1;
  });
  let heard = 0;
  local.onDamaged(() => {
    heard += 1;
  });
  const read = () => local.db.prepare('SELECT 1').get() && local.replica.counts();
  for (let tries = 0; tries < 2; tries += 1) {
    try {
      read();
      local.store.uncertain('patient', ['x']);
      for (const table of ['patient', 'appointment', 'task']) local.store.certainty(table as 'patient', 'x');
      register(local);
    } catch {
      // What the caller hears is not the point here.
    }
  }
  expect(heard).toBe(1);
  local.close();
  expect(expectAllWork()).toMatchObject({ reason: 'damaged' });
});

test('a rebuilt workstation works again after a new copy, with its work on top', () => {
  left('killed');
  rmSync(path());
  const local = openLocal({ folder, key });
  expect(local.store.ready()).toBe(false);
  makeReady(local);
  expect(local.db.prepare('SELECT count(*) FROM patient').pluck().get()).toBe(12);
  expect(register(local)).toBe(13);
  local.close();
  expect(realDisk.exists(mirrorFile(folder))).toBe(true);
});

test('files that were not sent are taken over from a damaged database', () => {
  source.local.db.pragma('wal_checkpoint(TRUNCATE)');
  const before = readFileSync(databaseFile(source.folder)).length;
  const bytes = randomBytes(300_000);
  source.local.blobs.keepBytes('a'.repeat(64), bytes);
  left('closed');
  // The last page before the file's: somewhere among the patients or their names.
  flip(path(), before - 2000);
  const rebuilt = openLocal({ folder, key });
  try {
    expect(rebuilt.replica.rebuilt()).toMatchObject({ reason: 'damaged' });
    const parts = [0, 1, 2].map((n) => rebuilt.blobs.part('a'.repeat(64), n) ?? Buffer.alloc(0));
    expect(Buffer.concat(parts)).toEqual(bytes);
    expect(rebuilt.replica.counts().files).toBe(1);
  } finally {
    rebuilt.close();
  }
});
