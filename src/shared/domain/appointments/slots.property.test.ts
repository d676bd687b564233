import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays } from '#shared/kernel/calendar.ts';
import { concerns, isOn, minutesOfException, type ScheduleException } from './exceptions.ts';
import type { ScheduleLine } from './schedule.ts';
import { dayKey, freeSlots, type Slot, type SlotSearch } from './slots.ts';
import { overlaps, type Span, timeline } from './spans.ts';
import { practitionerSpan, type VisitNeeds } from './visit-type.ts';
import {
  dayAt,
  firstInstantAt,
  minuteOfDay,
  resolveWallTime,
  timeOfMinute,
  weekdayOf,
  weekOf,
} from './wall-time.ts';

/** Zones with the days on which their clocks change: forward and back, by an hour or by half of one; two whose clocks stand. */
const changes = [
  ['Europe/Paris', '2026-03-29'],
  ['Europe/Paris', '2026-10-25'],
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Africa/Kigali', '2026-06-15'],
  ['Asia/Kathmandu', '2026-06-15'],
] as const;

interface Held {
  readonly practitionerId: string;
  readonly roomId: string | null;
  readonly visit: Span;
  readonly needs: VisitNeeds;
}
interface Clinic {
  readonly search: SlotSearch;
  readonly held: readonly Held[];
}

const people = ['keza', 'mugabo'] as const;
const sites = ['kigali', 'musanze'] as const;
const practitionerId = fc.constantFrom(...people);
const locationId = fc.constantFrom(...sites);
const roomId = fc.constantFrom('room 1', 'room 2', null);
const hours = fc
  .tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 1, max: 30 }))
  .map(([start, long]) => ({
    startTime: timeOfMinute(start * 15),
    endTime: timeOfMinute(Math.min(1440, (start + long) * 15)),
  }));
const needs = fc.record({
  bufferBefore: fc.constantFrom(0, 5, 20),
  bufferAfter: fc.constantFrom(0, 10, 45),
  needsRoom: fc.boolean(),
});

/** A clinic whose two sites lie in two zones, around a day on which the clocks of one of them change. */
const bookingWindow = fc.record({
  leadMinutes: fc.constantFrom(null, null, 0, 90, 1500),
  horizonDays: fc.constantFrom(null, null, 1, 2),
});

