import type { FeatureDeps } from '#main/core/deps.ts';
import { recordsOf } from '#main/data/local/same-patient.ts';
import { placeIn } from '#shared/domain/appointments/schedule.ts';
import { overlaps, type Span } from '#shared/domain/appointments/spans.ts';
import {
  anyTime,
  type BookingWindow,
  earliestStart,
  latestDay,
  plainNeeds,
  practitionerSpan,
  type VisitNeeds,
} from '#shared/domain/appointments/visit-type.ts';
import { dayAt, resolveWallTime } from '#shared/domain/appointments/wall-time.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { windowAt } from './booking-window.ts';
import { heldByOthers } from './holds.ts';
import { type Held, heldAround, visitsOfKind } from './occupancy.ts';
import {
  exceptionsBetween,
  findAppointment,
  findVisitType,
  linesOf,
  patientExists,
  zoneOf,
} from './repository.ts';
import { scheduleException, scheduleLine } from './schedule-line.ts';

/** Nobody is booked further ahead; a year that far off is a slip of the finger, and the centre's calendar has an end. */
const furthestDays = 3660;

/** Where, when, with whom and for whom. */
export interface Wanted {
  readonly patientId: string;
  readonly practitionerId: string;
  readonly locationId: string;
  readonly startLocal: string;
  readonly minutes: number;
  readonly visitTypeId: string | null;
  /** Why it may be where somebody has a visit already, or sooner or further ahead than its kind is booked; null: it may not. */
  readonly overbook: string | null;
  /** What whoever asks holds themselves, see `ownHold`: that is no obstacle. */
  readonly ownHold: string | null;
  /** Appointments that are placed anew together with it: where they are now is no obstacle either. */
  readonly alongside?: ReadonlySet<string>;
  /** The appointment that is being placed anew; its own slot is no obstacle, and its kind of visit may be one no longer offered. */
  readonly itself: string | null;
  /** It had that time before, however soon or far ahead its kind is booked now. */
  readonly back?: boolean;
  /** It may be over. */
  readonly over?: boolean;
}

/** The columns of an appointment that say where and when: they change together, or not at all. */
export type Place = Pick<
  RowOf<'appointment'>,
  | 'practitioner_id'
  | 'location_id'
  | 'room_id'
  | 'start_at'
  | 'end_at'
  | 'start_local'
  | 'time_zone'
  | 'visit_type_id'
  | 'overbooked'
  | 'overbook_reason'
>;

interface Kind extends VisitNeeds, BookingWindow {
  readonly name: string;
  readonly dailyCap: number | null;
}

const kindOf = (deps: FeatureDeps, { visitTypeId, itself, locationId }: Wanted): Kind | undefined => {
  if (visitTypeId === null)
    return { ...plainNeeds, ...windowAt(deps, anyTime, locationId), name: '', dailyCap: null };
  const row = findVisitType(deps.store, visitTypeId);
  if (row === undefined || (row.active === 0 && itself === null)) return undefined;
  return {
    name: row.name,
    dailyCap: row.daily_cap,
    bufferBefore: row.buffer_before,
    bufferAfter: row.buffer_after,
    needsRoom: row.needs_room === 1,
    ...windowAt(deps, { leadMinutes: row.lead_minutes, horizonDays: row.horizon_days }, locationId),
  };
};

const visitOf = (row: Held): Span => ({ from: Date.parse(row.start_at), to: Date.parse(row.end_at) });

const keeps = (row: Held): Span =>
  practitionerSpan(visitOf(row), {
    bufferBefore: row.buffer_before ?? 0,
    bufferAfter: row.buffer_after ?? 0,
  });

/** Whether practitioner or room are somebody else's then. */
const isTaken = (
  held: readonly Held[],
  wanted: Wanted,
  kind: VisitNeeds,
  roomId: string | null,
  visit: Span,
): boolean => {
  const own = practitionerSpan(visit, kind);
  return held.some(
    (row) =>
      row.overbooked === 0 &&
      ((row.practitioner_id === wanted.practitionerId && overlaps(keeps(row), own)) ||
        (roomId !== null && row.room_id === roomId && overlaps(visitOf(row), visit))),
  );
};

const isFull = (deps: FeatureDeps, wanted: Wanted, { dailyCap }: Kind): boolean => {
  if (wanted.visitTypeId === null || dailyCap === null) return false;
  const day = wanted.startLocal.slice(0, 10);
  const [count] = visitsOfKind(deps.store, {
    visitTypeId: wanted.visitTypeId,
    practitionerIds: [wanted.practitionerId],
    from: day,
    to: day,
    itself: wanted.itself,
  });
  return (count?.visits ?? 0) >= dailyCap;
};

