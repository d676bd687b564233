import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RowOf, TableName } from '#shared/sync/catalogue.ts';
import { someAllergy, someObservation } from '#tests/support/clinical-samples.ts';
import { type FreshCentre, freshCentre } from '#tests/support/fresh-centre.ts';
import { someLocation, somePatient } from '#tests/support/sync-local.ts';
import { type Desk, openDesk } from '#tests/support/two-workstations.ts';

/** A clinic whose northern front desk holds its own site only, and a workstation that holds everything. */
let centre: FreshCentre;
let whole: Desk;
let north: Desk;
const sites = { north: someLocation({ name: 'North' }), south: someLocation({ name: 'South' }) };

beforeEach(async () => {
  centre = await freshCentre();
  whole = openDesk('Whole', await centre.enrol('Whole'));
  north = openDesk('North', await centre.enrol('North'));
  await whole.online();
  await whole.until(({ connection }) => connection === 'live');
  write((writer) => {
    for (const site of Object.values(sites)) writer.insert('location', site);
  });
  await whole.settled();
  await centre.sql(
    `update clinichub.sync_device set scope = 'site', role = 'front-desk', location_id = $1 where name = 'North'`,
    [sites.north.id],
  );
  await north.online();
});
afterEach(async () => {
  for (const desk of [whole, north]) await desk.remove();
  await centre.drop();
});

const write = (work: Parameters<Desk['local']['store']['mutate']>[1], desk = whole) =>
  desk.local.store.mutate({ kind: 'test', user: null }, work);
const settle = async () => {
  for (const desk of [whole, north, whole, north]) await desk.settled();
};
const idsOn = (desk: Desk, table: TableName) =>
  desk.local.db.prepare(`SELECT id FROM ${table} ORDER BY id`).pluck().all();
const patientAt = (site: RowOf<'location'>) => somePatient({ mrn: `T-${v7()}`, location_id: site.id });

/** One person, known in the north and once more in the south, where an allergy is recorded. */
const twice = async () => {
  const [here, there] = [patientAt(sites.north), patientAt(sites.south)];
  const allergy = someAllergy({ patient_id: there.id });
  write((writer) => {
    writer.insert('patient', here);
    writer.insert('patient', there);
    writer.insert('allergy_intolerance', allergy);
    writer.insert('observation', someObservation({ patient_id: there.id }));
  });
  await settle();
  expect(idsOn(north, 'patient')).toEqual([here.id]);
  return { here, there, allergy };
};

test('a record that is merged into one held here comes with its chart, and the two leave together', async () => {
  const { here, there, allergy } = await twice();
  write((writer) => writer.update('patient', there.id, { merged_into: here.id }));
  await settle();
  expect(idsOn(north, 'patient')).toEqual([here.id, there.id].toSorted());
  expect(idsOn(north, 'allergy_intolerance')).toEqual([allergy.id]);
  expect(idsOn(north, 'observation')).toEqual([]);
  write((writer) => writer.update('patient', here.id, { location_id: sites.south.id }));
  await settle();
  expect(idsOn(north, 'patient')).toEqual([]);
  expect(idsOn(north, 'allergy_intolerance')).toEqual([]);
  expect(idsOn(whole, 'patient')).toHaveLength(2);
});

test('a record that is held elsewhere comes with the one it was merged into when that one comes', async () => {
  const { here, there } = await twice();
  const third = patientAt(sites.south);
  write((writer) => {
    writer.insert('patient', third);
    writer.update('patient', there.id, { merged_into: third.id });
  });
  await settle();
  expect(idsOn(north, 'patient')).toEqual([here.id]);
  write((writer) => writer.update('patient', there.id, { location_id: sites.north.id }));
  await settle();
  expect(idsOn(north, 'patient')).toEqual([here.id, there.id, third.id].toSorted());
});

test('merged records that leave while work waits on one of them go when that work is done', async () => {
  const { here, there } = await twice();
  write((writer) => writer.update('patient', there.id, { merged_into: here.id }));
  await settle();
  await north.offline();
  write((writer) => writer.update('patient', there.id, { phone: '+33 6 11 11 11 11' }), north);
  write((writer) => writer.update('patient', here.id, { location_id: sites.south.id }));
  await whole.settled();
  await north.online();
  await settle();
  expect(idsOn(north, 'patient')).toEqual([]);
  expect(north.local.db.pragma('foreign_key_check')).toEqual([]);
  expect(whole.local.db.prepare('SELECT phone FROM patient WHERE id = ?').pluck().get(there.id)).toBe(
    '+33 6 11 11 11 11',
  );
});
