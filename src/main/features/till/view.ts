import { createHash } from 'node:crypto';
import type { LocalReader } from '#main/data/local/store.ts';
import type { TillSessionView } from '#shared/contract/till.ts';
import {
  type TillEvent,
  type TillMoney,
  type TillSummary,
  tillSummary,
} from '#shared/domain/billing/till.ts';
import { canonicalFacts, figuresOf, type TillFigures } from '#shared/domain/billing/till-report.ts';
import { tillEventsOf } from '#shared/domain/billing/till-rows.ts';
import type { LocationId, StaffAccountId, TillSessionId } from '#shared/kernel/ids.ts';
import { type EventRow, eventsOf, type MoneyRow, moneyOf, type SessionRow } from './repository.ts';

/** A session with all that happened in it. */
export interface Session {
  readonly row: SessionRow;
  readonly rows: readonly EventRow[];
  readonly events: readonly TillEvent[];
  readonly payments: readonly MoneyRow[];
  readonly money: readonly TillMoney[];
  readonly summary: TillSummary;
}

const moneyOfRow = ({ kind, method, amount }: MoneyRow): TillMoney => ({
  kind: kind as TillMoney['kind'],
  method,
  amount,
});

/** Sessions with what happened in them, in the order of their rows. */
export const sessionsFrom = (reader: LocalReader, rows: readonly SessionRow[]): readonly Session[] => {
  const ids = rows.map(({ id }) => id);
  const happened = Map.groupBy(eventsOf(reader, ids), ({ session_id }) => session_id);
  const moved = Map.groupBy(moneyOf(reader, ids), ({ till_session_id }) => till_session_id);
  return rows.map((row) => {
    const all = happened.get(row.id) ?? [];
    // Money of another currency is in no sum; `reconcile` tells of it.
    const payments = (moved.get(row.id) ?? []).filter(({ currency }) => currency === row.currency);
    const events = tillEventsOf(row, all);
    const money = payments.map(moneyOfRow);
    return { row, rows: all, events, payments, money, summary: tillSummary(events, money) };
  });
};

export const sessionFrom = (reader: LocalReader, row: SessionRow | undefined): Session | null =>
  row === undefined ? null : (sessionsFrom(reader, [row])[0] ?? null);

const receiptsOf = (payments: readonly MoneyRow[]): { first: string; last: string } | null => {
  const numbers = payments.flatMap(({ receipt_number }) => receipt_number ?? []);
  const [first, last] = [numbers[0], numbers.at(-1)];
  return first === undefined || last === undefined ? null : { first, last };
};

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What is signed of a session. */
export const signedText = ({ row, payments }: Session, figures: TillFigures): string => {
  const receipts = receiptsOf(payments);
  return canonicalFacts({
    sessionId: row.id,
    cashierId: row.cashier_id,
    currency: row.currency,
    figures,
    payments: payments.length,
    firstReceipt: receipts?.first ?? null,
    lastReceipt: receipts?.last ?? null,
  });
};

/** What was expected when a report was signed, as its kept text tells. */
const expectedThen = (details: string | null): number | null => {
  try {
    const { expected } = JSON.parse(details ?? '{}') as { readonly expected?: unknown };
    return typeof expected === 'number' ? expected : null;
  } catch {
    return null;
  }
};

const signedOf = (session: Session, figures: TillFigures | null): TillSessionView['signed'] => {
  const row = session.rows.find(({ kind }) => kind === 'signed');
  if (row === undefined) return null;
  return {
    byName: row.by_name,
    at: row.happened_at,
    digest: row.digest ?? '',
    changed: figures === null || sha256(signedText(session, figures)) !== row.digest,
    expected: expectedThen(row.details),
  };
};

const countsOf = ({ rows }: Session): TillSessionView['counts'] => {
  const said = rows.filter(({ kind }) => kind === 'approved' || kind === 'rejected');
  return rows
    .filter(({ kind }) => kind === 'counted')
    .map((row) => {
      const answers = said.filter(({ turn }) => turn === row.turn);
      const answer = answers.find(({ kind }) => kind === 'rejected') ?? answers.at(-1);
      return {
        turn: row.turn ?? 0,
        amount: row.amount ?? 0,
        byName: row.by_name,
        at: row.happened_at,
        said: answer === undefined ? null : answer.kind === 'approved' ? 'approved' : 'rejected',
        saidByName: answer?.by_name ?? null,
        reason: answer?.reason ?? null,
      };
    });
};

const movesOf = ({ rows }: Session): TillSessionView['moves'] =>
  rows.flatMap(({ id, kind, amount, reason, by_name, happened_at }) =>
    kind === 'cash-in' || kind === 'cash-out'
      ? [{ id, kind, amount: amount ?? 0, reason: reason ?? '', byName: by_name, at: happened_at }]
      : [],
  );

/** How many rows of sessions the centre has not confirmed. */
const unsentIn = (reader: LocalReader, sessions: readonly Session[]) => {
  const open = reader.uncertain(
    'till_session',
    sessions.map(({ row }) => row.id),
  );
  const events = reader.uncertain(
    'till_event',
    sessions.flatMap(({ rows }) => rows.map(({ id }) => id)),
  );
  const payments = reader.uncertain(
    'payment',
    sessions.flatMap((session) => session.payments.map(({ id }) => id)),
  );
  return (session: Session) => {
    const found = [
      open.get(session.row.id),
      ...session.rows.map(({ id }) => events.get(id)),
      ...session.payments.map(({ id }) => payments.get(id)),
    ].filter((certainty) => certainty !== undefined);
    const worst = found.includes('parked') ? ('parked' as const) : found[0];
    return { unsent: found.length, certainty: worst ?? ('confirmed' as const) };
  };
};

const handedOver = ({ rows }: Session): string | null =>
  rows.find(({ kind }) => kind === 'handed-over')?.other_name ?? null;

/** Sessions as screens see them. Of one that is to be counted nothing is told that tells what is expected. */
export const sessionViews = (
  reader: LocalReader,
  sessions: readonly Session[],
): readonly TillSessionView[] => {
  const unsent = unsentIn(reader, sessions);
  const open = sessions.filter(({ summary }) => summary.state !== 'closed');
  return sessions.map((session): TillSessionView => {
    const { row, rows, summary, money, payments } = session;
    const figures = figuresOf(summary, money);
    const rivals = open.filter(
      ({ row: other }) =>
        other.id !== row.id && (other.till_id === row.till_id || other.cashier_id === row.cashier_id),
    );
    return {
      id: row.id as TillSessionId,
      tillName: row.till_name,
      siteId: row.site_id as LocationId,
      siteName: row.site_name,
      cashierId: row.cashier_id as StaffAccountId,
      cashierName: row.cashier_name,
      currency: row.currency,
      openedAt: row.opened_at,
      closedAt: rows.find(({ kind }) => kind === 'closed')?.happened_at ?? null,
      float: row.opening_float,
      state: summary.state === 'unopened' ? 'open' : summary.state,
      moves: movesOf(session),
      counts: countsOf(session),
      turn: summary.turn,
      figures: figures === null ? null : { ...figures, takings: [...figures.takings] },
      isSettled: summary.isSettled,
      handedToName: handedOver(session),
      receipts: figures === null ? null : receiptsOf(payments),
      signed: signedOf(session, figures),
      alsoOpen: summary.state !== 'closed' && rivals.length > 0,
      ...unsent(session),
    };
  });
};
