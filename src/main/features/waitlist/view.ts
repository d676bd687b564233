import type { Certainty, LocalReader } from '#main/data/local/store.ts';
import type { WaitlistEntryView } from '#shared/contract/waitlist.ts';
import { wallTimeAt } from '#shared/domain/appointments/wall-time.ts';
import type { VisitPriority } from '#shared/domain/visits/waiting.ts';
import { type Standing, type WaitlistStatus, waitlistState } from '#shared/domain/waitlist/entry.ts';
import type {
  AppointmentId,
  LocationId,
  PatientId,
  PractitionerId,
  VisitTypeId,
  WaitlistEntryId,
} from '#shared/kernel/ids.ts';
import type { EntryRow } from './repository.ts';

/** The instant and the clinic's calendar day at which entries are looked at. */
export interface Moment {
  readonly now: number;
  readonly today: string;
}

const nameOf = (...words: readonly (string | null)[]): string => words.filter(Boolean).join(' ');

const standingOf = (row: EntryRow): Standing => ({
  status: row.status as WaitlistStatus,
  offeredUntil: row.offered_until,
  endDate: row.end_date,
  lost: row.appointment_needs_rebooking === 1,
});

/** Where an entry stands at a moment. */
export const stateOf = (row: EntryRow, { now, today }: Moment): WaitlistStatus =>
  waitlistState(standingOf(row), now, today);

const offerOf = (row: EntryRow): WaitlistEntryView['offer'] => {
  const { offered_practitioner_id: doctor, offered_location_id: site, offered_start_at: startAt } = row;
  if (doctor === null || site === null || startAt === null || row.offered_until === null) return null;
  return {
    practitionerId: doctor as PractitionerId,
    practitionerName: nameOf(row.offered_prefix, row.offered_given, row.offered_family),
    locationId: site as LocationId,
    locationName: row.offered_location_name ?? '',
    startAt,
    startLocal: wallTimeAt(Date.parse(startAt), row.offered_time_zone ?? 'UTC'),
    until: row.offered_until,
  };
};

export const weekdaysOf = (text: string | null): number[] =>
  text === null || text === '' ? [] : text.split(',').map(Number);

const entryView = (row: EntryRow, moment: Moment, certainty: Certainty): WaitlistEntryView => {
  const state = stateOf(row, moment);
  return {
    id: row.id as WaitlistEntryId,
    patientId: row.patient_id as PatientId,
    patientName: nameOf(row.patient_family, row.patient_given),
    patientMrn: row.patient_mrn,
    patientPhone: row.patient_phone,
    practitionerId: row.practitioner_id as PractitionerId | null,
    practitionerName:
      row.practitioner_id === null
        ? null
        : nameOf(row.practitioner_prefix, row.practitioner_given, row.practitioner_family),
    speciality: row.speciality,
    locationId: row.location_id as LocationId | null,
    locationName: row.location_name,
    visitTypeId: row.visit_type_id as VisitTypeId | null,
    visitTypeName: row.visit_type_name,
    minutes: row.minutes,
    startDate: row.start_date,
    endDate: row.end_date,
    startTime: row.start_time,
    endTime: row.end_time,
    weekdays: weekdaysOf(row.weekdays),
    priority: row.priority as VisitPriority,
    note: row.note ?? '',
    state,
    offer: state === 'offered' ? offerOf(row) : null,
    appointmentId: row.appointment_id as AppointmentId | null,
    lost: row.status === 'booked' && row.appointment_needs_rebooking === 1,
    closeReason: row.close_reason,
    createdAt: row.created_at,
    certainty,
  };
};

/** Rows as the contract shows them, with what the centre knows of all of them in one question. */
export const entryViews = (
  reader: LocalReader,
  rows: readonly EntryRow[],
  moment: Moment,
): WaitlistEntryView[] => {
  const uncertain = reader.uncertain(
    'waitlist_entry',
    rows.map((row) => row.id),
  );
  return rows.map((row) => entryView(row, moment, uncertain.get(row.id) ?? 'confirmed'));
};
