import { afterEach, beforeEach, expect, test } from 'vitest';
import { centralMigrations } from '#migrations/central/migrations.ts';
import { plainVisit } from '#shared/domain/appointments/stage.ts';
import {
  change,
  insertion,
  mutation,
  oldAppointment,
  patient,
  practitioner,
  site,
} from '#tests/support/central-samples.ts';
import { freshDatabase, withClient } from '#tests/support/fresh-centre.ts';
import { connectCentre } from './client.ts';
import { enrolDevice } from './enrol.ts';
import { migrateCentre } from './migrator.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.drop());

const query = <T>(text: string) =>
  withClient(database.url, async (client) => (await client.query(text)).rows as T[]);

const stepsBefore = (name: string) => centralMigrations.filter((step) => step.name < name);

const oldPractitioner = () => {
  const { licence_number: _l, supervisor_id: _s, ...row } = practitioner();
  return row;
};

/** A clinic with a patient and an appointment, as a workstation of that schema pushed them. */
const oldClinic = async () => {
  // A login is handed to a role that a centre of that time had not got.
  await query(`
    do $$ begin create role clinichub_keeper nologin createrole;
    exception when duplicate_object or unique_violation then null; end $$`);
  const { url, login } = await enrolDevice(database.url, { name: 'Desk' });
  const desk = connectCentre(url);
  const [place, doctor] = [site(), oldPractitioner()];
  const { merged_into: _m, language: _l, contact_relation: _c, ...person } = patient();
  const visit = oldAppointment({
    patient_id: person.id,
    practitioner_id: doctor.id,
    location_id: place.id,
    start_at: '2026-12-01T09:00:00.000Z',
    end_at: '2026-12-01T09:30:00.000Z',
  });
  const rows = [
    insertion('location', place),
    insertion('practitioner', doctor),
    insertion('patient', person),
    insertion('appointment', visit),
  ];
  expect(await desk.push([mutation(1, rows)])).toMatchObject([{ status: 'applied' }]);
  await desk.close();
  await query(`update clinichub.patient set city = 'Lyon'`);
  return { person, visit, end: () => query(`drop owned by ${login}; drop role ${login}`) };
};

/** What a step must leave alone: the rows with their versions, the ledger, the order. */
const everything = async () => ({
  patients: await query(
    `select to_jsonb(p) - '{merged_into,language,contact_relation}'::text[] as row from clinichub.patient p`,
  ),
  appointments: await query(
    `select to_jsonb(a) - '{${Object.keys(plainVisit).join(',')}}'::text[] as row from clinichub.appointment a`,
  ),
  ledger: await query(
    'select tbl, pk, op, row_version, patch::text from clinichub.sync_change order by tx, ord',
  ),
  clock: await query('select seq::integer, chain from clinichub.sync_clock'),
});

test.each([
  ['0132_patient_merge', 'select count(*)::integer as n from clinichub.patient where merged_into is null', 1],
  ['0134_policies', `select count(*)::integer as n from pg_proc where proname = 'sync_guard'`, 1],
  ['0136_clinical', 'select count(*)::integer as n from clinichub.composition', 0],
  ['0138_invoice', 'select count(*)::integer as n from clinichub.invoice', 0],
  ['0190_front_desk', 'select count(*)::integer as n from clinichub.appointment where stage is null', 1],
  ['0200_people_and_plans', 'select count(*)::integer as n from clinichub.patient where language is null', 1],
  ['0210_consulting_room', 'select count(*)::integer as n where null::clinichub.json_text is null', 1],
])('%s leaves every row, version and place of the order as they were', async (name, added, count) => {
  await migrateCentre(database.url, stepsBefore(name));
  const { end } = await oldClinic();
  const before = await everything();
  await migrateCentre(database.url, [
    ...stepsBefore(name),
    ...centralMigrations.filter((step) => step.name === name),
  ]);
  expect(await everything()).toEqual(before);
  expect(await query(added)).toEqual([{ n: count }]);
  await end();
});

test('0132 lets patients be merged that were there before it, and their appointments are one person’s', async () => {
  await migrateCentre(database.url, stepsBefore('0132_patient_merge'));
  const { person, visit, end } = await oldClinic();
  await migrateCentre(database.url);
  const other = patient();
  const doctor = practitioner();
  const { url, login } = await enrolDevice(database.url, { name: 'New desk' });
  const desk = connectCentre(url);
  const twice = { ...visit, id: other.id, patient_id: other.id, practitioner_id: doctor.id };
  expect(
    await desk.push([
      mutation(1, [
        insertion('patient', other),
        insertion('practitioner', doctor),
        change('patient', other.id, 0, { merged_into: person.id }),
      ]),
      mutation(2, [insertion('appointment', twice)]),
    ]),
  ).toMatchObject([{ status: 'applied' }, { status: 'needs_review', message: 'patient-busy' }]);
  await desk.close();
  await end();
  await query(`drop owned by ${login}; drop role ${login}`);
});
