import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { BulkChange, OversightFilter } from '#shared/contract/oversight.ts';
import { resolveWallTime } from '#shared/domain/appointments/wall-time.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { instant } from '#shared/kernel/clock.ts';
import type {
  AppointmentId,
  LocationId,
  PatientId,
  PractitionerId,
  StaffAccountId,
} from '#shared/kernel/ids.ts';
import {
  type Clinic,
  habimana,
  mugabo,
  mutesi,
  openClinic,
  otherSite,
  room,
  site,
  uwase,
} from '#tests/support/core-clinic.ts';
import { someAppointment, somePatient } from '#tests/support/sync-local.ts';

let clinic: Clinic;
let admin: Connection;
let desk: Connection;
beforeEach(async () => {
  clinic = openClinic();
  admin = await clinic.signedIn('admin');
  desk = await clinic.signedIn('reception');
});
afterEach(() => clinic.close());

/** The clock of the tests says 10:00 of it. */
const monday = '2026-11-23';
const tuesday = '2026-11-24';

type Row = ReturnType<typeof someAppointment>;
const rowOf = (doctor: string, patient: string, wall: string, more: Partial<Row> = {}) => {
  const start = resolveWallTime(wall, 'Africa/Kigali');
  if (!start.ok) throw new Error(wall);
  return someAppointment({
    patient_id: patient,
    practitioner_id: doctor,
    location_id: site.id,
    room_id: doctor === uwase.id ? room.id : null,
    start_at: instant(start.value),
    end_at: instant(start.value + 30 * 60_000),
    start_local: wall,
    time_zone: 'Africa/Kigali',
    ...more,
  });
};
const seed = (rows: readonly Row[]): AppointmentId[] => {
  clinic.temporary.local.store.mutate({ kind: 'seed', user: null }, (writer) => {
    for (const row of rows) writer.insert('appointment', row);
  });
  return rows.map(({ id }) => id as AppointmentId);
};
const book = (...parts: Parameters<typeof rowOf>): AppointmentId => {
  const [id] = seed([rowOf(...parts)]);
  if (id === undefined) throw new Error('nothing was booked');
  return id;
};
const others = (count: number): string[] => {
  const rows = Array.from({ length: count }, (_, n) => somePatient({ mrn: `N-${n}`, family: `Nobody ${n}` }));
  clinic.temporary.local.store.mutate({ kind: 'seed', user: null }, (writer) => {
    for (const row of rows) writer.insert('patient', row);
  });
  return rows.map((row) => row.id);
};
const find = (id: string) =>
  clinic.temporary.local.db.prepare('SELECT * FROM appointment WHERE id = ?').get(id) as Row;
const count = (sql: string) => Number(clinic.temporary.local.db.prepare(sql).pluck().get());

const days = { from: monday, until: addDays(monday, 6) };
const list = (filter: Partial<OversightFilter> & { readonly order?: 'asc' | 'desc' } = {}) =>
  clinic.get('oversight.list', { ...days, ...filter }, admin);
const idsOf = async (filter: Parameters<typeof list>[0]) => (await list(filter)).rows.map(({ id }) => id);

const preview = (change: BulkChange, ids: readonly AppointmentId[], who = admin) =>
  clinic.get('oversight.preview', { change, ids: [...ids] }, who);
const apply = async (change: BulkChange, ids: readonly AppointmentId[], who = admin) => {
  const lines = await preview(change, ids, who);
  const chosen = lines
    .filter(({ becomes }) => becomes !== null)
    .map(({ appointment: { id, practitionerId, startAt, status } }) => ({
      id,
      was: { practitionerId, startAt, status },
    }));
  return clinic.get('oversight.apply', { change, chosen }, who);
};
const problems = async (change: BulkChange, ids: readonly AppointmentId[]) =>
  (await preview(change, ids)).map(({ problem }) => problem?.code ?? null);
const byDays = (n: number): BulkChange => ({ kind: 'move', practitionerId: null, days: n });
const toMugabo: BulkChange = { kind: 'move', practitionerId: mugabo.id as PractitionerId, days: 0 };

