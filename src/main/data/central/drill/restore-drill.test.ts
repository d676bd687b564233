import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectCentre } from '#main/data/central/client.ts';
import { declareBackedUp, declareRestored } from '#main/data/central/restored.ts';
import { schemaVersion } from '#shared/sync/catalogue.ts';
import { populate } from '#tests/support/central-population.ts';
import * as sample from '#tests/support/central-samples.ts';
import { type FreshCentre, freshCentre, withClient } from '#tests/support/fresh-centre.ts';
import { type DrillOptions, restoreDrill } from './restore-drill.ts';

/** `npm run central -- restore-drill`, `restored` and `backed-up`. */
let centre: FreshCentre;
beforeEach(async () => {
  centre = await freshCentre();
  await populate(centre);
});
afterEach(() => centre.drop());

const rehearse = (more: Partial<DrillOptions> = {}) =>
  restoreDrill(centre.url, { keep: false, behind: null, ...more });

const problems = async () => (await rehearse()).parts.flatMap((part) => part.problems);

/** Copies that are left on the server. Other tests of the run may have theirs: told apart by the connection that made them. */
const copies = async () =>
  (
    await centre.sql<{ name: string }>(
      `select datname as name from pg_database where datname like 'clinichub_drill_%'`,
    )
  ).map(({ name }) => name);

const tamper = (...statements: readonly string[]) =>
  withClient(centre.url, async (client) => {
    await client.query('set session_replication_role = replica');
    for (const statement of statements) expect((await client.query(statement)).rowCount).toBeGreaterThan(0);
  });

const greeting = { schema: schemaVersion, app: 'x', epoch: null, cursor: null, chain: null, scope: null };

test('a sound centre passes, nothing of it changes, and no copy is left', async () => {
  const before = await centre.sql('select * from clinichub.sync_clock, clinichub.sync_meta');
  const others = await copies();
  const report = await rehearse();
  expect(report.parts.flatMap((part) => part.problems)).toEqual([]);
  expect(report.parts.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'copy',
      'constraints',
      'chain',
      'sequences',
      'rows of patient',
      'sums of patient',
    ]),
  );
  expect(report.parts.find(({ name }) => name === 'sums of patient')?.checked).toBe(40);
  expect(report.kept).toBeNull();
  expect((await copies()).filter((name) => !others.includes(name))).toEqual([]);
  expect(await centre.sql('select * from clinichub.sync_clock, clinichub.sync_meta')).toEqual(before);
});

test('the copy is a centre that works, which no workstation can enter: what is written there gets the next place', async () => {
  const desk = new URL(await centre.enrol('Desk'));
  const { kept, head } = await rehearse({ keep: true });
  const copy = new URL(centre.url);
  copy.pathname = `/${kept}`;
  desk.pathname = copy.pathname;
  try {
    await expect(withClient(desk.href, async () => undefined)).rejects.toMatchObject({ code: '42501' });
    await withClient(copy.href, async (client) => {
      await client.query(
        `update clinichub.patient set city = 'Lille' where id = (select min(id::text)::uuid from clinichub.patient)`,
      );
      const { rows } = await client.query('select seq::integer from clinichub.sync_clock');
      expect(rows).toEqual([{ seq: head + 1 }]);
    });
  } finally {
    await centre.sql(`drop database ${kept} with (force)`);
  }
});

describe('what does not fit is found', () => {
  test('a change of the ledger that was altered', async () => {
    await tamper(`update clinichub.sync_change set patch = replace(patch::text, 'Dupont', 'Durand')::json
      where tx = (select tx from clinichub.sync_tx where seq = 5)`);
    expect(await problems()).toEqual(expect.arrayContaining(['transaction 5 is not what its chain says']));
  });

  test('a row that was altered past the triggers', async () => {
    const [patient] = await centre.sql<{ id: string }>('select id from clinichub.patient order by id');
    await tamper(`update clinichub.patient set phone = '1' where id = '${patient?.id}'`);
    expect(await problems()).toEqual([`patient ${patient?.id} has other values than the ledger says`]);
  });

  test('a row that names none, and two appointments at one time', async () => {
    await centre.sql('alter table clinichub.appointment drop constraint appointment_practitioner_busy');
    await tamper(
      `update clinichub.appointment set patient_id = '${randomUUID()}' where start_at = '2026-11-24T12:00Z'`,
      `update clinichub.appointment set start_at = start_at - interval '15 minutes', end_at = end_at - interval '15 minutes'
        where start_at = '2026-11-24T14:00Z'`,
    );
    const found = await problems();
    expect(found).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/appointment.*violates foreign key constraint "appointment_patient_id_fkey"/),
        expect.stringMatching(
          /appointment.*could not create exclusion constraint "appointment_practitioner_busy"/,
        ),
      ]),
    );
  });

  test('a sequence that would give a number again', async () => {
    await centre.sql(`select setval('clinichub.sync_change_ord', 2)`);
    expect(await problems()).toEqual([expect.stringContaining('sequence sync_change_ord stands at 2')]);
  });
});

test('the copy is removed when the rehearsal is interrupted, also when it was to be kept', async () => {
  const others = await copies();
  const interrupt = new AbortController();
  const told = ({ name }: { readonly name: string }) => {
    if (name === 'constraints') interrupt.abort();
  };
  await expect(rehearse({ keep: true, told, signal: interrupt.signal })).rejects.toThrow();
  expect((await copies()).filter((name) => !others.includes(name))).toEqual([]);
});

