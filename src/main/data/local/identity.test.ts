import { afterEach, beforeEach, expect, test } from 'vitest';
import { helloReply, openReady, somePatient, type TemporaryLocal } from '#tests/support/sync-local.ts';
import { realDisk } from './disk.ts';
import { databaseFile } from './files.ts';
import { localDb } from './query.ts';

let temporary: TemporaryLocal;
beforeEach(() => {
  temporary = openReady();
});
afterEach(() => temporary.remove());

const register = (mrn: string) => {
  const row = somePatient({ mrn });
  const { n } = temporary.local.store.mutate({ kind: 'patient.register', user: null }, (writer) =>
    writer.insert('patient', row),
  );
  return { n, row };
};
const applied = (...numbers: readonly number[]) =>
  temporary.local.replica.recordVerdicts(
    numbers.map((n) => ({ n, status: 'applied', sqlstate: null, message: null })),
  );
const shown = () =>
  temporary.local.store.all(localDb.selectFrom('patient').select('mrn').orderBy('mrn')).map(({ mrn }) => mrn);
const outbox = () =>
  temporary.local.store.all(localDb.selectFrom('outbox').select(['n', 'status']).orderBy('n'));

test('work with a verdict stays in sight under a new login until its effect has come', () => {
  const { row } = register('A');
  applied(1);
  register('B');
  const { replica } = temporary.local;
  replica.forgetIdentity();
  expect(shown()).toEqual(['A', 'B']);
  expect(replica.state()).toMatchObject({ device_id: null, last_n: 1 });
  expect(replica.nextBatch({ mutations: 9, bytes: 9999 }).map(({ n }) => n)).toEqual([1]);

  replica.greeted(helloReply({ device_id: '01900000-0000-7000-8000-00000000d002', device_no: 2 }));
  const change = { seq: 1, tbl: 'patient', op: 'insert', pk: row.id, v: 1, values: { ...row } } as const;
  const place = { from: 0, to: 1, head: 1, before: null, chain: 'a'.repeat(64), txs: 1 };
  replica.applyPull({ ...place, changes: [change] });
  expect(shown()).toEqual(['A', 'B']);
  expect(outbox()).toEqual([{ n: 1, status: 'waiting' }]);
});

test('a second new login before that changes nothing about it', () => {
  register('A');
  register('B');
  applied(1, 2);
  register('C');
  const { replica } = temporary.local;
  replica.forgetIdentity();
  register('D');
  applied(1);
  replica.forgetIdentity();
  expect(outbox()).toEqual([
    { n: -2, status: 'settled' },
    { n: -1, status: 'settled' },
    { n: 0, status: 'settled' },
    { n: 1, status: 'waiting' },
  ]);
  expect(shown()).toEqual(['A', 'B', 'C', 'D']);
});

test('a rebuilt workstation does not send it again under the new login', () => {
  register('A');
  applied(1);
  register('B');
  temporary.local.replica.forgetIdentity();
  temporary.local.close();
  realDisk.remove(databaseFile(temporary.folder));
  const { replica } = temporary.reopen();
  expect(replica.rebuilt()).toMatchObject({ saved: 1 });
  expect(replica.nextBatch({ mutations: 9, bytes: 9999 }).map(({ n }) => n)).toEqual([1]);
});

test('a copy of a site is asked for anew under a new login: which charts were opened there is the earlier one’s', () => {
  const { db, replica, store } = temporary.local;
  const site = 'site:01900000-0000-7000-8000-00000000a001/whole/2';
  db.prepare('UPDATE sync_state SET scope = ?').run(site);
  replica.forgetIdentity();
  expect(replica.state().scope).not.toBe(site);
  replica.greeted(helloReply({ device_id: '01900000-0000-7000-8000-00000000d002', state: 'behind' }));
  expect(store.workstation()).toMatchObject({ wholeClinic: false });
});

test('a copy of the whole clinic goes on under a new login', () => {
  temporary.local.replica.forgetIdentity();
  expect(temporary.local.replica.state()).toMatchObject({ scope: 'clinic/whole', phase: 'ready' });
});
