import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import type { AbsenceChoice, AbsenceDetails } from '#shared/contract/absence.ts';
import { resolveWallTime } from '#shared/domain/appointments/wall-time.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { AppointmentId, PractitionerId } from '#shared/kernel/ids.ts';
import {
  type Clinic,
  habimana,
  mugabo,
  mutesi,
  openClinic,
  room,
  site,
  uwase,
} from '#tests/support/core-clinic.ts';
import { someAppointment, somePatient } from '#tests/support/sync-local.ts';

let clinic: Clinic;
let desk: Connection;
beforeEach(async () => {
  clinic = openClinic();
  desk = await clinic.signedIn('reception');
});
afterEach(() => clinic.close());

const tuesday = '2026-11-24';
const sick: AbsenceDetails = {
  practitionerId: uwase.id as PractitionerId,
  startDate: tuesday,
  endDate: tuesday,
  startTime: null,
  endTime: null,
  name: 'Flu',
};

const at = (wall: string) => {
  const found = resolveWallTime(wall, 'Africa/Kigali');
  if (!found.ok) throw new Error(wall);
  return found.value;
};

type Row = ReturnType<typeof someAppointment>;
const book = (doctor: string, patient: string, wall: string, minutes = 30, more: Partial<Row> = {}) => {
  const start = at(wall);
  const row = someAppointment({
    patient_id: patient,
    practitioner_id: doctor,
    location_id: site.id,
    room_id: doctor === uwase.id ? room.id : null,
    start_at: instant(start),
    end_at: instant(start + minutes * 60_000),
    start_local: wall,
    time_zone: 'Africa/Kigali',
    ...more,
  });
  clinic.temporary.local.store.mutate({ kind: 'seed', user: null }, (writer) =>
    writer.insert('appointment', row),
  );
  return row.id as AppointmentId;
};
const others = (count: number) => {
  const rows = Array.from({ length: count }, (_, n) => somePatient({ mrn: `N-${n}`, family: `Nobody ${n}` }));
  clinic.temporary.local.store.mutate({ kind: 'seed', user: null }, (writer) => {
    for (const row of rows) writer.insert('patient', row);
  });
  return rows.map((row) => row.id);
};
const plan = (choices: AbsenceChoice[] = [], absence = sick) =>
  clinic.get('absence.plan', { absence, choices }, desk);
const shown = (visits: Awaited<ReturnType<typeof plan>>['visits']) =>
  visits.map(({ slot }) => slot && [slot.practitionerName, slot.startLocal]);
const row = (id: string) =>
  clinic.temporary.local.db.prepare('SELECT * FROM appointment WHERE id = ?').get(id) as Row;
const count = (sql: string) => clinic.temporary.local.db.prepare(sql).pluck().get();
const applied = async (choices: AbsenceChoice[]) =>
  clinic.get('absence.apply', { absence: sick, choices }, desk);

it('a colleague at the same hour comes first, then who is free later; nobody is asked to come sooner', async () => {
  book(uwase.id, habimana.id, `${tuesday}T10:00`);
  book(uwase.id, mutesi.id, `${tuesday}T15:30`);
  const [third = ''] = others(1);
  book(mugabo.id, third, `${tuesday}T15:30`);
  const { visits, more } = await plan();
  expect(shown(visits)).toEqual([
    ['Dr Eric Mugabo', `${tuesday}T10:00`],
    ['Dr Aline Uwase', '2026-11-25T08:00'],
  ]);
  expect(more).toBe(0);
});

it('a morning’s absence leaves the afternoon, with the doctor herself where no colleague is free sooner', async () => {
  book(uwase.id, habimana.id, `${tuesday}T10:00`);
  const [third = ''] = others(1);
  book(mugabo.id, third, `${tuesday}T08:00`, 480);
  const { visits } = await plan([], { ...sick, startTime: '08:00', endTime: '12:00' });
  expect(shown(visits)).toEqual([['Dr Aline Uwase', `${tuesday}T12:00`]]);
});

