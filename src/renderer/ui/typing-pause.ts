/** A pause in typing; somebody who makes none is heard as often as `longest`. Milliseconds. */
const pause = 400;
const longest = 2000;

export interface TypingPause {
  /** A key was pressed: the work is done with the next pause. */
  typed(): void;
  /** The work is done in so many milliseconds, whatever is typed. */
  later(milliseconds: number): void;
  /** It is done now, or not at all. */
  stop(): void;
}

/** Does `work` with every pause in typing. */
export const createTypingPause = (work: () => void): TypingPause => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let since: number | null = null;
  const later = (milliseconds: number) => {
    clearTimeout(timer);
    timer = setTimeout(work, milliseconds);
  };
  return {
    typed: () => {
      since ??= Date.now();
      later(Math.max(0, Math.min(pause, since + longest - Date.now())));
    },
    later,
    stop: () => {
      clearTimeout(timer);
      since = null;
    },
  };
};
