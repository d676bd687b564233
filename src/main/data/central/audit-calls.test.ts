import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { schemaVersion } from '#shared/sync/catalogue.ts';
import type { AuditPage } from '#shared/sync/wire.ts';
import { insertRow } from '#tests/support/central-population.ts';
import * as sample from '#tests/support/central-samples.ts';
import { type FreshCentre, freshCentre } from '#tests/support/fresh-centre.ts';
import { tamper } from '#tests/support/tampering.ts';
import type { AuditQuestion, Centre } from './centre.ts';
import { connectCentre } from './client.ts';

/** 0312_audit_calls: the trail as an administrator's screen asks for it. */
const admin = sample.account({ role: 'admin' });
const nurse = sample.account({ role: 'nurse' });
const [gasana, other] = [sample.patient({ family: 'Gasana' }), sample.patient({ family: 'Other' })];

let centre: FreshCentre;
let desk: Centre;
let back: Centre;
const open: Centre[] = [];

const connect = async (name: string): Promise<Centre> => {
  const made = connectCentre(await centre.enrol(name));
  open.push(made);
  await made.hello({ schema: schemaVersion, app: 'x', epoch: null, cursor: null, chain: null, scope: null });
  return made;
};

const everything: AuditQuestion = {
  user: admin.id,
  person: null,
  patient: null,
  kinds: null,
  device: null,
  since: null,
  until: null,
  before: null,
  limit: 50,
  export: false,
};
const ask = (more: Partial<AuditQuestion> = {}, at: Centre = desk) => at.audit({ ...everything, ...more });
/** What an answer holds, without its own readings. */
const told = ({ entries }: AuditPage) =>
  entries.flatMap(({ kind, op, tbl }) => (kind === 'audit.read' ? [] : [`${kind} ${op} ${tbl}`]));

const event = (kind: string, patient: string) =>
  sample.insertion('audit_event', {
    id: randomUUID(),
    recorded_at: '2026-11-24T08:00:00.000Z',
    action: 'R',
    event: kind,
    account_id: nurse.id,
    entity_table: 'patient',
    entity_id: patient,
    outcome: 'success',
    detail: null,
  });

beforeEach(async () => {
  centre = await freshCentre();
  desk = await connect('Desk');
  back = await connect('Back office');
  for (const row of [admin, nurse]) await insertRow(centre, 'staff_account', row);
  await desk.push([
    sample.mutation(1, [sample.insertion('patient', gasana)], { kind: 'patient.register', user: nurse.id }),
    sample.mutation(2, [sample.insertion('patient', other)], { kind: 'patient.register', user: nurse.id }),
  ]);
  await back.push([
    sample.mutation(1, [sample.change('patient', gasana.id, 1, { city: 'Kigali', phone: '+250788' })], {
      kind: 'patient.update',
      user: admin.id,
    }),
  ]);
  await back.push([
    sample.mutation(2, [event('chart-open', gasana.id)], { kind: 'chart.open', user: nurse.id }),
  ]);
  await centre.sql('update clinichub.patient set city = $1 where id = $2', ['Huye', gasana.id]);
});
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
  await centre.drop();
});

test('the trail is told newest first, with who, when and from where', async () => {
  const page = await ask();
  expect(told(page)).toEqual([
    'null update patient',
    'chart.open insert audit_event',
    'patient.update update patient',
    'patient.register insert patient',
    'patient.register insert patient',
    'null insert staff_account',
    'null insert staff_account',
  ]);
  expect(page.entries[1]).toMatchObject({ device: 2, user: nurse.id, event: { entity_id: gasana.id } });
  expect(page.entries[2]).toMatchObject({
    device: 2,
    user: admin.id,
    tbl: 'patient',
    pk: gasana.id,
    patient: gasana.id,
    v: 2,
    fields: ['phone', 'city'],
  });
  expect(page.entries[0]).toMatchObject({ device: 0, user: null, login: expect.any(String) });
  expect(page).toMatchObject({
    next: null,
    keep_years: null,
    begins_after: 0,
    devices: [
      { no: 1, name: 'Desk' },
      { no: 2, name: 'Back office' },
    ],
  });
});

describe('it is asked', () => {
  test.each([
    ['of a patient, what was opened included', () => ({ patient: gasana.id }), [0, 1, 2, 4]],
    ['of a person', () => ({ person: nurse.id }), [1, 3, 4]],
    ['of a workstation', () => ({ device: 1 }), [3, 4]],
    ['of a kind', () => ({ kinds: ['patient.register'] }), [3, 4]],
    ['of an event', () => ({ kinds: ['chart.open', 'none'] }), [1]],
    [
      'of all at once',
      () => ({ patient: gasana.id, person: nurse.id, device: 2, kinds: ['chart.open'] }),
      [1],
    ],
    ['of nobody', () => ({ person: randomUUID() }), []],
  ] as const)('%s', async (_, filter, places) => {
    const all = (await ask()).entries;
    const found = (await ask(filter())).entries.filter(({ kind }) => kind !== 'audit.read');
    expect(found).toEqual(places.map((place) => all[place]));
    // A page of one each leads through the same.
    const walked: unknown[] = [];
    for (let next: AuditPage['next'] = null; ; ) {
      const page = await ask({ ...filter(), limit: 1, before: next });
      walked.push(...page.entries.filter(({ kind }) => kind !== 'audit.read'));
      if (page.next === null) break;
      ({ next } = page);
    }
    expect(walked).toEqual(found);
  });

  test('of a period, the end not included', async () => {
    await tamper(
      centre.url,
      `update clinichub.sync_tx set at = timestamptz '2026-11-01T00:00Z' + make_interval(days => seq::integer)`,
    );
    const days = async (since: string | null, until: string | null) => {
      const instantOf = (day: string | null) => (day === null ? null : `${day}T00:00:00.000Z`);
      const { entries } = await ask({ since: instantOf(since), until: instantOf(until) });
      return [
        ...new Set(entries.filter(({ kind }) => kind !== 'audit.read').map(({ at }) => at.slice(8, 10))),
      ];
    };
    expect(await days('2026-11-03', '2026-11-05')).toEqual(['04', '03']);
    expect(await days('2026-11-05', '2026-11-30')).toEqual(['07', '06', '05']);
    expect(await days(null, '2026-11-03')).toEqual(['02']);
  });
});