/** An administrator who is no superuser, with these rights besides the centre's. */
const asOrdinary = async (rights: string, work: (url: string) => Promise<void>) => {
  const role = `drill_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(centre.url);
  const database = url.pathname.slice(1);
  await centre.sql(
    `create role ${role} login ${rights} password 'x' in role clinichub_owner, clinichub_keeper`,
  );
  await centre.sql(`grant connect, create on database ${database} to ${role}`);
  url.username = role;
  url.password = 'x';
  try {
    await work(url.href);
  } finally {
    await centre.sql(`revoke all on database ${database} from ${role}`);
    await centre.sql(`drop role ${role}`);
  }
};

test('a login that may not make databases is told so', () =>
  asOrdinary('', async (url) => {
    await expect(restoreDrill(url, { keep: false, behind: null })).rejects.toMatchObject({
      code: 'no-create-database',
    });
  }));

test('a login that is no superuser can rehearse', () =>
  asOrdinary('createdb createrole', async (url) => {
    const { parts } = await restoreDrill(url, { keep: false, behind: null });
    expect(parts.flatMap((part) => part.problems)).toEqual([]);
    expect(parts.find(({ name }) => name === 'rows of patient')?.checked).toBe(40);
  }));

test('an older backup: who sends what again, and what nobody does', async () => {
  const [north, south] = [await centre.enrolment('North'), await centre.enrolment('South')];
  const desks = [connectCentre(north.url), connectCentre(south.url)] as const;
  for (const desk of desks) await desk.hello(greeting);
  const insertion = () => [sample.insertion('patient', sample.patient())];
  await desks[0].push([sample.mutation(1, insertion())]);
  const [{ to } = { to: 0 }] = await centre.sql<{ to: number }>(
    'select seq::integer as to from clinichub.sync_clock',
  );
  await desks[0].push([
    sample.mutation(2, insertion()),
    sample.mutation(3, [...insertion(), ...insertion()]),
  ]);
  await desks[1].push([sample.mutation(1, [sample.change('patient', randomUUID(), 1, { city: 'X' })])]);
  await desks[1].push([sample.mutation(2, insertion())]);
  await centre.sql(
    `update clinichub.patient set city = 'Lyon' where mrn = (select min(mrn) from clinichub.patient)`,
  );
  await centre.sql('update clinichub.sync_device set suspended_at = now() where device_no = $1', [
    south.deviceNo,
  ]);
  for (const desk of desks) await desk.close();
  const [{ head } = { head: 0 }] = await centre.sql<{ head: number }>(
    'select seq::integer as head from clinichub.sync_clock',
  );
  expect(await declareBackedUp(centre.url, to)).toEqual({ durable: to });
  const login = new URL(centre.url).username;
  const { rewind } = await rehearse();
  expect(rewind).toEqual({
    head,
    to,
    durable: to,
    devices: [
      { deviceNo: north.deviceNo, name: 'North', mutations: 2, changes: 3, doubt: null },
      { deviceNo: south.deviceNo, name: 'South', mutations: 2, changes: 1, doubt: 'closed' },
    ],
    lost: [{ login, transactions: 1, changes: 1 }],
  });
  expect((await rehearse({ behind: 1 })).rewind).toMatchObject({
    to: head - 1,
    devices: [{ mutations: 0 }, { mutations: 0 }],
  });
});

describe('after a real restore', () => {
  test('the centre begins a new epoch, and who is connected is cut off', async () => {
    const desk = connectCentre(await centre.enrol('Desk'));
    const { epoch, head } = await desk.hello(greeting);
    // A place the restored centre has not come to.
    await centre.sql('update clinichub.sync_meta set durable_seq = $1', [head + 9]);
    const restored = await declareRestored(centre.url);
    expect(restored.epoch).not.toBe(epoch);
    expect(restored.ended).toBe(1);
    const [{ chain } = { chain: '' }] = await centre.sql<{ chain: string }>(
      'select chain from clinichub.sync_tx where seq = 3',
    );
    const greet = () =>
      desk.hello({ ...greeting, epoch, cursor: 3, chain, scope: `clinic/whole/${schemaVersion}` });
    // Whether the end of the old connection has been heard of by now or not.
    const again = await greet().catch((error: unknown) => {
      expect(error).toMatchObject({ retryable: true });
      return greet();
    });
    expect(again).toMatchObject({ state: 'diverged', epoch: restored.epoch, durable: head });
    await desk.close();
  });
});

describe('what the backups hold', () => {
  test('is noted up to now, or to a place that was given; it never falls and never goes beyond the head', async () => {
    const [{ head } = { head: 0 }] = await centre.sql<{ head: number }>(
      'select seq::integer as head from clinichub.sync_clock',
    );
    expect(await declareBackedUp(centre.url, 7)).toEqual({ durable: 7 });
    expect(await declareBackedUp(centre.url, 5)).toEqual({ durable: 7 });
    await expect(declareBackedUp(centre.url, head + 1)).rejects.toMatchObject({ code: 'failed' });
    expect(await declareBackedUp(centre.url, null)).toEqual({ durable: head });
    const desk = connectCentre(await centre.enrol('Desk'));
    expect(await desk.hello(greeting)).toMatchObject({ durable: head });
    await desk.close();
  });
});
