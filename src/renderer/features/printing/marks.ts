import type { TFunction } from 'i18next';
import type { AppointmentView, Certainty } from '#shared/contract/appointments.ts';

/** What paper has to say of an appointment that may still change, most important first; null when nothing. */
export function appointmentMark(t: TFunction, appointment: AppointmentView): string | null {
  if (appointment.certainty === 'parked') return t('printing.mark.refused');
  if (appointment.needsRebooking) return t('printing.mark.lost');
  if (appointment.status === 'proposed' || appointment.status === 'pending')
    return t('printing.mark.requested');
  return appointment.certainty === 'provisional' ? t('printing.mark.provisional') : null;
}

/** What paper has to say of a record number the centre does not know yet; null when it does. */
export function numberMark(t: TFunction, certainty: Certainty): string | null {
  return certainty === 'confirmed' ? null : t(`printing.number.${certainty}`);
}
