import { useTranslation } from 'react-i18next';
import type { AppointmentView, BoardColumn, FreeSlot } from '#shared/contract/appointments.ts';
import { isAllowed } from '#shared/domain/appointments/transitions.ts';
import type { BoardItem, ColumnModel } from './model.ts';
import { firstFree, firstFreeOfAll, freeMinute, roomAt, type Target } from './rules.ts';
import { type NameOf, placeText, refusalText, startOf } from './text.ts';
import { type ClinicNow, dayMinutes, minutesOf, pastUntil, type Span, slotMinutes } from './time.ts';
import type { BoardActions } from './useBoardKeys.ts';
import type { Carry, Carrying } from './useCarry.ts';
import type { BoardCursor } from './useCursor.ts';
import type { DragActions } from './useDrag.ts';

/** A free time somebody wants to book: whose, where, from when, and how long it could last. */
export interface FreeTime {
  readonly date: string;
  readonly practitionerId: BoardColumn['practitionerId'];
  readonly locationId: FreeSlot['locationId'];
  readonly start: number;
  readonly room: number;
}

/** Where an appointment has been dropped. */
export interface NewPlace {
  readonly date: string;
  readonly practitionerId: BoardColumn['practitionerId'];
  readonly practitionerName: string;
  readonly locationId: FreeSlot['locationId'];
  readonly locationName: string;
  readonly start: number;
}

/** What the board asks its screen to do. A way that is absent is not offered. */
export interface BoardMoves {
  readonly onOpen: (appointment: AppointmentView) => void;
  readonly onBook?: ((time: FreeTime) => void) | undefined;
  /** Who waits for a free time. */
  readonly onWho?: ((time: FreeTime) => void) | undefined;
  readonly onMove?: ((appointment: AppointmentView, place: NewPlace) => void) | undefined;
  readonly onCancel?: ((appointment: AppointmentView) => void) | undefined;
  /** The practitioner of the column in focus is not there on its day. */
  readonly onAway?: ((practitionerId: BoardColumn['practitionerId'], date: string) => void) | undefined;
  /** A key of the course of a visit was pressed on an appointment. */
  readonly onStep?: ((appointment: AppointmentView, key: string) => void) | undefined;
  /** Something was not done; `text` says why. */
  readonly onRefused: (text: string) => void;
}

export interface BoardState {
  readonly models: readonly ColumnModel[];
  readonly range: Span;
  /** What would be over now can no longer be booked. */
  readonly now: ClinicNow;
  /** What tells a column from the others, see `DayBoard`. */
  readonly nameOf: NameOf;
  readonly cursor: BoardCursor;
  readonly carrying: Carrying;
  takeFocus(): void;
  /** Tells a screen reader. */
  say(text: string): void;
  /** Scrolls a place into view. */
  show(target: Target, minutes: number): void;
}

const find = (models: readonly ColumnModel[], id: string): BoardItem | undefined =>
  models.flatMap((model) => model.items).find((item) => item.appointment.id === id);

const current = ({ models, cursor }: BoardState): BoardItem | undefined => {
  const stop = cursor.place?.stop;
  return stop?.kind === 'appointment' ? find(models, stop.id) : undefined;
};

/** Booking from the board: only where a booking could begin; anywhere else it says why not. */
function useBooking(moves: BoardMoves, state: BoardState) {
  const { t } = useTranslation();
  const { models, cursor, now } = state;
  const freeAt = ({ column, start: slot }: Target, then: ((time: FreeTime) => void) | undefined) => {
    const model = models[column];
    if (!model || !then) return;
    const start = freeMinute(model, slot);
    const room = start === null ? 0 : roomAt(model, start);
    const place = model.open.find((span) => start !== null && span.start <= start && start < span.end);
    const past = slot + slotMinutes <= pastUntil(model.column.date, now);
    if (start === null || room === 0 || !place || past) {
      const why = past ? 'past' : start === null ? 'taken' : 'outside-hours';
      moves.onRefused(
        t(`appointments.board.refused.${why}`, {
          name: model.column.practitionerName,
          patient: '',
          time: '',
        }),
      );
      return;
    }
    const { practitionerId, date } = model.column;
    then({ practitionerId, date, locationId: place.locationId, start, room });
  };
  const bookAt = (target: Target) => freeAt(target, moves.onBook);
  const bookHere = () => {
    const { place } = cursor;
    if (place) bookAt({ column: place.column, start: place.stop.slot });
  };
  const whoHere = () => {
    const { place } = cursor;
    if (place) freeAt({ column: place.column, start: place.stop.slot }, moves.onWho);
  };
  return { bookAt, bookHere, whoHere };
}

