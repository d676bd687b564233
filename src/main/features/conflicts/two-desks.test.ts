import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { settingsOf } from '#main/core/settings.ts';
import { localDb } from '#main/data/local/query.ts';
import type { ConflictView } from '#shared/contract/conflicts.ts';
import { permissionsOf } from '#shared/contract/permissions.ts';
import { systemClock } from '#shared/kernel/clock.ts';
import type { Result } from '#shared/kernel/result.ts';
import { type Desk, type TwoWorkstations, twoWorkstations } from '#tests/support/two-workstations.ts';
import { conflictHandlers } from './service.ts';

let clinic: TwoWorkstations;
beforeEach(async () => {
  clinic = await twoWorkstations();
});
afterEach(() => clinic.end());

const accounts = {
  'Desk A': '01900000-0000-7000-8000-e0000000000a',
  'Desk B': '01900000-0000-7000-8000-e0000000000b',
} as const;
const connection = (desk: Desk) =>
  ({
    id: desk.name,
    user: { id: accounts[desk.name as 'Desk A'], role: 'reception', permissions: permissionsOf('reception') },
  }) as Connection;

/** The inbox of a workstation without the rest of it. */
const inbox = (desk: Desk) => {
  const handlers = conflictHandlers({
    store: desk.local.store,
    engine: {
      wake: () => undefined,
      status: () => desk.engine.status(),
      onStatus: () => () => undefined,
      verdict: async () => null,
      stop: async () => undefined,
      check: () => undefined,
      openPatient: async () => false,
      findPatients: async () => [],
      workstations: async () => [],
      setWorkstation: async () => [],
      enrolWorkstation: () => Promise.reject(new Error('nobody enrols here')),
      audit: () => Promise.reject(new Error('no centre')),
      auditRecord: () => Promise.reject(new Error('no centre')),
      fetchFile: async () => 'out-of-reach' as const,
    },
    clock: systemClock,
    log: { info: () => undefined, error: () => undefined },
    newId: () => '',
    settings: settingsOf(desk.local.store),
    home: () => ({ name: null, timeZone: 'Europe/Paris', country: 'FR' }),
  });
  const value = async <T>(reply: Result<T> | Promise<Result<T>>): Promise<T> => {
    const done = await reply;
    if (!done.ok) throw new Error(JSON.stringify(done.error));
    return done.value;
  };
  const who = connection(desk);
  return {
    open: () => value(handlers['conflicts.open']({}, who)),
    history: () => value(handlers['conflicts.history']({}, who)),
    settle: ({ id, seen }: ConflictView, resolution: 'kept' | 'attempted' | 'edited', typed = {}) =>
      value(handlers['conflicts.settle']({ id, seen, resolution, typed }, who)),
  };
};

const phoneOn = (desk: Desk) =>
  desk.local.store.get(localDb.selectFrom('patient').select('phone').where('id', '=', clinic.patient.id))
    ?.phone;
const change = (desk: Desk, phone: string) =>
  desk.local.store.mutate({ kind: 'patient.update', user: accounts[desk.name as 'Desk A'] }, (writer) =>
    writer.update('patient', clinic.patient.id, { phone }),
  );
const first = '+33611111111';
const second = '+33622222222';

/** Desk A's number stands, desk B's does not; both know. */
const contest = async (): Promise<ConflictView> => {
  const { a, b } = clinic;
  await a.offline();
  await b.offline();
  change(a, first);
  change(b, second);
  await a.online();
  await a.settled();
  await b.online();
  await b.settled();
  await a.settled();
  const [conflict, ...more] = await inbox(b).open();
  if (conflict === undefined) throw new Error('nobody was told');
  expect(more).toEqual([]);
  return conflict;
};
const onlyOpen = async (desk: Desk): Promise<ConflictView> => {
  const [conflict, ...more] = await inbox(desk).open();
  if (conflict === undefined) throw new Error('nothing waits');
  expect(more).toEqual([]);
  return conflict;
};

it('the loser\u2019s desk is told, settles it, and both desks agree and remember both values', async () => {
  const { a, b } = clinic;
  const conflict = await contest();
  expect(conflict).toMatchObject({
    mine: true,
    kept: { device: 'Desk A' },
    attempted: { device: 'Desk B' },
    fields: [{ column: 'phone', kept: first, attempted: second, current: first }],
  });
  expect(await inbox(a).open()).toMatchObject([{ mine: false }]);
  await inbox(b).settle(conflict, 'attempted');
  await b.settled();
  await a.settled();
  for (const desk of [a, b]) {
    expect(phoneOn(desk), desk.name).toBe(second);
    expect(await inbox(desk).open(), desk.name).toEqual([]);
    expect(await inbox(desk).history(), desk.name).toMatchObject([
      { resolution: 'attempted', fields: [{ kept: first, attempted: second }] },
    ]);
  }
  expect(
    await clinic.query('select status from clinichub.sync_mutation where status <> $1', ['applied']),
  ).toEqual([{ status: 'merged' }]);
});

it.each([
  ['kept', first],
  ['attempted', second],
] as const)(
  'settled offline at two desks, each otherwise, it is asked once more; %s ends it',
  async (resolution, value) => {
    const { a, b } = clinic;
    const conflict = await contest();
    await a.offline();
    await b.offline();
    await inbox(a).settle(conflict, 'kept');
    await inbox(b).settle(conflict, 'attempted');
    await a.online();
    await a.settled();
    await b.online();
    await b.settled();
    await a.settled();
    const twice = await onlyOpen(b);
    expect(twice).toMatchObject({
      decidedTwice: true,
      table: 'patient',
      mine: true,
      fields: [{ kept: first, attempted: second }],
    });
    await inbox(b).settle(twice, resolution);
    await b.settled();
    await a.settled();
    for (const desk of [a, b]) {
      expect(phoneOn(desk), desk.name).toBe(value);
      expect(await inbox(desk).open(), desk.name).toEqual([]);
      const ended = await inbox(desk).history();
      expect(
        ended.map((one) => one.resolution),
        desk.name,
      ).toEqual([resolution, resolution]);
    }
  },
);

it('settled at two desks with two other values, the one that lost is a conflict of its own', async () => {
  const { a, b } = clinic;
  const conflict = await contest();
  await a.offline();
  await b.offline();
  await inbox(a).settle(conflict, 'edited', { phone: '+33633333333' });
  await inbox(b).settle(conflict, 'edited', { phone: '+33644444444' });
  await a.online();
  await a.settled();
  await b.online();
  await b.settled();
  expect(phoneOn(b)).toBe('+33633333333');
  expect(await onlyOpen(b)).toMatchObject({
    decidedTwice: false,
    fields: [{ kept: '+33633333333', attempted: '+33644444444' }],
  });
});

it('settled alike at two desks, it is settled', async () => {
  const { a, b } = clinic;
  const conflict = await contest();
  await a.offline();
  await b.offline();
  await inbox(a).settle(conflict, 'attempted');
  await inbox(b).settle(conflict, 'attempted');
  await a.online();
  await a.settled();
  await b.online();
  await b.settled();
  await a.settled();
  for (const desk of [a, b]) {
    expect(phoneOn(desk)).toBe(second);
    expect(await inbox(desk).open(), desk.name).toEqual([]);
  }
});
