import type { FeatureDeps } from '#main/core/deps.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { longestSpan } from '#shared/contract/oversight.ts';
import { daysBetween } from '#shared/kernel/calendar.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { fitting, lastLookedAt, type Place, type Sought } from './oversight/repository.ts';
import { appointmentViews } from './view.ts';

/** Appointments looked through for one page, whatever of the filter no index answers. */
const mostLookedAt = 5000;

const anything = { visitTypeId: null, personId: null, outcomes: null, standing: null } as const;

/** See the contract. */
export const appointmentsPage = (
  { store }: FeatureDeps,
  { order, after, limit, statuses, ...asked }: Parsed<'appointments.page'>,
): Result<Output<'appointments.page'>> => {
  const days = daysBetween(asked.from, asked.until);
  if (days < 0) return fail('invalid-input', { fields: { until: 'order' } });
  if (days >= longestSpan) return fail('invalid-input', { fields: { until: 'too-long' } });
  const filter = { ...anything, ...asked, overbooked: null, unanswered: null };
  const sought: Sought = { filter, order, after, statuses };
  // Without states everything that is looked through is on the page.
  const last = statuses === null ? undefined : lastLookedAt(store, sought, mostLookedAt);
  const found = fitting(store, sought, last, limit + 1);
  const rows = found.slice(0, limit);
  const end = rows.at(-1);
  const next: Place | null =
    found.length > limit && end !== undefined ? { startAt: end.start_at, id: end.id } : (last ?? null);
  return ok({
    appointments: [...appointmentViews(store, rows)],
    next: next as Output<'appointments.page'>['next'],
    complete: store.complete('appointment'),
  });
};
