import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { ownPatient } from '#main/core/own-patient.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { AppointmentId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { ownAppointment, pastOf, upcomingOf } from './repository.ts';
import { panelAppointments } from './view.ts';

/** What is needed of other features. */
export interface PanelBookingDeps extends FeatureDeps {
  /** What each kind of visit costs at a site on a day. */
  readonly fees: (input: Parsed<'prices.fees'>) => Output<'prices.fees'>;
}

const isLive = ({ engine }: FeatureDeps): boolean => engine.status().connection === 'live';

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
  const fees = visitTypeId === null ? [] : deps.fees({ locationId, day: startLocal.slice(0, 10) });
  const fee = fees.find((known) => known.visitTypeId === visitTypeId);
  return ok({
    appointment,
    fee: fee === undefined ? null : { amount: fee.amount, currency: fee.currency },
    live: isLive(deps),
  });
};

/** Appointments as their patient sees them. */
export const panelBookingHandlers = (
  deps: PanelBookingDeps,
): Handlers<'panel.appointments' | 'panel.appointment'> => ({
  'panel.appointments': (input, connection) => list(deps, input, connection),
  'panel.appointment': (input, connection) => one(deps, input, connection),
});
