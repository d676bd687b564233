import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type FreshCentre, freshCentre } from '#tests/support/fresh-centre.ts';
import { searchFor } from '#tests/support/plants.ts';
import { runFolder } from '#tests/support/run-folder.ts';
import { type TcpProxy, tcpProxy } from '#tests/support/tcp-proxy.ts';
import { seedDemoClinic } from '../../scripts/demo/seed.ts';
import { failedExit } from './core/failures.ts';
import { openLocal } from './data/local/open.ts';

const root = resolve(import.meta.dirname, '../..');

/** Texts that stand nowhere else; a patient's family name is one that sorts and folds. */
const family = 'Zyphorelle';
const given = 'Quixandra';
const noteText = 'Wobbegong palsy since Whitsun';
const typed = 'Xanthoprotein';
const imported = 'Vraszkowiak';

let centre: FreshCentre;
let cable: TcpProxy;
/** All that a workstation can leave behind lies below: its data, its temporary files, its home, where it runs. */
let below: string;
/** Beside it: what is given to it. */
let beside: string;
let child: ChildProcess | null = null;
let said = '';

beforeAll(async () => {
  centre = await freshCentre();
  await seedDemoClinic(centre.url, new Date().toISOString().slice(0, 10));
  const { hostname, port } = new URL(centre.url);
  cable = await tcpProxy(hostname, Number(port));
  below = mkdtempSync(join(runFolder(), 'clinichub-at-rest-'));
  beside = mkdtempSync(join(runFolder(), 'clinichub-beside-'));
  for (const name of ['tmp', 'home', 'cwd']) mkdirSync(join(below, name));
});
afterEach(() => child?.kill('SIGKILL'));
afterAll(async () => {
  await centre.drop();
  for (const folder of [below, beside]) rmSync(folder, { recursive: true, force: true });
});

/** What a program that breaks in the worst way would say: errors whose message is a patient's name. */
const fault = () => {
  const file = join(beside, 'fault.mjs');
  writeFileSync(
    file,
    `const bad = () => { throw new TypeError('${family} ${given}: ${noteText}'); };
process.on('SIGUSR2', bad);
process.on('SIGPIPE', () => { void (async () => bad())(); });
`,
  );
  return file;
};

const start = async (centreAt: string) => {
  const host = spawn(
    process.execPath,
    ['--import', fault(), join(root, 'src/main/headless.ts'), '--data', join(below, 'data'), '--port', '0'],
    {
      cwd: join(below, 'cwd'),
      env: {
        PATH: process.env.PATH,
        HOME: join(below, 'home'),
        TMPDIR: join(below, 'tmp'),
        CLINICHUB_CENTRE: centreAt,
      },
    },
  );
  child = host;
  const url = Promise.withResolvers<string>();
  let output = '';
  for (const stream of [host.stdout, host.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      said += chunk.toString();
      const found = /^ClinicHub workstation .* on (\S+)$/m.exec(output)?.[1];
      if (found !== undefined) url.resolve(found);
    });
  const ended = once(host, 'close').then(([code, signal]) => {
    url.reject(new Error(output));
    return (code ?? signal) as number | string;
  });
  return { url: await url.promise, host, ended, output: () => output };
};

