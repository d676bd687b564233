import type { RowOf } from '#shared/sync/catalogue.ts';

/** What came of telling a patient of another time; `open` takes `confirmed` back. */
export const callAnswers = ['confirmed', 'not-reached', 'open'] as const;
export type CallAnswer = (typeof callAnswers)[number];

type Appointment = Pick<RowOf<'appointment'>, 'status' | 'patient_status'>;

/** Whether the patient of an appointment still has to be told of another time, or that there is none. */
export const isToTell = ({ patient_status }: Appointment): boolean => patient_status === 'needs-action';

/** The patient's answer after a call. Who knows that an appointment is cancelled has not said that they come. */
export const patientStatusAfter = (
  answer: CallAnswer,
  { status, patient_status }: Appointment,
): string | null => {
  if (answer === 'not-reached') return patient_status;
  if (answer === 'open') return 'needs-action';
  return status === 'cancelled' ? null : 'accepted';
};
