import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isMailAddress } from '#main/core/mail/address.ts';
import { localDb } from '#main/data/local/query.ts';
import { type CallName, contract, type Reply } from '#shared/contract/contract.ts';
import { settingId } from '#shared/domain/settings/written.ts';
import { errorCodes } from '#shared/kernel/result.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { type ApiAnswer, type ApiHost, openApiHost } from '#tests/support/api-host.ts';
import { canary, inputsNaming, payloadsOf, spoiltInputs } from '#tests/support/contract-payloads.ts';
import {
  type Clinic,
  habimana,
  mutesi,
  now,
  openClinic,
  password,
  site,
  uwase,
} from '#tests/support/core-clinic.ts';
import {
  accountLink,
  addLink,
  addPanelAccounts,
  noDetails,
  patientEmail,
  patientPassword,
  strangerAccountId,
  strangerEmail,
} from '#tests/support/core-panel.ts';
import { type KeptMail, keptMail } from '#tests/support/kept-mail.ts';
import { someAppointment, somePatient } from '#tests/support/sync-local.ts';

/*
 * Whatever somebody without an account, a patient or somebody at a kiosk can send, in every place of every call, over HTTP as a
 * browser sends it. A new call is tried by itself; where the schema alone makes no whole input of it, `whole` has one.
 */

const counted = (n: number) => `01900000-0000-7000-8000-f${String(n).padStart(11, '0')}`;
/** Whom the stranger looks after, who does all this. */
const own = somePatient({ id: counted(90), family: 'Ownfamily', birth_date: '1990-05-06' });
const ownAppointment = someAppointment({
  id: counted(91),
  patient_id: own.id,
  practitioner_id: uwase.id,
  location_id: site.id,
  start_at: '2026-12-01T08:00:00.000Z',
  end_at: '2026-12-01T08:15:00.000Z',
  start_local: '2026-12-01T10:00',
  time_zone: 'Africa/Kigali',
});
const at = new Date(now).toISOString();
const theirs = {
  appointment: someAppointment({
    id: counted(1),
    patient_id: habimana.id,
    practitioner_id: uwase.id,
    location_id: site.id,
  }),
  document: {
    ...blank('document_reference'),
    id: counted(2),
    patient_id: habimana.id,
    category: 'letter',
    title: 'Theirletter',
    content_type: 'application/pdf',
    size: 1,
    hash: 'ab'.repeat(32),
    created_at: at,
  } satisfies RowOf<'document_reference'>,
  prescription: {
    ...blank('medication_request'),
    id: counted(3),
    patient_id: habimana.id,
    medication: 'Theirmedicine',
    dosage: '1 tablet',
    status: 'active',
    signed_at: at,
    created_at: at,
  } satisfies RowOf<'medication_request'>,
  invoice: {
    ...blank('invoice'),
    id: counted(4),
    patient_id: habimana.id,
    series: 'A',
    provisional_number: 'Theirnumber',
    status: 'issued',
    currency: 'RWF',
    total: 100,
    issued_at: at,
    created_at: at,
  } satisfies RowOf<'invoice'>,
};
const foreign: readonly string[] = [
  habimana.family,
  mutesi.family,
  habimana.mrn ?? '',
  '+250788123456',
  patientEmail,
  theirs.document.title,
  theirs.prescription.medication,
  theirs.invoice.provisional_number ?? '',
];

const slot = {
  practitionerId: uwase.id,
  locationId: site.id,
  startLocal: '2026-12-02T09:00',
  visitTypeId: null,
};
const was = { practitionerId: uwase.id, startLocal: ownAppointment.start_local };
const whole: Partial<Record<CallName, Readonly<Record<string, unknown>>>> = {
  'session.enter': { username: 'reception', code: 'ABCD-EFGH', password: 'seven green kettles', pin: null },
  'panel.register': {
    email: 'new@example.org',
    displayName: 'Aline Keza',
    password: 'seven green kettles sing',
    language: 'en',
  },
  'panel.notes': { before: null },
  'panel.askFor': {
    family: 'Keza',
    given: 'Aline',
    gender: 'female',
    phone: null,
    birthDate: '2015-02-03',
    relationship: 'child',
    note: null,
  },
  'panel.changeRecord': { details: {}, was: noDetails },
  'panel.requestRecords': { what: 'All of it', why: '' },
  'panel.doctors': { ...slot, after: null, from: null, speciality: null, weekdays: [], limit: 3 },
  'panel.times': { ...slot, from: null, moving: { patientId: own.id, id: ownAppointment.id } },
  'panel.hold': { ...slot, moving: null },
  'panel.book': { ...slot, reason: '' },
  'panel.move': { ...slot, id: ownAppointment.id, was },
  'panel.cancel': { id: ownAppointment.id, was, reason: '' },
  'panel.appointment': { id: ownAppointment.id },
  'panelCalendar.entry': { appointmentId: ownAppointment.id },
};

