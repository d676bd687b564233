import { afterEach, beforeEach, expect, test } from 'vitest';
import { change, insertion, mutation, patient } from '#tests/support/central-samples.ts';
import { someAllergy, someInvoice, someNote } from '#tests/support/clinical-samples.ts';
import { type FreshCentre, freshCentre, withClient } from '#tests/support/fresh-centre.ts';
import type { Centre, SentMutation } from './centre.ts';
import { connectCentre } from './client.ts';

let centre: FreshCentre;
let deskA: Centre;
let deskB: Centre;

beforeEach(async () => {
  centre = await freshCentre();
  deskA = connectCentre(await centre.enrol('Desk A'));
  deskB = connectCentre(await centre.enrol('Desk B'));
});

afterEach(async () => {
  await deskA.close();
  await deskB.close();
  await centre.drop();
});

const applied = { status: 'applied', sqlstate: null, message: null };
const forked = { status: 'needs_review', sqlstate: null, message: 'forked' };

const together = async () => {
  const row = patient();
  const note = someNote({ patient_id: row.id });
  await deskA.push([mutation(1, [insertion('patient', row), insertion('composition', note)])]);
  return { row, note };
};

/** Desk A has pushed and not committed while `work` begins; it must wait, and then see what Desk A did. */
const whileUncommitted = <T>(sent: readonly SentMutation[], work: () => Promise<T>): Promise<T> =>
  withClient(centre.url, async (client) => {
    const { rows } = await client.query(`select login from clinichub.sync_device where name = 'Desk A'`);
    await client.query(`set session authorization ${rows[0].login}`);
    await client.query('begin');
    await client.query('select clinichub.push($1)', [JSON.stringify(sent)]);
    const waiting = work();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await client.query('commit');
    return waiting;
  });

test('a fork among many inserts of one call gets its own verdict, and the others theirs', async () => {
  const { row, note } = await together();
  const child = () => insertion('composition', someNote({ patient_id: row.id, parent_id: note.id }));
  expect(
    await deskB.push([
      mutation(1, [insertion('patient', patient())]),
      mutation(2, [child()]),
      mutation(3, [child()]),
      mutation(4, [insertion('patient', patient())]),
    ]),
  ).toEqual([
    { n: 1, ...applied },
    { n: 2, ...applied },
    { n: 3, ...forked },
    { n: 4, ...applied },
  ]);
  expect(await centre.sql('select kind, reason from clinichub.conflict')).toEqual([
    { kind: 'version', reason: 'forked' },
  ]);
});

test('of two who correct one version in the same instant one is told of the fork', async () => {
  const { row, note } = await together();
  const child = () => insertion('composition', someNote({ patient_id: row.id, parent_id: note.id }));
  const verdict = await whileUncommitted([mutation(2, [child()])], () =>
    deskB.push([mutation(1, [child()])]),
  );
  expect(verdict).toMatchObject([forked]);
});

test('a version that follows one of another patient is refused', async () => {
  const { note } = await together();
  const other = patient();
  expect(
    await deskB.push([
      mutation(1, [insertion('patient', other)]),
      mutation(2, [insertion('composition', someNote({ patient_id: other.id, parent_id: note.id }))]),
    ]),
  ).toMatchObject([applied, { status: 'rejected', sqlstate: 'CH102' }]);
});

test('a voided allergy that is refined by somebody who knows it is voided stays voided', async () => {
  const { row } = await together();
  const allergy = someAllergy({ patient_id: row.id });
  await deskA.push([
    mutation(2, [insertion('allergy_intolerance', allergy)]),
    mutation(3, [change('allergy_intolerance', allergy.id, 1, { voided_at: '2026-11-24T09:00:00.000Z' })]),
  ]);
  expect(
    await deskB.push([mutation(1, [change('allergy_intolerance', allergy.id, 2, { note: 'Asked again' })])]),
  ).toMatchObject([applied]);
  expect(
    await centre.sql(`select note, voided_at is not null as voided from clinichub.allergy_intolerance`),
  ).toEqual([{ note: 'Asked again', voided: true }]);
});

const numbers = () =>
  centre.sql<{ series: string; fiscal_number: number | null; provisional_number: string }>(
    `select series, fiscal_number, provisional_number from clinichub.invoice order by series, fiscal_number`,
  );

