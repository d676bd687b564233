import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { wireText } from '#main/data/local/check-lines.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { columnsOf, schemaVersion } from '#shared/sync/catalogue.ts';
import type { Cell, Cells, VerifyReply } from '#shared/sync/wire.ts';
import * as sample from '#tests/support/central-samples.ts';
import { type FreshCentre, freshCentre, withClient } from '#tests/support/fresh-centre.ts';
import type { Centre } from './centre.ts';
import { connectCentre } from './client.ts';

/** 0150_verify: `verify` and `verify_rows` against a real centre. */
let centre: FreshCentre;
let desk: Centre;
const greet = (one: Centre) =>
  one.hello({ schema: schemaVersion, app: 'x', epoch: null, cursor: null, chain: null, scope: null });

beforeAll(async () => {
  centre = await freshCentre();
  desk = connectCentre(await centre.enrol('Desk'));
  await greet(desk);
});
afterAll(async () => {
  await desk.close();
  await centre.drop();
});
beforeEach(() => centre.sql('delete from clinichub.patient'));

const insertPatients = (rows: readonly RowOf<'patient'>[]) => {
  const names = columnsOf('patient').map(([name]) => name);
  return centre.sql(
    `insert into clinichub.patient (${names.join(', ')})
     select ${names.join(', ')} from json_populate_recordset(null::clinichub.patient, $1)`,
    [JSON.stringify(rows)],
  );
};

const sha256 = (texts: readonly string[]) => createHash('sha256').update(texts.join('\n')).digest('hex');

const textOf = (row: RowOf<'patient'>, version = 1): string =>
  wireText(
    version,
    columnsOf('patient').map(([name]): Cell => (row as unknown as Cells)[name] ?? null),
  );

