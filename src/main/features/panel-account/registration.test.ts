import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import type { Input } from '#shared/contract/contract.ts';
import { type Clinic, openClinic } from '#tests/support/core-clinic.ts';
import {
  addPanelAccounts,
  patientAccountId,
  patientEmail,
  patientPassword,
  signInPatient,
} from '#tests/support/core-panel.ts';
import { type KeptMail, keptMail } from '#tests/support/kept-mail.ts';
import { mostToAll, mostToOne } from './codes.ts';

const minute = 60_000;
const email = 'aline@example.org';
const password = 'seven green kettles sing';

let mail: KeptMail;
let clinic: Clinic;
let connection: Connection;
beforeEach(() => {
  mail = keptMail();
  clinic = openClinic({ outgoingMail: mail });
  addPanelAccounts(clinic);
  connection = clinic.core.connect();
});
afterEach(() => clinic.close());

const register = (more: Partial<Input<'panel.register'>> = {}) =>
  clinic.ask(
    'panel.register',
    { email, displayName: 'Aline Keza', password, language: 'en', ...more },
    connection,
  );
const registered = async (more: Partial<Input<'panel.register'>> = {}) => {
  const reply = await register(more);
  if (!reply.ok) throw new Error(reply.error.code);
  return reply.value;
};
const verify = (id: string, code: string) => clinic.ask('panel.verify', { id, code }, connection);
const accounts = () =>
  clinic.temporary.local.store.all(localDb.selectFrom('patient_account').selectAll().orderBy('created_at'));
const waiting = () => clinic.temporary.local.store.all(localDb.selectFrom('panel_code').selectAll());
const trail = () =>
  clinic.temporary.local.store
    .all(localDb.selectFrom('audit_event').select('event').orderBy('recorded_at').orderBy('id'))
    .map(({ event }) => event);
const failure = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) });

