import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectCentre } from '#main/data/central/client.ts';
import { localDb } from '#main/data/local/query.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { tableNames } from '#shared/sync/catalogue.ts';
import { type FreshCentre, freshCentre, withClient } from '#tests/support/fresh-centre.ts';
import { seeded } from '#tests/support/sync-faults.ts';
import { someAppointment, someLocation, somePatient, somePractitioner } from '#tests/support/sync-local.ts';
import { centreRows, type Desk, openDesk, replicaOf } from '#tests/support/two-workstations.ts';

/** A clinic of two sites: a workstation at each that holds its site, and one that holds the whole clinic. */
let centre: FreshCentre;
let whole: Desk;
let north: Desk;
let south: Desk;
let urls: Readonly<Record<'whole' | 'north' | 'south', string>>;
const sites = { north: someLocation({ name: 'North' }), south: someLocation({ name: 'South' }) };
const practitioner = somePractitioner();

const narrow = (name: string, role = 'front-desk') =>
  centre.sql(
    `update clinichub.sync_device set scope = 'site', role = $2,
       location_id = (select id from clinichub.location where name = $1) where name = $1`,
    [name, role],
  );

beforeEach(async () => {
  centre = await freshCentre();
  urls = {
    whole: await centre.enrol('Whole'),
    north: await centre.enrol('North'),
    south: await centre.enrol('South'),
  };
  whole = openDesk('Whole', urls.whole);
  north = openDesk('North', urls.north);
  south = openDesk('South', urls.south);
  await whole.online();
  await whole.until(({ connection }) => connection === 'live');
  whole.local.store.mutate({ kind: 'seed', user: null }, (writer) => {
    for (const site of Object.values(sites)) writer.insert('location', site);
    writer.insert('practitioner', practitioner);
  });
  await whole.settled();
  await narrow('North');
  await narrow('South');
  await north.online();
  await south.online();
});
afterEach(async () => {
  for (const desk of [whole, north, south]) await desk.remove();
  await centre.drop();
});

const insertPatient = (desk: Desk, more: Partial<RowOf<'patient'>>) => {
  const row = somePatient({ mrn: `T-${v7()}`, ...more });
  desk.local.store.mutate({ kind: 'patient.register', user: null }, (writer) =>
    writer.insert('patient', row),
  );
  return row;
};
let minute = 0;
const insertAppointment = (desk: Desk, patient: string, site: RowOf<'location'>) => {
  minute += 1;
  const start = new Date(Date.UTC(2026, 10, 24) + minute * 3_600_000);
  const row = someAppointment({
    patient_id: patient,
    practitioner_id: practitioner.id,
    location_id: site.id,
    start_at: start.toISOString(),
    end_at: new Date(start.getTime() + 900_000).toISOString(),
  });
  desk.local.store.mutate({ kind: 'appointment.book', user: null }, (writer) =>
    writer.insert('appointment', row),
  );
  return row;
};
const update = (desk: Desk, id: string, patch: Partial<RowOf<'patient'>>) =>
  desk.local.store.mutate({ kind: 'patient.update', user: null }, (writer) =>
    writer.update('patient', id, patch),
  );

const patientsOf = (desk: Desk) =>
  desk.local.store.all(localDb.selectFrom('patient').select('id').orderBy('id')).map(({ id }) => id);
const has = (desk: Desk, table: 'patient' | 'appointment', id: string) =>
  desk.local.store.get(localDb.selectFrom(table).select('id').where('id', '=', id)) !== undefined;
const settle = async () => {
  for (const desk of [whole, north, south, whole, north, south]) await desk.settled();
};

