import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectCentre } from '#main/data/central/client.ts';
import { insertRow } from '#tests/support/central-population.ts';
import { type FreshCentre, freshCentre } from '#tests/support/fresh-centre.ts';
import { someAppointment, someLocation, somePatient, somePractitioner } from '#tests/support/sync-local.ts';
import { centreRows, type Desk, openDesk, replicaOf } from '#tests/support/two-workstations.ts';

/** Comparing the copy of a workstation that holds its site alone. */
let centre: FreshCentre;
let desk: Desk;
let url: string;
const [north, south] = [someLocation({ name: 'North' }), someLocation({ name: 'South' })];
const mine = Array.from({ length: 8 }, (_, index) =>
  somePatient({ mrn: `N-${index}`, location_id: north.id }),
);
const practitioner = somePractitioner();
/** Of the site's patients, at the other site: they belong to the patients' charts. */
const visits = mine.map((patient, index) =>
  someAppointment({
    patient_id: patient.id,
    practitioner_id: practitioner.id,
    location_id: south.id,
    start_at: `2026-12-01T1${index}:00:00.000Z`,
    end_at: `2026-12-01T1${index}:15:00.000Z`,
  }),
);

beforeEach(async () => {
  centre = await freshCentre();
  for (const site of [north, south]) await insertRow(centre, 'location', site);
  for (const patient of mine) await insertRow(centre, 'patient', patient);
  for (let index = 0; index < 5; index += 1) {
    await insertRow(centre, 'patient', somePatient({ mrn: `S-${index}`, location_id: south.id }));
  }
  await insertRow(centre, 'practitioner', practitioner);
  for (const visit of visits) await insertRow(centre, 'appointment', visit);
  url = await centre.enrol('North');
  await centre.sql(
    `update clinichub.sync_device set scope = 'site', role = 'front-desk', location_id = $1 where name = 'North'`,
    [north.id],
  );
  desk = openDesk('North', url);
});
afterEach(async () => {
  await desk.remove();
  await centre.drop();
});

const checked = async () => {
  const { finishedAt } = desk.local.replica.check.state();
  desk.engine.check();
  await desk.until(({ check }) => check.until !== finishedAt && check.running === null);
  await desk.settled();
};

const sameAsScope = async () => {
  const one = connectCentre(url);
  expect(replicaOf(desk.local)).toEqual(await centreRows(one));
  await one.close();
};

const damage = (id: string) =>
  desk.local.db.prepare(`UPDATE patient SET family = 'Nobody' WHERE id = ?`).run(id);

test('what the site does not see is not missed, and what is wrong is put right', async () => {
  await desk.online();
  await desk.settled();
  await checked();
  expect(desk.engine.status().check.repaired).toBeNull();
  damage(mine[3]?.id ?? '');
  await checked();
  expect(desk.engine.status().check.repaired?.tables).toEqual([{ table: 'patient', rows: 1 }]);
  expect(desk.local.db.prepare('SELECT count(*) FROM patient').pluck().get()).toBe(8);
  await sameAsScope();
});

test('the chart of a patient who leaves the site while rows are fetched does not come back', async () => {
  const leaving = mine[6]?.id ?? '';
  let left = 0;
  await desk.online({
    centre: () => {
      const real = connectCentre(url);
      return {
        ...real,
        // The rows are of a moment that has not come here, and the patient leaves after it.
        verifyRows: async (...range) => {
          if (left > 0) return real.verifyRows(...range);
          await centre.sql(`update clinichub.patient set city = 'Lille' where id = $1`, [mine[0]?.id]);
          const reply = await real.verifyRows(...range);
          await centre.sql('update clinichub.patient set location_id = $1 where id = $2', [
            south.id,
            leaving,
          ]);
          left += 1;
          return reply;
        },
      };
    },
  });
  await desk.settled();
  const { db } = desk.local;
  db.prepare(`UPDATE appointment SET description = 'wrong' WHERE id = ?`).run(visits[2]?.id);
  await checked();
  expect(left).toBe(1);
  expect(db.prepare('SELECT count(*) FROM patient WHERE id = ?').pluck().get(leaving)).toBe(0);
  expect(db.prepare('SELECT count(*) FROM appointment WHERE patient_id = ?').pluck().get(leaving)).toBe(0);
  expect(desk.engine.status().check.repaired?.rows).toBe(1);
  // Nor was it tried: a row of it would have been held for want of its patient.
  expect(desk.local.replica.check.state().held).toBe(0);
  await sameAsScope();
});