it('a whole day’s visits get times of their own, whatever is chosen for one of them; rooms, buffers and numbers a day hold', async () => {
  clinic.temporary.local.store.mutate({ kind: 'seed', user: null }, (writer) =>
    writer.insert('visit_type', {
      id: '01900000-0000-7000-8000-f00000000001',
      name: 'Procedure',
      minutes: 30,
      buffer_before: 0,
      buffer_after: 15,
      colour: null,
      daily_cap: 3,
      staff_only: 0,
      needs_room: 0,
      active: 1,
      lead_minutes: null,
      horizon_days: null,
    }),
  );
  const people = others(16);
  people.forEach((patient, n) => {
    const visit_type_id = n % 2 === 0 ? '01900000-0000-7000-8000-f00000000001' : null;
    const wall = `${tuesday}T${String(8 + Math.floor(n / 2)).padStart(2, '0')}:${n % 2 === 0 ? '00' : '30'}`;
    book(uwase.id, patient, wall, 30, { visit_type_id });
  });
  const { visits } = await plan();
  expect(visits).toHaveLength(16);
  const [first] = visits;
  if (!first?.slot) throw new Error('nothing is free');
  const choices = visits.map(({ choice }) => choice);
  const slots = await clinic.get('absence.slots', { absence: sick, choices, id: first.appointment.id }, desk);
  expect(slots[0]).toEqual(first.slot);
  expect(slots).toHaveLength(5);
  const other = slots[4];
  if (other === undefined) throw new Error('there is no other time');
  const again = await plan([
    {
      kind: 'move',
      id: first.appointment.id,
      practitionerId: other.practitionerId,
      startLocal: other.startLocal,
    },
    ...choices.slice(1),
  ]);
  expect(again.visits[0]?.slot).toEqual(other);
  expect(again.visits.slice(1)).toEqual(visits.slice(1));
  // The rules that check every booking take all of them together.
  const done = await applied(again.visits.map(({ choice }) => choice));
  expect(done).toMatchObject({ moved: 16, cancelled: 0, outcome: 'provisional' });
  expect(
    count(`SELECT max(n) FROM (SELECT count(*) AS n FROM appointment WHERE visit_type_id IS NOT NULL
      GROUP BY practitioner_id, substr(start_local, 1, 10))`),
  ).toBeLessThanOrEqual(3);
});

it('everything is one mutation: the leave, the moves and who is to be told', async () => {
  const moved = book(uwase.id, habimana.id, `${tuesday}T10:00`);
  const [third = ''] = others(1);
  const cancelled = book(uwase.id, mutesi.id, `${tuesday}T11:00`);
  const left = book(uwase.id, third, `${tuesday}T12:00`);
  const before = count('SELECT count(*) FROM outbox');
  const { visits } = await plan();
  const [first] = visits;
  if (first === undefined) throw new Error('nobody is affected');
  const done = await applied([
    first.choice,
    { kind: 'cancel', id: cancelled, reason: 'Doctor ill' },
    { kind: 'leave', id: left },
  ]);
  expect(done).toMatchObject({ moved: 1, cancelled: 1 });
  expect(Number(count('SELECT count(*) FROM outbox')) - Number(before)).toBe(1);
  expect(row(moved)).toMatchObject({
    practitioner_id: mugabo.id,
    status: 'booked',
    start_local: `${tuesday}T10:00`,
    patient_status: 'needs-action',
    previous_start_at: instant(at(`${tuesday}T10:00`)),
  });
  expect(row(cancelled)).toMatchObject({
    status: 'cancelled',
    cancel_reason: 'Doctor ill',
    patient_status: 'needs-action',
  });
  expect(row(left)).toMatchObject({ practitioner_id: uwase.id, status: 'booked', patient_status: null });
  const worklist = await clinic.get('scheduling.affected', { id: done.id }, desk);
  expect(worklist.map(({ id }) => id)).toEqual([left]);
  expect(count(`SELECT count(*) FROM task WHERE code = 'call-patient' AND status = 'requested'`)).toBe(2);
  // They are no work of the inbox.
  expect((await clinic.get('sync.status', {}, desk)).tasks).toBe(0);
  expect(await clinic.get('absence.known', {}, desk)).toMatchObject([
    { id: done.id, practitionerName: 'Dr Aline Uwase', changed: 2 },
  ]);
});

it('when one chosen time is taken meanwhile nothing is written, and the plan finds another for that one alone', async () => {
  const one = book(uwase.id, habimana.id, `${tuesday}T10:00`);
  book(uwase.id, mutesi.id, `${tuesday}T11:00`);
  const { visits } = await plan();
  const [third = ''] = others(1);
  book(mugabo.id, third, `${tuesday}T10:00`);
  const choices = visits.map(({ choice }) => choice);
  expect(await clinic.ask('absence.apply', { absence: sick, choices }, desk)).toEqual({
    ok: false,
    error: { code: 'changed-meanwhile', fields: { [one]: 'slot-taken' } },
  });
  expect(count('SELECT count(*) FROM schedule_exception')).toBe(0);
  expect(count('SELECT count(*) FROM task')).toBe(0);
  expect(row(one)).toMatchObject({ practitioner_id: uwase.id, patient_status: null });
  const again = await plan(choices);
  expect(again.visits.map(({ lost }) => lost)).toEqual([true, false]);
  expect(shown(again.visits)).toEqual([
    ['Dr Eric Mugabo', `${tuesday}T10:30`],
    ['Dr Eric Mugabo', `${tuesday}T11:00`],
  ]);
});

