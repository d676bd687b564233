import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { readAddress, withHosts } from '#main/data/central/address.ts';
import { connectCentre } from '#main/data/central/client.ts';
import { readCode, writeCode } from '#main/data/central/enrolment-code.ts';
import { testAuthority } from '#tests/support/certificates.ts';
import { type FreshCentre, freshCentre } from '#tests/support/fresh-centre.ts';
import { tcpProxy } from '#tests/support/tcp-proxy.ts';
import {
  type CentreAccess,
  type CentreGiven,
  type CentreKeep,
  centreAccess,
  type KeptCentre,
} from './enrolment.ts';
import { settingsFile, settingsKeep } from './settings-file.ts';

let centre: FreshCentre;
let folder: string;
beforeAll(async () => {
  centre = await freshCentre();
});
afterAll(() => centre.drop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clinichub-enrolment-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const nothing: CentreGiven = { centre: null, enrol: null, ca: null };
const hello = { schema: 2, app: 'x', epoch: null, cursor: null, chain: null, scope: null };
const nameAt = async (access: CentreAccess | null) => {
  const desk = connectCentre(access?.source ?? 'postgres://nowhere');
  try {
    return (await desk.hello(hello)).device_name;
  } finally {
    await desk.close();
  }
};

class Killed extends Error {}

/** The settings of a workstation that is killed just before or just after its nth write. */
const killedAt = (nth: number, when: 'before' | 'after'): CentreKeep => {
  const keep = settingsKeep(folder);
  let writes = 0;
  return {
    read: keep.read,
    write: async (kept: KeptCentre) => {
      writes += 1;
      if (writes === nth && when === 'before') throw new Killed();
      await keep.write(kept);
      if (writes === nth) throw new Killed();
    },
  };
};

test('a first start exchanges the code, keeps its own password and forgets the code; later starts need nothing', async () => {
  const { code, url } = await centre.enrolment('Desk');
  expect(await nameAt(await centreAccess(settingsKeep(folder), { ...nothing, enrol: code }))).toBe('Desk');
  const kept = readFileSync(settingsFile(folder), 'utf8');
  expect(kept).not.toContain('CH1.');
  expect(kept).not.toContain(readAddress(url).password);
  expect(await nameAt(await centreAccess(settingsKeep(folder), nothing))).toBe('Desk');
  // A start script that still has the code in it.
  expect(await nameAt(await centreAccess(settingsKeep(folder), { ...nothing, enrol: code }))).toBe('Desk');
});

test.each([
  [1, 'before'],
  [1, 'after'],
  [2, 'before'],
  [2, 'after'],
] as const)('killed %s. write, %s it: the next start ends up enrolled', async (nth, when) => {
  const { code } = await centre.enrolment(`Killed ${nth} ${when}`);
  const given = { ...nothing, enrol: code };
  await expect(centreAccess(killedAt(nth, when), given)).rejects.toBeInstanceOf(Killed);
  // When nothing was kept yet the code must be given again; afterwards no start needs it.
  const next = nth === 1 && when === 'before' ? given : nothing;
  expect(await nameAt(await centreAccess(settingsKeep(folder), next))).toBe(`Killed ${nth} ${when}`);
  expect((await settingsKeep(folder).read()).enrolment).toBe(null);
});

test('while the centre cannot be reached the start goes on, and the exchange follows with the first connection', async () => {
  const { code } = await centre.enrolment('Patient desk');
  const { hostname, port } = new URL(centre.url);
  const cable = await tcpProxy(hostname, Number(port));
  cable.cut();
  const behind = writeCode(withHosts(readCode(code), `127.0.0.1:${cable.port}`));
  const source = await centreAccess(settingsKeep(folder), { ...nothing, enrol: behind });
  await expect(nameAt(source)).rejects.toMatchObject({ sqlstate: null, retryable: true });
  expect((await settingsKeep(folder).read()).enrolment).not.toBe(null);
  cable.restore();
  expect(await nameAt(source)).toBe('Patient desk');
  expect((await settingsKeep(folder).read()).enrolment).toBe(null);
  await cable.close();
});

test('a code that was used on another computer is told so; with a new one this computer is enrolled', async () => {
  const { code } = await centre.enrolment('Twice');
  await centreAccess(settingsKeep(join(folder, 'first')), { ...nothing, enrol: code });
  const second = settingsKeep(join(folder, 'second'));
  const used = {
    name: 'EnrolmentError',
    problem: 'used-code',
    message: expect.stringContaining('used already'),
  };
  await expect(centreAccess(second, { ...nothing, enrol: code })).rejects.toMatchObject(used);
  await expect(centreAccess(second, nothing)).rejects.toMatchObject(used);
  const { code: fresh } = await centre.enrolment('Second');
  expect(await nameAt(await centreAccess(second, { ...nothing, enrol: fresh }))).toBe('Second');
  // A code of no use takes nothing away from one that is enrolled; a good one gives it another login.
  await expect(centreAccess(second, { ...nothing, enrol: code })).rejects.toMatchObject(used);
  expect(await nameAt(await centreAccess(second, nothing))).toBe('Second');
  const { code: other } = await centre.enrolment('Other');
  expect(await nameAt(await centreAccess(second, { ...nothing, enrol: other }))).toBe('Other');
  expect(await nameAt(await centreAccess(second, nothing))).toBe('Other');
});

test('an expired code and one that is no code are told apart', async () => {
  const { code, deviceId } = await centre.enrolment('Late');
  await centre.sql(
    `update clinichub.sync_device set code_expires_at = now() - interval '1 s' where id = $1`,
    [deviceId],
  );
  const at = (enrol: string) => centreAccess(settingsKeep(folder), { ...nothing, enrol });
  await expect(at(code)).rejects.toMatchObject({ problem: 'expired-code' });
  await expect(at(code.slice(0, -3))).rejects.toMatchObject({ problem: 'cut-code' });
  await expect(at(code.replace(/.{5}$/, 'AAAAA'))).rejects.toMatchObject({ problem: 'mistyped-code' });
  await expect(at('hello')).rejects.toMatchObject({ problem: 'not-a-code' });
});

test('a server that speaks no TLS where it must, and a certificate file that is none, are told apart', async () => {
  const { code } = await centre.enrolment('Plain');
  const strict = writeCode(`${readCode(code)}?sslmode=verify-full`);
  const at = (given: Partial<CentreGiven>) =>
    centreAccess(settingsKeep(folder), { ...nothing, enrol: strict, ...given });
  await expect(at({})).rejects.toMatchObject({ problem: 'untrusted-centre' });
  const file = join(folder, 'ca.pem');
  writeFileSync(file, 'no certificate');
  await expect(at({ ca: file })).rejects.toMatchObject({ problem: 'bad-certificate' });
  writeFileSync(file, testAuthority().certificate);
  await expect(at({ ca: file })).rejects.toMatchObject({ problem: 'untrusted-centre' });
  const { enrolment } = await settingsKeep(folder).read();
  expect(readAddress(readCode(enrolment?.code ?? '')).authorities).toContain('BEGIN CERTIFICATE');
});

test('an address with a complete login is kept as it is', async () => {
  const url = await centre.enrol('By address');
  expect(await nameAt(await centreAccess(settingsKeep(folder), { ...nothing, centre: url }))).toBe(
    'By address',
  );
  expect(await nameAt(await centreAccess(settingsKeep(folder), nothing))).toBe('By address');
  expect(await centreAccess(settingsKeep(join(folder, 'empty')), nothing)).toBe(null);
  await expect(
    centreAccess(settingsKeep(folder), {
      ...nothing,
      centre: 'postgres://a:b@db.example.org/x?sslmode=disable',
    }),
  ).rejects.toThrow(/sslmode=disable/);
  expect(await nameAt(await centreAccess(settingsKeep(folder), nothing))).toBe('By address');
});
