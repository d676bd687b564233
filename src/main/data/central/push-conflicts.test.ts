import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RowOf } from '#shared/sync/catalogue.ts';
import type { Cells } from '#shared/sync/wire.ts';
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
import type { Centre } from './centre.ts';
import { connectCentre } from './client.ts';

let centre: FreshCentre;
let deskA: Centre;
let deskB: Centre;

beforeEach(async () => {
  centre = await freshCentre();
  deskA = connectCentre(await centre.enrol('Desk A'));
  deskB = connectCentre(await centre.enrol('Desk B'));
});

afterEach(async () => {
  await deskA.close();
  await deskB.close();
  await centre.drop();
});

const query = <T>(text: string, values: readonly unknown[] = []) => centre.sql<T>(text, values);

const applied = { status: 'applied', sqlstate: null, message: null };

const together = async () => {
  const row = patient();
  await deskA.push([mutation(1, [insertion('patient', row)])]);
  return row;
};

test('different fields of one row merge', async () => {
  const row = await together();
  expect(await deskA.push([mutation(2, [change('patient', row.id, 1, { phone: 'a' })])])).toMatchObject([
    applied,
  ]);
  expect(await deskB.push([mutation(1, [change('patient', row.id, 1, { email: 'b' })])])).toMatchObject([
    applied,
  ]);
  expect(await query('select phone, email, row_version::integer as v from clinichub.patient')).toEqual([
    { phone: 'a', email: 'b', v: 3 },
  ]);
});

test('on the same field the earlier at the centre stays and the later value is kept for review', async () => {
  const row = await together();
  await deskA.push([mutation(2, [change('patient', row.id, 1, { phone: 'a' })])]);
  expect(
    await deskB.push([
      mutation(1, [change('patient', row.id, 1, { phone: 'b', city: 'Lyon' })], { user: row.id }),
    ]),
  ).toEqual([{ n: 1, status: 'merged', sqlstate: null, message: null }]);
  expect(await query('select phone, city from clinichub.patient')).toEqual([{ phone: 'a', city: 'Lyon' }]);
  expect(
    await query(`select kind, tbl, row_id, patient_id, reason, attempted::json, attempted_by, attempted_device_name,
        to_char(attempted_at at time zone 'UTC', 'HH24:MI') as attempted_at, kept::json, kept_by, kept_device_name,
        kept_at = (select at from clinichub.sync_tx where seq = 2) as kept_then, status, resolution
      from clinichub.conflict`),
  ).toEqual([
    {
      kind: 'field',
      tbl: 'patient',
      row_id: row.id,
      patient_id: row.id,
      reason: 'changed-elsewhere',
      attempted: { phone: 'b' },
      attempted_by: row.id,
      attempted_device_name: 'Desk B',
      attempted_at: '08:00',
      kept: { phone: 'a' },
      kept_by: null,
      kept_device_name: 'Desk A',
      kept_then: true,
      status: 'open',
      resolution: null,
    },
  ]);
});

test('the same value from two desks is no conflict, and a desk never conflicts with itself', async () => {
  const row = await together();
  await deskA.push([mutation(2, [change('patient', row.id, 1, { phone: 'a' })])]);
  expect(await deskB.push([mutation(1, [change('patient', row.id, 1, { phone: 'a' })])])).toMatchObject([
    applied,
  ]);
  expect(await deskA.push([mutation(3, [change('patient', row.id, 1, { phone: 'c' })])])).toMatchObject([
    applied,
  ]);
  expect(await query('select phone from clinichub.patient')).toEqual([{ phone: 'c' }]);
});

test('a value set by hand at the centre wins over an older base', async () => {
  const row = await together();
  await query(`update clinichub.patient set phone = 'centre'`);
  expect(await deskB.push([mutation(1, [change('patient', row.id, 1, { phone: 'b' })])])).toMatchObject([
    { status: 'merged' },
  ]);
  expect(await deskB.push([mutation(2, [change('patient', row.id, 2, { phone: 'b' })])])).toMatchObject([
    applied,
  ]);
});

