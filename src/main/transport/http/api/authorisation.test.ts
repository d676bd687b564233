import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract } from '#shared/contract/contract.ts';
import { isGranted, permissionsOf, type Role, staff } from '#shared/contract/permissions.ts';
import { type ExampleRequest, examples, nobodys } from '#tests/support/api-examples.ts';
import { type ApiWorld, openApiWorld } from '#tests/support/api-world.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations.ts';

/** Everybody who may ask: each role, a doctor of another site, nobody, somebody whose account was closed meanwhile, a made-up token. */
const askers = [...staff, 'elsewhere', 'nobody', 'expired', 'forged'] as const;
type Asker = (typeof askers)[number];

const roleOf = (asker: Asker): Role | null => {
  if (asker === 'nobody' || asker === 'expired' || asker === 'forged') return null;
  return asker === 'elsewhere' ? 'doctor' : asker;
};

/** What a rule within a call keeps to whose visit it is, or to who prescribes: this doctor is neither. */
const ownOnly: ReadonlySet<string> = new Set([
  'acceptAppointment',
  'rejectAppointment',
  'rescheduleAppointment',
  'deleteAppointment',
  'cancelAppointment',
  'createPrescription',
  'updatePrescription',
]);

let world: ApiWorld;
const tokens = new Map<Asker, string>();
let cases = 0;

beforeAll(async () => {
  world = await openApiWorld();
  for (const asker of askers) {
    if (asker === 'nobody') continue;
    if (asker === 'forged') {
      const [head, , signature] = world.token('admin').split('.');
      const claims = Buffer.from(JSON.stringify({ sub: 'admin', exp: 2 ** 33 })).toString('base64url');
      tokens.set(asker, `${head}.${claims}.${signature}`);
    } else tokens.set(asker, (await world.api.signIn(asker)).accessToken);
  }
  const { store } = world.api.clinic.temporary.local;
  store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.update('staff_account', world.api.clinic.accountId('expired'), { active: 0 }),
  );
});
afterAll(() => world.api.close());

const mayCall = (calls: Operation['calls'], role: Role): boolean =>
  calls.every((name) => isGranted(contract[name].needs, { role, permissions: permissionsOf(role) }));

const requestOf = async ({ id }: Operation): Promise<ExampleRequest> => {
  const example = examples[id];
  if (example === undefined) throw new Error(`${id} has no example`);
  return example.request(world);
};

const isId = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{8}-/.test(value);
const foreignIn = <T extends object>(part: T | undefined): T | undefined =>
  part === undefined
    ? undefined
    : (Object.fromEntries(
        Object.entries(part).map(([name, value]) => [name, isId(value) ? nobodys : value]),
      ) as T);

/** The same with the ids of nothing at all; null where there is none to replace. */
const foreign = ({ params, query, body }: ExampleRequest): ExampleRequest | null => {
  const parts = [params, query, body];
  if (!parts.some((part) => Object.values(part ?? {}).some(isId))) return null;
  return Object.fromEntries(
    Object.entries({ params: foreignIn(params), query: foreignIn(query), body: foreignIn(body) }).filter(
      ([, part]) => part !== undefined,
    ),
  );
};

const ask = async (operation: Operation, asker: Asker, request: ExampleRequest) => {
  cases += 1;
  const token = tokens.get(asker);
  const answer = await world.send(operation, request, {
    ...(token === undefined ? {} : { token }),
    headers: { 'if-match': '*' },
  });
  return { status: answer.status, code: answer.body?.code, text: answer.text };
};

const refused = { status: 403, code: 'not-permitted' };

const expectOwn = async (operation: Operation, asker: Asker) => {
  const role = roleOf(asker);
  const answer = await ask(operation, asker, await requestOf(operation));
  const { status, code } = answer;
  if (!operation.signedIn) return expect([200, 204], answer.text).toContain(status);
  if (role === null) return expect({ status, code }).toEqual({ status: 401, code: 'token-invalid' });
  if (!mayCall(operation.calls, role)) return expect({ status, code }, answer.text).toEqual(refused);
  if (asker === 'elsewhere' && ownOnly.has(operation.id))
    return expect([operation.answer.status, 403]).toContain(status);
  // Somebody else may have it in their own state: not found among one's own sessions, no visit to accept.
  return expect([operation.answer.status, 404, 409, 422], answer.text).toContain(status);
};

const expectForeign = async (operation: Operation, asker: Asker) => {
  const role = roleOf(asker);
  const request = foreign(await requestOf(operation));
  if (request === null || !operation.signedIn) return;
  const answer = await ask(operation, asker, request);
  const { status, code } = answer;
  if (role === null) return expect({ status, code }).toEqual({ status: 401, code: 'token-invalid' });
  if (!mayCall(operation.calls, role)) {
    // Who may look, but not change, is told that it is not there.
    const mayLook = operation.ifMatch !== null && mayCall(operation.ifMatch.calls, role);
    return expect(mayLook ? [403, 404] : [403], answer.text).toContain(status);
  }
  if (status === 200) {
    // Nothing is known of whom nobody knows.
    const { items, ...rest } = JSON.parse(answer.text);
    return expect(items ?? Object.values(rest).flat()).not.toContainEqual(
      expect.objectContaining({ id: expect.anything() }),
    );
  }
  return expect([403, 404, 422], answer.text).toContain(status);
};

describe.each(operations.map((operation) => [operation.id, operation] as const))('%s', (_id, operation) => {
  it('is answered to whom its calls are granted, and to nobody else', async () => {
    for (const asker of askers) await expectOwn(operation, asker);
  });

  it('tells nothing of what is not there', async () => {
    for (const asker of askers) await expectForeign(operation, asker);
  });
});

it('whoever may make the first call of an operation may make the others', () => {
  const half = operations.flatMap(({ id, calls }) =>
    staff
      .filter((role) => mayCall(calls.slice(0, 1), role) && !mayCall(calls, role))
      .map((role) => `${id}: ${role}`),
  );
  expect(half).toEqual([]);
});

it('was tried by everybody', () => {
  process.stdout.write(`${operations.length} operations, ${askers.length} askers, ${cases} cases\n`);
  expect(cases).toBeGreaterThan(operations.length * askers.length);
});
