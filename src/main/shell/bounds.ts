import type { Rectangle } from 'electron';

const overlaps = (a: Rectangle, b: Rectangle) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** The remembered bounds, unless the screen they were on is gone: then the window would open where nobody sees it. */
export const visibleBounds = (bounds: Rectangle | null, displays: readonly Rectangle[]): Rectangle | null =>
  bounds !== null && displays.some((display) => overlaps(bounds, display)) ? bounds : null;

const step = 32;

/** Where a further window opens the first time: all of a screen that `first` is not on, else a little off it. */
export const boundsBeside = (first: Rectangle, displays: readonly Rectangle[]): Rectangle =>
  displays.find((display) => !overlaps(display, first)) ?? { ...first, x: first.x + step, y: first.y + step };

/** `bounds` moved off those of `others`, so that no window hides under another that stands where it stood. */
export const clearOf = (bounds: Rectangle, others: readonly Rectangle[]): Rectangle =>
  others.some(({ x, y }) => x === bounds.x && y === bounds.y)
    ? clearOf({ ...bounds, x: bounds.x + step, y: bounds.y + step }, others)
    : bounds;