/** The instants of the visit when its wall time exists there, is not over and not too far off. */
const whenOf = (deps: FeatureDeps, wanted: Wanted, timeZone: string): Result<Span> => {
  const start = resolveWallTime(wanted.startLocal, timeZone);
  if (!start.ok) return fail('invalid-input', { fields: { startLocal: start.error } });
  const to = start.value + wanted.minutes * 60_000;
  if (to <= deps.clock.now() && !wanted.over)
    return fail('invalid-input', { fields: { startLocal: 'in-the-past' } });
  if (start.value > deps.clock.now() + furthestDays * 86_400_000) return fail('outside-schedule');
  return ok({ from: start.value, to });
};

/** Why its kind is not booked for then: too soon or too far ahead. What has that time already keeps it. */
const outOfReach = (deps: FeatureDeps, wanted: Wanted, kind: Kind, timeZone: string, start: number) => {
  const { leadMinutes, horizonDays } = kind;
  const now = deps.clock.now();
  const isSoon = start < earliestStart(now, kind);
  const last = latestDay(dayAt(now, timeZone), kind);
  const isFar = last !== null && wanted.startLocal.slice(0, 10) > last;
  if (wanted.back || (!isSoon && !isFar)) return undefined;
  const before = wanted.itself === null ? undefined : findAppointment(deps.store, wanted.itself);
  if (before !== undefined && Date.parse(before.start_at) === start) return undefined;
  return isSoon
    ? fail('too-soon', { params: { hours: Math.round((leadMinutes ?? 0) / 0.6) / 100 } })
    : fail('too-far', { params: { days: horizonDays ?? 0 } });
};

/** The practitioner's room then when the visit lies within the hours there, or why it does not. */
const roomFor = (deps: FeatureDeps, wanted: Wanted, { needsRoom }: VisitNeeds): Result<string | null> => {
  const day = wanted.startLocal.slice(0, 10);
  const schedule = {
    lines: linesOf(deps.store, wanted.practitionerId).map(scheduleLine),
    exceptions: exceptionsBetween(deps.store, day, day)
      .map(scheduleException)
      // Of the extra hours of others, none are this one's.
      .filter(({ practitionerId }) => practitionerId === null || practitionerId === wanted.practitionerId),
  };
  const found = placeIn(schedule, { ...wanted, needsRoom });
  if (found.ok) return ok(found.value.roomId);
  return found.error.code === 'on-leave'
    ? fail('on-leave', { params: { name: found.error.name } })
    : fail(found.error.code);
};

/**
 * The place of an appointment when it can be had as far as this workstation knows: the patient's record stands, the wall time exists, is not over,
 * lies within the practitioner's hours there, the kind of visit is booked so far ahead and not used up that day, and practitioner, room and patient are
 * free; or, when there is a reason to overbook, the patient is. The centre has the last word.
 */
export const findPlace = (deps: FeatureDeps, wanted: Wanted): Result<Place> => {
  if (!patientExists(deps.store, wanted.patientId)) return fail('not-found');
  const timeZone = zoneOf(deps.store, wanted.locationId);
  if (timeZone === undefined) return fail('not-found');
  const kind = kindOf(deps, wanted);
  if (kind === undefined) return fail('not-found');
  const when = whenOf(deps, wanted, timeZone);
  if (!when.ok) return when;
  const room = roomFor(deps, wanted, kind);
  if (!room.ok) return room;
  if (isFull(deps, wanted, kind))
    return fail('visit-type-full', { params: { name: kind.name, count: kind.dailyCap ?? 0 } });
  const visit = when.value;
  const reach = outOfReach(deps, wanted, kind, timeZone, visit.from);
  if (reach !== undefined && wanted.overbook === null) return reach;
  const around = practitionerSpan(visit, kind);
  const held = heldAround(deps.store, around.from, around.to).filter(
    (row) => row.id !== wanted.itself && !wanted.alongside?.has(row.id),
  );
  const taken = isTaken(held, wanted, kind, room.value, visit);
  if (taken && wanted.overbook === null) return fail('slot-taken');
  const other = heldByOthers(deps, around, wanted.ownHold).find(
    (one) => one.practitionerId === wanted.practitionerId,
  );
  if (other !== undefined && wanted.overbook === null)
    return fail('slot-held', { params: { name: other.by } });
  const records = recordsOf(deps.store, wanted.patientId);
  if (held.some((row) => records.has(row.patient_id) && overlaps(visitOf(row), visit)))
    return fail('patient-busy');
  return ok({
    practitioner_id: wanted.practitionerId,
    location_id: wanted.locationId,
    room_id: room.value,
    start_at: instant(visit.from),
    end_at: instant(visit.to),
    start_local: wanted.startLocal,
    time_zone: timeZone,
    visit_type_id: wanted.visitTypeId,
    overbooked: taken ? 1 : 0,
    overbook_reason: ((taken || reach !== undefined || other !== undefined) && wanted.overbook) || null,
  });
};
