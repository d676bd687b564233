import { afterAll, beforeAll, expect, test } from 'vitest';
import { withAdmin } from '#main/data/central/admin-connection.ts';
import { reconcileCentre } from '#main/data/central/reconcile/reconcile-centre.ts';
import { statements } from '#shared/domain/billing/statements.ts';
import { runCentral } from '#tests/support/central-command.ts';
import { type FreshCentre, freshCentre } from '#tests/support/fresh-centre.ts';
import { tamper } from '#tests/support/tampering.ts';
import { writeBilledDays } from '../demo/billing.ts';

let centre: FreshCentre;
let wrote: { readonly written: number; readonly refused: number };
beforeAll(async () => {
  centre = await freshCentre();
  wrote = await withAdmin(centre.url, (client) => writeBilledDays(client, 1, 16));
});
afterAll(() => centre.drop());

const run = (...args: readonly string[]) => runCentral(['reconcile', ...args, '--url', centre.url]);
const violated = async () => {
  const found = (await reconcileCentre(centre.url)).statements.filter(({ violations }) => violations > 0);
  return found.map(({ name }) => name);
};

test('what two desks billed adds up, in pages of any size, and the centre refused what would not have', async () => {
  expect(wrote.refused).toBeGreaterThan(0);
  const { code, out } = await run();
  expect(out).toMatch(
    /\d\d of invoice, \d+ of invoice_line, \d\d+ of payment, [1-9]\d* of till_session, [1-9]/,
  );
  expect(out).toMatch(/refunds, uses and releases take no more than their source has +ok/);
  expect(out).toContain('Everything adds up');
  expect(code).toBe(0);
  const [whole, parts] = [await reconcileCentre(centre.url), await reconcileCentre(centre.url, 3)];
  expect(parts.counts).toEqual(whole.counts);
  expect(parts.statements).toEqual(whole.statements);
  expect(whole.statements.map(({ name }) => name)).toEqual(
    expect.arrayContaining(statements.map(({ name }) => name)),
  );
});

test('a month is made up, adds up, and leaves nothing behind', async () => {
  const { code, out, err } = await run('--demo', '--seed', '11');
  expect(err).toMatch(/A month of seed 11: \d{3,} times something was written, [1-9]\d* times refused\./);
  expect(out).toContain('Everything adds up');
  expect(code).toBe(0);
  expect(await centre.sql(`select from pg_database where datname like 'clinichub_demo_%'`)).toEqual([]);
});

test('records that were merged are one patient', async () => {
  await tamper(
    centre.url,
    'create table public.as_it_was as select id, patient_id from clinichub.payment',
    // One after the other: each goes into the next.
    `update clinichub.patient p set merged_into = n.next
      from (select id, lead(id) over (order by id) as next from clinichub.patient) n
      where n.id = p.id and n.next is not null`,
    'update clinichub.payment set patient_id = clinichub.patient_root(patient_id)',
  );
  expect(await violated()).toEqual([]);
  await tamper(centre.url, 'update clinichub.patient set merged_into = null');
  expect(await violated()).toContain('what pays an invoice is of its patient and in its currency');
  await tamper(
    centre.url,
    `update clinichub.payment p set patient_id = w.patient_id from public.as_it_was w where w.id = p.id`,
    'drop table public.as_it_was',
  );
  expect(await violated()).toEqual([]);
});

test('rows that somebody altered are found, and the command fails', async () => {
  const [altered] = await centre.sql<{ id: string }>(
    `select id from clinichub.invoice where fiscal_number > 2 order by id limit 1`,
  );
  await tamper(
    centre.url,
    `update clinichub.invoice set total = total + 1 where id = '${altered?.id}'`,
    `delete from clinichub.invoice where fiscal_number = 2 and series = 'A'`,
    `update clinichub.payment set patient_id = gen_random_uuid() where id = (select max(id::text)::uuid from clinichub.payment)`,
    `delete from clinichub.till_event where kind = 'counted'`,
    `update clinichub.stock_movement set delta = delta + 1 where kind = 'transfer-in'`,
  );
  const { code, out } = await run();
  expect(out).toMatch(new RegExp(`invoice ${altered?.id}: total -?\\d+, should be -?\\d+`));
  expect(out).toContain('invoice_series A: 3 comes after 1');
  expect(out).toContain('payment: 1 rows are of nobody that is there');
  expect(out).toMatch(/till_session \S+: was closed without a count/);
  expect(out).toMatch(/stock_movement \S+: 2 movements, together 1/);
  expect(out).toMatch(/\d+ things do not add up; /);
  expect(code).toBe(1);
});
