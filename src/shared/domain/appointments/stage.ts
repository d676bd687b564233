import type { RowOf } from '#shared/sync/catalogue.ts';

/** Where in the clinic a patient is between arriving and leaving; the centre's domain `visit_stage` has the same list. */
export const visitStages = [
  'arrived',
  'checked-in',
  'with-nurse',
  'waiting-doctor',
  'with-doctor',
  'checkout',
  'done',
  'left-unseen',
] as const;

/** FHIR R4 4.0.1 RequestPriority, http://hl7.org/fhir/request-priority. */
export const visitPriorities = ['routine', 'urgent', 'asap', 'stat'] as const;

/** The columns of an appointment whose patient has not come yet, booked in a free slot without a kind of visit. */
export const plainVisit = {
  visit_type_id: null,
  overbook_reason: null,
  walk_in: null,
  ticket: null,
  priority: null,
  stage: null,
  stage_at: null,
  arrived_at: null,
  called_at: null,
  series_id: null,
  patient_status: null,
  previous_start_at: null,
  nurse_at: null,
  left_at: null,
} as const satisfies Partial<RowOf<'appointment'>>;
