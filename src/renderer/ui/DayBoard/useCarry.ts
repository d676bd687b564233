import { useState } from 'react';
import type { AppointmentView } from '#shared/contract/appointments.ts';
import { type ColumnModel, columnId } from './model.ts';
import { type DropVerdict, dropVerdict, type Target, withinBoard } from './rules.ts';
import { type ClinicNow, minutesOf, type Span } from './time.ts';

interface Held {
  readonly appointment: AppointmentView;
  readonly origin: string;
  readonly over: string;
  readonly start: number;
  readonly by: 'keys' | 'pointer';
}

/** An appointment that has been picked up: where it is from, where it would land, and whether it may. */
export interface Carry {
  readonly appointment: AppointmentView;
  readonly origin: Target;
  readonly target: Target;
  readonly verdict: DropVerdict;
  readonly by: 'keys' | 'pointer';
}

export interface Carrying {
  readonly carry: Carry | null;
  pickUp(appointment: AppointmentView, by: Held['by']): void;
  /** Moves what is carried and tells where it is then; null when nothing is carried. */
  carryTo(wanted: Target): Carry | null;
  putDown(): void;
}

/** Columns are remembered by whose day they are: another may come in between while something is carried. */
const carried = (models: readonly ColumnModel[], now: ClinicNow, held: Held): Carry | null => {
  const indexOf = (id: string) => models.findIndex((model) => model.id === id);
  const origin = { column: indexOf(held.origin), start: minutesOf(held.appointment.startLocal) };
  const target = { column: indexOf(held.over), start: held.start };
  if (origin.column < 0 || target.column < 0) return null;
  const verdict = dropVerdict(models, held.appointment, origin, target, now);
  return { appointment: held.appointment, origin, target, verdict, by: held.by };
};

/** Picking up, carrying and putting down, the same for keys and pointer. */
export function useCarry(models: readonly ColumnModel[], range: Span, now: ClinicNow): Carrying {
  const [held, setHeld] = useState<Held | null>(null);
  const carry = held && carried(models, now, held);
  return {
    carry,
    pickUp: (appointment, by) => {
      const { practitionerId, startLocal } = appointment;
      const origin = columnId(practitionerId, startLocal.slice(0, 10));
      setHeld({ appointment, by, origin, over: origin, start: minutesOf(startLocal) });
    },
    carryTo: (wanted) => {
      const target = held && withinBoard(wanted, held.appointment.minutes, models.length, range);
      const over = target && models[target.column]?.id;
      if (!held || !over) return null;
      const next = { ...held, over, start: target.start };
      if (next.over !== held.over || next.start !== held.start) setHeld(next);
      return carried(models, now, next);
    },
    putDown: () => setHeld(null),
  };
}
