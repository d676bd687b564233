import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays, calendarDate } from '#shared/kernel/calendar.ts';
import { birthDateProblem, parseBirthDate } from './birth-date.ts';

const today = '2026-11-23';
const parse = (text: string, order: 'day-first' | 'month-first' = 'day-first') =>
  parseBirthDate(text, { today, order });

it.each([
  ['1985-02-03', '1985-02-03', 'nothing'],
  ['3/2/1985', '1985-02-03', 'nothing'],
  ['03.02.85', '1985-02-03', 'nothing'],
  ['03 02 1985', '1985-02-03', 'nothing'],
  ['3 Feb 1985', '1985-02-03', 'nothing'],
  ['3 février 1985', '1985-02-03', 'nothing'],
  ['1er août 2001', '2001-08-01', 'nothing'],
  ['3rd march 1985', '1985-03-03', 'nothing'],
  ['Feb 3, 1985', '1985-02-03', 'nothing'],
  ['1985 feb 3', '1985-02-03', 'nothing'],
  ['03021985', '1985-02-03', 'nothing'],
  ['19850203', '1985-02-03', 'nothing'],
  ['29.02.2024', '2024-02-29', 'nothing'],
  ['3 juin 1985', '1985-06-03', 'nothing'],
  ['FEB 1985', '1985-02-01', 'day'],
  ['02/1985', '1985-02-01', 'day'],
  ['1985-02', '1985-02-01', 'day'],
  ['1985', '1985-01-01', 'day-and-month'],
  ['40y', '1986-01-01', 'day-and-month'],
  ['40 ans', '1986-01-01', 'day-and-month'],
  ['0y', '2026-01-01', 'day-and-month'],
  ['6 months', '2026-05-01', 'day'],
  ['14 mois', '2025-09-01', 'day'],
  ['3 weeks', '2026-11-02', 'day'],
  ['3 sem', '2026-11-02', 'day'],
  ['5d', '2026-11-18', 'day'],
  ['5 jours', '2026-11-18', 'day'],
  ['  3/2/1985  ', '1985-02-03', 'nothing'],
])('reads %s as %s, estimated: %s', (text, date, estimated) => {
  expect(parse(text)).toEqual({ ok: true, value: { date, estimated } });
});

it.each([
  ['', 'empty'],
  ['   ', 'empty'],
  ['yesterday', 'unreadable'],
  ['3 jui 1985', 'unreadable'],
  ['1/2/3/4', 'unreadable'],
  ['12345', 'unreadable'],
  ['3 feb 1985 x', 'unreadable'],
  ['9'.repeat(5000), 'unreadable'],
  ['31/4/1985', 'impossible'],
  ['29.02.2023', 'impossible'],
  ['1985-13-01', 'impossible'],
  ['3/13/1985', 'impossible'],
  ['00/00/0000', 'impossible'],
  ['9999y', 'impossible'],
  ['24/11/2026', 'future'],
  ['2027', 'future'],
  ['1800-01-01', 'too-old'],
  ['126y', 'too-old'],
  ['99999d', 'unreadable'],
])('refuses %s: %s', (text, error) => {
  expect(parse(text)).toEqual({ ok: false, error });
});

it('reads month first where the clinic writes so', () => {
  expect(parse('3/2/1985', 'month-first')).toMatchObject({ value: { date: '1985-03-02' } });
  expect(parse('02031985', 'month-first')).toMatchObject({ value: { date: '1985-02-03' } });
});

it('takes a year of two digits as the latest that is not in the future', () => {
  expect(parse('23.11.26')).toMatchObject({ value: { date: '2026-11-23' } });
  expect(parse('24.11.26')).toMatchObject({ value: { date: '1926-11-24' } });
});

const birthDay = fc.integer({ min: 0, max: 45_000 }).map((days) => addDays(today, -days));

it('reads every day of 123 years back from each of its spellings', () => {
  const months = [
    'jan',
    'feb',
    'mars',
    'april',
    'mai',
    'june',
    'juillet',
    'aug',
    'sept',
    'oct',
    'nov',
    'déc',
  ];
  fc.assert(
    fc.property(birthDay, (date) => {
      const [year, month, day] = date.split('-').map(Number) as [number, number, number];
      const spellings = [
        date,
        `${day}/${month}/${year}`,
        `${day}.${month}.${year}`,
        `${day} ${months[month - 1]} ${year}`,
        date.replaceAll('-', ''),
      ];
      for (const text of spellings)
        expect(parse(text), text).toEqual({ ok: true, value: { date, estimated: 'nothing' } });
    }),
  );
});

it('answers every text with a possible, past date or a reason', () => {
  const text = fc.oneof(
    fc.string(),
    fc.stringMatching(/^[0-9 ./-]{1,12}$/),
    fc.stringMatching(/^\d{1,5} ?[a-z]{1,7}$/),
  );
  fc.assert(
    fc.property(text, (typed) => {
      const read = parse(typed);
      if (read.ok) expect(birthDateProblem(read.value.date, today)).toBeNull();
    }),
    { numRuns: 2000 },
  );
});

it('knows which days a calendar has', () => {
  expect(calendarDate(2024, 2, 29)).toBe('2024-02-29');
  expect(calendarDate(1900, 2, 29)).toBeNull();
  expect(calendarDate(85, 1, 1)).toBe('0085-01-01');
  expect(calendarDate(2024, 0, 1)).toBeNull();
});
