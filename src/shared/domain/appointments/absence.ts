import { z } from 'zod';
import type { RowOf } from '#shared/sync/catalogue.ts';
import type { ScheduleException } from './exceptions.ts';

/** A practitioner who is not there: on whole days, or during the same hours of each. */
export interface Absence {
  readonly practitionerId: string;
  readonly startDate: string;
  readonly endDate: string;
  readonly startTime: string | null;
  readonly endTime: string | null;
  readonly name: string;
}

/** An absence as the rules about hours know it, before it is entered anywhere. */
export const exceptionOf = (absence: Absence): ScheduleException => ({
  ...absence,
  id: 'planned',
  kind: 'leave',
  locationId: null,
  timeZone: null,
});

/** Slots by how long the patient would wait for them; of two as near, the patient's own practitioner comes first. */
export const soonestFirst = <S extends { readonly startAt: number; readonly practitionerId: string }>(
  slots: readonly S[],
  practitionerId: string,
): readonly S[] =>
  slots.toSorted(
    (a, b) =>
      a.startAt - b.startAt ||
      Number(a.practitionerId !== practitionerId) - Number(b.practitionerId !== practitionerId),
  );

type Appointment = RowOf<'appointment'>;

/** How an appointment was before an absence changed it and how the absence left it: what taking it back goes by. */
export const AbsenceStep = z.object({
  exceptionId: z.string(),
  before: z.object({
    practitionerId: z.string(),
    startAt: z.string(),
    startLocal: z.string(),
    status: z.string(),
    participantStatus: z.string(),
    proposedStartAt: z.string().nullable(),
    /** Why it was beside somebody; null: it was not. */
    overbook: z.string().nullable(),
    patientStatus: z.string().nullable(),
    previousStartAt: z.string().nullable(),
  }),
  after: z.object({ practitionerId: z.string(), startAt: z.string(), status: z.string() }),
});
export type AbsenceStep = z.infer<typeof AbsenceStep>;

export const stepOf = (
  exceptionId: string,
  row: Appointment,
  after: Pick<Appointment, 'practitioner_id' | 'start_at' | 'status'>,
): AbsenceStep => ({
  exceptionId,
  before: {
    practitionerId: row.practitioner_id,
    startAt: row.start_at,
    startLocal: row.start_local,
    status: row.status,
    participantStatus: row.participant_status,
    proposedStartAt: row.proposed_start_at,
    overbook: row.overbooked === 1 ? (row.overbook_reason ?? '') : null,
    patientStatus: row.patient_status,
    previousStartAt: row.previous_start_at,
  },
  after: { practitionerId: after.practitioner_id, startAt: after.start_at, status: after.status },
});

/** The longest text a task can say; the centre's domain has the same bound. */
const longest = 1000;

/** A step as the text of its task. A long reason for overbooking is cut to what there is room for. */
export const writeStep = (step: AbsenceStep): string => {
  const text = JSON.stringify(step);
  const { overbook } = step.before;
  if (text.length <= longest || overbook === null) return text;
  return writeStep({ ...step, before: { ...step.before, overbook: overbook.slice(0, -20) } });
};

/** The step a task's text tells; null when another program wrote it. */
export const readStep = (text: string): AbsenceStep | null => {
  try {
    return AbsenceStep.parse(JSON.parse(text));
  } catch {
    return null;
  }
};

/**
 * What an appointment has come to since an absence changed it: `as-left`; `as-before` (the change never held); or why it stays:
 * `told` (the patient knows), `changed` (somebody did something else with it).
 */
export const sinceStep = (
  row: Appointment,
  { before, after }: AbsenceStep,
): 'as-left' | 'as-before' | 'told' | 'changed' => {
  const isAt = (place: {
    readonly practitionerId: string;
    readonly startAt: string;
    readonly status: string;
  }) =>
    row.practitioner_id === place.practitionerId &&
    row.start_at === place.startAt &&
    row.status === place.status;
  if (isAt(before)) return 'as-before';
  if (!isAt(after) || row.needs_rebooking === 1) return 'changed';
  return row.patient_status === 'needs-action' ? 'as-left' : 'told';
};
