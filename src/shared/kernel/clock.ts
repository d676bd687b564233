/** The only way to ask for the time. Milliseconds since 1970-01-01T00:00:00Z. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** An instant as the text both databases and the wire use: `2026-11-23T15:51:49.000Z`, milliseconds, UTC. */
export const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();
