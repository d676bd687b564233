import { afterEach, beforeEach, expect, it } from 'vitest';
import type { InvoiceLineId, OrganizationId } from '#shared/kernel/ids.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { draftInvoice, someLine } from '#tests/support/billing-samples.ts';
import { offlineDesk, seedReception } from '#tests/support/offline-desk.ts';
import { type TwoWorkstations, twoWorkstations } from '#tests/support/two-workstations.ts';

const payerId = '01900000-0000-7000-8000-f00000000020' as OrganizationId;
const lineId = '01900000-0000-7000-8000-f00000000021' as InvoiceLineId;

let clinic: TwoWorkstations;
beforeEach(async () => {
  clinic = await twoWorkstations();
});
afterEach(() => clinic.end());

it('one line claimed at two desks apart is claimed once: the second claim is refused whole, and its desk sees it', async () => {
  const { a, b, patient } = clinic;
  seedReception(a, clinic, []);
  const invoice = draftInvoice({ patient_id: patient.id, payer_id: payerId });
  a.local.store.mutate({ kind: 'seed', user: null }, (writer) => {
    writer.insert('organization', {
      ...blank('organization'),
      id: payerId,
      kind: 'payer',
      name: 'RSSB',
      active: 1,
      created_at: new Date().toISOString(),
    });
    for (const permission of ['claim.create', 'claim.update'])
      writer.insert('role_permission', {
        ...blank('role_permission'),
        id: crypto.randomUUID(),
        role: 'reception',
        permission,
        granted: 1,
      });
    writer.insert('invoice', invoice);
  });
  a.local.store.mutate({ kind: 'seed', user: null }, (writer) => {
    writer.insert(
      'invoice_line',
      someLine({
        id: lineId,
        patient_id: patient.id,
        invoice_id: invoice.id,
        payer_share: 8000,
        patient_share: 2000,
      }),
    );
    writer.update('invoice', invoice.id, {
      status: 'issued',
      total: 10_000,
      payer_total: 8000,
      issued_at: new Date().toISOString(),
    });
  });
  await a.settled();
  await b.settled();
  const [atA, atB] = [await offlineDesk(a), await offlineDesk(b)];
  await a.offline();
  await b.offline();
  const first = await atA.get('claims.submit', { payerId, lineIds: [lineId] });
  await atB.get('claims.submit', { payerId, lineIds: [lineId] });
  for (const desk of [a, b]) {
    await desk.online();
    await desk.settled();
  }
  expect(await atB.get('sync.outbox', {})).toMatchObject([{ kind: 'claim.submit', sqlstate: '23505' }]);
  expect((await atA.get('claims.page', {})).claims).toMatchObject([
    { id: first.id, lines: 1, certainty: 'confirmed' },
  ]);
});
