import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { ownPatient } from '#main/core/own-patient.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { AppointmentId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { bookable, doctors, feeAt, times } from './choices.ts';
import { bookingCommands } from './commands.ts';
import { isLive, type PanelBookingDeps } from './deps.ts';
import { ownAppointment, pastOf, upcomingOf } from './repository.ts';
import { panelAppointments } from './view.ts';

const list = (
  deps: PanelBookingDeps,
  { patientId, when, after, limit }: Parsed<'panel.appointments'>,
  connection: Connection,
): Result<Output<'panel.appointments'>> => {
  const own = ownPatient(deps, connection, patientId);
  if (!own.ok) return own;
  const read = when === 'upcoming' ? upcomingOf : pastOf;
  const found = read(deps.store, own.value, { now: instant(deps.clock.now()), after, limit: limit + 1 });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return ok({
    appointments: [...panelAppointments(deps, own.value, rows)],
    next: found.length > limit && last ? { startAt: last.start_at, id: last.id as AppointmentId } : null,
    live: isLive(deps),
  });
};

const one = (
  deps: PanelBookingDeps,
  { patientId, id }: Parsed<'panel.appointment'>,
  connection: Connection,
): Result<Output<'panel.appointment'>> => {
  const own = ownPatient(deps, connection, patientId);
  if (!own.ok) return own;
  const row = ownAppointment(deps.store, own.value, id);
  const [appointment] = row ? panelAppointments(deps, own.value, [row]) : [];
  if (appointment === undefined) return fail('not-found');
  const { visitTypeId, locationId, startLocal } = appointment;
  const fee = feeAt(deps, visitTypeId, { locationId, day: startLocal.slice(0, 10) });
  return ok({ appointment, fee, live: isLive(deps) });
};

type Calls =
  | 'panel.appointments'
  | 'panel.appointment'
  | 'panel.bookable'
  | 'panel.doctors'
  | 'panel.times'
  | 'panel.hold'
  | 'panel.release'
  | 'panel.book'
  | 'panel.move'
  | 'panel.cancel';

/** Appointments as their patient sees them, and what they do about them. */
export const panelBookingHandlers = (deps: PanelBookingDeps): Handlers<Calls> => ({
  'panel.appointments': (input, connection) => list(deps, input, connection),
  'panel.appointment': (input, connection) => one(deps, input, connection),
  'panel.bookable': () => bookable(deps),
  'panel.doctors': (input, connection) => doctors(deps, input, connection),
  'panel.times': (input, connection) => times(deps, input, connection),
  ...bookingCommands(deps),
});
