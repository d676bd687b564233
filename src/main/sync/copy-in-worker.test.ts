import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectCentre } from '#main/data/central/client.ts';
import {
  centreRows,
  type Desk,
  openDesk,
  replicaOf,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';
import { copyInWorker } from './copy-in-worker.ts';

let clinic: TwoWorkstations;
let desk: Desk;
beforeEach(async () => {
  clinic = await twoWorkstations();
  await clinic.query(`insert into clinichub.patient (id, mrn, family, given, gender, birth_date_estimated, created_at)
    select gen_random_uuid(), 'X-' || i, 'Family ' || i, 'Given', 'female', false, now() from generate_series(1, 25000) i`);
  desk = openDesk('Desk C', await clinic.centre.enrol('Desk C'));
});
afterEach(async () => {
  await desk.remove();
  await clinic.end();
});

const inWorker = (url = desk.url, started?: (worker: Worker) => void) =>
  copyInWorker({ folder: desk.temporary.folder, key: desk.temporary.key, url }, started);

const expectWhole = async () => {
  await desk.until(() => desk.local.store.complete('audit_event'));
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

test('a thread that breaks is a failed try: the next goes on where it was', async () => {
  let threads = 0;
  await desk.online({
    copier: inWorker(desk.url, (worker) => {
      threads += 1;
      if (threads === 1) worker.on('message', () => void worker.terminate());
    }),
  });
  await desk.until(() => threads === 2);
  expect(desk.local.replica.state().boot_rows).toBeGreaterThan(0);
  await expectWhole();
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
