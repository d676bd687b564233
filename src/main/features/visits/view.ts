import type { Certainty, LocalReader } from '#main/data/local/store.ts';
import type { VisitView } from '#shared/contract/visits.ts';
import type { AppointmentStatus } from '#shared/domain/appointments/status.ts';
import { fullName } from '#shared/domain/patients/name.ts';
import type { VisitStage } from '#shared/domain/visits/course.ts';
import type { Visit } from '#shared/domain/visits/steps.ts';
import { publicNumber } from '#shared/domain/visits/ticket.ts';
import { minutesSince, type VisitPriority } from '#shared/domain/visits/waiting.ts';
import type { AppointmentId, LocationId, PatientId, PractitionerId } from '#shared/kernel/ids.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import type { VisitRow } from './repository.ts';

/** A row as the rules look at it. */
export const visitOf = (row: RowOf<'appointment'>): Visit => ({
  status: row.status as AppointmentStatus,
  stage: row.stage as VisitStage | null,
  needsRebooking: row.needs_rebooking === 1,
  voided: row.voided_at !== null,
  startAt: row.start_at,
  startLocal: row.start_local,
});

const visitView = (row: VisitRow, now: number, certainty: Certainty): VisitView => {
  const { status, stage, needsRebooking } = visitOf(row);
  return {
    id: row.id as AppointmentId,
    status,
    stage,
    patientId: row.patient_id as PatientId,
    patientName: fullName({ family: row.patient_family, given: row.patient_given }),
    patientMrn: row.patient_mrn,
    practitionerId: row.practitioner_id as PractitionerId,
    practitionerName: [row.practitioner_prefix, row.practitioner_given, row.practitioner_family]
      .filter(Boolean)
      .join(' '),
    locationId: row.location_id as LocationId,
    locationName: row.location_name,
    roomName: row.room_name,
    startAt: row.start_at,
    startLocal: row.start_local,
    stageAt: row.stage_at,
    arrivedAt: row.arrived_at,
    calledAt: row.called_at,
    priority: (row.priority ?? 'routine') as VisitPriority,
    walkIn: row.walk_in === 1,
    ticket: row.ticket,
    number: publicNumber(row.id, row.ticket),
    reason: row.description,
    needsRebooking,
    minutes: minutesSince(row.stage_at, now),
    minutesHere: minutesSince(row.arrived_at ?? row.stage_at, now),
    certainty,
  };
};

/** Rows as the contract shows them, with what the centre knows of all of them in one question. */
export const visitViews = (
  reader: LocalReader,
  rows: readonly VisitRow[],
  now: number,
): readonly VisitView[] => {
  const uncertain = reader.uncertain(
    'appointment',
    rows.map((row) => row.id),
  );
  return rows.map((row) => visitView(row, now, uncertain.get(row.id) ?? 'confirmed'));
};
