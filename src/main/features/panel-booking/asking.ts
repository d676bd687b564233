import type { Connection } from '#main/core/dispatch.ts';
import type { OwnPatient } from '#main/core/own-patient.ts';
import type { AskedVisit } from '#main/core/patient-booking.ts';
import { resolveWallTime } from '#shared/domain/appointments/wall-time.ts';
import { instant } from '#shared/kernel/clock.ts';
import { type AppError, type ErrorCode, fail, ok, type Result } from '#shared/kernel/result.ts';
import { openSites } from './choices.ts';
import type { PanelBookingDeps } from './deps.ts';
import { heldOf } from './repository.ts';

/** What a desk is told and a patient is not: who else is there, and why somebody is not. */
const clinicsOwn: readonly ErrorCode[] = [
  'slot-held',
  'visit-type-full',
  'on-leave',
  'outside-schedule',
  'room-needed',
];

const told = (error: AppError): Result<never> =>
  clinicsOwn.includes(error.code) ? fail('slot-taken') : { ok: false, error };

/** A visit a patient asks for, and what stands in its way besides. */
export interface Asking {
  readonly own: OwnPatient;
  readonly visit: AskedVisit;
  /** The appointment that is moved there. */
  readonly itself: string | null;
  /** The doctor offered that very time. */
  readonly isAsProposed: boolean;
}

/** What the patient has then already, at that time or with that doctor on that day; whatever others have is not told. */
const ownObstacle = (
  { store }: PanelBookingDeps,
  { own, visit, itself }: Asking,
  timeZone: string,
): Result<null> => {
  const start = resolveWallTime(visit.startLocal, timeZone);
  if (!start.ok) return fail('invalid-input', { fields: { startLocal: start.error } });
  const day = visit.startLocal.slice(0, 10);
  const around = { from: instant(start.value - 86_400_000), to: instant(start.value + 86_400_000), itself };
  const [from, to] = [start.value, start.value + visit.minutes * 60_000];
  const held = heldOf(store, own, around);
  if (held.some((row) => Date.parse(row.start_at) < to && Date.parse(row.end_at) > from))
    return fail('patient-busy');
  const isSame = held.some(
    (row) => row.practitioner_id === visit.practitionerId && row.start_local.slice(0, 10) === day,
  );
  return isSame ? fail('booked-that-day') : ok(null);
};

/** Whether a patient can have what they ask for, by the rules of a desk and those of the panel. */
export const mayHave = (deps: PanelBookingDeps, asking: Asking, connection: Connection): Result<null> => {
  const { visit, itself, isAsProposed, own } = asking;
  const site = openSites(deps).find(({ id }) => id === visit.locationId);
  if (site === undefined) {
    const known = deps.appointments.place(
      { ...visit, patientId: own.patientId, isAsProposed },
      itself,
      connection,
    );
    return !known.ok && known.error.code === 'not-found' ? fail('not-found') : fail('booking-off');
  }
  if (!deps.practitioners().some(({ id }) => id === visit.practitionerId)) return fail('not-found');
  const obstacle = ownObstacle(deps, asking, site.timeZone);
  if (!obstacle.ok) return obstacle;
  const place = deps.appointments.place(
    { ...visit, patientId: own.patientId, isAsProposed },
    itself,
    connection,
  );
  // Of a record that nobody has approved, what another one is merged with is not theirs to know.
  if (!place.ok)
    return place.error.code === 'patient-busy' && !own.approved ? fail('slot-taken') : told(place.error);
  return isAsProposed || deps.appointments.isOffered(visit, itself, connection)
    ? ok(null)
    : fail('slot-taken');
};
