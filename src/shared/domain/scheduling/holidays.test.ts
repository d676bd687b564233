import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weekdayOf } from '#shared/domain/appointments/wall-time.ts';
import { readCalendar, readHolidayDay } from './holiday-file.ts';
import { type Holiday, nextHolidays } from './holidays.ts';

const holiday = (startDate: string, name: string, more: Partial<Holiday> = {}): Holiday => ({
  startDate,
  endDate: startDate,
  name,
  locationId: null,
  ...more,
});
const next = (now: readonly Holiday[], before: readonly Holiday[] = []) =>
  nextHolidays(now, before).map(({ rule, days }) => [rule, days?.startDate ?? null]);

describe('the holidays of the next year', () => {
  it('stay on their day of the month where they were on it a year before', () => {
    expect(next([holiday('2026-02-01', 'Heroes')], [holiday('2025-02-01', ' heroes')])).toEqual([
      ['same-day', '2027-02-01'],
    ]);
  });

  it('follow their weekday of the month, the first or the last', () => {
    const umuganura = [holiday('2026-08-07', 'Umuganura')];
    expect(next(umuganura, [holiday('2025-08-01', 'Umuganura')])).toEqual([['weekday', '2027-08-06']]);
    const last = [holiday('2026-08-31', 'Bank holiday')];
    expect(next(last, [holiday('2025-08-25', 'Bank holiday')])[0]?.[0]).toBe('unsure');
  });

  it('are a guess where the year before does not tell: another place, another rule, no such day', () => {
    const easter = [holiday('2026-04-06', 'Easter Monday')];
    expect(next(easter, [holiday('2025-04-21', 'Easter Monday')])).toEqual([['unsure', '2027-04-06']]);
    expect(next(easter)).toEqual([['unsure', '2027-04-06']]);
    const here = [holiday('2026-02-01', 'Heroes', { locationId: 'a' })];
    expect(next(here, [holiday('2025-02-01', 'Heroes')])).toEqual([['unsure', '2027-02-01']]);
    expect(next([holiday('2028-02-29', 'Leap')])).toEqual([['unsure', null]]);
  });

  it('keep their length, and a weekday stays the weekday of its month, whatever the day', () => {
    const day = fc
      .date({ min: new Date('1990-01-01'), max: new Date('2190-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, (date) => {
        const [first] = nextHolidays([holiday(date, 'x')], []);
        const [second] = nextHolidays([holiday(date, 'x', { endDate: date })], [holiday(date, 'x')]);
        expect(first?.days?.startDate.slice(5) ?? '02-29').toBe(date.slice(5));
        expect(second?.days?.endDate).toBe(second?.days?.startDate);
        if (second?.rule === 'weekday') expect(weekdayOf(second.days?.startDate ?? '')).toBe(weekdayOf(date));
      }),
    );
  });
});

describe('a calendar file', () => {
  const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];
  const file = (...lines: string[]) => ['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR'].join('\r\n');

  it('gives its events of whole days, the end left out, texts unescaped and lines unfolded', () => {
    const text = file(
      ...event(
        'DTSTART;VALUE=DATE:20270101',
        'DTEND;VALUE=DATE:20270103',
        'SUMMARY:New Year\\, and',
        '  the day after',
      ),
      ...event('DTSTART;TZID="Africa/Kigali":20270704T000000', 'SUMMARY;LANGUAGE=en:Liberation'),
    );
    expect(readCalendar(text)).toEqual([
      {
        line: 2,
        startDate: '2027-01-01',
        endDate: '2027-01-02',
        name: 'New Year, and the day after',
        site: '',
      },
      { line: 8, startDate: '2027-07-04', endDate: '2027-07-04', name: 'Liberation', site: '' },
    ]);
  });

  it('names what it cannot read by line: no day, no name, a rule, an event that does not end', () => {
    const text = file(
      ...event('SUMMARY:No day'),
      ...event('DTSTART:20270231', 'SUMMARY:No such day'),
      ...event('DTSTART:20270101', 'DTEND:20261231', 'SUMMARY:Ends before'),
      ...event('DTSTART:20270101', 'BEGIN:VALARM', 'SUMMARY:An alarm', 'END:VALARM'),
      ...event('DTSTART:20270101', 'RRULE:FREQ=YEARLY', 'SUMMARY:Every year'),
      'BEGIN:VEVENT',
    );
    expect(readCalendar(text)).toEqual([
      { line: 2, code: 'day' },
      { line: 5, code: 'day' },
      { line: 9, code: 'day' },
      { line: 14, code: 'name' },
      { line: 20, code: 'repeats' },
      { line: 25, code: 'malformed-row' },
    ]);
    expect(readCalendar('date,name\n2027-01-01,x')).toEqual([{ line: 1, code: 'malformed-row' }]);
  });

  it('never fails, whatever is in it', () => {
    const part = fc.constantFrom(
      'BEGIN:VEVENT',
      'END:VEVENT',
      'DTSTART:20270101',
      'SUMMARY:x',
      ' y',
      ':',
      '',
      '\uFEFF',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string())), (lines) => {
        for (const found of readCalendar(lines.join('\n'))) expect(found.line).toBeGreaterThan(0);
      }),
    );
  });
});

it('a day is read as written with the day before the month', () => {
  expect(['2027-02-01', '01/02/2027', '1.2.2027'].map(readHolidayDay)).toEqual(Array(3).fill('2027-02-01'));
  expect(['2027-02-30', '13/13/2027', '1/2/27', '', 'soon'].map(readHolidayDay)).toEqual(Array(5).fill(null));
});
