/** How long the synchronisation waits, in milliseconds. */
export const pacing = {
  /** Notifications come in bursts: the first is answered at once, those that come meanwhile share a pull this much later. */
  debounce: 5,
  /** Full pushes of a long outbox before a pull goes first. */
  pushesInARow: 4,
  /** Pages of older rows before a pull goes first although nothing was heard. */
  stepsInARow: 25,
  /** Notifications may be lost; asking is the truth. */
  poll: 15_000,
  /** The first and the longest pause after a failure. */
  backOff: 500,
  backOffMost: 30_000,
  /** A refusal ends when somebody changes something at the centre. */
  refused: 60_000,
  /** The least time between two tries out of turn. */
  calm: 1_000,
} as const;

/** `milliseconds` give or take a fifth, so that workstations do not ask in step. */
export const jittered = (milliseconds: number, random: () => number): number =>
  Math.round(milliseconds * (0.8 + 0.4 * random()));

/**
 * Exponential back-off with full jitter: anything up to the bound, which doubles with each failure.
 * Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 */
export const afterFailures = (failures: number, random: () => number): number => {
  const bound = Math.min(pacing.backOffMost, pacing.backOff * 2 ** Math.min(failures, 16));
  return Math.max(50, Math.round(bound * random()));
};
