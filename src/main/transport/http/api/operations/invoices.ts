import { z } from 'zod';
import { InvoiceView } from '#shared/contract/invoices.ts';
import { PanelInvoice, PanelInvoiceWithLines } from '#shared/contract/panel-billing.ts';
import { InvoiceId, PatientId } from '#shared/kernel/ids.ts';
import { ok } from '#shared/kernel/result.ts';
import { defineList, defineOperation, type Operation } from '../operation.ts';
import { named } from '../schemas.ts';
import { ownLimit, ownOne } from './own.ts';
import { Place } from './shared.ts';

const tag = 'Invoices';
const Invoice = named('Invoice', InvoiceView);
const OwnInvoice = named('OwnInvoice', PanelInvoice);
const OwnWholeInvoice = named('OwnWholeInvoice', PanelInvoiceWithLines);

const listInvoices = defineList({
  path: '/invoices',
  id: 'listInvoices',
  tag,
  summary: 'Invoices of a patient, the latest first',
  description:
    'Amounts are in minor units of the currency, rates in basis points. `status` is computed of lines, credit notes and payments; credit notes are in the list too, with amounts of zero or below. Invoices are issued at a desk of the clinic.',
  query: z.object({ patientId: PatientId }),
  item: z.union([Invoice, OwnInvoice]),
  cursor: z.union([Place, z.string().max(100)]),
  calls: ['invoices.page'],
  problems: ['not-approved'],
  run: async ({ query: { patientId, after, limit } }, call) => {
    const place = typeof after === 'string' ? null : after;
    const page = await call('invoices.page', { patientId, after: place, limit });
    return page.ok ? ok({ items: page.value.invoices, after: page.value.next }) : page;
  },
  own: {
    calls: ['panel.invoices'],
    run: async ({ query: { patientId, after, limit } }, call) => {
      const before = typeof after === 'string' ? after : null;
      const page = await call('panel.invoices', { patientId, before, limit: ownLimit(limit) });
      return page.ok ? ok({ items: page.value.items, after: page.value.next }) : page;
    },
  },
});

const getInvoice = defineOperation({
  method: 'GET',
  path: '/invoices/{invoiceId}',
  id: 'getInvoice',
  tag,
  summary: 'An invoice',
  params: z.object({ invoiceId: InvoiceId }),
  answer: { status: 200, schema: z.union([Invoice, OwnWholeInvoice]) },
  calls: ['invoices.get'],
  problems: ['not-approved'],
  run: ({ params: { invoiceId } }, call) => call('invoices.get', { id: invoiceId }),
  own: {
    calls: ['panel.me', 'panel.invoice'],
    run: ({ params: { invoiceId: id } }, call) =>
      ownOne(call, (patientId) => call('panel.invoice', { patientId, id })),
  },
});

export const invoiceOperations: readonly Operation[] = [listInvoices, getInvoice];
