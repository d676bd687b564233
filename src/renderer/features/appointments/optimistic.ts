import type { AppointmentView, BoardColumn } from '#shared/contract/appointments.ts';

/** A move that has been asked for and not been answered yet. */
export interface PendingMove {
  readonly practitionerId: AppointmentView['practitionerId'];
  readonly practitionerName: string;
  readonly locationId: AppointmentView['locationId'];
  readonly locationName: string;
  readonly startLocal: string;
  readonly minutes: number;
}

/** A booking that has been asked for: its row is on the board before the centre's answer is here. */
export interface PendingBooking {
  readonly patientId: string;
  readonly practitionerId: string;
  readonly startLocal: string;
}

const byStart = (a: AppointmentView, b: AppointmentView) => a.startLocal.localeCompare(b.startLocal);

/**
 * The board as it will be when the moves have been made. Columns that no move touches are the same objects, so that
 * they are not drawn again. A move to a day that is not on the board only takes its appointment off it.
 */
export function withMoves(
  columns: readonly BoardColumn[],
  moves: ReadonlyMap<string, PendingMove>,
): readonly BoardColumn[] {
  const moved = columns.flatMap((column) =>
    column.appointments.flatMap((appointment) => {
      const move = moves.get(appointment.id);
      return move ? [{ ...appointment, ...move }] : [];
    }),
  );
  if (moved.length === 0) return columns;
  return columns.map((column) => {
    const staying = column.appointments.filter(({ id }) => !moves.has(id));
    const coming = moved.filter(
      (one) => one.practitionerId === column.practitionerId && one.startLocal.startsWith(column.date),
    );
    const untouched = staying.length === column.appointments.length && coming.length === 0;
    return untouched ? column : { ...column, appointments: [...staying, ...coming].sort(byStart) };
  });
}

/** The appointment a pending booking has become, when it is on the board already. */
export function bookedAs(
  columns: readonly BoardColumn[],
  booking: PendingBooking,
): AppointmentView | undefined {
  return columns
    .find(
      ({ practitionerId, date }) =>
        practitionerId === booking.practitionerId && booking.startLocal.startsWith(date),
    )
    ?.appointments.find(
      (one) =>
        one.patientId === booking.patientId &&
        one.startLocal === booking.startLocal &&
        one.status !== 'cancelled' &&
        !one.needsRebooking,
    );
}
