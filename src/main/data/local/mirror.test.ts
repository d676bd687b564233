import { copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { failingDisk, noSpace } from '#tests/support/failing-disk.ts';
import { helloReply, openReady, somePatient, type TemporaryLocal } from '#tests/support/sync-local.ts';
import { type Disk, realDisk } from './disk.ts';
import { databaseFile, mirrorFile } from './files.ts';
import { readMirror } from './mirror.ts';
import { identityOf, mirrorFormat } from './mirror-entries.ts';
import { encodeRecord, mirrorKey, newFileMark } from './mirror-format.ts';
import { type Local, openLocal } from './open.ts';

let temporary: TemporaryLocal;
beforeEach(() => {
  temporary = openReady();
});
afterEach(() => temporary.remove());

const header = { kind: 'patient.register', user: null };
const register = ({ store }: Local, more: Parameters<typeof somePatient>[0] = {}) =>
  store.mutate(header, (writer) => writer.insert('patient', somePatient(more))).n;
const mirrorOf = () => readMirror(realDisk, temporary.folder, temporary.key);
const outboxOf = ({ db }: Local) =>
  db.prepare('SELECT n, kind, account_id, at, payload, hash FROM outbox ORDER BY n').all();
const mirrored = () => [...(mirrorOf()?.outbox.values() ?? [])];
const withoutDatabase = () => {
  for (const end of ['', '-wal', '-shm']) rmSync(databaseFile(temporary.folder) + end, { force: true });
};

/** The folder as a process killed now would leave it, in a new place. */
const killed = () => {
  const copy = openReady();
  copy.local.close();
  for (const name of realDisk.list(temporary.folder)) {
    if (name === 'workstation.lock') continue;
    copyFileSync(join(temporary.folder, name), join(copy.folder, name));
  }
  return { folder: copy.folder, remove: copy.remove };
};

test('a mutation is in the mirror when the caller hears of it, with who we are', () => {
  const { local } = temporary;
  for (let n = 1; n <= 3; n += 1) {
    expect(register(local)).toBe(n);
    expect(mirrored()).toEqual(outboxOf(local));
  }
  expect(mirrorOf()).toMatchObject({
    state: 'whole',
    missing: 0,
    identity: { device_id: helloReply().device_id, epoch: 'e1', last_n: 3 },
  });
});

test('each mutation comes after the place it was made at, and what a restored centre has lost is told no more', () => {
  const { local } = temporary;
  const pulled = (seq: number, chain: string) =>
    local.replica.applyPull({ from: seq - 1, to: seq, head: seq, chain, txs: 1, changes: [] });
  const start = { seq: 0, chain: '0'.repeat(64) };
  register(local);
  pulled(1, 'one');
  register(local);
  register(local);
  pulled(2, 'lost');
  register(local);
  expect(mirrorOf()?.places).toEqual([start, { seq: 1, chain: 'one' }, { seq: 2, chain: 'lost' }]);
  local.replica.recover(4, 1);
  expect(mirrorOf()?.places).toEqual([{ seq: 1, chain: 'one' }]);
  // Made before all is copied anew: still of what was lost.
  register(local);
  expect(mirrorOf()?.places.at(-1)).toEqual({ seq: 2, chain: 'lost' });
  local.replica.bootstrap.begin('e1', { seq: 1, chain: 'one' }, 'clinic/whole');
  for (
    let next = local.replica.bootstrap.position();
    next !== null;
    next = local.replica.bootstrap.position()
  )
    local.replica.bootstrap.add(next.table, []);
  while (local.replica.bootstrap.index());
  local.replica.bootstrap.finish();
  register(local);
  expect(mirrorOf()?.places).toEqual([{ seq: 1, chain: 'one' }]);
  expect(mirrored()).toEqual(outboxOf(local));
});

test('a mutation that is rolled back leaves nothing in the mirror', () => {
  const { store } = temporary.local;
  const size = statSync(mirrorFile(temporary.folder)).size;
  expect(() =>
    store.mutate(header, (writer) => {
      writer.insert('patient', somePatient());
      throw new Error('changed my mind');
    }),
  ).toThrow('changed my mind');
  register(temporary.local);
  expect(mirrored()).toHaveLength(1);
  expect(statSync(mirrorFile(temporary.folder)).size).toBeGreaterThan(size);
});

test('killed between the commit and the record, the next start writes the record', () => {
  const before = readFileSync(mirrorFile(temporary.folder));
  register(temporary.local);
  const left = killed();
  writeFileSync(mirrorFile(left.folder), before);
  const local = openLocal({ folder: left.folder, key: temporary.key });
  expect(local.replica.rebuilt()).toBeNull();
  expect([...(readMirror(realDisk, left.folder, temporary.key)?.outbox.keys() ?? [])]).toEqual([1]);
  local.close();
  left.remove();
});

test('torn at any byte of the last record, nothing is lost while the database is sound', () => {
  const { folder, key } = temporary;
  register(temporary.local);
  const first = statSync(mirrorFile(folder)).size;
  register(temporary.local);
  temporary.local.close();
  // Closing writes nothing new, so the last record is the second mutation.
  const whole = readFileSync(mirrorFile(folder));
  expect(whole.length).toBeGreaterThan(first);
  for (let end = first; end < whole.length; end += 1) {
    writeFileSync(mirrorFile(folder), whole.subarray(0, end));
    const torn = mirrorOf();
    expect([...(torn?.outbox.keys() ?? [])]).toEqual([1]);
    expect(torn?.state).toBe(end === first ? 'whole' : 'torn');
    if (end % 50 !== 0 && end < whole.length - 1) continue;
    const local = openLocal({ folder, key });
    expect(local.replica.rebuilt()).toBeNull();
    expect(mirrored()).toEqual(outboxOf(local));
    expect(mirrorOf()?.state).toBe('whole');
    local.close();
  }
});

test('with the database gone, a torn record is told as lost and the rest is saved', () => {
  const { folder, key } = temporary;
  register(temporary.local);
  register(temporary.local);
  temporary.local.close();
  const whole = readFileSync(mirrorFile(folder));
  writeFileSync(mirrorFile(folder), whole.subarray(0, whole.length - 1));
  withoutDatabase();
  const local = openLocal({ folder, key });
  expect(local.replica.rebuilt()).toMatchObject({ reason: 'missing', saved: 1, lost: 1 });
  const aside = local.replica.rebuilt()?.folder ?? '';
  expect(readFileSync(join(folder, aside, 'outbox.mirror'))).toEqual(whole.subarray(0, whole.length - 1));
  local.close();
});

test('what was withdrawn stays withdrawn, what was sent again keeps its new number', () => {
  const { local, folder, key } = temporary;
  for (let n = 1; n <= 3; n += 1) register(local);
  local.replica.recordVerdicts(
    [1, 2].map((n) => ({ n, status: 'rejected' as const, sqlstate: '23514', message: 'no' })),
  );
  expect(local.store.withdraw(1)).toBe(true);
  expect(local.store.resend(2)).toBe(4);
  const before = outboxOf(local);
  const history = local.db.prepare('SELECT * FROM outbox_history ORDER BY n').all();
  expect(before.map((row) => (row as { n: number }).n)).toEqual([3, 4]);
  local.close();
  withoutDatabase();
  const again = openLocal({ folder, key });
  expect(again.replica.rebuilt()).toMatchObject({ saved: 2, lost: 0 });
  expect(outboxOf(again)).toEqual(before);
  expect(again.db.prepare('SELECT * FROM outbox_history ORDER BY n').all()).toEqual(history);
  expect(again.db.prepare('SELECT DISTINCT status FROM outbox').pluck().all()).toEqual(['sent']);
  expect(again.replica.state()).toMatchObject({ last_n: 4, phase: 'empty', device_no: 1, epoch: 'e1' });
  again.close();
});

test('a held mutation is still held, and its number goes out as the same bytes', () => {
  const { local, folder, key } = temporary;
  register(local);
  register(local);
  local.db.exec(`INSERT INTO paused_kind (kind, sqlstate) VALUES ('patient.register', '42501')`);
  const sent = local.replica.nextBatch({ mutations: 10, bytes: 1e6 });
  expect(local.store.withdraw(2)).toBe(true);
  local.close();
  withoutDatabase();
  const again = openLocal({ folder, key });
  expect(again.replica.nextBatch({ mutations: 10, bytes: 1e6 })).toEqual(sent);
  expect(again.db.prepare('SELECT n, status, held FROM outbox').all()).toEqual([
    { n: 1, status: 'parked', held: 1 },
    { n: 2, status: 'sent', held: 0 },
  ]);
  again.close();
});

/** Everything that waits is confirmed and comes with a pull. */
const confirmAll = ({ replica }: Local) => {
  replica.recordVerdicts(
    mirrored().map(({ n }) => ({ n, status: 'applied' as const, sqlstate: null, message: null })),
  );
  replica.applyPull({ from: 0, to: 0, head: 0, chain: 'c', txs: 0, changes: [] });
};

test('what was confirmed stays in the file as such, and goes when a backup holds it; no record is there twice', () => {
  const { local, folder } = temporary;
  for (let n = 1; n <= 400; n += 1) register(local, { address_line: 'x'.repeat(800) });
  const full = statSync(mirrorFile(folder)).size;
  expect(full).toBeGreaterThan(400 * 800);
  confirmAll(local);
  expect(outboxOf(local)).toEqual([]);
  const journal = () =>
    local.db.prepare('SELECT n, kind, account_id, at, payload, hash, seq FROM journal ORDER BY n').all();
  expect(journal()).toHaveLength(400);
  expect([...(mirrorOf()?.confirmed.values() ?? [])]).toEqual(journal());
  expect(mirrorOf()).toMatchObject({ state: 'whole', identity: { last_n: 400 } });
  register(local);
  expect(mirrored().map(({ n }) => n)).toEqual([401]);
  // The seq of all of them is 0.
  local.replica.greeted(helloReply({ durable: 1, last_n: 400 }));
  for (let n = 1; n <= 900; n += 1) register(local, { address_line: 'x'.repeat(800) });
  confirmAll(local);
  expect(mirrorOf()?.confirmed.size).toBe(901);
  local.replica.greeted(helloReply({ durable: 1, last_n: 1301 }));
  temporary.reopen();
  expect(mirrorOf()?.confirmed.size).toBe(0);
  expect(statSync(mirrorFile(folder)).size).toBeLessThan(1000);
});

test('the mirror has the newest of what was confirmed, some megabytes at most', () => {
  const { db } = temporary.local;
  db.exec(`INSERT INTO journal (n, kind, at, payload, hash, seq)
    WITH RECURSIVE k (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < 9000)
    SELECT n, 'x', '2026-11-23T08:00:00.000Z', printf('%.*c', 1000, 'x'), '', n FROM k`);
  temporary.reopen();
  const numbers = [...(mirrorOf()?.confirmed.keys() ?? [])];
  expect(numbers).toEqual(Array.from({ length: 4194 }, (_, index) => 9000 - 4193 + index));
});

test('a file that has grown is left alone while work waits, and written anew when only parked work does', () => {
  const { local, folder } = temporary;
  for (let n = 1; n <= 300; n += 1) register(local, { address_line: 'x'.repeat(800) });
  const inode = () => statSync(mirrorFile(folder)).ino;
  const before = inode();
  const pull = () => local.replica.applyPull({ from: 0, to: 0, head: 0, chain: 'c', txs: 0, changes: [] });
  const refused = { n: 1, status: 'rejected', sqlstate: '23505', message: null } as const;
  local.replica.recordVerdicts([refused]);
  pull();
  expect(inode()).toBe(before);
  confirmAll(local);
  expect(inode()).not.toBe(before);
  expect([...(mirrorOf()?.outbox.keys() ?? [])]).toEqual([1]);
});

test('on a full disk the mutation is kept, the mirror says it is behind, and catches up', () => {
  const { folder, key } = temporary;
  temporary.local.close();
  let full = false;
  let now = 1_000_000;
  const heard: string[] = [];
  const local = openLocal({
    folder,
    key,
    clock: { now: () => now },
    log: (event) => heard.push(event),
    disk: failingDisk(() => {
      if (full) throw noSpace();
    }),
  });
  register(local);
  full = true;
  expect(register(local)).toBe(2);
  expect(local.replica.mirrorBehind()).toBe(true);
  now += 60_000;
  expect(register(local)).toBe(3);
  expect(mirrored().map(({ n }) => n)).toEqual([1]);
  full = false;
  now += 1_000;
  expect(register(local)).toBe(4);
  expect(local.replica.mirrorBehind()).toBe(true);
  now += 60_000;
  expect(register(local)).toBe(5);
  expect(local.replica.mirrorBehind()).toBe(false);
  expect(mirrored()).toEqual(outboxOf(local));
  expect(heard).toEqual(['mirror-behind', 'mirror-caught-up']);
  local.close();
});

test('a disk that fails at any one file operation loses no mutation', () => {
  const { folder, key } = temporary;
  temporary.local.close();
  let known = 0;
  let happened = 0;
  for (let failAt = 1; failAt === 1 || happened >= failAt - 1; failAt += 1) {
    happened = 0;
    const disk = failingDisk(() => {
      happened += 1;
      if (happened === failAt) throw noSpace();
    });
    try {
      const local = openLocal({ folder, key, disk });
      known = register(local);
      local.close();
    } catch (error) {
      // Opening may be refused; the folder is as it was.
      expect(error).toMatchObject({ code: 'ENOSPC' });
    }
    const local = openLocal({ folder, key });
    expect(local.replica.rebuilt()).toBeNull();
    expect(local.replica.state().last_n).toBe(known);
    expect(mirrored()).toEqual(outboxOf(local));
    local.close();
  }
  expect(known).toBeGreaterThan(3);
});

test('a database that is full or cannot be written to refuses the mutation and the mirror has nothing of it', () => {
  const { local } = temporary;
  register(local);
  const pages = local.db.pragma('page_count', { simple: true });
  local.db.pragma(`max_page_count = ${pages}`);
  expect(() => {
    for (let i = 0; i < 200; i += 1) register(local, { address_line: 'x'.repeat(4000) });
  }).toThrow(expect.objectContaining({ code: 'disk-full' }));
  expect(mirrored()).toEqual(outboxOf(local));
  local.db.pragma('max_page_count = 1073741823');
  local.db.pragma('query_only = ON');
  expect(() => register(local)).toThrow(expect.objectContaining({ code: 'disk-failed' }));
  expect(mirrored()).toEqual(outboxOf(local));
  local.db.pragma('query_only = OFF');
  register(local);
  expect(mirrored()).toEqual(outboxOf(local));
});

test('after a change of identity the mirror tells of the new one alone', () => {
  const { local } = temporary;
  register(local);
  local.replica.recordVerdicts([{ n: 1, status: 'applied', sqlstate: null, message: null }]);
  local.replica.applyPull({ from: 0, to: 0, head: 0, chain: 'c', txs: 0, changes: [] });
  local.db.exec('UPDATE sync_state SET last_n = 0');
  local.replica.greeted(helloReply({ device_id: '01900000-0000-7000-8000-00000000d002', state: 'ok' }));
  expect(mirrorOf()).toMatchObject({ identity: { device_id: expect.stringMatching(/d002$/), last_n: 0 } });
  expect(mirrored()).toEqual([]);
  temporary.reopen();
  expect(temporary.local.replica.rebuilt()).toBeNull();
});

test('a mirror of a later version is left alone', () => {
  const { folder, key } = temporary;
  temporary.local.close();
  const later = [{ ...identityOf({ ...helloReply(), last_n: 9 }), format: mirrorFormat + 1 }];
  const bytes = encodeRecord(mirrorKey(key), newFileMark(), 0, JSON.stringify(later));
  writeFileSync(mirrorFile(folder), bytes);
  expect(() => openLocal({ folder, key })).toThrow(expect.objectContaining({ code: 'newer' }));
  expect(readFileSync(mirrorFile(folder)).equals(bytes)).toBe(true);
});

test('many commits share a sync: one is under way, one more is to come', async () => {
  const { folder, key } = temporary;
  temporary.local.close();
  let syncs = 0;
  let under = 0;
  let most = 0;
  const disk: Disk = {
    ...realDisk,
    append: (file) => {
      const added = realDisk.append(file);
      return {
        ...added,
        syncSoon: async () => {
          syncs += 1;
          under += 1;
          most = Math.max(most, under);
          await added.syncSoon();
          under -= 1;
        },
      };
    },
  };
  const local = openLocal({ folder, key, disk });
  syncs = 0;
  for (let n = 1; n <= 50; n += 1) register(local, { mrn: `M-${n}` });
  await expect.poll(() => under).toBe(0);
  expect([syncs, most]).toEqual([2, 1]);
  local.close();
});
