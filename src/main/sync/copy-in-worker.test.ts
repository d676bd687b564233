import { statSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectCentre } from '#main/data/central/client.ts';
import { databaseFile } from '#main/data/local/files.ts';
import { historyTables } from '#shared/sync/catalogue.ts';
import { withClient } from '#tests/support/fresh-centre.ts';
import {
  centreRows,
  type Desk,
  openDesk,
  replicaOf,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';
import { checkpointsInWorker, copyInWorker } from './copy-in-worker.ts';

let clinic: TwoWorkstations;
let desk: Desk;
beforeEach(async () => {
  clinic = await twoWorkstations();
  await clinic.query(`insert into clinichub.patient (id, mrn, family, given, gender, birth_date_estimated, created_at)
    select gen_random_uuid(), 'X-' || i, 'Family ' || i, 'Given', 'female', false, now() from generate_series(1, 6000) i`);
  desk = openDesk('Desk C', await clinic.centre.enrol('Desk C'));
});
afterEach(async () => {
  await desk.remove();
  await clinic.end();
});

const inWorker = (url = desk.url, started?: (worker: Worker) => void) =>
  copyInWorker({ folder: desk.temporary.folder, key: desk.temporary.key, source: url }, started);

const expectWhole = async () => {
  await desk.until(() => historyTables.every((table) => desk.local.store.complete(table)));
  await desk.settled();
  const centre = connectCentre(desk.url);
  expect(replicaOf(desk.local)).toEqual(await centreRows(centre));
  await centre.close();
  const { db } = desk.local;
  expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(db.pragma('foreign_key_check')).toEqual([]);
  expect([db.pragma('foreign_keys', { simple: true }), db.pragma('synchronous', { simple: true })]).toEqual([
    1, 2,
  ]);
  expect(db.prepare('SELECT count(*) FROM deferred_schema').pluck().get()).toBe(0);
};

test('a thread of its own loads the copy; this one hears of every phase and then has the rows', async () => {
  const phases = new Set<string>();
  await desk.online({ copier: inWorker() });
  desk.engine.onStatus(({ bootstrap }) => bootstrap && phases.add(bootstrap.phase));
  await expectWhole();
  expect([...phases].slice(0, 3)).toEqual(['copying', 'indexing', 'catching-up']);
});

/** Keeps everybody from reading patients until the returned function is called. */
const holdPatients = async () => {
  const held = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const done = withClient(clinic.centre.url, async (client) => {
    await client.query('begin');
    await client.query('lock table clinichub.patient in access exclusive mode');
    held.resolve();
    await release.promise;
  });
  await held.promise;
  return () => {
    release.resolve();
    return done;
  };
};

test('a thread that breaks is a failed try, and there is another', async () => {
  const threads: Worker[] = [];
  const release = await holdPatients();
  await desk.online({ copier: inWorker(desk.url, (worker) => threads.push(worker)) });
  await desk.until(() => desk.local.replica.state().phase === 'loading');
  await threads[0]?.terminate();
  await desk.until(() => threads.length === 2);
  expect(desk.local.store.ready()).toBe(false);
  await release();
  await expectWhole();
  expect(threads).toHaveLength(2);
});

test('the end of the synchronisation ends the thread before it returns', async () => {
  const threads: Worker[] = [];
  let gone = 0;
  const started = (worker: Worker) => {
    threads.push(worker);
    worker.once('exit', () => {
      gone += 1;
    });
  };
  await desk.online({ copier: inWorker(desk.url, started) });
  await desk.until(({ bootstrap }) => bootstrap !== null);
  await desk.offline();
  expect([threads.length, gone]).toEqual([1, 1]);
  expect(desk.local.store.ready()).toBe(false);
  await desk.online({ copier: inWorker(desk.url, started) });
  await expectWhole();
});

test('what the centre says to the thread counts as if it were said here', async () => {
  const wrong = new URL(desk.url);
  wrong.password = 'wrong';
  await desk.online({ copier: inWorker(wrong.href) });
  await desk.until(({ problem }) => problem === 'login-refused');
});

test('another thread moves SQLite’s log while asked to, and says when it is gone', async () => {
  const { db, replica } = desk.local;
  const log = () => statSync(`${databaseFile(desk.temporary.folder)}-wal`).size;
  const write = () => db.exec('INSERT INTO heavy VALUES (zeroblob(1000000))');
  db.exec('CREATE TABLE heavy (x BLOB)');
  replica.history.checkpoints(false);
  for (let i = 0; i < 10; i += 1) write();
  const alone = log();
  expect(alone).toBeGreaterThan(10_000_000);
  let gone = 0;
  const { folder, key } = desk.temporary;
  const stop = checkpointsInWorker({ folder, key })(() => {
    gone += 1;
  });
  // What is in the database already is written over: the file grows no more.
  await expect
    .poll(
      () => {
        const before = log();
        write();
        write();
        return log() - before;
      },
      { timeout: 10_000, interval: 300 },
    )
    .toBe(0);
  await stop();
  expect(gone).toBe(1);
  db.exec('DROP TABLE heavy');
});
