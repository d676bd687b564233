import { useState } from 'react';
import { type Cursor, initialCursor, moveCursor, type Step, stopAt, stopsOf } from './cursor.ts';
import type { ColumnModel } from './model.ts';
import type { ClinicNow, Span } from './time.ts';
import type { Place } from './useBoardFocus.ts';

export interface BoardCursor {
  /** Where the keyboard stands on the board as it is now; null on a board without columns. */
  readonly place: Place | null;
  move(step: Step): void;
  to(cursor: Cursor): void;
}

/** The keyboard's place. It outlives changes of the board: it stays with its appointment, else at its time of day. */
export function useCursor(models: readonly ColumnModel[], range: Span, now: ClinicNow): BoardCursor {
  const [state, setState] = useState<Cursor | null>(null);
  const known = state !== null && models.some((model) => model.id === state.columnId);
  const first = initialCursor(models, now);
  const cursor = known || !first ? state : { ...first, minute: state?.minute ?? first.minute };
  const column = models.findIndex((model) => model.id === cursor?.columnId);
  const model = models[column];
  const stop = model && cursor ? stopAt(stopsOf(model, range), cursor) : undefined;
  return {
    place: model && stop ? { columnId: model.id, column, stop } : null,
    to: setState,
    move: (step) => {
      if (!cursor || !stop) return;
      const here = stop.kind === 'appointment' ? { ...cursor, appointmentId: stop.id } : cursor;
      setState(moveCursor(models, range, here, step));
    },
  };
}
