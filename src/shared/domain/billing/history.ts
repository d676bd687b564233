/**
 * A clinic that bills, for proof: steps of people at desks, with numbers for their choices. Each desk works on what it has seen and
 * meets the centre now and then, which refuses what would take more than there is. The property tests and
 * `npm run central -- reconcile --demo` hold the statements against what comes of it.
 */

import type { Books, InvoiceLineRow, InvoiceRow } from './books.ts';
import { remainsOf } from './credit.ts';
import { type Act, acts, type StepKind } from './history-acts.ts';
import type { ClinicOfHistory, MovedRow, Mutation, Rows, SessionEvent } from './history-rows.ts';
import { leftOf } from './ledger.ts';

/** What somebody does at a desk; what it is done with is chosen by the numbers. */
export interface Step {
  readonly what: StepKind;
  readonly desk: number;
  readonly numbers: readonly number[];
}

export interface History {
  play(step: Step): void;
  /** Everybody meets the centre. */
  settle(): void;
  /** What the centre took, in its order. */
  readonly accepted: readonly Mutation[];
  /** What it refused, and how much it had taken by then. */
  readonly refused: readonly { readonly mutation: Mutation; readonly after: number }[];
}

interface Ledger extends Rows {
  readonly invoices: InvoiceRow[];
  readonly lines: InvoiceLineRow[];
  readonly payments: MovedRow[];
  readonly events: SessionEvent[];
}

const copyOf = ({ invoices, lines, payments, events }: Rows): Ledger => ({
  invoices: [...invoices],
  lines: [...lines],
  payments: [...payments],
  events: [...events],
});

const isNothing = ({ invoices, lines, payments, events }: Rows): boolean =>
  [...invoices, ...lines, ...payments, ...events].length === 0;

const addTo = (ledger: Ledger, { invoices, lines, payments, events }: Rows): void => {
  ledger.invoices.push(...invoices);
  ledger.lines.push(...lines);
  ledger.payments.push(...payments);
  ledger.events.push(...events);
};

const takesTooMuch = (ledger: Rows, credit: InvoiceLineRow): boolean => {
  const line = ledger.lines.find(({ id }) => id === credit.corrects);
  if (line === undefined) return true;
  const left = remainsOf(line, [...ledger.lines.filter(({ corrects }) => corrects === line.id), credit]);
  const parts = [left.net, left.tax, left.payerShare, left.patientShare];
  return parts.some((part) => part < 0);
};

/** Whether the centre takes it: nothing takes more of a line, a payment or a deposit than there is. */
const isTaken = (ledger: Rows, { lines, payments }: Rows): boolean => {
  if (lines.some((line) => line.corrects !== null && takesTooMuch(ledger, line))) return false;
  return payments.every(({ sourceId, ...row }) => {
    if (sourceId === null) return true;
    const source = ledger.payments.find(({ id }) => id === sourceId);
    return source !== undefined && leftOf(source, ledger.payments) >= row.amount;
  });
};

const numbered = (mutation: Mutation, last: Map<string, number>): Mutation => ({
  ...mutation,
  invoices: mutation.invoices.map((invoice) => {
    const fiscalNumber = (last.get(invoice.series) ?? 0) + 1;
    last.set(invoice.series, fiscalNumber);
    return { ...invoice, fiscalNumber };
  }),
});

/** A clinic in which nothing has happened yet. */
export const beginHistory = (clinic: ClinicOfHistory): History => {
  const nothing: Rows = { invoices: [], lines: [], payments: [], events: [] };
  const centre = copyOf(nothing);
  const last = new Map<string, number>();
  const accepted: Mutation[] = [];
  const refused: History['refused'][number][] = [];
  const desks = clinic.cashiers.map((cashier) => ({
    cashier,
    view: copyOf(nothing),
    waiting: [] as Mutation[],
  }));
  let step = 0;

  const send = (mutation: Mutation): void => {
    if (!isTaken(centre, mutation)) {
      refused.push({ mutation, after: accepted.length });
      return;
    }
    const taken = numbered(mutation, last);
    addTo(centre, taken);
    accepted.push(taken);
  };
  const meet = (desk: (typeof desks)[number]): void => {
    for (const mutation of desk.waiting.splice(0)) send(mutation);
    desk.view = copyOf(centre);
  };

  const play = ({ what, desk: number, numbers }: Step): void => {
    const desk = desks[number % desks.length];
    if (desk === undefined) return;
    step += 1;
    // Cash is counted when the centre has said which refunds stand.
    if (what === 'meet' || what === 'count') meet(desk);
    const act: Act | undefined = what === 'meet' ? undefined : acts[what];
    const written =
      act?.({ ...clinic, view: desk.view, cashier: desk.cashier, numbers: [...numbers] }) ?? nothing;
    // A session goes on though the refund it was opened for is refused.
    for (const part of [{ events: written.events ?? [] }, { ...written, events: [] }]) {
      const mutation = { ...nothing, ...part, desk: number % desks.length, step };
      if (isNothing(mutation)) continue;
      addTo(desk.view, mutation);
      desk.waiting.push(mutation);
    }
  };
  return {
    play,
    settle: () => {
      for (const desk of desks) meet(desk);
    },
    accepted,
    refused,
  };
};

/** The books of these mutations, in whatever order they come. */
export const booksOf = (mutations: readonly Rows[], currency: string): Books => {
  const payments = mutations.flatMap((mutation) => mutation.payments);
  const invoices = mutations.flatMap((mutation) => mutation.invoices);
  const bySession = Map.groupBy(payments, ({ sessionId }) => sessionId);
  const events = Map.groupBy(
    mutations.flatMap((mutation) => mutation.events),
    ({ sessionId }) => sessionId,
  );
  const series = Map.groupBy(invoices, (invoice) => invoice.series);
  return {
    invoices,
    payments,
    lines: mutations.flatMap(({ lines }) => lines),
    sessions: [...events].map(([id, own]) => ({
      id,
      currency,
      events: own.map(({ event }) => event),
      money: bySession.get(id) ?? [],
    })),
    series: [...series].map(([name, own]) => ({
      series: name,
      after: 0,
      numbers: own.map(({ fiscalNumber }) => fiscalNumber ?? 0).toSorted((a, b) => a - b),
      last: own.length,
    })),
  };
};
