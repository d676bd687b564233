import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react';
import type { Stop } from './cursor.ts';
import { axisWidth, headerHeight, scrollToShow, yOf } from './geometry.ts';
import { type Span, slotMinutes } from './time.ts';

export interface Place {
  readonly columnId: string;
  readonly column: number;
  readonly stop: Stop;
}

const elementOf = (scroller: HTMLElement, { columnId, stop }: Place): HTMLElement | null =>
  scroller.querySelector(
    stop.kind === 'appointment'
      ? `[data-appointment="${stop.id}"]`
      : `[data-column="${columnId}"][data-slot="${stop.slot}"]`,
  );

/** Scrolls what is at `start` to `end` of a column into view, below the names and beside the times. */
export function reveal(scroller: HTMLElement, column: number, span: Span, range: Span, width: number): void {
  const top = yOf(span.start, range);
  const bottom = yOf(span.end, range);
  const height = scroller.clientHeight - headerHeight;
  const wide = scroller.clientWidth - axisWidth;
  scroller.scrollTop = scrollToShow(scroller.scrollTop, height, top, Math.min(bottom, top + height));
  scroller.scrollLeft = scrollToShow(scroller.scrollLeft, wide, column * width, (column + 1) * width);
}

/**
 * Keeps the focus where the keyboard stands: after a move, when the block under it has become a free slot, and when
 * the element that had it is gone. Returns how to ask for the focus with the next drawing.
 */
export function useBoardFocus(
  scroller: RefObject<HTMLElement | null>,
  place: Place | null,
  range: Span,
  width: number,
): () => void {
  const wanted = useRef(false);
  const last = useRef<Element | null>(null);
  // Runs after every drawing: any of them may have taken the focused element away.
  useLayoutEffect(() => {
    const board = scroller.current;
    if (!board || !place) return;
    const active = document.activeElement;
    const inside = active !== null && active !== board && board.contains(active);
    const lost = last.current !== null && !last.current.isConnected && active === document.body;
    const element = elementOf(board, place);
    if (element && (wanted.current || lost || (inside && active !== element))) {
      if (wanted.current) {
        const { stop } = place;
        const end = stop.kind === 'appointment' ? stop.end : stop.slot + slotMinutes;
        reveal(board, place.column, { start: stop.slot, end }, range, width);
      }
      element.focus({ preventScroll: true });
      wanted.current = false;
    }
    last.current = board.contains(document.activeElement) ? document.activeElement : null;
  });
  return useCallback(() => {
    wanted.current = true;
  }, []);
}
