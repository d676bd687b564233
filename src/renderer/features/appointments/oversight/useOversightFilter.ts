import { useLocation, useSearch } from 'wouter';
import type { OversightName } from '#renderer/ui/oversight-path.ts';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import { everySite, type Oversight, readOversight } from './filter.ts';

export interface FilterInAddress extends Oversight {
  readonly set: (name: OversightName, value: string | null) => void;
  /** The days alone. */
  readonly clear: () => void;
}

/** The filter is in the address: it can be kept, and a figure of the overview leads to its rows. */
export function useOversightFilter(): FilterInAddress {
  const [path, navigate] = useLocation();
  const search = new URLSearchParams(useSearch());
  const site = usePreferences((state) => state.siteId) as LocationId | null;
  const go = (next: URLSearchParams) =>
    navigate(next.size === 0 ? path : `${path}?${next}`, { replace: true });
  return {
    ...readOversight(search, useFormat().today(), site),
    set: (name, value) => {
      const next = new URLSearchParams(search);
      // A day that cannot be read stays said, or another would take its place.
      if (value || ((name === 'from' || name === 'until') && value !== null)) next.set(name, value ?? '');
      else if (name === 'site') next.set(name, everySite);
      else next.delete(name);
      go(next);
    },
    clear: () => {
      const next = new URLSearchParams({ site: everySite });
      for (const name of ['from', 'until'] as const) {
        const value = search.get(name);
        if (value) next.set(name, value);
      }
      go(next);
    },
  };
}
