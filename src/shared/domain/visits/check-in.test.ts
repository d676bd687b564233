import { expect, it } from 'vitest';
import { checkInOf } from './check-in.ts';
import type { Visit } from './steps.ts';

const today = '2026-11-23';
const at = (time: string) => Date.parse(`${today}T${time}:00.000Z`);
const visit = (time: string, more: Partial<Visit> = {}): Visit => ({
  status: 'booked',
  stage: null,
  needsRebooking: false,
  voided: false,
  startAt: `${today}T${time}:00.000Z`,
  startLocal: `${today}T${time}`,
  ...more,
});
const times = { early: 120, late: 10 };
const outcome = (visits: readonly Visit[], now: string) => {
  const found = checkInOf(visits, times, { now: at(now), today });
  return [found.outcome, found.visit?.startLocal.slice(11) ?? null];
};

it('checks in from the clinic’s early minutes on until the visit counts as late, both ends included', () => {
  expect(outcome([visit('10:00')], '07:59')).toEqual(['early', '10:00']);
  expect(outcome([visit('10:00')], '08:00')).toEqual(['arrived', '10:00']);
  expect(outcome([visit('10:00')], '10:10')).toEqual(['arrived', '10:00']);
  expect(outcome([visit('10:00')], '10:11')).toEqual(['late', '10:00']);
});

it('takes the first of several that it can, and the next one once that has begun', () => {
  const morning = visit('09:00', { status: 'arrived', stage: 'arrived' });
  expect(outcome([visit('11:00'), visit('09:00')], '08:30')).toEqual(['arrived', '09:00']);
  expect(outcome([visit('11:00'), morning], '08:30')).toEqual(['already', '09:00']);
  expect(outcome([visit('11:00'), morning], '09:30')).toEqual(['arrived', '11:00']);
});

it('says that somebody is checked in already whatever became of the visit in the clinic', () => {
  for (const stage of ['arrived', 'checked-in', 'with-nurse', 'waiting-doctor', 'with-doctor'] as const) {
    const status = stage === 'arrived' ? 'arrived' : 'checked-in';
    expect(outcome([visit('09:00', { status, stage })], '09:05')).toEqual(['already', '09:00']);
  }
});

it('leaves to the desk what a person has to look at', () => {
  expect(outcome([visit('09:00', { needsRebooking: true })], '09:00')).toEqual(['desk', null]);
  expect(outcome([visit('09:00', { status: 'pending' })], '09:00')).toEqual(['desk', null]);
  expect(outcome([visit('09:00', { status: 'noshow' })], '09:00')).toEqual(['desk', null]);
});

it('finds nothing in what is on another day, cancelled, voided or over', () => {
  expect(outcome([], '09:00')).toEqual(['none', null]);
  expect(
    outcome(
      [
        visit('09:00', { startLocal: '2026-11-24T09:00' }),
        visit('09:00', { status: 'cancelled' }),
        visit('09:00', { voided: true }),
        visit('09:00', { status: 'fulfilled', stage: 'done' }),
      ],
      '09:00',
    ),
  ).toEqual(['none', null]);
});
