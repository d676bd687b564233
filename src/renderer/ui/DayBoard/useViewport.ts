import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';
import { columnWidth, visibleColumns } from './geometry.ts';
import type { Span } from './time.ts';

/** One column beyond the edge, so that it is there when it comes into view. */
const overscan = 1;

export interface Viewport {
  /** Width of a column, pixels. */
  readonly width: number;
  /** First and one past the last column to draw. */
  readonly visible: Span;
  readonly onScroll: () => void;
}

/** Which columns are in view. Scrolling draws anew only when a column comes or goes. */
export function useViewport(scroller: RefObject<HTMLElement | null>, count: number, least: number): Viewport {
  const [size, setSize] = useState(1200);
  const width = columnWidth(size, count, least);
  const [visible, setVisible] = useState<Span>(() => visibleColumns(0, 1200, width, count, overscan));

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const next = visibleColumns(element.scrollLeft, element.clientWidth, width, count, overscan);
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

  return { width, visible, onScroll };
}
