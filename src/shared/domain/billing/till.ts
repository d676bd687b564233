import type { Result } from '#shared/kernel/result.ts';

/**
 * A session at a till: from the float it is opened with to the count it is closed with. Everything is computed from events and the
 * money that moved, whatever the order they arrive in. The count is blind: who counts is not told what is expected.
 */

/** What happens to a session. `turn` is of the count it speaks of; the first is 1, each recount one more. */
export type TillEvent =
  | { readonly kind: 'opened'; readonly by: string; readonly amount: number }
  | {
      readonly kind: 'cash-in' | 'cash-out';
      readonly by: string;
      readonly amount: number;
      readonly reason: string;
    }
  | { readonly kind: 'counted'; readonly turn: number; readonly by: string; readonly amount: number }
  | {
      readonly kind: 'approved';
      readonly turn: number;
      readonly by: string;
      /** What was expected when the variance was accepted: another variance is not. */
      readonly expected: number;
    }
  | { readonly kind: 'rejected'; readonly turn: number; readonly by: string }
  | { readonly kind: 'handed-over'; readonly by: string; readonly to: string }
  | { readonly kind: 'closed' | 'signed'; readonly by: string };

export type TillEventKind = TillEvent['kind'];

/** Money that moved at the till; only cash is in the drawer. */
export interface TillMoney {
  readonly kind: 'payment' | 'deposit' | 'deposit-use' | 'deposit-release' | 'refund';
  readonly method: string | null;
  readonly amount: number;
}

export type TillState = 'unopened' | 'open' | 'counted' | 'closed';

export interface TillSummary {
  readonly state: TillState;
  /** Who opened it, and answers for it. */
  readonly openedBy: string | null;
  readonly float: number;
  readonly cashTaken: number;
  readonly cashRefunded: number;
  readonly cashIn: number;
  readonly cashOut: number;
  /** What should be in the drawer. Not to be shown to who is about to count. */
  readonly expected: number;
  /** The last count; null before the first. */
  readonly counted: number | null;
  readonly turn: number;
  /** The count less what is expected: below zero, money is missing. Null before the first count. */
  readonly variance: number | null;
  /** Whether there is no variance, or somebody else accepted this one. */
  readonly isSettled: boolean;
  readonly handedTo: string | null;
  /** Whether the report of the closed session was signed. */
  readonly isSigned: boolean;
  /** What may be recorded next. */
  readonly allowed: readonly TillEventKind[];
}

type Of<K extends TillEventKind> = Extract<TillEvent, { readonly kind: K }>;

const ofKind = <K extends TillEventKind>(events: readonly TillEvent[], kind: K): readonly Of<K>[] =>
  events.filter((event): event is Of<K> => event.kind === kind);

const sum = (amounts: readonly { readonly amount: number }[]): number =>
  amounts.reduce((total, { amount }) => total + amount, 0);

const cashOf = (money: readonly TillMoney[], ...kinds: readonly TillMoney['kind'][]): number =>
  sum(money.filter(({ kind, method }) => method === 'cash' && kinds.includes(kind)));

const lastCount = (events: readonly TillEvent[]): Of<'counted'> | null =>
  ofKind(events, 'counted').reduce<Of<'counted'> | null>(
    (last, count) => (last === null || count.turn > last.turn ? count : last),
    null,
  );

/** Who opened the till or made this count, and so has no say in whether the variance is accepted. */
const answersFor = (events: readonly TillEvent[], turn: number): ReadonlySet<string> =>
  new Set(
    events
      .filter((event) => event.kind === 'opened' || (event.kind === 'counted' && event.turn === turn))
      .map(({ by }) => by),
  );

/** Whether something was said to this count, by somebody else. */
const saidTo = (events: readonly TillEvent[], { turn }: Of<'counted'>) => {
  const involved = answersFor(events, turn);
  return (said: Of<'approved' | 'rejected'>) => said.turn === turn && !involved.has(said.by);
};

/** Of two supervisors, apart, who refused outweighs. */
const isRejected = (events: readonly TillEvent[], count: Of<'counted'>): boolean =>
  ofKind(events, 'rejected').some(saidTo(events, count));

const isAccepted = (events: readonly TillEvent[], count: Of<'counted'>, expected: number): boolean =>
  count.amount === expected ||
  ofKind(events, 'approved')
    .filter(saidTo(events, count))
    .some((said) => said.expected === expected);

type Standing = Pick<TillSummary, 'state' | 'isSettled' | 'handedTo' | 'isSigned'>;

const allowedIn = ({ state, isSettled, handedTo, isSigned }: Standing): readonly TillEventKind[] => {
  if (state === 'unopened') return ['opened'];
  if (state === 'open') return ['cash-in', 'cash-out', 'counted'];
  if (state === 'closed')
    return [...(isSettled ? [] : ['approved' as const]), ...(isSigned ? [] : ['signed' as const])];
  if (!isSettled) return ['approved', 'rejected'];
  return handedTo === null ? ['handed-over', 'closed'] : ['closed'];
};

