import type { TillEvent } from './till.ts';

/** A session as it is kept, and a row of what happened in it (`till_session`, `till_event`). */
export interface TillSessionRow {
  readonly cashier_id: string;
  readonly opening_float: number;
}

export interface TillEventRow {
  readonly kind: string;
  readonly turn: number | null;
  readonly amount: number | null;
  readonly expected: number | null;
  readonly reason: string | null;
  readonly account_id: string;
  readonly other_account_id: string | null;
}

const eventOf = (row: TillEventRow): TillEvent | null => {
  const { account_id: by } = row;
  const [turn, amount] = [row.turn ?? 0, row.amount ?? 0];
  switch (row.kind) {
    case 'cash-in':
    case 'cash-out':
      return { kind: row.kind, by, amount, reason: row.reason ?? '' };
    case 'counted':
      return { kind: 'counted', by, turn, amount };
    case 'approved':
      return { kind: 'approved', by, turn, expected: row.expected ?? 0 };
    case 'rejected':
      return { kind: 'rejected', by, turn };
    case 'handed-over':
      return { kind: 'handed-over', by, to: row.other_account_id ?? '' };
    case 'closed':
    case 'signed':
      return { kind: row.kind, by };
    // A later version's.
    default:
      return null;
  }
};

/** What happened in a session, from its rows: it was opened by its cashier, then came these. */
export const tillEventsOf = (
  session: TillSessionRow,
  rows: readonly TillEventRow[],
): readonly TillEvent[] => [
  { kind: 'opened', by: session.cashier_id, amount: session.opening_float },
  ...rows.map(eventOf).filter((event) => event !== null),
];
