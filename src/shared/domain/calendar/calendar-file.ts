import { type Component, escapedText, fileOf, type Property } from './lines.ts';
import { isNamedZone, timeZoneOf, utcText, wallTextAt } from './time-zone.ts';

/** RFC 5545, 3.8.1.11. */
export const eventStatuses = ['TENTATIVE', 'CONFIRMED', 'CANCELLED'] as const;
export type EventStatus = (typeof eventStatuses)[number];

/** One entry of a calendar. Milliseconds since 1970. */
export interface CalendarEvent {
  /** Unique in the world, and the same for as long as it is the same thing. */
  readonly uid: string;
  /** Grows with each change: a program takes the highest it has seen. */
  readonly sequence: number;
  readonly status: EventStatus;
  readonly start: number;
  readonly end: number;
  /** IANA. */
  readonly timeZone: string;
  readonly summary: string;
  readonly description: string;
  readonly location: string;
  readonly createdAt: number;
}

export interface CalendarFile {
  /** How a program that subscribes calls it; null for a file that is only taken over. */
  readonly name: string | null;
  readonly events: readonly CalendarEvent[];
  /** When the file is made, milliseconds since 1970. */
  readonly at: number;
}

/** How often a program should look again. */
const refresh = 'PT1H';

const text = (name: string, value: string): readonly Property[] =>
  value === '' ? [] : [{ name, value: escapedText(value) }];

const wallTimes = ({ start, end, timeZone }: CalendarEvent): readonly [string, string] | null => {
  if (!isNamedZone(timeZone)) return null;
  const [from, to] = [wallTextAt(start, timeZone), wallTextAt(end, timeZone)];
  return from === null || to === null ? null : [from, to];
};

/** In the zone of its place; in UTC where a wall time would not say which of two instants is meant. */
const timesOf = (event: CalendarEvent): readonly Property[] => {
  const walls = wallTimes(event);
  if (walls === null)
    return [
      { name: 'DTSTART', value: utcText(event.start) },
      { name: 'DTEND', value: utcText(event.end) },
    ];
  const parameters = { TZID: event.timeZone };
  return [
    { name: 'DTSTART', parameters, value: walls[0] },
    { name: 'DTEND', parameters, value: walls[1] },
  ];
};

const eventOf = (event: CalendarEvent, at: number): Component => ({
  name: 'VEVENT',
  properties: [
    { name: 'UID', value: escapedText(event.uid) },
    { name: 'DTSTAMP', value: utcText(at) },
    { name: 'SEQUENCE', value: String(event.sequence) },
    { name: 'CREATED', value: utcText(event.createdAt) },
    { name: 'STATUS', value: event.status },
    ...timesOf(event),
    ...text('SUMMARY', event.summary),
    ...text('DESCRIPTION', event.description),
    ...text('LOCATION', event.location),
    { name: 'CLASS', value: 'PRIVATE' },
    { name: 'TRANSP', value: event.status === 'CANCELLED' ? 'TRANSPARENT' : 'OPAQUE' },
  ],
});

const zonesOf = (events: readonly CalendarEvent[]): readonly Component[] => {
  const local = events.filter((event) => wallTimes(event) !== null);
  return [...new Set(local.map(({ timeZone }) => timeZone))].map((zone) => {
    const times = local.filter(({ timeZone }) => timeZone === zone).flatMap(({ start, end }) => [start, end]);
    return timeZoneOf(zone, Math.min(...times), Math.max(...times));
  });
};

/** A calendar as a file that programs take over or subscribe to (RFC 5545, RFC 7986). */
export const calendarFile = ({ name, events, at }: CalendarFile): string =>
  fileOf({
    name: 'VCALENDAR',
    properties: [
      { name: 'VERSION', value: '2.0' },
      { name: 'PRODID', value: '-//ClinicHub//Workstation//EN' },
      { name: 'CALSCALE', value: 'GREGORIAN' },
      { name: 'METHOD', value: 'PUBLISH' },
      ...(name === null
        ? []
        : [
            ...text('NAME', name),
            // What programs read that are older than NAME and REFRESH-INTERVAL.
            ...text('X-WR-CALNAME', name),
            { name: 'REFRESH-INTERVAL', parameters: { VALUE: 'DURATION' }, value: refresh },
            { name: 'X-PUBLISHED-TTL', value: refresh },
          ]),
    ],
    components: [...zonesOf(events), ...events.map((event) => eventOf(event, at))],
  });