test('fiscal numbers: a rolled back transaction and a refused mutation leave no gap, a draft has none, each series its own', async () => {
  const { row } = await together();
  const bill = (provisional_number: string, more = {}) =>
    insertion('invoice', someInvoice({ patient_id: row.id, provisional_number, ...more }));
  await deskA.push([mutation(2, [bill('A-1')])]);
  await withClient(centre.url, async (client) => {
    await client.query('begin');
    await client.query(`insert into clinichub.invoice select gen_random_uuid(), patient_id, series, 'lost', null, status,
      currency, total, issued_at, created_at, created_by from clinichub.invoice`);
    await client.query('rollback');
  });
  expect(
    await deskB.push([
      mutation(1, [bill('B-1'), insertion('patient', { ...patient(), mrn: row.mrn })]),
      mutation(2, [bill('B-2')]),
      mutation(3, [bill('B-3', { status: 'draft' }), bill('B-4', { series: 'pharmacy' })]),
    ]),
  ).toMatchObject([{ status: 'rejected' }, applied, applied]);
  expect(await numbers()).toEqual([
    { series: '2026', fiscal_number: 1, provisional_number: 'A-1' },
    { series: '2026', fiscal_number: 2, provisional_number: 'B-2' },
    { series: '2026', fiscal_number: null, provisional_number: 'B-3' },
    { series: 'pharmacy', fiscal_number: 1, provisional_number: 'B-4' },
  ]);
});

test('fiscal numbers are in the order of the commits, when two desks push at once', async () => {
  const { row } = await together();
  const bill = (provisional_number: string) =>
    insertion('invoice', someInvoice({ patient_id: row.id, provisional_number }));
  const verdicts = await whileUncommitted([mutation(2, [bill('A-1')]), mutation(3, [bill('A-2')])], () =>
    deskB.push([mutation(1, [bill('B-1')])]),
  );
  expect(verdicts).toMatchObject([applied]);
  const inOrder = await centre.sql(`
    select c.patch ->> 'provisional_number' as bill, c.patch ->> 'fiscal_number' as number from clinichub.sync_change c
    join clinichub.sync_tx t on t.tx = c.tx where c.tbl = 'invoice' order by t.seq, c.ord`);
  expect(inOrder).toEqual([
    { bill: 'A-1', number: '1' },
    { bill: 'A-2', number: '2' },
    { bill: 'B-1', number: '3' },
  ]);
});

test('the fiscal number is set by nobody but the centre, and an issued invoice stays as it was issued', async () => {
  const { row } = await together();
  const invoice = someInvoice({ patient_id: row.id });
  const draft = someInvoice({ patient_id: row.id, status: 'draft' });
  const set = (id: string, base: number, values: Parameters<typeof change>[3]) =>
    change('invoice', id, base, values);
  const refused = { status: 'rejected', sqlstate: 'CH102' };
  expect(
    await deskB.push([
      mutation(1, [insertion('invoice', { ...invoice, fiscal_number: 7 })]),
      mutation(2, [insertion('invoice', invoice), insertion('invoice', draft)]),
      mutation(3, [set(invoice.id, 1, { fiscal_number: 7 })]),
      mutation(4, [set(draft.id, 1, { fiscal_number: 7 })]),
      mutation(5, [set(invoice.id, 1, { total: 1 })]),
      mutation(6, [set(invoice.id, 1, { status: 'draft' })]),
      mutation(7, [set(invoice.id, 1, { status: 'balanced' })]),
      mutation(8, [set(draft.id, 1, { total: 20_000, status: 'issued' })]),
    ]),
  ).toMatchObject([refused, applied, refused, refused, refused, refused, applied, applied]);
  await expect(centre.sql('delete from clinichub.invoice')).rejects.toMatchObject({ code: 'CH102' });
  expect(await centre.sql('select fiscal_number, status, total from clinichub.invoice order by 1')).toEqual([
    { fiscal_number: 1, status: 'balanced', total: 15_000 },
    { fiscal_number: 2, status: 'issued', total: 20_000 },
  ]);
});

test('merges are followed through a chain, and a longer circle is refused', async () => {
  const rows = [patient(), patient(), patient()] as const;
  const [one, two, three] = rows;
  await deskA.push([
    mutation(
      1,
      rows.map((row) => insertion('patient', row)),
    ),
  ]);
  const into = (row: { readonly id: string }, target: { readonly id: string } | null, base = 1) =>
    change('patient', row.id, base, { merged_into: target?.id ?? null });
  expect(
    await deskA.push([
      mutation(2, [into(one, two)]),
      mutation(3, [into(two, three)]),
      mutation(4, [into(three, one)]),
      mutation(5, [into(three, three)]),
      mutation(6, [insertion('patient', patient({ merged_into: one.id }))]),
    ]),
  ).toMatchObject([
    applied,
    applied,
    { status: 'rejected', sqlstate: 'CH102' },
    { status: 'rejected', sqlstate: 'CH102' },
    { status: 'rejected', sqlstate: 'CH102' },
  ]);
  const root = (row: { readonly id: string }) =>
    centre.sql('select clinichub.patient_root($1) as root', [row.id]);
  expect(await root(one)).toEqual([{ root: three.id }]);
  await deskA.push([mutation(7, [into(two, null, 2)])]);
  expect(await root(one)).toEqual([{ root: two.id }]);
});
