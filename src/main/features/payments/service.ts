import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { pageOf } from '#main/core/paged.ts';
import { drawReceipt, languageFor, receiptFile } from '#main/core/paper/receipt.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { dayRange } from '#shared/domain/appointments/wall-time.ts';
import { paymentMethods } from '#shared/domain/billing/payment.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { balanceOn } from './balance.ts';
import {
  findPatient,
  findPayment,
  ownReceipt,
  paymentsBetween,
  paymentsLike,
  paymentsOf,
  sumsBetween,
} from './repository.ts';
import { backToDeposit, openTill, payFromDeposit, record, refund } from './take.ts';
import { paymentViews } from './view.ts';

const endOf = (row: { readonly paid_at: string; readonly id: string }) => ({ at: row.paid_at, id: row.id });

const ledgerOf = (deps: FeatureDeps, asked: Parsed<'payments.of'>): Output<'payments.of'> => {
  const found = paymentsOf(deps.store, asked.patientId, asked);
  const { rows, next } = pageOf(found, asked.limit, endOf);
  return { items: paymentViews(deps.store, rows), next };
};

const one = (deps: FeatureDeps, { id }: Parsed<'payments.get'>): Result<Output<'payments.get'>> => {
  const row = findPayment(deps.store, id);
  const [view] = paymentViews(deps.store, row === undefined ? [] : [row]);
  return view === undefined ? fail('not-found') : ok(view);
};

const dayOf = (
  deps: FeatureDeps,
  asked: Parsed<'payments.day'>,
  connection: Connection,
): Output<'payments.day'> => {
  const { store } = deps;
  if (asked.search !== '') {
    const { rows, next } = pageOf(paymentsLike(store, asked.search, asked), asked.limit, endOf);
    return { items: paymentViews(store, rows), next, totals: [], cashHidden: false };
  }
  const { from, to } = dayRange(asked.day, deps.home().timeZone);
  const locationId = asked.locationId ?? store.workstation()?.locationId ?? null;
  const span = { from: instant(from), until: instant(to), locationId };
  const { rows, next } = pageOf(paymentsBetween(store, span, asked), asked.limit, endOf);
  const cashHidden = openTill(deps, connection) !== undefined;
  const totals = sumsBetween(store, span).flatMap((sum) => {
    const method = paymentMethods.find((known) => known === sum.method);
    return method === undefined || (cashHidden && method === 'cash') ? [] : [{ ...sum, method }];
  });
  return { items: paymentViews(store, rows), next, totals, cashHidden };
};

/** Another workstation's is a copy as well: that one knows whether it was printed there. */
const isCopy = (deps: FeatureDeps, id: string): boolean => {
  const own = ownReceipt(deps.store, id);
  return own === undefined || own.printed_at !== null;
};

const receipt = async (
  deps: FeatureDeps,
  { id, paper, language: asked }: Parsed<'payments.receipt'>,
): Promise<Result<Output<'payments.receipt'>>> => {
  const row = findPayment(deps.store, id);
  const patient = findPatient(deps.store, row?.patient_id ?? '');
  if (row === undefined || patient === undefined || row.receipt_number === null) return fail('not-found');
  const language = languageFor(patient, asked);
  const copy = isCopy(deps, id);
  const bytes = await drawReceipt(deps, row, { paper, language, copy });
  return ok({
    file: receiptFile(bytes, row, language),
    copy,
    patientId: row.patient_id as PatientId,
    number: row.receipt_number,
  });
};

const printed = (deps: FeatureDeps, { id }: Parsed<'payments.printed'>): Result<null> => {
  if (findPayment(deps.store, id) === undefined) return fail('not-found');
  const own = ownReceipt(deps.store, id);
  if (own?.printed_at === null)
    deps.store.mutate({ kind: 'payment.print', user: null }, (writer) =>
      writer.keep('own_receipt', { ...own, printed_at: instant(deps.clock.now()) }),
    );
  return ok(null);
};

/** Money as it comes and goes: only ever added, and everything that is open or left computed from it. */
export const paymentHandlers = (
  deps: FeatureDeps,
): Handlers<
  | 'payments.record'
  | 'payments.useDeposit'
  | 'payments.releaseDeposit'
  | 'payments.refund'
  | 'payments.of'
  | 'payments.get'
  | 'payments.balance'
  | 'payments.till'
  | 'payments.day'
  | 'payments.receipt'
  | 'payments.printed'
> => ({
  'payments.record': (input, connection) => record(deps, input, connection),
  'payments.useDeposit': (input, connection) => payFromDeposit(deps, input, connection),
  'payments.releaseDeposit': (input, connection) => backToDeposit(deps, input, connection),
  'payments.refund': (input, connection) => refund(deps, input, connection),
  'payments.of': (input) => ok(ledgerOf(deps, input)),
  'payments.get': (input) => one(deps, input),
  'payments.balance': ({ patientId }) => ok(balanceOn(deps, patientId)),
  'payments.till': (_input, connection) => {
    const session = openTill(deps, connection);
    return ok(session === undefined ? null : { name: session.name, currency: session.currency });
  },
  'payments.day': (input, connection) => ok(dayOf(deps, input, connection)),
  'payments.receipt': (input) => receipt(deps, input),
  'payments.printed': (input) => printed(deps, input),
});