const drawer = (events: readonly TillEvent[], money: readonly TillMoney[]) => {
  const float = sum(ofKind(events, 'opened'));
  const cashTaken = cashOf(money, 'payment', 'deposit');
  const cashRefunded = cashOf(money, 'refund');
  const cashIn = sum(ofKind(events, 'cash-in'));
  const cashOut = sum(ofKind(events, 'cash-out'));
  const expected = float + cashTaken - cashRefunded + cashIn - cashOut;
  return { float, cashTaken, cashRefunded, cashIn, cashOut, expected };
};

/** A session as its events and the money that moved in it tell; in one currency. */
export const tillSummary = (events: readonly TillEvent[], money: readonly TillMoney[]): TillSummary => {
  const sums = drawer(events, money);
  const count = lastCount(events);
  const standing = {
    state: stateOf(events, count !== null && !isRejected(events, count)),
    isSettled: count !== null && !isRejected(events, count) && isAccepted(events, count, sums.expected),
    handedTo: ofKind(events, 'handed-over')[0]?.to ?? null,
    isSigned: ofKind(events, 'signed').length > 0,
  };
  return {
    ...sums,
    ...standing,
    openedBy: ofKind(events, 'opened')[0]?.by ?? null,
    counted: count?.amount ?? null,
    turn: count?.turn ?? 0,
    variance: count === null ? null : count.amount - sums.expected,
    allowed: allowedIn(standing),
  };
};

const stateOf = (events: readonly TillEvent[], isCounted: boolean): TillState => {
  if (ofKind(events, 'closed').length > 0) return 'closed';
  if (isCounted) return 'counted';
  return ofKind(events, 'opened').length > 0 ? 'open' : 'unopened';
};

export type TillProblem =
  | 'already-open'
  | 'not-open'
  | 'closed'
  | 'not-closed'
  | 'not-counted'
  | 'counted'
  | 'variance-open'
  | 'handed-over'
  | 'same-person'
  | 'wrong-turn'
  | 'changed'
  | 'reason-required'
  | 'amount'
  | 'negative'
  | 'zero';

const amountProblem = (amount: number, isZeroFine: boolean): TillProblem | null => {
  if (!Number.isSafeInteger(amount)) return 'amount';
  if (amount < 0) return 'negative';
  return amount === 0 && !isZeroFine ? 'zero' : null;
};

/** What is wrong with an event that does not come now. */
const untimely = ({ state, isSettled, handedTo }: TillSummary, kind: TillEventKind): TillProblem => {
  if (state === 'closed') return 'closed';
  if (kind === 'opened') return 'already-open';
  if (state === 'unopened') return 'not-open';
  if (kind === 'signed') return 'not-closed';
  if (state === 'open') return 'not-counted';
  if (!isSettled) return kind === 'closed' || kind === 'handed-over' ? 'variance-open' : 'counted';
  return kind === 'handed-over' && handedTo !== null ? 'handed-over' : 'counted';
};

const eventProblem = (
  now: TillSummary,
  events: readonly TillEvent[],
  event: TillEvent,
): TillProblem | null => {
  switch (event.kind) {
    case 'opened':
      return amountProblem(event.amount, true);
    case 'cash-in':
    case 'cash-out':
      return amountProblem(event.amount, false) ?? (event.reason.trim() === '' ? 'reason-required' : null);
    case 'counted':
      return amountProblem(event.amount, true) ?? (event.turn === now.turn + 1 ? null : 'wrong-turn');
    case 'approved':
    case 'rejected':
      if (event.turn !== now.turn) return 'wrong-turn';
      if (event.kind === 'approved' && event.expected !== now.expected) return 'changed';
      return answersFor(events, event.turn).has(event.by) ? 'same-person' : null;
    case 'handed-over':
      return event.to === event.by ? 'same-person' : null;
    case 'closed':
    case 'signed':
      return null;
  }
};

/**
 * Whether an event may be recorded now. A till is closed once; it has to be counted before, and a variance to be accepted by
 * somebody else than who opened it and who counted. After a count it is counted anew only if that count was rejected: who is told of
 * a variance would otherwise count until there is none. What the centre refused later, such as a second refund, leaves a variance in a
 * closed till as well; it can be accepted then.
 */
export const checkTillEvent = (
  events: readonly TillEvent[],
  money: readonly TillMoney[],
  event: TillEvent,
): Result<null, TillProblem> => {
  const now = tillSummary(events, money);
  const problem = now.allowed.includes(event.kind)
    ? eventProblem(now, events, event)
    : untimely(now, event.kind);
  return problem === null ? { ok: true, value: null } : { ok: false, error: problem };
};

/** Whether money can be taken or given back in the session: between opening and count. */
export const takesMoney = ({ state }: TillSummary): boolean => state === 'open';
