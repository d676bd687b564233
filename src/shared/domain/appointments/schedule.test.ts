import { describe, expect, it } from 'vitest';
import type { ScheduleException } from './exceptions.ts';
import { blockSpan, blocksOn, clash, dayOf, placeIn, type ScheduleLine } from './schedule.ts';

const line = (more: Partial<ScheduleLine> = {}): ScheduleLine => ({
  practitionerId: 'keza',
  locationId: 'kigali',
  roomId: null,
  timeZone: 'Africa/Kigali',
  weekday: 1,
  startTime: '08:00',
  endTime: '12:00',
  validFrom: null,
  validTo: null,
  intervalWeeks: null,
  ...more,
});
const exception = (more: Partial<ScheduleException> = {}): ScheduleException => ({
  id: 'e',
  kind: 'leave',
  practitionerId: 'keza',
  locationId: null,
  timeZone: null,
  startDate: '2026-11-23',
  endDate: '2026-11-23',
  startTime: null,
  endTime: null,
  name: 'Leave',
  ...more,
});
const extra = (startTime: string, endTime: string, more: Partial<ScheduleException> = {}) =>
  exception({ kind: 'extra', locationId: 'kigali', timeZone: 'Africa/Kigali', startTime, endTime, ...more });
const monday = '2026-11-23';
const hours = (
  lines: readonly ScheduleLine[],
  exceptions: readonly ScheduleException[] = [],
  day: string = monday,
) =>
  blocksOn({ lines, exceptions }, day).map(
    ({ practitionerId, startTime, endTime }) => `${practitionerId} ${startTime}-${endTime}`,
  );

it('lines that touch are one block, what lies between two is a break', () => {
  const lines = [
    line({ startTime: '13:00', endTime: '17:00' }),
    line({ startTime: '10:00', endTime: '12:00' }),
    line({ startTime: '08:00', endTime: '10:00' }),
    line({ weekday: 2 }),
    line({ validFrom: '2026-11-24' }),
    line({ validTo: '2026-11-22' }),
  ];
  expect(hours(lines)).toEqual(['keza 08:00-12:00', 'keza 13:00-17:00']);
});

describe('alternate weeks', () => {
  // A Wednesday: the week counts from its Monday on, so the Monday before is no such day and the one five days later is of the next week.
  const fortnightly = (weekday: number) => line({ weekday, validFrom: '2026-11-25', intervalWeeks: 2 });

  it.each([
    ['2026-11-23', false],
    ['2026-11-25', true],
    ['2026-12-02', false],
    ['2026-12-09', true],
    ['2026-12-30', false],
    ['2027-01-06', true],
  ])('%s is one of them: %s', (day, works) => {
    const weekday = day === '2026-11-23' ? 1 : 3;
    expect(hours([fortnightly(weekday)], [], day)).toEqual(works ? ['keza 08:00-12:00'] : []);
  });

  it('are counted from the ISO week the first day lies in, not from that day', () => {
    expect(hours([fortnightly(1)], [], '2026-11-30')).toEqual([]);
    expect(hours([fortnightly(1)], [], '2026-12-07')).toEqual(['keza 08:00-12:00']);
    expect(hours([fortnightly(7)], [], '2026-11-29')).toEqual(['keza 08:00-12:00']);
  });
});

describe('exceptions', () => {
  const both = [line(), line({ practitionerId: 'mugabo' })];

  it('of one practitioner leave the others alone; of nobody in particular they are of all', () => {
    expect(hours(both, [exception()])).toEqual(['mugabo 08:00-12:00']);
    expect(hours(both, [exception({ practitionerId: null, kind: 'holiday' })])).toEqual([]);
  });

  it('of one site leave the other sites alone', () => {
    expect(hours([line()], [exception({ locationId: 'musanze' })])).toEqual(['keza 08:00-12:00']);
    expect(hours([line()], [exception({ locationId: 'kigali' })])).toEqual([]);
  });

  it('hold from their first day to their last, both included', () => {
    const daily = [1, 2, 3, 4].map((weekday) => line({ weekday }));
    const leave = exception({ startDate: '2026-11-24', endDate: '2026-11-25' });
    const works = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26'].map(
      (day) => hours(daily, [leave], day).length,
    );
    expect(works).toEqual([1, 0, 0, 1]);
  });

  it('take only the hours they name, and what they take is told with its name', () => {
    const { blocks, away } = dayOf(
      {
        lines: [line()],
        exceptions: [exception({ startTime: '09:00', endTime: '10:00', name: 'Training' })],
      },
      monday,
    );
    expect(blocks.map(({ startTime, endTime }) => [startTime, endTime])).toEqual([
      ['08:00', '09:00'],
      ['10:00', '12:00'],
    ]);
    expect(away).toEqual([
      {
        practitionerId: 'keza',
        locationId: 'kigali',
        startTime: '09:00',
        endTime: '10:00',
        kind: 'leave',
        name: 'Training',
      },
    ]);
  });

  it('take what is there once, whoever comes second gets the rest', () => {
    const { blocks, away } = dayOf(
      {
        lines: [line()],
        exceptions: [exception({ startTime: '08:00', endTime: '10:00' }), exception({ name: 'Holiday' })],
      },
      monday,
    );
    expect(blocks).toEqual([]);
    expect(away.map(({ name, startTime, endTime }) => `${name} ${startTime}-${endTime}`)).toEqual([
      'Leave 08:00-10:00',
      'Holiday 10:00-12:00',
    ]);
  });

  it('add hours on a day without any, and to the usual ones in their room', () => {
    expect(hours([], [extra('14:00', '16:00')])).toEqual(['keza 14:00-16:00']);
    const blocks = blocksOn(
      { lines: [line({ roomId: 'room 2' })], exceptions: [extra('11:00', '13:00')] },
      monday,
    );
    expect(blocks).toMatchObject([{ roomId: 'room 2', startTime: '08:00', endTime: '13:00' }]);
    expect(
      blocksOn({ lines: [line({ roomId: 'room 2' })], exceptions: [extra('14:00', '15:00')] }, monday),
    ).toMatchObject([{ roomId: null, startTime: '14:00' }, { roomId: 'room 2' }]);
  });

  it('that take away win over those that add', () => {
    expect(hours([], [exception(), extra('14:00', '16:00')])).toEqual([]);
  });
});

