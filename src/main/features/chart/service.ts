import { accessOf } from '#main/core/chart-access.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { noteOpening } from '#main/core/opening.ts';
import type { Output } from '#shared/contract/contract.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { banner, chartPatient } from './banner.ts';
import { addAlert, endFlag, restrict } from './flags.ts';
import { breakGlass } from './glass.ts';
import { findPatient } from './repository.ts';
import { openings, review } from './review.ts';
import { timeline } from './timeline.ts';

/** Who opens a chart is written down, and who found it closed. */
const open = (deps: FeatureDeps, id: string, { user }: Connection): Result<Output<'chart.open'>> => {
  const row = findPatient(deps.store, id);
  if (row === undefined || user === null) return fail('not-found');
  const access = accessOf(deps, id, user);
  const outcome = access.ok ? 'success' : 'refused';
  noteOpening(deps, { event: 'chart-open', patientId: id, accountId: user.id, outcome });
  const patient = chartPatient(deps.store, row);
  if (!access.ok) return ok({ access: 'restricted', patient });
  const restriction = access.value.restricted ? { until: access.value.until } : null;
  return ok({ access: 'open', patient, restriction, ...banner(deps, id) });
};

type Calls =
  | 'chart.open'
  | 'chart.timeline'
  | 'chart.breakGlass'
  | 'chart.openings'
  | 'chart.review'
  | 'chart.addAlert'
  | 'chart.restrict'
  | 'chart.endFlag';

/** What frames the charts of all clinical features: who it is about, what must not be overlooked, and who may look. */
export const chartHandlers = (deps: FeatureDeps): Handlers<Calls> => ({
  'chart.open': ({ id }, connection) => open(deps, id, connection),
  'chart.timeline': (input, connection) => timeline(deps, input, connection),
  'chart.openings': (input) => ok(openings(deps, input)),
  'chart.review': (input, connection) => review(deps, input, connection),
  'chart.breakGlass': (input, connection) => breakGlass(deps, input, connection),
  'chart.addAlert': (input, connection) => addAlert(deps, input, connection),
  'chart.restrict': (input, connection) => restrict(deps, input, connection),
  'chart.endFlag': (input, connection) => endFlag(deps, input, connection),
});
