import { createHash, randomUUID } from 'node:crypto';
import type { SentMutation } from '#main/data/central/centre.ts';
import { plainVisit } from '#shared/domain/appointments/stage.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import type { Cells, MutationChange, MutationPayload } from '#shared/sync/wire.ts';

/** Whole rows for the tests of the centre: the least that is valid, with what a test cares about given by it. */
const at = '2026-11-23T08:00:00.000Z';

export const site = (more: Partial<RowOf<'location'>> = {}): RowOf<'location'> => ({
  id: randomUUID(),
  kind: 'site',
  part_of: null,
  name: 'North clinic',
  address_line: null,
  city: null,
  phone: null,
  time_zone: 'Europe/Paris',
  active: 1,
  source: null,
  ...more,
});

export const practitioner = (more: Partial<RowOf<'practitioner'>> = {}): RowOf<'practitioner'> => ({
  ...blank('practitioner'),
  id: randomUUID(),
  prefix: 'Dr',
  family: 'Moreau',
  given: 'Claire',
  gender: 'female',
  speciality: 'general',
  colour: null,
  active: 1,
  source: null,
  ...more,
});

export const account = (more: Partial<RowOf<'staff_account'>> = {}): RowOf<'staff_account'> => {
  const id = more.id ?? randomUUID();
  return {
    ...blank('staff_account'),
    id,
    username: `user-${id}`,
    display_name: 'Ada Min',
    role: 'reception',
    password_hash: 'not a hash',
    active: 1,
    ...more,
  };
};

export const patient = (more: Partial<RowOf<'patient'>> = {}): RowOf<'patient'> => {
  const id = more.id ?? randomUUID();
  return {
    id,
    mrn: `T-${id}`,
    family: 'Dupont',
    given: 'Zoé "Zo" \\ O’Neil',
    gender: 'female',
    birth_date: '1980-02-29',
    birth_date_estimated: 0,
    phone: null,
    email: null,
    address_line: null,
    city: null,
    postal_code: null,
    country: null,
    contact_name: null,
    contact_phone: null,
    deceased_date: null,
    location_id: null,
    source: null,
    created_at: at,
    created_by: null,
    voided_at: null,
    voided_by: null,
    void_reason: null,
    merged_into: null,
    language: null,
    contact_relation: null,
    ...more,
  };
};

type AppointmentNeeds = Pick<
  RowOf<'appointment'>,
  'patient_id' | 'practitioner_id' | 'location_id' | 'start_at' | 'end_at'
>;

export const appointment = (
  needs: AppointmentNeeds & Partial<RowOf<'appointment'>>,
): RowOf<'appointment'> => ({
  id: randomUUID(),
  room_id: null,
  status: 'booked',
  participant_status: 'accepted',
  start_local: needs.start_at.slice(0, 16),
  time_zone: 'UTC',
  description: null,
  cancel_reason: null,
  proposed_start_at: null,
  overbooked: 0,
  needs_rebooking: 0,
  source: null,
  created_at: at,
  created_by: null,
  voided_at: null,
  voided_by: null,
  void_reason: null,
  ...plainVisit,
  ...needs,
});

/** As a workstation had it before the columns of version 3. */
export const oldAppointment = (
  ...given: Parameters<typeof appointment>
): Omit<RowOf<'appointment'>, keyof typeof plainVisit> => {
  const later = Object.keys(plainVisit);
  const old = Object.entries(appointment(...given)).filter(([column]) => !later.includes(column));
  return Object.fromEntries(old) as Omit<RowOf<'appointment'>, keyof typeof plainVisit>;
};

export const insertion = (tbl: string, row: Cells & { readonly id: string }): MutationChange => ({
  tbl,
  op: 'insert',
  pk: row.id,
  base: 0,
  values: row,
});

export const change = (tbl: string, pk: string, base: number, values: Cells): MutationChange => ({
  tbl,
  op: 'update',
  pk,
  base,
  values,
});

/** A mutation as a workstation sends it. */
export const mutation = (
  n: number,
  changes: readonly MutationChange[],
  more: Partial<MutationPayload> = {},
): SentMutation => {
  const payload = JSON.stringify({ id: randomUUID(), kind: 'test', user: null, at, changes, ...more });
  return { n, hash: createHash('sha256').update(payload).digest('hex'), payload };
};
