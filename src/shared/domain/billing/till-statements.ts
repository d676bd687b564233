import { each, type Found, type SessionRows, type Statement, unlike } from './books.ts';
import { tillSummary } from './till.ts';

const sequence = ({ events }: SessionRows): Found => {
  const times = (kind: string) => events.filter((event) => event.kind === kind).length;
  if (times('opened') !== 1) return `was opened ${times('opened')} times`;
  if (times('closed') > 1) return `was closed ${times('closed')} times`;
  const turns = events
    .flatMap((event) => (event.kind === 'counted' ? [event.turn] : []))
    .toSorted((a, b) => a - b);
  const gap = turns.findIndex((turn, index) => turn !== index + 1);
  return gap === -1 ? null : `count ${turns[gap]} stands where count ${gap + 1} should`;
};

const opened: Statement = {
  name: 'a till session is opened once, closed at most once, its counts one after the other',
  check: ({ sessions }) => each('till_session', sessions, sequence),
};

const settled: Statement = {
  name: 'a closed till session was counted, and a variance accepted by somebody else',
  check: ({ sessions }) =>
    each('till_session', sessions, ({ events, money }) => {
      const { state, counted, variance, isSettled } = tillSummary(events, money);
      if (state !== 'closed') return null;
      if (counted === null) return 'was closed without a count';
      return isSettled ? null : `was closed with a variance of ${variance} that nobody accepted`;
    }),
};

const oneCurrency: Statement = {
  name: 'a till session holds one currency',
  check: ({ sessions }) =>
    each('till_session', sessions, ({ currency, money }) => {
      const other = money.find((row) => row.currency !== currency);
      return other === undefined
        ? null
        : `payment ${other.id} is in ${other.currency}, the till in ${currency}`;
    }),
};

const sums: Statement = {
  name: 'a till holds its float, what came in and what went out',
  check: ({ sessions }) =>
    each('till_session', sessions, ({ events, money }) => {
      const drawer = tillSummary(events, money);
      const amountIn = events.flatMap((event) =>
        event.kind === 'opened' || event.kind === 'cash-in' ? [event.amount] : [],
      );
      const amountOut = events.flatMap((event) => (event.kind === 'cash-out' ? [-event.amount] : []));
      const moved = money
        .filter(({ method }) => method === 'cash')
        .map(({ kind, amount }) => (kind === 'refund' ? -amount : amount));
      const sum = [...amountIn, ...amountOut, ...moved].reduce((total, amount) => total + amount, 0);
      return unlike('expected', drawer.expected, sum);
    }),
};

export const tillStatements: readonly Statement[] = [opened, settled, oneCurrency, sums];
