import type { FreeSlot } from '#shared/contract/appointments.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import { rebookingSlots } from '#shared/domain/appointments/rebooking.ts';
import { freeSlots, type Slot } from '#shared/domain/appointments/slots.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { LocationId, PractitionerId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import {
  type Among,
  both,
  type Ground,
  groundOf,
  nameKey,
  ofAnybody,
  ofColleagues,
  ofPractitioner,
  type Reading,
} from './ground.ts';
import { heldByPatient } from './occupancy.ts';
import { findAppointment, specialtiesOfActive } from './repository.ts';
import { practitionerName } from './view.ts';

/** How far ahead free slots are looked for, how far around a lost one, and the grid their starts lie on. */
export const horizonDays = 60;
export const rebookingDays = 28;
export const gridMinutes = 15;

/** Most searches end in the first days; only a full diary is read to its end. */
export const windows = [
  { ahead: 0, days: 7 },
  { ahead: 7, days: 21 },
  { ahead: 28, days: horizonDays - 28 },
] as const;

type Wanted = Parsed<'appointments.freeSlots'> & { readonly ownHold: string | null };

/** Slots as the contract shows them. */
export const withNames = (slots: readonly Slot[], { names }: Ground, minutes: number): readonly FreeSlot[] =>
  slots.flatMap((slot) => {
    const row = names.get(nameKey(slot.practitionerId, slot.locationId));
    return row === undefined
      ? []
      : [
          {
            practitionerId: slot.practitionerId as PractitionerId,
            practitionerName: practitionerName(row),
            locationId: slot.locationId as LocationId,
            locationName: row.location_name,
            startAt: instant(slot.startAt),
            startLocal: slot.startLocal,
            minutes,
          },
        ];
  });

const slotsAmong = (
  deps: Reading,
  among: Among,
  wanted: Wanted,
  limit: number = wanted.limit,
): readonly FreeSlot[] => {
  const from = Math.max(Date.parse(wanted.from), deps.clock.now());
  // A day earlier than in UTC it may still be, west of Greenwich.
  const start = addDays(dayAt(from, 'UTC'), -1);
  const found: FreeSlot[] = [];
  for (const { ahead, days } of windows) {
    const firstDay = addDays(start, ahead);
    const ground = groundOf(deps, among, { ...wanted, firstDay, days, itself: null });
    const { minutes } = wanted;
    const slots = freeSlots({
      ...ground,
      from,
      firstDay,
      days,
      minutes,
      step: gridMinutes,
      limit: limit - found.length,
    });
    found.push(...withNames(slots, ground, minutes));
    if (found.length >= limit) break;
  }
  return found;
};

/** The practitioner's own slots come first but leave room for a colleague who is free sooner. */
const withColleagues = (deps: Reading, practitionerId: string, wanted: Wanted): FreeSlot[] => {
  const own = slotsAmong(deps, ofPractitioner(deps, practitionerId, wanted.locationId), wanted);
  const specialties = specialtiesOfActive(deps.store, practitionerId);
  const others =
    specialties === undefined
      ? []
      : slotsAmong(deps, ofColleagues(deps, practitionerId, specialties, wanted.locationId), wanted);
  const forOthers = Math.min(
    others.length,
    Math.max(wanted.limit - own.length, Math.floor(wanted.limit * 0.4)),
  );
  return [...own.slice(0, wanted.limit - forOthers), ...others.slice(0, forOthers)];
};

/** The next free slots, see the contract. */
export const nextFree = (
  deps: Reading,
  input: Parsed<'appointments.freeSlots'>,
  ownHold: string | null = null,
): Result<FreeSlot[]> => {
  const wanted = { ...input, ownHold };
  if (Number.isNaN(Date.parse(wanted.from))) return fail('invalid-input', { fields: { from: 'unreadable' } });
  return ok(
    wanted.practitionerId === null
      ? [...slotsAmong(deps, ofAnybody(deps, wanted), wanted)]
      : withColleagues(deps, wanted.practitionerId, wanted),
  );
};

/** Days looked at round the wanted time; most searches end in the first. */
const reaches = [4, 12, rebookingDays] as const;

/** Where an appointment that lost its slot can go, best first. */
export const rebooking = (
  deps: Reading,
  { id, practitionerId, wantedAt, limit }: Parsed<'appointments.rebookingSlots'>,
  ownHold: string | null = null,
): Result<FreeSlot[]> => {
  const row = findAppointment(deps.store, id);
  if (row === undefined) return fail('not-found');
  const specialties = specialtiesOfActive(deps.store, practitionerId) ?? [row.speciality];
  const among = both(
    ofPractitioner(deps, practitionerId, null),
    ofColleagues(deps, practitionerId, specialties, null),
  );
  const wanted = Date.parse(wantedAt);
  const now = deps.clock.now();
  const minutes = Math.round((Date.parse(row.end_at) - Date.parse(row.start_at)) / 60_000);
  let slots: readonly FreeSlot[] = [];
  for (const reach of reaches) {
    const span = (reach + 2) * 86_400_000;
    const [from, to] = [Math.max(now, wanted - span), Math.max(now, wanted) + span];
    const held = heldByPatient(deps.store, row.patient_id, from, to).filter((one) => one.id !== row.id);
    const firstDay = addDays(dayAt(from, 'UTC'), -1);
    const days = Math.ceil((to - from) / 86_400_000) + 2;
    const ground = groundOf(deps, among, {
      visitTypeId: row.visit_type_id,
      firstDay,
      days,
      itself: row.id,
      ownHold,
    });
    const found = rebookingSlots({
      ...ground,
      practitionerId,
      patientBusy: held.map((one) => ({ from: Date.parse(one.start_at), to: Date.parse(one.end_at) })),
      wanted: Math.max(wanted, now),
      now,
      horizonDays: reach,
      minutes,
      step: gridMinutes,
      limit,
    });
    slots = withNames(found, ground, minutes);
    if (slots.length >= limit) break;
  }
  return ok([...slots]);
};
