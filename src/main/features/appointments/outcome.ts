import type { FeatureDeps } from '#main/core/deps.ts';
import type { BookingOutcome } from '#shared/contract/appointments.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Verdict } from '#shared/sync/wire.ts';
import { type AppointmentRow, findAppointment } from './repository.ts';
import { appointmentView } from './view.ts';

/** How long a person at a desk waits for the centre's word, milliseconds. */
const patience = 800;

const outcomes = {
  applied: 'confirmed',
  merged: 'confirmed',
  needs_review: 'needs-rebooking',
  rejected: 'refused',
} as const satisfies Record<Verdict['status'], BookingOutcome['outcome']>;

const certainties = {
  confirmed: 'confirmed',
  'needs-rebooking': 'confirmed',
  provisional: 'provisional',
  refused: 'parked',
} as const;

/** Nothing was to be changed, so nothing was sent: the appointment is as sure as it was. */
const unchanged = (deps: FeatureDeps, row: AppointmentRow): Result<BookingOutcome> => {
  const certainty = deps.store.certainty('appointment', row.id);
  const outcome = certainty === 'parked' ? 'refused' : certainty;
  return ok({ appointment: appointmentView(row, certainty), outcome });
};

/** The appointment `id` after mutation `n`, with what the centre said about it in the time a person waits. */
export const settle = async (deps: FeatureDeps, n: number, id: string): Promise<Result<BookingOutcome>> => {
  // Read before waiting: a refused booking is gone from the tables once its verdict is here.
  const before = findAppointment(deps.store, id);
  if (n === 0 && before !== undefined) return unchanged(deps, before);
  const isLive = deps.engine.status().connection === 'live';
  deps.engine.wake();
  const verdict = isLive ? await deps.engine.verdict(n, patience) : null;
  const outcome = verdict === null ? 'provisional' : outcomes[verdict.status];
  const row = findAppointment(deps.store, id) ?? before;
  if (row === undefined) return fail('not-found');
  const appointment = appointmentView(row, certainties[outcome]);
  // The centre keeps a new booking that lost its slot, marked; that mark arrives with the next pull.
  const lost = outcome === 'needs-rebooking' && row.row_version === 0;
  return ok({ appointment: lost ? { ...appointment, needsRebooking: true } : appointment, outcome });
};
