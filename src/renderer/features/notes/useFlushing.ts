import { useEffect } from 'react';
import type { Keeper } from './keeper.ts';
import { flushNotes } from './keepers.ts';

/** Nothing typed waits for a pause once its screen, the window or the session goes. */
export function useFlushing(keeper: Keeper): void {
  useEffect(() => {
    const onHide = () => flushNotes();
    document.addEventListener('visibilitychange', onHide);
    window.addEventListener('pagehide', onHide);
    window.addEventListener('blur', onHide);
    return () => {
      document.removeEventListener('visibilitychange', onHide);
      window.removeEventListener('pagehide', onHide);
      window.removeEventListener('blur', onHide);
      void keeper.flush();
    };
  }, [keeper]);
}