describe('the list', () => {
  it('combines what is asked, in either order, with who booked', async () => {
    const reception = clinic.accountId('reception') as StaffAccountId;
    const first = book(uwase.id, habimana.id, `${monday}T11:00`, { created_by: reception });
    const second = book(mugabo.id, mutesi.id, `${tuesday}T09:00`, {
      overbooked: 1,
      overbook_reason: 'Fever',
    });
    const third = book(uwase.id, mutesi.id, `${tuesday}T10:00`, { status: 'noshow' });
    const elsewhere = book(uwase.id, habimana.id, `${addDays(monday, 3)}T10:00`, {
      location_id: otherSite.id,
      room_id: null,
      status: 'fulfilled',
      stage: 'checkout',
    });
    book(uwase.id, habimana.id, `${addDays(monday, 7)}T10:00`);
    expect(await idsOf({})).toEqual([first, second, third, elsewhere]);
    expect(await idsOf({ order: 'desc' })).toEqual([elsewhere, third, second, first]);
    expect(await idsOf({ practitionerId: uwase.id as PractitionerId, outcomes: ['noshow', 'here'] })).toEqual(
      [third, elsewhere],
    );
    expect(await idsOf({ locationId: otherSite.id as LocationId })).toEqual([elsewhere]);
    expect(await idsOf({ patientId: mutesi.id as PatientId, overbooked: true })).toEqual([second]);
    const { rows, people, next } = await list({ personId: reception });
    expect(rows).toMatchObject([{ id: first, bookedBy: 'reception' }]);
    expect(people.map(({ name }) => name)).toContain('reception');
    expect(next).toBeNull();
  });

  it('tells what the centre has from what waits and what needs a decision', async () => {
    const waits = book(uwase.id, habimana.id, `${monday}T11:00`);
    const lost = book(uwase.id, mutesi.id, `${monday}T12:00`, { needs_rebooking: 1 });
    expect(await idsOf({ standing: 'provisional' })).toEqual([waits]);
    expect(await idsOf({ standing: 'needs-decision' })).toEqual([lost]);
    expect(await idsOf({ standing: 'confirmed' })).toEqual([]);
    clinic.temporary.local.db.exec(`UPDATE outbox SET status = 'settled', verdict = 'applied'`);
    expect(await idsOf({ standing: 'confirmed' })).toEqual([waits]);
    clinic.temporary.local.db.exec(`UPDATE outbox SET status = 'parked', verdict = 'rejected'`);
    expect(await idsOf({ standing: 'needs-decision' })).toEqual([waits, lost]);
  });

  it('has each appointment once, page after page, many at one instant among them; a page looks through so many and no more', async () => {
    const [patient = ''] = others(1);
    const rows = Array.from({ length: 5300 }, (_, n) =>
      rowOf(uwase.id, patient, `${addDays(monday, n % 7)}T10:00`, { status: 'cancelled' }),
    );
    const booked = rowOf(uwase.id, patient, `${addDays(monday, 6)}T12:00`);
    const all = seed([...rows, booked]);
    for (const order of ['asc', 'desc'] as const) {
      const seen: string[] = [];
      let after: Output<'oversight.list'>['next'] = null;
      do {
        const page: Output<'oversight.list'> = await clinic.get(
          'oversight.list',
          { ...days, order, after },
          admin,
        );
        expect(page.rows.length).toBeLessThanOrEqual(200);
        seen.push(...page.rows.map(({ id }) => id));
        after = page.next;
      } while (after !== null);
      expect(seen).toHaveLength(all.length);
      expect(new Set(seen)).toEqual(new Set(all));
    }
    const sparse = await list({ outcomes: ['booked'] });
    expect([sparse.rows.length, sparse.next]).toMatchObject([0, { id: expect.any(String) }]);
    const rest = await clinic.get(
      'oversight.list',
      { ...days, outcomes: ['booked'], after: sparse.next },
      admin,
    );
    expect([rest.rows.map(({ id }) => id as string), rest.next]).toEqual([[booked.id], null]);
  }, 60_000);

  it('refuses days out of order and more than a year', async () => {
    for (const [until, problem] of [
      ['2026-11-22', 'order'],
      ['2027-11-24', 'too-long'],
    ] as const)
      expect(await clinic.ask('oversight.list', { from: monday, until }, admin)).toEqual({
        ok: false,
        error: { code: 'invalid-input', fields: { until: problem } },
      });
  });

  it('that leaves the program is noted once, whatever its length', async () => {
    book(uwase.id, habimana.id, `${monday}T11:00`);
    const { rows } = await clinic.get('oversight.export', days, admin);
    const [row] = rows;
    if (row === undefined) throw new Error('nothing left');
    await clinic.get('oversight.export', { ...days, after: { startAt: row.startAt, id: row.id } }, admin);
    expect(
      clinic.temporary.local.db
        .prepare(`SELECT detail FROM audit_event WHERE event = 'export'`)
        .pluck()
        .all(),
    ).toEqual([JSON.stringify({ what: 'appointments', ...days })]);
    expect(await clinic.ask('oversight.export', days, desk)).toMatchObject({
      error: { code: 'not-permitted' },
    });
  });
});

