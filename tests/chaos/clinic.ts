import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { openLocal } from '#main/data/local/open.ts';
import { blank, type RowOf, schemaVersion, type TableName } from '#shared/sync/catalogue.ts';
import type { Cells } from '#shared/sync/wire.ts';
import { runFolder } from '#tests/support/run-folder.ts';
import { someAppointment, someLocation, somePatient, somePractitioner } from '#tests/support/sync-local.ts';
import { deskKey } from './desk.ts';
import { createModelCentre, emptyState, type ModelCentre } from './model/centre.ts';
import type { ModelState } from './model/state.ts';
import { createRandom, newUuid, type Random } from './random.ts';

/** The clinic every seed begins with, and the files of workstations that have copied it. */
export interface Clinic {
  readonly state: ModelState;
  readonly rows: ClinicRows;
  /** By login, from 1. */
  readonly folders: readonly string[];
  /** Files of a workstation that has never met the centre. */
  readonly blank: string;
}

export interface ClinicRows {
  readonly site: string;
  /** Another site of the same clinic. */
  readonly other: string;
  readonly rooms: readonly string[];
  readonly practitioners: readonly string[];
  readonly accounts: readonly string[];
  readonly patients: readonly string[];
  /** Two patients whose postal code is only ever changed in one mutation. */
  readonly twins: readonly [string, string];
}

const clock = { now: () => Date.parse('2026-11-23T07:00:00.000Z') };

/** How many workstations a clinic can have. */
export const mostDesks = 4;

const accounts = (ids: readonly string[]): readonly RowOf<'staff_account'>[] =>
  ids.map((id, index) => ({
    ...blank('staff_account'),
    id,
    username: `user${index}`,
    display_name: `User ${index}`,
    role: 'reception',
    practitioner_id: null,
    location_id: null,
    password_hash: 'x',
    active: 1,
  }));

/** The rows every clinic begins with, handed out parents first. Resolves to their ids. */
export const firstClinicRows = async (
  random: Random,
  insert: (table: TableName, row: Cells) => void | Promise<void>,
): Promise<ClinicRows> => {
  const ids = (count: number) => Array.from({ length: count }, () => newUuid(random));
  const [site = '', other = '', ...rooms] = ids(4);
  const [practitioners, people, patients] = [ids(2), ids(3), ids(5)];
  const twins = [newUuid(random), newUuid(random)] as const;
  await insert('location', someLocation({ id: site }));
  await insert('location', someLocation({ id: other, name: 'Harbour' }));
  for (const id of rooms)
    await insert('location', someLocation({ id, kind: 'room', part_of: site, name: id }));
  for (const id of practitioners) await insert('practitioner', somePractitioner({ id }));
  for (const row of accounts(people)) await insert('staff_account', row as unknown as Cells);
  for (const [index, id] of [...patients, ...twins].entries()) {
    // Of the site, of the other one, and of the whole clinic, as the household is.
    const location_id = index < patients.length ? ([site, other, null][index % 3] ?? null) : null;
    await insert('patient', somePatient({ id, mrn: `P-${index}`, postal_code: 'first', location_id }));
  }
  for (const [index, id] of ids(2).entries()) {
    const hours = { weekday: index + 1, start_time: '08:00', end_time: '12:00', active: 1 };
    await insert('schedule', {
      id,
      practitioner_id: practitioners[index] ?? null,
      location_id: site,
      ...hours,
    });
  }
  const [patient_id = ''] = patients;
  const [practitioner_id = ''] = practitioners;
  await insert(
    'appointment',
    someAppointment({ id: newUuid(random), patient_id, practitioner_id, location_id: site }),
  );
  return { site, other, rooms, practitioners, accounts: people, patients, twins };
};

/** Takes an empty database through its first copy, without a network. */
const copyAll = (folder: string, centre: ModelCentre, login: number) => {
  const local = openLocal({ folder, key: deskKey, clock });
  const { replica } = local;
  const request = {
    schema: schemaVersion,
    app: 'chaos',
    epoch: null,
    cursor: null,
    chain: null,
    scope: null,
  };
  const greeting = centre.hello(login, request);
  replica.greeted(greeting);
  replica.bootstrap.begin(
    greeting.epoch,
    { seq: centre.state.seq, chain: centre.state.chain },
    greeting.scope,
  );
  for (let next = replica.bootstrap.position(); next !== null; next = replica.bootstrap.position()) {
    replica.bootstrap.add(next.table, centre.bootPage(login, next.table, next.after, 1000));
  }
  while (replica.bootstrap.index());
  replica.applyPull(centre.pull(login, replica.state().cursor, 1000));
  replica.bootstrap.finish();
  // Whenever it is opened, it has just had contact, by whatever clock the workstation has.
  local.db.exec('UPDATE lease SET contact_at = NULL, clock_at = NULL, clock_behind = 0');
  local.close();
};

/** An empty folder for the files of a process's seeds. */
export const chaosFolder = (): string => mkdtempSync(join(runFolder(), 'clinichub-chaos-'));

export const createClinic = async (folder: string): Promise<Clinic> => {
  const random = createRandom(20261123);
  const state = emptyState(newUuid(random));
  const centre = createModelCentre({ state, now: () => '2026-11-23T07:00:00.000Z' });
  for (let login = 1; login <= mostDesks; login += 1) centre.enrol(`Desk ${login}`, newUuid(random));
  const rows = await firstClinicRows(random, (table, row) =>
    centre.administer((tx) => tx.insert(table, row)),
  );
  const folders = Array.from({ length: mostDesks }, (_, index) => {
    const own = join(folder, `template-${index + 1}`);
    mkdirSync(own);
    copyAll(own, centre, index + 1);
    return own;
  });
  const blank = join(folder, 'template-blank');
  mkdirSync(blank);
  const none = openLocal({ folder: blank, key: deskKey, clock });
  none.db.exec('UPDATE lease SET contact_at = NULL, clock_at = NULL, clock_behind = 0');
  none.close();
  return { state, rows, folders, blank };
};
