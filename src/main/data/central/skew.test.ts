import { createHash, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { columnsOf, schemaVersion, tableNames } from '#shared/sync/catalogue.ts';
import { type FreshCentre, freshCentre } from '#tests/support/fresh-centre.ts';
import { somePatient } from '#tests/support/sync-local.ts';
import type { Centre, HelloRequest } from './centre.ts';
import { connectCentre } from './client.ts';

/** Migration 0170: centres and workstations of different versions. */
let centre: FreshCentre;
let old: Centre;
beforeEach(async () => {
  centre = await freshCentre();
  old = connectCentre(await centre.enrol('Old'));
});
afterEach(async () => {
  await old.close();
  await centre.drop();
});

const hello = (more: Partial<HelloRequest> = {}) =>
  old.hello({ schema: 1, app: '0.1.0', epoch: null, cursor: null, chain: null, scope: null, ...more });

const sent = (n: number, document: Readonly<Record<string, unknown>>) => {
  const payload = JSON.stringify(document);
  return { n, payload, hash: createHash('sha256').update(payload).digest('hex') };
};

/** A registration as version 1 wrote it: without a version, without the columns that came later. */
const registration = (more: Readonly<Record<string, unknown>> = {}) => {
  const { merged_into: _m, language: _l, contact_relation: _c, ...row } = somePatient({ mrn: randomUUID() });
  return {
    id: randomUUID(),
    kind: 'patient.register',
    user: null,
    at: '2026-11-23T08:00:00.000Z',
    changes: [{ tbl: 'patient', op: 'insert', pk: row.id, base: 0, values: row as Record<string, unknown> }],
    ...more,
  };
};

describe('a workstation of the version before', () => {
  test('pushes as it always did, one by one and many at once', async () => {
    await hello();
    const one = await old.push([sent(1, registration())]);
    const many = await old.push([sent(2, registration()), sent(3, registration())]);
    expect([...one, ...many].map(({ status }) => status)).toEqual(['applied', 'applied', 'applied']);
  });

  test('sees no table and no column it does not know, neither in pages nor in pulls', async () => {
    await hello();
    const row = registration();
    await old.push([sent(1, row)]);
    const other = somePatient({ mrn: 'other' });
    await centre.sql(
      `insert into clinichub.patient select (jsonb_populate_record(p, jsonb_build_object('id', $1::text, 'mrn', 'other'))).*
       from clinichub.patient p`,
      [other.id],
    );
    await centre.sql('update clinichub.patient set merged_into = $1, city = $2 where id <> $1', [
      other.id,
      'Nice',
    ]);
    await centre.sql(
      `insert into clinichub.allergy_intolerance select (jsonb_populate_record(null::clinichub.allergy_intolerance,
         jsonb_build_object('id', gen_random_uuid(), 'patient_id', $1::text, 'substance', 'penicillin',
           'clinical_status', 'active', 'verification_status', 'confirmed', 'criticality', 'high',
           'recorded_at', now(), 'created_at', now()))).*`,
      [other.id],
    );
    const known = columnsOf('patient').filter(
      ([name]) => !['merged_into', 'language', 'contact_relation'].includes(name),
    );
    for (const line of await old.bootPage('patient', null, 100))
      expect(JSON.parse(line)).toHaveLength(known.length + 1);
    expect(await old.bootPage('allergy_intolerance', null, 100)).toEqual([]);
    const { changes } = await old.pull(0, 1000);
    expect(changes.map(({ tbl }) => tbl)).toEqual(['patient', 'patient', 'patient']);
    for (const { values } of changes) expect(values).not.toHaveProperty('merged_into');
    expect(changes.at(-1)?.values).toEqual({ city: 'Nice' });
    const total = await old.estimate();
    expect(total.get('allergy_intolerance')).toBe(0);
  });

  test('that holds one site only is asked to be updated: it would not understand charts that come and go', async () => {
    await centre.sql(`update clinichub.sync_device set scope = 'site'`);
    expect((await hello()).state).toBe('outdated');
  });

  test('once updated copies anew, for it was not told of what is new', async () => {
    const { epoch, head } = await hello();
    const at = { epoch, cursor: head, chain: '0'.repeat(64) };
    expect((await hello(at)).state).toBe('ok');
    const updated = await hello({ ...at, schema: schemaVersion });
    expect(updated).toMatchObject({ state: 'behind', scope: `clinic/whole/${schemaVersion}` });
    expect((await hello({ ...at, schema: schemaVersion, scope: updated.scope })).state).toBe('ok');
  });
});

describe('a mutation of an earlier version', () => {
  const step = (from: number, key: string, to: string) =>
    centre.sql(`
      create function clinichub.sync_upcast_${from}(document jsonb) returns jsonb language sql immutable as $$
        select jsonb_set(document, '{changes}', (
          select jsonb_agg(case when c -> 'values' ? '${key}'
            then jsonb_set(c #- '{values,${key}}', '{values,${to}}', c #> '{values,${key}}') else c end)
          from jsonb_array_elements(document -> 'changes') c))
      $$`);

  test('is read step by step', async () => {
    await centre.sql('update clinichub.sync_meta set schema = 5');
    await step(1, 'surname', 'last_name');
    await step(2, 'last_name', 'family');
    const row = registration();
    const [change] = row.changes;
    const { family, ...values } = change?.values ?? {};
    const first = { ...row, changes: [{ ...change, values: { ...values, surname: family } }] };
    const second = registration({ schema: 2 });
    const verdicts = await old.push([sent(1, first), sent(2, second)]);
    expect(verdicts.map(({ status }) => status)).toEqual(['applied', 'applied']);
    expect(await centre.sql('select distinct family from clinichub.patient')).toEqual([{ family }]);
  });

  test('of a version the centre does not know is parked whole, and the next one goes on', async () => {
    const verdicts = await old.push([
      sent(1, registration({ schema: schemaVersion + 1 })),
      sent(2, registration({ schema: schemaVersion })),
    ]);
    expect(verdicts).toMatchObject([{ status: 'rejected', sqlstate: 'CH105' }, { status: 'applied' }]);
  });
});

test('a number with nothing in it is taken from every version', async () => {
  await centre.sql('update clinichub.sync_meta set schema = 5');
  const held = { id: randomUUID(), kind: 'held', user: null, at: '2026-11-24T08:00:00.000Z', changes: [] };
  expect(await old.push([sent(1, held)])).toMatchObject([{ status: 'applied' }]);
});

test('a centre of an earlier version is told apart before anything is sent to it', async () => {
  await centre.sql('update clinichub.sync_meta set schema = 1');
  await expect(hello({ schema: schemaVersion })).rejects.toMatchObject({
    sqlstate: 'CH008',
    retryable: false,
  });
});

test('every table that came after the first version is marked so', async () => {
  const rows = await centre.sql<{ tbl: string }>(
    'select tbl from clinichub.sync_table where since = 1 order by place',
  );
  const first = [
    'location',
    'practitioner',
    'staff_account',
    'patient',
    'schedule',
    'appointment',
    'task',
    'audit_event',
  ];
  expect(rows.map(({ tbl }) => tbl).toSorted()).toEqual(first.toSorted());
  expect(tableNames.length).toBeGreaterThan(first.length);
});
