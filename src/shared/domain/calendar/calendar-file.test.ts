import fc from 'fast-check';
import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { type CalendarEvent, calendarFile } from './calendar-file.ts';

const event = (more: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: '01900000-0000-7000-8000-000000000001@clinichub',
  sequence: 3,
  status: 'CONFIRMED',
  start: Date.parse('2026-11-23T08:00:00Z'),
  end: Date.parse('2026-11-23T08:30:00Z'),
  timeZone: 'Africa/Kigali',
  summary: 'Appointment at Kacyiru',
  description: 'Log in to see more.',
  location: 'Kacyiru, KG 7 Ave',
  createdAt: Date.parse('2026-11-01T08:00:00Z'),
  ...more,
});
const at = Date.parse('2026-11-20T12:00:00Z');
const file = (...events: readonly CalendarEvent[]) => calendarFile({ name: 'Kacyiru', events, at });

/** What the independent parser makes of a file, with the zones of the file and no others. */
const parsed = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zones = new Map(
    calendar.getAllSubcomponents('vtimezone').map((component) => {
      const zone = new ICAL.Timezone(component);
      return [zone.tzid, zone] as const;
    }),
  );
  const instantOf = (component: ICAL.Component, name: string): number => {
    const property = component.getFirstProperty(name);
    const time = property?.getFirstValue() as ICAL.Time;
    const zoneId = property?.getParameter('tzid');
    if (typeof zoneId !== 'string') return time.toJSDate().getTime();
    const zone = zones.get(zoneId);
    if (zone === undefined) throw new Error(`${zoneId} is not in the file`);
    const own = time.clone();
    own.zone = zone;
    return own.toUnixTime() * 1000;
  };
  return {
    calendar,
    zones,
    events: calendar.getAllSubcomponents('vevent').map((component) => {
      const { uid, summary, location, description, sequence } = new ICAL.Event(component);
      return {
        uid,
        summary,
        location,
        description,
        sequence,
        status: component.getFirstPropertyValue('status'),
        class: component.getFirstPropertyValue('class'),
        start: instantOf(component, 'dtstart'),
        end: instantOf(component, 'dtend'),
        zone: component.getFirstProperty('dtstart')?.getParameter('tzid'),
      };
    }),
  };
};

const linesOf = (text: string) => text.split('\r\n');

describe('a calendar file', () => {
  it('is what RFC 5545 asks for, in order', () => {
    expect(linesOf(file(event()))).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//ClinicHub//Workstation//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'NAME:Kacyiru',
      'X-WR-CALNAME:Kacyiru',
      'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
      'X-PUBLISHED-TTL:PT1H',
      'BEGIN:VTIMEZONE',
      'TZID:Africa/Kigali',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0200',
      'END:STANDARD',
      'END:VTIMEZONE',
      'BEGIN:VEVENT',
      'UID:01900000-0000-7000-8000-000000000001@clinichub',
      'DTSTAMP:20261120T120000Z',
      'SEQUENCE:3',
      'CREATED:20261101T080000Z',
      'STATUS:CONFIRMED',
      'DTSTART;TZID=Africa/Kigali:20261123T100000',
      'DTEND;TZID=Africa/Kigali:20261123T103000',
      'SUMMARY:Appointment at Kacyiru',
      'DESCRIPTION:Log in to see more.',
      'LOCATION:Kacyiru\\, KG 7 Ave',
      'CLASS:PRIVATE',
      'TRANSP:OPAQUE',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  it('comes out of the parser as it went in', () => {
    const one = event({
      summary: 'Rendez-vous; à « Kacyiru », \\ étage 2\nbâtiment B',
      status: 'TENTATIVE',
      sequence: 0,
    });
    expect(parsed(file(one)).events).toEqual([
      {
        uid: one.uid,
        summary: one.summary,
        location: one.location,
        description: one.description,
        sequence: 0,
        status: 'TENTATIVE',
        class: 'PRIVATE',
        start: one.start,
        end: one.end,
        zone: 'Africa/Kigali',
      },
    ]);
  });

  it('is a calendar without entries, too', () => {
    expect(parsed(file()).events).toEqual([]);
  });

  it('says nothing of a name where it is only taken over', () => {
    expect(calendarFile({ name: null, events: [event()], at })).not.toMatch(/NAME|REFRESH|TTL/);
  });

  it('is never broken out of by a text', () => {
    const evil = 'x\r\nEND:VEVENT\nBEGIN:VEVENT\rUID:y\u2028z\u0000';
    const { events } = parsed(file(event({ summary: evil, location: evil, description: evil, uid: evil })));
    expect(events).toHaveLength(1);
    expect(events[0]?.summary).toBe('x\nEND:VEVENT\nBEGIN:VEVENT\nUID:y\nz');
  });

  it('keeps every line to 75 octets and every text whole, whatever is in it', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.string({ unit: fc.constantFrom('é', '語', '👩‍👩‍👧', ',', ';', '\\', '\n', '"'), maxLength: 400 }),
    );
    fc.assert(
      fc.property(text, text, (summary, location) => {
        const made = file(event({ summary: `.${summary}`, location: `.${location}` }));
        const bytes = Buffer.from(made, 'utf8');
        expect(bytes.toString('utf8')).toBe(made);
        expect(made.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        for (const line of linesOf(made)) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line.isWellFormed()).toBe(true);
        }
        // What a file may hold of a text: line ends of one kind, no control characters.
        const held = (given: string) =>
          given
            .toWellFormed()
            .replaceAll(/\r\n|[\r\n\u0085\u2028\u2029]/g, '\n')
            // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
            .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
        const [found] = parsed(made).events;
        expect(found?.summary).toBe(held(`.${summary}`));
        expect(found?.location).toBe(held(`.${location}`));
      }),
      { numRuns: 200 },
    );
  });
});

