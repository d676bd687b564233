import type { FeatureDeps } from '#main/core/deps.ts';
import { whoHas } from '#main/data/local/specialties.ts';
import { fullWith } from '#shared/domain/appointments/absence-holds.ts';
import type { SlotSearch } from '#shared/domain/appointments/slots.ts';
import { dayKey } from '#shared/domain/appointments/slots.ts';
import { type Span, timeline } from '#shared/domain/appointments/spans.ts';
import {
  anyTime,
  type BookingWindow,
  plainNeeds,
  practitionerSpan,
  type VisitNeeds,
} from '#shared/domain/appointments/visit-type.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { windowAt } from './booking-window.ts';
import { heldByOthers } from './holds.ts';
import { buffersOfKinds, takenDuring, visitsOfKind } from './occupancy.ts';
import {
  type ExceptionRow,
  exceptionsBetween,
  findVisitType,
  linesAmong,
  linesOf,
  linesOfColleagues,
  type ScheduleRow,
} from './repository.ts';
import { scheduleException, scheduleLine } from './schedule-line.ts';

/** What a search needs of the workstation. */
export type Reading = Pick<FeatureDeps, 'store' | 'clock' | 'settings'>;

/** Whose slots are looked for: their weekly lines, and which extra hours are theirs too. */
export interface Among {
  readonly lines: readonly ScheduleRow[];
  readonly takes: (extra: ExceptionRow) => boolean;
}

const isAt = (locationId: string | null) => (row: { readonly location_id: string | null }) =>
  locationId === null || row.location_id === locationId;

export const ofPractitioner = (
  { store }: Reading,
  practitionerId: string,
  locationId: string | null,
): Among => ({
  lines: linesOf(store, practitionerId).filter(isAt(locationId)),
  takes: (extra) => extra.practitioner_id === practitionerId && isAt(locationId)(extra),
});

/** All others who share a speciality. */
export const ofColleagues = (
  { store }: Reading,
  practitionerId: string,
  specialties: readonly string[],
  locationId: string | null,
): Among => {
  const people = whoHas(store, specialties);
  return {
    lines: linesOfColleagues(store, specialties, practitionerId).filter(isAt(locationId)),
    takes: (extra) =>
      people.has(extra.practitioner_id ?? '') &&
      extra.practitioner_id !== practitionerId &&
      isAt(locationId)(extra),
  };
};

export const ofAnybody = (
  { store }: Reading,
  filter: { readonly speciality: string | null; readonly locationId: string | null },
): Among => {
  const people = filter.speciality === null ? null : whoHas(store, [filter.speciality]);
  return {
    lines: linesAmong(store, filter),
    takes: (extra) =>
      (people === null || people.has(extra.practitioner_id ?? '')) && isAt(filter.locationId)(extra),
  };
};

export const both = (one: Among, other: Among): Among => ({
  lines: [...one.lines, ...other.lines],
  takes: (extra) => one.takes(extra) || other.takes(extra),
});

/** All that a search for slots goes by, and the names of who and where. */
export interface Ground
  extends Pick<SlotSearch, 'lines' | 'exceptions' | 'busy' | 'full' | 'needs' | 'windowAt' | 'now'> {
  readonly names: ReadonlyMap<string, Named>;
  /** Of the wanted kind of visit: how many there are by `dayKey`, and how many may be. */
  readonly visits: ReadonlyMap<string, number>;
  readonly visitTypeId: string | null;
  readonly dailyCap: number | null;
}

interface Named {
  readonly practitioner_prefix: string | null;
  readonly practitioner_family: string;
  readonly practitioner_given: string;
  readonly location_name: string;
}

export const nameKey = (practitionerId: string, locationId: string): string =>
  `${practitionerId} ${locationId}`;

const extraNames = (row: ExceptionRow): readonly (readonly [string, Named])[] => {
  const { practitioner_id, location_id, practitioner_family, practitioner_given, location_name } = row;
  if (practitioner_id === null || location_id === null) return [];
  if (practitioner_family === null || practitioner_given === null || location_name === null) return [];
  return [
    [
      nameKey(practitioner_id, location_id),
      { ...row, practitioner_family, practitioner_given, location_name },
    ],
  ];
};

interface Window {
  readonly firstDay: string;
  readonly days: number;
  readonly visitTypeId: string | null;
  /** Its own slot is no obstacle to it. */
  readonly itself: string | null;
  /** What whoever asks holds themselves, see `ownHold`. */
  readonly ownHold: string | null;
}

const hour = 3_600_000;

