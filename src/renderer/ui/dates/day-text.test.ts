import { describe, expect, it } from 'vitest';
import { addMonths, readDayText, weeksOf } from './day-text.ts';

const today = '2026-11-24';

describe('readDayText', () => {
  it.each([
    ['24', '2026-11-24'],
    ['23', '2026-12-23'],
    ['31', '2026-12-31'],
    ['24/11', '2026-11-24'],
    ['3/4', '2027-04-03'],
    ['3 apr', '2027-04-03'],
    ['1 December', '2026-12-01'],
    ['24.11.2026', '2026-11-24'],
    ['24-11-26', '2026-11-24'],
    ['2026-11-24', '2026-11-24'],
    ['Tue, 24 Nov 2026', '2026-11-24'],
    ['Mon 1 Mar 2027', '2027-03-01'],
    ['+7', '2026-12-01'],
    ['29/2', null],
    ['29/2/2028', '2028-02-29'],
    ['31/4', null],
    ['0', null],
    ['11/24/2026', null],
    ['soon', null],
    ['', null],
  ])('reads %j as %j', (text, expected) => {
    expect(readDayText(text, today, 'en-GB')).toBe(expected);
  });

  it.each([
    ['3 avr', '2027-04-03'],
    ['3 avr.', '2027-04-03'],
    ['1 déc.', '2026-12-01'],
    ['1 fevrier', '2027-02-01'],
    ['mar. 24 nov. 2026', '2026-11-24'],
  ])('reads the French %j as %j', (text, expected) => {
    expect(readDayText(text, today, 'fr-FR')).toBe(expected);
  });
});

describe('the calendar', () => {
  it('fills whole weeks from Monday and holds every day of the month', () => {
    const weeks = weeksOf('2026-11-24');
    expect(weeks[0]?.[0]).toBe('2026-10-26');
    expect(weeks.flat().filter((day) => day.startsWith('2026-11'))).toHaveLength(30);
    expect(weeks.every((week) => new Date(`${week[0]}T00:00:00Z`).getUTCDay() === 1)).toBe(true);
  });

  it('goes from month to month without leaving them', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2026-11-24', 2)).toBe('2027-01-24');
    expect(addMonths('2026-01-15', -1)).toBe('2025-12-15');
  });
});
