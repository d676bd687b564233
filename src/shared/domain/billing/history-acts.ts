import { openInvoices } from './balance.ts';
import type { InvoiceLineRow, InvoiceRow } from './books.ts';
import { type Credited, creditLine, remainsOf } from './credit.ts';
import type { ClinicOfHistory, MovedRow, Rows, SessionEvent } from './history-rows.ts';
import { leftOf, type PaymentKind } from './ledger.ts';
import { discountOf, invoiceTotals, lineAmounts } from './line.ts';
import {
  needsReference,
  type PaymentMethod,
  recordPayment,
  recordRefund,
  releaseDeposit,
  useDeposit,
} from './payment.ts';
import { checkTillEvent, type TillEvent, takesMoney, tillSummary } from './till.ts';

/** Where somebody acts: what their desk has seen, and the numbers they choose by. */
export interface Scene extends ClinicOfHistory {
  readonly view: Rows;
  readonly cashier: string;
  readonly numbers: number[];
}

/** What somebody writes; null where there was nothing to do. */
export type Act = (scene: Scene) => Partial<Rows> | null;

const draw = ({ numbers }: Scene): number => numbers.shift() ?? 0;

const pick = <T>(scene: Scene, items: readonly T[]): T => {
  const item = items[draw(scene) % items.length];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
};

/** All of an amount above zero, or a part of it. */
const upTo = (scene: Scene, most: number): number =>
  draw(scene) % 3 === 0 ? most : 1 + (draw(scene) % most);

const must = <T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string },
): T => {
  if (!result.ok) throw new Error(`a history asked for what cannot be: ${result.error}`);
  return result.value;
};

const newLine = (scene: Scene, invoiceId: string, coverRate: number): InvoiceLineRow => {
  const terms = {
    unitPrice: draw(scene) % 10 ** (1 + (draw(scene) % 7)),
    quantity: pick(scene, ['1', '1', '2', '0.5', '1.333', '12']),
    taxRate: pick(scene, [0, 0, 1800, 550, 1, 333]),
  };
  const discount = discountOf(terms.unitPrice, terms.quantity, pick(scene, [0, 0, 0, 1000, 3333, 10_000]));
  const amounts = must(lineAmounts({ ...terms, discount, coverRate }));
  return { id: scene.newId(), invoiceId, corrects: null, ...terms, discount, ...amounts };
};

const newInvoice = (
  scene: Scene,
  patientId: string,
  lines: readonly InvoiceLineRow[],
  more: Pick<InvoiceRow, 'id' | 'kind' | 'corrects'>,
): InvoiceRow => {
  const { gross, payerShare } = must(invoiceTotals(lines));
  return {
    ...more,
    patientId,
    status: 'issued',
    currency: scene.currency,
    series: pick(scene, ['A', 'B']),
    fiscalNumber: null,
    total: gross,
    payerTotal: payerShare,
  };
};

const issue: Act = (scene) => {
  const patientId = pick(scene, scene.patients);
  const id = scene.newId();
  const coverRate = pick(scene, [0, 0, 8500, 10_000, 3333]);
  const lines = Array.from({ length: 1 + (draw(scene) % 3) }, () => newLine(scene, id, coverRate));
  return { lines, invoices: [newInvoice(scene, patientId, lines, { id, kind: 'invoice', corrects: null })] };
};

/** The invoices of a patient with what is open of them, as this desk sees it. */
const billedTo = ({ view }: Scene, patientId: string) => {
  const own = view.invoices.filter((invoice) => invoice.patientId === patientId);
  return openInvoices(
    own.map((invoice) => ({
      ...invoice,
      lines: view.lines.filter(({ invoiceId }) => invoiceId === invoice.id),
    })),
    moneyOf(view, patientId),
  );
};

const moneyOf = (view: Rows, patientId: string): readonly MovedRow[] =>
  view.payments.filter((row) => row.patientId === patientId);

interface Session {
  readonly id: string | null;
  readonly events: readonly SessionEvent[];
}

const eventsOf = (view: Rows, sessionId: string): readonly TillEvent[] =>
  view.events.filter((one) => one.sessionId === sessionId).map(({ event }) => event);