it('taken back after a restart, everything is where it was, and who is told or moved since stays and is named', async () => {
  const people = others(5);
  const fever = { overbooked: 1, overbook_reason: 'Fever "high"' } as const;
  const beside = book(uwase.id, people[3] ?? '', `${tuesday}T09:00`, 30, fever);
  const [first, told, gone] = [0, 1, 2].map((n) =>
    book(uwase.id, people[n] ?? '', `${tuesday}T${String(9 + n).padStart(2, '0')}:00`),
  );
  if (first === undefined || told === undefined || gone === undefined) throw new Error('three are three');
  // Put back before and after the one they are beside.
  const alsoBeside = book(uwase.id, people[4] ?? '', `${tuesday}T09:00`, 30, fever);
  const ids = [first, told, gone, beside, alsoBeside];
  const before = ids.map(row);
  const { visits } = await plan();
  const { id } = await applied(visits.map(({ choice }) => choice));
  clinic.temporary.local.store.mutate({ kind: 'seed', user: null }, (writer) => {
    writer.update('appointment', told, { patient_status: 'accepted' });
    writer.update('appointment', gone, { status: 'arrived' });
  });
  // A second core on the same database: nothing of the first one's memory.
  const later = openClinic({ store: clinic.temporary.local.store, empty: true });
  const other = await later.signedIn('reception');
  const done = await later.get('absence.takeBack', { id }, other);
  expect(done.restored).toBe(3);
  expect(done.stays.map(({ appointment, because }) => [appointment.id, because])).toEqual([
    [told, 'told'],
    [gone, 'changed'],
  ]);
  expect(await later.get('absence.known', {}, other)).toEqual([]);
  expect(await later.ask('absence.takeBack', { id }, other)).toMatchObject({ error: { code: 'not-found' } });
  await later.close();
  for (const [n, one] of [
    [0, first],
    [3, beside],
    [4, alsoBeside],
  ] as const) {
    const { row_version: _, ...now } = row(one) as Row & { row_version: number };
    expect(before[n]).toMatchObject(now);
  }
  expect(count(`SELECT count(*) FROM task WHERE code = 'call-patient' AND status = 'requested'`)).toBe(2);
});

it('of two absences entered in one instant each is taken back by itself', async () => {
  const mine = book(uwase.id, habimana.id, `${tuesday}T10:00`);
  const wednesday = '2026-11-25';
  const other = {
    ...sick,
    practitionerId: mugabo.id as PractitionerId,
    startDate: wednesday,
    endDate: wednesday,
  };
  const theirs = book(mugabo.id, mutesi.id, `${wednesday}T10:00`);
  const { id } = await applied((await plan()).visits.map(({ choice }) => choice));
  const choices = (await plan([], other)).visits.map(({ choice }) => choice);
  await clinic.get('absence.apply', { absence: other, choices }, desk);
  expect(await clinic.get('absence.takeBack', { id }, desk)).toEqual({ restored: 1, stays: [] });
  expect(row(mine)).toMatchObject({ practitioner_id: uwase.id, patient_status: null });
  expect(row(theirs)).toMatchObject({ practitioner_id: uwase.id, patient_status: 'needs-action' });
});

it('what was given to somebody else since cannot be had back', async () => {
  const one = book(uwase.id, habimana.id, `${tuesday}T10:00`);
  const { visits } = await plan();
  const { id } = await applied(visits.map(({ choice }) => choice));
  await clinic.get(
    'scheduling.addException',
    { ...sick, kind: 'leave', locationId: null, name: 'Still ill' },
    desk,
  );
  const done = await clinic.get('absence.takeBack', { id }, desk);
  expect(done).toMatchObject({ restored: 0, stays: [{ appointment: { id: one }, because: 'on-leave' }] });
  expect(row(one)).toMatchObject({ practitioner_id: mugabo.id, patient_status: 'needs-action' });
});

it('an absence has days in order and a doctor, and is the desk’s and the administrator’s matter', async () => {
  const wrong = { ...sick, endDate: '2026-11-23' };
  expect(await clinic.ask('absence.apply', { absence: wrong, choices: [] }, desk)).toMatchObject({
    error: { code: 'invalid-input', fields: { endDate: 'order' } },
  });
  const doctor = await clinic.signedIn('doctor');
  expect(await clinic.ask('absence.apply', { absence: sick, choices: [] }, doctor)).toMatchObject({
    error: { code: 'not-permitted' },
  });
});
