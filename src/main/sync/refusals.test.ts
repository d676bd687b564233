import { cpSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CentreError } from '#main/data/central/centre.ts';
import { connectCentre } from '#main/data/central/client.ts';
import { openLocal } from '#main/data/local/open.ts';
import { localDb } from '#main/data/local/query.ts';
import { fastTimers } from '#tests/support/sync-faults.ts';
import { somePatient, temporaryFolder } from '#tests/support/sync-local.ts';
import {
  centreRows,
  type Desk,
  openDesk,
  replicaOf,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';

let clinic: TwoWorkstations;
beforeEach(async () => {
  clinic = await twoWorkstations();
});
afterEach(() => clinic.end());

const register = (desk: Desk, mrn: string) => {
  const row = somePatient({ mrn });
  const { n } = desk.local.store.mutate({ kind: 'patient.register', user: null }, (writer) =>
    writer.insert('patient', row),
  );
  return { id: row.id, n };
};

const patientsOf = (desk: Desk) =>
  desk.local.store.all(localDb.selectFrom('patient').select('mrn').orderBy('mrn')).map(({ mrn }) => mrn);

const truth = async () => {
  const centre = connectCentre(clinic.b.url);
  const rows = await centreRows(centre);
  await centre.close();
  return rows;
};

test('a suspended workstation stops with the reason, keeps its work, and goes on when it is let in again', async () => {
  const { a, query } = clinic;
  const device = a.local.store.workstation()?.deviceId;
  await query('update clinichub.sync_device set suspended_at = now() where id = $1', [device]);
  register(a, 'A-1');
  a.engine.wake();
  await a.until(({ problem }) => problem === 'suspended');
  expect(a.engine.status()).toMatchObject({ connection: 'stopped', waiting: 1 });
  expect(patientsOf(a)).toEqual(['A-1', 'SHARED-1']);
  await query('update clinichub.sync_device set suspended_at = null where id = $1', [device]);
  await a.settled();
  expect(a.engine.status()).toMatchObject({ connection: 'live', problem: null, waiting: 0 });
});

test('a program that is too old stops and pushes nothing', async () => {
  const { a, query } = clinic;
  await a.offline();
  register(a, 'A-1');
  await query('update clinichub.sync_meta set min_schema = 99');
  await a.online();
  await a.until(({ problem }) => problem === 'outdated');
  expect(a.engine.status()).toMatchObject({ connection: 'stopped', waiting: 1 });
  expect(await query(`select mrn from clinichub.patient where mrn = 'A-1'`)).toEqual([]);
});

test('a workstation far behind sends its work first, then copies anew, and only then is seen', async () => {
  const { a, b, query } = clinic;
  await a.offline();
  const mine = register(a, 'A-1');
  for (let k = 0; k < 10; k += 1) register(b, `B-${k}`);
  await b.settled();
  await query('update clinichub.sync_meta set low_water = (select seq from clinichub.sync_clock)');
  const calls: string[] = [];
  await a.online({
    centre: () => {
      const real = connectCentre(a.url);
      return {
        ...real,
        push: (mutations) => {
          calls.push('push');
          return real.push(mutations);
        },
        bootPage: (table, after, rows) => {
          if (calls.at(-1) !== 'copy') calls.push('copy');
          expect(a.local.store.ready()).toBe(false);
          return real.bootPage(table, after, rows);
        },
      };
    },
  });
  await a.settled();
  expect(calls).toEqual(['push', 'copy']);
  expect(a.local.store.ready()).toBe(true);
  expect(a.local.store.certainty('patient', mine.id)).toBe('confirmed');
  expect(replicaOf(a.local)).toEqual(await truth());
  expect(patientsOf(a)).toHaveLength(12);
});

test('work parked or made before a new copy is still there after it', async () => {
  const { a, b, patient, query } = clinic;
  register(b, 'TAKEN');
  await b.settled();
  const { n } = a.local.store.mutate({ kind: 'patient.update', user: null }, (writer) =>
    writer.update('patient', patient.id, { mrn: 'TAKEN' }),
  );
  await a.settled();
  expect(a.engine.status().parked).toBe(1);
  await a.offline();
  await query('update clinichub.sync_meta set low_water = (select seq + 1 from clinichub.sync_clock)');
  register(b, 'B-1');
  await b.settled();
  await a.online();
  await a.settled();
  expect(a.engine.status().parked).toBe(1);
  expect(a.local.store.certainty('patient', patient.id)).toBe('parked');
  expect(a.local.store.resend(n)).not.toBeNull();
});

test('a centre of another epoch gets what waits, and all is copied anew', async () => {
  const { a, query } = clinic;
  await a.offline();
  register(a, 'A-1');
  await query('update clinichub.sync_meta set epoch = gen_random_uuid()');
  await a.online();
  await a.settled();
  expect(await query(`select mrn from clinichub.patient order by mrn`)).toEqual([
    { mrn: 'A-1' },
    { mrn: 'SHARED-1' },
  ]);
  expect(await query('select epoch from clinichub.sync_meta')).toEqual([
    { epoch: a.local.replica.state().epoch },
  ]);
  expect(replicaOf(a.local)).toEqual(await truth());
});

test('a copied workstation is found out, stops for good, and both keep their work', async () => {
  const { a, query } = clinic;
  await a.offline();
  a.local.close();
  const folder = temporaryFolder();
  cpSync(a.temporary.folder, folder, { recursive: true });
  a.temporary.reopen();
  let local = openLocal({ folder, key: a.temporary.key });
  const copy = openDesk('Copy', a.url, {
    get local() {
      return local;
    },
    folder,
    key: a.temporary.key,
    reopen: () => {
      local.close();
      local = openLocal({ folder, key: a.temporary.key });
      return local;
    },
    remove: () => {
      local.close();
      rmSync(folder, { recursive: true });
    },
  });
  register(a, 'A-1');
  register(copy, 'C-1');
  await a.online();
  await a.settled();
  await copy.online();
  await copy.until(({ problem }) => problem === 'cloned');
  expect(copy.engine.status()).toMatchObject({ connection: 'stopped', waiting: 1 });
  await copy.offline();
  copy.temporary.reopen();
  await copy.online();
  copy.engine.wake();
  expect(copy.engine.status()).toMatchObject({ connection: 'stopped', problem: 'cloned', waiting: 1 });
  expect(patientsOf(copy)).toEqual(['C-1', 'SHARED-1']);
  expect(await query(`select mrn from clinichub.patient order by mrn`)).toEqual([
    { mrn: 'A-1' },
    { mrn: 'SHARED-1' },
  ]);
  await copy.remove();
});

test('a kind the centre cannot take is paused: the rest goes on, and it can be sent again', async () => {
  const { a, query, patient } = clinic;
  await query(`create function clinichub.broken() returns trigger language plpgsql as $$
    begin if new.city = 'Broken' then perform 1 from clinichub.no_such_table; end if; return new; end $$`);
  await query(
    'create trigger broken before update on clinichub.patient for each row execute function clinichub.broken()',
  );
  const move = (city: string) =>
    a.local.store.mutate({ kind: 'patient.update', user: null }, (writer) =>
      writer.update('patient', patient.id, { city }),
    ).n;
  const first = move('Broken');
  a.engine.wake();
  expect(await a.engine.verdict(first, 5000)).toMatchObject({ status: 'rejected', sqlstate: '42P01' });
  await a.offline();
  const second = move('Nice');
  const other = register(a, 'A-1');
  const third = move('Paris');
  await a.online();
  expect(await a.engine.verdict(other.n, 5000)).toMatchObject({ status: 'applied' });
  expect(await a.engine.verdict(second, 5000)).toMatchObject({ status: 'rejected', sqlstate: '42P01' });
  await a.settled();
  expect(a.engine.status()).toMatchObject({ waiting: 0, parked: 3 });
  expect(replicaOf(a.local)).toEqual(await truth());
  await query('drop trigger broken on clinichub.patient');
  expect(a.local.store.withdraw(first)).toBe(true);
  expect(a.local.store.withdraw(second)).toBe(true);
  const again = a.local.store.resend(third) ?? 0;
  a.engine.wake();
  expect(await a.engine.verdict(again, 5000)).toMatchObject({ status: 'applied' });
  await a.settled();
  expect(
    a.local.store.get(localDb.selectFrom('patient').select('city').where('id', '=', patient.id)),
  ).toEqual({
    city: 'Paris',
  });
  expect(a.engine.status()).toMatchObject({ waiting: 0, parked: 0 });
  expect(replicaOf(a.local)).toEqual(await truth());
});

test('a held mutation that is given up before its number was used leaves no gap', async () => {
  const { a, patient, query } = clinic;
  await a.offline();
  const { db, replica, store } = a.local;
  db.exec(`INSERT INTO paused_kind (kind, sqlstate) VALUES ('patient.update', '42501')`);
  const { n } = store.mutate({ kind: 'patient.update', user: null }, (writer) =>
    writer.update('patient', patient.id, { city: 'Nice' }),
  );
  const other = register(a, 'A-1');
  const [held, sent] = replica.nextBatch({ mutations: 10, bytes: 1e6 });
  expect([held?.n, sent?.n]).toEqual([n, other.n]);
  expect(JSON.parse(held?.payload ?? '')).toMatchObject({ kind: 'held', changes: [] });
  expect(store.withdraw(n)).toBe(true);
  expect(replica.nextBatch({ mutations: 10, bytes: 1e6 })[0]).toEqual(held);
  await a.online();
  await a.settled();
  expect(await query(`select mrn from clinichub.patient order by mrn`)).toEqual([
    { mrn: 'A-1' },
    { mrn: 'SHARED-1' },
  ]);
});

test('an unreachable centre is told as such, and work goes on', async () => {
  const { a } = clinic;
  await a.offline();
  const nowhere = a.url.replace(/@[^/]+\//, '@127.0.0.1:1/');
  await a.online({ centre: () => connectCentre(nowhere), timers: fastTimers(1) });
  await a.until(({ problem }) => problem === 'unreachable');
  register(a, 'A-1');
  a.engine.wake();
  expect(a.engine.status()).toMatchObject({ connection: 'offline', waiting: 1 });
  expect(patientsOf(a)).toEqual(['A-1', 'SHARED-1']);
});

test('a login that is refused is told as such', async () => {
  const { a } = clinic;
  const wrong = new URL(a.url);
  wrong.password = 'wrong';
  await a.online({ centre: () => connectCentre(wrong.href) });
  await a.until(({ problem }) => problem === 'login-refused');
  expect(a.engine.status().connection).toBe('stopped');
});

test('a centre that takes less at once is sent less, until one mutation alone is too much', async () => {
  const { a, query } = clinic;
  await a.offline();
  for (let k = 0; k < 20; k += 1) register(a, `A-${k}`);
  const sizes: number[] = [];
  let most = 6;
  await a.online({
    timers: fastTimers(50),
    centre: () => {
      const real = connectCentre(a.url);
      return {
        ...real,
        push: (mutations) => {
          sizes.push(mutations.length);
          return mutations.length > most
            ? Promise.reject(new CentreError('too much', 'CH005', false))
            : real.push(mutations);
        },
      };
    },
  });
  await a.settled();
  expect(sizes.filter((size) => size > 6).length).toBeGreaterThan(0);
  expect(sizes.slice(-4).every((size) => size <= 6)).toBe(true);
  expect(await query(`select count(*)::integer as n from clinichub.patient where mrn like 'A-%'`)).toEqual([
    { n: 20 },
  ]);
  // Nothing smaller is left to try: it is kept, and the copy is looked at anew.
  most = 0;
  register(a, 'LAST');
  a.engine.wake();
  await a.until(({ connection }) => connection === 'preparing');
  expect(a.engine.status().waiting).toBe(1);
  most = 6;
  await a.settled();
  expect(patientsOf(a)).toContain('LAST');
});
