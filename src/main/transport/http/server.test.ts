import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { styleNoncePlaceholder } from '#main/security/csp.ts';
import { isForStrangers } from '#shared/contract/call.ts';
import { type CallName, contract } from '#shared/contract/contract.ts';
import { askAt } from '#tests/support/api-host.ts';
import { type Clinic, mutesi, openClinic, password } from '#tests/support/core-clinic.ts';
import { type HttpHost, startHttpHost } from './server.ts';

let clinic: Clinic;
let host: HttpHost;
let pages: string;

const options = () => ({
  core: clinic.core,
  clock: clinic.clock,
  log: { info: () => undefined, error: () => undefined },
  pages,
  address: '127.0.0.1',
  port: 0,
  tls: null,
});

beforeAll(async () => {
  pages = mkdtempSync(join(tmpdir(), 'clinichub-pages-'));
  mkdirSync(join(pages, 'assets'));
  writeFileSync(join(pages, 'index.html'), `<style nonce="${styleNoncePlaceholder}"></style>hello`);
  const script = 'export {};';
  writeFileSync(join(pages, 'assets', 'app-1a2b.js'), script);
  writeFileSync(join(pages, 'assets', 'app-1a2b.js.br'), brotliCompressSync(script));
  writeFileSync(join(pages, 'assets', 'app-1a2b.js.gz'), gzipSync(script));
  clinic = openClinic();
  host = await startHttpHost(options());
});
afterAll(async () => {
  await host.close();
  await clinic.close();
  rmSync(pages, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A bare request: fetch would not let a test choose Host or Origin. */
const send = (
  path: string,
  more: { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const asked = request(
      new URL(path, host.url),
      { method: more.method ?? 'GET', headers: more.headers ?? {} },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(more.body);
  });

const cookieOf = (answer: Answer) => answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
const call = (name: string, input: unknown, headers: Record<string, string> = {}) =>
  send(`/rpc/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-clinichub': '1', ...headers },
    body: JSON.stringify(input),
  });
const signIn = async (username: string) => {
  const answer = await call('session.signIn', { username, password });
  expect(JSON.parse(answer.text)).toMatchObject({ ok: true, value: { username } });
  return cookieOf(answer);
};

describe('health', () => {
  const health = async (headers: Record<string, string> = {}) => {
    const { status, text } = await send('/health', { headers });
    return { status, told: JSON.parse(text) as Record<string, unknown> };
  };

  it('says whether services can work, and the reasons to this computer alone', async () => {
    expect(await health()).toEqual({
      status: 200,
      told: {
        live: true,
        ready: true,
        version: '0',
        database: 'open',
        sync: 'offline',
        waiting: 0,
        lastContact: expect.any(String),
      },
    });
    for (const header of ['x-forwarded-for', 'forwarded'])
      expect(await health({ [header]: '192.0.2.1' })).toEqual({
        status: 200,
        told: { live: true, ready: true },
      });
  });

  it.each([
    ['preparing', { connection: 'preparing' as const }],
    ['expired', { leaseDaysLeft: 0 }],
    ['wiped', { problem: 'wipe' as const }],
  ])('is not ready while its copy is %s', async (database, change) => {
    const { status } = clinic.engine;
    clinic.engine.status = () => ({ ...status(), ...change });
    expect(await health()).toMatchObject({ status: 503, told: { live: true, ready: false, database } });
    expect((await send('/health/live')).status).toBe(200);
    clinic.engine.status = status;
  });

  it('is not ready when the database cannot be asked', async () => {
    const { status } = clinic.engine;
    clinic.engine.status = () => {
      throw new Error('Zyxwvut');
    };
    const { status: code, told } = await health();
    expect({ code, told }).toMatchObject({ code: 503, told: { ready: false, database: 'failed' } });
    expect(JSON.stringify(told)).not.toContain('Zyxwvut');
    clinic.engine.status = status;
  });

  it('opens no session, and no other site may ask', async () => {
    expect((await send('/health')).headers['set-cookie']).toBeUndefined();
    expect((await send('/health', { headers: { origin: 'https://evil.example' } })).status).toBe(403);
    expect((await send('/health', { headers: { host: 'evil.example' } })).status).toBe(421);
  });

  it('answers so many times a second and no more', async () => {
    clinic.clock.at += 10_000;
    const codes: number[] = [];
    for (let n = 0; n < 22; n += 1) codes.push((await send('/health/live')).status);
    expect(codes.filter((code) => code === 200)).toHaveLength(20);
    clinic.clock.at += 1_000;
    expect((await send('/health')).status).toBe(200);
  });
});

describe('calls', () => {
  it('carry a session in a cookie no script can read', async () => {
    const answer = await call('session.signIn', { username: 'reception', password });
    expect(answer.status).toBe(200);
    expect(answer.headers['set-cookie']?.at(-1)).toMatch(
      /^clinichub-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    const cookie = answer.headers['set-cookie']?.at(-1)?.split(';')[0] ?? '';
    const found = await call('patients.search', { text: 'mutesi' }, { cookie });
    expect(JSON.parse(found.text)).toMatchObject({ ok: true, value: [{ id: mutesi.id }] });
  });

  it('without a session say so, with status 200', async () => {
    const answer = await call('patients.search', { text: 'x' });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({ ok: false, error: { code: 'not-signed-in' } });
  });

  it('get another secret at sign-in: the one from before is worth nothing', async () => {
    const before = cookieOf(await call('session.current', {}));
    const signedIn = await call('session.signIn', { username: 'reception', password }, { cookie: before });
    const after = signedIn.headers['set-cookie']?.at(-1)?.split(';')[0] ?? '';
    expect(after).not.toBe(before);
    const current = async (cookie: string) =>
      JSON.parse((await call('session.current', {}, { cookie })).text);
    expect(await current(before)).toEqual({ ok: true, value: null });
    expect(await current(after)).toMatchObject({ value: { username: 'reception' } });
  });

  /** What a browser keeps: of two cookies of one name the one whose answer came last. */
  const cookieJar = (kept: Readonly<Record<string, string>> = {}) => {
    const jar = new Map(Object.entries(kept));
    return {
      header: () => [...jar].map((pair) => pair.join('=')).join('; '),
      take: (answer: Answer) => {
        for (const cookie of answer.headers['set-cookie'] ?? []) {
          const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
          jar.set(name, value);
        }
      },
    };
  };

  it('asked before somebody signed in and heard after cost nobody the session', async () => {
    const jar = cookieJar();
    jar.take(await send('/'));
    const before = jar.header();
    jar.take(await call('session.signIn', { username: 'reception', password }, { cookie: before }));
    for (const late of [
      await call('session.current', {}, { cookie: before }),
      await send('/', { headers: { cookie: before } }),
    ]) {
      jar.take(late);
      expect(JSON.parse((await call('session.current', {}, { cookie: jar.header() })).text)).toMatchObject({
        value: { username: 'reception' },
      });
    }
  });

  it('nor do they where the page had a cookie that is forgotten, or none', async () => {
    for (const kept of [{ [`clinichub-${new URL(host.url).port}`]: 'forgotten' }, {}]) {
      const jar = cookieJar(kept);
      const cookie = jar.header();
      const late = [await call('session.current', {}, { cookie }), await send('/', { headers: { cookie } })];
      jar.take(await call('session.signIn', { username: 'nurse', password }, { cookie }));
      for (const answer of late) jar.take(answer);
      expect(JSON.parse((await call('session.current', {}, { cookie: jar.header() })).text)).toMatchObject({
        value: { username: 'nurse' },
      });
    }
  });

  it.each([
    ['no header of ours', { 'x-clinichub': undefined }],
    ['another origin', { origin: 'http://evil.example' }],
    ['another port of this computer', { origin: 'http://127.0.0.1:1' }],
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }],
    ['a page of a sibling site', { 'sec-fetch-site': 'same-site' }],
  ])('from %s are refused', async (_name, changed) => {
    const cookie = await signIn('reception');
    const headers = { 'content-type': 'application/json', 'x-clinichub': '1', cookie, ...changed };
    const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
    const answer = await send('/rpc/patients.search', {
      method: 'POST',
      headers: sent as Record<string, string>,
      body: '{"text":""}',
    });
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.text)).toEqual({ ok: false, error: { code: 'not-permitted' } });
  });

  it('from another origin are refused however the address is written', async () => {
    const headers = { 'content-type': 'application/json', 'x-clinichub': '1', origin: 'http://evil.example' };
    for (const path of ['/%72pc/session.current', '/rpc/session%2ecurrent'])
      expect((await send(path, { method: 'POST', headers, body: '{}' })).status).toBe(403);
    expect((await send('/%65vents', { headers })).status).toBe(403);
  });

  it('under a name that is not ours (DNS rebinding) are refused, pages too', async () => {
    for (const path of ['/', '/events', '/rpc/session.current'])
      expect((await send(path, { headers: { host: 'evil.example' } })).status).toBe(421);
    expect((await send('/', { headers: { host: 'localhost:9' } })).status).toBe(200);
  });

  it('that are no JSON, too large or of another method are refused without a word about the reason', async () => {
    expect((await call('patients.search', { text: 'x'.repeat(300_000) })).status).toBe(413);
    const asForm = { 'content-type': 'application/x-www-form-urlencoded', 'x-clinichub': '1' };
    expect(
      (await send('/rpc/session.current', { method: 'POST', headers: asForm, body: 'a=1' })).status,
    ).toBe(415);
    const broken = { 'content-type': 'application/json', 'x-clinichub': '1' };
    const answer = await send('/rpc/session.current', { method: 'POST', headers: broken, body: '{"a":' });
    expect([answer.status, answer.text]).toEqual([400, '{"ok":false,"error":{"code":"invalid-input"}}']);
    expect((await send('/rpc/session.current')).status).toBe(404);
    const polluting = '{"__proto__":{"x":1}}';
    expect((await send('/rpc/app.info', { method: 'POST', headers: broken, body: polluting })).status).toBe(
      400,
    );
  });
});

describe('pages', () => {
  it('are one page at every address, under a policy with a nonce of its own, and open a session', async () => {
    const first = await send('/');
    const second = await send('/reception/day?date=2026-11-23');
    expect(second.text).toMatch(/^<style nonce="[\w+/=]{24}"><\/style>hello$/);
    const nonce = /nonce="([^"]+)"/.exec(second.text)?.[1];
    expect(second.headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(second.headers['content-security-policy']).toContain("default-src 'none'");
    expect(first.text).not.toBe(second.text);
    expect(cookieOf(first)).toMatch(/^clinichub-\d+-nobody=/);
    expect(second.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  });

  it('have files, which may be kept, and nothing outside their folder', async () => {
    const file = await send('/assets/app-1a2b.js');
    expect([file.status, file.text]).toEqual([200, 'export {};']);
    expect(file.headers['cache-control']).toContain('immutable');
    for (const [accepted, used] of [
      ['gzip, deflate, br', 'br'],
      ['gzip, deflate', 'gzip'],
      ['identity', undefined],
    ] as const) {
      const { headers } = await send('/assets/app-1a2b.js', { headers: { 'accept-encoding': accepted } });
      expect(headers['content-encoding']).toBe(used);
      expect(headers['content-type']).toContain('javascript');
      expect(headers['cache-control']).toContain('immutable');
    }
    expect((await send('/assets/gone.js')).status).toBe(404);
    expect((await send('/..%2f..%2f..%2fetc%2fpasswd')).text).not.toContain('root:');
    expect((await send('/%2e%2e/%2e%2e/etc/passwd')).text).not.toContain('root:');
  });
});

/** The first events of a stream, until `enough`. */
const listen = (cookie: string, enough: (text: string) => boolean) => {
  const started = Promise.withResolvers<number>();
  const heard = Promise.withResolvers<string>();
  let text = '';
  const asked = request(new URL('/events', host.url), { headers: { cookie } }, (response) => {
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      text += chunk;
      started.resolve(response.statusCode ?? 0);
      if (!enough(text)) return;
      heard.resolve(text);
      asked.destroy();
    });
    response.on('end', () => {
      started.resolve(response.statusCode ?? 0);
      heard.resolve(text);
    });
  });
  asked.on('error', () => heard.resolve(text));
  asked.end();
  return { started: started.promise, heard: heard.promise, stop: () => asked.destroy() };
};

describe('events', () => {
  it('tell who is signed in which tables changed, and nothing of any patient', async () => {
    const cookie = await signIn('reception');
    const stream = listen(cookie, (text) => text.includes('"patient"'));
    expect(await stream.started).toBe(200);
    const details = { family: 'Keza', given: 'Ange', gender: 'female' };
    await call('patients.register', details, { cookie });
    const text = await stream.heard;
    expect(text).toContain('data: {"type":"changed","tables":[');
    expect(text).not.toContain('Keza');
  });

  it('need a session', async () => {
    expect((await send('/events')).status).toBe(401);
    expect(
      (await send('/events', { headers: { cookie: `clinichub-${new URL(host.url).port}=guess` } })).status,
    ).toBe(401);
  });

  it('of an import reach administrators only', async () => {
    const streams = await Promise.all(
      ['reception', 'admin'].map(async (name) => {
        const stream = listen(await signIn(name), (text) => text.includes('"sync"'));
        await stream.started;
        return stream;
      }),
    );
    const admin = await signIn('admin');
    const heard = listen(admin, (text) => text.includes('"import"'));
    await heard.started;
    await call('import.check', { folder: pages }, { cookie: admin });
    await heard.heard;
    clinic.engine.tell(clinic.engine.status());
    const [reception = ''] = await Promise.all(streams.map((stream) => stream.heard));
    expect(reception).toContain('"sync"');
    expect(reception).not.toContain('"import"');
  });

  it('tell the other pages of a session that it ended', async () => {
    const cookie = await signIn('nurse');
    const stream = listen(cookie, (text) => text.includes('session-ended'));
    await stream.started;
    await call('session.signOut', {}, { cookie });
    expect(await stream.heard).toContain('data: {"type":"session-ended"}');
  });
});

describe('starting', () => {
  it('on the network without TLS is refused', async () => {
    await expect(startHttpHost({ ...options(), address: '0.0.0.0' })).rejects.toThrow(/needs TLS/);
  });

  it('on a port in use says which', async () => {
    const port = Number(new URL(host.url).port);
    await expect(startHttpHost({ ...options(), port })).rejects.toThrow(`Port ${port} is in use`);
  });

  it('without built screens still answers calls and says what to do', async () => {
    const other = await startHttpHost({ ...options(), pages: join(pages, 'none') });
    const page = await fetch(other.url);
    expect(await page.text()).toContain('npm run build');
    await other.close();
  });

  it('side by side in one browser keeps both signed in: its cookies know no ports', async () => {
    const other = await startHttpHost(options());
    const jar = new Map<string, string>();
    const ask = async (url: string, name: string, input: object) => {
      const response = await fetch(new URL(`/rpc/${name}`, url), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-clinichub': '1',
          cookie: [...jar].map((pair) => pair.join('=')).join('; '),
        },
        body: JSON.stringify(input),
      });
      for (const cookie of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
        jar.set(name, value);
      }
      return response.json();
    };
    await ask(host.url, 'session.signIn', { username: 'reception', password });
    await ask(other.url, 'session.signIn', { username: 'nurse', password });
    const signedIn = (username: string) => ({ ok: true, value: { username } });
    expect(await ask(host.url, 'session.current', {})).toMatchObject(signedIn('reception'));
    expect(await ask(other.url, 'session.current', {})).toMatchObject(signedIn('nurse'));
    await other.close();
  });

  it('ends with streams open', async () => {
    const other = await startHttpHost(options());
    const page = await fetch(other.url);
    const cookie = page.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const events = await fetch(new URL('/events', other.url), { headers: { cookie } });
    expect(events.status).toBe(200);
    await other.close();
    await expect(fetch(other.url)).rejects.toThrow();
    const blocker: Server = createServer().listen(Number(new URL(other.url).port), '127.0.0.1');
    await new Promise((resolve) => blocker.once('listening', resolve));
    blocker.close();
  });
});

describe('a flood from one address', () => {
  let flooded: HttpHost;
  beforeAll(async () => {
    flooded = await startHttpHost({ ...options(), strangerLimit: { requests: 20, seconds: 60 } });
  });
  afterAll(() => flooded.close());

  const at = (path: string, cookie = '') =>
    fetch(new URL(path, flooded.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-clinichub': '1', cookie },
      body: JSON.stringify(path.endsWith('signIn') ? { username: 'reception', password } : {}),
    });

  it('is told to wait, whatever it asks for, and whoever of the staff is signed in there works on', async () => {
    const signedIn = await at('/rpc/session.signIn');
    const cookie = signedIn.headers.getSetCookie().at(-1)?.split(';')[0] ?? '';
    const answers = await Promise.all(Array.from({ length: 40 }, () => at('/rpc/app.info')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 429]));
    const refused = answers.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused?.json()).toMatchObject({ ok: false, error: { code: 'too-many-tries' } });
    // A page opens a session as well.
    expect((await fetch(flooded.url)).status).toBe(429);
    expect((await fetch(new URL('/health', flooded.url))).status).not.toBe(429);
    for (let n = 0; n < 30; n += 1) expect((await at('/rpc/session.current', cookie)).status).toBe(200);
  });
});

describe('what costs a hash, a message or a code and needs nobody signed in', () => {
  const costly = (Object.keys(contract) as CallName[]).filter((name) => isForStrangers(contract[name]));
  const wide = { requests: 1_000_000, seconds: 1 };
  let bounded: HttpHost;
  beforeAll(async () => {
    const signIn = { requests: 3, seconds: 600 };
    bounded = await startHttpHost({ ...options(), apiLimits: { address: wide, account: wide, signIn } });
  });
  afterAll(() => bounded.close());

  const at = (name: string, input: object, { from = '127.0.0.1', cookie = '' } = {}) =>
    askAt(bounded.url, 'POST', `//rpc/${name}`, {
      body: input,
      from,
      headers: { 'x-clinichub': '1', cookie },
    });
  const refusal = { ok: false, error: { code: 'too-many-tries', params: { seconds: expect.any(Number) } } };

  it('is every command of strangers', () => {
    expect(costly).toEqual([
      'session.signIn',
      'session.openCode',
      'session.enter',
      'session.unlock',
      'panel.signIn',
      'panel.register',
      'panel.resend',
      'panel.verify',
      'panel.askReset',
      'panel.reset',
    ]);
  });

  it.each(costly)(
    '%s is bounded by address, however it is written, and says when to try again',
    async (name) => {
      const from = `127.0.1.${costly.indexOf(name) + 1}`;
      for (let n = 0; n < 3; n += 1) expect((await at(name, {}, { from })).status).toBe(200);
      for (const written of [name, name.replace('.', '%2e')]) {
        const refused = await at(written, {}, { from });
        expect([refused.status, refused.body]).toEqual([429, refusal]);
        expect(refused.headers).toMatchObject({
          'retry-after': String(refused.body.error.params.seconds),
          'ratelimit-policy': '"sign-in";q=3;w=600',
        });
      }
      // What costs nothing goes on, and so does whoever asks from elsewhere.
      expect((await at('session.current', {}, { from })).status).toBe(200);
      expect((await at(name, {}, { from: from.replace('127.0.1', '127.0.2') })).status).toBe(200);
    },
  );

  it('leaves the staff alone: who is signed in or locked, and patients do not keep them out', async () => {
    const from = '127.0.3.1';
    for (let n = 0; n < 5; n += 1)
      await at('panel.askReset', { email: `a${n}@example.org`, language: 'en' }, { from });
    expect((await at('panel.signIn', { email: 'a@example.org', password }, { from })).status).toBe(429);
    const signedIn = await at('session.signIn', { username: 'doctor', password }, { from });
    expect(signedIn.body).toMatchObject({ ok: true });
    const cookie = cookieOf(signedIn);
    for (let n = 0; n < 5; n += 1) await at('session.signIn', { username: `x${n}`, password }, { from });
    expect((await at('session.signIn', { username: 'nurse', password }, { from })).status).toBe(429);
    await at('session.lock', {}, { from, cookie });
    const { body } = await at('session.held', {}, { from, cookie });
    const unlock = { id: body.value[0].id, by: 'password', secret: password };
    expect((await at('session.unlock', unlock, { from, cookie })).body).toMatchObject({ ok: true });
  });
});
