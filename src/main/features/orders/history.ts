import { chartAccess } from '#main/core/chart-access.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { inChart } from '#main/core/in-chart.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { analyteOfCode, codesOf } from '#shared/domain/orders/catalogue.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { findReport, type Place, reportsOf, valuesOver } from './repository.ts';
import { reportViews, resultValues, whoseOn } from './view.ts';

const trendPage = 20;

const placeOf = (before: string | null): Place | null => {
  if (before === null) return null;
  const [at = '', id = ''] = before.split('|');
  return { at, id };
};
const nextOf = (rows: readonly { readonly effective_at: string; readonly id: string }[], limit: number) => {
  const last = rows[limit - 1];
  return rows.length > limit && last !== undefined ? `${last.effective_at}|${last.id}` : null;
};

const ofPatient = (
  deps: FeatureDeps,
  { patientId, before, limit }: Parsed<'results.ofPatient'>,
  { user }: Connection,
): Result<Output<'results.ofPatient'>> => {
  const open = chartAccess(deps, patientId, user);
  if (!open.ok) return open;
  const rows = reportsOf(deps.store, patientId, { before: placeOf(before), limit: limit + 1 });
  return ok({
    reports: reportViews(deps.store, rows.slice(0, limit), deps.home().timeZone),
    next: nextOf(rows, limit),
  });
};

const trend = (
  deps: FeatureDeps,
  { patientId, code, before }: Parsed<'results.trend'>,
  { user }: Connection,
): Result<Output<'results.trend'>> => {
  const open = chartAccess(deps, patientId, user);
  if (!open.ok) return open;
  const analyte = analyteOfCode(code);
  const codes = analyte === undefined ? [code] : codesOf(analyte);
  const rows = valuesOver(
    deps.store,
    { patientId, codes },
    { before: placeOf(before), limit: trendPage + 1 },
  );
  const whose = whoseOn(deps.store, patientId, deps.home().timeZone);
  const shown = resultValues(deps.store, rows.slice(0, trendPage), (row) => whose(row.effective_at));
  return ok({
    values: shown.map(({ row, ...value }) => ({ ...value, effectiveAt: row.effective_at })),
    next: nextOf(rows, trendPage),
  });
};

/** One report of a chart that is open to who asks. */
const one = (deps: FeatureDeps, id: string, { user }: Connection): Result<Output<'results.get'>> => {
  const row = findReport(deps.store, id);
  return inChart(deps, row?.patient_id, user, () => {
    const [view] = reportViews(deps.store, row === undefined ? [] : [row], deps.home().timeZone);
    return view === undefined ? fail('not-found') : ok(view);
  });
};

/** What of results is in a chart. */
export const resultHistoryHandlers = (
  deps: FeatureDeps,
): Handlers<'results.ofPatient' | 'results.get' | 'results.trend'> => ({
  'results.ofPatient': (input, connection) => ofPatient(deps, input, connection),
  'results.get': ({ id }, connection) => one(deps, id, connection),
  'results.trend': (input, connection) => trend(deps, input, connection),
});
