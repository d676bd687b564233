import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { centralMigrations } from '#migrations/central/migrations.ts';
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

const before = centralMigrations.filter(({ name }) => name < '0130');

let database: Awaited<ReturnType<typeof freshDatabase>>;
let logins: string[];
beforeEach(async () => {
  database = await freshDatabase();
  logins = [];
});
afterEach(async () => {
  await database.drop();
});

const query = <T>(text: string) =>
  withClient(database.url, async (client) => (await client.query(text)).rows as T[]);

const desk = async (name: string) => {
  const { url, login } = await enrolDevice(database.url, { name });
  logins.push(login);
  return connectCentre(url);
};

/** A patient as it was before patients could be merged. */
const oldPatient = () => {
  const { merged_into: _m, language: _l, contact_relation: _c, ...row } = patient();
  return row;
};

const oldPractitioner = () => {
  const { licence_number: _l, supervisor_id: _s, ...row } = practitioner();
  return row;
};

/** A clinic of two desks at the schema before 0130, with a field that lost, a decision that lost and a slot that was taken. */
const oldConflicts = async () => {
  const [deskA, deskB] = [await desk('Desk A'), await desk('Desk B')];
  const [place, doctor, zoe, max] = [site(), oldPractitioner(), oldPatient(), oldPatient()];
  const at = { start_at: '2026-12-01T09:00:00.000Z', end_at: '2026-12-01T09:30:00.000Z' };
  const who = { practitioner_id: doctor.id, location_id: place.id };
  const first = oldAppointment({ ...who, ...at, patient_id: zoe.id });
  const second = oldAppointment({ ...who, ...at, patient_id: max.id });
  const [alice, bob] = [randomUUID(), randomUUID()];
  await deskA.push([
    mutation(1, [insertion('location', place), insertion('practitioner', doctor), insertion('patient', zoe)]),
    mutation(2, [insertion('patient', max), insertion('appointment', first)]),
    mutation(3, [change('patient', zoe.id, 1, { birth_date_estimated: 1, deceased_date: '2026-11-01' })], {
      user: alice,
    }),
    mutation(4, [change('appointment', first.id, 1, { status: 'cancelled' })], { user: alice }),
    mutation(5, [change('appointment', first.id, 1, { status: 'booked' })], { user: alice }),
  ]);
  await deskB.push([
    mutation(1, [change('patient', zoe.id, 1, { birth_date_estimated: 0, deceased_date: null })], {
      user: bob,
      at: '2026-11-20T07:30:00.000Z',
    }),
    mutation(2, [change('patient', zoe.id, 1, { deceased_date: '2026-11-02' })], { user: bob }),
    mutation(3, [change('appointment', first.id, 1, { start_at: '2026-12-01T09:10:00.000Z' })], {
      user: bob,
    }),
    mutation(4, [insertion('appointment', second)], { user: bob }),
  ]);
  await deskA.close();
  await deskB.close();
  await query(`update clinichub.sync_conflict set resolved_at = '2026-11-24T08:00:00Z', resolved_by = '${alice}'
    where id = (select max(id) from clinichub.sync_conflict where kind = 'field')`);
  return { alice, bob, zoe, max, first, second };
};

test('0130 moves every conflict a centre holds into the synced table, with its authors, and takes the old one away', async () => {
  await migrateCentre(database.url, before);
  const { alice, bob, zoe, max, first, second } = await oldConflicts();
  const [{ n: held } = { n: 0 }] = await query<{ n: number }>(
    'select count(*)::integer as n from clinichub.sync_conflict',
  );
  expect(held).toBe(4);
  await migrateCentre(database.url);
  const moved = await query(`
    select kind, tbl, row_id, patient_id, reason, attempted::json, attempted_by, attempted_device_name,
      kept::json, kept_by, kept_device_name, status, resolution, resolved_by
    from clinichub.conflict order by created_at, kind`);
  const both = { attempted_by: bob, attempted_device_name: 'Desk B', resolution: null, resolved_by: null };
  const fromA = { kept_by: alice, kept_device_name: 'Desk A', status: 'open' };
  expect(moved).toHaveLength(4);
  expect(moved).toEqual(
    expect.arrayContaining([
      {
        ...both,
        ...fromA,
        kind: 'field',
        tbl: 'patient',
        row_id: zoe.id,
        patient_id: zoe.id,
        reason: 'changed-elsewhere',
        attempted: { birth_date_estimated: 0, deceased_date: null },
        kept: { birth_date_estimated: 1, deceased_date: '2026-11-01' },
      },
      expect.objectContaining({
        attempted: { deceased_date: '2026-11-02' },
        kept: { deceased_date: '2026-11-01' },
      }),
      {
        ...both,
        ...fromA,
        kind: 'field',
        tbl: 'appointment',
        row_id: first.id,
        patient_id: zoe.id,
        reason: 'changed-elsewhere',
        attempted: { start_at: '2026-12-01T09:10:00.000Z' },
        kept: { start_at: '2026-12-01T09:00:00.000Z' },
        status: 'settled',
        resolution: 'kept',
        resolved_by: alice,
      },
      expect.objectContaining({
        kind: 'slot',
        row_id: second.id,
        patient_id: max.id,
        reason: 'practitioner-busy',
        attempted: second,
        attempted_by: bob,
      }),
    ]),
  );
  expect(await query(`select to_regclass('clinichub.sync_conflict') as t`)).toEqual([{ t: null }]);
  expect(
    await query(
      `select attempted_at = '2026-11-20T07:30:00Z' as shown from clinichub.conflict where attempted like '%estimated%'`,
    ),
  ).toEqual([{ shown: true }]);
  await removeLogins();
});

test('0130 puts the moved conflicts into the ledger, so that every desk pulls them', async () => {
  await migrateCentre(database.url, before);
  await oldConflicts();
  const [{ seq } = { seq: 0 }] = await query<{ seq: number }>(
    'select seq::integer from clinichub.sync_clock',
  );
  await migrateCentre(database.url);
  const deskC = await desk('Desk C');
  const { changes } = await deskC.pull(seq, 1000);
  expect(changes.filter(({ tbl, op }) => tbl === 'conflict' && op === 'insert')).toHaveLength(4);
  await deskC.close();
  await removeLogins();
});

const removeLogins = async () => {
  for (const login of logins) await query(`drop owned by ${login}; drop role ${login}`);
};