/** Taken time by practitioner, buffers included, and by room; what others are about to book is taken too. */
const busyOf = (
  deps: Reading,
  who: { readonly practitionerIds: readonly string[]; readonly roomIds: readonly string[] },
  { firstDay, days, itself, ownHold }: Window,
) => {
  const { store } = deps;
  // In the easternmost zone a day begins 14 hours before it does in UTC, in the westernmost it ends 12 hours after.
  const midnight = Date.parse(`${firstDay}T00:00:00Z`);
  const [from, to] = [midnight - 14 * hour, midnight + days * 24 * hour + 12 * hour];
  const buffers = buffersOfKinds(store);
  const spans = new Map<string, Span[]>();
  const add = (id: string, span: Span) => {
    const known = spans.get(id);
    if (known === undefined) spans.set(id, [span]);
    else known.push(span);
  };
  for (const taken of takenDuring(store, who, { from, to, itself })) {
    const around = taken.visitTypeId === null ? undefined : buffers.get(taken.visitTypeId);
    add(taken.practitionerId, around === undefined ? taken : practitionerSpan(taken, around));
    if (taken.roomId !== null) add(taken.roomId, taken);
  }
  for (const held of heldByOthers(deps, { from, to }, ownHold)) add(held.practitionerId, held);
  return new Map([...spans].map(([id, taken]) => [id, timeline(taken)]));
};

interface Kind {
  readonly needs: VisitNeeds;
  readonly dailyCap: number | null;
  readonly window: BookingWindow;
}

const kindOf = ({ store }: Reading, visitTypeId: string | null): Kind => {
  const row = visitTypeId === null ? undefined : findVisitType(store, visitTypeId);
  if (row === undefined) return { needs: plainNeeds, dailyCap: null, window: anyTime };
  return {
    needs: {
      bufferBefore: row.buffer_before,
      bufferAfter: row.buffer_after,
      needsRoom: row.needs_room === 1,
    },
    dailyCap: row.daily_cap,
    window: { leadMinutes: row.lead_minutes, horizonDays: row.horizon_days },
  };
};

const visitsOf = (
  { store }: Reading,
  practitionerIds: readonly string[],
  { dailyCap }: Kind,
  { visitTypeId, firstDay, days, itself }: Window,
): ReadonlyMap<string, number> => {
  if (visitTypeId === null || dailyCap === null) return new Map();
  const to = addDays(firstDay, days);
  const counts = visitsOfKind(store, { visitTypeId, practitionerIds, from: firstDay, to, itself });
  return new Map(counts.map(({ practitioner_id, day, visits }) => [dayKey(practitioner_id, day), visits]));
};

/** The window of a kind of visit at each place, read once for each. */
const windowsOf = (deps: Reading, own: BookingWindow): SlotSearch['windowAt'] => {
  const known = new Map<string, BookingWindow>();
  return (locationId) => {
    const before = known.get(locationId);
    if (before !== undefined) return before;
    const window = windowAt(deps, own, locationId);
    known.set(locationId, window);
    return window;
  };
};

/** Reads what a search among some practitioners needs for a window of days. */
export const groundOf = (deps: Reading, among: Among, window: Window): Ground => {
  const exceptions = exceptionsBetween(
    deps.store,
    window.firstDay,
    addDays(window.firstDay, window.days),
  ).filter((row) => row.kind !== 'extra' || among.takes(row));
  const extras = exceptions.filter((row) => row.kind === 'extra');
  const ids = [...among.lines, ...extras].map((row) => row.practitioner_id);
  const practitionerIds = [...new Set(ids.filter((id) => id !== null))];
  const roomIds = [...new Set(among.lines.map((line) => line.room_id).filter((id) => id !== null))];
  const kind = kindOf(deps, window.visitTypeId);
  const isAnybody = practitionerIds.length > 0;
  const visits = isAnybody ? visitsOf(deps, practitionerIds, kind, window) : new Map<string, number>();
  const { dailyCap } = kind;
  const { visitTypeId } = window;
  return {
    visits,
    visitTypeId,
    dailyCap,
    lines: among.lines.map(scheduleLine),
    exceptions: exceptions.map(scheduleException),
    busy: isAnybody ? busyOf(deps, { practitionerIds, roomIds }, window) : new Map(),
    full: fullWith(visits, { visitTypeId, dailyCap }, []),
    needs: kind.needs,
    windowAt: windowsOf(deps, kind.window),
    now: deps.clock.now(),
    names: new Map([
      ...extras.flatMap(extraNames),
      ...among.lines.map((line) => [nameKey(line.practitioner_id, line.location_id), line] as const),
    ]),
  };
};
