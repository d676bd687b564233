import { useEffect, useRef } from 'react';
import { createReporter, type Sign } from '#renderer/app/activity.ts';
import { useCommand } from '#renderer/client/calls.ts';

const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'input'] as const;

/** Tells the host that somebody is at the page, so that the session does not end. */
export function Activity() {
  const { mutate } = useCommand('panel.active');
  const tell = useRef(mutate);
  tell.current = mutate;
  useEffect(() => {
    const reporter = createReporter(() => tell.current({}));
    const hear = (event: Event) => reporter.hear(event as Sign);
    const options = { capture: true, passive: true };
    for (const sign of signs) window.addEventListener(sign, hear, options);
    return () => {
      reporter.stop();
      for (const sign of signs) window.removeEventListener(sign, hear, options);
    };
  }, []);
  return null;
}
