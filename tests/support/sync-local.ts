import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { type Local, openLocal } from '#main/data/local/open.ts';
import { plainVisit } from '#shared/domain/appointments/stage.ts';
import { type Clock, systemClock } from '#shared/kernel/clock.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import type { HelloReply } from '#shared/sync/wire.ts';

/** A workstation's database in a folder of its own, with the way to close and to remove it. */
export interface TemporaryLocal {
  readonly local: Local;
  readonly folder: string;
  readonly key: Buffer;
  /** Closes the database and opens it again, as a restart does. */
  reopen(): Local;
  remove(): void;
}

/** An empty folder under the system's temporary one. */
export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'clinichub-local-'));

const openIn = (folder: string, key: Buffer, clock: Clock): TemporaryLocal => {
  let local = openLocal({ folder, key, clock });
  return {
    get local() {
      return local;
    },
    folder,
    key,
    reopen: () => {
      local.close();
      local = openLocal({ folder, key, clock });
      return local;
    },
    remove: () => {
      local.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Opens a fresh encrypted database that has had no contact with a centre. */
export const openTemporary = (clock: Clock = systemClock): TemporaryLocal =>
  openIn(temporaryFolder(), randomBytes(32), clock);

/** What opens databases that all begin as `fill` leaves one: it fills the first, and what it closed is copied for each. */
export const openFilled = (fill: (temporary: TemporaryLocal) => void): (() => TemporaryLocal) => {
  const make = () => {
    const first = openTemporary();
    fill(first);
    first.local.close();
    const files = readdirSync(first.folder).map(
      (name) => [name, readFileSync(join(first.folder, name))] as const,
    );
    first.remove();
    return { files, key: first.key };
  };
  let made: ReturnType<typeof make> | null = null;
  return () => {
    made ??= make();
    const folder = temporaryFolder();
    for (const [name, bytes] of made.files) writeFileSync(join(folder, name), bytes);
    return openIn(folder, made.key, systemClock);
  };
};

export const helloReply = (more: Partial<HelloReply> = {}): HelloReply => ({
  epoch: 'e1',
  schema: 2,
  min_schema: 1,
  head: 0,
  low_water: 0,
  durable: 0,
  lease_days: 14,
  device_id: '01900000-0000-7000-8000-00000000d001',
  device_no: 1,
  device_name: 'Desk A',
  location_id: null,
  scope: 'clinic/whole',
  last_n: 0,
  state: 'new',
  ...more,
});

/** The place before a centre's first transaction. */
export const ledgerStart = { seq: 0, chain: '0'.repeat(64) } as const;

/** Takes an empty database through a first copy of a centre that has nothing. */
export const makeReady = ({ replica }: Local): void => {
  replica.greeted(helloReply());
  replica.bootstrap.begin('e1', ledgerStart, 'clinic/whole');
  for (let next = replica.bootstrap.position(); next !== null; next = replica.bootstrap.position()) {
    replica.bootstrap.add(next.table, []);
  }
  while (replica.bootstrap.index());
  replica.bootstrap.finish();
};

export const openReady = (): TemporaryLocal => {
  const temporary = openTemporary();
  makeReady(temporary.local);
  return temporary;
};

const at = '2026-11-23T08:00:00.000Z';

export const somePatient = (more: Partial<RowOf<'patient'>> = {}): RowOf<'patient'> => ({
  id: v7(),
  mrn: 'A1-000001',
  family: 'Mercier',
  given: 'Zoé',
  gender: 'female',
  birth_date: '1987-04-12',
  birth_date_estimated: 0,
  phone: '+33 6 12 34 56 78',
  email: null,
  address_line: null,
  city: 'Lyon',
  postal_code: null,
  country: 'FR',
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
});

export const somePractitioner = (more: Partial<RowOf<'practitioner'>> = {}): RowOf<'practitioner'> => ({
  ...blank('practitioner'),
  id: v7(),
  prefix: 'Dr',
  family: 'Okafor',
  given: 'Chidi',
  gender: 'male',
  speciality: 'General practice',
  colour: null,
  active: 1,
  source: null,
  ...more,
});

export const someLocation = (more: Partial<RowOf<'location'>> = {}): RowOf<'location'> => ({
  id: v7(),
  kind: 'site',
  part_of: null,
  name: 'Main street',
  address_line: null,
  city: null,
  phone: null,
  time_zone: 'Europe/Paris',
  active: 1,
  source: null,
  ...more,
});

export const someAppointment = (
  more: Partial<RowOf<'appointment'>> &
    Pick<RowOf<'appointment'>, 'patient_id' | 'practitioner_id' | 'location_id'>,
): RowOf<'appointment'> => ({
  id: v7(),
  room_id: null,
  status: 'booked',
  participant_status: 'accepted',
  start_at: '2026-11-24T09:00:00.000Z',
  end_at: '2026-11-24T09:15:00.000Z',
  start_local: '2026-11-24T10:00',
  time_zone: 'Europe/Paris',
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
  ...more,
});
