import { z } from 'zod';
import type { RowOf } from '#shared/sync/catalogue.ts';

type Appointment = RowOf<'appointment'>;

/** How an appointment was before something changed many at once and how that left it: what taking it back goes by. */
export const ChangeStep = z.object({
  /** The absence, or the change of many, that it is part of. */
  causeId: z.string(),
  before: z.object({
    practitionerId: z.string(),
    startAt: z.string(),
    startLocal: z.string(),
    status: z.string(),
    participantStatus: z.string(),
    proposedStartAt: z.string().nullable(),
    visitTypeId: z.string().nullable(),
    /** Why it was beside somebody; null: it was not. */
    overbook: z.string().nullable(),
    patientStatus: z.string().nullable(),
    previousStartAt: z.string().nullable(),
  }),
  after: z.object({
    practitionerId: z.string(),
    startAt: z.string(),
    status: z.string(),
    visitTypeId: z.string().nullable(),
    patientStatus: z.string().nullable(),
  }),
});
export type ChangeStep = z.infer<typeof ChangeStep>;

export const stepOf = (
  causeId: string,
  row: Appointment,
  after: Pick<Appointment, 'practitioner_id' | 'start_at' | 'status' | 'visit_type_id' | 'patient_status'>,
): ChangeStep => ({
  causeId,
  before: {
    practitionerId: row.practitioner_id,
    startAt: row.start_at,
    startLocal: row.start_local,
    status: row.status,
    participantStatus: row.participant_status,
    proposedStartAt: row.proposed_start_at,
    visitTypeId: row.visit_type_id,
    overbook: row.overbooked === 1 ? (row.overbook_reason ?? '') : null,
    patientStatus: row.patient_status,
    previousStartAt: row.previous_start_at,
  },
  after: {
    practitionerId: after.practitioner_id,
    startAt: after.start_at,
    status: after.status,
    visitTypeId: after.visit_type_id,
    patientStatus: after.patient_status,
  },
});

/** The longest text a task can say; the centre's domain has the same bound. */
const longest = 1000;

/** A step as the text of its task. A long reason for overbooking is cut to what there is room for. */
export const writeStep = (step: ChangeStep): string => {
  const text = JSON.stringify(step);
  const { overbook } = step.before;
  if (text.length <= longest || !overbook) return text;
  return writeStep({ ...step, before: { ...step.before, overbook: overbook.slice(0, -20) } });
};

/** The step a task's text tells; null when another program wrote it. */
export const readStep = (text: string): ChangeStep | null => {
  try {
    return ChangeStep.parse(JSON.parse(text));
  } catch {
    return null;
  }
};

/**
 * What an appointment has come to since it was changed: `as-left`; `as-before` (the change never held); or why it stays:
 * `told` (the patient knows), `changed` (somebody did something else with it).
 */
export const sinceStep = (
  row: Appointment,
  { before, after }: ChangeStep,
): 'as-left' | 'as-before' | 'told' | 'changed' => {
  const isAt = (place: Omit<ChangeStep['after'], 'patientStatus'>) =>
    row.practitioner_id === place.practitionerId &&
    row.start_at === place.startAt &&
    row.status === place.status &&
    row.visit_type_id === place.visitTypeId;
  if (isAt(before)) return 'as-before';
  if (!isAt(after) || row.needs_rebooking === 1) return 'changed';
  return row.patient_status === after.patientStatus ? 'as-left' : 'told';
};

/** What was done with an appointment. */
export const kindOfStep = ({ before, after }: ChangeStep) => {
  if (after.status === 'cancelled') return 'cancel';
  if (after.status === 'noshow') return 'no-show';
  if (before.practitionerId !== after.practitionerId || before.startAt !== after.startAt) return 'move';
  return before.visitTypeId === after.visitTypeId ? 'confirm' : 'visit-type';
};