/** A clinic with one doctor, and appointments at the given hour. */
const clinic = async () => {
  const [place, doctor, first, second] = [site(), practitioner(), patient(), patient()];
  await deskA.push([
    mutation(1, [
      insertion('location', place),
      insertion('practitioner', doctor),
      insertion('patient', first),
      insertion('patient', second),
    ]),
  ]);
  const book = (patientId: string, hour: number, more = {}) =>
    appointment({
      patient_id: patientId,
      practitioner_id: doctor.id,
      location_id: place.id,
      start_at: `2026-12-01T${String(hour).padStart(2, '0')}:00:00.000Z`,
      end_at: `2026-12-01T${String(hour).padStart(2, '0')}:30:00.000Z`,
      ...more,
    });
  return { place, doctor, first, second, book };
};

const tasks = () =>
  query<{ code: string; reason: string; owner: string; appointment_id: string }>(`
    select t.code, t.reason, d.name as owner, t.appointment_id from clinichub.task t
    join clinichub.sync_device d on d.id = t.owner_device order by t.created_at, t.code`);

test('of two bookings of one slot the first stands; the second is kept to be rebooked by the desk that made it', async () => {
  const { first, second, book } = await clinic();
  const [winner, loser] = [book(first.id, 9), book(second.id, 9)];
  await deskA.push([mutation(2, [insertion('appointment', winner)])]);
  expect(await deskB.push([mutation(1, [insertion('appointment', loser)]), mutation(2, [])])).toEqual([
    { n: 1, status: 'needs_review', sqlstate: '23P01', message: 'practitioner-busy' },
    { n: 2, ...applied },
  ]);
  expect(
    await query('select id, needs_rebooking from clinichub.appointment order by needs_rebooking'),
  ).toEqual([
    { id: winner.id, needs_rebooking: false },
    { id: loser.id, needs_rebooking: true },
  ]);
  expect(await tasks()).toEqual([
    { code: 'rebook-appointment', reason: 'practitioner-busy', owner: 'Desk B', appointment_id: loser.id },
  ]);
  expect(
    await query(`select kind, row_id, patient_id, reason, attempted::json ->> 'start_local' as tried, kept::json,
      attempted_device_name, kept_device_name from clinichub.conflict`),
  ).toEqual([
    {
      kind: 'slot',
      row_id: loser.id,
      patient_id: second.id,
      reason: 'practitioner-busy',
      tried: loser.start_local,
      kept: { needs_rebooking: 1, taken_by: winner.id },
      attempted_device_name: 'Desk B',
      kept_device_name: 'Desk A',
    },
  ]);
});

test('what a patient asked for and did not get waits on every desk, since nobody sits at the host of the panel', async () => {
  const { first, second, book } = await clinic();
  const own = randomUUID();
  const account: RowOf<'patient_account'> = {
    id: own,
    email: 'zoe@example.org',
    password_hash: 'not a hash',
    display_name: 'Zoé Dupont',
    language: 'fr',
    active: 1,
    verified_at: '2026-11-23T08:00:00.000Z',
    sessions_ended_at: null,
    created_at: '2026-11-23T08:00:00.000Z',
  };
  const [fixed, asked, moving] = [book(first.id, 9), book(second.id, 9), book(second.id, 10)];
  await deskA.push([mutation(2, [insertion('appointment', fixed), insertion('appointment', moving)])]);
  const { start_at, end_at, start_local } = fixed;
  await deskB.push([
    mutation(1, [insertion('patient_account', account)]),
    mutation(2, [insertion('appointment', asked)], { user: own }),
    mutation(3, [change('appointment', moving.id, 1, { start_at, end_at, start_local })], { user: own }),
  ]);
  expect(await query('select code, owner_device from clinichub.task order by code')).toEqual([
    { code: 'move-refused', owner_device: null },
    { code: 'rebook-appointment', owner_device: null },
  ]);
});

