import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usualConnections } from '#main/transport/http/connections.ts';
import { type ApiHost, askAt, openApiHost, wideLimits } from '#tests/support/api-host.ts';
import { habimana, mutesi } from '#tests/support/core-clinic.ts';

const canary = 'canary-7f3a';

let api: ApiHost;
let token: string;
beforeAll(async () => {
  api = await openApiHost();
  token = (await api.signIn('admin')).accessToken;
});
afterAll(() => api.close());

/** A problem of RFC 9457 that repeats nothing of what was sent. */
const expectProblem = (
  answer: { readonly status: number; readonly text: string; readonly headers: Record<string, unknown> },
  status: number,
  code: string,
) => {
  const type = 'application/problem+json; charset=utf-8';
  expect([answer.status, answer.headers['content-type']]).toEqual([status, type]);
  const body = JSON.parse(answer.text);
  expect(body).toMatchObject({ type: `urn:clinichub:problem:${code}`, status, code });
  expect(body.title).not.toBe('');
  expect(answer.text).not.toContain(canary);
};

/** What comes back for bytes sent as they are. */
const raw = async (bytes: string | Buffer, url = api.host.url): Promise<string> => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk;
  });
  socket.on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  return text;
};

describe('what cannot be taken is a problem', () => {
  it.each([
    ['GET', `/${canary}`, 404, 'no-such-path'],
    ['GET', `//api/v2/${canary}`, 404, 'no-such-path'],
    ['GET', '//api', 404, 'no-such-path'],
    ['POST', `//%61pi/v1/${canary}`, 404, 'no-such-path'],
    ['PATCH', `/patients/${mutesi.id}`, 405, 'method-not-allowed'],
    ['DELETE', '/patients', 405, 'method-not-allowed'],
    ['GET', '/auth/token', 405, 'method-not-allowed'],
    ['TRACE', '/patients', 405, 'method-not-allowed'],
    ['POST', '/openapi.json', 405, 'method-not-allowed'],
    ['PROPFIND', '/patients', 404, 'no-such-path'],
    ['PROPFIND', '//api', 404, 'no-such-path'],
    ['GET', `/patients/${canary}%zz`, 400, 'malformed'],
    ['GET', `/patients/${canary.repeat(50)}`, 404, 'no-such-path'],
  ])('%s %s', async (method, path, status, code) => {
    const answer = await api.ask(method, path, { token });
    expectProblem(answer, status, code);
    if (status === 405) expect(answer.headers.allow).toMatch(/^[A-Z]+(, [A-Z]+)*, OPTIONS$/);
  });

  it.each([
    ['half of it', `{"family":"${canary}`],
    ['no JSON', canary],
    [
      'bytes that are no UTF-8',
      Buffer.from([...Buffer.from(`{"family":"${canary}`), 0xff, 0xfe, 0x22, 0x7d]),
    ],
    ['an overlong form of a slash', Buffer.from([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d])],
    ['half a character', `{"family":"${canary}\\ud800"}`],
    ['the character that ends a text elsewhere', `{"family":"${canary}\\u0000"}`],
    ['a name that would change every object', `{"__proto__":{"family":"${canary}"}}`],
    ['the same by another way', `{"constructor":{"prototype":{"family":"${canary}"}}}`],
  ])('a body that is %s', async (_name, body) => {
    expectProblem(await api.ask('POST', '/patients', { token, raw: body }), 400, 'malformed');
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
  ])('a body as %s', async (type) => {
    const headers = { 'content-type': type };
    expectProblem(await api.ask('POST', '/patients', { token, raw: canary, headers }), 415, 'media-type');
  });

  it('a body of 10 MB, whether its size is said or not', async () => {
    const large = JSON.stringify({ family: canary.repeat(950_000) });
    expect(large.length).toBeGreaterThan(10_000_000);
    expectProblem(
      await api.ask('POST', '/patients', { token, raw: large.slice(0, 300_000) }),
      413,
      'body-too-large',
    );
    const head = `POST /api/v1/patients HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\n`;
    expect(await raw(`${head}content-length: ${large.length}\r\n\r\n${large.slice(0, 1000)}`)).toMatch(
      /^HTTP\/1\.1 413 [\s\S]*body-too-large/,
    );
    const chunk = 'x'.repeat(65_536);
    const chunks = `10000\r\n${chunk}\r\n`.repeat(8);
    expect(await raw(`${head}transfer-encoding: chunked\r\n\r\n${chunks}`)).toMatch(
      /^HTTP\/1\.1 413 [\s\S]*body-too-large/,
    );
  });

  it('a body as deep as it is long, with a name for the request or without', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const whole = `{"family":"Deep","given":"A","gender":"female","notADuplicate":true,"more":${deep}}`;
    for (const headers of [{}, { 'idempotency-key': 'deep' }]) {
      expect((await api.ask('POST', '/patients', { token, raw: deep, headers })).status).toBe(422);
      expect((await api.ask('POST', '/patients', { token, raw: whole, headers })).status).toBe(201);
    }
  });

  it('no body where one is needed, with the place of what is missing', async () => {
    const answer = await api.ask('POST', '/patients', { token });
    expectProblem(answer, 422, 'invalid-input');
    const partly = await api.ask('POST', '/patients', {
      token,
      body: { given: 'A', gender: canary, email: 4 },
    });
    expectProblem(partly, 422, 'invalid-input');
    expect(partly.body.errors).toEqual([
      { in: 'body', pointer: '#/family', code: 'invalid-type' },
      { in: 'body', pointer: '#/gender', code: 'invalid-value' },
      { in: 'body', pointer: '#/email', code: 'invalid-type' },
    ]);
  });

  it('a query with what nobody knows, or what is out of bounds', async () => {
    const wrong = async (query: string) => {
      const answer = await api.ask('GET', `/patients?${query}`, { token });
      expectProblem(answer, 422, 'invalid-input');
      return answer.body.errors;
    };
    expect(await wrong('limit=0')).toEqual([{ in: 'query', pointer: '#/limit', code: 'too-small' }]);
    expect(await wrong('limit=1000000')).toEqual([{ in: 'query', pointer: '#/limit', code: 'too-big' }]);
    expect(await wrong(`limit=${canary}`)).toEqual([
      { in: 'query', pointer: '#/limit', code: 'invalid-type' },
    ]);
    expect(await wrong('limit=1&limit=2')).toEqual([
      { in: 'query', pointer: '#/limit', code: 'invalid-type' },
    ]);
    expect(await wrong(`${canary}=1`)).toEqual([{ in: 'query', pointer: '#', code: 'unrecognized-keys' }]);
    expect(await wrong(`cursor=${canary}`)).toEqual([{ in: 'query', pointer: '#/cursor', code: 'invalid' }]);
    expect(await wrong('__proto__=1')).toEqual([{ in: 'query', pointer: '#', code: 'unrecognized-keys' }]);
    for (const bytes of ['%00', '%ff', '%ED%A0%80', '%C0%AF', '%e9'])
      expectProblem(await api.ask('GET', `/patients?text=${bytes}`, { token }), 400, 'malformed');
    expect((await api.ask('GET', '/patients?text=100%', { token })).status).toBe(400);
    expect((await api.ask('GET', '/patients?text=%C3%A9+a', { token })).status).toBe(200);
  });

  it('says what an address takes', async () => {
    for (const [path, allow] of [
      ['/patients', 'GET, POST, HEAD, OPTIONS'],
      ['/openapi.json', 'GET, HEAD, OPTIONS'],
    ]) {
      const asked = await api.ask('OPTIONS', path ?? '');
      expect([asked.status, asked.text, asked.headers.allow]).toEqual([204, '', allow]);
    }
  });

  it('what is no HTTP', async () => {
    expect(await raw(`${canary}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 Malformed\r\n[\s\S]*problem\+json/);
    const head = 'GET /api/v1/patients HTTP/1.1\r\nhost: 127.0.0.1\r\n';
    expect(await raw(`${head}x: ${canary.repeat(3000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 [\s\S]*headers-too-large/,
    );
    for (const bad of [
      'x: a\u0000b',
      'x y: 1',
      'content-length: 5\r\ncontent-length: 6',
      'content-length: 5\r\ntransfer-encoding: chunked',
    ])
      expect(await raw(`${head}${bad}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('who asks', () => {
  it.each([
    ['another name of ours (DNS rebinding)', { host: 'evil.example' }, 421, 'misdirected'],
    ['a page of another origin', { origin: 'https://evil.example' }, 403, 'foreign-origin'],
    ['another port of this computer', { origin: 'http://127.0.0.1:1' }, 403, 'foreign-origin'],
    ['a page that hides where it is', { origin: 'null' }, 403, 'foreign-origin'],
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }, 403, 'foreign-origin'],
  ])('from %s is sent away', async (_name, headers, status, code) => {
    const answer = await api.ask('GET', `/patients/${mutesi.id}`, { token, headers });
    expectProblem(answer, status, code);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('may be a page of an origin that is named, and of no other', async () => {
    const origin = 'https://www.clinic.example';
    const open = await openApiHost({ clinic: api.clinic, http: { corsOrigins: [origin] } });
    const preflight = await open.ask('OPTIONS', `/patients/${mutesi.id}`, {
      headers: { origin, 'access-control-request-method': 'PUT' },
    });
    expect(preflight).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'GET, PUT, HEAD, OPTIONS',
        vary: 'Origin',
      },
    });
    expect(preflight.headers['access-control-allow-credentials']).toBeUndefined();
    const asked = await open.ask('GET', `/patients/${mutesi.id}`, {
      token,
      headers: { origin, 'sec-fetch-site': 'cross-site' },
    });
    expect([asked.status, asked.headers['access-control-allow-origin']]).toEqual([200, origin]);
    for (const other of ['https://www.clinic.example.evil.example', 'http://www.clinic.example'])
      expect((await open.ask('GET', '/auth/me', { token, headers: { origin: other } })).status).toBe(403);
    // What belongs to the screens stays closed to it.
    const rpc = await open.ask('POST', '//rpc/session.current', {
      body: {},
      headers: { origin, 'x-clinichub': '1' },
    });
    expect(rpc.status).toBe(403);
    await open.close();
  });

  it('gets headers that keep a browser from guessing, framing and storing', async () => {
    const { headers } = await api.ask('GET', `/patients/${mutesi.id}`, { token });
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['x-powered-by']).toBeUndefined();
  });
});

describe('ids', () => {
  it('that are another’s, unknown or no ids at all answer alike, and set no header', async () => {
    const unknown = '01900000-0000-7000-8000-c00000009999';
    const cases = [
      unknown,
      'x',
      "' OR 1=1 --",
      '<script>alert(1)</script>',
      '%0d%0aset-cookie:%20a=b',
      '..%2f..%2fetc%2fpasswd',
      `${mutesi.id}%0d%0ax-evil:%201`,
      `${mutesi.id}%00`,
      `${mutesi.id}'`,
    ];
    const answers = await Promise.all(
      cases.map((id) =>
        api.ask('GET', `/patients/${id.includes('%') ? id : encodeURIComponent(id)}`, { token }),
      ),
    );
    for (const answer of answers) {
      expectProblem(answer, 404, 'not-found');
      expect(answer.text).toBe(answers[0]?.text);
      expect(answer.headers['x-evil']).toBeUndefined();
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
  });

  it('counted through find nothing', async () => {
    const ids = Array.from(
      { length: 60 },
      (_, n) => `01900000-0000-7000-8000-c${String(n + 100).padStart(11, '0')}`,
    );
    for (const id of ids) expect((await api.ask('GET', `/patients/${id}`, { token })).status).toBe(404);
    expect((await api.ask('GET', `/patients/${habimana.id}`, { token })).status).toBe(200);
  });
});

it('SQL and script in every field are text, or refused by name', async () => {
  const texts = [
    `Robert'); DROP TABLE patient; --`,
    `<script>alert('x')</script>`,
    '{{7*7}}',
    '=cmd|x!A1',
    '../../x',
  ];
  const whole = { family: 'Ok', given: 'Ok', gender: 'female', notADuplicate: true };
  const fields = [
    'family',
    'given',
    'phone',
    'email',
    'addressLine',
    'city',
    'postalCode',
    'contactName',
    'language',
    'birthDate',
  ];
  for (const field of fields) {
    for (const text of texts) {
      const answer = await api.ask('POST', '/patients', { token, body: { ...whole, [field]: text } });
      if (answer.status === 201) {
        expect(JSON.stringify(answer.body[field])).toContain(JSON.stringify(text).slice(1, 4));
        continue;
      }
      expectProblem(answer, 422, 'invalid-input');
      expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([`#/${field}`]);
      expect(answer.text).not.toContain('script');
    }
  }
  for (const text of texts)
    expect((await api.ask('GET', `/patients?text=${encodeURIComponent(text)}`, { token })).status).toBe(200);
  expect((await api.ask('GET', `/patients/${mutesi.id}`, { token })).status).toBe(200);
});

describe('a flood', () => {
  it('from one address is turned away; others, and the screens of this host, are served', async () => {
    const limits = { ...wideLimits, address: { requests: 20, seconds: 600 } };
    const flooded = await openApiHost({ clinic: api.clinic, http: { apiLimits: limits } });
    const { accessToken } = await flooded.signIn('reception');
    const answers = await Promise.all(
      Array.from({ length: 1000 }, () => flooded.ask('GET', '/auth/me', { token: accessToken })),
    );
    const served = answers.filter(({ status }) => status === 200);
    expect(served).toHaveLength(19);
    const refused = answers.find(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(981);
    expectProblem(refused as never, 429, 'too-many-requests');
    expect(refused?.headers).toMatchObject({
      'ratelimit-policy': '"address";q=20;w=600',
      ratelimit: expect.stringMatching(/^"address";r=0;t=\d+$/),
      'retry-after': expect.stringMatching(/^\d+$/),
    });
    // Nothing there is, is worth a look first.
    expect((await flooded.ask('GET', '/nothing')).status).toBe(429);
    const elsewhere = await flooded.ask('GET', '/auth/me', { token: accessToken, from: '127.0.0.2' });
    expect(elsewhere.status).toBe(200);
    const rpc = await flooded.ask('POST', '//rpc/session.current', {
      body: {},
      headers: { 'x-clinichub': '1' },
    });
    expect([rpc.status, rpc.body]).toEqual([200, { ok: true, value: null }]);
    expect((await flooded.ask('GET', '//health/live')).status).toBe(200);
    await flooded.close();
  });

  it('through a proxy we know is of whom it says, and of nobody else’s word', async () => {
    const limits = { ...wideLimits, address: { requests: 2, seconds: 600 } };
    const behind = await openApiHost({
      clinic: api.clinic,
      http: { apiLimits: limits, proxies: ['127.0.0.0/30', '10.0.0.0/8'] },
    });
    const ask = async (said: string, from = '127.0.0.1') =>
      (await behind.ask('GET', '/nothing', { from, headers: { 'x-forwarded-for': said } })).status;
    expect([await ask('198.51.100.7'), await ask('198.51.100.7')]).toEqual([404, 404]);
    expect(await ask('198.51.100.7')).toBe(429);
    expect(await ask('198.51.100.8')).toBe(404);
    // What came before is the sender's own word; a proxy adds whom it was asked by.
    expect(await ask('203.0.113.5, 198.51.100.7')).toBe(429);
    expect(await ask('198.51.100.7, 10.1.2.3', '127.0.0.2')).toBe(429);
    expect(await ask('198.51.100.7:40001')).toBe(429);
    for (const said of ['unknown', "'; DROP TABLE patient"]) expect(await ask(said)).toBe(404);
    expect(await ask('_x')).toBe(429);
    // Who is no proxy speaks for itself.
    const own = ['203.0.113.1', '203.0.113.2', '203.0.113.3'].map((said) => ask(said, '127.0.0.9'));
    expect((await Promise.all(own)).toSorted()).toEqual([404, 404, 429]);
    await behind.close();
  });

  it('of one account is turned away wherever it comes from, and no other account is', async () => {
    const limits = { ...wideLimits, account: { requests: 5, seconds: 600 } };
    const flooded = await openApiHost({ clinic: api.clinic, http: { apiLimits: limits } });
    const [one, other] = [await flooded.signIn('nurse'), await flooded.signIn('doctor')];
    const statuses: number[] = [];
    for (let n = 0; n < 8; n += 1)
      statuses.push(
        (await flooded.ask('GET', '/auth/me', { token: one.accessToken, from: `127.0.0.${n + 2}` })).status,
      );
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
    expect((await flooded.ask('GET', '/auth/me', { token: other.accessToken })).status).toBe(200);
    await flooded.close();
  });

  it('of sign-ins is turned away long before one of other requests', async () => {
    const limits = { ...wideLimits, signIn: { requests: 3, seconds: 600 } };
    const flooded = await openApiHost({ clinic: api.clinic, http: { apiLimits: limits } });
    const statuses: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      const body = { grant: 'password', username: `guess${n}`, password: 'x' };
      statuses.push((await flooded.ask('POST', '/auth/token', { body })).status);
    }
    expect(statuses).toEqual([401, 401, 401, 429, 429, 429]);
    expect((await flooded.ask('GET', '/auth/me', { token })).status).toBe(200);
    await flooded.close();
  });
});

describe('connections', () => {
  it('whose headers come slowly are closed, and others are served meanwhile', async () => {
    const slow = await openApiHost({
      clinic: api.clinic,
      http: {
        connections: {
          ...usualConnections,
          headersTimeout: 300,
          requestTimeout: 300,
          connectionsCheckingInterval: 50,
        },
      },
    });
    const trickles = Array.from({ length: 50 }, () =>
      raw('GET /api/v1/patients HTTP/1.1\r\nhost: 127.0.0.1\r\nx: ', slow.host.url),
    );
    expect((await slow.ask('GET', '/auth/me', { token })).status).toBe(200);
    for (const answer of await Promise.all(trickles))
      expect(answer).toMatch(/^HTTP\/1\.1 408 [\s\S]*"code":"timeout"/);
    const half = await raw(
      'POST /api/v1/auth/token HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
      slow.host.url,
    );
    expect(half).toMatch(/^HTTP\/1\.1 408 /);
    await slow.close();
  });

  it('of one address are bounded; another address still finds a place', async () => {
    const few = await openApiHost({
      clinic: api.clinic,
      http: { connections: { ...usualConnections, address: 5 } },
    });
    const port = Number(new URL(few.host.url).port);
    const held = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const socket = connect(port, '127.0.0.1');
        await once(socket, 'connect');
        return socket;
      }),
    );
    await expect(few.ask('GET', '/auth/me', { token })).rejects.toThrow();
    const elsewhere = await askAt(few.host.url, 'GET', '/auth/me', { token, from: '127.0.0.9' });
    expect(elsewhere.status).toBe(200);
    const known = await openApiHost({
      clinic: api.clinic,
      http: { connections: { ...usualConnections, address: 0 }, proxies: ['127.0.0.1'] },
    });
    expect((await known.ask('GET', '/auth/me', { token })).status).toBe(200);
    await expect(known.ask('GET', '/auth/me', { token, from: '127.0.0.9' })).rejects.toThrow();
    await known.close();
    for (const socket of held) socket.destroy();
    await expect
      .poll(() =>
        few.ask('GET', '/auth/me', { token }).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);
    await few.close();
  });
});

it('writes down no input, and no bug', () => {
  expect(api.clinic.logged.filter((line) => line.includes(canary))).toEqual([]);
  expect(api.clinic.logged.filter((line) => /^(api|http|call failed)/.test(line))).toEqual([]);
});
