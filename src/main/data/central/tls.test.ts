import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type TestCertificate, testAuthority } from '#tests/support/certificates.ts';
import { withClient } from '#tests/support/fresh-centre.ts';
import { withAuthorities } from './address.ts';
import type { HelloRequest } from './centre.ts';
import { packCertificates } from './certificates.ts';
import { connectCentre } from './client.ts';
import { type EmbeddedCentre, startEmbeddedCentre } from './embedded.ts';
import { findRunAs } from './embedded-binaries.ts';
import { enrolDevice } from './enrol.ts';
import { migrateCentre } from './migrator.ts';

const clinic = testAuthority('Clinic authority');
const stranger = testAuthority('Another authority');
let folder: string;
let server: EmbeddedCentre;
let login: string;

const fileFor = (name: string) => join(folder, name);

/** PostgreSQL takes a key only from its own user, and only when others cannot read it. */
const place = async ({ certificate, key }: TestCertificate) => {
  const owner = findRunAs();
  for (const [name, content] of [
    ['server.crt', certificate],
    ['server.key', key],
  ] as const) {
    await writeFile(fileFor(name), content, { mode: 0o600 });
    if ('uid' in owner) await chown(fileFor(name), owner.uid, owner.gid);
  }
};

/** The server shows this certificate from the next connection on. */
const show = async (certificate: TestCertificate) => {
  await place(certificate);
  await withClient(server.url, async (client) => {
    await client.query('select pg_reload_conf()');
  });
};

/** A reload takes the server a moment. */
const soon = (assertion: () => Promise<unknown>) => vi.waitFor(assertion, { timeout: 10_000, interval: 50 });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clinichub-tls-'));
  await chmod(folder, 0o755);
  await place(clinic.issue(['localhost', '127.0.0.1']));
  server = await startEmbeddedCentre({
    dataFolder: join(folder, 'centre'),
    log: () => undefined,
    settings: {
      fsync: 'off',
      ssl: 'on',
      ssl_cert_file: fileFor('server.crt'),
      ssl_key_file: fileFor('server.key'),
    },
  });
  await migrateCentre(server.url);
  login = (await enrolDevice(server.url, { name: 'Desk' })).url;
});

afterAll(async () => {
  await server.remove();
  await rm(folder, { recursive: true, force: true });
});

const hello: HelloRequest = {
  schema: 2,
  app: 'test',
  epoch: null,
  cursor: null,
  chain: null,
  scope: null,
};

/** The login's address at `host`, TLS asked for as it is for any host that is not this computer. */
const addressAt = (host: string, trusted = clinic.certificate): string => {
  const address = new URL(login);
  address.hostname = host;
  address.searchParams.set('sslmode', 'verify-full');
  return withAuthorities(address.href, packCertificates(trusted));
};

const greet = async (address: string) => {
  const centre = connectCentre(address);
  try {
    return await centre.hello(hello);
  } finally {
    await centre.close();
  }
};

const untrusted = (reason: string) => ({
  name: 'UntrustedCentreError',
  retryable: true,
  message: expect.stringContaining(reason),
});

test('a server the clinic’s own authority vouches for is spoken to, encrypted, by name and by IP address', async () => {
  for (const host of ['localhost', '127.0.0.1'])
    expect(await greet(addressAt(host))).toMatchObject({ device_name: 'Desk' });
  const centre = connectCentre(addressAt('localhost'));
  await centre.hello(hello);
  const stop = await centre.listen(
    () => undefined,
    () => undefined,
  );
  const encrypted = await withClient(server.url, async (client) => {
    const { rows } = await client.query(
      `select a.application_name, s.ssl from pg_stat_ssl s join pg_stat_activity a using (pid)
       where a.usename like 'clinichub_ws_%' order by 1`,
    );
    return rows;
  });
  stop();
  await centre.close();
  expect(encrypted).toEqual([
    { application_name: 'clinichub-workstation', ssl: true },
    { application_name: 'clinichub-workstation-listen', ssl: true },
  ]);
});

test('a server another authority vouches for is refused, for calls and for listening', async () => {
  const address = addressAt('localhost', stranger.certificate);
  await expect(greet(address)).rejects.toMatchObject(untrusted('authority'));
  const centre = connectCentre(address);
  await expect(
    centre.listen(
      () => undefined,
      () => undefined,
    ),
  ).rejects.toMatchObject(untrusted('authority'));
  await centre.close();
});

test('without an authority of its own a workstation trusts the system’s, which do not know the clinic’s', async () => {
  const address = new URL(login);
  address.searchParams.set('sslmode', 'verify-full');
  await expect(greet(address.href)).rejects.toMatchObject(untrusted('authority'));
});

test('a certificate for another name is refused, also when the address is a number', async () => {
  await show(clinic.issue(['db.example.org']));
  for (const host of ['localhost', '127.0.0.1'])
    await soon(() => expect(greet(addressAt(host))).rejects.toMatchObject(untrusted('another name')));
  await show(clinic.issue(['localhost']));
  await soon(async () => expect(await greet(addressAt('localhost'))).toMatchObject({ device_name: 'Desk' }));
  await expect(greet(addressAt('127.0.0.1'))).rejects.toMatchObject(untrusted('another name'));
});

test('a certificate that has expired is refused', async () => {
  await show(clinic.issue(['localhost'], new Date(Date.now() - 60_000)));
  await soon(() => expect(greet(addressAt('localhost'))).rejects.toMatchObject(untrusted('expired')));
});

test('a server that speaks no TLS is refused', async () => {
  const response = await fetch(process.env.CLINICHUB_TEST_CLUSTER ?? '');
  const plain = new URL(await response.text());
  plain.searchParams.set('sslmode', 'verify-full');
  await expect(greet(plain.href)).rejects.toMatchObject(untrusted('TLS'));
});
