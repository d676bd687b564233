import { instant } from '#shared/kernel/clock.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { someAppointment, somePatient } from '#tests/support/sync-local.ts';
import { type Act, createdAt, idsOf, type Seen, type WorkContext, type Write } from './act.ts';
import { clinicalKinds } from './clinical.ts';
import { newUuid, type Random } from './random.ts';

const day = Date.parse('2026-12-01T08:00:00.000Z');
const slot = 15 * 60_000;

const times = (index: number) => {
  const start = day + index * slot;
  return {
    start_at: instant(start),
    end_at: instant(start + slot),
    start_local: instant(start + 3_600_000).slice(0, 16),
  };
};

const task = (more: Partial<RowOf<'task'>> & { readonly id: string }): RowOf<'task'> => ({
  ...blank('task'),
  code: 'welcome',
  status: 'requested',
  patient_id: null,
  appointment_id: null,
  owner_device: null,
  reason: '',
  created_at: createdAt,
  completed_at: null,
  completed_by: null,
  ...more,
});

/** The site a workstation stands at, when it holds no more than that. */
const siteOf = (desk: Seen): string | null =>
  desk.look(({ store }) => {
    const place = store.workstation();
    return place === null || place.wholeClinic ? null : place.locationId;
  });

/** A patient and a task that says so: one mutation, never one without the other. */
const register: Write = (desk, { random, token }) => {
  const id = newUuid(random);
  const work = newUuid(random);
  const mark = token();
  // Numbers are given out by hand in this clinic: now and then two desks give the same.
  const mrn = random.chance(0.15) ? `SHARED-${random.between(1, 3)}` : mark;
  return {
    kind: 'patient.register',
    write: (writer) => {
      const location_id = siteOf(desk);
      writer.insert('patient', somePatient({ id, mrn, city: mark, created_at: createdAt, location_id }));
      writer.insert('task', task({ id: work, patient_id: id, reason: mark }));
    },
  };
};

const fields = ['phone', 'email', 'address_line', 'city', 'contact_name'] as const;

const edit: Write = (desk, { random, token }) => {
  const id = random.pick(idsOf(desk, 'SELECT id FROM patient ORDER BY id'));
  const count = random.between(1, 3);
  const patch = Object.fromEntries(Array.from({ length: count }, () => [random.pick(fields), token()]));
  return { kind: 'patient.edit', write: (writer) => writer.update('patient', id, patch) };
};

/** A patient moves from one site to the other, or to none in particular. */
const transfer: Write = (desk, { rows, random }) => {
  const id = random.pick(idsOf(desk, 'SELECT id FROM patient ORDER BY id'));
  if (rows.twins.includes(id)) return null;
  const location_id = random.pick([rows.site, rows.other, null]);
  return { kind: 'patient.transfer', write: (writer) => writer.update('patient', id, { location_id }) };
};

const editTwins: Write = (_, { rows, token }) => {
  const mark = token();
  return {
    kind: 'patient.household',
    write: (writer) => {
      for (const id of rows.twins) writer.update('patient', id, { postal_code: mark });
    },
  };
};

const book: Write = (desk, { rows, random, token }) => {
  const patient_id = random.pick(idsOf(desk, 'SELECT id FROM patient ORDER BY id'));
  const row = someAppointment({
    id: newUuid(random),
    patient_id,
    practitioner_id: random.pick(rows.practitioners),
    location_id: siteOf(desk) ?? rows.site,
    room_id: random.chance(0.3) ? random.pick(rows.rooms) : null,
    description: token(),
    created_at: createdAt,
    ...times(random.between(0, 5)),
  });
  return { kind: 'appointment.book', write: (writer) => writer.insert('appointment', row) };
};

const anAppointment = (desk: Seen, random: Random): string | null => {
  const ids = idsOf(desk, 'SELECT id FROM appointment ORDER BY id');
  return ids.length === 0 ? null : random.pick(ids);
};

const move: Write = (desk, { rows, random }) => {
  const id = anAppointment(desk, random);
  if (id === null) return null;
  const patch = {
    ...times(random.between(0, 5)),
    ...(random.chance(0.3) ? { practitioner_id: random.pick(rows.practitioners) } : {}),
    ...(random.chance(0.5) ? { needs_rebooking: 0 as const, status: 'booked' } : {}),
  };
  return { kind: 'appointment.move', write: (writer) => writer.update('appointment', id, patch) };
};

const cancel: Write = (desk, { random, token }) => {
  const id = anAppointment(desk, random);
  if (id === null) return null;
  const patch = { status: random.pick(['cancelled', 'arrived', 'noshow']), cancel_reason: token() };
  return { kind: 'appointment.status', write: (writer) => writer.update('appointment', id, patch) };
};

const closeTask: Write = (desk, { random, token }) => {
  const ids = idsOf(desk, `SELECT id FROM task WHERE status = 'requested' ORDER BY id`);
  if (ids.length === 0) return null;
  const id = random.pick(ids);
  const patch = { status: 'completed', completed_at: createdAt, reason: token() };
  return { kind: 'task.complete', write: (writer) => writer.update('task', id, patch) };
};

const audit: Write = (_, { random, token }) => {
  const id = newUuid(random);
  const row = {
    id,
    recorded_at: createdAt,
    action: 'E',
    event: token(),
    account_id: null,
    entity_table: null,
    entity_id: null,
    outcome: 'success',
    detail: null,
  };
  return { kind: 'audit.note', write: (writer) => writer.insert('audit_event', row) };
};

/** What the centre will refuse for good, alone or together with something good. */
const poison: Write = (_, { random, token }) => {
  const id = newUuid(random);
  const mark = token();
  const wrong = random.pick([
    { gender: 'robot' },
    { mrn: 'x'.repeat(65) },
    { birth_date: '2026-02-31' },
    { birth_date: 'unknown' },
    { mrn: 'P-0' },
  ]);
  const paired = random.chance(0.4) ? newUuid(random) : null;
  return {
    kind: 'patient.register',
    write: (writer) => {
      if (paired !== null) writer.insert('task', task({ id: paired, reason: mark }));
      writer.insert('patient', somePatient({ id, mrn: mark, city: mark, created_at: createdAt, ...wrong }));
    },
  };
};

const kinds: readonly (readonly [weight: number, write: Write])[] = [
  [4, register],
  [7, edit],
  [3, editTwins],
  [2, transfer],
  [5, book],
  [4, move],
  [2, cancel],
  [2, closeTask],
  [1, audit],
  [1, poison],
  ...clinicalKinds,
];

const deck = kinds.flatMap(([weight, write]) => Array.from({ length: weight }, () => write));

/** The next thing somebody does here, or null when there is nothing to do it to. */
export const nextAct = (desk: Seen, context: WorkContext): Act | null => {
  const { rows, random } = context;
  const user = random.pick(rows.accounts);
  const work = random.pick(deck)(desk, context);
  return work && { ...work, user };
};
