import { createHmac, hkdfSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { localDb } from '#main/data/local/query.ts';
import { type ApiHost, openApiHost } from '#tests/support/api-host.ts';
import { habimana, mutesi, openClinic, password } from '#tests/support/core-clinic.ts';
import {
  addPanelAccounts,
  patientAccountId,
  patientEmail,
  patientPassword,
} from '#tests/support/core-panel.ts';

let api: ApiHost;
beforeAll(async () => {
  api = await openApiHost();
  addPanelAccounts(api.clinic);
});
afterAll(() => api.close());
/** Wrong tries of one test are none of the next. */
beforeEach(() => {
  api.clinic.clock.at += 3_600_000;
});

const patient = `/patients/${mutesi.id}`;
const statusWith = async (token: string) => (await api.ask('GET', patient, { token })).status;
const refresh = (refreshToken: string) =>
  api.ask('POST', '/auth/token', { body: { grant: 'refresh', refreshToken } });
const store = () => api.clinic.temporary.local.store;
const noted = () =>
  store()
    .all(localDb.selectFrom('audit_event').select(['event', 'outcome']).orderBy('id'))
    .map(({ event, outcome }) => `${event} ${outcome}`);
const families = () => store().all(localDb.selectFrom('token_family').selectAll());

describe('signing in', () => {
  it('gives tokens, and says nothing else of the account', async () => {
    const answer = await api.ask('POST', '/auth/token', {
      body: { grant: 'password', username: 'reception', password, client: 'Laboratory' },
    });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body).toSorted()).toEqual([
      'accessToken',
      'expiresIn',
      'refreshToken',
      'refreshUntil',
      'sessionId',
      'tokenType',
    ]);
    expect(answer.body).toMatchObject({ tokenType: 'Bearer', expiresIn: 900 });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(await statusWith(answer.body.accessToken)).toBe(200);
    const sessions = await api.ask('GET', '/auth/sessions', { token: answer.body.accessToken });
    expect(sessions.body.items).toContainEqual(
      expect.objectContaining({ id: answer.body.sessionId, client: 'Laboratory' }),
    );
  });

  it('refuses a wrong password, an unknown name and a closed account in the same words, and slows down', async () => {
    const tryWith = (username: string, secret: string) =>
      api.ask('POST', '/auth/token', { body: { grant: 'password', username, password: secret } });
    const wrong = await tryWith('reception', 'x');
    const unknown = await tryWith('nobody', password);
    expect([wrong.status, wrong.body.code]).toEqual([401, 'wrong-credentials']);
    expect(unknown.text).toBe(wrong.text);
    for (let n = 0; n < 4; n += 1) await tryWith('reception', 'x');
    const slowed = await tryWith('reception', password);
    expect([slowed.status, slowed.body.code]).toEqual([429, 'too-many-tries']);
    expect(Number(slowed.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('outlives a start of the host', async () => {
    const { accessToken, refreshToken } = await api.signIn('nurse');
    const { clock } = api.clinic;
    const started = openClinic({ store: store(), clock });
    const again = await openApiHost({ clinic: started });
    expect((await again.ask('GET', patient, { token: accessToken })).status).toBe(200);
    const next = await again.ask('POST', '/auth/token', { body: { grant: 'refresh', refreshToken } });
    expect(next.status).toBe(200);
    await again.close();
    await started.close();
  });
});

describe('an access token', () => {
  it('counts for fifteen minutes', async () => {
    const { accessToken } = await api.signIn('nurse');
    api.clinic.clock.at += 899_000;
    expect(await statusWith(accessToken)).toBe(200);
    api.clinic.clock.at += 2_000;
    const late = await api.ask('GET', patient, { token: accessToken });
    expect([late.status, late.body.code]).toEqual([401, 'token-invalid']);
    expect(late.headers['www-authenticate']).toBe('Bearer realm="clinichub"');
  });

  const parts = async () => {
    const { accessToken } = await api.signIn('admin');
    const [head = '', payload = '', seal = ''] = accessToken.split('.');
    return { head, payload, seal, claims: JSON.parse(Buffer.from(payload, 'base64url').toString()) };
  };
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('without a signature, or signed by somebody else, or of another kind, is worth nothing', async () => {
    const { head, payload, seal, claims } = await parts();
    const key = new Uint8Array(32);
    const signed = (alg: string, typ: string) =>
      new SignJWT(claims).setProtectedHeader({ alg, typ }).sign(alg === 'HS256' ? key : new Uint8Array(64));
    const forged = [
      `${encoded({ alg: 'none', typ: 'at+jwt' })}.${payload}.`,
      `${encoded({ alg: 'none', typ: 'at+jwt' })}.${payload}.${seal}`,
      `${encoded({ alg: 'HS512', typ: 'at+jwt' })}.${payload}.${seal}`,
      await signed('HS256', 'at+jwt'),
      await signed('HS512', 'at+jwt'),
      `${head}.${encoded({ ...claims, exp: claims.exp + 86_400 })}.${seal}`,
      `${head}.${encoded({ ...claims, sub: '01900000-0000-7000-8000-e00000000001' })}.${seal}`,
      `${head}.${payload}.${createHmac('sha256', '').update(`${head}.${payload}`).digest('base64url')}`,
      '',
      'a.b.c',
      `${head}.${payload}.${seal}.x`,
    ];
    expect(await statusWith(`${head}.${payload}.${seal}`)).toBe(200);
    for (const token of forged) expect([token, await statusWith(token)]).toEqual([token, 401]);
  });

  it('under our own key is worth nothing with another algorithm, kind, audience or issuer', async () => {
    const { claims } = await parts();
    const secret = store().get(localDb.selectFrom('own_secret').selectAll().where('name', '=', 'api'));
    const bytes = Buffer.from(secret?.value ?? '', 'base64url');
    const key = new Uint8Array(hkdfSync('sha256', bytes, '', 'clinichub access', 32));
    const signed = (alg = 'HS256', typ = 'at+jwt', changed = {}) =>
      new SignJWT({ ...claims, ...changed }).setProtectedHeader({ alg, typ }).sign(key);
    expect(await statusWith(await signed())).toBe(200);
    for (const alg of ['HS384', 'HS512']) {
      const mac = createHmac(alg.replace('HS', 'sha'), key);
      const head = `${encoded({ alg, typ: 'at+jwt' })}.${encoded(claims)}`;
      expect(await statusWith(`${head}.${mac.update(head).digest('base64url')}`)).toBe(401);
    }
    expect(await statusWith(await signed('HS256', 'JWT'))).toBe(401);
    for (const changed of [
      { aud: 'other' },
      { iss: 'urn:clinichub:workstation:other' },
      { exp: 1 },
      { sid: 5 },
    ])
      expect(await statusWith(await signed('HS256', 'at+jwt', changed))).toBe(401);
    for (const missing of ['exp', 'sid', 'aud', 'iss', 'sub'])
      expect(await statusWith(await signed('HS256', 'at+jwt', { [missing]: undefined }))).toBe(401);
  });

  it('of another workstation is worth nothing here', async () => {
    const other = await openApiHost();
    const { accessToken, refreshToken } = await other.signIn('admin');
    expect(await statusWith(accessToken)).toBe(401);
    expect((await refresh(refreshToken)).body).toMatchObject({ status: 401, code: 'not-signed-in' });
    await other.close();
  });

  it('counts only where it belongs: in no cookie, no address, no other scheme', async () => {
    const { accessToken } = await api.signIn('admin');
    expect((await api.ask('GET', `${patient}?access_token=${accessToken}`)).status).toBe(401);
    const headers = [{ cookie: `token=${accessToken}` }, { authorization: `Basic ${accessToken}` }];
    for (const one of headers) expect((await api.ask('GET', patient, { headers: one })).status).toBe(401);
  });

  it('does what the account may now', async () => {
    const { accessToken } = await api.signIn('pharmacist');
    const register = () =>
      api.ask('POST', '/patients', {
        token: accessToken,
        body: { family: 'A', given: 'B', gender: 'female' },
      });
    expect((await register()).body).toMatchObject({ status: 403, code: 'not-permitted' });
    const change = (role: string) =>
      store().mutate({ kind: 'test', user: null }, (writer) =>
        writer.update('staff_account', api.clinic.accountId('pharmacist'), { role }),
      );
    change('reception');
    expect((await register()).status).toBe(201);
    change('pharmacist');
  });

  it('is not locked with the screens', async () => {
    const { accessToken } = await api.signIn('nurse');
    const desk = await api.clinic.signedIn('reception');
    expect(await statusWith(accessToken)).toBe(200);
    const heard: unknown[] = [];
    const stop = api.clinic.core.onEvent(({ type }, to) => {
      if (type === 'session-locked') heard.push(to?.id);
    });
    api.clinic.core.lock();
    stop();
    expect(heard).toContain(desk.id);
    expect(heard).toHaveLength(1);
    expect(await statusWith(accessToken)).toBe(200);
  });
});

describe('a refresh token', () => {
  it('counts once and gives the next', async () => {
    const first = await api.signIn('nurse');
    const second = await refresh(first.refreshToken);
    expect(second.status).toBe(200);
    expect(second.body.refreshToken).not.toBe(first.refreshToken);
    expect(await statusWith(second.body.accessToken)).toBe(200);
    expect((await refresh(second.body.refreshToken)).status).toBe(200);
  });

  it('that comes a second time ends the whole session, and is written down', async () => {
    const first = await api.signIn('nurse');
    const second = (await refresh(first.refreshToken)).body;
    const before = noted().filter((event) => event === 'token-reused refused').length;
    expect((await refresh(first.refreshToken)).body).toMatchObject({ status: 401, code: 'not-signed-in' });
    expect(await statusWith(first.accessToken)).toBe(401);
    expect(await statusWith(second.accessToken)).toBe(401);
    expect((await refresh(second.refreshToken)).status).toBe(401);
    expect(noted().filter((event) => event === 'token-reused refused')).toHaveLength(before + 1);
  });

  it('sent twice at once is answered once, and the session is over', async () => {
    const first = await api.signIn('nurse');
    const both = await Promise.all([refresh(first.refreshToken), refresh(first.refreshToken)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 401]);
    const winner = both.find(({ status }) => status === 200);
    expect(await statusWith(winner?.body.accessToken)).toBe(401);
  });

  it('that is guessed ends nobody’s session', async () => {
    const { accessToken, refreshToken } = await api.signIn('nurse');
    const [id = '', , seal = ''] = refreshToken.split('.');
    const guesses = [
      `${id}.2.${seal}`,
      `${id}.1.${'A'.repeat(43)}`,
      `${id}.1`,
      id,
      `${id}.1.${seal}x`,
      "' OR 1=1 --",
      `${id}.999999999.${seal}`,
    ];
    for (const guess of guesses) expect((await refresh(guess)).status).toBe(401);
    expect(await statusWith(accessToken)).toBe(200);
  });

  it('is worth nothing after two weeks without use, and the session nothing after ninety days', async () => {
    const idle = await api.signIn('nurse');
    api.clinic.clock.at += 14 * 86_400_000 + 1;
    expect((await refresh(idle.refreshToken)).status).toBe(401);
    let tokens = await api.signIn('nurse');
    for (let days = 0; days < 90; days += 10) {
      const next = await refresh(tokens.refreshToken);
      expect(next.status).toBe(200);
      tokens = next.body;
      api.clinic.clock.at += 10 * 86_400_000;
    }
    expect((await refresh(tokens.refreshToken)).status).toBe(401);
  });

  it('of an older copy of the database that was put back is taken for a stolen one', async () => {
    const { refreshToken, sessionId } = await api.signIn('nurse');
    const before = families().find(({ id }) => id === sessionId);
    const next = (await refresh(refreshToken)).body;
    if (before === undefined) throw new Error('no session');
    store().mutate({ kind: 'test', user: null }, (writer) => writer.keep('token_family', before));
    expect((await refresh(next.refreshToken)).status).toBe(401);
    expect((await refresh(refreshToken)).status).toBe(401);
  });
});

describe('a session ends', () => {
  it('when it is revoked, with its access tokens; the answer tells nobody whether there was one', async () => {
    const { accessToken, refreshToken } = await api.signIn('nurse');
    expect(await statusWith(accessToken)).toBe(200);
    const revoke = (token: string) => api.ask('POST', '/auth/revoke', { body: { refreshToken: token } });
    const [real, wrong] = [await revoke(refreshToken), await revoke('nothing')];
    expect([real.status, real.text]).toEqual([204, '']);
    expect([wrong.status, wrong.text]).toEqual([204, '']);
    expect(await statusWith(accessToken)).toBe(401);
    expect((await refresh(refreshToken)).status).toBe(401);
  });

  it('when its user says so, and only then: somebody else’s is unknown', async () => {
    const [mine, other] = [await api.signIn('nurse'), await api.signIn('reception')];
    const end = (token: string, id: string) => api.ask('DELETE', `/auth/sessions/${id}`, { token });
    const foreign = await end(other.accessToken, mine.sessionId);
    const unknown = await end(other.accessToken, '01900000-0000-7000-8000-f00000000001');
    expect(foreign.status).toBe(404);
    expect(foreign.text).toBe(unknown.text);
    expect(await statusWith(mine.accessToken)).toBe(200);
    expect((await end(mine.accessToken, mine.sessionId)).status).toBe(204);
    expect(await statusWith(mine.accessToken)).toBe(401);
  });

  it.each([
    ['another password', { password_hash: 'another' }],
    ['all sessions ended', { sessions_ended_at: '2030-01-01T00:00:00.000Z' }],
    ['the account closed', { active: 0 as const }],
  ])('with %s', async (_name, change) => {
    const { accessToken, refreshToken } = await api.signIn('doctor');
    expect(await statusWith(accessToken)).toBe(200);
    const id = api.clinic.accountId('doctor');
    const account = store().get(localDb.selectFrom('staff_account').selectAll().where('id', '=', id));
    if (account === undefined) throw new Error('no account');
    store().mutate({ kind: 'test', user: null }, (writer) => writer.update('staff_account', id, change));
    expect(await statusWith(accessToken)).toBe(401);
    expect((await refresh(refreshToken)).status).toBe(401);
    const { password_hash, sessions_ended_at, active } = account;
    store().mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('staff_account', id, { password_hash, sessions_ended_at, active }),
    );
    // It was over for good, not only while the account was another.
    expect(await statusWith(accessToken)).toBe(401);
  });

  it('when an account has more of them than anybody needs, that used longest ago', async () => {
    const oldest = await api.signIn('cashier');
    for (let n = 0; n < 50; n += 1) {
      api.clinic.clock.at += 1000;
      await api.signIn('cashier');
    }
    expect(await statusWith(oldest.accessToken)).toBe(401);
    expect(
      families().filter(({ account_id }) => account_id === api.clinic.accountId('cashier')),
    ).toHaveLength(50);
  });
});

describe('a patient', () => {
  const signIn = async (secret = patientPassword, username = patientEmail) =>
    api.ask('POST', '/auth/token', { body: { grant: 'password', username, password: secret } });
  const statusOf = async (path: string, token: string) => (await api.ask('GET', path, { token })).status;

  it('gets tokens of the same kind, and nothing that is the staff’s', async () => {
    const { status, body } = await signIn();
    expect(status).toBe(200);
    const me = await api.ask('GET', '/auth/me', { token: body.accessToken });
    expect(me.body).toMatchObject({ id: patientAccountId, role: 'patient', permissions: [] });
    for (const id of [habimana.id, mutesi.id]) {
      const answer = await api.ask('GET', `/patients/${id}/appointments`, { token: body.accessToken });
      expect([answer.status, answer.body.code]).toEqual([403, 'not-permitted']);
    }
    const next = await refresh(body.refreshToken);
    expect(await statusOf('/auth/me', next.body.accessToken)).toBe(200);
    expect(await statusOf('/auth/sessions', next.body.accessToken)).toBe(200);
  });

  it('whose password is wrong, or whom nobody knows, is refused in the same words', async () => {
    const [wrong, unknown] = [await signIn('x'), await signIn(patientPassword, 'nobody@example.org')];
    expect([wrong.status, wrong.body.code]).toEqual([401, 'wrong-credentials']);
    expect(unknown.text).toBe(wrong.text);
  });

  it('whose token comes a second time is signed out, which the trail tells of the account', async () => {
    const { body } = await signIn();
    await refresh(body.refreshToken);
    expect((await refresh(body.refreshToken)).status).toBe(401);
    expect(await statusOf('/auth/me', body.accessToken)).toBe(401);
    const [last] = store().all(
      localDb.selectFrom('audit_event').selectAll().where('event', '=', 'token-reused').orderBy('id', 'desc'),
    );
    expect(last).toMatchObject({ entity_table: 'patient_account', entity_id: patientAccountId });
  });

  it.each([
    ['another password', { password_hash: 'another' }],
    ['all sessions ended', { sessions_ended_at: '2030-01-01T00:00:00.000Z' }],
    ['the account closed', { active: 0 as const }],
  ])('with %s is signed out', async (_name, change) => {
    const { body } = await signIn();
    const account = store().get(
      localDb.selectFrom('patient_account').selectAll().where('id', '=', patientAccountId),
    );
    if (account === undefined) throw new Error('no account');
    const write = (values: typeof change) =>
      store().mutate({ kind: 'test', user: null }, (writer) =>
        writer.update('patient_account', patientAccountId, values),
      );
    write(change);
    expect(await statusOf('/auth/me', body.accessToken)).toBe(401);
    expect((await refresh(body.refreshToken)).status).toBe(401);
    const { password_hash, sessions_ended_at, active } = account;
    write({ password_hash, sessions_ended_at, active } as typeof change);
  });
});

it('nothing of a token is written down in clear', async () => {
  const { accessToken, refreshToken } = await api.signIn('nurse');
  const rows = JSON.stringify([
    families(),
    store().all(localDb.selectFrom('audit_event').selectAll()),
    store().all(localDb.selectFrom('outbox').selectAll()),
  ]);
  for (const secret of [accessToken, refreshToken.split('.')[2] ?? '', password])
    expect(rows).not.toContain(secret);
  expect(api.clinic.logged.join('\n')).not.toContain('eyJ');
});
