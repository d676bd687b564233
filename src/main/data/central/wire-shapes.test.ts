import { createHash, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { columnsOf, schemaVersion, tableNames } from '#shared/sync/catalogue.ts';
import * as sample from '#tests/support/central-samples.ts';
import { change, insertion, mutation, patient } from '#tests/support/central-samples.ts';
import { type FreshCentre, freshCentre, withClient } from '#tests/support/fresh-centre.ts';
import type { Centre, HelloRequest } from './centre.ts';
import { connectCentre } from './client.ts';
import type { Enrolment } from './enrol.ts';

/** What docs/sync-protocol.md says of the calls of the centre to whoever writes another workstation. */
let centre: FreshCentre;
let made: Enrolment;
let desk: Centre;
beforeEach(async () => {
  centre = await freshCentre();
  made = await centre.enrolment('Desk');
  desk = connectCentre(made.url);
});
afterEach(async () => {
  await desk.close();
  await centre.drop();
});

const newcomer: HelloRequest = {
  schema: schemaVersion,
  app: '0.1.0',
  epoch: null,
  cursor: null,
  chain: null,
  scope: null,
};

const set = (values: string) =>
  centre.sql(`update clinichub.sync_device set ${values} where device_no = $1`, [made.deviceNo]);

/** One call as any program would make it. */
const call = async <T>(text: string, ...values: readonly unknown[]): Promise<T> =>
  withClient(made.url, async (client) => {
    const { rows } = await client.query<{ reply: T }>(`select clinichub.${text} as reply`, [...values]);
    return rows[0]?.reply as T;
  });

const insertRow = (table: string, row: object) =>
  centre.sql(
    `insert into clinichub.${table} select * from json_populate_record(null::clinichub.${table}, $1)`,
    [JSON.stringify({ ...row, row_version: 1, field_versions: {} })],
  );

describe('a reply has the fields the page names, no more and no fewer', () => {
  const keys = (reply: object) => Object.keys(reply);

  test('hello', async () => {
    expect(keys(await call<object>('hello($1)', JSON.stringify(newcomer)))).toEqual([
      'epoch',
      'schema',
      'min_schema',
      'head',
      'low_water',
      'durable',
      'lease_days',
      'device_id',
      'device_no',
      'device_name',
      'location_id',
      'scope',
      'last_n',
      'state',
    ]);
  });

  test('push and pull', async () => {
    const row = patient();
    const verdicts = await call<object[]>(
      'push($1)',
      JSON.stringify([mutation(1, [insertion('patient', row)])]),
    );
    expect(verdicts).toEqual([{ n: 1, status: 'applied', sqlstate: null, message: null }]);
    await centre.sql(`update clinichub.patient set city = 'Lyon'`);
    await centre.sql('delete from clinichub.patient');
    const reply = await call<{ changes: object[] }>('pull($1, $2)', 0, 100);
    expect(keys(reply)).toEqual(['from', 'to', 'head', 'before', 'chain', 'txs', 'changes']);
    expect(reply).toMatchObject({ from: 0, to: 3, head: 3, before: '0'.repeat(64), txs: 3 });
    expect(reply.changes).toEqual([
      { seq: 1, tbl: 'patient', op: 'insert', pk: row.id, v: 1, values: row },
      { seq: 2, tbl: 'patient', op: 'update', pk: row.id, v: 2, values: { city: 'Lyon' } },
      { seq: 3, tbl: 'patient', op: 'delete', pk: row.id, v: 3, values: {} },
    ]);
  });

  test('boot_page and boot_rows, from COPY and without', async () => {
    const row = patient();
    await insertRow('patient', row);
    const line = JSON.stringify([1, ...columnsOf('patient').map(([name]) => row[name as 'id'])]);
    const [page] = await desk.bootPage('patient', null, 1);
    expect(JSON.stringify(JSON.parse(page ?? ''))).toBe(line);
    expect(await desk.bootRows('patient', [row.id])).toEqual([page]);
    expect(await call('boot_rows($1, $2)', 'patient', [row.id])).toBe(page);
  });

  test('estimate, common, verify, verify_rows', async () => {
    const row = patient();
    await insertRow('patient', row);
    expect(keys(await call<object>(`estimate('hot')`)).toSorted()).toEqual(tableNames.toSorted());
    expect(await call('common($1)', JSON.stringify([{ seq: 1, chain: 'x' }]))).toBe('0');
    const sums = await call<{ ranges: object[] }>(`verify('patient', null, null, 100, 1)`);
    expect(keys(sums)).toEqual(['seq', 'ranges']);
    expect(keys(sums.ranges[0] ?? {})).toEqual(['from', 'to', 'rows', 'hash']);
    // Nothing there: the sum of nothing.
    expect(await call(`verify('task', null, null, 100, 1)`)).toEqual({
      seq: 1,
      ranges: [{ from: null, to: null, rows: 0, hash: createHash('sha256').digest('hex') }],
    });
    const rows = await call<{ rows: string[] }>(`verify_rows('patient', null, null)`);
    expect(keys(rows)).toEqual(['seq', 'to', 'rows']);
    expect(rows.rows).toEqual(await desk.bootRows('patient', [row.id]));
  });

  test('claim, wiped, ack, open_patient, find_patients', async () => {
    const row = patient({ mrn: 'A-1' });
    await insertRow('patient', row);
    const { deviceId: device_id } = made;
    expect(await call('claim()')).toEqual({ device_id, device_name: 'Desk', first: true });
    expect(await call('claim()')).toEqual({ device_id, device_name: 'Desk', first: false });
    expect(await call('ack(1)')).toBe('');
    expect(await call('open_patient($1)', row.id)).toEqual({ entered: false });
    await expect(call('open_patient($1)', randomUUID())).rejects.toMatchObject({ code: 'CH101' });
    const { id, mrn, family, given, gender, birth_date } = row;
    expect(await call('find_patients($1)', '{"mrn": "a-1"}')).toEqual([
      { id, mrn, family, given, gender, birth_date, site: null },
    ]);
    await set('wiping_at = now()');
    expect(await call('wiped()')).toBe('');
  });

  test('audit, audit_record', async () => {
    const admin = sample.account({ role: 'admin' });
    await insertRow('staff_account', admin);
    const page = await call<{ entries: object[] }>('audit($1)', JSON.stringify({ user: admin.id }));
    expect(keys(page)).toEqual(['entries', 'next', 'devices', 'head', 'keep_years', 'begins_after']);
    const trace = ['seq', 'at', 'device', 'login', 'user', 'kind'];
    const [entry = {}] = page.entries;
    expect(keys(entry)).toEqual([...trace, 'tbl', 'pk', 'op', 'v', 'patient', 'fields', 'event']);
    const asked = { user: admin.id, tbl: 'staff_account', pk: admin.id };
    const { versions } = await call<{ versions: object[] }>('audit_record($1)', JSON.stringify(asked));
    const [version = {}] = versions;
    expect(keys(version)).toEqual([
      'seq',
      'at',
      'device',
      'device_name',
      'login',
      'user',
      'kind',
      'op',
      'v',
      'values',
    ]);
  });
});

test('a chart that comes is `enter` for each row, one that goes a single `evict` of the patient', async () => {
  const [north, south] = [sample.site({ name: 'North' }), sample.site({ name: 'South' })];
  for (const site of [north, south]) await insertRow('location', site);
  await set(`scope = 'site', location_id = '${north.id}'`);
  const row = patient({ location_id: south.id });
  await insertRow('patient', row);
  const { scope } = await desk.hello(newcomer);
  expect(scope).toBe(`site:${north.id}/whole/${schemaVersion}`);
  expect((await desk.pull(2, 100)).changes).toEqual([]);
  expect(await call('open_patient($1)', row.id)).toEqual({ entered: true });
  expect(await desk.pull(3, 100)).toMatchObject({
    to: 4,
    changes: [{ seq: 4, tbl: 'patient', op: 'enter', pk: row.id, v: 1, values: row }],
  });
  const other = patient({ location_id: north.id });
  await insertRow('patient', other);
  await centre.sql('update clinichub.patient set location_id = $1 where id = $2', [south.id, other.id]);
  expect((await desk.pull(5, 100)).changes).toEqual([
    { seq: 6, tbl: 'patient', op: 'evict', pk: other.id, v: 0, values: {} },
  ]);
});

test('a chart comes in a transaction that is READ COMMITTED only', async () => {
  const [north, south] = [sample.site({ name: 'North' }), sample.site({ name: 'South' })];
  for (const site of [north, south]) await insertRow('location', site);
  const row = patient({ location_id: north.id });
  await insertRow('patient', row);
  const move = mutation(1, [change('patient', row.id, 1, { location_id: south.id })]);
  await withClient(made.url, async (client) => {
    await client.query('begin isolation level repeatable read');
    const { rows } = await client.query('select clinichub.push($1) as reply', [JSON.stringify([move])]);
    expect(rows[0].reply).toMatchObject([{ status: 'rejected', sqlstate: '25001' }]);
    await client.query('rollback');
  });
  expect(await desk.push([move])).toMatchObject([{ status: 'applied' }]);
});

test('hello looks at version, wipe, copy, epoch, low water, chain and scope in this order', async () => {
  await insertRow('location', sample.site());
  const { epoch, scope } = await desk.hello(newcomer);
  const { chain } = await desk.pull(0, 1);
  const state = async (more: Partial<HelloRequest>) =>
    (await desk.hello({ ...newcomer, epoch, scope, cursor: 1, chain, ...more })).state;
  // Everything is wrong at first; from the end of the order on, one thing after the other is put right.
  await centre.sql('update clinichub.sync_meta set low_water = 1, min_schema = 2');
  await set(`scope = 'site', wiping_at = now()`);
  const [wrong, zero] = [{ epoch: randomUUID(), chain: 'f'.repeat(64), scope: 'x' }, { cursor: 0 }];
  expect(await state({ ...wrong, cursor: null, schema: 1 })).toBe('outdated');
  await centre.sql('update clinichub.sync_meta set min_schema = 1');
  expect(await state({ ...wrong, cursor: null, schema: 1 })).toBe('wipe');
  await set('wiping_at = null');
  expect(await state({ ...wrong, cursor: null, schema: 1 })).toBe('outdated');
  await set(`scope = 'clinic'`);
  expect(await state({ ...wrong, cursor: null })).toBe('new');
  expect(await state({ ...wrong, ...zero })).toBe('diverged');
  expect(await state({ ...wrong, epoch, cursor: 2 })).toBe('diverged');
  expect(await state({ ...wrong, epoch, ...zero })).toBe('behind');
  expect(await state({ ...wrong, epoch })).toBe('diverged');
  expect(await state({ scope: 'x' })).toBe('behind');
  // A copy from before there were scopes is one of the whole clinic, of version 1.
  expect(await state({ scope: null, schema: 1 })).toBe('ok');
  expect(await state({})).toBe('ok');
});

/** Every call, the arguments such that nothing but the caller's state is a reason to refuse it. */
const calls = {
  hello: () => call('hello($1)', JSON.stringify(newcomer)),
  push: () => call(`push('[]')`),
  common: () => call(`common('[]')`),
  claim: () => call('claim()'),
  wiped: () => call('wiped()'),
  pull: () => call('pull(0, 1)'),
  ack: () => call('ack(0)'),
  boot_page: () => call(`boot_page('patient', null, 1)`),
  boot_rows: () => call(`boot_rows('patient', '{}')`),
  estimate: () => call('estimate()'),
  verify: () => call(`verify('patient', null, null, 1, 1)`),
  verify_rows: () => call(`verify_rows('patient', null, null)`),
  place: () => call('place()'),
  open_patient: () => call('open_patient(gen_random_uuid())'),
  find_patients: () => call(`find_patients('{"mrn": "x"}')`),
  workstations: () => call(`workstations('{}')`),
  workstation_set: () => call(`workstation_set('{}')`),
  workstation_shut: () => call(`workstation_shut('{}')`),
  workstation_enrol: () => call(`workstation_enrol('{}')`),
  blob_state: () => call(`blob_state('{}')`),
  blob_get: () => call(`blob_get('x', 0)`),
};

test.each(['suspended_at', 'revoked_at', 'wiped_at'])('with %s every call is refused', async (column) => {
  await set(`${column} = now()`);
  for (const each of Object.values(calls)) await expect(each()).rejects.toMatchObject({ code: 'CH001' });
});

test('a code that has expired unused can do nothing', async () => {
  await set(`claimed_at = null, code_expires_at = now() - interval '1 second'`);
  for (const [name, each] of Object.entries(calls))
    await expect(each(), name).rejects.toMatchObject({
      code: name === 'claim' ? 'CH009' : name === 'wiped' ? 'CH102' : 'CH001',
    });
});

test('who is to be wiped may greet, send and report it, and nothing else', async () => {
  await set('wiping_at = now()');
  const { hello, push, common, claim, wiped, blob_state, ...others } = calls;
  for (const [name, each] of Object.entries(others))
    await expect(each(), name).rejects.toMatchObject({ code: 'CH007' });
  for (const each of [hello, push, common, blob_state, claim, wiped]) await each();
  // Its login is closed.
  await expect(calls.hello()).rejects.toMatchObject({ code: '28P01' });
});

describe('an error inside a mutation', () => {
  /** The next insert of a patient fails with the SQLSTATE that stands in its record number. */
  const failing = async () => {
    await centre.sql(`create function clinichub.test_fail() returns trigger language plpgsql as $$
      begin raise exception 'failed' using errcode = new.mrn; end $$`);
    await centre.sql(`create trigger test_fail before insert on clinichub.patient
      for each row when (length(new.mrn) = 5) execute function clinichub.test_fail()`);
  };

  test.each(['08006', '40001', '40P01', '53100', '55P03', '57014', '58030', 'XX001', 'XX002'])(
    '%s is raised: nothing of the call is decided, and the same call may be made again',
    async (sqlstate) => {
      await failing();
      const sent = [
        mutation(1, [insertion('patient', patient())]),
        mutation(2, [insertion('patient', patient({ mrn: sqlstate }))]),
      ];
      await expect(desk.push(sent)).rejects.toMatchObject({ sqlstate });
      expect(await desk.hello(newcomer)).toMatchObject({ last_n: 0, head: 0 });
      await centre.sql('drop trigger test_fail on clinichub.patient');
      expect(await desk.push(sent)).toMatchObject([{ status: 'applied' }, { status: 'applied' }]);
    },
  );

  test.each(['22012', '23514', '42501', '54001', 'P0001', 'CH199', 'XX000'])(
    '%s is the verdict: the mutation is parked, the others go on',
    async (sqlstate) => {
      await failing();
      const verdicts = await desk.push([
        mutation(1, [insertion('patient', patient({ mrn: sqlstate }))]),
        mutation(2, [insertion('patient', patient())]),
      ]);
      expect(verdicts).toMatchObject([
        { n: 1, status: 'rejected', sqlstate, message: 'failed' },
        { n: 2, status: 'applied' },
      ]);
    },
  );
});

test('a page has at most 20,000 rows, a sum 5,000 and a call of sums 20,000, whatever is asked for', async () => {
  await centre.sql(`insert into clinichub.location (id, kind, name, time_zone, active)
    select gen_random_uuid(), 'room', 'x', 'UTC', true from generate_series(1, 20001)`);
  await desk.hello(newcomer);
  expect(await desk.bootPage('location', null, 30_000)).toHaveLength(20_000);
  const { ranges } = await desk.verify('location', null, null, 100_000, 100);
  expect(ranges.map(({ rows }) => rows)).toEqual([5000, 5000, 5000, 5000]);
  expect((await desk.verify('location', ranges.at(-1)?.to ?? null, null, 5000, 1)).ranges).toMatchObject([
    { to: null, rows: 1 },
  ]);
});

test('a transaction of more than 32 MB raises the low water, however few its changes', async () => {
  await centre.sql(`insert into clinichub.conflict
      (id, kind, tbl, row_id, reason, attempted, attempted_at, kept, status, created_at)
    select gen_random_uuid(), 'field', 'patient', gen_random_uuid(), 'changed-elsewhere',
      '{"x":"' || repeat('y', 33554432) || '"}', now(), '{}', 'open', now()`);
  expect(await desk.hello(newcomer)).toMatchObject({ head: 1, low_water: 1 });
});

test('of more than 20 patients who fit, 20 are told', async () => {
  for (let n = 0; n < 21; n += 1) await insertRow('patient', patient());
  const born = { mrn: null, birth_date: '1980-02-29', name: 'dup', user: randomUUID() };
  expect(await desk.findPatients(born)).toHaveLength(20);
});

test('a call of more than 64 MB is refused although it is one mutation', async () => {
  const huge = { ...mutation(1, []), payload: 'x'.repeat(67_108_864) };
  await expect(desk.push([huge])).rejects.toMatchObject({ sqlstate: 'CH005' });
});

test('which columns of a table are one decision', async () => {
  const rows = await centre.sql<{ tbl: string; together: readonly string[] }>(
    `select tbl, together from clinichub.sync_table where together <> '{}' order by place`,
  );
  expect(Object.fromEntries(rows.map(({ tbl, together }) => [tbl, together.join(' ')]))).toEqual({
    schedule: 'weekday start_time end_time',
    appointment:
      'practitioner_id location_id room_id start_at end_at start_local time_zone status participant_status proposed_start_at needs_rebooking',
    schedule_exception: 'start_date end_date start_time end_time',
    patient_link: 'voided_at voided_by void_reason',
    waitlist_entry:
      'status offered_practitioner_id offered_location_id offered_start_at offered_at offered_until appointment_id close_reason',
    conflict: 'status resolution resolved_at resolved_by',
    allergy_intolerance: 'voided_at voided_by void_reason',
    composition: 'voided_at voided_by void_reason',
    medication_request: 'voided_at voided_by void_reason',
    encounter: 'status start_at end_at',
    service_request: 'status status_reason',
    condition: 'clinical_status verification_status abatement',
    break_glass: 'reviewed_at reviewed_by review_note',
    delegation: 'start_date end_date',
    invoice: 'patient_id series provisional_number status currency total issued_at',
    patient_account_link: 'status decided_at decided_by decision_reason',
  });
});

test('the patient of a row never changes, whoever writes', async () => {
  const [one, other] = [patient(), patient()];
  const allergy = {
    id: randomUUID(),
    patient_id: one.id,
    substance: 'penicillin',
    clinical_status: 'active',
    verification_status: 'confirmed',
    recorded_at: '2026-11-23T08:00:00.000Z',
  };
  const move = { patient_id: other.id };
  const verdicts = await desk.push([
    mutation(1, [insertion('patient', one), insertion('patient', other)]),
    mutation(2, [insertion('allergy_intolerance', allergy)]),
    mutation(3, [change('allergy_intolerance', allergy.id, 1, move)]),
  ]);
  expect(verdicts).toMatchObject([
    { status: 'applied' },
    { status: 'applied' },
    { status: 'rejected', sqlstate: 'CH102' },
  ]);
  await expect(
    centre.sql('update clinichub.allergy_intolerance set patient_id = $1', [other.id]),
  ).rejects.toMatchObject({ code: 'CH102' });
});

test('one call is one transaction with one place, however many mutations it has', async () => {
  const row = patient();
  await desk.push([
    mutation(1, [insertion('patient', row)]),
    mutation(2, [change('patient', row.id, 0, { city: 'Lyon' })]),
    mutation(3, [insertion('patient', patient())]),
  ]);
  const { head, changes } = await desk.pull(0, 100);
  expect(head).toBe(1);
  expect(changes.map(({ seq }) => seq)).toEqual([1, 1, 1]);
  expect(await desk.push([])).toEqual([]);
  expect((await desk.pull(0, 100)).head).toBe(1);
});
