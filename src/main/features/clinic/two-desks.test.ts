import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import { practitionerLocationId } from '#shared/domain/clinic/practice.ts';
import { systemClock } from '#shared/kernel/clock.ts';
import { withClient } from '#tests/support/fresh-centre.ts';
import { someAppointment } from '#tests/support/sync-local.ts';
import {
  type Desk,
  expectConverged,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';
import { clinicHandlers } from './service.ts';

let clinic: TwoWorkstations;
beforeEach(async () => {
  clinic = await twoWorkstations();
  await clinic.a.offline();
  await clinic.b.offline();
});
afterEach(() => clinic.end());

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 11);
/** A visit that is to come, in the doctor's room; the centre's own clock decides what that is. */
const visit = () =>
  someAppointment({
    patient_id: clinic.patient.id,
    practitioner_id: clinic.practitioner.id,
    location_id: clinic.location.id,
    start_at: `${inDays(7)}09:00:00.000Z`,
    end_at: `${inDays(7)}09:30:00.000Z`,
    start_local: `${inDays(7)}10:00`,
  });
const book = ({ local }: Desk, row = visit()) => {
  local.store.mutate({ kind: 'appointment.book', user: null }, (writer) => writer.insert('appointment', row));
  return row.id;
};
const change = (
  { local }: Desk,
  table: 'practitioner' | 'location',
  id: string,
  patch: { readonly active: 0 | 1 },
) => local.store.mutate({ kind: `${table}.active`, user: null }, (writer) => writer.update(table, id, patch));
const leaveSite = ({ local }: Desk) => {
  const [practitioner_id, location_id] = [clinic.practitioner.id, clinic.location.id];
  const id = practitionerLocationId(practitioner_id, location_id);
  local.store.mutate({ kind: 'practitioner.update', user: null }, (writer) =>
    writer.insert('practitioner_location', { id, practitioner_id, location_id, active: 0 }),
  );
};
/** One desk reaches the centre after the other. */
const arrive = async (...desks: readonly Desk[]) => {
  for (const desk of desks) {
    await desk.online();
    await desk.settled();
  }
  for (const desk of desks) await desk.settled();
};
const parkedAt = ({ local }: Desk) =>
  local.db.prepare(`SELECT sqlstate FROM outbox WHERE status = 'parked'`).pluck().all();
const tasks = ({ local }: Desk) =>
  local.store.all(localDb.selectFrom('task').select(['code', 'reason', 'appointment_id']));

const leaving = [
  [
    'leaves',
    'practitioner-left',
    (desk: Desk) => change(desk, 'practitioner', clinic.practitioner.id, { active: 0 }),
  ],
  ['leaves the site', 'practitioner-left', leaveSite],
  [
    'is at a site that closes',
    'place-closed',
    (desk: Desk) => change(desk, 'location', clinic.location.id, { active: 0 }),
  ],
] as const;

it.each(leaving)(
  'a doctor %s: who is booked elsewhere after that needs another time, with a task',
  async (_, reason, leave) => {
    const { a, b } = clinic;
    leave(a);
    const id = book(b);
    await arrive(a, b);
    expect([parkedAt(a), parkedAt(b)]).toEqual([[], []]);
    expect(tasks(b)).toEqual([{ code: 'rebook-appointment', reason, appointment_id: id }]);
    expect(
      b.local.store.get(localDb.selectFrom('appointment').select('needs_rebooking').where('id', '=', id)),
    ).toEqual({ needs_rebooking: 1 });
    const [lost] = await clinic.query<{ kept: string; kept_device_name: string }>(
      'select kept, kept_device_name from clinichub.conflict where row_id = $1',
      [id],
    );
    expect(JSON.parse(lost?.kept ?? '')).toMatchObject({ needs_rebooking: 1, taken_by: null });
    expect(lost?.kept_device_name).toBe(a.name);
    await expectConverged(a, b);
  },
);

it.each(leaving)(
  'a doctor %s: when somebody was booked elsewhere before, it is refused',
  async (_, _reason, leave) => {
    const { a, b } = clinic;
    leave(a);
    const id = book(b);
    await arrive(b, a);
    expect([parkedAt(a), parkedAt(b)]).toEqual([['CH107'], []]);
    expect(tasks(a)).toEqual([]);
    expect(
      await clinic.query('select needs_rebooking from clinichub.appointment where id = $1', [id]),
    ).toEqual([{ needs_rebooking: false }]);
  },
);

