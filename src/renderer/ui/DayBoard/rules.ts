import type { AppointmentView } from '#shared/contract/appointments.ts';
import { isAllowed } from '#shared/domain/appointments/transitions.ts';
import { type OpenSpan, placeFor } from './hours.ts';
import { keepsPatient } from './marks.ts';
import type { ColumnModel } from './model.ts';
import { type ClinicNow, clamp, overlaps, pastUntil, type Span, slotMinutes, stepMinutes } from './time.ts';

/** Where something would be put: a practitioner's column and a minute of the day. */
export interface Target {
  readonly column: number;
  readonly start: number;
}

export type Refusal = 'past' | 'outside-hours' | 'practitioner-busy' | 'patient-busy' | 'fixed';

/** Whether a drop is allowed, and why not. `unchanged`: it would land where it came from. */
export type DropVerdict =
  | { readonly kind: 'allowed'; readonly place: OpenSpan }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly reason: Refusal; readonly by: AppointmentView | null };

const taken = (model: ColumnModel, wanted: Span, except: string | null): AppointmentView | null =>
  model.busy.find((item) => item.appointment.id !== except && overlaps(item.keeps, wanted))?.appointment ??
  null;

const patientElsewhere = (
  models: readonly ColumnModel[],
  moved: AppointmentView,
  date: string,
  wanted: Span,
): AppointmentView | null => {
  for (const model of models) {
    if (model.column.date !== date) continue;
    const other = model.items.find(
      ({ appointment, start, end }) =>
        keepsPatient(appointment) &&
        appointment.patientId === moved.patientId &&
        appointment.id !== moved.id &&
        overlaps({ start, end }, wanted),
    );
    if (other) return other.appointment;
  }
  return null;
};

/**
 * Judges a move as the centre would, so that a person sees the answer before letting go. The centre has the last word:
 * it may know of bookings this workstation does not. What would be over `now` is past.
 */
export const dropVerdict = (
  models: readonly ColumnModel[],
  moved: AppointmentView,
  origin: Target,
  target: Target,
  now: ClinicNow,
): DropVerdict => {
  const model = models[target.column];
  if (!isAllowed('move', moved)) return { kind: 'refused', reason: 'fixed', by: null };
  if (!model) return { kind: 'refused', reason: 'outside-hours', by: null };
  if (origin.column === target.column && origin.start === target.start) return { kind: 'unchanged' };
  const wanted = { start: target.start, end: target.start + moved.minutes };
  if (wanted.end <= pastUntil(model.column.date, now)) return { kind: 'refused', reason: 'past', by: null };
  const place = placeFor(model.open, wanted, moved.locationId);
  if (!place) return { kind: 'refused', reason: 'outside-hours', by: null };
  const keeps = { start: wanted.start - moved.bufferBefore, end: wanted.end + moved.bufferAfter };
  // What was overbooked is so no more when it is moved: beside somebody again needs a reason again.
  const other = taken(model, keeps, moved.id);
  if (other) return { kind: 'refused', reason: 'practitioner-busy', by: other };
  const elsewhere = patientElsewhere(models, moved, model.column.date, wanted);
  if (elsewhere) return { kind: 'refused', reason: 'patient-busy', by: elsewhere };
  return { kind: 'allowed', place };
};

/** Keeps a carried appointment on the board. */
export const withinBoard = (target: Target, minutes: number, columns: number, range: Span): Target => ({
  column: clamp(target.column, 0, Math.max(columns - 1, 0)),
  start: clamp(target.start, range.start, Math.max(range.start, range.end - minutes)),
});

/** The first minute of a slot that nobody has, on a multiple of five; null when the whole slot is taken. */
export const freeMinute = (model: ColumnModel, slot: number): number | null => {
  for (let minute = slot; minute < slot + slotMinutes; minute += stepMinutes) {
    if (!taken(model, { start: minute, end: minute + stepMinutes }, null)) return minute;
  }
  return null;
};

/** The first slot from `from` on where `minutes` fit into the hours and nobody is booked; null when the day is full. */
export const firstFree = (model: ColumnModel, from: number, minutes: number): number | null => {
  for (const span of [...model.open].sort((a, b) => a.start - b.start)) {
    const earliest = Math.max(span.start, Math.ceil(from / stepMinutes) * stepMinutes);
    for (let start = earliest; start + minutes <= span.end; start += stepMinutes) {
      if (!taken(model, { start, end: start + minutes }, null)) return start;
    }
  }
  return null;
};

/** The soonest free slot on the board after `from` tells of each column, the leftmost column at equal times. */
export const firstFreeOfAll = (
  models: readonly ColumnModel[],
  from: (model: ColumnModel) => number,
  minutes: number,
): Target | null => {
  const dayOf = ({ column }: Target) => models[column]?.column.date ?? '';
  return (
    models
      .flatMap((model, column) => {
        const start = firstFree(model, from(model), minutes);
        return start === null ? [] : [{ column, start }];
      })
      .toSorted((a, b) => dayOf(a).localeCompare(dayOf(b)) || a.start - b.start)[0] ?? null
  );
};

/** How long a visit starting at `start` can last before the next booking or the end of the hours. */
export const roomAt = (model: ColumnModel, start: number): number => {
  const place = placeFor(model.open, { start, end: start + stepMinutes });
  if (!place || taken(model, { start, end: start + stepMinutes }, null)) return 0;
  const next = model.busy.map((item) => item.keeps.start).filter((from) => from >= start);
  return Math.min(place.end, ...next) - start;
};