const sessionNow = ({ view, cashier }: Scene) => {
  const id = view.events.findLast(({ event }) => event.kind === 'opened' && event.by === cashier)?.sessionId;
  if (id === undefined) return null;
  const [events, money] = [eventsOf(view, id), view.payments.filter(({ sessionId }) => sessionId === id)];
  return { id, events, money, ...tillSummary(events, money) };
};

/** The session that takes money, opened where the last is closed; none between a count and the close. */
const session = (scene: Scene): Session => {
  const now = sessionNow(scene);
  if (now !== null && now.state !== 'closed') return { id: takesMoney(now) ? now.id : null, events: [] };
  const id = scene.newId();
  const event: TillEvent = { kind: 'opened', by: scene.cashier, amount: draw(scene) % 100_000 };
  return { id, events: [{ id: scene.newId(), sessionId: id, event }] };
};

type Movement = Pick<MovedRow, 'patientId' | 'kind' | 'amount'> & Partial<MovedRow>;

const row = (scene: Scene, movement: Movement): MovedRow => ({
  id: scene.newId(),
  invoiceId: null,
  sourceId: null,
  payerId: null,
  currency: scene.currency,
  method: null,
  reference: null,
  sessionId: null,
  ...movement,
});

/** Money that moves at the till, by a method that can be chosen now. */
const atTill = (scene: Scene, movement: Movement): Partial<Rows> => {
  const { id: sessionId, events } = session(scene);
  const methods: readonly PaymentMethod[] = ['card', 'mobile-money'];
  const method = pick<PaymentMethod>(
    scene,
    sessionId === null ? methods : [...methods, 'cash', 'cash', 'cash'],
  );
  const reference = needsReference(method) ? `R${draw(scene)}` : null;
  return { events, payments: [row(scene, { ...movement, method, reference, sessionId })] };
};

const pay =
  (side: 'patient' | 'payer'): Act =>
  (scene) => {
    const patientId = pick(scene, scene.patients);
    const due = billedTo(scene, patientId).filter(({ open }) => open[side] > 0);
    if (due.length === 0) return null;
    const invoice = pick(scene, due);
    const amount = upTo(scene, invoice.open[side]);
    const payerId = side === 'payer' ? scene.payer : null;
    const movement: Movement = { patientId, kind: 'payment', amount, payerId, invoiceId: invoice.id };
    const money = {
      amount,
      currency: scene.currency,
      method: 'bank-transfer',
      reference: `B${draw(scene)}`,
      payerId,
    } as const;
    must(recordPayment(money, invoice, invoice.open));
    if (side === 'patient') return atTill(scene, movement);
    return { payments: [row(scene, { ...movement, method: 'bank-transfer' })] };
  };

const deposit: Act = (scene) =>
  atTill(scene, {
    patientId: pick(scene, scene.patients),
    kind: 'deposit',
    amount: 1 + (draw(scene) % 10 ** (1 + (draw(scene) % 6))),
  });

/** A row of one of these kinds of which something is left. */
const sourceFor = (scene: Scene, ...kinds: readonly PaymentKind[]) => {
  const patientId = pick(scene, scene.patients);
  const rows = moneyOf(scene.view, patientId);
  const sources = rows.filter((one) => kinds.includes(one.kind) && leftOf(one, rows) > 0);
  if (sources.length === 0) return null;
  const source = pick(scene, sources);
  return { patientId, rows, source, left: leftOf(source, rows) };
};

const use: Act = (scene) => {
  const found = sourceFor(scene, 'deposit');
  const due = found === null ? [] : billedTo(scene, found.patientId).filter(({ open }) => open.patient > 0);
  if (found === null || due.length === 0) return null;
  const invoice = pick(scene, due);
  const amount = upTo(scene, Math.min(found.left, invoice.open.patient));
  must(useDeposit({ amount, currency: scene.currency }, found.source, found.rows, invoice, invoice.open));
  const { patientId, source } = found;
  return {
    payments: [
      row(scene, { patientId, kind: 'deposit-use', amount, sourceId: source.id, invoiceId: invoice.id }),
    ],
  };
};

