import { hashSync } from '@node-rs/argon2';
import { v7 } from 'uuid';
import { createCore } from '#main/core/core.ts';
import { createRouter } from '#main/transport/router.ts';
import type { CallName, Input, Output, Reply } from '#shared/contract/contract.ts';
import { systemClock } from '#shared/kernel/clock.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { testEngine } from './core-clinic.ts';
import { stillProtection } from './still-protection.ts';
import type { Desk, TwoWorkstations } from './two-workstations.ts';

const password = 'correct horse';

/** Who works at these desks. Hashed with the least argon2 allows, for speed. */
const receptionist: RowOf<'staff_account'> = {
  ...blank('staff_account'),
  id: '01900000-0000-7000-8000-e0000000000a',
  username: 'reception',
  display_name: 'Reception',
  role: 'reception',
  practitioner_id: null,
  location_id: null,
  password_hash: hashSync(password, { memoryCost: 8, timeCost: 1 }),
  active: 1,
};

/** What a receptionist needs at the centre first: an account, more patients, and the practitioner's mornings of every day. */
export const seedReception = (
  { local }: Desk,
  { practitioner, location }: TwoWorkstations,
  patients: readonly RowOf<'patient'>[],
): void => {
  local.store.mutate({ kind: 'seed', user: null }, (writer) => {
    writer.insert('staff_account', receptionist);
    for (const patient of patients) writer.insert('patient', patient);
    for (let weekday = 1; weekday <= 7; weekday += 1)
      writer.insert('schedule', {
        id: v7(),
        practitioner_id: practitioner.id,
        location_id: location.id,
        room_id: null,
        weekday,
        start_time: '08:00',
        end_time: '12:00',
        valid_from: null,
        valid_to: null,
        active: 1,
        interval_weeks: null,
      });
  });
};

/** A doctor at the centre, who signs in at any desk as `doctor`. */
export const seedDoctor = ({ local }: Desk, { practitioner }: TwoWorkstations): void => {
  local.store.mutate({ kind: 'seed', user: null }, (writer) =>
    writer.insert('staff_account', {
      ...receptionist,
      id: '01900000-0000-7000-8000-e0000000000d',
      username: 'doctor',
      display_name: 'Doctor',
      role: 'doctor',
      practitioner_id: practitioner.id,
    }),
  );
};

/** The calls of a desk whose person waits for no centre: what they write waits in the outbox until the desk is online. */
export interface OfflineDesk {
  /** The value, or the test fails. */
  get<N extends CallName>(name: N, input: Input<N>): Promise<Output<N>>;
  /** Ends its sessions. */
  stop(): Promise<void>;
}

/** Somebody, a receptionist if nothing else is said, at one of two workstations; the whole core over that desk's own database. */
export const offlineDesk = async (desk: Desk, username = receptionist.username): Promise<OfflineDesk> =>
  deskOf(desk, 'session.signIn', { username, password });

/** Whoever signs in with a call, at one of two workstations. */
export const deskOf = async <N extends 'session.signIn' | 'panel.signIn'>(
  desk: Desk,
  signIn: N,
  account: Input<N>,
): Promise<OfflineDesk> => {
  const core = createCore({
    store: desk.local.store,
    blobs: desk.local.blobs,
    engine: testEngine(),
    onChanged: () => () => undefined,
    clock: systemClock,
    log: { info: () => undefined, error: () => undefined },
    host: { version: '0', host: 'headless', workstation: desk.name, demoAccounts: [] },
    printing: null,
    windows: null,
    updates: null,
    protection: stillProtection(desk.local, desk.temporary.folder, desk.temporary.key),
    diagnostics: { facts: desk.local.facts, logTail: () => [], settings: {} },
    route: createRouter,
  });
  const connection = core.connect();
  const get = async <N extends CallName>(name: N, input: Input<N>) => {
    const reply = (await core.dispatch(name, input, connection)) as Reply<Output<N>>;
    if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
    return reply.value;
  };
  await get(signIn, account);
  return { get, stop: () => core.stop() };
};
