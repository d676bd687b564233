import { expect, test } from 'vitest';
import { pageAddress, screenAt } from './screens.ts';

const id = '01900000-0000-7000-8000-000000000001';

test.each([
  ['/day', 'day'],
  ['/day?', 'day'],
  [`/day?date=2026-11-30&site=${id}&speciality=General+practice&free=1&doctor=${id}`, 'day'],
  [`/day?doctor=${id}&view=week`, 'week'],
  ['/queue', 'queue'],
  ['/waiting-room', 'waiting-room'],
  [`/waiting-room?site=${id}`, 'waiting-room'],
] as const)('%s is the screen %s', (address, screen) => {
  expect(screenAt(address)).toBe(screen);
});

test.each([
  '',
  '/',
  '/patients',
  `/patients/${id}`,
  '/import',
  '/queue/x',
  'queue',
  '//evil.example/day',
  'https://evil.example/day',
  'javascript:alert(1)',
  '/day#/patients',
  '/day?date=2026-02-30',
  '/day?doctor=x',
  '/day?free=2',
  '/day?date=2026-11-30&date=2026-12-01',
  '/day?date=2026-11-30?date=2026-12-01',
  '/day?patient=1',
  '/queue?site=1',
  '/constructor',
  '/day?__proto__=1',
])('%s is none', (address) => {
  expect(screenAt(address)).toBeNull();
});

test('the address of a page has what is searched for before the path', () => {
  expect(pageAddress('/day?')).toBe('/#/day');
  expect(pageAddress('/day?speciality=A&date=2026-11-30')).toBe('/?speciality=A&date=2026-11-30#/day');
  expect(pageAddress('/waiting-room')).toBe('/#/waiting-room');
});
