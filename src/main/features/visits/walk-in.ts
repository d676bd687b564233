import type { FeatureDeps } from '#main/core/deps.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import { plainVisit } from '#shared/domain/appointments/stage.ts';
import { dayAt, wallTimeAt } from '#shared/domain/appointments/wall-time.ts';
import { nextTicket } from '#shared/domain/visits/ticket.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import {
  openVisitOf,
  patientStands,
  practitionerWorks,
  roomOf,
  ticketsOf,
  zoneOfSite,
} from './repository.ts';

const grid = 5 * 60_000;
const length = 15 * 60_000;

/**
 * The appointment of somebody who came without one: now, on top of whoever is booked, so that it never fights for a slot. The
 * ticket has the letters of this workstation, so that no other gives the same one.
 */
export const walkInRow = (
  deps: FeatureDeps,
  input: Parsed<'visits.walkIn'>,
  user: string | null,
): Result<RowOf<'appointment'>> => {
  const { store, clock } = deps;
  const timeZone = zoneOfSite(store, input.locationId);
  const deviceNo = store.workstation()?.deviceNo;
  if (deviceNo === undefined) return fail('not-ready');
  if (timeZone === undefined || !patientStands(store, input.patientId)) return fail('not-found');
  if (!practitionerWorks(store, input.practitionerId)) return fail('not-found');
  const now = clock.now();
  const start = Math.floor(now / grid) * grid;
  const startLocal = wallTimeAt(start, timeZone);
  // The day of the start: five minutes past midnight rounds down to a day of its own.
  const date = dayAt(start, timeZone);
  if (openVisitOf(store, input.patientId, date)) return fail('duplicate');
  return ok({
    id: deps.newId(),
    patient_id: input.patientId,
    practitioner_id: input.practitionerId,
    location_id: input.locationId,
    room_id: roomOf(store, input, startLocal),
    status: 'arrived',
    participant_status: 'accepted',
    start_at: instant(start),
    end_at: instant(start + length),
    start_local: startLocal,
    time_zone: timeZone,
    description: input.reason || null,
    cancel_reason: null,
    proposed_start_at: null,
    overbooked: 1,
    needs_rebooking: 0,
    source: null,
    created_at: instant(now),
    created_by: user,
    voided_at: null,
    voided_by: null,
    void_reason: null,
    ...plainVisit,
    overbook_reason: 'walk-in',
    walk_in: 1,
    ticket: nextTicket(deviceNo, ticketsOf(store, date)),
    priority: input.priority,
    stage: 'arrived',
    stage_at: instant(now),
    arrived_at: instant(now),
  });
};
