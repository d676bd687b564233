import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectCentre } from '#main/data/central/client.ts';
import { columnsOf, schemaVersion, tableNames } from '#shared/sync/catalogue.ts';
import { withClient } from '#tests/support/fresh-centre.ts';
import { fastTimers, seeded } from '#tests/support/sync-faults.ts';
import { someAppointment, somePatient } from '#tests/support/sync-local.ts';
import {
  centreRows,
  type Desk,
  replicaOf,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';

/** Comparing the copy with the centre and putting right what differs, end to end on real databases. */
let pair: TwoWorkstations;
beforeEach(async () => {
  pair = await twoWorkstations();
});
afterEach(() => pair.end());

const header = { kind: 'test', user: null };

const many = async (count: number) => {
  const patients = Array.from({ length: count }, (_, index) => somePatient({ mrn: `M-${index}` }));
  for (let from = 0; from < count; from += 200) {
    pair.a.local.store.mutate(header, (writer) => {
      for (const patient of patients.slice(from, from + 200)) writer.insert('patient', patient);
    });
  }
  await pair.a.settled();
  await pair.b.settled();
  return patients;
};

/** Compares everything now and waits for the end. */
const checked = async (desk: Desk) => {
  const { finishedAt } = desk.local.replica.check.state();
  await pause(2);
  desk.engine.check();
  await desk.until(({ check }) => check.until !== finishedAt && check.running === null);
  await desk.settled();
};

const sameAsCentre = async (desk: Desk) => {
  const centre = connectCentre(desk.url);
  await centre.hello({
    schema: schemaVersion,
    app: 'x',
    epoch: null,
    cursor: null,
    chain: null,
    scope: null,
  });
  expect(replicaOf(desk.local)).toEqual(await centreRows(centre));
  await centre.close();
};

const repairEvents = () =>
  pair.query<{ entity_table: string; entity_id: string }>(
    `select patch ->> 'entity_table' as entity_table, patch ->> 'entity_id' as entity_id
     from clinichub.sync_change where tbl = 'audit_event' and patch ->> 'event' = 'sync.repair' order by tx, ord`,
  );

/** Bypasses the engine and the foreign keys, as a fault of the disk does. */
const behindItsBack = (desk: Desk, sql: string, ...values: unknown[]) => {
  const { db } = desk.local;
  db.pragma('foreign_keys = OFF');
  expect(db.prepare(sql).run(...values).changes).toBeGreaterThan(0);
  db.pragma('foreign_keys = ON');
};

describe('what went wrong here is found and put right', () => {
  test.each([
    ['a value', `UPDATE patient SET family = 'Nobody' WHERE id = ?`],
    ['a missing row', 'DELETE FROM patient WHERE id = ?'],
    ['a row version alone', 'UPDATE patient SET row_version = row_version + 7 WHERE id = ?'],
    ['a null', 'UPDATE patient SET city = NULL WHERE id = ?'],
  ])('%s', async (_name, sql) => {
    const patients = await many(30);
    const id = patients[17]?.id ?? '';
    behindItsBack(pair.b, sql, id);
    await checked(pair.b);
    expect(pair.b.engine.status().check).toMatchObject({
      repaired: { rows: 1, tables: [{ table: 'patient', rows: 1 }] },
    });
    expect(await repairEvents()).toEqual([{ entity_table: 'patient', entity_id: id }]);
    await sameAsCentre(pair.b);
  });

  test('a row the centre never had, and one that names it', async () => {
    const ghost = somePatient({ mrn: 'GHOST' });
    const names = Object.keys(ghost).join(', ');
    const places = Object.keys(ghost)
      .map(() => '?')
      .join(', ');
    behindItsBack(
      pair.b,
      `INSERT INTO patient (${names}, row_version) VALUES (${places}, 3)`,
      ...Object.values(ghost),
    );
    const visit = someAppointment({
      patient_id: ghost.id,
      practitioner_id: pair.practitioner.id,
      location_id: pair.location.id,
    });
    behindItsBack(
      pair.b,
      `INSERT INTO appointment (${Object.keys(visit).join(', ')}, row_version)
        VALUES (${Object.keys(visit)
          .map(() => '?')
          .join(', ')}, 1)`,
      ...Object.values(visit),
    );
    await checked(pair.b);
    expect(await repairEvents()).toEqual([
      { entity_table: 'patient', entity_id: ghost.id },
      { entity_table: 'appointment', entity_id: visit.id },
    ]);
    await sameAsCentre(pair.b);
  });

  test('in a large table the range is narrowed down, and only what is wrong is touched', async () => {
    const patients = (await many(2600)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const wrong = [patients[3], patients[1900], patients[2500]].map((patient) => patient?.id ?? '');
    for (const id of wrong) behindItsBack(pair.b, `UPDATE patient SET given = 'X' WHERE id = ?`, id);
    await checked(pair.b);
    expect((await repairEvents()).map((event) => event.entity_id).toSorted()).toEqual(wrong.toSorted());
    await sameAsCentre(pair.b);
  });

  test('a row and the row it names, both missing, the second one after its table was compared', async () => {
    const { patient, practitioner, location } = pair;
    const visit = someAppointment({
      patient_id: patient.id,
      practitioner_id: practitioner.id,
      location_id: location.id,
    });
    pair.a.local.store.mutate(header, (writer) => writer.insert('appointment', visit));
    await pair.a.settled();
    await pair.b.settled();
    behindItsBack(pair.b, 'DELETE FROM appointment WHERE id = ?', visit.id);
    const { check } = pair.b.local.replica;
    check.begin();
    for (let at = check.state(); at.table !== 'schedule' && at.table !== null; at = check.state()) {
      check.advance({ table: at.table, after: null }, null, 0);
    }
    behindItsBack(pair.b, 'DELETE FROM patient WHERE id = ?', patient.id);
    await pair.b.online({ timers: fastTimers(100) });
    await pair.b.until(({ check: { repaired } }) => repaired?.rows === 2);
    await pair.b.settled();
    expect((await repairEvents()).map((event) => event.entity_table)).toEqual(['patient', 'appointment']);
    await sameAsCentre(pair.b);
  });
});

/** Writes at the centre without pause until told to stop. */
const writer = (ids: readonly string[]) => {
  let going = true;
  let written = 0;
  const work = withClient(pair.centre.url, async (client) => {
    while (going) {
      const id = ids[written % ids.length];
      await client.query('update clinichub.patient set city = $1 where id = $2', [`City ${written}`, id]);
      written += 1;
    }
  });
  return async () => {
    going = false;
    await work;
    return written;
  };
};

describe('while others write', () => {
  test('nothing is taken for wrong that is only new', async () => {
    const patients = await many(600);
    const stop = writer(patients.map(({ id }) => id));
    const desk = pair.b.local.store;
    for (let pass = 0; pass < 4; pass += 1) {
      desk.mutate(header, (write) =>
        write.update('patient', patients[pass]?.id ?? '', { phone: `0${pass}` }),
      );
      await checked(pair.b);
    }
    expect(await stop()).toBeGreaterThan(20);
    expect(pair.b.engine.status().check.repaired).toBeNull();
    await pair.b.settled();
    await sameAsCentre(pair.b);
  });

  test('what is wrong is found all the same', async () => {
    const patients = await many(600);
    const id = patients[300]?.id ?? '';
    behindItsBack(pair.b, `UPDATE patient SET given = 'X' WHERE id = ?`, id);
    const stop = writer(patients.slice(0, 200).map((patient) => patient.id));
    await checked(pair.b);
    await stop();
    await pair.b.settled();
    expect((await repairEvents()).map((event) => event.entity_id)).toEqual([id]);
    await sameAsCentre(pair.b);
  });
});

test('by itself a part is compared after each quiet poll, a pass is over when all parts are, and the next comes a day later', async () => {
  await many(20);
  await pair.b.offline();
  behindItsBack(pair.b, `UPDATE patient SET given = 'X' WHERE mrn = 'M-7'`);
  const logged: string[] = [];
  await pair.b.online({
    timers: fastTimers(100),
    log: (event) => logged.push(event),
  });
  await pair.b.until(({ check }) => check.until !== null);
  const first = pair.b.local.replica.check.state();
  await pause(1500);
  expect(pair.b.local.replica.check.state().startedAt).toBe(first.startedAt);
  expect(logged.filter((event) => event === 'sync-checked')).toHaveLength(1);
  const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000).toISOString();
  behindItsBack(pair.b, 'UPDATE sync_check SET started_at = ?', yesterday);
  await pair.b.until(() => logged.filter((event) => event === 'sync-checked').length === 2);
  await pair.b.settled();
  await sameAsCentre(pair.b);
});

test.each([
  ['too much wrong', 'UPDATE sync_check SET repaired = 6000'],
  ['rows that could not be put right, for the second time', 'UPDATE sync_check SET held = 1, stuck = 1'],
])(
  'a pass with %s ends in a new copy',
  async (_name, state) => {
    await many(10);
    pair.b.local.replica.check.begin();
    behindItsBack(pair.b, state);
    const logged: string[] = [];
    await pair.b.online({ timers: fastTimers(100), log: (event) => logged.push(event) });
    await pair.b.until(() => logged.includes('sync-check-copies-anew'));
    await pair.b.until(({ connection }) => connection === 'live');
    await pair.b.settled();
    expect(await repairEvents()).toEqual([]);
    await sameAsCentre(pair.b);
  },
  40_000,
);

test('a centre that cannot compare is no reason to stop the exchange, and is asked again an hour later', async () => {
  await pair.query('drop function clinichub.verify(text, uuid, uuid, integer, integer)');
  const logged: string[] = [];
  const failures = () => logged.filter((event) => event === 'sync-check-failed').length;
  let now = 0;
  await pair.b.online({
    timers: fastTimers(100),
    log: (event) => logged.push(event),
    elapsed: () => now,
  });
  await pair.b.until(() => failures() === 1);
  now += 59 * 60 * 1000;
  await pause(1000);
  expect(failures()).toBe(1);
  now += 60 * 1000;
  await pair.b.until(() => failures() === 2);
  const id = randomUUID();
  pair.a.local.store.mutate(header, (write) => write.insert('patient', somePatient({ id, mrn: 'NEW' })));
  await pair.a.settled();
  await pair.b.settled();
  await sameAsCentre(pair.b);
});

test('whatever is damaged in whatever table, one pass puts everything right', async () => {
  await many(60);
  const { patient, practitioner, location } = pair;
  pair.a.local.store.mutate(header, (write) => {
    for (let hour = 8; hour < 18; hour += 1) {
      const at = `2026-12-01T${String(hour).padStart(2, '0')}`;
      write.insert(
        'appointment',
        someAppointment({
          patient_id: patient.id,
          practitioner_id: practitioner.id,
          location_id: location.id,
          start_at: `${at}:00:00.000Z`,
          end_at: `${at}:15:00.000Z`,
        }),
      );
    }
  });
  await pair.a.settled();
  await pair.b.settled();
  const random = seeded(20261124);
  const { db } = pair.b.local;
  let damaged = 0;
  for (const table of tableNames) {
    const ids = db.prepare(`SELECT id FROM ${table}`).pluck().all() as string[];
    for (const id of ids.filter(() => random() < 0.4)) {
      const nullable = columnsOf(table).filter(([, column]) => column.nullable);
      const [column = 'id'] = nullable[Math.floor(random() * nullable.length)] ?? [];
      const kinds = [
        `DELETE FROM ${table} WHERE id = ?`,
        `UPDATE ${table} SET row_version = row_version + 1 WHERE id = ?`,
        `UPDATE ${table} SET row_version = 0 WHERE id = ?`,
        `UPDATE ${table} SET id = 'stray ' || id WHERE id = ?`,
        ...(column === 'id' ? [] : [`UPDATE ${table} SET ${column} = 'damaged' WHERE id = ?`]),
      ];
      behindItsBack(pair.b, kinds[Math.floor(random() * kinds.length)] ?? '', id);
      damaged += 1;
    }
  }
  expect(damaged).toBeGreaterThan(20);
  await checked(pair.b);
  while (pair.b.local.replica.check.state().held > 0) await checked(pair.b);
  await sameAsCentre(pair.b);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(db.pragma('foreign_key_check')).toEqual([]);
});
