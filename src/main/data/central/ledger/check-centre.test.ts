import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { insertRow, populate } from '#tests/support/central-population.ts';
import * as sample from '#tests/support/central-samples.ts';
import { type FreshCentre, freshCentre, withClient } from '#tests/support/fresh-centre.ts';
import { chainStart, createDigest, nextChain } from './chain.ts';
import { checkCentre } from './check-centre.ts';
import { ledgerChanges, ledgerMutations, ledgerTransactions } from './read.ts';

/** `npm run central -- check`: the examination finds what was altered past the triggers. */
let centre: FreshCentre;
beforeEach(async () => {
  centre = await freshCentre();
  await populate(centre);
});
afterEach(() => centre.drop());

const problems = async () => (await checkCentre(centre.url)).flatMap((part) => part.problems);

/** Runs statements as somebody who switches the triggers off. */
const tamper = (...statements: readonly string[]) =>
  withClient(centre.url, async (client) => {
    await client.query(`set session_replication_role = replica`);
    for (const statement of statements) expect((await client.query(statement)).rowCount).toBeGreaterThan(0);
  });

test('an untouched centre has no problem, and all of it is looked at', async () => {
  const parts = await checkCentre(centre.url);
  expect(parts.flatMap((part) => part.problems)).toEqual([]);
  const [{ head } = { head: '' }] = await centre.sql<{ head: string }>(
    'select seq as head from clinichub.sync_clock',
  );
  expect(parts.find(({ name }) => name === 'chain')?.checked).toBe(Number(head));
  expect(parts.find(({ name }) => name === 'rows of patient')?.checked).toBe(40);
  expect(parts.find(({ name }) => name === 'sequences')?.checked).toBeGreaterThanOrEqual(3);
});

test('the chain computed here is the one the centre stores, whatever stands in the rows', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (given) => {
      fc.pre(!given.includes('\u0000') && given.isWellFormed());
      await insertRow(centre, 'patient', sample.patient({ given: given || 'x' }));
    }),
    { numRuns: 20 },
  );
  await withClient(centre.url, async (client) => {
    let chain = chainStart;
    const digest = createDigest();
    let compared = 0;
    for await (const transaction of ledgerTransactions(client, '0', '1000000')) {
      for await (const change of ledgerChanges(client, transaction.tx)) digest.change(change);
      for await (const mutation of ledgerMutations(client, transaction)) digest.mutation(mutation);
      chain = nextChain(chain, transaction.seq, digest.end(transaction));
      expect(chain).toBe(transaction.chain);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(20);
  });
});

describe('what is found', () => {
  test('a change of the ledger that was altered is named by its place', async () => {
    await tamper(`update clinichub.sync_change set patch = replace(patch::text, 'Dupont', 'Durand')::json
      where tx = (select tx from clinichub.sync_tx where seq = 5)`);
    expect(await problems()).toContain('transaction 5 is not what its chain says');
  });

  test('a transaction taken out, a change taken out, a change slipped in, a chain rewritten', async () => {
    await tamper(
      'delete from clinichub.sync_change where tx = (select tx from clinichub.sync_tx where seq = 4)',
      'delete from clinichub.sync_tx where seq = 4',
      'delete from clinichub.sync_change where tx = (select tx from clinichub.sync_tx where seq = 7)',
      `insert into clinichub.sync_change (tx, tbl, pk, op, row_version, patch)
        select 999999, 'patient', gen_random_uuid(), 'insert', 1, '{}'`,
      `update clinichub.sync_clock set chain = repeat('f', 64)`,
    );
    const found = await problems();
    expect(found).toContain('the places from 4 to 4 are missing');
    expect(found).toContain('transaction 7 has 0 changes instead of 1');
    expect(found).toContain('1 changes belong to no transaction');
    expect(found.some((problem) => problem.startsWith('the clock has another chain'))).toBe(true);
  });

  test('a row that was altered, added, taken away or given another version past the triggers', async () => {
    const ids = (
      await centre.sql<{ id: string }>('select id from clinichub.patient order by id limit 3')
    ).map(({ id }) => id);
    const added = sample.patient();
    await tamper(
      `update clinichub.patient set city = 'Elsewhere' where id = '${ids[0]}'`,
      `update clinichub.patient set row_version = 99 where id = '${ids[1]}'`,
      `delete from clinichub.patient where id = '${ids[2]}'`,
      `insert into clinichub.patient select * from json_populate_record(null::clinichub.patient,
        '${JSON.stringify({ ...added, given: 'x', row_version: 1, field_versions: {} })}')`,
    );
    expect((await problems()).toSorted()).toEqual(
      [
        `patient ${ids[0]} has other values than the ledger says`,
        `patient ${ids[1]} has another version than the ledger says`,
        `patient ${ids[2]} is in the ledger but not in its table`,
        `patient ${added.id} is in its table but not in the ledger`,
      ].toSorted(),
    );
  });

  test('a value that an update set and somebody put back, and a deleted row that is there again', async () => {
    const [first] = await centre.sql<{ id: string }>('select id from clinichub.patient order by id');
    const [visit] = await centre.sql<{ id: string }>('select id from clinichub.appointment order by id');
    await centre.sql(`update clinichub.patient set city = 'Lille' where id = $1`, [first?.id]);
    await withClient(centre.url, async (client) => {
      await client.query('create temporary table kept as select * from clinichub.appointment where id = $1', [
        visit?.id,
      ]);
      await client.query('delete from clinichub.appointment where id = $1', [visit?.id]);
      await client.query('set session_replication_role = replica');
      await client.query('insert into clinichub.appointment select * from kept');
    });
    expect(await problems()).toEqual([
      `appointment ${visit?.id} is in its table although the ledger says it was deleted`,
    ]);
    await tamper(`update clinichub.patient set city = null where id = '${first?.id}'`);
    expect(await problems()).toContain(`patient ${first?.id} has other values than the ledger says`);
  });

  test('a sequence that would give a number again', async () => {
    await centre.sql(`select setval('clinichub.sync_change_ord', 2)`);
    expect(await problems()).toEqual([
      expect.stringMatching(/^sequence sync_change_ord stands at 2, but sync_change has used \d+$/),
    ]);
  });
});

test('a database that is no centre is told so', async () => {
  await centre.sql('drop schema clinichub cascade');
  await expect(checkCentre(centre.url)).rejects.toMatchObject({ code: 'not-migrated' });
});
