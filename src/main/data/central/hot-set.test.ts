import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  catalogue,
  columnsOf,
  historyTables,
  type SyncedTable,
  type TableName,
  tableNames,
} from '#shared/sync/catalogue.ts';
import { type FreshCentre, freshCentre } from '#tests/support/fresh-centre.ts';
import { pastAppointments } from '#tests/support/past-appointments.ts';
import type { Centre } from './centre.ts';
import { connectCentre } from './client.ts';

const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [site, doctor, patient] = [id(1), id(2), id(3)] as const;

let centre: FreshCentre;
let desk: Centre;
beforeAll(async () => {
  centre = await freshCentre();
  desk = connectCentre(await centre.enrol('Desk'));
  await centre.sql(`insert into clinichub.location (id, kind, name, time_zone, active)
    values ('${site}', 'site', 'Main', 'UTC', true)`);
  await centre.sql(`insert into clinichub.practitioner (id, family, given, gender, speciality, active)
    values ('${doctor}', 'Okafor', 'Chidi', 'male', 'General', true)`);
  await centre.sql(`insert into clinichub.patient (id, mrn, family, given, gender, birth_date_estimated, created_at)
    values ('${patient}', 'M-1', 'Mercier', 'Zoe', 'female', false, now())`);
  await pastAppointments(centre.url, { patient, practitioner: doctor, location: site, count: 40 });
});
afterAll(async () => {
  await desk.close();
  await centre.drop();
});

/** An appointment that ends `when`, an interval from now. */
const appointment = (n: number, when: string, more: Readonly<Record<string, string>> = {}) => {
  const values = { status: "'fulfilled'", needs_rebooking: 'false', ...more };
  return centre.sql(`insert into clinichub.appointment (id, patient_id, practitioner_id, location_id, status, participant_status,
      start_at, end_at, start_local, time_zone, overbooked, needs_rebooking, created_at)
    values ('${id(n)}', '${patient}', '${doctor}', '${site}', ${values.status}, 'accepted',
      now() + interval '${when}' - interval '15 minutes', now() + interval '${when}', '2026-01-01T08:00', 'UTC', true,
      ${values.needs_rebooking}, now())`);
};

const idsOf = (lines: readonly string[]) => lines.map((line) => (JSON.parse(line) as unknown[])[1]);

test('the tables the catalogue says arrive later are the ones the centre has a condition for', async () => {
  const live = await centre.sql<{ tbl: TableName; hot: string | null }>(
    'select tbl, hot from clinichub.sync_table order by place',
  );
  const arrival = (table: TableName) => (catalogue[table] as SyncedTable).arrival;
  expect(live.map(({ tbl, hot }) => [tbl, hot === null ? undefined : hot === 'false'])).toEqual(
    tableNames.map((tbl) => [tbl, arrival(tbl) && arrival(tbl) === 'later']),
  );
});

test('no row of the history names another of its own table: pages come by id, and a parent might come later', () => {
  for (const table of historyTables) {
    expect(columnsOf(table).filter(([, { references }]) => references === table)).toEqual([]);
  }
});

