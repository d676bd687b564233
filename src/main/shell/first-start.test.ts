import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeRecoveryKey } from '#main/core/recovery.ts';
import { writeCode } from '#main/data/central/enrolment-code.ts';
import { openLocal } from '#main/data/local/open.ts';
import { NoSafePlaceError } from '#main/security/no-safe-place.ts';
import type { Secrets } from '#main/security/secrets.ts';
import { makeReady, somePatient, temporaryFolder } from '#tests/support/sync-local.ts';
import { createFirstStart, type FirstStart, type Opening } from './first-start.ts';
import { KeyMissingError } from './vault.ts';

/** A keyring of one system user: what another one sealed cannot be read. */
const keyringOf = (folder: string, owner: string): Secrets & { file(name: string): string } => {
  const file = (name: string) => join(folder, `${name}.sealed`);
  return {
    file,
    get: async (name) => {
      if (!existsSync(file(name))) return null;
      const [sealedBy, value = ''] = readFileSync(file(name), 'utf8').split('|');
      if (sealedBy !== owner) throw new NoSafePlaceError('unreadable');
      return value;
    },
    set: async (name, value) => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file(name), `${owner}|${value}`);
    },
    remove: async (name) => rmSync(file(name), { force: true }),
  };
};

let root: string;
let data: string;
let stick: string;
/** The centre is out of reach: the code is kept, and exchanged later. */
const code = writeCode('postgres://ws_a:secret@127.0.0.1:1/none');

const begin = (
  owner: string,
  more: { folder?: string; show?: (() => void) | null; chosen?: string } = {},
) => {
  const folder = more.folder ?? data;
  const secrets = keyringOf(join(folder, 'secrets'), owner);
  let shows = 0;
  const restored: unknown[] = [];
  const start: FirstStart = createFirstStart({
    folder,
    secrets,
    secretFile: secrets.file,
    given: { centre: null, enrol: null, ca: null },
    name: 'Reception PC',
    show:
      more.show === null
        ? null
        : () => {
            shows += 1;
          },
    choose: async () => more.chosen ?? null,
    restoreSettings: (settings) => void restored.push(settings),
  });
  const opening = start.run();
  opening.catch(() => undefined);
  return { start, calls: start.calls, opening, secrets, restored, shown: () => shows };
};
const step = async ({ calls }: ReturnType<typeof begin>) => (await calls['start.state']()).state.step;
const until = (one: ReturnType<typeof begin>, wanted: string) =>
  expect.poll(() => step(one), { interval: 5 }).toBe(wanted);
const opens = ({ key }: Opening, folder = data) => {
  const local = openLocal({ folder, key });
  try {
    return local.db.prepare('SELECT family FROM patient').pluck().all();
  } finally {
    local.close();
  }
};

