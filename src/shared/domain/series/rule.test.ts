import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveWallTime, wallTimeAt, weekdayOf, weekOf } from '#shared/domain/appointments/wall-time.ts';
import { addDays, partsOf } from '#shared/kernel/calendar.ts';
import {
  dayShifted,
  daysOf,
  endedBefore,
  fits,
  formatRule,
  mostOccurrences,
  parseRule,
  type RecurrenceRule,
  shifted,
} from './rule.ts';

const count = (n: number) => ({ by: 'count', count: n }) as const;
const plain = { interval: 1, weekdays: [], monthly: null, end: count(4) } as const;
const days = (rule: Partial<RecurrenceRule>, start: string) =>
  daysOf({ ...plain, frequency: 'daily', ...rule }, start);

describe('a rule', () => {
  it('goes every n days', () => {
    expect(days({ interval: 10 }, '2026-12-25')).toEqual([
      '2026-12-25',
      '2027-01-04',
      '2027-01-14',
      '2027-01-24',
    ]);
  });

  it('goes every n weeks on its weekdays, weeks counted from the one it begins in', () => {
    const rule = { frequency: 'weekly', interval: 2, weekdays: [1, 4] } as const;
    // A Wednesday: the Monday of that week is over.
    expect(days(rule, '2026-11-25')).toEqual(['2026-11-26', '2026-12-07', '2026-12-10', '2026-12-21']);
  });

  it.each<[string, RecurrenceRule['monthly'], readonly string[]]>([
    [
      'the 2nd Tuesday',
      { by: 'weekday', nth: 2, weekday: 2 },
      ['2026-12-08', '2027-01-12', '2027-02-09', '2027-03-09'],
    ],
    [
      'the last Friday',
      { by: 'weekday', nth: -1, weekday: 5 },
      ['2026-11-27', '2026-12-25', '2027-01-29', '2027-02-26'],
    ],
    ['the 15th', { by: 'day', day: 15 }, ['2026-12-15', '2027-01-15', '2027-02-15', '2027-03-15']],
    [
      'the 31st, where there is one',
      { by: 'day', day: 31 },
      ['2026-12-31', '2027-01-31', '2027-03-31', '2027-05-31'],
    ],
    [
      'the 5th Monday, where there is one',
      { by: 'weekday', nth: 5, weekday: 1 },
      ['2026-11-30', '2027-03-29', '2027-05-31', '2027-08-30'],
    ],
  ])('goes monthly on %s', (_name, monthly, expected) => {
    expect(days({ frequency: 'monthly', monthly }, '2026-11-23')).toEqual(expected);
  });

  it('ends on its last day, and never has more than a year of weeks', () => {
    expect(days({ end: { by: 'until', until: '2026-11-25' } }, '2026-11-23')).toHaveLength(3);
    expect(days({ end: { by: 'until', until: '2026-11-22' } }, '2026-11-23')).toEqual([]);
    expect(days({ end: { by: 'until', until: '2099-01-01' } }, '2026-11-23')).toHaveLength(mostOccurrences);
  });

  it.each([
    'FREQ=DAILY;INTERVAL=3;COUNT=10',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=10',
    'FREQ=MONTHLY;BYDAY=2TU;COUNT=6',
    'FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20261231T215959Z',
    'FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=31;COUNT=6',
  ])('is written as RFC 5545 has it and read again: %s', (text) => {
    const rule = parseRule(text, 'Africa/Kigali');
    expect(rule && formatRule(rule, 'Africa/Kigali')).toBe(text);
  });

  it.each([
    '',
    'FREQ=YEARLY;COUNT=2',
    'FREQ=DAILY',
    'FREQ=DAILY;COUNT=2;UNTIL=20261231T215959Z',
    'FREQ=WEEKLY;COUNT=2',
    'FREQ=WEEKLY;BYDAY=XX;COUNT=2',
    'FREQ=WEEKLY;BYDAY=MO;BYSETPOS=1;COUNT=2',
    'FREQ=MONTHLY;COUNT=2',
    'FREQ=MONTHLY;BYDAY=6MO;COUNT=2',
    'FREQ=DAILY;COUNT=0',
    'FREQ=DAILY;INTERVAL=0;COUNT=2',
    'FREQ=DAILY;COUNT=2;COUNT=3',
  ])('that says what a front desk does not know is not read: %s', (text) => {
    expect(parseRule(text, 'UTC')).toBeNull();
  });
});

