import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import { createCredentials } from '#main/session/credentials.ts';
import { createRefusedNames } from '#main/session/refused-names.ts';
import { createSessions, type Sessions, type SessionsDeps } from '#main/session/session.ts';
import { createThrottle } from '#main/session/throttle.ts';
import type { AccountDraft } from '#shared/domain/accounts/account.ts';
import { systemClock } from '#shared/kernel/clock.ts';
import {
  type Desk,
  expectConverged,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';
import { accountHandlers } from './service.ts';

let clinic: TwoWorkstations;
const boss = randomUUID();
beforeEach(async () => {
  clinic = await twoWorkstations();
  await clinic.query(
    `insert into clinichub.staff_account (id, username, display_name, role, password_hash, active)
     values ($1, 'boss', 'Boss', 'admin', 'x', true)`,
    [boss],
  );
  await clinic.a.settled();
  await clinic.b.settled();
});
afterEach(() => clinic.end());

const admin = { id: 'test', user: { id: boss } } as Connection;
const draft: AccountDraft = {
  username: 'keza',
  displayName: 'Keza Ineza',
  role: 'reception',
  practitionerId: null,
  locationId: null,
};

/** What a workstation makes of a desk of the test. */
const at = (desk: Desk) => {
  const deps = {
    store: desk.local.store,
    engine: { wake: () => undefined },
    clock: systemClock,
    newId: randomUUID,
    home: () => ({ name: 'Kacyiru' }),
    steady: systemClock,
    limits: { idleMinutes: () => 60, offlineDays: () => 7 },
    tell: () => undefined,
  } as unknown as SessionsDeps;
  const throttle = createThrottle(systemClock);
  const sessions: Sessions = createSessions(deps, throttle, createRefusedNames(deps));
  desk.local.onChanged((tables) => tables.includes('staff_account') && sessions.review());
  const credentials = createCredentials(deps, sessions, throttle);
  const enter = async (code: string, password: string) => {
    const connection = sessions.connect();
    const reply = await credentials['session.enter'](
      { username: 'keza', code, password, pin: null },
      connection,
    );
    return { connection, ok: reply.ok };
  };
  const signIn = (password: string) =>
    sessions.handlers['session.signIn']({ username: 'keza', password }, sessions.connect());
  return { accounts: accountHandlers(deps), enter, signIn };
};
const given = async <T>(answer: Promise<unknown> | unknown): Promise<T> => {
  const reply = (await answer) as { ok: boolean; value: T };
  expect(reply).toMatchObject({ ok: true });
  return reply.value;
};
const together = async () => {
  for (const desk of [clinic.a, clinic.b]) {
    await desk.online();
    await desk.settled();
  }
  await clinic.a.settled();
};
const apart = async () => {
  await clinic.a.offline();
  await clinic.b.offline();
};
const rowsAt = ({ local }: Desk) =>
  local.store.all(localDb.selectFrom('staff_account').selectAll().where('username', 'like', 'keza%'));
const parkedAt = ({ local }: Desk) =>
  local.db.prepare(`SELECT n, sqlstate FROM outbox WHERE status = 'parked'`).all() as {
    n: number;
    sqlstate: string;
  }[];

it('two desks give one name apart: the centre refuses the second, and it is sent again under another', async () => {
  const { a, b } = clinic;
  await apart();
  await given(at(a).accounts['accounts.create'](draft, admin));
  await given(at(b).accounts['accounts.create']({ ...draft, displayName: 'Keza Keza' }, admin));
  await together();
  expect(parkedAt(a)).toEqual([]);
  const [parked] = parkedAt(b);
  expect(parked?.sqlstate).toBe('23505');
  const refused = async (desk: typeof a) =>
    (await given<{ refused: object[] }>(at(desk).accounts['accounts.list']({}, admin))).refused;
  expect([await refused(a), await refused(b)]).toEqual([
    [],
    [{ n: parked?.n, name: 'Keza Keza', username: 'keza' }],
  ]);
  expect(rowsAt(a).map(({ display_name }) => display_name)).toEqual(['Keza Ineza']);
  b.local.store.resend(parked?.n ?? 0, [{ change: 0, values: { username: 'keza2' } }]);
  await b.settled();
  await a.settled();
  expect(parkedAt(b)).toEqual([]);
  expect(await refused(b)).toEqual([]);
  expect(
    rowsAt(a)
      .map(({ username, display_name }) => `${username} ${display_name}`)
      .toSorted(),
  ).toEqual(['keza Keza Ineza', 'keza2 Keza Keza']);
  await expectConverged(a, b);
});

it('two administrators change one account apart: what they did to other fields both stands', async () => {
  const { a, b } = clinic;
  const { id } = await given<{ id: never }>(at(a).accounts['accounts.create'](draft, admin));
  await a.settled();
  await b.settled();
  await apart();
  await given(
    at(a).accounts['accounts.update']({ id, was: {}, changes: { displayName: 'K. Ineza' } }, admin),
  );
  await given(at(b).accounts['accounts.update']({ id, was: {}, changes: { role: 'nurse' } }, admin));
  await together();
  for (const desk of [a, b])
    expect(rowsAt(desk)).toMatchObject([{ display_name: 'K. Ineza', role: 'nurse' }]);
  await expectConverged(a, b);
});

it('one code at two desks apart: the first that the centre hears of counts, the other is told so; a sign-out reaches both', async () => {
  const { a, b } = clinic;
  const { id, code } = await given<{ id: never; code: string }>(
    at(a).accounts['accounts.create'](draft, admin),
  );
  await a.settled();
  await b.settled();
  await apart();
  const [deskA, deskB] = [at(a), at(b)];
  const [first, second] = ['seven lamps carry the mountain', 'eleven quiet boats and a drum'];
  const one = await deskA.enter(code, first);
  const other = await deskB.enter(code, second);
  expect([one.ok, other.ok]).toEqual([true, true]);
  expect(other.connection.user?.username).toBe('keza');
  await together();
  expect(other.connection.user, 'it was opened with a password that lost').toBeNull();
  expect(one.connection.user).not.toBeNull();
  expect(await deskB.signIn(second)).toMatchObject({ ok: false, error: { code: 'password-elsewhere' } });
  expect(await deskB.signIn('neither of the two')).toMatchObject({ error: { code: 'wrong-credentials' } });
  expect(await deskB.signIn(first)).toMatchObject({ ok: true });
  await given(deskB.accounts['accounts.signOut']({ id }, admin));
  await b.settled();
  await a.settled();
  expect(one.connection.user).toBeNull();
  await expectConverged(a, b);
});
