import type { BulkLine } from '#shared/contract/oversight.ts';

/** What a change makes of an appointment; null where it stays. */
export const kindOfChange = ({ appointment, becomes }: BulkLine) => {
  if (becomes === null) return null;
  if (becomes.status === 'cancelled') return 'cancel';
  if (becomes.status === 'noshow') return 'no-show';
  if (becomes.startLocal !== appointment.startLocal || becomes.practitionerId !== appointment.practitionerId)
    return 'move';
  return becomes.visitTypeId === appointment.visitTypeId ? 'confirm' : 'visit-type';
};