describe('a place in a schedule', () => {
  const place = (more: object = {}, schedule: object = {}) =>
    placeIn(
      { lines: [line()], exceptions: [], ...schedule },
      { locationId: 'kigali', startLocal: `${monday}T08:00`, minutes: 30, needsRoom: false, ...more },
    );

  it.each([
    ['kigali', '08:00', 30, true],
    ['kigali', '11:30', 30, true],
    ['kigali', '11:45', 30, false],
    ['kigali', '07:45', 30, false],
    ['musanze', '08:00', 30, false],
  ])('at %s %s for %i minutes is there: %s', (locationId, time, minutes, expected) => {
    const found = place({ locationId, startLocal: `${monday}T${time}`, minutes });
    expect(found).toMatchObject(expected ? { ok: true } : { ok: false, error: { code: 'outside-schedule' } });
  });

  it('that an exception took says what it is called', () => {
    expect(place({}, { exceptions: [exception({ name: 'Maternity leave' })] })).toEqual({
      ok: false,
      error: { code: 'on-leave', name: 'Maternity leave' },
    });
    expect(place({ startLocal: `${monday}T18:00` }, { exceptions: [exception()] })).toMatchObject({
      error: { code: 'outside-schedule' },
    });
  });

  it('has a room when the visit needs one', () => {
    expect(place({ needsRoom: true })).toMatchObject({ error: { code: 'room-needed' } });
    const lines = [line(), line({ roomId: 'room 2', startTime: '07:00' })];
    expect(place({ needsRoom: true }, { lines })).toMatchObject({ ok: true, value: { roomId: 'room 2' } });
  });

  it('is as long as the clock on the wall, not longer: where the clocks are put forward an hour of it is missing', () => {
    const night = line({ timeZone: 'Europe/Paris', weekday: 7, startTime: '01:00', endTime: '04:00' });
    const at = (day: string, time: string, minutes: number) =>
      place({ startLocal: `${day}T${time}`, minutes }, { lines: [night] }).ok;
    expect(at('2026-03-29', '01:30', 90)).toBe(true);
    expect(at('2026-03-29', '01:30', 120)).toBe(false);
    expect(at('2026-03-22', '01:30', 120)).toBe(true);
    // The night the hour from two to three comes twice.
    expect(at('2026-10-25', '01:30', 210)).toBe(true);
  });
});

it('a block that begins or ends in hours the clocks jump over begins or ends with the jump', () => {
  const span = (startTime: string, endTime: string) =>
    blockSpan({ ...line({ timeZone: 'Europe/Paris' }), startTime, endTime }, '2026-03-29');
  const jump = Date.parse('2026-03-29T01:00:00Z');
  expect(span('02:30', '05:00')).toEqual({ from: jump, to: Date.parse('2026-03-29T03:00:00Z') });
  expect(span('01:00', '02:30')).toEqual({ from: Date.parse('2026-03-29T00:00:00Z'), to: jump });
});

describe('two lines of weekly hours clash', () => {
  it.each([
    ['at one time of one weekday', {}, {}, true],
    ['not on another weekday', {}, { weekday: 2 }, false],
    ['not when they only touch', {}, { startTime: '12:00', endTime: '13:00' }, false],
    ['not one after the other', { validTo: monday }, { validFrom: '2026-11-24' }, false],
    ['on the one day both have', { validTo: monday }, { validFrom: monday }, true],
    [
      'not in weeks that alternate',
      { validFrom: monday, intervalWeeks: 2 },
      { validFrom: '2026-11-30', intervalWeeks: 2 },
      false,
    ],
    [
      'in the sixth week of every second and every third',
      { validFrom: monday, intervalWeeks: 2 },
      { validFrom: '2026-12-07', intervalWeeks: 3 },
      true,
    ],
    [
      'not when one has ended before they meet',
      { validFrom: monday, intervalWeeks: 2, validTo: '2026-12-20' },
      { validFrom: '2026-11-30', intervalWeeks: 3 },
      false,
    ],
  ] as const)('%s', (_, one, other, clashes) => {
    expect(clash(line(one), line(other))).toBe(clashes);
    expect(clash(line(other), line(one))).toBe(clashes);
  });
});
