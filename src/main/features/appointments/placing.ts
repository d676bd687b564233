import type { FeatureDeps } from '#main/core/deps.ts';
import { recordsOf } from '#main/data/local/same-patient.ts';
import { blockFor } from '#shared/domain/appointments/slots.ts';
import { resolveWallTime } from '#shared/domain/appointments/wall-time.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { heldDuring, linesOf, patientExists, zoneOf } from './repository.ts';
import { scheduleLine } from './schedule-line.ts';

/** Nobody is booked further ahead; a year that far off is a slip of the finger, and the centre's calendar has an end. */
const furthestDays = 3660;

/** Where, when, with whom and for whom. */
export interface Wanted {
  readonly patientId: string;
  readonly practitionerId: string;
  readonly locationId: string;
  readonly startLocal: string;
  readonly minutes: number;
  /** The appointment that is being placed anew; its own slot is no obstacle. */
  readonly itself: string | null;
}

/** The columns of an appointment that say where and when: they change together, or not at all. */
export type Place = Pick<
  RowOf<'appointment'>,
  'practitioner_id' | 'location_id' | 'room_id' | 'start_at' | 'end_at' | 'start_local' | 'time_zone'
>;

const obstacle = (deps: FeatureDeps, wanted: Wanted, roomId: string | null, from: number, to: number) => {
  const held = heldDuring(deps.store, from, to).filter((row) => row.id !== wanted.itself);
  const slot = held.some(
    (row) => row.practitioner_id === wanted.practitionerId || (roomId !== null && row.room_id === roomId),
  );
  if (slot) return fail('slot-taken');
  const records = recordsOf(deps.store, wanted.patientId);
  return held.some((row) => records.has(row.patient_id)) ? fail('patient-busy') : null;
};

/**
 * The place of an appointment when it can be had as far as this workstation knows: the patient's record stands, the wall time exists, is not over,
 * lies within the practitioner's hours there, and practitioner, room and patient are free. The centre has the last word.
 */
export const findPlace = (deps: FeatureDeps, wanted: Wanted): Result<Place> => {
  if (!patientExists(deps.store, wanted.patientId)) return fail('not-found');
  const timeZone = zoneOf(deps.store, wanted.locationId);
  if (timeZone === undefined) return fail('not-found');
  const start = resolveWallTime(wanted.startLocal, timeZone);
  if (!start.ok) return fail('invalid-input', { fields: { startLocal: start.error } });
  const end = start.value + wanted.minutes * 60_000;
  if (end <= deps.clock.now()) return fail('invalid-input', { fields: { startLocal: 'in-the-past' } });
  if (start.value > deps.clock.now() + furthestDays * 86_400_000) return fail('outside-schedule');
  const block = blockFor(linesOf(deps.store, wanted.practitionerId).map(scheduleLine), wanted);
  if (block === null) return fail('outside-schedule');
  return (
    obstacle(deps, wanted, block.roomId, start.value, end) ??
    ok({
      practitioner_id: wanted.practitionerId,
      location_id: wanted.locationId,
      room_id: block.roomId,
      start_at: instant(start.value),
      end_at: instant(end),
      start_local: wanted.startLocal,
      time_zone: timeZone,
    })
  );
};