/** What a site's workstation should hold, told by a query that knows nothing of how scope is kept. */
const expected = async (site: RowOf<'location'>, device: string) => {
  const { url } = centre;
  const ids = await withClient(url, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `select p.id from clinichub.patient p where p.location_id is null or p.location_id = $1
         or exists (select from clinichub.appointment a where a.patient_id = p.id and a.location_id = $1)
         or exists (select from clinichub.sync_member m join clinichub.sync_device d on d.id = m.audience
                    where m.patient = p.id and d.name = $2)`,
      [site.id, device],
    );
    return new Set(rows.map(({ id }) => id));
  });
  const reader = connectCentre(urls.whole);
  const all = await centreRows(reader);
  await reader.close();
  type Row = { readonly id: string; readonly patient_id?: string | null };
  return Object.fromEntries(
    tableNames.map((table) => {
      const rows = (all[table] ?? []) as readonly Row[];
      if (table === 'audit_event') return [table, []];
      const mine = rows.filter((row) => {
        const patient = table === 'patient' ? row.id : row.patient_id;
        return patient == null || ids.has(patient);
      });
      return [table, mine];
    }),
  );
};
const expectInScope = async () => {
  expect(replicaOf(north.local)).toEqual(await expected(sites.north, 'North'));
  expect(replicaOf(south.local)).toEqual(await expected(sites.south, 'South'));
  for (const desk of [north, south]) {
    expect(desk.local.db.pragma('foreign_key_check')).toEqual([]);
    expect(desk.local.db.prepare('SELECT count(*) FROM sync_base').pluck().get(), desk.name).toBe(0);
  }
};

test('a site’s workstation holds its own patients and those of no site, and what belongs to all', async () => {
  const ours = insertPatient(whole, { location_id: sites.north.id });
  const theirs = insertPatient(whole, { location_id: sites.south.id });
  const anybody = insertPatient(whole, {});
  await settle();
  expect(patientsOf(north)).toEqual([ours.id, anybody.id].toSorted());
  expect(patientsOf(south)).toEqual([theirs.id, anybody.id].toSorted());
  await expectInScope();
});

test('an appointment at the site brings the patient’s whole chart; the last one gone, it leaves; and it may come again', async () => {
  const theirs = insertPatient(whole, { location_id: sites.south.id });
  const before = insertAppointment(whole, theirs.id, sites.south);
  await settle();
  expect(has(north, 'patient', theirs.id)).toBe(false);
  const here = insertAppointment(whole, theirs.id, sites.north);
  await settle();
  expect(has(north, 'appointment', before.id)).toBe(true);
  expect(has(north, 'appointment', here.id)).toBe(true);
  update(south, theirs.id, { phone: '+250 788 000 111' });
  await settle();
  await expectInScope();
  whole.local.store.mutate({ kind: 'appointment.move', user: null }, (writer) =>
    writer.update('appointment', here.id, { location_id: sites.south.id }),
  );
  await settle();
  expect(patientsOf(north)).toEqual([]);
  expect(has(whole, 'patient', theirs.id)).toBe(true);
  insertAppointment(whole, theirs.id, sites.north);
  await settle();
  expect(has(north, 'appointment', before.id)).toBe(true);
  await expectInScope();
});

test('a patient of another site, opened here, comes with the whole chart within a second and stays up to date', async () => {
  const theirs = insertPatient(whole, { location_id: sites.south.id });
  for (let k = 0; k < 200; k += 1) insertAppointment(whole, theirs.id, sites.south);
  await settle();
  const from = performance.now();
  expect(await north.engine.openPatient(theirs.id, 5000)).toBe(true);
  expect(has(north, 'patient', theirs.id)).toBe(true);
  expect(performance.now() - from).toBeLessThan(1000);
  expect(replicaOf(north.local).appointment).toHaveLength(200);
  update(south, theirs.id, { city: 'Kigali' });
  await settle();
  await expectInScope();
  expect(await north.engine.openPatient(v7(), 1000)).toBe(false);
});

test('local work on a patient who leaves the scope waits, reaches the centre, and goes with the patient', async () => {
  const theirs = insertPatient(whole, { location_id: sites.south.id });
  const here = insertAppointment(whole, theirs.id, sites.north);
  await settle();
  await north.offline();
  update(north, theirs.id, { city: 'Musanze' });
  await centre.sql('delete from clinichub.appointment where id = $1', [here.id]);
  await north.online();
  await settle();
  expect(patientsOf(north)).toEqual([]);
  expect(await centre.sql('select city from clinichub.patient where id = $1', [theirs.id])).toEqual([
    { city: 'Musanze' },
  ]);
  await expectInScope();
});

test('who has one record of a patient has those merged with it, and they leave together', async () => {
  const one = insertPatient(whole, { location_id: sites.south.id });
  const other = insertPatient(whole, { location_id: sites.south.id });
  const third = insertPatient(whole, { location_id: sites.south.id });
  await settle();
  update(whole, one.id, { merged_into: other.id });
  const here = insertAppointment(whole, one.id, sites.north);
  await settle();
  expect(patientsOf(north)).toEqual([one.id, other.id].toSorted());
  update(whole, other.id, { merged_into: third.id });
  await settle();
  expect(patientsOf(north)).toEqual([one.id, other.id, third.id].toSorted());
  await centre.sql('delete from clinichub.appointment where id = $1', [here.id]);
  await settle();
  expect(patientsOf(north)).toEqual([]);
  for (const desk of [north, south]) expect(desk.local.db.pragma('foreign_key_check')).toEqual([]);
});