/** A browser without a screen, of somebody who has signed in. */
const signedIn = async (url: string, username: string) => {
  let cookie = '';
  const call = async <T>(name: string, input: object): Promise<T> => {
    const answer = await fetch(new URL(`/rpc/${name}`, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-clinichub': '1', cookie },
      body: JSON.stringify(input),
    });
    cookie = answer.headers.getSetCookie().at(-1)?.split(';')[0] ?? cookie;
    const reply = (await answer.json()) as { ok: boolean; value: T };
    if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply)}`);
    return reply.value;
  };
  const copying = async () => (await call<{ bootstrap: unknown }>('sync.status', {})).bootstrap;
  const enter = () => call<{ id: string }>('session.signIn', { username, password: `${username}-demo` });
  // Before the copy has begun there is nothing to be seen of it; and one address signs in so often and no more.
  await expect
    .poll(
      () =>
        enter().then(
          ({ id }) => id,
          () => null,
        ),
      { timeout: 60_000, interval: 4_000 },
    )
    .not.toBe(null);
  await expect.poll(copying, { timeout: 60_000 }).toBe(null);
  return { call, id: (await enter()).id };
};

const register = async (url: string) => {
  const { call } = await signedIn(url, 'claudine');
  const patient = await call<{ id: string; mrn: string }>('patients.register', {
    family,
    given,
    gender: 'female',
    birthDate: '2001-05-06',
    notADuplicate: true,
  });
  await call('patients.search', { text: family });
  await call('patients.search', { text: patient.mrn });
  return patient;
};

const inTheConsultingRoom = async (url: string, patientId: string) => {
  const { call, id: writer } = await signedIn(url, 'uwase');
  const draft = (revision: number, id: string | null) =>
    call<{ id: string; revision: number }>('notes.saveDraft', {
      ...{ writer, id, patientId, kind: 'note', answers: null, title: 'Consultation', type: '11506-3' },
      ...{ sections: [{ title: 'Subjective', text: noteText }], reason: '', revision },
    });
  const first = await draft(0, null);
  const { id, revision } = await draft(first.revision, first.id);
  await call('notes.sign', { id, revision, pin: '2580' });
  await draft(0, null);
  await call('drafts.save', {
    ...{ patientId, subject: null, writer },
    typed: { form: 'allergy', fields: { substance: typed } },
  });
  const { id: documentId } = await call<{ id: string }>('documents.make', {
    ...{ patientId, template: 'sick-note', language: 'en', title: `Sick note ${family}` },
    ...{
      from: '2026-11-23',
      to: '2026-11-27',
      diagnosis: noteText,
      sections: [{ title: '', text: noteText }],
    },
  });
  await call('documents.open', { id: documentId });
  const { data } = await call<{ data: string }>('documents.bytes', { id: documentId, n: 0 });
  expect(Buffer.from(data, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
};

const importPeople = async (url: string) => {
  const folder = join(beside, 'csv');
  cpSync(join(root, 'tests/fixtures/synthea'), folder, { recursive: true });
  const file = join(folder, 'patients.csv');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('Vela532', imported));
  const { call } = await signedIn(url, 'patrick');
  await call('import.check', { folder });
  const phase = async () => (await call<{ phase: string }>('import.status', {})).phase;
  await expect.poll(phase, { timeout: 60_000 }).toBe('checked');
  await call('import.run', { folder });
  await expect.poll(phase, { timeout: 60_000 }).toBe('done');
};

test('a search finds what it looks for, however it is written', () => {
  const { within } = searchFor([family]);
  const written = (bytes: Buffer) => within('a file', Buffer.concat([Buffer.from('..'), bytes]));
  const found = [`${family} in a file`];
  expect(written(Buffer.from(`a ${family}`))).toEqual(found);
  expect(written(Buffer.from(family.toLowerCase()))).toEqual(found);
  expect(written(Buffer.from(family, 'utf16le'))).toEqual(found);
  for (const before of ['', 'a', 'ab', 'abc'])
    expect(written(Buffer.from(Buffer.from(`${before}${family}!`).toString('base64')))).toEqual(found);
  expect(written(Buffer.from('Zyphorell'))).toEqual([]);
});

test('nothing of a patient can be read in what a workstation leaves behind, whatever becomes of it', async () => {
  const login = cable.url(await centre.enrol('Desk'));
  const plants = [family, given, noteText, typed, imported];
  /** While it runs and after it has ended. */
  const findings = () => {
    const search = searchFor(plants);
    return [...search.inFolder(below), ...search.within('its output', Buffer.from(said))];
  };
  const first = await start(login);
  await signedIn(first.url, 'claudine');
  cable.cut();
  const { id, mrn } = await register(first.url);
  plants.push(mrn);
  await inTheConsultingRoom(first.url, id);
  await importPeople(first.url);
  expect(findings()).toEqual([]);
  if (process.platform === 'linux')
    expect(readFileSync(`/proc/${first.host.pid}/coredump_filter`, 'utf8').trim()).toBe('00000000');

  first.host.kill('SIGKILL');
  expect(await first.ended).toBe('SIGKILL');
  const key = Buffer.from(readFileSync(join(below, 'data', 'key'), 'utf8'), 'hex');
  const closed = openLocal({ folder: join(below, 'data'), key });
  expect(closed.backups.make('asked')).toMatchObject({ noteDrafts: 1, formDrafts: 1, files: 1 });
  closed.close();
  expect(findings()).toEqual([]);

  const second = await start(login);
  second.host.kill('SIGPIPE');
  await expect.poll(second.output, { timeout: 20_000 }).toContain('"event":"unhandled-rejection"');
  second.host.kill('SIGUSR2');
  expect(await second.ended).toBe(failedExit);
  expect(second.output()).toContain('"event":"uncaught"');
  expect(findings()).toEqual([]);

  const file = join(below, 'data', 'workstation.db');
  const bytes = readFileSync(file);
  for (let at = 600; at < bytes.length; at += 4096) bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
  cable.restore();
  const third = await start(login);
  await expect
    .poll(
      async () => (await centre.sql('select from clinichub.patient where family = $1', [family])).length,
      {
        timeout: 60_000,
      },
    )
    .toBe(1);
  expect(readdirSync(join(below, 'data'))).toContain('quarantine');
  third.host.kill('SIGTERM');
  expect(await third.ended).toBe(0);
  expect(findings()).toEqual([]);
}, 300_000);