it('what is over stands, and so does an appointment that is moved away from who left', async () => {
  const { a, b } = clinic;
  const other = randomUUID();
  await clinic.query(
    `insert into clinichub.practitioner (id, family, given, gender, speciality, active)
     values ($1, 'Keza', 'Ange', 'female', 'General practice', true)`,
    [other],
  );
  const past = book(
    b,
    someAppointment({ ...visit(), start_at: '2025-03-03T09:00:00.000Z', end_at: '2025-03-03T09:30:00.000Z' }),
  );
  change(a, 'practitioner', clinic.practitioner.id, { active: 0 });
  const id = book(b);
  await arrive(a, b);
  expect(
    await clinic.query('select needs_rebooking from clinichub.appointment where id = $1', [past]),
  ).toEqual([{ needs_rebooking: false }]);
  b.local.store.mutate({ kind: 'appointment.move', user: null }, (writer) =>
    writer.update('appointment', id, { practitioner_id: other, needs_rebooking: 0 }),
  );
  await b.settled();
  expect(
    await clinic.query('select practitioner_id, needs_rebooking from clinichub.appointment where id = $1', [
      id,
    ]),
  ).toEqual([{ practitioner_id: other, needs_rebooking: false }]);
});

it('a booking and a leaving in the same instant see each other', async () => {
  const row = visit();
  const insert = `insert into clinichub.appointment select (jsonb_populate_record(null::clinichub.appointment, $1)).*`;
  const values = [
    JSON.stringify({ ...row, overbooked: false, needs_rebooking: false, row_version: 1, field_versions: {} }),
  ];
  const leave = 'update clinichub.practitioner set active = false where id = $1';
  await withClient(clinic.centre.url, async (first) => {
    await first.query('begin');
    await first.query(insert, values);
    const second = clinic.query(leave, [clinic.practitioner.id]).catch((error: unknown) => error);
    await clinic.query('select pg_sleep(0.05)');
    await first.query('commit');
    expect(await second).toMatchObject({ code: 'CH107' });
  });
});

/** The services of a desk, as an administrator's. */
const at = ({ local }: Desk) => {
  const deps = {
    store: local.store,
    engine: { wake: () => undefined },
    clock: systemClock,
    newId: randomUUID,
    home: () => ({ name: null, timeZone: 'Europe/Paris', country: 'FR' }),
  } as unknown as FeatureDeps;
  return clinicHandlers(deps);
};
const admin = { id: 'test', user: { id: randomUUID() } } as Connection;

it('two administrators give one doctor specialities and sites apart: all of both is kept', async () => {
  const { a, b } = clinic;
  const edit = async (desk: Desk, more: object) => {
    const handlers = at(desk);
    const listed = await handlers['clinic.practitioners']({}, admin);
    const known = listed.ok && listed.value.find(({ id }) => id === clinic.practitioner.id);
    if (!known) throw new Error('the doctor is there');
    const { active, sites, ...was } = known;
    const reply = await handlers['clinic.changePractitioner']({ ...was, ...more, was }, admin);
    if (!reply.ok) throw new Error(JSON.stringify(reply.error));
  };
  await edit(a, { furtherSpecialities: ['Dermatology', 'Geriatrics'], family: 'Roux' });
  await edit(b, { furtherSpecialities: ['Geriatrics', 'Paediatrics'], siteIds: [clinic.location.id] });
  await arrive(a, b);
  for (const desk of [a, b]) {
    const listed = await at(desk)['clinic.practitioners']({}, admin);
    expect(listed.ok && listed.value.find(({ id }) => id === clinic.practitioner.id)).toMatchObject({
      family: 'Roux',
      furtherSpecialities: ['Dermatology', 'Geriatrics', 'Paediatrics'],
      siteIds: [clinic.location.id],
    });
  }
  expect([parkedAt(a), parkedAt(b)]).toEqual([[], []]);
  await expectConverged(a, b);
});