/** Picking up, carrying, dropping and putting back, with what is said of each. */
function useMoving(moves: BoardMoves, state: BoardState) {
  const { t } = useTranslation();
  const { models, carrying, nameOf, say } = state;
  const words = (carry: Carry, target: Target) => ({
    patient: carry.appointment.patientName,
    place: placeText(t, models[target.column], target, nameOf),
  });
  const refusal = (carry: Carry) => {
    const name = models[carry.target.column]?.column.practitionerName ?? '';
    return carry.verdict.kind === 'refused' ? refusalText(t, carry.verdict, name) : '';
  };
  const putBack = () => {
    const { carry } = carrying;
    if (!carry) return;
    carrying.putDown();
    say(t('appointments.board.putBack', words(carry, carry.origin)));
    state.takeFocus();
  };
  const drop = (carry: Carry | null) => {
    const model = carry && models[carry.target.column];
    if (!carry || !model) return carrying.putDown();
    if (carry.verdict.kind === 'unchanged') return putBack();
    if (carry.verdict.kind === 'refused') {
      moves.onRefused(t('appointments.done.notMoved', { reason: refusal(carry) }));
      if (carry.by === 'pointer') carrying.putDown();
      return;
    }
    const { practitionerId, practitionerName, date } = model.column;
    const { locationId, locationName } = carry.verdict.place;
    const { start } = carry.target;
    carrying.putDown();
    say(t('appointments.board.dropped', words(carry, carry.target)));
    state.cursor.to({ columnId: model.id, minute: start, appointmentId: carry.appointment.id });
    state.takeFocus();
    moves.onMove?.(carry.appointment, {
      practitionerId,
      practitionerName,
      date,
      locationId,
      locationName,
      start,
    });
  };
  const pickUp = (appointment: AppointmentView, by: Carry['by']): boolean => {
    if (!moves.onMove) return false;
    if (!isAllowed('move', appointment)) {
      moves.onRefused(t('appointments.board.refused.fixed', { name: '', patient: '', time: '' }));
      return false;
    }
    carrying.pickUp(appointment, by);
    say(
      t('appointments.board.pickedUp', {
        patient: appointment.patientName,
        time: startOf(appointment),
        name: appointment.practitionerName,
      }),
    );
    return true;
  };
  const carryTo = (target: Target) => {
    const carry = carrying.carryTo(target);
    if (!carry) return;
    if (carry.by === 'keys') state.show(carry.target, carry.appointment.minutes);
    say(
      [placeText(t, models[carry.target.column], carry.target, nameOf), refusal(carry)]
        .filter(Boolean)
        .join('. '),
    );
  };
  return { putBack, drop, pickUp, carryTo };
}

function useFirstFree(moves: BoardMoves, state: BoardState) {
  const { t } = useTranslation();
  const { models, now, cursor } = state;
  const { place } = cursor;
  /** From now on, or after what was found before; of all, that is in all columns of that day. */
  const search = (after: Target | null, ofAll: boolean): Target | null => {
    const day = after && models[after.column]?.column.date;
    const from = ({ column }: ColumnModel) =>
      Math.max(
        pastUntil(column.date, now),
        after && day && column.date <= day ? (column.date < day ? dayMinutes : after.start + slotMinutes) : 0,
      );
    if (ofAll) return firstFreeOfAll(models, from, slotMinutes);
    const model = place && models[place.column];
    const start = model ? firstFree(model, from(model), slotMinutes) : null;
    return place && start !== null ? { column: place.column, start } : null;
  };
  return (ofAll: boolean) => {
    const first = search(null, ofAll);
    const there = first && place?.column === first.column && place.stop.start === first.start;
    const target = there ? (search(first, ofAll) ?? first) : first;
    const model = target && models[target.column];
    if (!model) return moves.onRefused(t('appointments.board.noneFree'));
    cursor.to({ columnId: model.id, minute: target.start, appointmentId: null });
    state.takeFocus();
  };
}

/** Everything that can be done on the board, for keys and pointer alike. */
export function useBoardActions(moves: BoardMoves, state: BoardState) {
  const { models, cursor, carrying, takeFocus } = state;
  const { bookAt, bookHere, whoHere } = useBooking(moves, state);
  const { putBack, drop, pickUp, carryTo } = useMoving(moves, state);
  const firstFreeTime = useFirstFree(moves, state);
  const here = current(state);
  const open = (id: string) => {
    const item = find(models, id);
    if (item) moves.onOpen(item.appointment);
  };
  const focus = () => {
    // The same place again: it is the drawing that follows which gives the focus.
    const { place } = cursor;
    if (place)
      cursor.to({
        columnId: place.columnId,
        minute: place.stop.start,
        appointmentId: here?.appointment.id ?? null,
      });
    takeFocus();
  };
  const keys: BoardActions = {
    carrying: carrying.carry !== null,
    onAppointment: here !== undefined,
    canBook: moves.onBook !== undefined,
    canAskWho: moves.onWho !== undefined,
    canMove: moves.onMove !== undefined,
    canCancel: moves.onCancel !== undefined,
    canStep: moves.onStep !== undefined,
    canBeAway: moves.onAway !== undefined,
    focus,
    step: (step) => {
      cursor.move(step);
      takeFocus();
    },
    activate: bookHere,
    book: bookHere,
    who: whoHere,
    pickUp: () => here && pickUp(here.appointment, 'keys'),
    carryBy: (delta) => {
      const target = carrying.carry?.target;
      if (target) carryTo({ column: target.column + delta.column, start: target.start + delta.start });
    },
    drop: () => drop(carrying.carry),
    putBack,
    cancel: () => here && isAllowed('cancel', here.appointment) && moves.onCancel?.(here.appointment),
    away: () => {
      const model = cursor.place && models[cursor.place.column];
      if (model) moves.onAway?.(model.column.practitionerId, model.column.date);
    },
    takeStep: (key) => here && moves.onStep?.(here.appointment, key),
    firstFree: firstFreeTime,
  };
  const drag: DragActions = {
    start: (id) => {
      const item = find(models, id);
      return item !== undefined && pickUp(item.appointment, 'pointer');
    },
    startOf: (id) => {
      const item = find(models, id);
      return item ? minutesOf(item.appointment.startLocal) : null;
    },
    over: carryTo,
    drop: (target) => drop(carrying.carryTo(target)),
    cancel: putBack,
  };
  return { keys, drag, open, bookAt };
}
