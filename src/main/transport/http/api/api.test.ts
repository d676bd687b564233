import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiHost, openApiHost } from '#tests/support/api-host.ts';
import { mutesi } from '#tests/support/core-clinic.ts';

let api: ApiHost;
let token: string;

beforeAll(async () => {
  api = await openApiHost();
  token = (await api.signIn('reception')).accessToken;
});
afterAll(() => api.close());

const details = { family: 'Keza', given: 'Ange', gender: 'female', notADuplicate: true };

describe('an operation', () => {
  it('answers what the contract answers, as who is signed in', async () => {
    const { status, body } = await api.ask('GET', `/patients/${mutesi.id}`, { token });
    expect([status, body.family]).toEqual([200, 'Mutesi']);
    expect((await api.ask('GET', `/patients/${mutesi.id}`)).body).toMatchObject({ code: 'token-invalid' });
  });

  it('makes something, and says where it is', async () => {
    const made = await api.ask('POST', '/patients', { token, body: details });
    expect(made.status).toBe(201);
    expect(made.headers.location).toBe(`/api/v1/patients/${made.body.id}`);
    const there = await api.ask('GET', made.headers.location?.replace('/api/v1', '') ?? '', { token });
    expect(there.body).toEqual(made.body);
  });

  it('changes what the caller has seen, and nothing else', async () => {
    const seen = await api.ask('GET', `/patients/${mutesi.id}`, { token });
    const etag = seen.headers.etag ?? '';
    const change = (headers: Record<string, string>, city: string) =>
      api.ask('PUT', `/patients/${mutesi.id}`, {
        token,
        headers,
        body: { family: 'Mutesi', given: 'Chantal', gender: 'female', city },
      });
    expect((await change({}, 'Huye')).body).toMatchObject({ status: 428, code: 'precondition-required' });
    const done = await change({ 'if-match': etag }, 'Huye');
    expect([done.status, done.body.city]).toEqual([200, 'Huye']);
    expect((await change({ 'if-match': etag }, 'Musanze')).body).toMatchObject({ status: 412 });
    expect((await change({ 'if-match': done.headers.etag ?? '' }, 'Musanze')).status).toBe(200);
  });
});
