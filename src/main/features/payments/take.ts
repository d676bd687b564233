import { type Account, accountOf, ledgerRow, openOf, type PaymentRow } from '#main/core/account.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { Open } from '#shared/domain/billing/balance.ts';
import {
  type MoneyProblem,
  recordDeposit,
  recordPayment,
  recordRefund,
  refundMethods,
  releaseDeposit,
  useDeposit,
} from '#shared/domain/billing/payment.ts';
import { takesMoney, tillSummary } from '#shared/domain/billing/till.ts';
import { readAmount } from '#shared/domain/prices/money.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { PaymentId } from '#shared/kernel/ids.ts';
import { type AppError, fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import {
  findInvoice,
  findPatient,
  findPayment,
  lastNumber,
  type SessionRow,
  sessionsOf,
} from './repository.ts';

/** The session whoever is signed in takes money in; undefined where none is open. */
export const openTill = ({ store }: FeatureDeps, { user }: Connection): SessionRow | undefined =>
  sessionsOf(store, user?.id ?? '').find(({ events }) => takesMoney(tillSummary(events, [])));

/** At which field of the form a problem is shown, and by which word. */
const fieldOf: Readonly<Record<MoneyProblem, readonly [field: string, problem: string]>> = {
  amount: ['amount', 'number'],
  negative: ['amount', 'negative'],
  zero: ['amount', 'above-zero'],
  'too-much': ['amount', 'too-much'],
  'other-currency': ['amount', 'other-currency'],
  'more-than-remains': ['amount', 'more-than-open'],
  'reference-required': ['reference', 'required'],
  'tendered-too-little': ['tendered', 'tendered-too-little'],
  'not-issued': ['invoiceId', 'not-issued'],
  'no-source': ['amount', 'invalid'],
};

type Refused = { readonly ok: false; readonly error: AppError };

const refused = (problem: MoneyProblem, more = 'more-than-open'): Refused => {
  const [field, word] = fieldOf[problem];
  return fail('invalid-input', { fields: { [field]: word === 'more-than-open' ? more : word } });
};

const amountOf = (typed: string, currency: string, field = 'amount'): Result<number> => {
  const read = readAmount(typed, currency);
  return read.ok ? read : fail('invalid-input', { fields: { [field]: read.error } });
};

type Moved = Pick<
  RowOf<'payment'>,
  'patient_id' | 'kind' | 'method' | 'amount' | 'currency' | 'invoice_id' | 'source_id' | 'payer_id'
> &
  Partial<Pick<RowOf<'payment'>, 'tendered' | 'reference' | 'till_session_id' | 'reason'>>;

/** A number this workstation gives a receipt: never again, whatever becomes of the payment. */
const numbered = (deps: FeatureDeps, writer: LocalWriter, paymentId: string): string => {
  const prefix = `R${deps.store.workstation()?.deviceNo ?? 0}-`;
  const number = lastNumber(writer, prefix) + 1;
  writer.keep('own_receipt', { payment_id: paymentId, number, printed_at: null });
  return `${prefix}${number}`;
};

const movesMoney = (kind: string): boolean => kind !== 'deposit-use' && kind !== 'deposit-release';

/** Writes rows of the ledger in one piece of work. */
const add = (deps: FeatureDeps, kind: string, { user }: Connection, rows: readonly Moved[]): PaymentId[] => {
  const at = instant(deps.clock.now());
  const { value } = deps.store.mutate({ kind, user: user?.id ?? null }, (writer) =>
    rows.map((row) => {
      const id = deps.newId() as PaymentId;
      writer.insert('payment', {
        ...blank('payment'),
        ...row,
        id,
        location_id: deps.store.workstation()?.locationId ?? null,
        receipt_number: movesMoney(row.kind) ? numbered(deps, writer, id) : null,
        paid_at: at,
        recorded_at: at,
        recorded_by: user?.id ?? null,
      });
      return id;
    }),
  );
  deps.engine.wake();
  return value;
};

/** Where the money goes: cash into the cashier's own session and into no other; the rest is noted with it when there is one. */
const tillFor = (
  deps: FeatureDeps,
  connection: Connection,
  method: string,
  currency: string,
): Result<string | null> => {
  const session = openTill(deps, connection);
  if (session?.currency === currency) return ok(session.id);
  return method === 'cash' ? fail('no-till') : ok(null);
};

type Asked = Parsed<'payments.record'>;

interface Typed {
  readonly amount: number;
  readonly tendered: number | null;
}

const typedOf = ({ amount, tendered, method, currency }: Asked): Result<Typed> => {
  const read = amountOf(amount, currency);
  if (!read.ok) return read;
  if (method !== 'cash' || tendered.trim() === '') return ok({ amount: read.value, tendered: null });
  const handed = amountOf(tendered, currency, 'tendered');
  return handed.ok ? ok({ amount: read.value, tendered: handed.value }) : handed;
};

const moved = (asked: Asked, { amount, tendered }: Typed) => ({
  method: asked.method,
  amount,
  tendered,
  currency: asked.currency,
  reference: asked.method === 'cash' || asked.reference === '' ? null : asked.reference,
});

const writeTaken = (
  deps: FeatureDeps,
  connection: Connection,
  asked: Asked,
  typed: Typed,
  parts: readonly (Pick<Moved, 'patient_id' | 'kind' | 'amount' | 'invoice_id' | 'payer_id'> & {
    readonly tendered: number | null;
  })[],
): Result<Output<'payments.record'>> => {
  const till = tillFor(deps, connection, asked.method, asked.currency);
  if (!till.ok) return till;
  const rest = moved(asked, typed);
  const rows = parts.map((part) => ({ ...rest, ...part, source_id: null, till_session_id: till.value }));
  const kind = parts.every((part) => part.kind === 'deposit') ? 'payment.deposit' : 'payment.record';
  const ids = add(deps, kind, connection, rows);
  const change = typed.tendered === null ? 0 : typed.tendered - typed.amount;
  return ok({ ids, change, currency: asked.currency });
};

const takeDeposit = (
  deps: FeatureDeps,
  asked: Asked,
  connection: Connection,
): Result<Output<'payments.record'>> => {
  if (findPatient(deps.store, asked.patientId) === undefined) return fail('not-found');
  const currency = deps.settings.of('clinic.currency', null);
  if (currency === null) return fail('no-currency');
  if (asked.currency !== currency) return refused('other-currency');
  const typed = typedOf(asked);
  if (!typed.ok) return typed;
  const taken = recordDeposit(moved(asked, typed.value));
  if (!taken.ok) return refused(taken.error);
  const { amount, tendered } = typed.value;
  return writeTaken(deps, connection, asked, typed.value, [
    { patient_id: asked.patientId, kind: 'deposit', amount, tendered, invoice_id: null, payer_id: null },
  ]);
};

const openOfInvoice = (account: Account, invoiceId: string) =>
  openOf(account).find(({ id }) => id === invoiceId);

/** How much of what is paid is more than is open, where the person says that it is a deposit. */
const surplusOf = ({ restAsDeposit, byPayer }: Asked, amount: number, open: Open): number =>
  restAsDeposit && !byPayer ? Math.max(0, amount - Math.max(0, open.patient)) : 0;

const takePayment = (
  deps: FeatureDeps,
  asked: Asked,
  invoiceId: string,
  connection: Connection,
): Result<Output<'payments.record'>> => {
  const row = findInvoice(deps.store, invoiceId);
  const account = accountOf(deps.store, asked.patientId);
  const invoice = openOfInvoice(account, invoiceId);
  if (row === undefined || invoice === undefined) return fail('not-found');
  if (asked.currency !== invoice.currency) return refused('other-currency');
  const payerId = asked.byPayer ? row.payer_id : null;
  if (asked.byPayer && payerId === null) return fail('not-found');
  const typed = typedOf(asked);
  if (!typed.ok) return typed;
  const { amount, tendered } = typed.value;
  const surplus = surplusOf(asked, amount, invoice.open);
  const paid = amount - surplus;
  // All of it is looked at as what it is: nothing of an invoice, all a deposit.
  if (paid === 0 && surplus > 0) return takeDeposit(deps, asked, connection);
  // The change comes of the whole, so the part for the invoice is handed over as it is.
  const tenderedPart = tendered === null || surplus === 0 ? tendered : paid;
  const part = { amount: paid, tendered: tenderedPart };
  const taken = recordPayment({ ...moved(asked, part), payerId }, invoice, invoice.open);
  if (!taken.ok) return refused(taken.error);
  const rest = { amount: surplus, tendered: tendered === null ? null : tendered - paid };
  if (surplus > 0) {
    const deposited = recordDeposit(moved(asked, rest));
    if (!deposited.ok) return refused(deposited.error);
  }
  const of = { patient_id: row.patient_id, payer_id: payerId };
  return writeTaken(deps, connection, asked, typed.value, [
    { ...of, ...part, kind: 'payment', invoice_id: invoiceId },
    ...(surplus > 0 ? [{ ...of, ...rest, kind: 'deposit', invoice_id: null }] : []),
  ]);
};

export const record = (
  deps: FeatureDeps,
  asked: Asked,
  connection: Connection,
): Result<Output<'payments.record'>> =>
  asked.invoiceId === null
    ? takeDeposit(deps, asked, connection)
    : takePayment(deps, asked, asked.invoiceId, connection);

/** What takes of a row: nothing is asked about money that moves. */
const drawing = (source: PaymentRow, kind: string, amount: number, reason: string | null): Moved => ({
  patient_id: source.patient_id,
  kind,
  method: 'deposit',
  amount,
  currency: source.currency,
  invoice_id: source.invoice_id,
  source_id: source.id,
  payer_id: source.payer_id,
  reason,
});

const only = (ids: readonly PaymentId[]): Result<{ id: PaymentId }> => {
  const [id] = ids;
  return id === undefined ? fail('internal') : ok({ id });
};

export const payFromDeposit = (
  deps: FeatureDeps,
  { depositId, invoiceId, amount: typed }: Parsed<'payments.useDeposit'>,
  connection: Connection,
): Result<{ id: PaymentId }> => {
  const deposit = findPayment(deps.store, depositId);
  if (deposit === undefined) return fail('not-found');
  const account = accountOf(deps.store, deposit.patient_id);
  const invoice = openOfInvoice(account, invoiceId);
  if (invoice === undefined) return fail('not-found');
  const amount = amountOf(typed, deposit.currency);
  if (!amount.ok) return amount;
  const money = { amount: amount.value, currency: deposit.currency };
  const used = useDeposit(money, ledgerRow(deposit), account.ledger, invoice, invoice.open);
  if (!used.ok) return refused(used.error, 'more-than-open-or-left');
  const row = {
    ...drawing(deposit, 'deposit-use', amount.value, null),
    patient_id: invoice.row.patient_id,
    invoice_id: invoiceId,
  };
  return only(add(deps, 'payment.use-deposit', connection, [row]));
};

export const backToDeposit = (
  deps: FeatureDeps,
  { useId, amount: typed, reason }: Parsed<'payments.releaseDeposit'>,
  connection: Connection,
): Result<{ id: PaymentId }> => {
  const use = findPayment(deps.store, useId);
  if (use === undefined) return fail('not-found');
  const amount = amountOf(typed, use.currency);
  if (!amount.ok) return amount;
  const money = { amount: amount.value, currency: use.currency };
  const released = releaseDeposit(money, ledgerRow(use), accountOf(deps.store, use.patient_id).ledger);
  if (!released.ok) return refused(released.error, 'more-than-left');
  const row = drawing(use, 'deposit-release', amount.value, reason);
  return only(add(deps, 'payment.release-deposit', connection, [row]));
};

export const refund = (
  deps: FeatureDeps,
  { paymentId, amount: typed, method, reference: named, reason }: Parsed<'payments.refund'>,
  connection: Connection,
): Result<{ id: PaymentId }> => {
  const source = findPayment(deps.store, paymentId);
  if (source === undefined) return fail('not-found');
  if (!refundMethods(source.method).includes(method))
    return fail('invalid-input', { fields: { method: 'invalid' } });
  const amount = amountOf(typed, source.currency);
  if (!amount.ok) return amount;
  const reference = method === 'cash' || named === '' ? null : named;
  const money = { amount: amount.value, currency: source.currency, method, reference };
  const given = recordRefund(money, ledgerRow(source), accountOf(deps.store, source.patient_id).ledger);
  if (!given.ok) return refused(given.error, 'more-than-left');
  const till = tillFor(deps, connection, method, source.currency);
  if (!till.ok) return till;
  const row = {
    ...drawing(source, 'refund', amount.value, reason),
    method,
    reference,
    till_session_id: till.value,
  };
  return only(add(deps, 'payment.refund', connection, [row]));
};
