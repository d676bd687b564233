import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { type CallName, contract } from '#shared/contract/contract.ts';
import { isGranted, permissionsOf, roles } from '#shared/contract/permissions.ts';
import { errorCodes, ok } from '#shared/kernel/result.ts';
import { type Clinic, openClinic } from '#tests/support/core-clinic.ts';
import { createRouter, isOversized } from './router.ts';

let clinic: Clinic;
beforeAll(() => {
  clinic = openClinic();
});
afterAll(() => clinic.close());

const names = Object.keys(contract) as CallName[];

/** Payloads of every kind: rubbish, the right keys with wrong values, hostile keys. */
const payload = fc.oneof(
  fc.anything({ withDate: true, withMap: true, withBigInt: true, withNullPrototype: true }),
  fc.record(
    {
      id: fc.oneof(fc.uuid(), fc.string()),
      date: fc.oneof(fc.constant('2026-11-23'), fc.string()),
      text: fc.string(),
      n: fc.oneof(fc.integer(), fc.double()),
      folder: fc.string(),
      details: fc.anything(),
      practitionerId: fc.uuid(),
      minutes: fc.constantFrom(15, 30, -1, 1e9),
      startLocal: fc.constantFrom('2026-11-24T10:00', '2026-02-30T10:00', ''),
      reason: fc.string(),
      __proto__: fc.constant({ polluted: true }),
    },
    { requiredKeys: [] },
  ),
);

describe.each(names)('%s', (name) => {
  const call = contract[name];

  it('answers nobody who is not signed in, unless it is public', async () => {
    const connection = clinic.core.connect();
    const reply = await clinic.core.dispatch(name, {}, connection);
    if (call.needs === 'public') expect(reply).not.toMatchObject({ error: { code: 'not-signed-in' } });
    else expect(reply).toEqual({ ok: false, error: { code: 'not-signed-in' } });
    clinic.core.disconnect(connection);
  });

  it.each(roles)('answers %s only where the contract says so, and never throws', async (role) => {
    const connection = await clinic.signedIn(role);
    const user = connection.user;
    const allowed = isGranted(call.needs, permissionsOf(role));
    await fc.assert(
      fc.asyncProperty(payload, async (input) => {
        connection.user = user;
        const reply = await clinic.core.dispatch(name, input, connection);
        if (!allowed) expect(reply).toEqual({ ok: false, error: { code: 'not-permitted' } });
        else if (reply.ok) expect(call.output.safeParse(reply.value).success).toBe(true);
        else {
          expect(errorCodes).toContain(reply.error.code);
          expect(reply.error.code).not.toBe('internal');
          expect(reply.error.code).not.toBe('not-permitted');
        }
      }),
      { numRuns: name === 'session.signIn' ? 5 : 40 },
    );
    clinic.core.disconnect(connection);
  });
});

it('knows no call by the name of something every object has', async () => {
  const connection = await clinic.signedIn('admin');
  for (const name of ['', 'constructor', '__proto__', 'toString', 'patients.nothing'])
    expect(await clinic.core.dispatch(name, {}, connection)).toEqual({
      ok: false,
      error: { code: 'not-found' },
    });
});

it('says which input is wrong and how, not what was in it', async () => {
  const connection = await clinic.signedIn('reception');
  const input = { family: '', given: 'secret\u0000name', gender: 'x' };
  expect(await clinic.core.dispatch('patients.register', input, connection)).toEqual({
    ok: false,
    error: {
      code: 'invalid-input',
      fields: { family: 'required', given: 'characters', gender: 'invalid-value' },
    },
  });
});

it('refuses an input larger than any form', async () => {
  const connection = await clinic.signedIn('reception');
  const input = { text: 'x'.repeat(200_000) };
  expect(await clinic.core.dispatch('patients.search', input, connection)).toEqual({
    ok: false,
    error: { code: 'too-large' },
  });
  const circle: Record<string, unknown> = {};
  circle.again = circle;
  expect(isOversized(circle, 1000)).toBe(true);
  expect(isOversized({ a: ['b', 1] }, 1000)).toBe(false);
});

it('answers not-ready while the first copy is arriving', async () => {
  const empty = openClinic({ empty: true });
  const connection = empty.core.connect();
  const call = (name: string, input = {}) => empty.core.dispatch(name, input, connection);
  expect(await call('session.signIn', { username: 'admin', password: 'x' })).toMatchObject({
    error: { code: 'not-ready' },
  });
  expect(await call('app.info')).toMatchObject({ ok: true });
  expect(await call('sync.status')).toMatchObject({ ok: true });
  expect(await call('session.current')).toEqual({ ok: true, value: null });
  await empty.close();
});

it('turns a bug into an id in the log, and keeps its words to itself', async () => {
  const logged: unknown[] = [];
  const broken = openClinic({
    log: { info: () => undefined, error: (...entry) => logged.push(entry) },
    clock: { now: () => Number.NaN },
  });
  const connection = broken.core.connect();
  const reply = await broken.core.dispatch(
    'session.signIn',
    { username: 'admin', password: 'no' },
    connection,
  );
  expect(reply).toEqual({ ok: false, error: { code: 'internal', params: { id: expect.any(String) } } });
  expect(JSON.stringify(logged)).toContain('call failed');
  await broken.close();
});

describe('what a handler gives', () => {
  const routed = (value: unknown) => {
    const logged: unknown[] = [];
    const dispatch = createRouter({
      handlers: { 'sync.retry': () => ok(null), 'practitioners.locations': () => ok(value) } as never,
      sessions: { current: (connection) => connection.user },
      log: { info: () => undefined, error: (...entry) => logged.push(entry) },
    });
    const connection = {
      id: '1',
      user: { role: 'admin', permissions: permissionsOf('admin') },
    } as unknown as Connection;
    return { reply: dispatch('practitioners.locations', {}, connection), logged };
  };
  const place = { id: '01900000-0000-7000-8000-000000000001', name: 'A', city: null, timeZone: 'UTC' };

  it('leaves with what the contract names and nothing else', async () => {
    const { reply } = routed([{ ...place, password_hash: 'secret' }]);
    expect(await reply).toEqual({ ok: true, value: [place] });
  });

  it('does not leave at all when it is not what the contract says', async () => {
    const { reply, logged } = routed([{ ...place, name: null, family: 'secret' }]);
    expect(await reply).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(await reply)).not.toContain('secret');
    expect(logged).toHaveLength(1);
  });
});
