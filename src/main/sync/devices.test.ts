import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { destroyWorkstation } from '#main/core/wipe.ts';
import { connectCentre } from '#main/data/central/client.ts';
import { resumeDevice, revokeDevice, suspendDevice, wipeDevice } from '#main/data/central/devices.ts';
import { centreStatus } from '#main/data/central/status.ts';
import { behindWire, fastTimers } from '#tests/support/sync-faults.ts';
import { somePatient } from '#tests/support/sync-local.ts';
import { type TwoWorkstations, twoWorkstations } from '#tests/support/two-workstations.ts';

let clinic: TwoWorkstations;
beforeEach(async () => {
  clinic = await twoWorkstations();
});
afterEach(() => clinic.end());

const register = (mrn: string) => {
  const { local } = clinic.a;
  local.store.mutate({ kind: 'patient.register', user: null }, (writer) =>
    writer.insert('patient', somePatient({ mrn })),
  );
};
const atCentre = async (mrn: string) =>
  (await clinic.query('select from clinichub.patient where mrn = $1', [mrn])).length;
const stateOf = async (name: string) =>
  (await centreStatus(clinic.centre.url)).devices.find((device) => device.name === name)?.state;

test('a suspended workstation is refused, keeps what is done there, and sends it when it is resumed', async () => {
  await suspendDevice(clinic.centre.url, 'Desk A');
  register('S-1');
  clinic.a.engine.wake();
  await clinic.a.until(({ connection, problem }) => connection === 'stopped' && problem === 'suspended');
  expect(await atCentre('S-1')).toBe(0);
  // What is here can still be worked with, until the lease ends.
  register('S-2');
  expect(await stateOf('Desk A')).toBe('suspended');
  await resumeDevice(clinic.centre.url, 'Desk A');
  await clinic.a.settled();
  expect(await Promise.all(['S-1', 'S-2'].map(atCentre))).toEqual([1, 1]);
});

test('a revoked workstation’s sessions end at once and its login is closed for good', async () => {
  const sessions = async () =>
    (
      await clinic.query<{ pid: number }>(
        `select pid from pg_stat_activity where usename = (select login from clinichub.sync_device where name = 'Desk A')`,
      )
    ).length;
  await expect.poll(sessions).toBe(2);
  const revoked = await revokeDevice(clinic.centre.url, 'Desk A');
  expect(await sessions()).toBe(0);
  register('R-1');
  clinic.a.engine.wake();
  await clinic.a.until(({ problem }) => problem === 'login-refused');
  expect(await atCentre('R-1')).toBe(0);
  expect(clinic.a.local.replica.counts().waiting).toBe(1);
  expect(await stateOf('Desk A')).toBe('revoked');
  const url = clinic.centre.url;
  for (const act of [resumeDevice, suspendDevice, wipeDevice])
    await expect(act(url, String(revoked.deviceNo))).rejects.toMatchObject({ code: 'device-state' });
  // Nobody else is touched.
  await clinic.b.settled();
});

test('a login made again by hand for a revoked workstation is refused all the same', async () => {
  const { login } = await revokeDevice(clinic.centre.url, 'Desk A');
  await clinic.query(`alter role ${login} login password 'by-hand'`);
  await clinic.query(`grant clinichub_workstation to ${login}`);
  const address = new URL(clinic.a.url);
  address.password = 'by-hand';
  const back = connectCentre(address.href);
  const hello = { schema: 2, app: 'x', epoch: null, cursor: null, chain: null, scope: null };
  await expect(back.hello(hello)).rejects.toMatchObject({ sqlstate: 'CH001' });
  await expect(back.wiped()).rejects.toMatchObject({ sqlstate: 'CH001' });
  await back.close();
});

test('nobody can report a workstation wiped that was not to be', async () => {
  const desk = connectCentre(clinic.a.url);
  await expect(desk.wiped()).rejects.toMatchObject({ sqlstate: 'CH102' });
  await desk.close();
  expect(await stateOf('Desk A')).not.toBe('wiped');
});

test('a wipe sends what waits first, is completed although the centre goes away, and the centre is told when it is back', async () => {
  const { a } = clinic;
  const { folder } = a.temporary;
  await a.offline();
  register('W-1');
  register('W-2');
  await wipeDevice(clinic.centre.url, 'Desk A');
  const happened: string[] = [];
  let cuts = 0;
  let back = false;
  await a.online({
    timers: fastTimers(20),
    centre: () =>
      behindWire(connectCentre(a.url), (call) => {
        happened.push(call);
        if (call === 'push' && !happened.includes('cut')) {
          happened.push('cut');
          return 'cut after';
        }
        if (call !== 'wiped') return 'well';
        cuts += 1;
        return back ? 'well' : 'cut before';
      }),
    destroy: async () => {
      happened.push('destroyed');
      expect(await Promise.all(['W-1', 'W-2'].map(atCentre))).toEqual([1, 1]);
      a.local.close();
      destroyWorkstation(folder, [join(folder, 'workstation.key-check')]);
    },
  });
  await expect.poll(() => cuts, { timeout: 20_000 }).toBeGreaterThan(1);
  expect(readdirSync(folder).sort()).toEqual(['wiped', 'workstation.lock']);
  expect(await stateOf('Desk A')).toBe('wiping');
  expect(a.engine.status()).toMatchObject({ connection: 'stopped', problem: 'wipe' });
  back = true;
  await expect.poll(() => stateOf('Desk A'), { timeout: 20_000 }).toBe('wiped');
  expect(happened.filter((each) => each === 'destroyed')).toHaveLength(1);
  expect(happened.slice(0, happened.indexOf('destroyed'))).not.toContain('pull');
  // The login is closed.
  const desk = connectCentre(a.url);
  await expect(desk.place()).rejects.toMatchObject({ sqlstate: '28P01' });
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a wipe that cannot be carried out is tried again, and the copy stays closed meanwhile', async () => {
  const { a } = clinic;
  await a.offline();
  await wipeDevice(clinic.centre.url, 'Desk A');
  let tries = 0;
  await a.online({
    timers: fastTimers(2_000),
    destroy: async () => {
      tries += 1;
      if (tries < 3) throw new Error('the disk is busy');
      a.local.close();
    },
  });
  await expect.poll(() => stateOf('Desk A'), { timeout: 20_000 }).toBe('wiped');
  expect(tries).toBe(3);
  expect(a.local.store.closure()).toBe('wiped');
});

test('wiping ends a suspension: who cannot call does not hear of it', async () => {
  await clinic.a.offline();
  await suspendDevice(clinic.centre.url, 'Desk A');
  await wipeDevice(clinic.centre.url, 'Desk A');
  await clinic.a.online({ destroy: async () => clinic.a.local.close() });
  await expect.poll(() => stateOf('Desk A'), { timeout: 20_000 }).toBe('wiped');
});
