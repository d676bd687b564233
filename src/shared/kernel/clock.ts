/** The only way to ask for the time. Milliseconds since 1970-01-01T00:00:00Z. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** Counts from the start of this process, whatever is done to the computer's clock; what it tells is no time of day. */
export const steadyClock: Clock = { now: () => performance.now() };

/** An instant as the text both databases and the wire use: `2026-11-23T15:51:49.000Z`, milliseconds, UTC. */
export const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();

/**
 * A clock for durations: when the computer's clock is set back, it stands still for a moment instead, so that what was
 * to last seconds does not last a day. What it tells is no time of day.
 */
export const neverBack = (clock: Clock): Clock => {
  let latest = clock.now();
  let missing = 0;
  return {
    now: () => {
      const now = clock.now();
      missing += Math.max(0, latest - now);
      latest = now;
      return now + missing;
    },
  };
};
