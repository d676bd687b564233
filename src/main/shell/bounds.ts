import type { Rectangle } from 'electron';

const overlaps = (a: Rectangle, b: Rectangle) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** The remembered bounds, unless the screen they were on is gone: then the window would open where nobody sees it. */
export const visibleBounds = (bounds: Rectangle | null, displays: readonly Rectangle[]): Rectangle | null =>
  bounds !== null && displays.some((display) => overlaps(bounds, display)) ? bounds : null;
