import { Temporal } from 'temporal-polyfill';
import type { Component, Property } from './lines.ts';

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

/** `20261123T100000` */
export const localText = (at: Temporal.PlainDateTime): string =>
  `${pad(at.year, 4)}${pad(at.month)}${pad(at.day)}T${pad(at.hour)}${pad(at.minute)}${pad(at.second)}`;

/** `20261123T080000Z` of an instant, milliseconds since 1970. */
export const utcText = (at: number): string =>
  `${localText(Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('UTC').toPlainDateTime())}Z`;

const zonedAt = (at: number, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

/** Whether this computer knows a zone, and it is one whose name says more than UTC. */
export const isNamedZone = (zone: string): boolean => {
  try {
    return zone !== 'UTC' && zonedAt(0, zone).timeZoneId !== 'UTC' && /^[A-Za-z]/.test(zone);
  } catch {
    return false;
  }
};

/**
 * The wall time of an instant, null when the clocks show it twice that day: a wall time alone means the first (RFC 5545, 3.3.5), and
 * not every program knows that.
 */
export const wallTextAt = (at: number, zone: string): string | null => {
  const local = zonedAt(at, zone).toPlainDateTime();
  const isOnly = (['earlier', 'later'] as const).every(
    (disambiguation) => local.toZonedDateTime(zone, { disambiguation }).epochMilliseconds === at,
  );
  return isOnly ? localText(local) : null;
};

/** A change of a zone's clocks. */
interface Change {
  /** What the clocks show when it comes, by the offset before it. */
  readonly local: Temporal.PlainDateTime;
  /** Seconds east of UTC, before and after. */
  readonly from: number;
  readonly to: number;
}

const secondsOf = (at: Temporal.ZonedDateTime): number => at.offsetNanoseconds / 1_000_000_000;

const changeAt = (after: Temporal.ZonedDateTime): Change => {
  const before = after.subtract({ nanoseconds: 1 });
  return {
    local: after
      .withTimeZone('UTC')
      .toPlainDateTime()
      .add({ seconds: secondsOf(before) }),
    from: secondsOf(before),
    to: secondsOf(after),
  };
};

/** Clocks that change more often have no calendar anybody could follow. */
const mostChanges = 100;

/** Changes of the clocks from the last before `from` (milliseconds) until `to`. A change of the name alone is none. */
const changesOf = (zone: string, from: number, to: number): readonly Change[] => {
  const changes: Change[] = [];
  const start = zonedAt(from, zone);
  const last = start.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  let next = last ?? start.getTimeZoneTransition('next');
  while (next !== null && next.epochMilliseconds <= to && changes.length < mostChanges) {
    const change = changeAt(next);
    if (change.from !== change.to) changes.push(change);
    next = next.getTimeZoneTransition('next');
  }
  return changes;
};

const offsetText = (seconds: number): string => {
  const all = Math.abs(seconds);
  const rest = all % 60 === 0 ? '' : pad(all % 60);
  return `${seconds < 0 ? '-' : '+'}${pad(Math.floor(all / 3600))}${pad(Math.floor(all / 60) % 60)}${rest}`;
};

const observance = (
  { local, from, to }: Change,
  rule: readonly Property[] = [],
  name = to > from ? 'DAYLIGHT' : 'STANDARD',
): Component => ({
  name,
  properties: [
    { name: 'DTSTART', value: localText(local) },
    { name: 'TZOFFSETFROM', value: offsetText(from) },
    { name: 'TZOFFSETTO', value: offsetText(to) },
    ...rule,
  ],
});

/** Which one of its weekday in its month a day is: 1 to 4, and -1 for the last. */
const ordinalsOf = ({ day, daysInMonth }: Temporal.PlainDateTime): readonly number[] => [
  ...(day + 7 > daysInMonth ? [-1] : []),
  ...(day <= 28 ? [Math.ceil(day / 7)] : []),
];

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** The yearly rule all of these changes follow, null when there is none. */
const ruleOf = (changes: readonly Change[]): Property | null => {
  const [first] = changes;
  if (first === undefined) return null;
  const { month, dayOfWeek } = first.local;
  const time = first.local.toPlainTime();
  const isAlike = ({ local, from, to }: Change) =>
    local.month === month &&
    local.dayOfWeek === dayOfWeek &&
    local.toPlainTime().equals(time) &&
    from === first.from &&
    to === first.to;
  const ordinal = ordinalsOf(first.local).find((one) =>
    changes.every((change) => ordinalsOf(change.local).includes(one)),
  );
  if (ordinal === undefined || !changes.every(isAlike)) return null;
  return {
    name: 'RRULE',
    value: `FREQ=YEARLY;BYMONTH=${month};BYDAY=${ordinal}${weekdays[dayOfWeek - 1]}`,
  };
};

/** Summer time by two yearly rules, which every program understands; null where the zone has no such in these years. */
const byRules = (changes: readonly Change[], years: number): readonly Component[] | null => {
  const spring = changes.filter(({ from, to }) => to > from);
  const autumn = changes.filter(({ from, to }) => to < from);
  if (spring.length !== years || autumn.length !== years) return null;
  const rules = [spring, autumn].map(ruleOf);
  if (rules.some((rule) => rule === null)) return null;
  return [spring, autumn].flatMap((alike, index) => {
    const [first] = alike;
    const rule = rules[index];
    return first === undefined || rule == null ? [] : [observance(first, [rule])];
  });
};

/**
 * What a calendar program needs to know of a zone for instants from `from` to `to` (milliseconds): VTIMEZONE (RFC 5545, 3.6.5). Two yearly
 * rules where the zone follows such, each change by itself where it does not, and one offset where there is none.
 */
export const timeZoneOf = (zone: string, from: number, to: number): Component => {
  const [firstYear, lastYear] = [zonedAt(from, zone).year - 1, zonedAt(to, zone).year + 1];
  const start = Date.UTC(firstYear, 0, 1, 12);
  const whole = changesOf(zone, start, Date.UTC(lastYear, 11, 31, 12));
  const within = whole.filter(({ local }) => local.year >= firstYear);
  const offset = secondsOf(zonedAt(start, zone));
  const steady: Change = {
    local: Temporal.PlainDateTime.from('1970-01-01T00:00:00'),
    from: offset,
    to: offset,
  };
  const components =
    within.length === 0
      ? [observance(steady)]
      : (byRules(within, lastYear - firstYear + 1) ?? [
          ...(whole.length === within.length ? [observance({ ...steady, local: steady.local })] : []),
          ...whole.map((change) => observance(change)),
        ]);
  return { name: 'VTIMEZONE', properties: [{ name: 'TZID', value: zone }], components };
};
