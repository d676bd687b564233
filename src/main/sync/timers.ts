/** Named timers: setting one again replaces it. Injected, so that a test decides when time passes. */
export interface Timers {
  set(name: string, milliseconds: number, fire: () => void): void;
  clear(name: string): void;
  clearAll(): void;
}

/** Timers of the event loop, which do not follow the wall clock. */
export const realTimers = (): Timers => {
  const running = new Map<string, NodeJS.Timeout>();
  const clear = (name: string) => {
    clearTimeout(running.get(name));
    running.delete(name);
  };
  return {
    set: (name, milliseconds, fire) => {
      clear(name);
      running.set(
        name,
        setTimeout(() => {
          running.delete(name);
          fire();
        }, milliseconds),
      );
    },
    clear,
    clearAll: () => {
      for (const name of [...running.keys()]) clear(name);
    },
  };
};