test('a workstation whose scope is changed copies anew, also while it is connected', async () => {
  const theirs = insertPatient(whole, { location_id: sites.south.id });
  await settle();
  await centre.sql(`update clinichub.sync_device set scope = 'clinic' where name = 'North'`);
  insertPatient(whole, { location_id: sites.south.id });
  await whole.settled();
  await north.until(() => north.local.store.ready() && has(north, 'patient', theirs.id));
  await centre.sql(`update clinichub.sync_device set scope = 'site' where name = 'North'`);
  insertPatient(whole, {});
  await whole.settled();
  await north.until(() => north.local.store.ready() && !has(north, 'patient', theirs.id));
  await settle();
  await expectInScope();
});

test('nothing outside its scope can be had with a workstation’s login', async () => {
  const secret = insertPatient(whole, {
    location_id: sites.south.id,
    family: 'Canary',
    phone: '+250 788 999 999',
  });
  const visit = insertAppointment(whole, secret.id, sites.south);
  update(whole, secret.id, { city: 'Canaryville' });
  whole.local.store.mutate({ kind: 'session', user: null }, (writer) =>
    writer.insert('audit_event', {
      id: v7(),
      recorded_at: '2026-11-24T08:00:00.000Z',
      action: 'R',
      event: 'patient.open',
      account_id: null,
      entity_table: 'patient',
      entity_id: secret.id,
      outcome: 'success',
      detail: null,
    }),
  );
  await settle();
  const seen: string[] = [];
  await withClient(urls.north, async (client) => {
    const note = async (text: string, values: readonly unknown[] = []) => {
      try {
        seen.push(JSON.stringify((await client.query(text, [...values])).rows));
      } catch (error) {
        seen.push(String(error));
      }
    };
    for (const table of tableNames) await note(`select clinichub.boot_page('${table}', null, 20000)`);
    const { rows } = await client.query<{ head: string }>(
      `select clinichub.hello('{"schema": 2, "cursor": 0, "scope": "clinic/whole"}') ->> 'head' as head`,
    );
    for (let cursor = 0; cursor < Number(rows[0]?.head); cursor += 1) {
      await note('select clinichub.pull($1, 20000)', [cursor]);
    }
    for (const table of tableNames) {
      await note(`select clinichub.boot_rows('${table}', $1)`, [[secret.id, visit.id]]);
      await note(`select clinichub.verify_rows('${table}', null, null)`);
      await note(`select clinichub.verify('${table}', null, null, 1, 20000)`);
    }
    await note('select clinichub.estimate()');
    await note(`select clinichub.find_patients('{"name": "Canary"}')`);
    await note(`select clinichub.find_patients('{"name": "%", "birth_date": "1987-04-12"}')`);
    await note(`select clinichub.pull(0, 100)`);
    for (const table of [...tableNames, 'sync_change', 'sync_mutation', 'sync_member'])
      await note(`select * from clinichub.${table}`);
  });
  const text = seen.join('\n');
  expect(text).toContain('North');
  for (const canary of ['Canary', '999 999', visit.id, secret.id, 'patient.open'])
    expect(text, canary).not.toContain(canary);
});

test('the whole clinic can be asked for one patient, and the centre notes who asked', async () => {
  const theirs = insertPatient(whole, {
    location_id: sites.south.id,
    mrn: 'RUH-K3M7QF-T',
    family: 'Mukamana',
    given: 'Zoé',
    birth_date: '1990-02-03',
  });
  await settle();
  const user = v7();
  const question = { mrn: null, birth_date: null, name: null, user };
  const found = [{ id: theirs.id, mrn: 'RUH-K3M7QF-T', given: 'Zoé', site: 'South' }];
  const { engine } = north;
  expect(await engine.findPatients({ ...question, mrn: 'ruh-k3m7qf-t' })).toMatchObject(found);
  expect(await engine.findPatients({ ...question, birth_date: '1990-02-03', name: 'zoe' })).toMatchObject(
    found,
  );
  expect(await engine.findPatients({ ...question, birth_date: '1990-02-03', name: 'xy' })).toEqual([]);
  await expect(engine.findPatients({ ...question, name: 'Mukamana' })).rejects.toMatchObject({
    sqlstate: '22023',
  });
  expect(
    await centre.sql(
      `select count(*)::integer as n from clinichub.audit_event
       where event = 'patient.find-everywhere' and account_id = $1`,
      [user],
    ),
  ).toEqual([{ n: 3 }]);
});

