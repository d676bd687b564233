import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { permissionsOf } from '#shared/contract/permissions.ts';
import { ok } from '#shared/kernel/result.ts';
import { type Clinic, openClinic } from '#tests/support/core-clinic.ts';
import { createRouter, isOversized } from './router.ts';

let clinic: Clinic;
beforeAll(() => {
  clinic = openClinic();
});
afterAll(() => clinic.close());

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
      sessions: { current: (connection) => connection.user, held: () => [] },
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
