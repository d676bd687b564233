import { accountOf, isUncertain, numberOf, type OpenRow, openOf, unsettled } from '#main/core/account.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { CurrencyBalance, DepositLeft, OpenInvoice } from '#shared/contract/payments.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { type Aging, agingOn } from '#shared/domain/billing/aging.ts';
import { patientBalances } from '#shared/domain/billing/balance.ts';
import { leftOf } from '#shared/domain/billing/ledger.ts';
import type { InvoiceId, PatientId, PaymentId } from '#shared/kernel/ids.ts';

/** As many open invoices as are shown; their sums are of all. */
const mostShown = 200;

const payerNames = (reader: LocalReader, rows: readonly OpenRow[]): ReadonlyMap<string, string> =>
  new Map(
    reader
      .all(
        localDb
          .selectFrom('organization')
          .select(['id', 'name'])
          .where(
            'id',
            'in',
            rows.flatMap(({ row }) => row.payer_id ?? []),
          ),
      )
      .map(({ id, name }) => [id, name]),
  );

const nothing: Aging = {
  currency: '',
  overpaid: 0,
  '0-30': 0,
  '31-60': 0,
  '61-90': 0,
  '91+': 0,
};

const balanceOf = (
  balance: { readonly currency: string; readonly payer: number; readonly deposits: number },
  aging: Aging = nothing,
): CurrencyBalance => {
  const { overpaid, currency: _, ...buckets } = aging;
  return {
    currency: balance.currency,
    open: Object.values(buckets).reduce((sum, amount) => sum + amount, 0),
    overpaid,
    payers: balance.payer,
    deposits: balance.deposits,
    aging: buckets,
  };
};

/** How a patient stands, by currency, on the day it is at the site. */
export const balanceOn = (deps: FeatureDeps, patientId: PatientId): Output<'payments.balance'> => {
  const { store, clock, settings } = deps;
  const { timeZone } = deps.home();
  const account = accountOf(store, patientId);
  const day = dayAt(clock.now(), timeZone);
  const issuedOn = ({ row }: OpenRow) => dayAt(Date.parse(row.issued_at ?? row.created_at), timeZone);
  const open = unsettled(account).map((invoice) => ({ invoice, issuedOn: issuedOn(invoice) }));
  const aging = agingOn(
    open.map(({ invoice, issuedOn: on }) => ({
      currency: invoice.currency,
      issuedOn: on,
      open: invoice.open.patient,
    })),
    day,
  );
  const shown = openOf(account)
    .filter(({ open: of }) => of.patient !== 0 || of.payer !== 0)
    .map((invoice) => ({ ...invoice, issuedOn: issuedOn(invoice) }))
    .toSorted((a, b) => (a.issuedOn < b.issuedOn ? -1 : a.issuedOn > b.issuedOn ? 1 : a.id < b.id ? -1 : 1))
    .slice(0, mostShown);
  const payers = payerNames(store, shown);
  const deposits = account.payments.flatMap((row, index): DepositLeft[] => {
    const source = account.ledger[index];
    const left = source?.kind === 'deposit' ? leftOf(source, account.ledger) : 0;
    const { id, receipt_number: receiptNumber, currency } = row;
    return left > 0 ? [{ id: id as PaymentId, receiptNumber, currency, left }] : [];
  });
  return {
    day,
    currency: settings.of('clinic.currency', null),
    balances: patientBalances(account.billed, account.ledger)
      .map((one) =>
        balanceOf(
          one,
          aging.find(({ currency }) => currency === one.currency),
        ),
      )
      .filter((one) => [one.open, one.overpaid, one.payers, one.deposits].some((amount) => amount !== 0)),
    invoices: shown.map(
      ({ row, open: of, currency, issuedOn: on }): OpenInvoice => ({
        id: row.id as InvoiceId,
        ...numberOf(row),
        currency,
        total: row.total,
        open: of.patient,
        payerOpen: of.payer,
        payerName: payers.get(row.payer_id ?? '') ?? null,
        issuedOn: on,
      }),
    ),
    deposits,
    certainty: isUncertain(store, account) ? 'provisional' : 'confirmed',
  };
};