test('of many who fit, twenty are named', async () => {
  await centre.sql(`insert into clinichub.patient (id, mrn, family, given, gender, birth_date, birth_date_estimated, created_at)
    select gen_random_uuid(), 'X-' || i, 'Uwimana', 'Given', 'female', '1990-02-03', false, now() from generate_series(1, 25) i`);
  const found = await north.engine.findPatients({
    mrn: null,
    birth_date: '1990-02-03',
    name: 'uw',
    user: v7(),
  });
  expect(found).toHaveLength(20);
});

test('a patient who comes into a scope while others write the chart misses none of it', async () => {
  const theirs = insertPatient(whole, { location_id: sites.south.id });
  await settle();
  for (let round = 0; round < 8; round += 1) {
    const city = `Round ${round}`;
    const slow = withClient(centre.url, async (client) => {
      await client.query('begin');
      await client.query('update clinichub.patient set city = $2 where id = $1', [theirs.id, city]);
      await new Promise((resolve) => setTimeout(resolve, round * 6));
      await client.query('commit');
    });
    await north.engine.openPatient(theirs.id, 5000);
    await slow;
    await settle();
    await expectInScope();
    await centre.sql(
      `select clinichub.sync_leave($1, (select id from clinichub.sync_device where name = 'North'))`,
      [theirs.id],
    );
    await settle();
    expect(has(north, 'patient', theirs.id)).toBe(false);
  }
});

test.each([1, 2, 3, 4])(
  'whatever happens, each site ends with what it should hold (seed %i)',
  async (seed) => {
    const random = seeded(seed);
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
    const desks = [whole, north, south];
    const places = [sites.north, sites.south];
    await settle();
    for (let round = 0; round < 6; round += 1) {
      for (let step = 0; step < 8; step += 1) {
        const desk = pick(desks);
        const known = patientsOf(desk);
        const patient = known.length === 0 ? null : pick(known);
        const dice = random();
        if (patient === null || dice < 0.25) {
          insertPatient(desk, { location_id: pick([sites.north.id, sites.south.id, null]) });
        } else if (dice < 0.55) insertAppointment(desk, patient, pick(places));
        else if (dice < 0.7) update(desk, patient, { city: `City ${seed}-${round}-${step}` });
        else if (dice < 0.85)
          update(desk, patient, { location_id: pick([sites.north.id, sites.south.id, null]) });
        else {
          const [row] = desk.local.store.all(
            localDb.selectFrom('appointment').select('id').where('patient_id', '=', patient).limit(1),
          );
          if (row !== undefined)
            desk.local.store.mutate({ kind: 'appointment.move', user: null }, (writer) =>
              writer.update('appointment', row.id, { location_id: pick(places).id }),
            );
        }
        if (random() < 0.1) await pick(desks).offline();
        if (random() < 0.3) {
          const opener = pick([north, south]);
          const everyone = patientsOf(whole);
          if (everyone.length > 0) {
            await opener.online();
            await opener.engine.openPatient(pick(everyone), 500).catch(() => false);
          }
        }
      }
      for (const desk of desks) await desk.online();
      await settle();
      await expectInScope();
    }
  },
);

test('a patient made without a site and given one in the same transaction is there', async () => {
  const patient = somePatient({ mrn: 'TRANSFERRED-1' });
  await withClient(centre.url, async (client) => {
    await client.query('begin');
    await client.query(
      'insert into clinichub.patient select (jsonb_populate_record(null::clinichub.patient, $1)).*',
      [JSON.stringify({ ...patient, row_version: 1, field_versions: {} })],
    );
    await client.query(
      `update clinichub.patient set location_id = (select id from clinichub.location where name = 'North') where id = $1`,
      [patient.id],
    );
    await client.query('commit');
  });
  await north.settled();
  expect(north.local.db.prepare('SELECT id FROM patient WHERE id = ?').pluck().get(patient.id)).toBe(
    patient.id,
  );
});
