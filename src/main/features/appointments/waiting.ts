import { localDb } from '#main/data/local/query.ts';
import { recordsOf } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { findAppointment } from './repository.ts';

/** The entry of the waiting list a booking answers, and the appointment it had that lost its time. */
export interface WaitingFor {
  readonly entryId: string;
  readonly lostId: string | null;
}

/** That entry when it is the same person's and nobody has answered it yet; null when the booking answers none. */
export const findWaiting = (
  reader: LocalReader,
  {
    patientId,
    waitlistEntryId,
  }: { readonly patientId: string; readonly waitlistEntryId?: string | undefined },
): Result<WaitingFor | null> => {
  if (waitlistEntryId === undefined) return ok(null);
  const entry = reader.get(
    localDb.selectFrom('waitlist_entry').selectAll().where('id', '=', waitlistEntryId),
  );
  if (entry === undefined || !recordsOf(reader, patientId).has(entry.patient_id)) return fail('not-found');
  const before = entry.appointment_id === null ? undefined : findAppointment(reader, entry.appointment_id);
  const isLost = before?.needs_rebooking === 1;
  if (entry.status !== 'waiting' && entry.status !== 'offered' && !isLost) return fail('changed-meanwhile');
  return ok({
    entryId: entry.id,
    lostId: before !== undefined && isLost && before.status !== 'cancelled' ? before.id : null,
  });
};
