import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectCentre } from '#main/data/central/client.ts';
import { isLocalFile } from '#main/data/local/files.ts';
import { localDb } from '#main/data/local/query.ts';
import { somePatient } from '#tests/support/sync-local.ts';
import {
  type Desk,
  expectConverged,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';

let clinic: TwoWorkstations;
beforeEach(async () => {
  clinic = await twoWorkstations();
});
afterEach(() => clinic.end());

const register = ({ local }: Desk, mrn: string) =>
  local.store.mutate({ kind: 'patient.register', user: null }, (writer) =>
    writer.insert('patient', somePatient({ mrn })),
  );
const moveTo = ({ local }: Desk, city: string) =>
  local.store.mutate({ kind: 'patient.update', user: null }, (writer) =>
    writer.update('patient', clinic.patient.id, { city }),
  );
const cityAt = ({ local }: Desk) =>
  local.store.get(localDb.selectFrom('patient').select('city').where('id', '=', clinic.patient.id))?.city;
const mrns = async () =>
  (await clinic.query<{ mrn: string }>('select mrn from clinichub.patient order by mrn')).map(
    ({ mrn }) => mrn,
  );
const made = ({ local }: Desk): string => {
  const backup = local.backups.make('asked');
  if (backup === null) throw new Error('no backup');
  return backup.name;
};

/** Everything of the desk's but its backups is gone; it copies anew from the centre, with the login it had or another. */
const loseAll = async (desk: Desk, login = desk.url) => {
  await desk.offline();
  const { folder } = desk.temporary;
  desk.local.close();
  for (const name of readdirSync(folder))
    if (isLocalFile(name) && name !== 'backups') rmSync(join(folder, name), { recursive: true });
  desk.temporary.reopen();
  await desk.online({ centre: () => connectCentre(login) });
  await desk.until(({ bootstrap, connection }) => connection === 'live' && bootstrap === null);
};
const settle = async () => {
  for (const desk of [clinic.a, clinic.b, clinic.a]) await desk.settled();
};

test('what had not been sent when everything was lost reaches the centre and the other desk, once', async () => {
  const { a, b } = clinic;
  await a.offline();
  register(a, 'A-1');
  moveTo(a, 'Nice');
  const name = made(a);
  await loseAll(a);
  expect(await mrns()).toEqual(['SHARED-1']);
  expect(a.local.backups.restore(name)).toMatchObject({ work: 2, known: 0 });
  await settle();
  expect(a.local.backups.restore(name)).toMatchObject({ work: 0, known: 2 });
  await settle();
  expect(await mrns()).toEqual(['A-1', 'SHARED-1']);
  expect(cityAt(b)).toBe('Nice');
  expect(a.engine.status()).toMatchObject({ parked: 0 });
  await expectConverged(a, b);
});

test('what reached the centre after the backup is not done twice, and what came later stands', async () => {
  const { a, b } = clinic;
  await a.offline();
  register(a, 'A-1');
  moveTo(a, 'Nice');
  const name = made(a);
  await a.online();
  await settle();
  moveTo(b, 'Huye');
  await settle();
  await loseAll(a);
  a.local.backups.restore(name);
  await settle();
  expect(await mrns()).toEqual(['A-1', 'SHARED-1']);
  expect([cityAt(a), cityAt(b)]).toEqual(['Huye', 'Huye']);
  expect(a.engine.status()).toMatchObject({ parked: 0 });
  await expectConverged(a, b);
});

test('under another login it comes back as well, but for what had reached the centre under the first', async () => {
  const { a, b } = clinic;
  register(a, 'A-1');
  await a.offline();
  moveTo(a, 'Nice');
  const name = made(a);
  await a.online();
  await a.settled();
  await a.offline();
  register(a, 'A-2');
  const newer = made(a);
  // The other desk is switched off, and its login serves as the new one.
  await b.offline();
  await loseAll(a, b.url);
  expect(a.local.backups.restore(name)).toMatchObject({ work: 0 });
  expect(a.local.backups.restore(newer)).toMatchObject({ work: 1 });
  await a.settled();
  expect(await mrns()).toEqual(['A-1', 'A-2', 'SHARED-1']);
  expect(cityAt(a)).toBe('Nice');
  expect(a.engine.status()).toMatchObject({ parked: 0 });
  await expectConverged(a);
});
