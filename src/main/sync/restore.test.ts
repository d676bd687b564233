import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectCentre } from '#main/data/central/client.ts';
import { databaseFile } from '#main/data/local/files.ts';
import { localDb } from '#main/data/local/query.ts';
import { somePatient } from '#tests/support/sync-local.ts';
import {
  centreRows,
  type Desk,
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
const update = (desk: Desk, id: string, patch: Readonly<Record<string, string>>) =>
  desk.local.store.mutate({ kind: 'patient.update', user: null }, (writer) =>
    writer.update('patient', id, patch),
  ).n;
const patientOn = (desk: Desk, id: string) =>
  desk.local.store.get(localDb.selectFrom('patient').selectAll().where('id', '=', id));
const mrns = async () =>
  (await clinic.query<{ mrn: string }>('select mrn from clinichub.patient order by mrn')).map(
    ({ mrn }) => mrn,
  );

const offline = async () => {
  await clinic.a.offline();
  await clinic.b.offline();
};
const settle = async () => {
  for (const desk of [clinic.a, clinic.b, clinic.a]) await desk.settled();
};

const expectConverged = async () => {
  const centre = connectCentre(clinic.a.url);
  const truth = await centreRows(centre);
  await centre.close();
  for (const desk of [clinic.a, clinic.b]) {
    expect(replicaOf(desk.local), desk.name).toEqual(truth);
    expect(desk.local.replica.state().common, desk.name).toBeNull();
    expect(desk.local.db.pragma('foreign_key_check'), desk.name).toEqual([]);
  }
};

/** Makes a backup, lets `meanwhile` happen and be confirmed, and puts the backup back. */
const restoredAfter = async (meanwhile: () => Promise<void> | void) => {
  await offline();
  const restore = await clinic.centre.backUp();
  await clinic.a.online();
  await clinic.b.online();
  await meanwhile();
  await settle();
  await offline();
  await restore();
};

test('a centre that was restored gets back what every workstation had sent since the backup', async () => {
  const { a, b, patient } = clinic;
  await restoredAfter(async () => {
    register(a, 'A-1');
    register(b, 'B-1');
    await settle();
    update(a, patient.id, { city: 'Nice' });
    register(a, 'A-2');
  });
  expect(await mrns()).toEqual(['SHARED-1']);
  register(a, 'A-3');
  await a.online();
  await b.online();
  await settle();
  expect(await mrns()).toEqual(['A-1', 'A-2', 'A-3', 'B-1', 'SHARED-1']);
  expect(patientOn(b, patient.id)).toMatchObject({ city: 'Nice' });
  await settle();
  await expectConverged();
});

test('it is noticed although the restored centre has gone on past the place a workstation knows', async () => {
  const { a, b } = clinic;
  await restoredAfter(() => {
    register(a, 'A-1');
  });
  await b.online();
  for (let k = 0; k < 5; k += 1) {
    register(b, `B-${k}`);
    await b.settled();
  }
  expect(b.local.replica.state().cursor).toBeGreaterThan(a.local.replica.state().cursor);
  await a.online();
  await settle();
  expect(await mrns()).toContain('A-1');
  await expectConverged();
});

test('a mutation the centre had refused, and one that was withdrawn, keep their numbers and their fate', async () => {
  const { a } = clinic;
  await restoredAfter(async () => {
    const first = register(a, 'SHARED-1');
    const second = register(a, 'SHARED-1');
    register(a, 'A-1');
    await a.settled();
    expect(a.engine.status().parked).toBe(2);
    expect(a.local.store.withdraw(first.n)).toBe(true);
    expect(second.n).toBe(first.n + 1);
  });
  await a.online();
  await clinic.b.online();
  await settle();
  expect(await mrns()).toEqual(['A-1', 'SHARED-1']);
  expect(a.engine.status().parked).toBe(1);
  await expectConverged();
});

test('a change made on top of a lost one overwrites nothing that was done at the restored centre since', async () => {
  const { a, b, patient, query } = clinic;
  await restoredAfter(async () => {
    update(a, patient.id, { city: 'Nice' });
    await settle();
    update(b, patient.id, { city: 'Lille' });
  });
  await query(`update clinichub.patient set city = 'Centre' where id = $1`, [patient.id]);
  await b.online();
  await a.online();
  await settle();
  expect(await query('select city from clinichub.patient where id = $1', [patient.id])).toEqual([
    { city: 'Centre' },
  ]);
  const kept = await query<{ attempted: string }>(
    'select attempted from clinichub.conflict order by attempted',
  );
  expect(kept.map(({ attempted }) => JSON.parse(attempted))).toEqual([{ city: 'Lille' }, { city: 'Nice' }]);
  await expectConverged();
});

test('a reply of another history is not applied, although it goes on from the very place we are at', async () => {
  const { a, b } = clinic;
  await restoredAfter(() => {
    register(a, 'A-1');
  });
  await b.online();
  register(b, 'B-1');
  await b.settled();
  const { cursor } = a.local.replica.state();
  const [{ head } = { head: 0 }] = await clinic.query<{ head: number }>(
    'select seq::integer as head from clinichub.sync_clock',
  );
  expect(head).toBe(cursor);
  // It was greeted before the restore, and nothing told it since.
  const greeting = { state: 'ok', last_n: a.local.replica.state().last_n } as const;
  let forged = false;
  await a.online({
    centre: () => {
      const centre = connectCentre(a.url);
      return {
        ...centre,
        hello: async (request) => {
          const reply = await centre.hello(request);
          if (forged) return reply;
          forged = true;
          return { ...reply, ...greeting };
        },
      };
    },
  });
  await settle();
  expect(await mrns()).toEqual(['A-1', 'B-1', 'SHARED-1']);
  await expectConverged();
});

test('a restore in the middle of the recovery from one before is recovered from as well', async () => {
  const { a, b } = clinic;
  await restoredAfter(() => {
    register(a, 'A-1');
    register(b, 'B-1');
  });
  const again = await clinic.centre.backUp();
  await a.online();
  await a.settled();
  await a.offline();
  await again();
  await b.online();
  await b.settled();
  await a.online();
  await settle();
  expect(await mrns()).toEqual(['A-1', 'B-1', 'SHARED-1']);
  await expectConverged();
});

/** Closes a workstation that is offline, has its files damaged, and opens it again. */
const reopened = ({ local, temporary }: Desk, damage: (database: string) => void) => {
  local.close();
  damage(databaseFile(temporary.folder));
  temporary.reopen();
};
/** A bit of the page where the patients begin, and the last end was not in order: then all is looked through. */
const spoilPatients = (desk: Desk) => {
  // Opened anew, the mirror tells of what waits alone.
  reopened(desk, () => undefined);
  const page = desk.local.db
    .prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'patient'`)
    .pluck()
    .get() as number;
  reopened(desk, (database) => {
    const bytes = readFileSync(database);
    const at = (page - 1) * 4096 + 1500;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(database, bytes);
    writeFileSync(join(desk.temporary.folder, 'workstation.open'), '');
  });
};

test.each([
  ['with the places it had passed', () => undefined],
  ['without them', ({ local }: Desk) => local.db.exec('DELETE FROM chain_link')],
])(
  'what was confirmed since the backup is read from a database that was damaged before it met the restored centre, %s',
  async (_, spoil) => {
    const { a, b } = clinic;
    await restoredAfter(() => {
      register(a, 'A-1');
      register(b, 'B-1');
    });
    spoil(a);
    spoilPatients(a);
    expect(a.local.replica.rebuilt()).toMatchObject({ reason: 'damaged', lost: 0 });
    await a.online();
    await b.online();
    await settle();
    expect(await mrns()).toEqual(['A-1', 'B-1', 'SHARED-1']);
    expect(a.engine.status().rebuilt).toMatchObject({ lost: 0 });
    await expectConverged();
  },
);

test('what a rebuilt workstation sent before it could copy anew is sent again when the centre has lost it since', async () => {
  const { a, b } = clinic;
  await offline();
  register(a, 'A-1');
  spoilPatients(a);
  const restore = await clinic.centre.backUp();
  // Greeted and pushed; then the line goes, before anything is copied.
  const cut = () => Promise.reject(new Error('cut'));
  await a.online({ centre: () => ({ ...connectCentre(a.url), bootPage: cut, place: cut }) });
  await a.until(({ waiting }) => waiting === 0);
  await offline();
  expect(a.local.replica.rebuilt()).toMatchObject({ greeted: 1, saved: 1 });
  expect(await mrns()).toEqual(['A-1', 'SHARED-1']);
  await restore();
  expect(await mrns()).toEqual(['SHARED-1']);
  await a.online();
  await b.online();
  await settle();
  expect(await mrns()).toEqual(['A-1', 'SHARED-1']);
  await expectConverged();
});

test('what was confirmed since the backup is in the mirror as well, when the database is gone', async () => {
  const { a, b } = clinic;
  await restoredAfter(() => {
    register(a, 'A-1');
  });
  reopened(a, () => undefined);
  reopened(a, rmSync);
  await a.online();
  await b.online();
  await settle();
  expect(await mrns()).toEqual(['A-1', 'SHARED-1']);
  expect(a.engine.status().rebuilt).toMatchObject({ saved: 0, lost: 0 });
  await expectConverged();
});

test('where nothing remembers what was confirmed, the loss is told', async () => {
  const { a, b } = clinic;
  await restoredAfter(() => {
    register(a, 'A-1');
  });
  a.local.db.exec('DELETE FROM journal');
  reopened(a, () => undefined);
  reopened(a, rmSync);
  expect(a.local.replica.rebuilt()).toMatchObject({ reason: 'missing', lost: 0 });
  await a.online();
  await b.online();
  await settle();
  expect(await mrns()).toEqual(['SHARED-1']);
  expect(a.engine.status().rebuilt).toMatchObject({ lost: 1 });
  register(a, 'A-2');
  await settle();
  await expectConverged();
});

test('what was made on top of a lost change overwrites nothing, also when the database is gone', async () => {
  const { a, b, patient, query } = clinic;
  await restoredAfter(() => {
    update(b, patient.id, { city: 'Lille' });
  });
  update(a, patient.id, { city: 'Nice' });
  // The very version that the lost change had.
  await query(`update clinichub.patient set city = 'Centre' where id = $1`, [patient.id]);
  reopened(a, rmSync);
  await a.online();
  await b.online();
  await settle();
  expect(await query('select city from clinichub.patient where id = $1', [patient.id])).toEqual([
    { city: 'Centre' },
  ]);
  const kept = await query<{ attempted: string }>('select attempted from clinichub.conflict');
  expect(kept.map(({ attempted }) => JSON.parse(attempted).city).toSorted()).toEqual(['Lille', 'Nice']);
  await expectConverged();
});

test('what the centre’s backups hold is not remembered any longer', async () => {
  const { a, query } = clinic;
  register(a, 'A-1');
  await a.settled();
  const remembered = () => Number(a.local.db.prepare('SELECT count(*) FROM journal').pluck().get());
  expect(remembered()).toBeGreaterThan(0);
  await query('update clinichub.sync_meta set durable_seq = (select seq from clinichub.sync_clock)');
  await a.offline();
  await a.online();
  await a.settled();
  expect(remembered()).toBe(0);
});

test('places passed are remembered newest first: all of the last, one in a thousand of the older ones', async () => {
  const { a } = clinic;
  const { db, replica } = a.local;
  await a.offline();
  const from = replica.state().cursor;
  for (let seq = from + 1; seq <= from + 5000; seq += 1) {
    replica.applyPull({ from: seq - 1, to: seq, head: seq, chain: `c${seq}`, txs: 1, changes: [] });
  }
  const links = replica.links();
  expect(links[0]).toEqual({ seq: from + 5000, chain: `c${from + 5000}` });
  expect(links.map(({ seq }) => seq)).toEqual(links.map(({ seq }) => seq).toSorted((x, y) => y - x));
  expect(links.filter(({ seq }) => seq > from + 5000 - 1024)).toHaveLength(1024);
  expect(links.filter(({ seq }) => seq <= from + 3000).length).toBeGreaterThanOrEqual(3);
  expect(Number(db.prepare('SELECT count(*) FROM chain_link').pluck().get())).toBeLessThanOrEqual(2048);
});
