import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useRef } from 'react';
import { columnAt, edgeSpeed, headerHeight, minuteAt } from './geometry.ts';
import type { Target } from './rules.ts';
import { clamp, type Span, snap } from './time.ts';

export interface DragActions {
  /** Whether the appointment can be dragged; it is picked up when the pointer has moved a little. */
  start(appointmentId: string): boolean;
  over(target: Target): void;
  drop(target: Target): void;
  cancel(): void;
  /** Where the appointment begins, minutes. */
  startOf(appointmentId: string): number | null;
}

interface Board {
  readonly width: number;
  readonly count: number;
  readonly range: Span;
}

interface Drag {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  /** Minutes between the appointment's start and where it was taken hold of. */
  readonly grip: number;
  readonly point: { x: number; y: number };
  moved: boolean;
  frame: number;
}

const threshold = 4;

const targetAt = (scroller: HTMLElement, drag: Drag, board: Board): Target => {
  const box = scroller.getBoundingClientRect();
  const x = drag.point.x - box.left + scroller.scrollLeft;
  const y = drag.point.y - box.top + scroller.scrollTop - headerHeight;
  const column = columnAt(x, board.width, board.count);
  const beyond = x < box.width / 2 + scroller.scrollLeft ? 0 : board.count - 1;
  return { column: column < 0 ? beyond : column, start: snap(minuteAt(y, board.range) - drag.grip) };
};

const scrollAtEdges = (scroller: HTMLElement, { x, y }: { x: number; y: number }): void => {
  const box = scroller.getBoundingClientRect();
  const left = edgeSpeed(box.right - x) - edgeSpeed(x - box.left);
  const top = edgeSpeed(box.bottom - y) - edgeSpeed(y - box.top - headerHeight);
  if (left !== 0 || top !== 0) scroller.scrollBy(left, top);
};

/** The click that comes with letting go must not open what was dragged. */
const swallowClick = (): void => {
  const swallow = (event: Event) => event.stopPropagation();
  window.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
};

/** Follows one press of the pointer from a block until it is let go; returns how to stop listening. */
function follow(scroller: HTMLElement, drag: Drag, actions: () => DragActions, board: () => Board) {
  const tick = () => {
    scrollAtEdges(scroller, drag.point);
    actions().over(targetAt(scroller, drag, board()));
    drag.frame = requestAnimationFrame(tick);
  };
  const onMove = (event: PointerEvent) => {
    drag.point.x = event.clientX;
    drag.point.y = event.clientY;
    if (drag.moved || Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < threshold) return;
    if (!actions().start(drag.id)) return stop();
    drag.moved = true;
    drag.frame = requestAnimationFrame(tick);
  };
  const end = (finish: (actions: DragActions) => void) => {
    stop();
    if (drag.moved) finish(actions());
  };
  const onUp = () => {
    if (drag.moved) swallowClick();
    end((now) => now.drop(targetAt(scroller, drag, board())));
  };
  const onCancel = () => end((now) => now.cancel());
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    // The button is still down: letting it go later ends a drag that is over already.
    if (drag.moved) window.addEventListener('pointerup', swallowClick, { once: true });
    onCancel();
  };
  const stop = () => {
    cancelAnimationFrame(drag.frame);
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', onCancel);
    window.removeEventListener('keydown', onKey, { capture: true });
  };
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', onUp);
  window.addEventListener('pointercancel', onCancel);
  window.addEventListener('keydown', onKey, { capture: true });
  return stop;
}

/** Dragging blocks with mouse or pen. A finger scrolls the board; it moves appointments through their sheet. */
export function useDrag(
  scroller: RefObject<HTMLElement | null>,
  board: Board,
  actions: DragActions,
): (event: ReactPointerEvent) => void {
  const newest = useRef({ actions, board });
  newest.current = { actions, board };
  const stop = useRef<() => void>(undefined);
  useEffect(() => () => stop.current?.(), []);
  return (event) => {
    const block = (event.target as Element).closest<HTMLElement>('[data-appointment]');
    const id = block?.dataset.appointment;
    const element = scroller.current;
    if (!id || !element || event.button !== 0 || event.pointerType === 'touch') return;
    const begin = newest.current.actions.startOf(id);
    if (begin === null) return;
    const y = event.clientY - element.getBoundingClientRect().top + element.scrollTop - headerHeight;
    const drag: Drag = {
      id,
      x: event.clientX,
      y: event.clientY,
      grip: clamp(minuteAt(y, newest.current.board.range) - begin, 0, 24 * 60),
      point: { x: event.clientX, y: event.clientY },
      moved: false,
      frame: 0,
    };
    stop.current?.();
    stop.current = follow(
      element,
      drag,
      () => newest.current.actions,
      () => newest.current.board,
    );
  };
}
