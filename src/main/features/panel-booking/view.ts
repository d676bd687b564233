import type { FeatureDeps } from '#main/core/deps.ts';
import type { OwnPatient } from '#main/core/own-patient.ts';
import type { Certainty } from '#shared/contract/appointments.ts';
import type { PanelAppointment } from '#shared/contract/panel-booking.ts';
import type { AppointmentStatus, ParticipantStatus } from '#shared/domain/appointments/status.ts';
import { wallTimeAt } from '#shared/domain/appointments/wall-time.ts';
import { isFromPanel } from '#shared/domain/panel/source.ts';
import { isExpectedToday, kioskOpens } from '#shared/domain/panel-booking/check-in.ts';
import { changeOf, type PanelState, panelStateOf } from '#shared/domain/panel-booking/state.ts';
import type {
  AppointmentId,
  LocationId,
  PatientId,
  PractitionerId,
  VisitTypeId,
} from '#shared/kernel/ids.ts';
import { type OwnAppointmentRow, recordNumber } from './repository.ts';

export type Viewing = Pick<FeatureDeps, 'store' | 'clock' | 'settings'>;

const joined = (words: readonly (string | null)[], between: string): string =>
  words.filter(Boolean).join(between);

/** What an account wrote here itself; what a desk wrote is for the clinic. */
const reasonOf = (row: OwnAppointmentRow): string | null =>
  isFromPanel(row.source) ? row.description : null;

/** What a person says at the kiosk about an appointment of today; the number of a record is told to whom the desk has approved alone. */
const checkInOf = (
  { store, clock, settings }: Viewing,
  { patientId, approved }: OwnPatient,
  row: OwnAppointmentRow,
  state: PanelState,
): PanelAppointment['checkIn'] => {
  const visit = { state, startAt: row.start_at, endAt: row.end_at, timeZone: row.time_zone };
  const now = clock.now();
  if (!approved || !isExpectedToday(visit, now)) return null;
  const number = recordNumber(store, patientId);
  const early = settings.of('panel.kiosk-early-minutes', row.location_id);
  return number === undefined ? null : { number, from: kioskOpens(visit, { early, now }) };
};

/** An appointment as the contract shows it. */
export const panelAppointment = (
  deps: Viewing,
  own: OwnPatient,
  row: OwnAppointmentRow,
  certainty: Certainty,
): PanelAppointment => {
  const { clock, settings } = deps;
  const state = panelStateOf({
    status: row.status as AppointmentStatus,
    participantStatus: row.participant_status as ParticipantStatus,
    needsRebooking: row.needs_rebooking === 1,
    proposedStartAt: row.proposed_start_at,
    isKnown: certainty === 'confirmed',
  });
  const startAt = Date.parse(row.start_at);
  const cancelHours = settings.of('panel.cancel-hours', row.location_id);
  const change = changeOf(state, { startAt, now: clock.now(), cancelHours });
  return {
    id: row.id as AppointmentId,
    patientId: own.patientId as PatientId,
    practitionerId: row.practitioner_id as PractitionerId,
    practitionerName: joined([row.practitioner_prefix, row.practitioner_given, row.practitioner_family], ' '),
    speciality: row.speciality,
    locationId: row.location_id as LocationId,
    locationName: row.location_name,
    address: joined([row.address_line, row.city], ', ') || null,
    phone: row.location_phone,
    state,
    startAt: row.start_at,
    endAt: row.end_at,
    startLocal: row.start_local,
    timeZone: row.time_zone,
    minutes: Math.round((Date.parse(row.end_at) - startAt) / 60_000),
    visitTypeId: row.visit_type_id as VisitTypeId | null,
    visitTypeName: row.visit_type_name,
    reason: reasonOf(row),
    proposed:
      state !== 'reschedule-proposed' || row.proposed_start_at === null
        ? null
        : {
            startAt: row.proposed_start_at,
            startLocal: wallTimeAt(Date.parse(row.proposed_start_at), row.time_zone),
          },
    cancel: change,
    // Of a kind of visit that patients do not choose themselves, the desk finds the time.
    move: change === 'allowed' && row.for_patients === 0 ? 'late' : change,
    cancelHours,
    checkIn: checkInOf(deps, own, row, state),
  };
};

/** Some of them, with what the centre knows of all in one question. */
export const panelAppointments = (
  deps: Viewing,
  patient: OwnPatient,
  rows: readonly OwnAppointmentRow[],
): readonly PanelAppointment[] => {
  const uncertain = deps.store.uncertain('appointment', [...new Set(rows.map(({ id }) => id))]);
  return rows.map((row) => panelAppointment(deps, patient, row, uncertain.get(row.id) ?? 'confirmed'));
};