/** Text that PostgreSQL takes: no NUL, no lone surrogate. Full of what is escaped in JSON and of what might be. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom('"', '\\', '/', '\b', '\f', '\n', '\r', '\t', '\u0001', '\u001f', '\u007f', '\u0080'),
      fc.constantFrom(
        '\u2028',
        '\u2029',
        '\ufeff',
        '\ufffd',
        '😀',
        'é',
        'e\u0301',
        '<',
        '>',
        '&',
        '\\n',
        '\\\\u0041',
      ),
      fc.string({ unit: 'grapheme', maxLength: 5 }).filter((text) => !text.includes('\u0000')),
    ),
    { minLength: 1, maxLength: 20 },
  )
  .map((parts) => parts.join(''))
  .filter((text) => text.isWellFormed());

test('a row has the same text at the centre and here, whatever stands in it', async () => {
  await withClient(centre.url, async (client) => {
    const one = fc.oneof(nasty, fc.constant(null), fc.maxSafeInteger());
    await fc.assert(
      fc.asyncProperty(
        fc.array(one, { minLength: 1, maxLength: 8 }),
        fc.maxSafeInteger(),
        async (values, v) => {
          const places = values.map((value, index) =>
            typeof value === 'number' ? `$${index + 2}::bigint` : `$${index + 2}::text`,
          );
          const { rows } = await client.query<{ text: string }>(
            `select json_build_array($1::bigint, ${places.join(', ')})::text as text`,
            [v, ...values],
          );
          expect(wireText(v, values)).toBe(rows[0]?.text);
        },
      ),
      { numRuns: 500 },
    );
  });
});

test('whole rows come as they are summed here', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(nasty, { minLength: 1, maxLength: 6 }), async (names) => {
      await centre.sql('delete from clinichub.patient');
      const rows = names
        .map((name) => sample.patient({ given: name, deceased_date: '2020-02-29', birth_date: null }))
        .toSorted((a, b) => (a.id < b.id ? -1 : 1));
      await insertPatients(rows);
      const texts = rows.map((row) => textOf(row));
      const reply = await desk.verify('patient', null, null, 100, 1);
      expect(reply.ranges).toEqual([{ from: null, to: null, rows: rows.length, hash: sha256(texts) }]);
      expect((await desk.verifyRows('patient', null, null)).rows).toEqual(texts);
      expect(await desk.bootPage('patient', null, 100)).toEqual(texts);
    }),
    { numRuns: 25 },
  );
});

const ids = (count: number): readonly string[] =>
  Array.from({ length: count }, () => randomUUID()).toSorted();

test('ranges lie edge to edge, end where asked, and the last one goes to the end of the table', async () => {
  const all = ids(10);
  await insertPatients(all.map((id) => sample.patient({ id })));
  const shape = ({ ranges }: VerifyReply) => ranges.map(({ from, to, rows }) => [from, to, rows]);
  expect(shape(await desk.verify('patient', null, null, 4, 10))).toEqual([
    [null, all[3], 4],
    [all[3], all[7], 4],
    [all[7], null, 2],
  ]);
  // As many as were asked for: there may be more, so the last one ends at its last row.
  expect(shape(await desk.verify('patient', null, null, 5, 1))).toEqual([[null, all[4], 5]]);
  expect(shape(await desk.verify('patient', all[4] ?? '', null, 5, 1))).toEqual([[all[4], all[9], 5]]);
  expect(shape(await desk.verify('patient', all[9] ?? '', null, 5, 1))).toEqual([[all[9], null, 0]]);
  expect(shape(await desk.verify('patient', all[1] ?? '', all[5] ?? '', 3, 10))).toEqual([
    [all[1], all[4], 3],
    [all[4], all[5], 1],
  ]);
  expect(shape(await desk.verify('task', null, null, 5, 1))).toEqual([[null, null, 0]]);
});

test('rows are fetched at most 500 at once, and it is told how far they reach', async () => {
  const all = ids(503);
  await insertPatients(all.map((id) => sample.patient({ id })));
  const first = await desk.verifyRows('patient', null, null);
  expect([first.rows.length, first.to]).toEqual([500, all[499]]);
  const second = await desk.verifyRows('patient', first.to, null);
  expect([second.rows.length, second.to]).toEqual([3, null]);
});

test('sums are of the same moment as the number they come with', async () => {
  const [before] = await centre.sql<{ seq: string }>('select seq from clinichub.sync_clock');
  const row = sample.patient();
  await withClient(centre.url, async (client) => {
    await client.query('begin');
    await client.query(
      `insert into clinichub.patient select * from json_populate_record(null::clinichub.patient, $1)`,
      [JSON.stringify({ ...row, row_version: 1, field_versions: {} })],
    );
    expect(await desk.verify('patient', null, null, 10, 1)).toMatchObject({
      seq: Number(before?.seq),
      ranges: [{ rows: 0 }],
    });
    await client.query('commit');
  });
  expect(await desk.verify('patient', null, null, 10, 1)).toMatchObject({
    seq: Number(before?.seq) + 1,
    ranges: [{ rows: 1, hash: sha256([textOf(row)]) }],
  });
});

test('only rows in the scope of the calling workstation are counted, and nothing of a table its role hides', async () => {
  const north = sample.site({ name: 'North' });
  const south = sample.site({ name: 'South' });
  for (const row of [north, south])
    await centre.sql(
      'insert into clinichub.location select * from json_populate_record(null::clinichub.location, $1)',
      [JSON.stringify({ ...row, row_version: 1, field_versions: {} })],
    );
  const mine = sample.patient({ location_id: north.id });
  await insertPatients([mine, sample.patient({ location_id: south.id })]);
  const made = await centre.enrolment('North desk', north.id);
  await centre.sql(
    `update clinichub.sync_device set scope = 'site', role = 'front-desk' where device_no = $1`,
    [made.deviceNo],
  );
  await centre.sql(`insert into clinichub.audit_event (id, recorded_at, action, event, outcome)
    values (gen_random_uuid(), now(), 'E', 'x', 'success')`);
  const north1 = connectCentre(made.url);
  await greet(north1);
  const sums = await north1.verify('patient', null, null, 10, 1);
  expect(sums.ranges).toEqual([{ from: null, to: null, rows: 1, hash: sha256([textOf(mine)]) }]);
  expect((await north1.verifyRows('patient', null, null)).rows).toEqual(
    await north1.bootPage('patient', null, 10),
  );
  expect((await north1.verify('audit_event', null, null, 10, 1)).ranges[0]?.rows).toBe(0);
  expect((await desk.verify('audit_event', null, null, 10, 1)).ranges[0]?.rows).toBe(1);
  // Once the scope is another, nothing may be taken for a ghost before the workstation has greeted and copied anew.
  await centre.sql(`update clinichub.sync_device set scope = 'clinic' where device_no = $1`, [made.deviceNo]);
  await expect(north1.verify('patient', null, null, 10, 1)).rejects.toMatchObject({ sqlstate: 'CH004' });
  await expect(north1.verifyRows('patient', null, null)).rejects.toMatchObject({ sqlstate: 'CH004' });
  await north1.close();
});

test('a workstation of an earlier version is told sums of the columns and tables it knows', async () => {
  const row = sample.patient();
  await insertPatients([row]);
  const old = connectCentre(await centre.enrol('Old desk'));
  await old.hello({ schema: 2, app: 'x', epoch: null, cursor: null, chain: null, scope: null });
  await centre.sql(`update clinichub.sync_table set newer = newer || '{"city": 3}' where tbl = 'patient'`);
  await centre.sql(`update clinichub.sync_table set since = 3 where tbl = 'task'`);
  const page = await old.bootPage('patient', null, 10);
  expect(page).not.toEqual([textOf(row)]);
  expect((await old.verify('patient', null, null, 10, 1)).ranges[0]?.hash).toBe(sha256(page));
  expect((await old.verifyRows('patient', null, null)).rows).toEqual(page);
  expect((await old.verify('task', null, null, 10, 1)).ranges[0]?.rows).toBe(0);
  await centre.sql(`update clinichub.sync_table set newer = newer - 'city' where tbl = 'patient'`);
  await centre.sql(`update clinichub.sync_table set since = 1 where tbl = 'task'`);
  await old.close();
});

test('a table that is not synced and a suspended workstation are refused', async () => {
  await expect(desk.verify('sync_device' as never, null, null, 10, 1)).rejects.toMatchObject({
    sqlstate: 'CH102',
  });
  const made = await centre.enrolment('Other desk');
  const other = connectCentre(made.url);
  await greet(other);
  await centre.sql('update clinichub.sync_device set suspended_at = now() where device_no = $1', [
    made.deviceNo,
  ]);
  await expect(other.verify('patient', null, null, 10, 1)).rejects.toMatchObject({ sqlstate: 'CH001' });
  await expect(other.verifyRows('patient', null, null)).rejects.toMatchObject({ sqlstate: 'CH001' });
  await other.close();
});