test('hot are appointments that are not over or not settled, open tasks and what they name; a page of all has every row', async () => {
  await appointment(11, '-1 day');
  await appointment(12, '3 days');
  await appointment(13, '-40 days', { status: "'proposed'" });
  await appointment(14, '-40 days', { needs_rebooking: 'true', status: "'booked'" });
  await appointment(15, '-40 days', { status: "'cancelled'" });
  await appointment(16, '-40 days', { status: "'cancelled'" });
  for (const [n, status, about] of [
    [21, 'requested', 15],
    [22, 'completed', 16],
  ] as const)
    await centre.sql(`insert into clinichub.task (id, code, status, patient_id, appointment_id, reason, created_at)
      values ('${id(n)}', 'move-refused', '${status}', '${patient}', '${id(about)}', 'room-busy', now())`);
  await centre.sql(`insert into clinichub.audit_event (id, recorded_at, action, event, outcome)
    values ('${id(31)}', now(), 'R', 'patient-open', 'success')`);
  for (const [n, status, how] of [
    [51, 'open', 'null, null'],
    [52, 'settled', `'kept', now()`],
  ] as const)
    await centre.sql(`insert into clinichub.conflict (id, kind, tbl, row_id, reason, attempted, attempted_at, kept, status,
        created_at, resolution, resolved_at)
      values ('${id(n)}', 'field', 'patient', '${patient}', 'changed-elsewhere', '{}', now(), '{}', '${status}', now(), ${how})`);

  expect(idsOf(await desk.bootPage('conflict', null, 100, 'hot'))).toEqual([id(51)]);
  expect(idsOf(await desk.bootPage('appointment', null, 100, 'hot'))).toEqual([11, 12, 13, 14, 15].map(id));
  expect(idsOf(await desk.bootPage('appointment', id(12), 2, 'hot'))).toEqual([id(13), id(14)]);
  expect(await desk.bootPage('appointment', null, 100)).toHaveLength(46);
  expect(idsOf(await desk.bootPage('task', null, 100, 'hot'))).toEqual([id(21)]);
  expect(idsOf(await desk.bootPage('task', null, 100))).toEqual([id(21), id(22)]);
  expect(await desk.bootPage('audit_event', null, 100, 'hot')).toEqual([]);
  expect(idsOf(await desk.bootPage('patient', null, 100, 'hot'))).toEqual([patient]);
  const hot = await desk.estimate('hot');
  expect([hot.get('appointment'), hot.get('task'), hot.get('audit_event'), hot.get('patient')]).toEqual([
    5, 1, 0, 1,
  ]);
  expect((await desk.estimate()).get('appointment')).toBe(46);
});

test('rows are had by their ids, those that are not there are left out', async () => {
  const [line] = await desk.bootPage('patient', null, 1);
  expect(await desk.bootRows('patient', [patient, id(99)])).toEqual([line]);
  await expect(desk.bootRows('sync_device' as TableName, [])).rejects.toMatchObject({ sqlstate: 'CH102' });
});

test('neither pages nor rows reach beyond a site’s patients or a role’s tables', async () => {
  const [other, foreign] = [id(41), id(43)];
  await centre.sql(`insert into clinichub.location (id, kind, name, time_zone, active)
    values ('${other}', 'site', 'Other', 'UTC', true)`);
  await centre.sql(`insert into clinichub.patient (id, mrn, family, given, gender, birth_date_estimated, created_at, location_id)
    values ('${foreign}', 'M-2', 'Roy', 'Ana', 'female', false, now(), '${other}')`);
  const { url, login } = await centre.enrolment('Front desk', 'Main');
  await centre.sql(
    `update clinichub.sync_device set scope = 'site', role = 'front-desk', location_id = '${site}' where login = $1`,
    [login],
  );
  const front = connectCentre(url);
  expect(idsOf(await front.bootRows('patient', [patient, foreign]))).not.toContain(foreign);
  expect(idsOf(await front.bootPage('patient', null, 10, 'hot'))).not.toContain(foreign);
  expect(idsOf(await front.bootPage('appointment', null, 100, 'hot'))).toContain(id(12));
  expect(await front.bootRows('audit_event', [id(31)])).toEqual([]);
  expect(idsOf(await desk.bootRows('patient', [foreign]))).toEqual([foreign]);
  await front.close();
});

test('a condition that does not fit its table is refused when it is defined', async () => {
  await expect(centre.sql(`select clinichub.sync_hot('patient', 'nonsense = 1')`)).rejects.toThrow(
    'nonsense',
  );
  await expect(centre.sql(`select clinichub.sync_hot('schema_migration', 'true')`)).rejects.toThrow(
    'not a synced table',
  );
});
