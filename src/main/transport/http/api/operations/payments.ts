import { z } from 'zod';
import { PanelPayment } from '#shared/contract/panel-billing.ts';
import { PaymentView } from '#shared/contract/payments.ts';
import { PatientId, PaymentId } from '#shared/kernel/ids.ts';
import { ok } from '#shared/kernel/result.ts';
import { defineList, defineOperation, type Operation } from '../operation.ts';
import { named } from '../schemas.ts';
import { ownLimit, ownOne } from './own.ts';

const tag = 'Invoices';
const Payment = named('Payment', PaymentView);
const OwnPayment = named('OwnPayment', PanelPayment);

const listPayments = defineList({
  path: '/payments',
  id: 'listPayments',
  tag,
  summary: 'What a patient paid and got back, the latest first',
  description:
    'The ledger: rows are only ever added. Amounts are in minor units of the currency. `deposit-use` and `deposit-release` move no money, they take of a deposit for an invoice and give back to it.',
  query: z.object({ patientId: PatientId }),
  item: z.union([Payment, OwnPayment]),
  cursor: z.string().max(100),
  calls: ['payments.of'],
  problems: ['not-approved'],
  run: async ({ query: { patientId, after, limit } }, call) => {
    const page = await call('payments.of', { patientId, before: after ?? null, limit });
    return page.ok ? ok({ items: page.value.items, after: page.value.next }) : page;
  },
  own: {
    calls: ['panel.payments'],
    run: async ({ query: { patientId, after, limit } }, call) => {
      const page = await call('panel.payments', { patientId, before: after ?? null, limit: ownLimit(limit) });
      return page.ok ? ok({ items: page.value.items, after: page.value.next }) : page;
    },
  },
});

const getPayment = defineOperation({
  method: 'GET',
  path: '/payments/{paymentId}',
  id: 'getPayment',
  tag,
  summary: 'A payment, deposit or refund',
  params: z.object({ paymentId: PaymentId }),
  answer: { status: 200, schema: z.union([Payment, OwnPayment]) },
  calls: ['payments.get'],
  problems: ['not-approved'],
  run: ({ params: { paymentId } }, call) => call('payments.get', { id: paymentId }),
  own: {
    calls: ['panel.me', 'panel.payment'],
    run: ({ params: { paymentId: id } }, call) =>
      ownOne(call, (patientId) => call('panel.payment', { patientId, id })),
  },
});

export const paymentOperations: readonly Operation[] = [listPayments, getPayment];
