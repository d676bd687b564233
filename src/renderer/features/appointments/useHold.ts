import { useEffect } from 'react';
import { useCommand } from '#renderer/client/calls.ts';
import type { Checked } from './booking-form.ts';
import type { PendingMove } from './optimistic.ts';

/** Somebody who passes over a time on the way to another holds nothing. */
const settleMilliseconds = 400;
/** Before the hold runs out, see `appointments.hold`. */
const renewMilliseconds = 120_000;

/**
 * Lets the other desks see which time is about to be booked, as long as a form shows one that can be had. A courtesy: what goes wrong
 * with it is nobody's matter here.
 */
export function useHold(time: Checked<PendingMove>): void {
  const { mutate: hold } = useCommand('appointments.hold');
  const { mutate: release } = useCommand('appointments.release');
  const place = time.ok ? time.value : null;
  const key = place && [place.practitionerId, place.locationId, place.startLocal, place.minutes].join();
  useEffect(() => {
    if (!place) return;
    const { practitionerId, locationId, startLocal, minutes } = place;
    let held = false;
    const say = () => {
      held = true;
      hold({ practitionerId, locationId, startLocal, minutes });
    };
    const first = setTimeout(say, settleMilliseconds);
    const again = setInterval(say, renewMilliseconds);
    return () => {
      clearTimeout(first);
      clearInterval(again);
      if (held) release({});
    };
  }, [key, hold, release]);
}