test('a move onto a taken slot leaves the appointment where it was, with a task', async () => {
  const { first, second, book } = await clinic();
  const [fixed, moving] = [book(first.id, 9), book(second.id, 10)];
  await deskA.push([mutation(2, [insertion('appointment', fixed), insertion('appointment', moving)])]);
  const { start_at, end_at, start_local } = fixed;
  expect(
    await deskB.push([mutation(1, [change('appointment', moving.id, 1, { start_at, end_at, start_local })])]),
  ).toMatchObject([{ status: 'needs_review', sqlstate: '23P01' }]);
  expect(await tasks()).toMatchObject([{ code: 'move-refused', owner: 'Desk B', appointment_id: moving.id }]);
  expect(await query('select start_local from clinichub.appointment where id = $1', [moving.id])).toEqual([
    { start_local: '2026-12-01T10:00' },
  ]);
  expect(await query(`select attempted::json, kept::json from clinichub.conflict`)).toEqual([
    {
      attempted: { start_at, end_at, start_local },
      kept: {
        start_at: moving.start_at,
        end_at: moving.end_at,
        start_local: moving.start_local,
        taken_by: fixed.id,
      },
    },
  ]);
});

test('rebooking protects the appointment again, and may fail again', async () => {
  const { first, second, book } = await clinic();
  const loser = book(second.id, 9);
  await deskA.push([
    mutation(2, [insertion('appointment', book(first.id, 9)), insertion('appointment', book(first.id, 11))]),
  ]);
  await deskB.push([mutation(1, [insertion('appointment', loser)])]);
  const at = (hour: number) => ({
    start_at: `2026-12-01T${hour}:00:00.000Z`,
    end_at: `2026-12-01T${hour}:30:00.000Z`,
    start_local: `2026-12-01T${hour}:00`,
    needs_rebooking: 0,
  });
  expect(await deskB.push([mutation(2, [change('appointment', loser.id, 1, at(11))])])).toMatchObject([
    { status: 'needs_review' },
  ]);
  expect(await deskB.push([mutation(3, [change('appointment', loser.id, 1, at(12))])])).toMatchObject([
    applied,
  ]);
  expect(await deskA.push([mutation(3, [insertion('appointment', book(first.id, 12))])])).toMatchObject([
    { status: 'needs_review' },
  ]);
  expect((await tasks()).map(({ code }) => code).sort()).toEqual([
    'move-refused',
    'rebook-appointment',
    'rebook-appointment',
  ]);
});

test.each([
  ['overbooked', { overbooked: 1 }],
  ['cancelled', { status: 'cancelled' }],
  ['fulfilled', { status: 'fulfilled' }],
  ['voided', { voided_at: '2026-11-23T08:00:00.000Z' }],
] as const)('an %s appointment holds no slot', async (_what, more) => {
  const { first, second, book } = await clinic();
  expect(
    await deskA.push([
      mutation(2, [insertion('appointment', book(first.id, 9))]),
      mutation(3, [insertion('appointment', book(second.id, 9, more))]),
    ]),
  ).toMatchObject([applied, applied]);
});

test('appointments may touch: one ends when the next begins', async () => {
  const { first, second, book } = await clinic();
  const next = {
    ...book(second.id, 9),
    start_at: '2026-12-01T09:30:00.000Z',
    end_at: '2026-12-01T10:00:00.000Z',
  };
  expect(
    await deskA.push([
      mutation(2, [insertion('appointment', book(first.id, 9)), insertion('appointment', next)]),
    ]),
  ).toMatchObject([applied]);
});

