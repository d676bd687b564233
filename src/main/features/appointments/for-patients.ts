import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import type {
  AskedVisit,
  DoctorsPage,
  Fitting,
  Looking,
  PatientBooking,
} from '#main/core/patient-booking.ts';
import type { FreeSlot } from '#shared/contract/appointments.ts';
import { freeOn, freeSlots, type Slot } from '#shared/domain/appointments/slots.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { book, cancel, move } from './booking.ts';
import { windowAt } from './booking-window.ts';
import { gridMinutes, horizonDays, windows, withNames } from './free-slots.ts';
import { type Among, type Ground, groundOf, ofAnybody, ofPractitioner, type Reading } from './ground.ts';
import { hold, ownHold, release } from './holds.ts';
import { findPlace } from './placing.ts';
import { findVisitType } from './repository.ts';

/** Nobody looks further ahead, whatever a visit type or site says. */
const furthestDays = 180;
/** Days that are read at once for the times of one doctor. */
const week = 7;
/** No doctor has more times in a week. */
const mostTimes = 2000;

const amongOpen = (deps: Reading, { practitionerId, speciality, locationId, isOpen }: Looking): Among => {
  const { lines, takes } =
    practitionerId === null
      ? ofAnybody(deps, { speciality, locationId })
      : ofPractitioner(deps, practitionerId, locationId);
  return {
    lines: lines.filter((line) => isOpen(line.location_id)),
    takes: (extra) => extra.location_id !== null && isOpen(extra.location_id) && takes(extra),
  };
};

/** A day earlier than in UTC it may still be, west of Greenwich. */
const firstDayOf = ({ clock }: Reading, from: string | null): string => {
  const soonest = addDays(dayAt(clock.now(), 'UTC'), -1);
  return from === null || from < soonest ? soonest : from;
};

const lastDay = ({ clock }: Reading): string => addDays(dayAt(clock.now(), 'UTC'), furthestDays);

interface Offered {
  readonly id: string;
  readonly slots: Slot[];
}

const isPast = (after: DoctorsPage['after'], startAt: number, id: string): boolean =>
  after === null ||
  startAt > Date.parse(after.startAt) ||
  (startAt === Date.parse(after.startAt) && id > after.id);

/** Whether so many doctors after the place have all the times that are asked of each. */
const isEnough = (offered: Iterable<Offered>, { after, most, each }: DoctorsPage): boolean => {
  let full = 0;
  for (const { id, slots } of offered)
    if (slots.length >= each && isPast(after, slots[0]?.startAt ?? 0, id)) full += 1;
  return full > most;
};

/** Adds what is free on a day to what each doctor has so far, none of it overlapping. */
const addDay = (
  offered: Map<string, Offered>,
  free: readonly Slot[],
  {
    each,
    minutes,
    isTime,
  }: { readonly each: number; readonly minutes: number; readonly isTime: Fitting['isTime'] },
) => {
  for (const slot of free) {
    if (!isTime(slot.startLocal.slice(11))) continue;
    const known = offered.get(slot.practitionerId) ?? { id: slot.practitionerId, slots: [] };
    const last = known.slots.at(-1);
    if (known.slots.length >= each) continue;
    if (last !== undefined && slot.startAt < last.startAt + minutes * 60_000) continue;
    known.slots.push(slot);
    offered.set(slot.practitionerId, known);
  }
};

const bySoonest = (one: Offered, other: Offered): number =>
  (one.slots[0]?.startAt ?? 0) - (other.slots[0]?.startAt ?? 0) || (one.id < other.id ? -1 : 1);

/** Doctors with their first free times, whoever is free soonest first, one more than asked for where there are more. */
const doctors = (
  deps: Reading,
  looking: Looking,
  { isDay, isTime }: Fitting,
  page: DoctorsPage,
  own: string | null,
): readonly { readonly id: string; readonly slots: readonly FreeSlot[] }[] => {
  const among = amongOpen(deps, looking);
  const start = firstDayOf(deps, looking.from);
  const offered = new Map<string, Offered>();
  const names = new Map<string, Ground>();
  const { minutes, visitTypeId } = looking;
  for (const { ahead, days } of windows) {
    const firstDay = addDays(start, ahead);
    if (firstDay > lastDay(deps)) break;
    const ground = groundOf(deps, among, { visitTypeId, firstDay, days, itself: null, ownHold: own });
    const search = { ...ground, from: deps.clock.now(), minutes, step: gridMinutes };
    for (let day = firstDay; day < addDays(firstDay, days); day = addDays(day, 1)) {
      if (!isDay(day)) continue;
      const free = freeOn(search, day).toSorted((a, b) => a.startAt - b.startAt);
      addDay(offered, free, { each: page.each, minutes, isTime });
      if (isEnough(offered.values(), page)) break;
    }
    for (const id of offered.keys()) if (!names.has(id)) names.set(id, ground);
    const found = [...offered.values()].filter((one) =>
      isPast(page.after, one.slots[0]?.startAt ?? 0, one.id),
    );
    // Whoever is free first in a later window comes after all of these.
    if (found.length > page.most) break;
  }
  return [...offered.values()]
    .filter((one) => isPast(page.after, one.slots[0]?.startAt ?? 0, one.id))
    .toSorted(bySoonest)
    .slice(0, page.most + 1)
    .flatMap(({ id, slots }) => {
      const ground = names.get(id);
      return ground === undefined ? [] : [{ id, slots: withNames(slots, ground, minutes) }];
    });
};

