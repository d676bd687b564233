import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  appointment,
  change,
  insertion,
  mutation,
  patient,
  practitioner,
  site,
} from '#tests/support/central-samples.ts';
import { type FreshCentre, freshCentre } from '#tests/support/fresh-centre.ts';
import type { SentMutation } from './centre.ts';
import { connectCentre } from './client.ts';

let together: FreshCentre;
let apart: FreshCentre;

beforeEach(async () => {
  together = await freshCentre();
  apart = await freshCentre();
});

afterEach(async () => {
  await together.drop();
  await apart.drop();
});

/** What push leaves behind, without what differs from one centre to the next by nature (transactions, their times, and so the task and the conflict the centre writes). */
const traces = async (centre: FreshCentre) => ({
  ledger: await centre.sql(`select tbl, pk, op, scope_old, scope_new, row_version, mutation,
      case when tbl not in ('task', 'conflict') then patch::text end as patch
    from clinichub.sync_change order by tx, ord`),
  mutations: await centre.sql(`select n, hash, kind, user_id, status, sqlstate, message, payload
    from clinichub.sync_mutation order by n`),
  conflicts: await centre.sql(
    'select id, kind, tbl, row_id, attempted, attempted_at, kept, reason, status from clinichub.conflict order by id',
  ),
  versions: await centre.sql(`select id, row_version, field_versions from clinichub.patient
    union all select id, row_version, field_versions from clinichub.appointment order by id`),
  last: await centre.sql('select last_n from clinichub.sync_device'),
});

/** Pushes in one call at one centre and one by one at another; everything must come out the same. Says whether the one call took one subtransaction. */
const compare = async (mutations: readonly SentMutation[]) => {
  const one = connectCentre(await together.enrol('Desk'));
  const other = connectCentre(await apart.enrol('Desk'));
  try {
    const verdicts = await one.push(mutations);
    const each = [];
    for (const single of mutations) each.push(...(await other.push([single])));
    expect(verdicts).toEqual(each);
    const left = await traces(together);
    expect(left).toEqual(await traces(apart));
    const [writers] = await together.sql<{ n: number }>(
      'select count(distinct xmin::text)::integer as n from clinichub.sync_change',
    );
    return {
      verdicts: verdicts.map(({ status }) => status),
      ledger: left.ledger.length,
      writers: writers?.n,
    };
  } finally {
    await one.close();
    await other.close();
  }
};

const north = site();
const claire = practitioner();
const zoe = patient();
const booked = (start: string, end: string) =>
  appointment({
    patient_id: zoe.id,
    practitioner_id: claire.id,
    location_id: north.id,
    start_at: `2026-11-24T${start}:00.000Z`,
    end_at: `2026-11-24T${end}:00.000Z`,
  });

test('mutations that only insert are applied together and leave the same as one by one', async () => {
  const user = practitioner().id;
  expect(
    await compare([
      mutation(1, [insertion('location', north), insertion('practitioner', claire)], { user }),
      mutation(2, [insertion('patient', zoe)]),
      mutation(3, [insertion('appointment', booked('09:00', '09:30')), insertion('patient', patient())]),
      mutation(4, [], { kind: 'held' }),
      mutation(5, [insertion('patient', patient()), insertion('appointment', booked('10:00', '10:30'))]),
    ]),
  ).toEqual({ verdicts: Array(5).fill('applied'), ledger: 7, writers: 1 });
});

test('when any is refused, loses its slot or updates, each is settled on its own', async () => {
  const twice = patient();
  const rows = [
    mutation(1, [insertion('location', north), insertion('practitioner', claire)]),
    mutation(2, [insertion('patient', zoe), insertion('patient', twice)]),
    mutation(3, [insertion('appointment', booked('09:00', '09:30'))]),
  ];
  const refused = await compare([
    ...rows,
    mutation(4, [insertion('patient', { ...patient(), mrn: twice.mrn })]),
  ]);
  expect(refused.verdicts).toEqual(['applied', 'applied', 'applied', 'rejected']);
});

test('a slot taken by another insert of the same call is found', async () => {
  const { verdicts } = await compare([
    mutation(1, [insertion('location', north), insertion('practitioner', claire), insertion('patient', zoe)]),
    mutation(2, [insertion('appointment', booked('09:00', '09:30'))]),
    mutation(3, [insertion('appointment', booked('09:15', '09:45'))]),
  ]);
  expect(verdicts).toEqual(['applied', 'applied', 'needs_review']);
});

test('a row that names one of a later mutation is refused, however they came', async () => {
  const { verdicts } = await compare([
    mutation(1, [insertion('patient', patient({ location_id: north.id }))]),
    mutation(2, [insertion('location', north)]),
  ]);
  expect(verdicts).toEqual(['rejected', 'applied']);
});

test('an update among them, an unknown column, table or hash are judged as always', async () => {
  const { verdicts } = await compare([
    mutation(1, [insertion('patient', zoe)]),
    mutation(2, [change('patient', zoe.id, 0, { phone: '01 23' })]),
    mutation(3, [insertion('patient', { ...patient(), row_version: 7 })]),
    mutation(4, [insertion('nonsense', patient())]),
    { ...mutation(5, [insertion('patient', patient())]), hash: '0'.repeat(64) },
  ]);
  expect(verdicts).toEqual(['applied', 'applied', 'rejected', 'rejected', 'rejected']);
});

test('an unknown column alone is enough to look at each', async () => {
  const { verdicts } = await compare([
    mutation(1, [insertion('patient', zoe)]),
    mutation(2, [insertion('patient', { ...patient(), row_version: 7 })]),
  ]);
  expect(verdicts).toEqual(['applied', 'rejected']);
});

test('rows written in one statement by hand are captured in their order', async () => {
  await together.sql(`insert into clinichub.patient (id, mrn, family, given, gender, birth_date_estimated, created_at)
    select gen_random_uuid(), lpad(i::text, 4, '0'), 'F', 'G', 'other', false, now() from generate_series(1, 300) i`);
  const mrns = await together.sql<{ mrn: string }>(
    `select patch ->> 'mrn' as mrn from clinichub.sync_change order by tx, ord`,
  );
  expect(mrns.map(({ mrn }) => mrn)).toEqual(
    Array.from({ length: 300 }, (_, i) => String(i + 1).padStart(4, '0')),
  );
});

test('an INSERT of no rows leaves no trace', async () => {
  await together.sql(`insert into clinichub.practitioner select * from clinichub.practitioner`);
  expect(await together.sql('select tx from clinichub.sync_tx')).toEqual([]);
});

test('a forged run of a person at the centre hides no row', async () => {
  await together.sql(`with forged as materialized (select set_config('clinichub.run', '[]', true))
    insert into clinichub.location (id, kind, name, time_zone, active)
    select gen_random_uuid(), 'site', 'North', 'UTC', true from forged`);
  expect(await together.sql('select op from clinichub.sync_change')).toEqual([{ op: 'insert' }]);
});