test('two moves of one appointment do not mix into a third', async () => {
  const { first, book } = await clinic();
  const row = book(first.id, 9);
  const other = practitioner();
  await deskA.push([mutation(2, [insertion('appointment', row), insertion('practitioner', other)])]);
  await deskA.push([mutation(3, [change('appointment', row.id, 1, { practitioner_id: other.id })])]);
  const moved = { ...book(first.id, 14) };
  expect(
    await deskB.push([
      mutation(1, [
        change('appointment', row.id, 1, {
          practitioner_id: row.practitioner_id,
          start_at: moved.start_at,
          end_at: moved.end_at,
          start_local: moved.start_local,
          description: 'brings papers',
        }),
      ]),
    ]),
  ).toMatchObject([{ status: 'needs_review' }]);
  expect(await query('select practitioner_id, start_local, description from clinichub.appointment')).toEqual([
    { practitioner_id: other.id, start_local: row.start_local, description: 'brings papers' },
  ]);
});

/** What two desks made of one appointment while they did not hear of each other; each sends only what it changed. */
const atTwo = {
  start_at: '2026-12-01T14:00:00.000Z',
  end_at: '2026-12-01T14:30:00.000Z',
  start_local: '2026-12-01T14:00',
};
const toColleague = (colleague: string) => ({ practitioner_id: colleague });
const cancelled = { status: 'cancelled', cancel_reason: 'Patient asked' };
const proposed = { participant_status: 'tentative', proposed_start_at: '2026-12-01T15:00:00.000Z' };

test.each<readonly [string, (colleague: string) => Cells, (colleague: string) => Cells]>([
  ['moves it to a colleague', toColleague, () => atTwo],
  ['moves it in time', () => atTwo, toColleague],
  ['cancels it', () => cancelled, () => atTwo],
  ['moves it before a cancellation', () => atTwo, () => cancelled],
  ['moves what a doctor answers', () => atTwo, () => proposed],
])(
  'when the first desk %s, the other decision is not mixed in and comes back as a task',
  async (_what, a, b) => {
    const { first, book } = await clinic();
    const [row, colleague] = [book(first.id, 9), practitioner()];
    await deskA.push([mutation(2, [insertion('appointment', row), insertion('practitioner', colleague)])]);
    const [one, two] = [a(colleague.id), b(colleague.id)];
    await deskA.push([mutation(3, [change('appointment', row.id, 1, one)])]);
    const late = change('appointment', row.id, 1, { ...two, description: 'brings papers' });
    expect(await deskB.push([mutation(1, [late])])).toEqual([
      { n: 1, status: 'needs_review', sqlstate: null, message: 'changed-elsewhere' },
    ]);
    const [kept] = await query<{ row: Cells }>('select to_jsonb(a) as row from clinichub.appointment a');
    const untouched = Object.keys(two).filter((name) => !(name in one) && name !== 'cancel_reason');
    expect(kept?.row.description).toBe('brings papers');
    for (const name of untouched.filter((name) => !name.endsWith('_at')))
      expect([name, kept?.row[name]]).toEqual([name, row[name as keyof typeof row]]);
    expect(await tasks()).toEqual([
      { code: 'move-refused', reason: 'changed-elsewhere', owner: 'Desk B', appointment_id: row.id },
    ]);
  },
);

test('two desks that make the same move, or both cancel, agree', async () => {
  const { first, book } = await clinic();
  const [row, other] = [book(first.id, 9), book(first.id, 11)];
  await deskA.push([mutation(2, [insertion('appointment', row), insertion('appointment', other)])]);
  const both = (n: number, reason: string) => [
    mutation(n, [change('appointment', row.id, 1, atTwo)]),
    mutation(n + 1, [change('appointment', other.id, 1, { ...cancelled, cancel_reason: reason })]),
  ];
  await deskA.push(both(3, 'Patient asked'));
  expect(await deskB.push(both(1, 'Patient called'))).toMatchObject([applied, { status: 'merged' }]);
  expect(await tasks()).toEqual([]);
});
