/** How often the host is told at most, milliseconds. */
export const toldEvery = 15_000;

/** As much of what a page hears as tells whether a hand did it. */
export interface Sign {
  readonly type: string;
  readonly repeat?: boolean;
  readonly movementX?: number;
  readonly movementY?: number;
}

/** A page that changes under a mouse that lies still moves no hand, and nor does a book on the keyboard. */
const isByHand = ({ type, repeat = false, movementX = 0, movementY = 0 }: Sign): boolean =>
  !repeat && (type !== 'pointermove' || movementX !== 0 || movementY !== 0);

/** Tells of somebody at the page: at the first sign, then every so often while they go on. */
export const createReporter = (tell: () => void): { hear(sign: Sign): void; stop(): void } => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  const report = () => {
    again = false;
    tell();
    timer = setTimeout(() => {
      timer = undefined;
      if (again) report();
    }, toldEvery);
  };
  return {
    hear: (sign) => {
      if (!isByHand(sign)) return;
      if (timer === undefined) report();
      else again = true;
    },
    stop: () => clearTimeout(timer),
  };
};