/** As soon as they are there: it is whose they are that keeps them away, not the clinic. */
const released = [
  ['panel.documents', 'shown'],
  ['panel.notes', 'signed'],
  ['panel.results', 'final'],
] as const;

let mail: KeptMail;
let clinic: Clinic;
let api: ApiHost;
beforeAll(async () => {
  mail = keptMail();
  clinic = openClinic({ outgoingMail: mail });
  addPanelAccounts(clinic);
  clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) => {
    writer.insert('patient', own);
    writer.insert('appointment', ownAppointment);
    writer.insert('appointment', theirs.appointment);
    writer.insert('document_reference', theirs.document);
    writer.insert('medication_request', theirs.prescription);
    writer.insert('invoice', theirs.invoice);
    for (const [key, value] of released)
      writer.insert('setting', {
        id: settingId(key, null),
        key,
        location_id: null,
        value: JSON.stringify(value),
      });
  });
  const name = { account_name: 'Zoe', account_email: strangerEmail };
  addLink(clinic, accountLink(strangerAccountId, own.id, name));
  const wide = { requests: 1_000_000, seconds: 1 };
  api = await openApiHost({ clinic, http: { strangerLimit: wide } });
});
afterAll(async () => {
  await api.close();
  await clinic.close();
});

const call = (name: string, body: unknown, cookie = ''): Promise<ApiAnswer> =>
  api.ask('POST', `//rpc/${name}`, { body: body ?? null, headers: { 'x-clinichub': '1', cookie } });

const begun = async (name: string, input: object): Promise<string> => {
  const answer = await call(name, input);
  expect(answer.body).toMatchObject({ ok: true });
  return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
};

/** The cookie of somebody who may make such a call: nobody, the patient, or a kiosk that was armed. */
const asking = async (name: CallName): Promise<string> => {
  const { needs } = contract[name];
  // What was tried before makes nobody wait.
  clinic.clock.at += 16 * 60_000;
  if (needs === 'public') return '';
  if (needs === 'own') return begun('panel.signIn', { email: strangerEmail, password: patientPassword });
  const cookie = await begun('session.signIn', { username: 'reception', password });
  expect((await call('kiosk.arm', {}, cookie)).body).toEqual({ ok: true, value: null });
  return cookie;
};

const needs: readonly string[] = ['public', 'own', 'kiosk'];
const names = (Object.keys(contract) as CallName[]).filter((name) => needs.includes(contract[name].needs));

const wholeInput = (name: CallName): Record<string, unknown> => {
  const shaped = payloadsOf(name, [own.id], { shaped: 1, hostile: 0 })[0] as Record<string, unknown>;
  return { ...shaped, ...('patientId' in shaped && { patientId: own.id }), ...whole[name] };
};

/** What the contract has, or a typed refusal; nothing of what was sent, of anybody else, or of how this is made. */
const expectTyped = (name: CallName, { status, body, text }: ApiAnswer) => {
  expect([200, 400, 413]).toContain(status);
  const reply = body as Reply<unknown>;
  for (const secret of foreign) expect(text).not.toContain(secret);
  if (reply.ok) {
    expect(contract[name].output.safeParse(reply.value).success).toBe(true);
    return;
  }
  const { code, params = {}, fields = {}, ...rest } = reply.error;
  expect(errorCodes).toContain(code);
  expect(code).not.toBe('internal');
  expect(rest).toEqual({});
  for (const value of Object.values(params)) expect(typeof value).toBe('number');
  for (const value of Object.values(fields)) expect(value).toMatch(/^[a-z-]+$/);
  expect(text).not.toContain(canary);
};

