import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader, LocalWriter } from '#main/data/local/store.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import type { AppointmentStatus } from '#shared/domain/appointments/status.ts';
import { dayAt, dayRange } from '#shared/domain/appointments/wall-time.ts';
import { careStates, isInClinic, type VisitStage, visitState } from '#shared/domain/visits/course.ts';
import { instant } from '#shared/kernel/clock.ts';
import { blank, type LocalRowOf } from '#shared/sync/catalogue.ts';
import type { FeatureDeps } from './deps.ts';

type Encounter = LocalRowOf<'encounter'>;
type Appointment = LocalRowOf<'appointment'>;

/** Statuses of an encounter that nothing is written in any more. */
const over = ['finished', 'cancelled', 'entered-in-error'];

/** Nobody comes so often in a day; it bounds what is read. */
const mostOfADay = 50;

interface Attendance {
  readonly patientId: string;
  readonly user: Pick<SignedInUser, 'id' | 'role' | 'practitionerId' | 'locationId'>;
}

const stateOf = ({ status, stage }: Appointment) =>
  visitState({ status: status as AppointmentStatus, stage: stage as VisitStage | null });

/** Whose visit it is matters most, then that somebody is with the patient, then which came last. */
const nearness = (row: Appointment, { user }: Attendance): number =>
  (row.practitioner_id === user.practitionerId ? 2 : 0) +
  ((careStates as readonly string[]).includes(stateOf(row)) ? 1 : 0);

const visitInClinic = (reader: LocalReader, at: Attendance, day: string): Appointment | undefined =>
  reader
    .all(
      localDb
        .selectFrom('appointment')
        .selectAll()
        .where('patient_id', 'in', samePatient(at.patientId))
        .where('start_local', '>=', `${day}T00:00`)
        .where('start_local', '<=', `${day}T23:59`)
        .where('voided_at', 'is', null)
        .orderBy('start_at', 'desc')
        .limit(mostOfADay),
    )
    .filter((row) => isInClinic(stateOf(row)))
    .toSorted((a, b) => nearness(b, at) - nearness(a, at))[0];

const openToday = (
  reader: LocalReader,
  patientId: string,
  { from, to }: { readonly from: number; readonly to: number },
): readonly Encounter[] =>
  reader.all(
    localDb
      .selectFrom('encounter')
      .selectAll()
      .where('patient_id', 'in', samePatient(patientId))
      .where('start_at', '>=', instant(from))
      .where('start_at', '<', instant(to))
      .where('status', 'not in', over)
      .where('voided_at', 'is', null)
      .orderBy('start_at', 'desc')
      .orderBy('id', 'desc')
      .limit(mostOfADay),
  );

const beganHere = (row: Encounter, { user }: Attendance): boolean =>
  user.practitionerId === null ? row.created_by === user.id : row.practitioner_id === user.practitionerId;

/**
 * Of the encounters that are open: that of the visit, else the last one this person began outside of any. One that belongs
 * to another visit of the day is another encounter.
 */
const goingOn = (
  encounters: readonly Encounter[],
  visit: Appointment | undefined,
  at: Attendance,
): Encounter | undefined => {
  if (visit === undefined) return encounters.find((row) => beganHere(row, at));
  return (
    encounters.find((row) => row.appointment_id === visit.id) ??
    encounters.find((row) => row.appointment_id === null && beganHere(row, at))
  );
};

/** What the visit was booked for, cut where the column ends: the appointment has the whole of it. */
const reasonOf = (visit: Appointment | undefined): string | null =>
  visit?.description ? Array.from(visit.description).slice(0, 1000).join('') : null;

/** What a nurse began goes on with the doctor; what was begun before the patient was checked in turns out to be of the visit. */
const goOn = (
  writer: LocalWriter,
  row: Encounter,
  visit: Appointment | undefined,
  { user }: Attendance,
): string => {
  const patch = {
    ...(user.role === 'doctor' && row.status === 'triaged' ? { status: 'in-progress' } : {}),
    ...(visit !== undefined && row.appointment_id === null ? { appointment_id: visit.id } : {}),
  };
  if (Object.keys(patch).length > 0) writer.update('encounter', row.id, patch);
  return row.id;
};

/** The id of the encounter {@link encounterOf} would go on with, or null where it would begin one. Nothing is written. */
export const encounterNow = (
  deps: Pick<FeatureDeps, 'store' | 'clock' | 'home'>,
  at: Attendance,
): string | null => {
  const zone = deps.home().timeZone;
  const today = dayAt(deps.clock.now(), zone);
  const visit = visitInClinic(deps.store, at, today);
  return goingOn(openToday(deps.store, at.patientId, dayRange(today, zone)), visit, at)?.id ?? null;
};

/**
 * The id of the encounter of the clinic's today in which `user` writes something about a patient; it begins when there is none.
 * Several records of one person have one encounter.
 * @example store.mutate({ kind, user: user.id }, (writer) => {
 *   const encounter_id = encounterOf(deps, writer, { patientId, user });
 * })
 */
export const encounterOf = (
  deps: Pick<FeatureDeps, 'store' | 'clock' | 'newId' | 'home'>,
  writer: LocalWriter,
  at: Attendance,
): string => {
  const { patientId, user } = at;
  const now = deps.clock.now();
  const zone = deps.home().timeZone;
  const today = dayAt(now, zone);
  const visit = visitInClinic(writer, at, today);
  const open = goingOn(openToday(writer, patientId, dayRange(today, zone)), visit, at);
  if (open !== undefined) return goOn(writer, open, visit, at);
  const id = deps.newId();
  writer.insert('encounter', {
    ...blank('encounter'),
    id,
    patient_id: patientId,
    appointment_id: visit?.id ?? null,
    practitioner_id: visit?.practitioner_id ?? user.practitionerId,
    location_id: visit?.location_id ?? user.locationId ?? deps.store.workstation()?.locationId ?? null,
    status: user.role === 'nurse' ? 'triaged' : 'in-progress',
    class: 'AMB',
    reason: reasonOf(visit),
    start_at: instant(now),
    created_at: instant(now),
    created_by: user.id,
  });
  return id;
};
