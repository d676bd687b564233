import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract } from '#shared/contract/contract.ts';
import { isGranted, permissionsOf, type Role, roles, staff } from '#shared/contract/permissions.ts';
import { type ExampleRequest, examples, nobodys, ownExamples } from '#tests/support/api-examples.ts';
import { mayDo } from '#tests/support/api-roles.ts';
import { type ApiWorld, openApiWorld, patientToken } from '#tests/support/api-world.ts';
import { strangerEmail } from '#tests/support/core-panel.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations.ts';

/**
 * Everybody who may ask: each role, a doctor of another site, a patient's account, one that has to do with nobody, nobody, somebody
 * whose account was closed meanwhile, a made-up token.
 */
const askers = [...staff, 'elsewhere', 'patient', 'stranger', 'nobody', 'expired', 'forged'] as const;
type Asker = (typeof askers)[number];

const roleOf = (asker: Asker): Role | null => {
  if (asker === 'nobody' || asker === 'expired' || asker === 'forged') return null;
  if (asker === 'stranger') return 'patient';
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
    } else if (asker === 'patient') tokens.set(asker, world.token('patient'));
    else if (asker === 'stranger') tokens.set(asker, await patientToken(world.api, strangerEmail));
    else tokens.set(asker, (await world.api.signIn(asker)).accessToken);
  }
  const { store } = world.api.clinic.temporary.local;
  store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.update('staff_account', world.api.clinic.accountId('expired'), { active: 0 }),
  );
});
afterAll(() => world.api.close());

/** Whether an operation is for this role, by the table that was read and not by what the program declares. */
const isFor = ({ id }: Operation, role: Role): boolean => mayDo[id]?.includes(role) === true;

/** Whether the calls an operation declares are granted to a role. */
const mayCall = (calls: Operation['calls'], role: Role): boolean =>
  calls.every((name) => isGranted(contract[name].needs, { role, permissions: permissionsOf(role) }));
const isDeclaredFor = ({ calls, ownCalls }: Operation, role: Role): boolean =>
  role === 'patient' ? ownCalls !== null && mayCall(ownCalls, role) : mayCall(calls, role);

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

type Told = Awaited<ReturnType<typeof ask>>;
const ask = async (operation: Operation, asker: Asker, request: ExampleRequest) => {
  cases += 1;
  const token = tokens.get(asker);
  const answer = await world.send(operation, request, {
    ...(token === undefined ? {} : { token }),
    headers: { 'if-match': '*' },
  });
  return { status: answer.status, code: answer.body?.code as unknown, text: answer.text } as const;
};

const refused = { status: 403, code: 'not-permitted' };
const worthless = { status: 401, code: 'token-invalid' };

/** Of what is not for a role: that it may not, or, where it may look and sees nothing of it, that it is not there. */
const expectRefused = (operation: Operation, role: Role, { status, code, text }: Told) => {
  const mayLook = operation.ifMatch !== null && isFor(operation.ifMatch, role);
  if (mayLook && status === 404) return;
  expect({ status, code }, text).toEqual(refused);
};

const expectOwn = async (operation: Operation, asker: Asker) => {
  const role = roleOf(asker);
  const answer = await ask(operation, asker, await requestOf(operation));
  const { status, code } = answer;
  if (!operation.signedIn) return expect([200, 204], answer.text).toContain(status);
  if (role === null) return expect({ status, code }).toEqual(worthless);
  if (!isFor(operation, role)) return expectRefused(operation, role, answer);
  if (asker === 'elsewhere' && ownOnly.has(operation.id))
    return expect([operation.answer.status, 403]).toContain(status);
  // A patient is asked about below; what the staff sees is not there for one, and whom the staff names is nobody.
  if (role === 'patient')
    return expect([operation.answer.status, 403, 404, 422], answer.text).toContain(status);
  // Somebody else may have it in their own state: not found among one's own sessions, no visit to accept.
  return expect([operation.answer.status, 404, 409, 422], answer.text).toContain(status);
};

const isEmpty = (text: string): boolean => {
  const { items, ...rest } = JSON.parse(text);
  return !(items ?? Object.values(rest).flat()).some(
    (one: unknown) => typeof one === 'object' && one !== null && 'id' in one,
  );
};

const expectForeign = async (operation: Operation, asker: Asker) => {
  const role = roleOf(asker);
  const request = foreign(await requestOf(operation));
  if (request === null || !operation.signedIn) return;
  const answer = await ask(operation, asker, request);
  const { status, code } = answer;
  if (role === null) return expect({ status, code }).toEqual(worthless);
  if (!isFor(operation, role)) return expectRefused(operation, role, answer);
  // Nothing is known of whom nobody knows.
  if (status === 200) return expect(isEmpty(answer.text), answer.text).toBe(true);
  return expect([403, 404, 422], answer.text).toContain(status);
};

describe.each(operations.map((operation) => [operation.id, operation] as const))('%s', (_id, operation) => {
  it('declares calls that are granted to whom it is for, and to nobody else', () => {
    expect(roles.filter((role) => isDeclaredFor(operation, role))).toEqual(
      roles.filter((role) => isFor(operation, role)),
    );
  });

  it('is answered to whom it is for, and to nobody else', async () => {
    for (const asker of askers) await expectOwn(operation, asker);
  });

  it('tells nothing of what is not there', async () => {
    for (const asker of askers) await expectForeign(operation, asker);
  });
});

/** What every patient's account may choose from is nobody's own. */
const shared: readonly string[] = [
  'listPractitioners',
  'getPractitioner',
  'getAvailability',
  'listLocations',
  'listVisitTypes',
  'listSlots',
];
const own = operations.filter(({ id }) => ownExamples[id] !== undefined && !shared.includes(id));

it.each(shared)('%s is the same to every patient', async (id) => {
  const operation = operations.find((one) => one.id === id);
  const request = await ownExamples[id]?.(world);
  if (operation === undefined || request === undefined) throw new Error(id);
  const answers = [await ask(operation, 'patient', request), await ask(operation, 'stranger', request)];
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]?.status).toBe(200);
});

describe.each(own.map((operation) => [operation.id, operation] as const))(
  '%s of a patient',
  (id, operation) => {
    it('is answered to whose it is, and to another as what there is none of', async () => {
      const request = await ownExamples[id]?.(world);
      if (request === undefined) throw new Error(id);
      const nobody = foreign(request);
      const another = await ask(operation, 'stranger', request);
      const unknown = nobody === null ? another : await ask(operation, 'stranger', nobody);
      expect(another).toEqual(unknown);
      if (another.status === 200) expect(isEmpty(another.text), another.text).toBe(true);
      else expect(another.status, another.text).toBe(404);
      const mine = await ask(operation, 'patient', request);
      expect(mine.status, mine.text).toBe(operation.answer.status);
      if (nobody !== null) expect(await ask(operation, 'patient', nobody)).toEqual(unknown);
    });
  },
);

it('the table has every operation, and no other', () => {
  expect(Object.keys(mayDo).toSorted()).toEqual(operations.map(({ id }) => id).toSorted());
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