/** The last day such a visit is looked for on, at the sites a doctor is found at. */
const endOf = (deps: Reading, { lines }: Among, visitTypeId: string | null): string => {
  const kind = visitTypeId === null ? undefined : findVisitType(deps.store, visitTypeId);
  const own = { leadMinutes: kind?.lead_minutes ?? null, horizonDays: kind?.horizon_days ?? null };
  const sites = [...new Set(lines.map((line) => line.location_id))];
  const reaches = sites.map((site) => windowAt(deps, own, site).horizonDays ?? furthestDays);
  const days = Math.min(furthestDays, Math.max(horizonDays, ...reaches));
  // In the east it may be a day later than in UTC.
  return addDays(dayAt(deps.clock.now(), 'UTC'), days + 1);
};

/** The free times of one doctor in the first week that has some that fit, and where to look on. */
const times = (
  deps: Reading,
  looking: Looking,
  { isDay, isTime }: Fitting,
  own: string | null,
): { readonly slots: readonly FreeSlot[]; readonly next: string | null } => {
  const among = amongOpen(deps, looking);
  const { minutes, visitTypeId } = looking;
  const end = endOf(deps, among, visitTypeId);
  let firstDay = firstDayOf(deps, looking.from);
  while (firstDay <= end) {
    const ground = groundOf(deps, among, {
      visitTypeId,
      firstDay,
      days: week,
      itself: null,
      ownHold: own,
    });
    const found = freeSlots({
      ...ground,
      from: deps.clock.now(),
      firstDay,
      days: week,
      minutes,
      step: gridMinutes,
      limit: mostTimes,
    }).filter(({ startLocal }) => isDay(startLocal.slice(0, 10)) && isTime(startLocal.slice(11)));
    firstDay = addDays(firstDay, week);
    if (found.length > 0)
      return { slots: withNames(found, ground, minutes), next: firstDay <= end ? firstDay : null };
  }
  return { slots: [], next: null };
};

/** Whether a time is one that is offered: on the grid of the hours, and free. */
const isOffered = (deps: Reading, visit: AskedVisit, itself: string | null, own: string | null): boolean => {
  const { practitionerId, locationId, startLocal, visitTypeId, minutes } = visit;
  const day = startLocal.slice(0, 10);
  const among = ofPractitioner(deps, practitionerId, locationId);
  if (day > endOf(deps, among, visitTypeId)) return false;
  const ground = groundOf(deps, among, { visitTypeId, firstDay: day, days: 1, itself, ownHold: own });
  const search = { ...ground, from: deps.clock.now(), minutes, step: gridMinutes };
  return freeOn(search, day).some((slot) => slot.startLocal === startLocal && slot.locationId === locationId);
};

/** What the desks do with appointments, as a patient does it, for whoever asks at a connection. */
export const appointmentsForPatients = (deps: FeatureDeps): PatientBooking => {
  const own = (connection: Connection) => ownHold(deps, connection);
  return {
    doctors: (looking, fitting, page, connection) => doctors(deps, looking, fitting, page, own(connection)),
    times: (looking, fitting, connection) => times(deps, looking, fitting, own(connection)),
    isOffered: (visit, itself, connection) => isOffered(deps, visit, itself, own(connection)),
    place: ({ isAsProposed, ...visit }, itself, connection) =>
      findPlace(deps, { ...visit, overbook: null, itself, back: isAsProposed, ownHold: own(connection) }),
    hold: (visit, connection) => hold(deps, visit, connection),
    release: (connection) => release(deps, connection),
    book: (input, connection) => book(deps, input, connection),
    move: (input, byPatient, connection) => move(deps, input, connection, byPatient),
    cancel: (input, connection) => cancel(deps, input, connection),
  };
};
