import type { LocalReader } from '#main/data/local/store.ts';
import type { AppointmentView, Certainty } from '#shared/contract/appointments.ts';
import type { AppointmentStatus, ParticipantStatus } from '#shared/domain/appointments/status.ts';
import { isFromPanel } from '#shared/domain/panel/source.ts';
import { fullName } from '#shared/domain/patients/name.ts';
import type { VisitStage } from '#shared/domain/visits/course.ts';
import type { VisitPriority } from '#shared/domain/visits/waiting.ts';
import type {
  AppointmentId,
  AppointmentSeriesId,
  LocationId,
  PatientId,
  PractitionerId,
  VisitTypeId,
} from '#shared/kernel/ids.ts';
import type { AppointmentRow } from './repository.ts';

interface PractitionerNames {
  readonly practitioner_prefix: string | null;
  readonly practitioner_family: string;
  readonly practitioner_given: string;
}

/** A practitioner's name as people say it: `Dr Aline Uwase`. */
export const practitionerName = (row: PractitionerNames): string =>
  [row.practitioner_prefix, row.practitioner_given, row.practitioner_family].filter(Boolean).join(' ');

const milliseconds = (from: string, to: string) => Date.parse(to) - Date.parse(from);

/** A row as the contract shows it. */
export const appointmentView = (row: AppointmentRow, certainty: Certainty): AppointmentView => ({
  id: row.id as AppointmentId,
  patientId: row.patient_id as PatientId,
  patientName: fullName({ family: row.patient_family, given: row.patient_given }),
  patientMrn: row.patient_mrn,
  patientBirthDate: row.patient_birth_date,
  patientPhone: row.patient_phone,
  practitionerId: row.practitioner_id as PractitionerId,
  practitionerName: practitionerName(row),
  locationId: row.location_id as LocationId,
  locationName: row.location_name,
  status: row.status as AppointmentStatus,
  participantStatus: row.participant_status as ParticipantStatus,
  startAt: row.start_at,
  endAt: row.end_at,
  startLocal: row.start_local,
  timeZone: row.time_zone,
  minutes: Math.round(milliseconds(row.start_at, row.end_at) / 60_000),
  description: row.description,
  cancelReason: row.cancel_reason,
  proposedStartAt: row.proposed_start_at,
  overbooked: row.overbooked === 1,
  overbookReason: row.overbook_reason,
  needsRebooking: row.needs_rebooking === 1,
  stage: row.stage as VisitStage | null,
  stageAt: row.stage_at,
  arrivedAt: row.arrived_at,
  calledAt: row.called_at,
  priority: (row.priority ?? 'routine') as VisitPriority,
  walkIn: row.walk_in === 1,
  fromPanel: isFromPanel(row.source),
  ticket: row.ticket,
  visitTypeId: row.visit_type_id as VisitTypeId | null,
  visitTypeName: row.visit_type_name,
  seriesId: row.series_id as AppointmentSeriesId | null,
  bufferBefore: row.buffer_before ?? 0,
  bufferAfter: row.buffer_after ?? 0,
  certainty,
});

/** Rows as the contract shows them, with what the centre knows of all of them in one question. */
export const appointmentViews = (
  reader: LocalReader,
  rows: readonly AppointmentRow[],
): readonly AppointmentView[] => {
  const uncertain = reader.uncertain('appointment', [...new Set(rows.map((row) => row.id))]);
  return rows.map((row) => appointmentView(row, uncertain.get(row.id) ?? 'confirmed'));
};
