/** Watches how long this thread keeps others waiting. */
export interface Ticker {
  /** How late each tick since the last call came, in milliseconds. */
  take(): readonly number[];
  stop(): void;
}

/**
 * A timer of 1 ms that notes how late it is. A tick that comes late stands for all those that should have come meanwhile:
 * whoever pressed a key at any of them waited, so each of them counts with what was left of the wait.
 */
export const startTicker = (): Ticker => {
  let delays: number[] = [];
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    for (let late = now - last - 1; late > 0; late -= 1) delays.push(late);
    if (now - last <= 1) delays.push(0);
    last = now;
  }, 1);
  return {
    take: () => {
      const taken = delays;
      delays = [];
      return taken;
    },
    stop: () => clearInterval(timer),
  };
};
