import { expect, it } from 'vitest';
import { placeOf, rememberUser } from './places.ts';

it('leaves the same person where the window is, and takes another to their own place', () => {
  expect(placeOf('a', '/day?')).toBeNull();
  rememberUser('a');
  expect(placeOf('a', '/day?date=2026-11-23')).toBeNull();
  expect(placeOf('b', '/day?date=2026-11-23')).toBe('/');
  rememberUser('b');
  expect(placeOf('a', '/patients?')).toBe('/day?date=2026-11-23');
  rememberUser('a');
  expect(placeOf('b', '/queue?')).toBe('/patients?');
});
