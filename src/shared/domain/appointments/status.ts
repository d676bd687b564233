/** FHIR R4 4.0.1 AppointmentStatus, http://hl7.org/fhir/appointmentstatus. */
export const appointmentStatuses = [
  'proposed',
  'pending',
  'booked',
  'arrived',
  'fulfilled',
  'cancelled',
  'noshow',
  'entered-in-error',
  'checked-in',
  'waitlist',
] as const;
export type AppointmentStatus = (typeof appointmentStatuses)[number];

/** FHIR R4 4.0.1 ParticipationStatus, http://hl7.org/fhir/participationstatus. */
export const participantStatuses = ['accepted', 'declined', 'tentative', 'needs-action'] as const;
export type ParticipantStatus = (typeof participantStatuses)[number];

/**
 * Statuses that hold a slot: nobody else can have the practitioner, the room or the patient at that time.
 * `fulfilled` is not among them: a finished visit no longer keeps anybody busy. The centre's exclusion constraints use
 * the same list.
 */
export const holdingStatuses = [
  'proposed',
  'pending',
  'booked',
  'arrived',
  'checked-in',
] as const satisfies readonly AppointmentStatus[];
