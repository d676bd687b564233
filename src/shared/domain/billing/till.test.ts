import { expect, test } from 'vitest';
import { checkTillEvent, type TillEvent, type TillMoney, takesMoney, tillSummary } from './till.ts';

const expected = 6000;
const opened: TillEvent = { kind: 'opened', by: 'innocent', amount: 5000 };
const counted = (turn: number, amount: number, by = 'innocent'): TillEvent => ({
  kind: 'counted',
  turn,
  by,
  amount,
});
const verdict = (kind: 'approved' | 'rejected', turn: number, by = 'patrick'): TillEvent =>
  kind === 'approved' ? { kind, turn, by, expected } : { kind, turn, by };
const closed: TillEvent = { kind: 'closed', by: 'innocent' };
const handedOver: TillEvent = { kind: 'handed-over', by: 'innocent', to: 'josiane' };

const money: readonly TillMoney[] = [
  { kind: 'payment', method: 'cash', amount: 1000 },
  { kind: 'payment', method: 'card', amount: 9000 },
  { kind: 'deposit', method: 'cash', amount: 300 },
  { kind: 'deposit-use', method: null, amount: 200 },
  { kind: 'refund', method: 'cash', amount: 50 },
  { kind: 'refund', method: 'mobile-money', amount: 10 },
];
const moved: readonly TillEvent[] = [
  { kind: 'cash-in', by: 'innocent', amount: 20, reason: 'coins' },
  { kind: 'cash-out', by: 'innocent', amount: 270, reason: 'bank' },
];

const said = (events: readonly TillEvent[], event: TillEvent) => {
  const checked = checkTillEvent(events, money, event);
  return checked.ok ? null : checked.error;
};

test('what should be in the drawer is the float and the cash that moved, in any order', () => {
  const events = [opened, ...moved, counted(1, 5990)];
  const summary = tillSummary(events, money);
  expect(summary).toMatchObject({
    expected,
    counted: 5990,
    variance: -10,
    state: 'counted',
    isSettled: false,
  });
  expect(tillSummary(events.toReversed(), money.toReversed())).toEqual(summary);
  expect(summary).toMatchObject({ cashTaken: 1300, cashRefunded: 50, cashIn: 20, cashOut: 270, float: 5000 });
});

test('a till that fits is counted, handed over and closed, once each', () => {
  expect(said([], opened)).toBeNull();
  expect(said([], closed)).toBe('not-open');
  expect(said([opened], opened)).toBe('already-open');
  expect(said([opened], closed)).toBe('not-counted');
  expect(said([opened], handedOver)).toBe('not-counted');
  const done = [opened, ...moved, counted(1, expected)];
  expect(said(done, verdict('approved', 1))).toBe('counted');
  expect(said(done, { kind: 'cash-in', by: 'innocent', amount: 1, reason: 'late' })).toBe('counted');
  expect(said(done, closed)).toBeNull();
  expect(said(done, handedOver)).toBeNull();
  expect(said(done, { ...handedOver, to: 'innocent' })).toBe('same-person');
  expect(said([...done, handedOver], handedOver)).toBe('handed-over');
  expect(said([...done, handedOver], closed)).toBeNull();
  for (const event of [closed, opened, counted(2, 1), handedOver, verdict('approved', 1)])
    expect(said([...done, closed], event)).toBe('closed');
  expect(takesMoney(tillSummary([opened], money))).toBe(true);
  expect(takesMoney(tillSummary(done, money))).toBe(false);
});

test('a variance is accepted by somebody else, or counted anew', () => {
  const short = [opened, ...moved, counted(1, 5990, 'josiane')];
  expect(said(short, closed)).toBe('variance-open');
  expect(said(short, handedOver)).toBe('variance-open');
  expect(said(short, counted(2, expected))).toBe('counted');
  expect(said(short, verdict('approved', 1, 'josiane'))).toBe('same-person');
  expect(said(short, verdict('approved', 1, 'innocent'))).toBe('same-person');
  expect(said(short, verdict('approved', 2))).toBe('wrong-turn');
  expect(said([...short, verdict('approved', 1, 'innocent')], closed)).toBe('variance-open');
  expect(said([...short, verdict('approved', 1)], closed)).toBeNull();
  const again = [...short, verdict('rejected', 1)];
  expect(tillSummary(again, money).state).toBe('open');
  expect(said(again, counted(3, expected))).toBe('wrong-turn');
  expect(said([...again, counted(2, expected)], closed)).toBeNull();
  const recounted = tillSummary([counted(2, expected), ...again], money);
  expect(recounted).toMatchObject({ turn: 2, variance: 0 });
  expect(tillSummary([...again, counted(2, expected)], money)).toEqual(recounted);
  // Two supervisors apart: who refused outweighs.
  expect(tillSummary([...again, verdict('approved', 1, 'uwase')], money).state).toBe('open');
});

test('amounts and reasons are asked for', () => {
  expect(said([], { ...opened, amount: -1 })).toBe('negative');
  expect(said([], { ...opened, amount: 0 })).toBeNull();
  expect(said([opened], counted(1, 0.5))).toBe('amount');
  const out = { kind: 'cash-out', by: 'innocent', amount: 5, reason: 'bank' } as const;
  expect(said([opened], out)).toBeNull();
  expect(said([opened], { ...out, reason: ' ' })).toBe('reason-required');
  expect(said([opened], { ...out, amount: 0 })).toBe('zero');
});

test('what changes after a variance was accepted opens it again, also in a closed till', () => {
  const done = [opened, ...moved, counted(1, 5990), verdict('approved', 1), closed];
  expect(tillSummary(done, money)).toMatchObject({ state: 'closed', isSettled: true, allowed: ['signed'] });
  const refusedLater = money.filter(({ kind, method }) => kind !== 'refund' || method !== 'cash');
  expect(tillSummary(done, refusedLater)).toMatchObject({ variance: -60, isSettled: false });
  const again: TillEvent = { kind: 'approved', turn: 1, by: 'patrick', expected: expected + 50 };
  expect(said(done, again)).toBe('closed');
  expect(checkTillEvent(done, refusedLater, verdict('approved', 1))).toEqual({ ok: false, error: 'changed' });
  expect(checkTillEvent(done, refusedLater, again)).toEqual({ ok: true, value: null });
  expect(tillSummary([...done, again], refusedLater).isSettled).toBe(true);
});

test('the report is signed once, when the till is closed', () => {
  const signed: TillEvent = { kind: 'signed', by: 'innocent' };
  const done = [opened, ...moved, counted(1, expected)];
  expect(said(done, signed)).toBe('not-closed');
  expect(said([...done, closed], signed)).toBeNull();
  expect(said([...done, closed, signed], signed)).toBe('closed');
});
