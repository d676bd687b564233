import { setTimeout as pause } from 'node:timers/promises';
import type { FeatureDeps } from '#main/core/deps.ts';
import { localDb } from '#main/data/local/query.ts';
import type { BookingOutcome } from '#shared/contract/appointments.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Verdict } from '#shared/sync/wire.ts';
import { type AppointmentRow, findAppointment } from './repository.ts';
import { appointmentView } from './view.ts';

/** How long a person at a desk waits for the centre's word, milliseconds. */
const patience = 800;
/** How often is looked whether the centre's decision is here, milliseconds. */
const glance = 20;

const outcomes = {
  applied: 'confirmed',
  merged: 'confirmed',
  needs_review: 'needs-rebooking',
  rejected: 'refused',
} as const satisfies Record<Verdict['status'], BookingOutcome['outcome']>;

/** Nothing was to be changed, so nothing was sent: the appointment is as sure as it was. */
const unchanged = (deps: FeatureDeps, row: AppointmentRow): Result<BookingOutcome> => {
  const certainty = deps.store.certainty('appointment', row.id);
  const outcome = certainty === 'parked' ? 'refused' : certainty;
  return ok({ appointment: appointmentView(row, certainty), outcome });
};

/** Whether mutation `n` is done with: what the centre made of it is in the tables. */
const hasLanded = ({ store }: FeatureDeps, n: number): boolean =>
  store.get(localDb.selectFrom('outbox').select('n').where('n', '=', n)) === undefined;

/** Until the centre decided as it was asked, the row here is as it was wished for: its decision comes with the next pull. */
const landed = async (deps: FeatureDeps, n: number, until: number): Promise<boolean> => {
  while (!hasLanded(deps, n)) {
    if (performance.now() >= until) return false;
    await pause(glance);
  }
  return true;
};

const outcomeOf = async (
  deps: FeatureDeps,
  n: number,
  verdict: Verdict | null,
  until: number,
): Promise<BookingOutcome['outcome']> => {
  if (verdict === null) return 'provisional';
  const isAsAsked = verdict.status === 'applied' || verdict.status === 'rejected';
  const isHere = isAsAsked || (await landed(deps, n, until));
  // Of a merge some fields were lost: until the row says which, nothing of it is confirmed.
  return isHere || verdict.status === 'needs_review' ? outcomes[verdict.status] : 'provisional';
};

/** What the centre said of mutation `n` in the time a person waits. */
export const wordOfCentre = async (deps: FeatureDeps, n: number): Promise<BookingOutcome['outcome']> => {
  const until = performance.now() + patience;
  const isLive = deps.engine.status().connection === 'live';
  deps.engine.wake();
  return outcomeOf(deps, n, isLive ? await deps.engine.verdict(n, patience) : null, until);
};

/** The appointment `id` after mutation `n`, with what the centre said about it in the time a person waits. */
export const settle = async (deps: FeatureDeps, n: number, id: string): Promise<Result<BookingOutcome>> => {
  // Read before waiting: a refused booking is gone from the tables once its verdict is here.
  const before = findAppointment(deps.store, id);
  if (n === 0 && before !== undefined) return unchanged(deps, before);
  const outcome = await wordOfCentre(deps, n);
  const row = findAppointment(deps.store, id) ?? before;
  if (row === undefined) return fail('not-found');
  const known = deps.store.certainty('appointment', id);
  // `applied` means as it stands here, pulled or not; an earlier change of it may be parked all the same.
  const certainty =
    outcome === 'refused' ? 'parked' : outcome === 'confirmed' && known !== 'parked' ? 'confirmed' : known;
  const appointment = appointmentView(row, certainty);
  // The centre keeps a new booking that lost its slot, marked; that mark arrives with the next pull.
  const lost = outcome === 'needs-rebooking' && row.row_version === 0;
  return ok({ appointment: lost ? { ...appointment, needsRebooking: true } : appointment, outcome });
};