describe('what follows', () => {
  const weekly: RecurrenceRule = { ...plain, frequency: 'weekly', weekdays: [1, 4] };
  const until = { by: 'until', until: '2026-12-31' } as const;
  const after = (rule: RecurrenceRule, from: string, to: string) => shifted(rule, from, to, until.until);

  it('moves its weekdays along, over the end of the week too', () => {
    expect(after(weekly, '2026-11-26', '2026-11-27')).toEqual({ ...weekly, weekdays: [2, 5], end: until });
    expect(after(weekly, '2026-11-26', '2026-11-30')).toMatchObject({ weekdays: [1, 5] });
    expect(after(weekly, '2026-11-26', '2026-11-26')).toEqual({ ...weekly, end: until });
    expect(dayShifted(weekly, '2026-11-26', '2026-11-30', '2026-12-21')).toBe('2026-12-25');
  });

  it('takes the new day of the month in the same terms', () => {
    const monthly = (day: RecurrenceRule['monthly']): RecurrenceRule => ({
      ...plain,
      frequency: 'monthly',
      monthly: day,
    });
    const fifteenth = monthly({ by: 'day', day: 15 });
    const tuesday = monthly({ by: 'weekday', nth: 2, weekday: 2 });
    const friday = monthly({ by: 'weekday', nth: -1, weekday: 5 });
    expect(after(fifteenth, '2026-12-15', '2026-12-17').monthly).toEqual({ by: 'day', day: 17 });
    expect(after(tuesday, '2026-12-08', '2026-12-16').monthly).toEqual({ by: 'weekday', nth: 3, weekday: 3 });
    expect(after(friday, '2026-12-25', '2026-12-31').monthly).toEqual({ by: 'weekday', nth: -1, weekday: 4 });
    expect(dayShifted(fifteenth, '2026-12-15', '2027-01-02', '2027-02-15')).toBe('2027-03-02');
    // 1 September 2027 is a Wednesday: its second Tuesday is the 14th, its second Wednesday the 8th.
    expect(dayShifted(tuesday, '2026-12-08', '2026-12-09', '2027-09-14')).toBe('2027-09-08');
    expect(dayShifted(friday, '2026-12-25', '2026-12-31', '2027-01-29')).toBe('2027-01-28');
  });

  it('leaves the rule before it with its days and no others', () => {
    expect(daysOf(endedBefore({ ...weekly, end: count(10) }, '2026-12-03'), '2026-11-23')).toEqual([
      '2026-11-23',
      '2026-11-26',
      '2026-11-30',
    ]);
  });
});

const zones = [
  'Europe/Paris',
  'America/New_York',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Africa/Kigali',
  'America/Santiago',
] as const;

const someDay = fc.integer({ min: 0, max: 3000 }).map((ahead) => addDays('2024-01-01', ahead));
const someEnd = fc.oneof(
  fc.integer({ min: 1, max: mostOccurrences }).map(count),
  someDay.map((until) => ({ by: 'until', until }) as const),
);
const interval = fc.integer({ min: 1, max: 6 });
const weekday = fc.integer({ min: 1, max: 7 });
const someRule: fc.Arbitrary<RecurrenceRule> = fc.oneof(
  fc.record({
    frequency: fc.constant('daily' as const),
    interval,
    end: someEnd,
    weekdays: fc.constant([]),
    monthly: fc.constant(null),
  }),
  fc.record({
    frequency: fc.constant('weekly' as const),
    interval,
    end: someEnd,
    weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
    monthly: fc.constant(null),
  }),
  fc.record({
    frequency: fc.constant('monthly' as const),
    interval,
    end: someEnd,
    weekdays: fc.constant([]),
    monthly: fc.oneof(
      fc.integer({ min: 1, max: 31 }).map((day) => ({ by: 'day', day }) as const),
      fc.record({ by: fc.constant('weekday' as const), nth: fc.constantFrom(1, 2, 3, 4, 5, -1), weekday }),
    ),
  }),
);

