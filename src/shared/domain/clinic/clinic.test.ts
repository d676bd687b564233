import { expect, it } from 'vitest';
import { readColour } from './colours.ts';
import { isTimeZone } from './time-zone.ts';

it.each([
  ['Africa/Kigali', true],
  ['Europe/Paris', true],
  ['UTC', true],
  ['+02:00', false],
  ['Africa/Kigalli', false],
  ['', false],
  ['Kigali', false],
])('whether %j is a time zone: %s', (zone, is) => {
  expect(isTimeZone(zone)).toBe(is);
});

it('a colour of another version is no colour', () => {
  expect([readColour('teal'), readColour('#ff0000'), readColour(null)]).toEqual(['teal', null, null]);
});