describe('the zone in a calendar file', () => {
  const zones = Intl.supportedValuesOf('timeZone');

  it('gives every instant back, in every zone of the world, across changes of the clocks', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.array(
          fc.record({
            start: fc.integer({ min: Date.UTC(2024, 0, 1) / 60_000, max: Date.UTC(2036, 11, 31) / 60_000 }),
            minutes: fc.integer({ min: 5, max: 300 }),
          }),
          { minLength: 1, maxLength: 4 },
        ),
        (timeZone, visits) => {
          const events = visits.map(({ start, minutes }, index) =>
            event({
              uid: `${index}@clinichub`,
              timeZone,
              start: start * 60_000,
              end: (start + minutes) * 60_000,
            }),
          );
          const found = parsed(file(...events)).events;
          for (const [index, { start, end }] of events.entries())
            expect([timeZone, found[index]?.start, found[index]?.end]).toEqual([timeZone, start, end]);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('is right on each side of every change of the clocks', () => {
    for (const zone of [
      'Europe/Paris',
      'Europe/Dublin',
      'America/New_York',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Pacific/Chatham',
      'Asia/Jerusalem',
      'Africa/Casablanca',
      'Africa/Cairo',
      'America/Santiago',
      'Asia/Kathmandu',
      'Africa/Kigali',
    ]) {
      let change = Temporal.Instant.from('2026-01-01T00:00Z').toZonedDateTimeISO(zone);
      for (let count = 0; count < 4; count += 1) {
        const next = change.getTimeZoneTransition('next');
        if (next === null) break;
        change = next;
        for (const hours of [-26, -1, -0.5, 0, 0.5, 1, 1.5, 26]) {
          const start = change.epochMilliseconds + hours * 3_600_000;
          const made = event({ timeZone: zone, start, end: start + 1_800_000 });
          const [found] = parsed(file(made)).events;
          expect([zone, hours, found?.start, found?.end]).toEqual([zone, hours, start, start + 1_800_000]);
        }
      }
    }
  });

  it('is two yearly rules where there are such, each change where not, and one offset where there is none', () => {
    const componentsOf = (timeZone: string) =>
      linesOf(file(event({ timeZone }))).filter((line) => /^(RRULE|BEGIN:(STANDARD|DAYLIGHT))/.test(line));
    expect(componentsOf('Europe/Paris')).toEqual([
      'BEGIN:DAYLIGHT',
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
      'BEGIN:STANDARD',
      'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
    ]);
    expect(componentsOf('America/New_York')).toEqual([
      'BEGIN:DAYLIGHT',
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU',
      'BEGIN:STANDARD',
      'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU',
    ]);
    expect(componentsOf('Africa/Kigali')).toEqual(['BEGIN:STANDARD']);
    const ramadan = componentsOf('Africa/Casablanca');
    expect(ramadan.length).toBeGreaterThan(4);
    expect(ramadan.join()).not.toContain('RRULE');
  });

  it('is not asked about a time the clocks show twice, nor a zone nobody knows: those are in UTC', () => {
    for (const [start, end] of [
      ['20261025T003000Z', '20261025T013000Z'],
      ['20261024T230000Z', '20261025T000000Z'],
    ]) {
      const at = (text = '') => Temporal.Instant.from(text).epochMilliseconds;
      const night = event({ timeZone: 'Europe/Paris', start: at(start), end: at(end) });
      expect(file(night)).toContain(`DTSTART:${start}\r\nDTEND:${end}`);
    }
    for (const timeZone of ['Mars/Olympus', 'UTC', '', '+02:00']) {
      const made = file(event({ timeZone }));
      expect(made, timeZone).toContain('DTSTART:20261123T080000Z');
      expect(made, timeZone).not.toContain('VTIMEZONE');
    }
  });

  it('is there once for all that is in it', () => {
    const made = file(
      event({ timeZone: 'Europe/Paris' }),
      event({ uid: 'b', timeZone: 'Africa/Kigali' }),
      event({ uid: 'c', timeZone: 'Europe/Paris', start: event().start + 1e10, end: event().end + 1e10 }),
    );
    expect(made.match(/BEGIN:VTIMEZONE/g)).toHaveLength(2);
  });
});