const monthOf = (day: string): number => partsOf(day)[0] * 12 + partsOf(day)[1];

describe('over the zones of the earth', () => {
  it('every occurrence matches the rule, in order and as many as there are', () => {
    fc.assert(
      fc.property(someRule, someDay, (rule, start) => {
        const found = daysOf(rule, start);
        expect(found).toEqual([...new Set(found)].toSorted());
        for (const day of found) {
          expect(day >= start && fits(rule, day)).toBe(true);
          const since =
            rule.frequency === 'daily'
              ? (Date.parse(day) - Date.parse(start)) / 86_400_000
              : rule.frequency === 'weekly'
                ? weekOf(day) - weekOf(start)
                : monthOf(day) - monthOf(start);
          expect(since % rule.interval).toBe(0);
        }
        if (rule.end.by === 'until')
          expect(found.every((day) => rule.end.by === 'until' && day <= rule.end.until)).toBe(true);
        else expect(found).toHaveLength(rule.end.count);
        if (rule.frequency === 'weekly')
          expect(found.every((day) => rule.weekdays.includes(weekdayOf(day)))).toBe(true);
      }),
    );
  });

  it('what is written is what is read, UNTIL as an instant of the zone', () => {
    fc.assert(
      fc.property(someRule, someDay, fc.constantFrom(...zones), (rule, start, zone) => {
        const read = parseRule(formatRule(rule, zone), zone);
        expect(read).toEqual(rule);
        expect(read && daysOf(read, start)).toEqual(daysOf(rule, start));
      }),
    );
  });

  it('the wall time is the same at every occurrence; a time the clocks jump over is refused, one that comes twice is the earlier', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(someRule, someDay, minute, fc.constantFrom(...zones), (rule, start, at, zone) => {
        const time = `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
        for (const day of daysOf(rule, start)) {
          const found = resolveWallTime(`${day}T${time}`, zone);
          if (!found.ok) {
            expect(found.error).toBe('clock-change');
            continue;
          }
          expect(wallTimeAt(found.value, zone)).toBe(`${day}T${time}`);
          // No earlier instant of that day shows the same time.
          for (const earlier of [30, 60])
            expect(wallTimeAt(found.value - earlier * 60_000, zone)).not.toBe(`${day}T${time}`);
        }
      }),
    );
  });

  it.each<[string, string, string, string | null]>([
    ['Europe/Paris', 'skips 02:30', '2026-03-29T02:30', null],
    ['America/New_York', 'has 01:30 twice', '2026-11-01T01:30', '2026-11-01T05:30:00.000Z'],
    ['Africa/Cairo', 'skips midnight', '2026-04-24T00:30', null],
    ['Australia/Lord_Howe', 'skips half an hour', '2026-10-04T02:15', null],
    ['Australia/Lord_Howe', 'has half an hour twice', '2026-04-05T01:45', '2026-04-04T14:45:00.000Z'],
    ['America/Santiago', 'skips midnight', '2026-09-06T00:15', null],
    ['Africa/Kigali', 'never changes', '2026-03-29T02:30', '2026-03-29T00:30:00.000Z'],
  ])('%s %s', (zone, _what, wall, expected) => {
    const [day = '', time = ''] = wall.split('T');
    const series = daysOf(
      { ...plain, frequency: 'weekly', weekdays: [weekdayOf(day)], end: count(5) },
      addDays(day, -14),
    );
    const instants = series.map((one) => resolveWallTime(`${one}T${time}`, zone));
    expect(series[2]).toBe(day);
    const at = instants[2];
    expect(at?.ok ? new Date(at.value).toISOString() : null).toBe(expected);
    expect(instants.filter((one) => one.ok)).toHaveLength(expected === null ? 4 : 5);
  });
});