const clinic: fc.Arbitrary<Clinic> = fc
  .record({
    change: fc.constantFrom(...changes),
    other: fc.constantFrom(...changes.map(([zone]) => zone)),
    lines: fc.array(
      fc.record({
        practitionerId,
        locationId,
        roomId,
        hours,
        away: fc.integer({ min: -2, max: 2 }),
        intervalWeeks: fc.constantFrom(null, null, 1, 2),
        since: fc.integer({ min: 0, max: 21 }),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    exceptions: fc.array(
      fc.record({
        kind: fc.constantFrom('leave', 'holiday', 'closed', 'extra'),
        who: fc.option(practitionerId),
        where: fc.option(locationId),
        hours,
        whole: fc.boolean(),
        away: fc.integer({ min: -2, max: 2 }),
        days: fc.integer({ min: 1, max: 2 }),
      }),
      { maxLength: 4 },
    ),
    held: fc.array(
      fc.record({
        practitionerId,
        roomId,
        needs,
        start: fc.integer({ min: -400, max: 400 }),
        long: fc.integer({ min: 1, max: 8 }),
      }),
      { maxLength: 10 },
    ),
    full: fc.option(fc.tuple(practitionerId, fc.integer({ min: -2, max: 2 }))),
    needs,
    windows: fc.record({ kigali: bookingWindow, musanze: bookingWindow }),
    sinceNow: fc.integer({ min: -40, max: 40 }),
    minutes: fc.constantFrom(15, 30, 45, 90),
    from: fc.integer({ min: -200, max: 100 }),
    limit: fc.integer({ min: 1, max: 12 }),
  })
  .map((any) => {
    const [zone, day] = any.change;
    const zones: Readonly<Record<string, string>> = { kigali: zone, musanze: any.other };
    const quarter = (count: number) => Date.parse(`${day}T00:00:00Z`) + count * 15 * 60_000;
    const lines = any.lines.map(
      ({ hours, away, intervalWeeks, since, ...line }): ScheduleLine => ({
        ...line,
        ...hours,
        timeZone: zones[line.locationId] ?? zone,
        weekday: weekdayOf(addDays(day, away)),
        validFrom: intervalWeeks === null ? null : addDays(day, -since),
        validTo: null,
        intervalWeeks,
      }),
    );
    const exceptions = any.exceptions.map(
      ({ kind, who, where, hours, whole, away, days }, n): ScheduleException => {
        const isExtra = kind === 'extra';
        const site = isExtra ? (where ?? 'kigali') : where;
        return {
          id: String(n),
          kind: kind as ScheduleException['kind'],
          practitionerId: isExtra ? (who ?? 'keza') : who,
          locationId: site,
          timeZone: site === null ? null : (zones[site] ?? zone),
          startDate: addDays(day, away),
          endDate: addDays(day, away + days - 1),
          startTime: whole && !isExtra ? null : hours.startTime,
          endTime: whole && !isExtra ? null : hours.endTime,
          name: 'away',
        };
      },
    );
    const held = any.held.map(({ start, long, ...rest }) => ({
      ...rest,
      visit: { from: quarter(start), to: quarter(start + long) },
    }));
    const busyOf = (id: string) =>
      timeline(
        held.flatMap((one) => [
          ...(one.practitionerId === id ? [practitionerSpan(one.visit, one.needs)] : []),
          ...(one.roomId === id ? [one.visit] : []),
        ]),
      );
    return {
      held,
      search: {
        lines,
        exceptions,
        busy: new Map([...people, 'room 1', 'room 2'].map((id) => [id, busyOf(id)])),
        full: new Set(any.full ? [dayKey(any.full[0], addDays(day, any.full[1]))] : []),
        needs: any.needs,
        windowAt: (id: string) => (id === 'musanze' ? any.windows.musanze : any.windows.kigali),
        now: quarter(any.from - any.sinceNow),
        from: quarter(any.from),
        firstDay: addDays(day, -3),
        days: 7,
        minutes: any.minutes,
        step: 15,
        limit: any.limit,
      },
    };
  });

const visitOf = (slot: Slot, search: SlotSearch): Span => ({
  from: slot.startAt,
  to: slot.startAt + search.minutes * 60_000,
});

/** Whose day it is when `span` begins there, or was when the day before is not over. */
const spanOn = (day: string, start: number, end: number, zone: string): Span => ({
  from: firstInstantAt(day, start, zone),
  to: firstInstantAt(day, end, zone),
});

const zoneOfSlot = (slot: Slot, search: SlotSearch): string =>
  [...search.lines, ...search.exceptions].find(
    (one) => one.locationId === slot.locationId && one.timeZone !== null,
  )?.timeZone ?? '';

/** Written down a second time, minute by minute and without any of the search's shortcuts. */
const isOffered = (
  search: SlotSearch,
  held: readonly Held[],
  slot: Omit<Slot, 'roomId' | 'startAt'>,
  zone: string,
): boolean => {
  const day = slot.startLocal.slice(0, 10);
  const start = resolveWallTime(slot.startLocal, zone);
  if (!start.ok || start.value < search.from) return false;
  const { leadMinutes, horizonDays } = search.windowAt(slot.locationId);
  if (leadMinutes !== null && start.value - search.now < leadMinutes * 60_000) return false;
  if (horizonDays !== null && day > addDays(dayAt(search.now, zone), horizonDays)) return false;
  if (search.full.has(dayKey(slot.practitionerId, day))) return false;
  const visit = { from: start.value, to: start.value + search.minutes * 60_000 };
  const own = practitionerSpan(visit, search.needs);
  if (
    held.some(
      (one) =>
        one.practitionerId === slot.practitionerId && overlaps(own, practitionerSpan(one.visit, one.needs)),
    )
  )
    return false;
  const away = search.exceptions.some(
    (one) =>
      one.kind !== 'extra' &&
      isOn(one, day) &&
      concerns(one, slot) &&
      overlaps(visit, spanOn(day, minutesOfException(one).start, minutesOfException(one).end, zone)),
  );
  if (away) return false;
  // Every five minutes of it lie in some hours of one room.
  const places = [
    ...search.lines
      .filter(
        (line) =>
          line.practitionerId === slot.practitionerId &&
          line.locationId === slot.locationId &&
          line.weekday === weekdayOf(day) &&
          (line.validFrom === null || line.validFrom <= day) &&
          (line.intervalWeeks === null ||
            (weekOf(day) - weekOf(line.validFrom ?? day)) % line.intervalWeeks === 0),
      )
      .map((line) => ({ room: line.roomId, line })),
  ];
  const extras = search.exceptions
    .filter((one) => one.kind === 'extra' && isOn(one, day) && concerns(one, slot))
    .map((one) => ({ startTime: one.startTime ?? '', endTime: one.endTime ?? '' }))
    .map((line) => ({
      room:
        places.find((one) => one.line.startTime <= line.endTime && line.startTime <= one.line.endTime)
          ?.room ?? null,
      line,
    }));
  const all = [...places, ...extras];
  const rooms = [...new Set(all.map(({ room }) => room))];
  return rooms.some((room) => {
    if (room === null && search.needs.needsRoom) return false;
    if (room !== null && held.some((one) => one.roomId === room && overlaps(one.visit, visit))) return false;
    const spans = all
      .filter((one) => one.room === room)
      .map(({ line }) => spanOn(day, minuteOfDay(line.startTime), minuteOfDay(line.endTime), zone));
    for (let at = visit.from; at < visit.to; at += 5 * 60_000)
      if (!spans.some((span) => span.from <= at && at + 5 * 60_000 <= span.to)) return false;
    return true;
  });
};

const runs = { numRuns: 400 };

it('no slot it offers overlaps anything held, buffers included, lies outside the hours or in an exception', () => {
  let offered = 0;
  fc.assert(
    fc.property(clinic, ({ search, held }) => {
      for (const slot of freeSlots(search)) {
        offered += 1;
        const zone = zoneOfSlot(slot, search);
        const visit = visitOf(slot, search);
        expect(resolveWallTime(slot.startLocal, zone)).toEqual({ ok: true, value: slot.startAt });
        const own = practitionerSpan(visit, search.needs);
        for (const one of held) {
          if (one.practitionerId === slot.practitionerId)
            expect(overlaps(own, practitionerSpan(one.visit, one.needs))).toBe(false);
          if (one.roomId !== null && one.roomId === slot.roomId)
            expect(overlaps(visit, one.visit)).toBe(false);
        }
        expect(isOffered(search, held, slot, zone)).toBe(true);
        if (search.needs.needsRoom) expect(slot.roomId).not.toBeNull();
      }
    }),
    runs,
  );
  // Otherwise nothing was looked at.
  expect(offered).toBeGreaterThan(runs.numRuns);
});

it('the first free slot of anybody is the first of a search minute by minute', () => {
  let found = 0;
  fc.assert(
    fc.property(clinic, ({ search, held }) => {
      const zones = new Map(
        [...search.lines, ...search.exceptions].flatMap(({ locationId, timeZone }) =>
          locationId === null || timeZone === null ? [] : [[locationId, timeZone]],
        ),
      );
      const starts: number[] = [];
      for (let ahead = 0; ahead < search.days; ahead += 1)
        for (let minute = 0; minute < 1440; minute += search.step)
          for (const who of people)
            for (const [where, zone] of zones) {
              const startLocal = `${addDays(search.firstDay, ahead)}T${timeOfMinute(minute)}`;
              const slot = { practitionerId: who, locationId: where, startLocal };
              if (!isOffered(search, held, slot, zone)) continue;
              const at = resolveWallTime(startLocal, zone);
              if (at.ok) starts.push(at.value);
            }
      const [first] = freeSlots({ ...search, limit: 1 });
      if (first !== undefined) found += 1;
      expect(first?.startAt).toBe(starts.length === 0 ? undefined : Math.min(...starts));
    }),
    { numRuns: 200 },
  );
  expect(found).toBeGreaterThan(60);
});
