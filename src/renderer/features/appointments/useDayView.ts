import { useEffect, useRef } from 'react';
import { useLocation, useSearch } from 'wouter';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { type DayView, readDay, writeDay } from './day-address.ts';

/**
 * The view the address asks for. The site is one choice for the whole window: an address that names one chooses it on
 * arrival, and from then on the address follows the choice.
 */
export function useDayView(today: string): readonly [DayView, (change: Partial<DayView>) => void] {
  const [path, navigate] = useLocation();
  const view = readDay(useSearch(), today);
  const site = usePreferences((state) => state.siteId);
  const set = usePreferences((state) => state.set);
  const arrived = useRef(false);
  const go = (next: DayView, replace: boolean) => navigate(writeDay(path, next, today), { replace });
  // Only a difference between address and choice is news.
  useEffect(() => {
    const first = !arrived.current;
    arrived.current = true;
    if (view.site === site) return;
    if (first && view.site) set({ siteId: view.site });
    else go({ ...view, site }, true);
  }, [view.site, site]);
  return [{ ...view, site }, (change) => go({ ...view, site, ...change }, false)];
}
