import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { againstDocument, type OpenApi } from '#tests/support/api-document.ts';
import { type ExampleRequest, examples, nobodys, ownExamples } from '#tests/support/api-examples.ts';
import type { ApiAnswer, ApiRequest } from '#tests/support/api-host.ts';
import { type ApiWorld, openApiWorld } from '#tests/support/api-world.ts';
import { problemsOf } from './document.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations.ts';

let world: ApiWorld;
let wrong: ReturnType<typeof againstDocument>;
let answers = 0;

beforeAll(async () => {
  world = await openApiWorld();
  wrong = againstDocument((await world.api.ask('GET', '/openapi.json')).body as OpenApi);
});
afterAll(() => world.api.close());

const exampleOf = ({ id }: Operation) => {
  const example = examples[id];
  if (example === undefined) throw new Error(`${id} has no example`);
  return example;
};

/** Sends it, and holds what comes against the document. */
const ask = async (operation: Operation, request: ExampleRequest, more: ApiRequest = {}) => {
  const { as } = exampleOf(operation);
  const token = as === null ? {} : { token: world.token(as) };
  const answer = await world.send(operation, request, { ...token, ...more });
  answers += 1;
  expect(wrong(operation.method, operation.path, answer), answer.text.slice(0, 500)).toBeNull();
  expect(answer.status, answer.text).not.toBe(500);
  if (answer.status >= 400) expect(problemsOf(operation), answer.text).toContain(answer.body.code);
  return answer;
};

const withEtag = async (operation: Operation, request: ExampleRequest): Promise<ApiRequest> => {
  const { as } = exampleOf(operation);
  if (operation.ifMatch === null || as === null) return {};
  return { headers: { 'if-match': await world.etag(operation, request, as) } };
};

const valid = async (operation: Operation) => {
  const request = await exampleOf(operation).request(world);
  return { request, more: await withEtag(operation, request) };
};

const problemOf = (answer: ApiAnswer) => [answer.status, answer.body?.code];

it('every operation has an example, and every example an operation', () => {
  expect(Object.keys(examples).toSorted()).toEqual(operations.map(({ id }) => id).toSorted());
});

it('says of what was made where it is, unless it has no address', () => {
  const nowhere = operations.filter(({ answer, location }) => answer.status === 201 && location === null);
  expect(nowhere.map(({ id }) => id)).toEqual(['createScheduleException', 'createObservations']);
});

