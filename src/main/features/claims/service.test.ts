import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import type { ClaimId, InvoiceLineId, OrganizationId } from '#shared/kernel/ids.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { consultation, draftInvoice, someLine } from '#tests/support/billing-samples.ts';
import { type Clinic, habimana, now, openClinic } from '#tests/support/core-clinic.ts';

const payerId = '01900000-0000-7000-8000-f00000000020' as OrganizationId;
const lineId = (n: number) => `01900000-0000-7000-8000-f100000000${n}0` as InvoiceLineId;

const numbered = (later: number) => `CLM-7-${(now / 1000 + later).toString(36).toUpperCase()}`;

let clinic: Clinic;
let cashier: Connection;
beforeEach(async () => {
  clinic = openClinic();
  cashier = await clinic.signedIn('cashier');
  const { store } = clinic.temporary.local;
  store.mutate({ kind: 'seed', user: null }, (writer) => {
    writer.insert('organization', {
      ...blank('organization'),
      id: payerId,
      kind: 'payer',
      name: 'RSSB',
      active: 1,
      created_at: new Date(clinic.clock.now()).toISOString(),
    });
    writer.insert('charge_item_definition', consultation);
  });
  bill({ n: 1, share: 8000, title: '=HYPERLINK("x")' });
  bill({ n: 2, share: 5000, title: 'Bandage' });
});
afterEach(() => clinic.close());

/** An issued bill with one line of 10,000, so much of it the payer's. */
const bill = ({ n, share, title }: { n: number; share: number; title: string }): void => {
  const { store } = clinic.temporary.local;
  const invoice: RowOf<'invoice'> = draftInvoice({
    patient_id: habimana.id,
    payer_id: payerId,
    provisional_number: `A-${n}`,
  });
  store.mutate({ kind: 'seed', user: null }, (writer) => {
    writer.insert('invoice', invoice);
    writer.insert(
      'invoice_line',
      someLine({
        id: lineId(n),
        patient_id: habimana.id,
        invoice_id: invoice.id,
        definition_id: consultation.id,
        title,
        payer_share: share,
        patient_share: 10_000 - share,
      }),
    );
    writer.update('invoice', invoice.id, {
      status: 'issued',
      total: 10_000,
      payer_total: share,
      issued_at: `2026-11-2${n}T08:00:00.000Z`,
    });
  });
};
const candidates = async () =>
  (await clinic.get('claims.candidates', { payerId }, cashier)).candidates.map(({ title, amount, again }) => [
    title,
    amount,
    again,
  ]);
const submit = async (...lines: readonly number[]): Promise<ClaimId> =>
  (await clinic.get('claims.submit', { payerId, lineIds: lines.map(lineId) }, cashier)).id;
const claim = (id: ClaimId) => clinic.get('claims.get', { id }, cashier);
const lineOf = async (id: ClaimId, title: string) => {
  const found = (await claim(id)).lines.find((line) => line.title === title);
  if (found === undefined) throw new Error('there is one');
  return found;
};
const answer = async (id: ClaimId, title: string, amount: string, more: object = {}) =>
  clinic.ask(
    'claims.answer',
    { itemId: (await lineOf(id, title)).id, amount, remittance: 'T-1', ...more },
    cashier,
  );
const load = (csv: string, apply = true, remittance = 'T-9') =>
  clinic.get('claims.import', { csv, remittance, apply }, cashier);
const payments = () =>
  clinic.temporary.local.db
    .prepare('SELECT amount, payer_id, method, reference FROM payment ORDER BY amount')
    .all();

it('a part of a payer is claimed once; a cancelled claim lets it go', async () => {
  expect(await candidates()).toEqual([
    ['=HYPERLINK("x")', 8000, false],
    ['Bandage', 5000, false],
  ]);
  const id = await submit(1, 2);
  expect(await candidates()).toEqual([]);
  expect(await clinic.ask('claims.submit', { payerId, lineIds: [lineId(1)] }, cashier)).toMatchObject({
    error: { code: 'changed-meanwhile' },
  });
  expect(await claim(id)).toMatchObject({
    claim: { number: numbered(0), payerName: 'RSSB', lines: 2, open: 2, amount: 13_000, paid: 0 },
  });
  await clinic.get('claims.cancel', { id }, cashier);
  expect(await candidates()).toHaveLength(2);
  const next = await submit(1);
  expect((await claim(next)).claim.number).toBe(numbered(1));
});