it('every call has a whole input to begin with', () => {
  const broken = names.filter((name) => !contract[name].input.safeParse(wholeInput(name)).success);
  expect(broken).toEqual([]);
});

/** What ends the session it is called in, and what goes on with one that nobody has here. */
const ending: ReadonlySet<string> = new Set(['panel.signOut', 'panel.signOutEverywhere', 'session.unlock']);

it.each(names)('%s takes nothing hostile in any place', async (name) => {
  const cookie = await asking(name);
  for (const input of spoiltInputs(name, wholeInput(name))) {
    // Nobody books faster than that.
    clinic.clock.at += 2_100;
    const answer = await call(name, input, cookie);
    expectTyped(name, answer);
    // Whoever asks is still who they were, or all the rest would say nothing.
    if (!ending.has(name)) expect(answer.body.error?.code).not.toBe('not-signed-in');
  }
});

/** What is the clinic's own and not a person's. */
const clinics = /(?:^|\.)(?:practitionerId|locationId|visitTypeId)$/;
/** Where a list goes on: any place will do, it is of one's own list. */
const cursors = /^after\.id$/;
const unknown = { ok: false, error: { code: 'not-found' } };
const ids = [
  ...Array.from({ length: 20 }, (_, n) => counted(n)),
  habimana.id,
  mutesi.id,
  habimana.id.toUpperCase(),
];

it.each(names.filter((name) => contract[name].needs === 'own'))(
  '%s says the same of every id that is not one’s own',
  async (name) => {
    for (const [place, inputs] of inputsNaming(name, wholeInput(name), ids)) {
      if (clinics.test(place) || cursors.test(place)) continue;
      const cookie = await asking(name);
      for (const input of inputs)
        expect([place, (await call(name, input, cookie)).body]).toEqual([place, unknown]);
    }
  },
);

describe('bytes', () => {
  const post = (name: string, body: Buffer): Promise<string> =>
    new Promise((resolve, reject) => {
      const url = new URL(api.host.url);
      const socket = connect(Number(url.port), '127.0.0.1');
      let text = '';
      socket.setEncoding('latin1').on('data', (chunk: string) => {
        text += chunk;
      });
      socket.on('error', reject).on('close', () => resolve(text));
      socket.write(
        `POST /rpc/${name} HTTP/1.1\r\nhost: ${url.host}\r\nx-clinichub: 1\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n`,
      );
      socket.write(body);
    });
  const within = (bytes: readonly number[]) =>
    Buffer.from([...Buffer.from(`{"email":"${canary}`), ...bytes, ...Buffer.from('","password":"x"}')]);

  it.each([
    ['no UTF-8', [0xff, 0xfe]],
    ['an overlong form', [0xc0, 0xaf]],
    ['half a character', [0xed, 0xa0, 0x80]],
    ['the beginning of one', [0xe2, 0x82]],
  ])('that are %s are no input of a call', async (_name, bytes) => {
    const answer = await post('panel.signIn', within(bytes));
    expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*\{"ok":false,"error":\{"code":"invalid-input"\}\}/);
    expect(answer).not.toContain(canary);
  });
});

it('leaves nothing behind that the centre could not take, or a letter with other headers', () => {
  const { store } = clinic.temporary.local;
  const payloads = store.all(localDb.selectFrom('outbox').select('payload')).map(({ payload }) => payload);
  expect(payloads.length).toBeGreaterThan(0);
  for (const payload of payloads) expect(payload).not.toMatch(/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f]..)/i);
  for (const { to, subject } of mail.sent) {
    expect(isMailAddress(to.address)).toBe(true);
    expect(`${to.name}${subject}`).not.toMatch(/\p{Cc}/u);
  }
  expect(store.all(localDb.selectFrom('patient').select('id')).length).toBeGreaterThanOrEqual(3);
});

it('writes down no input, and no bug', () => {
  expect(clinic.logged.filter((line) => line.includes(canary))).toEqual([]);
  expect(clinic.logged.filter((line) => /^(http|call failed|local database)/.test(line))).toEqual([]);
});
