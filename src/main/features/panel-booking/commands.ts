import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { type OwnPatient, ownPatient } from '#main/core/own-patient.ts';
import type { BookingOutcome } from '#shared/contract/appointments.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { PanelAppointment } from '#shared/contract/panel-booking.ts';
import { wallTimeAt } from '#shared/domain/appointments/wall-time.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { mayHave } from './asking.ts';
import { feeAt, minutesOf, visitOf } from './choices.ts';
import type { PanelBookingDeps } from './deps.ts';
import { createPace, type Pace } from './pace.ts';
import { lengthOf, type OwnAppointmentRow, openOf, ownAppointment } from './repository.ts';
import { panelAppointment, panelAppointments } from './view.ts';

interface Commanding extends PanelBookingDeps {
  readonly pace: Pace;
}

type Outcome = Promise<Result<PanelAppointment>>;

/** The person when they are the account's, and it has not written without end. */
const acting = (deps: Commanding, patientId: string, connection: Connection): Result<OwnPatient> => {
  const own = ownPatient(deps, connection, patientId);
  if (!own.ok) return own;
  const seconds = deps.pace.take(connection.user?.id ?? '');
  return seconds > 0 ? fail('too-many-tries', { params: { seconds } }) : own;
};

const hold = (
  deps: Commanding,
  { patientId, moving, ...wanted }: Parsed<'panel.hold'>,
  connection: Connection,
): Result<Output<'panel.hold'>> => {
  const own = acting(deps, patientId, connection);
  if (!own.ok) return own;
  const kind = visitOf(deps, own.value, { moving, visitTypeId: wanted.visitTypeId });
  if (!kind.ok) return kind;
  const visit = { ...wanted, ...kind.value };
  const may = mayHave(deps, { own: own.value, visit, itself: moving, isAsProposed: false }, connection);
  if (!may.ok) return may;
  const held = deps.appointments.hold(visit, connection);
  if (!held.ok) return held;
  const day = wanted.startLocal.slice(0, 10);
  const fee = feeAt(deps, visit.visitTypeId, { locationId: wanted.locationId, day });
  const seconds = held.value && Math.round((Date.parse(held.value) - deps.clock.now()) / 1000);
  return ok({ seconds: seconds || null, fee });
};

/** What became of it, with the word of the centre where it came in time. */
const told = (deps: Commanding, own: OwnPatient, done: Result<BookingOutcome>): Result<PanelAppointment> => {
  if (!done.ok) return done;
  const { appointment, outcome } = done.value;
  const row = ownAppointment(deps.store, own, appointment.id);
  if (row === undefined) return fail(outcome === 'refused' ? 'booking-refused' : 'not-found');
  if (outcome === 'needs-rebooking')
    return ok(panelAppointment(deps, own, { ...row, needs_rebooking: 1 }, 'confirmed'));
  return ok(panelAppointment(deps, own, row, appointment.certainty));
};

const book = async (deps: Commanding, input: Parsed<'panel.book'>, connection: Connection): Outcome => {
  const { patientId, reason, ...wanted } = input;
  const own = acting(deps, patientId, connection);
  if (!own.ok) return own;
  const minutes = minutesOf(deps, wanted.visitTypeId);
  if (!minutes.ok) return minutes;
  const most = deps.settings.of('panel.most-open', null);
  if (openOf(deps.store, own.value, instant(deps.clock.now())) >= most)
    return fail('most-booked', { params: { count: most } });
  const visit = { ...wanted, minutes: minutes.value };
  const may = mayHave(deps, { own: own.value, visit, itself: null, isAsProposed: false }, connection);
  if (!may.ok) return may;
  const request = deps.settings.of('panel.booking', wanted.locationId) !== 'direct';
  // Nothing is waited for between the looks above and this: two at once cannot both pass.
  const done = await deps.appointments.book(
    { ...visit, patientId, description: reason, request },
    connection,
  );
  deps.appointments.release(connection);
  return told(deps, own.value, done);
};

/** An appointment of the person that may be changed in the panel and is where it was seen. */
const changing = (
  deps: Commanding,
  own: OwnPatient,
  { id, was }: Pick<Parsed<'panel.cancel'>, 'id' | 'was'>,
  what: 'cancel' | 'move',
): Result<OwnAppointmentRow> => {
  const row = ownAppointment(deps.store, own, id);
  const [seen] = row === undefined ? [] : panelAppointments(deps, own, [row]);
  if (row === undefined || seen === undefined) return fail('not-found');
  if (was.practitionerId !== row.practitioner_id || was.startLocal !== row.start_local)
    return fail('changed-meanwhile');
  if (seen[what] === 'late') return fail('too-late', { params: { hours: seen.cancelHours } });
  return seen[what] === 'none' ? fail('changed-meanwhile') : ok(row);
};

const move = async (deps: Commanding, input: Parsed<'panel.move'>, connection: Connection): Outcome => {
  const { patientId, ...wanted } = input;
  const own = acting(deps, patientId, connection);
  if (!own.ok) return own;
  const found = changing(deps, own.value, input, 'move');
  if (!found.ok) return found;
  const row = found.value;
  const proposed = row.participant_status === 'tentative' ? row.proposed_start_at : null;
  const isAsProposed =
    proposed !== null &&
    wallTimeAt(Date.parse(proposed), row.time_zone) === wanted.startLocal &&
    wanted.practitionerId === row.practitioner_id &&
    wanted.locationId === row.location_id;
  const minutes = lengthOf(row);
  const visit = { ...wanted, visitTypeId: row.visit_type_id, minutes };
  const may = mayHave(deps, { own: own.value, visit, itself: row.id, isAsProposed }, connection);
  if (!may.ok) return may;
  const asks = deps.settings.of('panel.booking', wanted.locationId) !== 'direct';
  const done = await deps.appointments.move({ ...wanted, minutes }, { asks, isAsProposed }, connection);
  deps.appointments.release(connection);
  return told(deps, own.value, done);
};

const cancel = async (deps: Commanding, input: Parsed<'panel.cancel'>, connection: Connection): Outcome => {
  const own = acting(deps, input.patientId, connection);
  if (!own.ok) return own;
  const found = changing(deps, own.value, input, 'cancel');
  if (!found.ok) return found;
  return told(deps, own.value, await deps.appointments.cancel(input, connection));
};

type Commands = 'panel.hold' | 'panel.release' | 'panel.book' | 'panel.move' | 'panel.cancel';

/** What a patient does about appointments: checked as at a desk, and by what the clinic lets patients do. */
export const bookingCommands = (given: PanelBookingDeps): Handlers<Commands> => {
  const deps = { ...given, pace: createPace(given.clock) };
  return {
    'panel.hold': (input, connection) => hold(deps, input, connection),
    'panel.release': (_input, connection) => deps.appointments.release(connection),
    'panel.book': (input, connection) => book(deps, input, connection),
    'panel.move': (input, connection) => move(deps, input, connection),
    'panel.cancel': (input, connection) => cancel(deps, input, connection),
  };
};