const release: Act = (scene) => {
  const found = sourceFor(scene, 'deposit-use');
  if (found === null) return null;
  const { patientId, rows, source, left } = found;
  const amount = upTo(scene, left);
  must(releaseDeposit({ amount, currency: scene.currency }, source, rows));
  const { id: sourceId, invoiceId } = source;
  return { payments: [row(scene, { patientId, kind: 'deposit-release', amount, sourceId, invoiceId })] };
};

const refund: Act = (scene) => {
  const found = sourceFor(scene, 'payment', 'deposit');
  if (found === null) return null;
  const { patientId, rows, source, left } = found;
  const amount = upTo(scene, left);
  must(recordRefund({ amount, currency: scene.currency, method: 'cash', reference: null }, source, rows));
  const { id: sourceId, invoiceId, payerId } = source;
  return atTill(scene, { patientId, kind: 'refund', amount, sourceId, invoiceId, payerId });
};

const creditOf = (scene: Scene, noteId: string, line: InvoiceLineRow): readonly InvoiceLineRow[] => {
  const earlier = scene.view.lines.filter(({ corrects }) => corrects === line.id);
  const { gross } = remainsOf(line, earlier);
  const ways: readonly Credited[] = [
    'rest',
    { quantity: pick(scene, ['1', '0.5', '0.333', line.quantity]) },
    { amount: gross > 0 ? upTo(scene, gross) : 0 },
  ];
  const credit = creditLine(line, earlier, pick(scene, ways));
  if (!credit.ok) return [];
  const { unitPrice, taxRate } = line;
  return [
    {
      id: scene.newId(),
      invoiceId: noteId,
      corrects: line.id,
      unitPrice,
      taxRate,
      discount: 0,
      ...credit.value,
    },
  ];
};

const credit: Act = (scene) => {
  const patientId = pick(scene, scene.patients);
  const invoices = billedTo(scene, patientId);
  if (invoices.length === 0) return null;
  const invoice = pick(scene, invoices);
  const id = scene.newId();
  const lines = scene.view.lines
    .filter(({ invoiceId }) => invoiceId === invoice.id)
    .slice(draw(scene) % 2)
    .flatMap((line) => creditOf(scene, id, line));
  if (lines.length === 0) return null;
  const more = { id, kind: 'credit-note', corrects: invoice.id } as const;
  return { lines, invoices: [newInvoice(scene, patientId, lines, more)] };
};

/** An event of the session at this desk, where it may come now. */
const inSession =
  (eventOf: (scene: Scene, now: NonNullable<ReturnType<typeof sessionNow>>) => TillEvent): Act =>
  (scene) => {
    const now = sessionNow(scene);
    if (now === null) return null;
    const event = eventOf(scene, now);
    if (!checkTillEvent(now.events, now.money, event).ok) return null;
    return { events: [{ id: scene.newId(), sessionId: now.id, event }] };
  };

const moveCash = inSession((scene) => ({
  kind: pick(scene, ['cash-in', 'cash-out'] as const),
  by: scene.cashier,
  amount: 1 + (draw(scene) % 5000),
  reason: 'change',
}));

const count = inSession((scene, { turn, expected }) => ({
  kind: 'counted',
  turn: turn + 1,
  by: scene.cashier,
  amount: Math.max(0, expected + pick(scene, [0, 0, 0, -50, 13])),
}));

const judge = inSession((scene, { turn, expected }) =>
  draw(scene) % 3 === 0
    ? { kind: 'rejected', turn, by: scene.supervisor }
    : { kind: 'approved', turn, by: scene.supervisor, expected },
);

const handOver = inSession(({ cashier, supervisor }) => ({
  kind: 'handed-over',
  by: cashier,
  to: supervisor,
}));

const close = inSession(({ cashier }) => ({ kind: 'closed', by: cashier }));

const sign = inSession(({ cashier }) => ({ kind: 'signed', by: cashier }));

/** What can be done at a desk, besides meeting the centre. */
export const acts = {
  issue,
  pay: pay('patient'),
  'payer-pays': pay('payer'),
  deposit,
  use,
  release,
  refund,
  credit,
  'move-cash': moveCash,
  count,
  judge,
  'hand-over': handOver,
  close,
  sign,
} as const satisfies Readonly<Record<string, Act>>;

export type StepKind = keyof typeof acts | 'meet';