describe.each(operations.map((operation) => [operation.id, operation] as const))('%s', (_id, operation) => {
  const { method, answer, location, cursor } = operation;

  it('answers what is asked rightly', async () => {
    const { request, more } = await valid(operation);
    const told = await ask(operation, request, more);
    expect(told.status, told.text).toBe(answer.status);
    if (location !== null) {
      const { as } = exampleOf(operation);
      const made = await world.api.ask('GET', `/${told.headers.location ?? ''}`, {
        token: as === null ? '' : world.token(as),
      });
      expect(made.status, told.headers.location).toBe(200);
    }
    if (method !== 'GET' || !operation.signedIn) return;
    const known = { headers: { 'if-none-match': told.headers.etag ?? '' } };
    expect((await ask(operation, request, known)).status).toBe(304);
  });

  it('answers a patient as documented', async () => {
    const own = ownExamples[operation.id];
    expect(own === undefined).toBe(operation.ownCalls === null || operation.tag === 'Auth');
    if (own === undefined) return;
    const request = await own(world);
    const token = world.token('patient');
    const etag = await world.etag(operation, request, 'patient');
    const told = await ask(operation, request, {
      token,
      ...(etag === '' ? {} : { headers: { 'if-match': etag } }),
    });
    expect(told.status, told.text).toBe(answer.status);
    if (method === 'GET' && cursor === null)
      expect(told.text).toMatch(/"(?:id|patientId|practitionerId|startLocal)":/);
  });

  it('needs a token that counts', async () => {
    if (!operation.signedIn) return;
    const { request } = await valid(operation);
    // The first character of the signature: of the last one some bits mean nothing.
    const other = world.token('admin').replace(/\.(.)(?=[^.]*$)/, (_, one) => (one === 'A' ? '.B' : '.A'));
    for (const token of ['', 'x.y.z', other])
      expect(problemOf(await ask(operation, request, { token }))).toEqual([401, 'token-invalid']);
  });

  it('knows no id of nobody, and none of another shape', async () => {
    const { request } = await valid(operation);
    for (const name of Object.keys(operation.params.shape)) {
      const of = (id: string) => ({ ...request, params: { ...request.params, [name]: id } });
      const any = { headers: { 'if-match': '*' } };
      for (const id of ["x'; --", '<script>', '%00', nobodys.slice(1)])
        expect(problemOf(await ask(operation, of(id), any)), id).toEqual([404, 'not-found']);
      const unknown = await ask(operation, of(nobodys), any);
      // What hangs on a patient who is not there is nothing, as it is of one who has none.
      if (unknown.status === 200)
        expect([unknown.body.items, unknown.body.allergies, unknown.body.telecoms]).toContainEqual([]);
      else expect(unknown.status, unknown.text).toBe(404);
    }
  });

  it('refuses filters that are misspelt, out of bounds or of another kind', async () => {
    const { request } = await valid(operation);
    const any = { headers: { 'if-match': '*' } };
    const of = (query: Record<string, string>) => ({ ...request, query: { ...request.query, ...query } });
    expect(problemOf(await ask(operation, of({ nothing: '1' }), any))).toEqual([422, 'invalid-input']);
    for (const name of Object.keys(operation.query.shape))
      for (const text of [
        '',
        "x'; DROP TABLE patient; --",
        '-1',
        '99999999999',
        'true',
        '2026-02-30',
        '9999-12-31',
        '0000-01-01',
        '\u0000',
      ])
        await ask(operation, of({ [name]: text }), any);
    const own = await ownExamples[operation.id]?.(world);
    if (own !== undefined)
      for (const name of Object.keys(operation.query.shape))
        for (const text of ['', '-1', '9999-12-31', '0000-01-01'])
          await ask(
            operation,
            { ...own, query: { ...own.query, [name]: text } },
            { ...any, token: world.token('patient') },
          );
    if (cursor === null) return;
    for (const text of ['x', 'W10', `${Buffer.from('["",null]').toString('base64url')}`])
      expect((await ask(operation, of({ cursor: text }), any)).status, text).toBe(422);
    expect((await ask(operation, of({ limit: '100000' }), any)).status).toBe(422);
  });

  it('refuses bodies that are none, are not read, or say something else', async () => {
    const { request } = await valid(operation);
    const any = { 'if-match': '*' };
    const { body } = request;
    if (operation.body === null || body === undefined) return;
    const send = (raw: string | Buffer, headers: Record<string, string> = {}) =>
      ask(operation, request, {
        raw,
        headers: { ...any, 'content-type': 'application/json', ...headers },
      });
    expect((await send('{')).status).toBe(400);
    expect((await send(Buffer.from([0x22, 0xff, 0x22]))).status).toBe(400);
    expect((await send(JSON.stringify(body), { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await send(JSON.stringify({ x: 'x'.repeat(2 ** 20) }))).status).toBe(413);
    for (const text of ['null', '[]', '"x"', '1']) expect((await send(text)).status, text).toBe(422);
    for (const [name, value] of Object.entries(body))
      for (const other of [{ x: 1 }, ['x'], typeof value === 'number' ? 'x' : 1.5]) {
        const told = await send(JSON.stringify({ ...body, [name]: other }));
        expect([409, 422], `${name}: ${told.text}`).toContain(told.status);
      }
  });

  it('changes only what the caller has seen', async () => {
    if (operation.ifMatch === null) return;
    const { request } = await valid(operation);
    if (method !== 'POST')
      expect(problemOf(await ask(operation, request))).toEqual([428, 'precondition-required']);
    const stale = { headers: { 'if-match': '"of-another-time"' } };
    expect(problemOf(await ask(operation, request, stale))).toEqual([412, 'precondition-failed']);
  });

  it('changes it in one transaction, so that nothing is left unguarded', async () => {
    if (operation.ifMatch === null) return;
    const { request, more } = await valid(operation);
    const commits = () => world.api.clinic.core.programs((services) => services.commits());
    const before = await commits();
    expect((await ask(operation, request, more)).status).toBe(answer.status);
    expect((await commits()) - before).toBeLessThanOrEqual(1);
  });

  it('does once what names itself', async () => {
    if (method !== 'POST' || !operation.signedIn) return;
    const { request, more } = await valid(operation);
    const key = { 'idempotency-key': `key-${operation.id}` };
    const named = { ...more, headers: { ...more.headers, ...key } };
    const first = await ask(operation, request, named);
    const again = await ask(operation, request, named);
    expect([again.status, again.text]).toEqual([first.status, first.text]);
    expect(first.status).toBe(answer.status);
    const other = { ...named, headers: { ...named.headers, 'if-match': '"of-another-time"' } };
    if (operation.ifMatch !== null)
      expect(problemOf(await ask(operation, request, other))).toEqual([422, 'key-reused']);
  });
});

it('was tried with more than valid requests', () => {
  process.stdout.write(`${operations.length} operations, ${answers} answers held against the document\n`);
  expect(answers).toBeGreaterThan(operations.length * 5);
});