it('what a credit note took of a payer’s part is not claimed', async () => {
  const { store } = clinic.temporary.local;
  const [first] = clinic.temporary.local.db
    .prepare('SELECT invoice_id FROM invoice_line WHERE id = ?')
    .all(lineId(1)) as { invoice_id: string }[];
  const note = draftInvoice({
    patient_id: habimana.id,
    kind: 'credit-note',
    corrects: first?.invoice_id ?? '',
  });
  store.mutate({ kind: 'seed', user: null }, (writer) => {
    writer.insert('invoice', note);
    writer.insert(
      'invoice_line',
      someLine({
        patient_id: habimana.id,
        invoice_id: note.id,
        corrects: lineId(1),
        quantity: '-1',
        net: -3000,
        gross: -3000,
        payer_share: -3000,
        patient_share: 0,
      }),
    );
    writer.update('invoice', note.id, { status: 'issued', total: -3000, payer_total: -3000 });
  });
  expect(await candidates()).toContainEqual(['=HYPERLINK("x")', 5000, false]);
});

it('the file for the payer computes nothing in a spreadsheet', async () => {
  const { csv, name } = await clinic.get('claims.export', { id: await submit(1) }, cashier);
  expect(name).toBe(`${numbered(0)}.csv`);
  const [head, line] = csv.split('\r\n');
  expect(head).toContain('CLAIM,LINE,INVOICE');
  expect(line).toContain(`${numbered(0)},1,A-1,`);
  expect(line).toContain("'=HYPERLINK");
  expect(line).toContain(',8000,RWF');
});

it('an answer is no more than was claimed and needs a reason where it is less; what is left can be claimed again', async () => {
  const id = await submit(1, 2);
  expect(await answer(id, 'Bandage', '5001')).toMatchObject({
    error: { fields: { amount: 'out-of-bounds' } },
  });
  expect(await answer(id, 'Bandage', '3000')).toMatchObject({ error: { fields: { reason: 'required' } } });
  expect(await answer(id, 'Bandage', '3000', { reasonCode: 'LIMIT' })).toMatchObject({ ok: true });
  expect(await answer(id, 'Bandage', '2000')).toMatchObject({ error: { code: 'duplicate' } });
  expect(await lineOf(id, 'Bandage')).toMatchObject({ state: 'part', paid: 3000, reasonCode: 'LIMIT' });
  expect(payments()).toEqual([
    { amount: 3000, payer_id: payerId, method: 'bank-transfer', reference: 'T-1' },
  ]);
  expect(await clinic.ask('claims.cancel', { id }, cashier)).toMatchObject({
    error: { code: 'claim-answered' },
  });
  expect(await candidates()).toEqual([['Bandage', 2000, true]]);
  const again = await submit(2);
  expect(await lineOf(again, 'Bandage')).toMatchObject({ amount: 2000, state: 'open' });
  await answer(again, 'Bandage', '0', { reason: 'Not covered', remittance: 'T-2' });
  expect(await lineOf(again, 'Bandage')).toMatchObject({ state: 'rejected', reason: 'Not covered' });
  expect(payments()).toHaveLength(1);
});

it('a remittance comes in whole or not at all, and once', async () => {
  const id = await submit(1, 2);
  const { lines } = await claim(id);
  const number = (title: string) => lines.find((line) => line.title === title)?.line ?? 0;
  const [first, second] = [number('=HYPERLINK("x")'), number('Bandage')];
  const head = 'claim,line,amount,reason\n';
  const wrong = await load(
    `${head}${numbered(0)},${first},8000,\n${numbered(0)},${second},9000,\n${numbered(0)},9,1,\nX,1,1,\n${numbered(0)},${first},1,x\n`,
  );
  expect(wrong.problems).toEqual([
    { line: 3, code: 'too-much', value: '9000' },
    { line: 4, code: 'line', value: '9' },
    { line: 5, code: 'claim', value: 'X' },
    { line: 6, code: 'twice', value: String(first) },
  ]);
  expect(await load(`${head}${numbered(0)},${second},100,\n`)).toMatchObject({
    problems: [{ line: 2, code: 'reason', value: '100' }],
  });
  expect(wrong.applied).toBe(false);
  expect(payments()).toEqual([]);
  const good = `${head}${numbered(0)},${first},8000,\n${numbered(0)},${second},0,Not covered\n`;
  expect(await load(good, false)).toMatchObject({ applied: false, counts: { paid: 1, rejected: 1 } });
  expect(payments()).toEqual([]);
  expect(await load(good)).toMatchObject({ applied: true, sums: [{ currency: 'RWF', amount: 8000 }] });
  expect(await load(good)).toMatchObject({ applied: false, counts: { known: 2, paid: 0 } });
  expect(payments()).toHaveLength(1);
  expect((await claim(id)).claim).toMatchObject({ open: 0, paid: 8000 });
  expect(await load('a,b\n1,2\n')).toMatchObject({ problems: [{ code: 'missing-column' }] });
});

it('who only reads claims makes and answers none', async () => {
  const desk = await clinic.signedIn('reception');
  expect(await clinic.ask('claims.submit', { payerId, lineIds: [lineId(1)] }, desk)).toMatchObject({
    error: { code: 'not-permitted' },
  });
});