describe('many at once', () => {
  it('says of each what will be or why not, and writes nothing of it', async () => {
    const [third = '', fourth = ''] = others(2);
    const ids = [
      book(uwase.id, habimana.id, `${tuesday}T09:00`),
      book(uwase.id, mutesi.id, `${tuesday}T10:00`),
      book(uwase.id, third, `${tuesday}T11:00`, { status: 'cancelled' }),
      book(uwase.id, fourth, `${tuesday}T12:00`, { needs_rebooking: 1 }),
      book(mugabo.id, third, `${tuesday}T13:00`),
    ];
    book(mugabo.id, fourth, `${tuesday}T10:00`);
    const before = count('SELECT count(*) FROM outbox');
    const lines = await preview(toMugabo, ids);
    expect(lines.map(({ becomes, problem }) => becomes?.practitionerName ?? problem?.code)).toEqual([
      'Dr Eric Mugabo',
      'slot-taken',
      'not-open',
      'lost-its-time',
      'as-wanted',
    ]);
    expect(count('SELECT count(*) FROM outbox')).toBe(before);
    expect(count('SELECT count(*) FROM task')).toBe(0);
    expect(ids.map((id) => find(id).practitioner_id)).toEqual([
      ...Array<string>(4).fill(uwase.id),
      mugabo.id,
    ]);
    // Sunday nobody works; yesterday is over.
    expect(await problems(byDays(5), ids.slice(0, 1))).toEqual(['outside-schedule']);
    expect(await problems(byDays(-4), ids.slice(0, 1))).toEqual(['in-the-past']);
  });

  it('a whole day moves into the next, whose own appointments move out of the way with it', async () => {
    const people = others(6);
    const ids = seed(
      people.map((patient, n) =>
        rowOf(uwase.id, patient, `${addDays(tuesday, n % 3)}T${n < 3 ? '09' : '10'}:00`),
      ),
    );
    const outbox = count('SELECT count(*) FROM outbox');
    for (const n of [1, -1]) {
      const done = await apply(byDays(n), ids);
      expect(done).toMatchObject({ changed: 6, toTell: 6, outcome: 'provisional' });
    }
    expect(count('SELECT count(*) FROM outbox')).toBe(outbox + 2);
    expect(ids.map((id) => find(id).start_local.slice(0, 10))).toEqual(
      people.map((_, n) => addDays(tuesday, n % 3)),
    );
  });

  it('who moves or is cancelled is on the list of calls with the time they know; the rest is nothing to tell', async () => {
    const moves = book(uwase.id, habimana.id, `${tuesday}T09:00`);
    await apply(toMugabo, [moves]);
    const cancels = book(uwase.id, mutesi.id, `${tuesday}T10:00`);
    await apply({ kind: 'cancel', reason: 'Power cut' }, [cancels]);
    const calls = await clinic.get('calls.list', {}, desk);
    expect(calls).toMatchObject([
      { id: moves, before: { practitionerId: uwase.id }, now: { practitionerId: mugabo.id } },
      { id: cancels, now: null, cancelReason: 'Power cut' },
    ]);
    const missed = book(uwase.id, mutesi.id, `${monday}T09:00`);
    expect(await apply({ kind: 'no-show' }, [missed])).toMatchObject({ changed: 1, toTell: 0 });
    expect(find(missed)).toMatchObject({ status: 'noshow', patient_status: null });
    expect(await clinic.get('calls.list', {}, desk)).toHaveLength(2);
  });

  it('a no-show has begun, who is here is not cancelled, and only a request is confirmed', async () => {
    const later = book(uwase.id, habimana.id, `${tuesday}T09:00`);
    const here = book(uwase.id, mutesi.id, `${monday}T09:00`, { status: 'arrived', stage: 'arrived' });
    expect(await problems({ kind: 'no-show' }, [here, later])).toEqual(['not-open', 'not-begun']);
    expect(await problems({ kind: 'cancel', reason: 'x' }, [here, later])).toEqual(['not-open', null]);
    const request = book(mugabo.id, habimana.id, `${tuesday}T11:00`, {
      status: 'proposed',
      participant_status: 'needs-action',
    });
    const confirm = { change: { kind: 'confirm' }, ids: [later, request] } as const;
    const ask = { ...confirm, ids: [...confirm.ids] };
    expect(await clinic.ask('oversight.preview', ask, admin)).toMatchObject({
      error: { code: 'not-permitted' },
    });
    // A doctor whom the clinic lets look after all of them answers for own requests alone.
    for (const permission of ['oversight.update', 'oversight.read'] as const)
      await clinic.get('access.set', { role: 'doctor', permission, granted: true }, admin);
    const doctor = await clinic.signedIn('doctor');
    expect((await preview(confirm.change, ask.ids, doctor)).map(({ problem }) => problem?.code)).toEqual([
      'no-request',
      'not-permitted',
    ]);
    const own = book(uwase.id, mutesi.id, `${tuesday}T12:00`, {
      status: 'proposed',
      participant_status: 'needs-action',
    });
    await apply(confirm.change, [own], doctor);
    expect(find(own)).toMatchObject({ status: 'booked', participant_status: 'accepted' });
  });

  it('changed or taken meanwhile, nothing is written, and it says which', async () => {
    const [third = ''] = others(1);
    const one = book(uwase.id, habimana.id, `${tuesday}T09:00`);
    const other = book(uwase.id, mutesi.id, `${tuesday}T10:00`);
    const chosen = (await preview(toMugabo, [one, other])).map(({ appointment: { id, ...was } }) => ({
      id,
      was: { practitionerId: was.practitionerId, startAt: was.startAt, status: was.status },
    }));
    const taken = book(mugabo.id, third, `${tuesday}T10:00`);
    expect(await clinic.ask('oversight.apply', { change: toMugabo, chosen }, admin)).toEqual({
      ok: false,
      error: { code: 'changed-meanwhile', fields: { [other]: 'slot-taken' } },
    });
    clinic.temporary.local.store.mutate({ kind: 'seed', user: null }, (writer) => {
      writer.update('appointment', taken, { status: 'cancelled' });
      // Still ahead, but not where the person saw it.
      writer.update('appointment', one, {
        start_at: instant(Date.parse(find(one).start_at) + 4 * 3_600_000),
        end_at: instant(Date.parse(find(one).end_at) + 4 * 3_600_000),
        start_local: `${tuesday}T13:00`,
      });
    });
    expect(await clinic.ask('oversight.apply', { change: toMugabo, chosen }, admin)).toEqual({
      ok: false,
      error: { code: 'changed-meanwhile', fields: { [one]: 'changed-meanwhile' } },
    });
    expect([find(one).practitioner_id, find(other).practitioner_id]).toEqual([uwase.id, uwase.id]);
    expect(count('SELECT count(*) FROM task')).toBe(0);
  });

  it('is for the office, and no more than may be done with one', async () => {
    const id = book(uwase.id, habimana.id, `${tuesday}T09:00`);
    await clinic.get(
      'access.set',
      { role: 'reception', permission: 'appointment.void', granted: false },
      admin,
    );
    const ask = { change: { kind: 'cancel', reason: 'x' } as const, ids: [id] };
    expect(await clinic.ask('oversight.preview', ask, await clinic.signedIn('reception'))).toMatchObject({
      error: { code: 'not-permitted' },
    });
    const nurse = await clinic.signedIn('nurse');
    expect(await clinic.ask('oversight.list', days, nurse)).toMatchObject({
      error: { code: 'not-permitted' },
    });
  });
});

