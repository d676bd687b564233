import { type RefObject, startTransition, useCallback, useEffect, useLayoutEffect, useState } from 'react';
import { columnWidth, visibleColumns, widened } from './geometry.ts';
import type { Span } from './time.ts';

export interface Viewport {
  /** Width of a column, pixels. */
  readonly width: number;
  /** First and one past the last column in view. */
  readonly visible: Span;
  /** Those and the ones beside them that are drawn ahead. */
  readonly drawn: Span;
  readonly onScroll: () => void;
}

/** Nothing is drawn ahead while a frame is still to come. */
const restMilliseconds = 30;

/** Which columns are in view, and which are drawn: beside those in view one after the other when nothing else is to be done. */
export function useViewport(scroller: RefObject<HTMLElement | null>, count: number, least: number): Viewport {
  const [size, setSize] = useState(1200);
  const width = columnWidth(size, count, least);
  const [visible, setVisible] = useState<Span>(() => visibleColumns(0, 1200, width, count));
  const [ahead, setAhead] = useState<Span>(visible);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const next = visibleColumns(element.scrollLeft, element.clientWidth, width, count);
    setVisible((old) => (old.start === next.start && old.end === next.end ? old : next));
  }, [scroller, width, count]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    setSize(element.clientWidth);
    const observer = new ResizeObserver(() => setSize(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  useLayoutEffect(onScroll, [onScroll]);
  useEffect(() => {
    const next = widened(ahead, visible, count);
    if (next.start === ahead.start && next.end === ahead.end) return;
    const timer = setTimeout(() => startTransition(() => setAhead(next)), restMilliseconds);
    return () => clearTimeout(timer);
  }, [ahead, visible, count]);

  const touches = ahead.start <= visible.end && visible.start <= ahead.end;
  const drawn = touches
    ? {
        start: Math.min(ahead.start, visible.start),
        end: Math.min(count, Math.max(ahead.end, visible.end)),
      }
    : visible;
  return { width, visible, drawn, onScroll };
}