describe('who registers', () => {
  it('is known once the code came back, and is signed in, while the centre is out of reach', async () => {
    const { id } = await registered({ email: ' Aline@Example.ORG ' });
    expect(accounts().map((row) => row.email)).not.toContain(email);
    const code = await mail.code(email);
    expect(await verify(id, code.replace(' ', ' - '))).toMatchObject({
      ok: true,
      value: { role: 'patient', username: email, displayName: 'Aline Keza' },
    });
    expect(connection.user?.username).toBe(email);
    expect(waiting()).toEqual([]);
    expect(trail()).toEqual(['patient-account-registered', 'sign-in']);
    expect(await clinic.get('panel.account', {}, connection)).toMatchObject({
      email,
      certainty: 'provisional',
    });
    expect(await clinic.get('panel.me', {}, connection)).toMatchObject({ people: [] });
    const again = clinic.core.connect();
    expect(await clinic.ask('panel.signIn', { email, password }, again)).toMatchObject({ ok: true });
  });

  it('is never known with the centre, nor here, without the code; only its hash and that of the password wait', async () => {
    const { id } = await registered();
    const [row] = waiting();
    expect(JSON.stringify(row)).not.toContain(password);
    expect(JSON.stringify(row)).not.toContain((await mail.code(email)).replace(' ', ''));
    expect(clinic.temporary.local.db.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(
      // The accounts the test began with.
      4,
    );
    expect(await verify(id, '00000000')).toEqual(failure('wrong-code'));
    expect(accounts()).toHaveLength(2);
  });

  it('has five tries of a code, however many come at once, and asks for another', async () => {
    const { id } = await registered();
    const code = await mail.code(email);
    const wrong = code.startsWith('1') ? '2222 2222' : '1111 1111';
    const tries = await Promise.all(Array.from({ length: 12 }, () => verify(id, wrong)));
    const codes = tries.map((reply) => (reply.ok ? 'ok' : reply.error.code));
    expect(codes.filter((one) => one === 'wrong-code')).toHaveLength(5);
    expect(codes.filter((one) => one === 'code-expired')).toHaveLength(7);
    expect(await verify(id, code)).toEqual(failure('code-expired'));
    expect(await clinic.ask('panel.resend', { id }, connection)).toEqual(failure('too-many-tries'));
    clinic.clock.at += minute;
    await clinic.get('panel.resend', { id }, connection);
    expect(await verify(id, code)).toEqual(failure('wrong-code'));
    expect(await verify(id, await mail.code(email, 2))).toMatchObject({ ok: true });
  });

  it('cannot use a code that is too old, of another request, or twice', async () => {
    const { id } = await registered();
    const code = await mail.code(email);
    const other = await registered({ email: 'other@example.org' });
    expect(await verify(other.id, code)).toEqual(failure('wrong-code'));
    clinic.clock.at += 31 * minute;
    expect(await verify(id, code)).toEqual(failure('code-expired'));
    await clinic.get('panel.resend', { id }, connection);
    const second = await mail.code(email, 2);
    expect(await verify(id, second)).toMatchObject({ ok: true });
    expect(await verify(id, second)).toEqual(failure('code-expired'));
    expect(accounts()).toHaveLength(3);
  });

  it('does not come into an account that somebody else begins with the same address', async () => {
    const { id } = await registered();
    const code = await mail.code(email);
    const theirs = await registered({ password: 'of somebody with bad plans', displayName: 'Eve' });
    const their = await mail.code(email, 2);
    // Whoever owns the letter box types the code that came last into the page of their own.
    if (their !== code) expect(await verify(id, their)).toEqual(failure('wrong-code'));
    expect(await verify(id, code)).toMatchObject({ ok: true });
    expect(await verify(theirs.id, their)).toEqual(failure('code-expired'));
    expect(accounts().filter((row) => row.email === email)).toMatchObject([{ display_name: 'Aline Keza' }]);
  });
});

describe('an address that has an account', () => {
  it('answers as a new one does, and is told of it by e-mail alone', async () => {
    const fresh = await register();
    const known = await register({ email: patientEmail });
    const shape = (reply: typeof fresh) => (reply.ok ? { ...reply.value, id: reply.value.id.length } : reply);
    expect(shape(known)).toEqual(shape(fresh));
    const [letter] = await mail.to(patientEmail);
    expect(letter?.subject).toContain('You have an account already');
    expect(letter?.text).not.toMatch(/\d{4} \d{4}/);
    expect(letter?.text).not.toContain('Keza');
    const id = known.ok ? known.value.id : '';
    expect(await verify(id, '12345678')).toEqual(failure('wrong-code'));
    for (let n = 0; n < 4; n += 1) await verify(id, '12345678');
    expect(await verify(id, '12345678')).toEqual(failure('code-expired'));
    expect(accounts().filter((row) => row.email === patientEmail)).toHaveLength(1);
  });

  it('is bounded like a new one', async () => {
    const codes = async (address: string) => {
      const replies = [];
      for (let n = 0; n <= mostToOne; n += 1) replies.push(await register({ email: address }));
      return replies.map((reply) => (reply.ok ? 'ok' : reply.error));
    };
    const [fresh, known] = [await codes(email), await codes(patientEmail)];
    expect(known).toEqual(fresh);
    expect(fresh.at(-1)).toMatchObject({ code: 'too-many-codes' });
    clinic.clock.at += 61 * minute;
    expect(await register()).toMatchObject({ ok: true });
  });
});

describe('registering', () => {
  it.each([
    ['no-address', 'email'],
    ['a@b.rw\r\nBcc: all@b.rw', 'email'],
    ["' OR 1=1 --@b.rw", 'email'],
    ['a@b.rw,c@b.rw', 'email'],
  ])('refuses %j', async (typed, problem) => {
    expect(await register({ email: typed })).toEqual({
      ok: false,
      error: { code: 'invalid-input', fields: { email: problem } },
    });
    expect(mail.sent).toEqual([]);
  });

  it.each([
    ['aline@example.org', 'password-name'],
    ['alinekeza1', 'password-name'],
    ['password123', 'password-common'],
    ['qwertyuiop', 'password-common'],
  ])('refuses the password %s', async (weak, problem) => {
    expect(await register({ password: weak })).toEqual({
      ok: false,
      error: { code: 'invalid-input', fields: { password: problem } },
    });
    expect(waiting()).toEqual([]);
  });

  it('takes a name with anything in it as a name', async () => {
    const name = `'); DROP TABLE patient; -- <script>alert(1)</script>`;
    const { id } = await registered({ displayName: name });
    expect(await verify(id, await mail.code(email))).toMatchObject({
      ok: true,
      value: { displayName: name },
    });
    expect(mail.sent.every(({ text, html, subject }) => !/script|DROP/.test(text + html + subject))).toBe(
      true,
    );
  });

  it('is not possible where no e-mail is sent, and nothing is left of it', async () => {
    const still = openClinic();
    const reply = await still.ask(
      'panel.register',
      { email, displayName: 'Aline', password, language: 'en' },
      still.core.connect(),
    );
    expect(reply).toEqual(failure('mail-off'));
    expect(still.temporary.local.store.all(localDb.selectFrom('panel_code').selectAll())).toEqual([]);
    expect(await still.get('app.info', {}, still.core.connect())).toMatchObject({ mail: false });
    await still.close();
  });

  it('stops when too many codes are sent at all, and what nobody came back for is forgotten', async () => {
    const { store } = clinic.temporary.local;
    await registered();
    const [row] = waiting();
    store.mutate({ kind: 'test', user: null }, (writer) => {
      for (let n = 1; n < mostToAll; n += 1)
        if (row !== undefined)
          writer.keep('panel_code', { ...row, id: `other-${n}`, email: `n${n}@example.org` });
    });
    expect(await register({ email: 'one@more.example' })).toEqual(failure('too-many-codes'));
    clinic.clock.at += 125 * minute;
    for (let n = 0; n < 3; n += 1) await register({ email: `later${n}@example.org` });
    expect(waiting()).toHaveLength(3);
  });
});

describe('a forgotten password', () => {
  const ask = (address: string) =>
    clinic.ask('panel.askReset', { email: address, language: 'en' }, connection);
  const next = 'nine paper boats float';

  it('is another one with the code, and every session ends', async () => {
    const elsewhere = await signInPatient(clinic);
    const sent = await ask(patientEmail);
    const id = sent.ok ? sent.value.id : '';
    const code = await mail.code(patientEmail);
    const input = { id, code, password: 'jean' };
    expect(await clinic.ask('panel.reset', input, connection)).toMatchObject({
      error: { fields: { password: 'password-name' } },
    });
    expect(await clinic.ask('panel.reset', { ...input, password: next }, connection)).toMatchObject({
      ok: true,
      value: { id: patientAccountId },
    });
    expect(await clinic.get('session.current', {}, elsewhere)).toBeNull();
    expect(await clinic.get('session.current', {}, connection)).toMatchObject({ id: patientAccountId });
    const again = clinic.core.connect();
    expect(
      await clinic.ask('panel.signIn', { email: patientEmail, password: patientPassword }, again),
    ).toEqual(failure('wrong-credentials'));
    expect(await clinic.ask('panel.signIn', { email: patientEmail, password: next }, again)).toMatchObject({
      ok: true,
    });
    expect(await clinic.ask('panel.reset', { ...input, password: 'ten more boats sink' }, again)).toEqual(
      failure('code-expired'),
    );
    const letters = await mail.to(patientEmail, 2);
    expect(letters.at(-1)?.subject).toContain('Your password was changed');
  });

  it('answers an unknown and a closed address as it does a known one, and sends nothing there', async () => {
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient_account', patientAccountId, { active: 0 }),
    );
    for (const address of ['nobody@example.org', patientEmail, 'not an address']) {
      const reply = await ask(address);
      expect(reply).toEqual({
        ok: true,
        value: { id: expect.stringMatching(/^[\w-]{24}$/), until: expect.any(String), again: 60 },
      });
      const id = reply.ok ? reply.value.id : '';
      expect(await clinic.ask('panel.reset', { id, code: '12345678', password: next }, connection)).toEqual(
        failure('wrong-code'),
      );
    }
    expect(mail.sent).toEqual([]);
  });

  it('opens nothing with a code that was for registering', async () => {
    const { id } = await registered();
    const code = await mail.code(email);
    expect(await clinic.ask('panel.reset', { id, code, password: next }, connection)).toEqual(
      failure('code-expired'),
    );
  });
});
