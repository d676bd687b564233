import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { CentreError, type EnrolOrder, type WorkstationOrder } from '#main/data/central/centre.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import type { KnownWorkstation } from '#shared/sync/wire.ts';
import { type Clinic, openClinic, site } from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let admin: Connection;
const orders: WorkstationOrder[] = [];
const id = (n: number) => `01900000-0000-7000-8000-f0000000000${n}`;
const desk = (no: number, more: Partial<KnownWorkstation> = {}): KnownWorkstation => ({
  no,
  id: id(no),
  name: `Desk ${no}`,
  location_id: site.id,
  scope: 'clinic',
  role: 'whole',
  app: '1.2.3',
  schema: 6,
  last_contact: null,
  behind: 0,
  rejected: 0,
  state: 'active',
  here: no === 1,
  enrolled: '2026-11-01T08:00:00.000Z',
  enrolled_by: null,
  enrolled_from: null,
  can_log_in: true,
  ...more,
});
beforeEach(async () => {
  clinic = openClinic();
  admin = await clinic.signedIn('admin');
  orders.length = 0;
  clinic.engine.desks = [desk(1), desk(2), desk(3, { state: 'revoked' }), desk(4, { location_id: null })];
  clinic.engine.setWorkstation = async (order) => {
    orders.push(order);
    return clinic.engine.desks ?? [];
  };
});
afterEach(() => clinic.close());

const change = (input: object, by = admin) =>
  clinic.core.dispatch('workstations.change', { id: id(2), ...input }, by);
const code = async (reply: ReturnType<typeof change>) => {
  const told = await reply;
  return told.ok ? 'ok' : told.error.code;
};

it('tells of each with its site, and which is the last in use there', async () => {
  const { live, workstations } = await clinic.get('workstations.list', {}, admin);
  expect(live).toBe(true);
  expect(workstations.map(({ no, siteName, here, lastOfSite }) => [no, siteName, here, lastOfSite])).toEqual([
    [1, site.name, true, false],
    [2, site.name, false, false],
    [3, site.name, false, false],
    [4, null, false, true],
  ]);
});

it('offline it tells what was known last and when, to who knew it; before that, nothing', async () => {
  const { asOf } = await clinic.get('workstations.list', {}, admin);
  clinic.clock.at += 60_000;
  clinic.engine.desks = null;
  expect(await clinic.get('workstations.list', {}, admin)).toMatchObject({ asOf, live: false });
  expect(await code(change({ action: 'suspend' }))).toBe('centre-unavailable');
});

describe('a step that has no way back', () => {
  it.each(['wipe', 'revoke'])('%s wants the name typed', async (action) => {
    expect(await code(change({ action }))).toBe('needs-confirming');
    expect(await code(change({ action, typed: 'Desk 1' }))).toBe('needs-confirming');
    expect(orders).toEqual([]);
    expect(await code(change({ action, typed: 'Desk 2' }))).toBe('ok');
    expect(orders).toMatchObject([{ id: id(2), action }]);
  });

  it('wiping where one sits wants a second word, and nobody locks themselves out', async () => {
    const own = { id: id(1), typed: 'Desk 1' };
    expect(await code(change({ ...own, action: 'wipe' }))).toBe('needs-confirming');
    expect(await code(change({ ...own, action: 'wipe', here: true }))).toBe('ok');
    for (const action of ['suspend', 'revoke'])
      expect(await code(change({ ...own, action }))).toBe('not-permitted');
  });
});

describe('a code for a new workstation', () => {
  const asked: EnrolOrder[] = [];
  const issued = {
    id: id(9),
    code: 'CH1.a.b',
    until: '2026-11-30T08:00:00.000Z',
    places: 'db:5432',
    onlyHere: false,
  };
  beforeEach(() => {
    asked.length = 0;
    clinic.engine.enrolWorkstation = async (order) => {
      asked.push(order);
      return issued;
    };
  });
  const wanted = { name: ' Desk 9 ', locationId: site.id as LocationId, whole: false };
  const enrol = (more: object = {}, by = admin) =>
    clinic.core.dispatch('workstations.enrol', { ...wanted, ...more }, by);

  it('is asked of the centre in the name of the administrator, and told once', async () => {
    expect(await enrol()).toMatchObject({ ok: true, value: issued });
    expect(asked).toEqual([{ user: admin.user?.id, name: 'Desk 9', locationId: site.id, scope: 'site' }]);
    expect(await enrol({}, await clinic.signedIn('reception'))).toMatchObject({
      error: { code: 'not-permitted' },
    });
  });

  it('wants a name that no other workstation in use has, and a site for one with the patients of its site', async () => {
    for (const [more, fields] of [
      [{ name: 'dèsk 2' }, { name: 'duplicate' }],
      [{ locationId: null }, { locationId: 'required' }],
    ] as const)
      expect(await enrol(more)).toMatchObject({ error: { code: 'invalid-input', fields } });
    expect(await enrol({ name: 'Desk 3' })).toMatchObject({ ok: true });
    expect(await enrol({ locationId: null, whole: true })).toMatchObject({ ok: true });
  });

  it.each([
    ['CH107', 'codes-forbidden'],
    ['CH108', 'codes-used-up'],
    ['CH101', 'not-found'],
    [null, 'centre-unavailable'],
  ])('what the centre refuses with %s is told as %s', async (sqlstate, expected) => {
    clinic.engine.enrolWorkstation = () => Promise.reject(new CentreError('refused', sqlstate, false));
    expect(await enrol()).toMatchObject({ error: { code: expected } });
  });
});

it('says who made a code where, and whether the login of one that ended is still open', async () => {
  clinic.engine.desks = [
    desk(1),
    desk(2, { enrolled_by: 'Patrick', enrolled_from: 1, state: 'revoked' }),
    desk(3, { state: 'wiped', can_log_in: false }),
  ];
  const { workstations } = await clinic.get('workstations.list', {}, admin);
  expect(workstations.map((one) => [one.enrolledBy, one.enrolledFrom, one.loginOpen])).toEqual([
    [null, null, false],
    ['Patrick', 'Desk 1', true],
    [null, null, false],
  ]);
});

it.each([
  ['CH101', 'not-found'],
  ['CH102', 'not-permitted'],
  ['08006', 'centre-unavailable'],
])('what the centre refuses with %s is told as %s', async (sqlstate, expected) => {
  clinic.engine.setWorkstation = () => Promise.reject(new CentreError('refused', sqlstate, false));
  expect(await code(change({ action: 'suspend' }))).toBe(expected);
});