beforeEach(() => {
  root = temporaryFolder();
  data = join(root, 'data');
  stick = join(root, 'stick');
  mkdirSync(stick);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A workstation of `owner` with a patient that was not sent, a recovery key and a backup on the stick. */
const established = async (owner = 'a') => {
  const one = begin(owner);
  await until(one, 'welcome');
  await one.calls['start.enrol']({ code });
  await until(one, 'keep');
  const { recoveryKey } = (await one.calls['start.state']()).state;
  const last = recoveryKey?.split('-').at(-1) ?? '';
  await one.calls['start.keep']({ lastGroup: last });
  const opening = await one.opening;
  const local = openLocal({
    folder: data,
    key: opening.key,
    secondBackups: stick,
    settings: () => ({ 'window.json': '{}' }),
  });
  makeReady(local);
  local.store.mutate({ kind: 'patient.register', user: null }, (writer) =>
    writer.insert('patient', somePatient({ family: 'Habimana' })),
  );
  local.backups.make('asked');
  await local.backups.keepSecond();
  local.close();
  return { ...opening, recoveryKey: recoveryKey ?? '' };
};

test('a new computer asks for its code, shows its recovery key once, and opens; the next start asks nothing', async () => {
  const one = begin('a');
  await until(one, 'welcome');
  expect(await one.calls['start.enrol']({ code: 'CH1.x' })).toMatchObject({
    problem: { problem: 'enrolment', enrolment: 'cut-code' },
  });
  await one.calls['start.enrol']({ code: ` ${code}\n` });
  await until(one, 'keep');
  expect((await one.calls['start.keep']({ lastGroup: 'AAAAAA' })).problem?.problem).toBe('check');
  expect(existsSync(join(data, 'recovery'))).toBe(false);
  const { recoveryKey } = (await one.calls['start.state']()).state;
  await one.calls['start.keep']({ lastGroup: recoveryKey?.slice(-6) ?? '' });
  const { key, centre } = await one.opening;
  expect(centre.login).toBe('ws_a');
  expect(existsSync(join(data, 'recovery'))).toBe(true);
  const again = begin('a');
  expect((await again.opening).key).toEqual(key);
  expect(again.shown()).toBe(0);
});

test('who does not keep it now goes on, and no recovery key is in force', async () => {
  const one = begin('a');
  await until(one, 'welcome');
  await one.calls['start.enrol']({ code });
  await until(one, 'keep');
  await one.calls['start.later']();
  await one.opening;
  expect(existsSync(join(data, 'recovery'))).toBe(false);
});

test('under another system user the recovery key opens the data and seals the key there; the login is asked for anew', async () => {
  const { key, recoveryKey } = await established();
  const other = begin('b');
  await until(other, 'recover');
  for (const [typed, problem] of [
    [recoveryKey.slice(1), 'length'],
    [`${recoveryKey.slice(0, -1)}${recoveryKey.endsWith('A') ? 'B' : 'A'}`, 'check'],
    [`0${recoveryKey.slice(1)}`, 'symbol'],
  ] as const)
    expect((await other.calls['start.recover']({ recoveryKey: typed })).problem?.problem).toBe(problem);
  await other.calls['start.recover']({ recoveryKey: recoveryKey.toLowerCase() });
  await until(other, 'welcome');
  expect((await other.calls['start.state']()).state.again).toBe(true);
  await other.calls['start.enrol']({ code });
  const opening = await other.opening;
  expect(opening.key).toEqual(key);
  expect(opens(opening)).toEqual(['Habimana']);
  const next = begin('b');
  expect((await next.opening).key).toEqual(key);
});

test('a wrong recovery key takes its time, opens nothing and takes nothing away', async () => {
  await established();
  const stranger = makeRecoveryKey(join(root, 'elsewhere'), randomBytes(32));
  rmSync(join(data, 'secrets', 'database-key.sealed'));
  const one = begin('a');
  await until(one, 'recover');
  const before = readdirSync(data);
  const began = performance.now();
  expect((await one.calls['start.recover']({ recoveryKey: stranger })).problem?.problem).toBe('other');
  expect(performance.now() - began).toBeGreaterThan(900);
  expect(await step(one)).toBe('recover');
  expect(readdirSync(data)).toEqual(before);
});

test('a key of another folder in the keyring is not taken for this one’s', async () => {
  const { key, recoveryKey } = await established();
  await keyringOf(join(data, 'secrets'), 'a').set('database-key', randomBytes(32).toString('hex'));
  const one = begin('a');
  await until(one, 'recover');
  await one.calls['start.recover']({ recoveryKey });
  expect((await one.opening).key).toEqual(key);
});

test('where nobody could answer, a start ends in words as before', async () => {
  await established();
  rmSync(join(data, 'secrets', 'database-key.sealed'));
  await expect(begin('a', { show: null }).opening).rejects.toBeInstanceOf(KeyMissingError);
  await expect(begin('b', { show: null }).opening).rejects.toBeInstanceOf(KeyMissingError);
});

test('the backup of a lost computer is previewed with its recovery key, and waits until the new one has all rows', async () => {
  const { recoveryKey } = await established();
  const fresh = join(root, 'fresh');
  const one = begin('c', { folder: fresh, chosen: stick });
  await until(one, 'welcome');
  expect((await one.calls['start.choose']({ what: 'folder' })).state.chosen).toEqual({
    folder: stick,
    count: 1,
  });
  const stranger = makeRecoveryKey(join(root, 'elsewhere'), randomBytes(32));
  expect((await one.calls['start.look']({ recoveryKey: stranger })).problem?.problem).toBe('other');
  const { backups } = await one.calls['start.look']({ recoveryKey });
  expect(backups).toMatchObject([{ deviceName: 'Desk A', unsent: 1, drafts: 0 }]);
  expect(existsSync(join(fresh, 'backups'))).toBe(false);
  const done = await one.calls['start.restore']({ id: backups[0]?.id ?? '' });
  expect(done).toMatchObject({
    problem: null,
    state: { step: 'welcome', restoring: { deviceName: 'Desk A' } },
  });
  expect(one.restored).toEqual([{ 'window.json': '{}' }]);
  await one.calls['start.enrol']({ code });
  await until(one, 'keep');
  await one.calls['start.later']();
  const { key } = await one.opening;
  const local = openLocal({ folder: fresh, key });
  const name = local.backups.awaited() ?? '';
  expect(local.backups.restore(name)).toBe('incomplete');
  makeReady(local);
  expect(local.backups.restore(name)).toMatchObject({ work: 1, known: 0 });
  expect(local.db.prepare('SELECT family FROM patient').pluck().all()).toEqual(['Habimana']);
  local.close();
});

test('a backup is found from its file, its folder and the old data folder; elsewhere there is none', async () => {
  const { recoveryKey } = await established();
  const old = join(root, 'old disk');
  cpSync(data, old, { recursive: true });
  const [place = ''] = readdirSync(stick);
  const [file = ''] = readdirSync(join(stick, place)).filter((name) => name.endsWith('.backup'));
  for (const chosen of [join(stick, place, file), join(stick, place), old, join(old, 'backups')]) {
    const one = begin('c', { folder: join(root, randomBytes(4).toString('hex')), chosen });
    await until(one, 'welcome');
    expect((await one.calls['start.choose']({ what: 'folder' })).state.chosen?.count, chosen).toBe(1);
    expect((await one.calls['start.look']({ recoveryKey })).backups, chosen).toHaveLength(1);
  }
  const one = begin('c', { folder: join(root, 'none'), chosen: join(root, 'nowhere') });
  await until(one, 'welcome');
  expect((await one.calls['start.choose']({ what: 'file' })).state.chosen?.count).toBe(0);
});

test('where data stand that cannot be opened, restoring puts them aside with what is needed to open them', async () => {
  const { key, recoveryKey } = await established();
  const other = begin('b', { chosen: stick });
  await until(other, 'recover');
  await other.calls['start.choose']({ what: 'folder' });
  const { backups } = await other.calls['start.look']({ recoveryKey });
  rmSync(join(stick, readdirSync(stick)[0] ?? '', backups[0]?.id.split('/')[1] ?? ''));
  expect((await other.calls['start.restore']({ id: backups[0]?.id ?? '' })).problem?.problem).toBe('gone');
  expect(opens({ key } as Opening)).toEqual(['Habimana']);

  const aside = begin('b', { chosen: join(data, 'backups') });
  await until(aside, 'recover');
  await aside.calls['start.choose']({ what: 'folder' });
  const found = await aside.calls['start.look']({ recoveryKey });
  expect(await aside.calls['start.restore']({ id: found.backups[0]?.id ?? '' })).toMatchObject({
    problem: null,
    state: { restoring: { deviceName: 'Desk A' } },
  });
  const [place = ''] = readdirSync(join(data, 'quarantine'));
  const put = readdirSync(join(data, 'quarantine', place));
  for (const name of ['workstation.db', 'outbox.mirror', 'recovery', 'database-key.sealed', 'backups'])
    expect(put).toContain(name);
  await until(aside, 'welcome');
  await aside.calls['start.enrol']({ code });
  await until(aside, 'keep');
  await aside.calls['start.later']();
  const opening = await aside.opening;
  expect(opening.key.equals(key)).toBe(false);
  const local = openLocal({ folder: data, key: opening.key });
  makeReady(local);
  expect(local.backups.restore(local.backups.awaited() ?? '')).toMatchObject({ work: 1 });
  local.close();
});
