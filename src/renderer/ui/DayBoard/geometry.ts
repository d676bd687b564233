import { clamp, type Span, slotMinutes } from './time.ts';

/** Pixels; the style sheet takes these as custom properties, so that they are said once. */
export const rowHeight = 24;
export const axisWidth = 56;
export const headerHeight = 58;
/** A working week fits beside the rail of an ordinary screen. */
export const narrowest = { practitioner: 184, day: 160 } as const;
const widest = 280;

/** The distance of a minute from the top of the board's body. */
export const yOf = (minute: number, range: Span): number =>
  ((minute - range.start) * rowHeight) / slotMinutes;

/** The minute at a distance from the top: the inverse of {@link yOf}, whole minutes. */
export const minuteAt = (y: number, range: Span): number =>
  clamp(Math.round((y * slotMinutes) / rowHeight) + range.start, range.start, range.end);

/** All columns are as wide as fits; a wide screen shows more practitioners, not bigger ones. */
export const columnWidth = (viewport: number, count: number, least: number): number =>
  count === 0 ? widest : clamp(Math.floor((viewport - axisWidth) / count), least, widest);

/** The column at a distance from the left of the board's body, axis included; -1 on the axis or beyond the last. */
export const columnAt = (x: number, width: number, count: number): number => {
  const index = Math.floor((x - axisWidth) / width);
  return x >= axisWidth && index < count ? index : -1;
};

/** First and one past the last column in view. */
export const visibleColumns = (scrollLeft: number, viewport: number, width: number, count: number): Span => {
  const first = Math.floor(scrollLeft / width);
  const last = Math.ceil((scrollLeft + viewport - axisWidth) / width);
  return { start: clamp(first, 0, count), end: clamp(last, 0, count) };
};

/** Columns drawn on each side of those in view; a clinic with more of them draws the rest when they come near. */
const reserve = 12;

/** The columns to draw next when `drawn` are: one more on each side of those in view, and none far from them. */
export const widened = (drawn: Span, visible: Span, count: number): Span => {
  const touches = drawn.start <= visible.end && visible.start <= drawn.end;
  const from = touches ? drawn : visible;
  const start = Math.min(from.start, visible.start) - 1;
  const end = Math.max(from.end, visible.end) + 1;
  return {
    start: clamp(start, Math.max(0, visible.start - reserve), count),
    end: clamp(end, 0, Math.min(count, visible.end + reserve)),
  };
};

/** The scroll position that brings `[start, end)` into a window of `size`, moving as little as possible. */
export const scrollToShow = (position: number, size: number, start: number, end: number): number => {
  if (start < position) return start;
  return end > position + size ? Math.min(start, end - size) : position;
};

/** Pixels per frame to scroll when the pointer is `distance` from an edge: faster the nearer, nothing beyond 40. */
export const edgeSpeed = (distance: number): number =>
  distance >= 40 ? 0 : Math.ceil((40 - Math.max(distance, 0)) / 3);
