import { expect, it } from 'vitest';
import { tidyTime, timeProblem } from './times.ts';

it.each([
  ['8', '08:00'],
  ['815', '08:15'],
  ['0815', '08:15'],
  ['8:15', '08:15'],
  ['8h15', '08:15'],
  ['8h', '08:00'],
  [' 12.30 ', '12:30'],
  ['24', '24:00'],
  ['24:30', '24:30x'],
  ['9:60', '9:60x'],
  ['noon', 'noonx'],
  ['', 'x'],
])('reads %j as %j', (text, expected) => {
  // What is no time stays as it was typed.
  expect(tidyTime(text)).toBe(expected.endsWith('x') ? text : expected);
});

it('says what is wrong with what is no time', () => {
  expect(timeProblem('startTime', '')).toEqual({ startTime: 'required' });
  expect(timeProblem('startTime', 'noon')).toEqual({ startTime: 'invalid' });
  expect(timeProblem('startTime', '08:00')).toEqual({});
});
