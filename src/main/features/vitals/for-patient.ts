import type { FeatureDeps } from '#main/core/deps.ts';
import type { PageAsked } from '#main/core/paged.ts';
import type { PanelVitals } from '#shared/contract/panel-records.ts';
import { codeOf, measureNames } from '#shared/domain/vitals/measures.ts';
import { seenOf } from './record.ts';
import { observed, withCorrections } from './repository.ts';
import { readingsOf } from './view.ts';

const done = ['final', 'amended', 'corrected'];

/**
 * A page of measured values of a person as they see them, the newest first. Numbers only: what was said in words, such as a
 * pregnancy, is for the visit; and nothing of a laboratory's report, which is shown by its own rule.
 */
export const vitalsForPatient = (
  deps: Pick<FeatureDeps, 'store' | 'home'>,
  patientId: string,
  { before, limit }: PageAsked,
): { readonly items: readonly PanelVitals[]; readonly next: string | null } => {
  const seen = seenOf(deps, patientId);
  if (seen === null) return { items: [], next: null };
  const first = measureNames.flatMap((name) =>
    observed(deps.store, patientId, codeOf(name), { before, limit: limit + 1 }),
  );
  const moments = [...new Set(first.map((row) => row.effective_at))].toSorted().toReversed();
  const shown = new Set(moments.slice(0, limit));
  const rows = first.filter((row) => shown.has(row.effective_at) && row.report_id === null);
  const standing = withCorrections(deps.store, rows).filter((versions) =>
    done.includes(versions.at(-1)?.status ?? ''),
  );
  const sets = Map.groupBy(readingsOf(deps.store, standing, seen), ({ effectiveAt }) => effectiveAt);
  return {
    items: [...shown].flatMap((effectiveAt) => {
      const readings = (sets.get(effectiveAt) ?? []).flatMap(
        ({ id, name, value, unit, low, high, interpretation }) =>
          value === null || name === 'pregnancy' || name === 'deliveryDate'
            ? []
            : [{ id, name, value, unit, low, high, interpretation }],
      );
      return readings.length === 0 ? [] : [{ effectiveAt, readings }];
    }),
    next: moments.length > limit ? (moments[limit - 1] ?? null) : null,
  };
};