test('a record is told as all that was made of it; of a secret, that it changed', async () => {
  const { versions } = await desk.auditRecord({ user: admin.id, tbl: 'patient', pk: gasana.id });
  expect(versions.map(({ op, v, kind, device_name }) => [op, v, kind, device_name])).toEqual([
    ['insert', 1, 'patient.register', 'Desk'],
    ['update', 2, 'patient.update', 'Back office'],
    ['update', 3, null, null],
  ]);
  expect(versions[0]?.values).toMatchObject({ family: 'Gasana', city: null });
  expect(versions.slice(1).map(({ values }) => values)).toEqual([
    { phone: '+250788', city: 'Kigali' },
    { city: 'Huye' },
  ]);
  await centre.sql(
    `update clinichub.staff_account set password_hash = 'argon secret', pin_hash = 'more', invite_hash = 'secret too' where id = $1`,
    [nurse.id],
  );
  const account = await desk.auditRecord({ user: admin.id, tbl: 'staff_account', pk: nurse.id });
  expect(account.versions.at(-1)?.values).toEqual({
    password_hash: '•••',
    pin_hash: '•••',
    invite_hash: '•••',
  });
  expect(JSON.stringify(account)).not.toMatch(/secret|not a hash/);
});

describe('who may', () => {
  const refused = { sqlstate: 'CH102' };

  test('is an administrator who is active', async () => {
    for (const user of [nurse.id, randomUUID()]) {
      await expect(ask({ user })).rejects.toMatchObject(refused);
      await expect(desk.auditRecord({ user, tbl: 'patient', pk: gasana.id })).rejects.toMatchObject(refused);
    }
    await insertRow(centre, 'staff_account', sample.account({ role: 'admin' }));
    await centre.sql('update clinichub.staff_account set active = false where id = $1', [admin.id]);
    await expect(ask()).rejects.toMatchObject(refused);
  });

  test.each([`scope = 'site'`, `role = 'front-desk'`, `role = 'consulting-room'`])(
    'is not a workstation with %s: what is kept from it does not come this way',
    async (change) => {
      await centre.sql(`update clinichub.sync_device set ${change} where device_no = 1`);
      await expect(ask()).rejects.toMatchObject(refused);
      await expect(desk.auditRecord({ user: admin.id, tbl: 'patient', pk: gasana.id })).rejects.toMatchObject(
        refused,
      );
      expect(told(await ask({}, back))).toHaveLength(7);
    },
  );

  test('is in the trail: what was asked, once in a quarter of an hour; an export and a record each of its own', async () => {
    for (let time = 0; time < 2; time += 1) {
      await ask({ patient: gasana.id, kinds: ['patient.update'] });
      await ask({ export: true });
      await desk.auditRecord({ user: admin.id, tbl: 'patient', pk: gasana.id });
    }
    const noted = () =>
      centre.sql<{ event: string; detail: string; patient: string | null }>(
        `select event, detail::json as detail, entity_id as patient from clinichub.audit_event
         where event like 'audit.%' and account_id = $1 order by recorded_at`,
        [admin.id],
      );
    const expected = [
      { event: 'audit.read', detail: { kinds: ['patient.update'] }, patient: gasana.id },
      { event: 'audit.export', detail: {}, patient: null },
      { event: 'audit.read', detail: { tbl: 'patient', pk: gasana.id }, patient: gasana.id },
    ];
    expect(await noted()).toEqual(expected);
    await tamper(centre.url, `update clinichub.sync_tx set at = at - interval '16 minutes'`);
    await ask({ export: true });
    expect(await noted()).toEqual([...expected, expected[1]]);
    const [reading] = (await ask({ patient: gasana.id, kinds: ['audit.read'] })).entries;
    expect(reading).toMatchObject({ device: 1, user: admin.id, tbl: 'audit_event' });
  });
});

test('a question that fits nothing looks at so many changes and says where to go on', async () => {
  await centre.sql(`insert into clinichub.location (id, kind, name, time_zone, active)
    select gen_random_uuid(), 'site', 'Site ' || n, 'Europe/Paris', true from generate_series(1, 12000) n`);
  const first = await ask({ kinds: ['patient.update'] });
  expect(first.entries).toEqual([]);
  expect(first.next).not.toBeNull();
  const second = await ask({ kinds: ['patient.update'], before: first.next });
  expect(told(second)).toEqual(['patient.update update patient']);
});