describe('taken back', () => {
  const same = ({ row_version: _, ...row }: Row & { readonly row_version?: number }) => row;

  it.each([
    ['moved to another doctor', toMugabo],
    ['moved by days', byDays(1)],
    ['cancelled', { kind: 'cancel', reason: 'x' }],
  ] as const)(
    'after a restart, what was %s is as it was, but for who was told or changed since',
    async (_, change) => {
      const people = others(5);
      const ids = seed(
        people.map((patient, n) =>
          // The last is beside the one before it.
          rowOf(uwase.id, patient, `${tuesday}T${String(9 + Math.min(n, 3)).padStart(2, '0')}:00`, {
            ...(n === 4 && change.kind === 'cancel' ? { overbooked: 1, overbook_reason: 'Fever' } : {}),
            ...(n === 4 && change.kind !== 'cancel' ? { status: 'cancelled' } : {}),
          }),
        ),
      );
      const before = ids.map(find);
      const { id, at, changed } = await apply(change, ids);
      const [told = '', gone = ''] = ids;
      clinic.temporary.local.store.mutate({ kind: 'seed', user: null }, (writer) => {
        writer.update('appointment', told, { patient_status: 'accepted' });
        writer.update('appointment', gone, { status: 'entered-in-error' });
      });
      const later = openClinic({ store: clinic.temporary.local.store, empty: true });
      const other = await later.signedIn('admin');
      expect(await later.get('oversight.known', {}, other)).toEqual([
        { id, at, kind: change.kind, by: 'admin', changed },
      ]);
      const done = await later.get('oversight.takeBack', { id, at }, other);
      expect(done.restored).toBe(changed - 2);
      expect(
        new Map(done.stays.map(({ appointment, because }) => [appointment.id as string, because])),
      ).toEqual(
        new Map([
          [told, 'told'],
          [gone, 'changed'],
        ]),
      );
      expect(ids.slice(2).map((one) => same(find(one)))).toEqual(before.slice(2).map(same));
      expect(await later.get('oversight.known', {}, other)).toEqual([]);
      expect(await later.ask('oversight.takeBack', { id, at }, other)).toMatchObject({
        error: { code: 'not-found' },
      });
      await later.close();
    },
  );

  it('a no-show of this morning is booked again though its time is over, and is nobody’s to be told', async () => {
    const id = book(uwase.id, habimana.id, `${monday}T09:00`, { patient_status: 'accepted' });
    const before = same(find(id));
    const done = await apply({ kind: 'no-show' }, [id]);
    expect(await clinic.get('oversight.takeBack', { id: done.id, at: done.at }, admin)).toEqual({
      restored: 1,
      stays: [],
    });
    expect(same(find(id))).toEqual(before);
  });

  it('a kind of visit comes back as well, with a call that was to be made anyway', async () => {
    const visit_type_id = '01900000-0000-7000-8000-f00000000001';
    clinic.temporary.local.store.mutate({ kind: 'seed', user: null }, (writer) =>
      writer.insert('visit_type', {
        id: visit_type_id,
        name: 'Review',
        minutes: 30,
        buffer_before: 0,
        buffer_after: 15,
        colour: null,
        daily_cap: null,
        staff_only: 0,
        needs_room: 0,
        active: 1,
        lead_minutes: null,
        horizon_days: null,
      }),
    );
    const id = book(uwase.id, habimana.id, `${tuesday}T09:00`);
    await apply(toMugabo, [id]);
    const next = book(mugabo.id, mutesi.id, `${tuesday}T09:30`);
    const change = { kind: 'visit-type', visitTypeId: visit_type_id } as BulkChange;
    expect(await problems(change, [id, next])).toEqual(['slot-taken', null]);
    clinic.temporary.local.store.mutate({ kind: 'seed', user: null }, (writer) =>
      writer.update('appointment', next, { status: 'cancelled' }),
    );
    const before = same(find(id));
    const done = await apply(change, [id]);
    expect(find(id)).toMatchObject({ visit_type_id, patient_status: 'needs-action' });
    await clinic.get('oversight.takeBack', { id: done.id, at: done.at }, admin);
    expect(same(find(id))).toEqual(before);
    expect(await clinic.get('calls.list', {}, desk)).toHaveLength(1);
    expect(count(`SELECT count(*) FROM task WHERE code = 'call-patient' AND status = 'requested'`)).toBe(1);
  });

  it('two hundred are changed and put back, each where it was', async () => {
    const people = others(200);
    const ids = seed(
      people.map((patient, n) =>
        rowOf(
          n % 2 === 0 ? uwase.id : mugabo.id,
          patient,
          `${addDays('2026-11-30', Math.floor(n / 28) + Math.floor(n / 140) * 2)}T${String(8 + Math.floor((n % 28) / 4)).padStart(2, '0')}:${n % 4 < 2 ? '00' : '30'}`,
        ),
      ),
    );
    const change = byDays(14);
    const done = await apply(change, ids);
    expect(done.changed).toBe(200);
    expect(await clinic.get('oversight.takeBack', { id: done.id, at: done.at }, admin)).toEqual({
      restored: 200,
      stays: [],
    });
  }, 30_000);
});
