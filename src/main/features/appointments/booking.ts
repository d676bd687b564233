import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import type { PatientsMove } from '#main/core/patient-booking.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { BookingOutcome } from '#shared/contract/appointments.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import { isGranted } from '#shared/contract/permissions.ts';
import { plainVisit } from '#shared/domain/appointments/stage.ts';
import type { AppointmentStatus, ParticipantStatus } from '#shared/domain/appointments/status.ts';
import {
  type AppointmentAction,
  type AppointmentState,
  isAllowed,
  moved,
  movedByPatient,
  reinstated,
} from '#shared/domain/appointments/transitions.ts';
import { resolveWallTime } from '#shared/domain/appointments/wall-time.ts';
import type { Resolution } from '#shared/domain/conflicts/conflict.ts';
import { panelSource } from '#shared/domain/panel/source.ts';
import { bookedFor } from '#shared/domain/waitlist/entry.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { ownHold } from './holds.ts';
import { settleLostSlots } from './lost-slots.ts';
import { settle } from './outcome.ts';
import { findPlace } from './placing.ts';
import { type AppointmentRow, findAppointment, findTask, openTasksAbout } from './repository.ts';
import { findWaiting, type WaitingFor } from './waiting.ts';

/** What changes of an appointment. */
export type Patch = Partial<Omit<RowOf<'appointment'>, 'id'>>;
type Outcome = Promise<Result<BookingOutcome>>;

/** What decides about its next step. */
export const stateOf = (row: AppointmentRow): AppointmentState => ({
  status: row.status as AppointmentStatus,
  participantStatus: row.participant_status as ParticipantStatus,
  needsRebooking: row.needs_rebooking === 1,
});

/** The columns of a state. */
export const columnsOf = (state: AppointmentState): Patch => ({
  status: state.status,
  participant_status: state.participantStatus,
  needs_rebooking: state.needsRebooking ? 1 : 0,
});

/** A doctor decides about own appointments only; the desk about everybody's. */
export const mayTouch = (row: AppointmentRow, { user }: Connection): boolean =>
  user !== null && (user.role !== 'doctor' || user.practitionerId === row.practitioner_id);

/** The appointment when it is there, this user may touch it and the step makes sense, else why not. */
const ready = (
  deps: FeatureDeps,
  id: string,
  action: AppointmentAction,
  connection: Connection,
): Result<AppointmentRow> => {
  const row = findAppointment(deps.store, id);
  if (row === undefined) return fail('not-found');
  if (!mayTouch(row, connection)) return fail('not-permitted');
  return isAllowed(action, stateOf(row)) ? ok(row) : fail('changed-meanwhile');
};

/** What somebody was asked about an appointment's time is answered by what is done with it. */
export const completeTasks = (
  deps: FeatureDeps,
  writer: LocalWriter,
  id: string,
  by: string | null,
  resolution: Resolution = 'superseded',
) => {
  const at = instant(deps.clock.now());
  for (const task of openTasksAbout(writer, id))
    writer.update('task', task, { status: 'completed', completed_at: at, completed_by: by });
  settleLostSlots(writer, id, { resolution, at, by });
};

/** Who did it themselves need not be told any more. */
const toldPatient = ({ user }: Connection, row: AppointmentRow): Patch =>
  user?.role === 'patient' && row.patient_status === 'needs-action' ? { patient_status: null } : {};

const change = (
  deps: FeatureDeps,
  kind: string,
  { user }: Connection,
  id: string,
  patch: Patch,
  also: (writer: LocalWriter) => void = () => undefined,
): Outcome => {
  const { n } = deps.store.mutate({ kind, user: user?.id ?? null }, (writer) => {
    writer.update('appointment', id, patch);
    also(writer);
  });
  return settle(deps, n, id);
};

/** Why a visit may be where somebody has one already; refused to who may not decide that. */
const overbookedBy = (
  overbook: { readonly reason: string } | undefined,
  { user }: Connection,
): Result<string | null> => {
  if (overbook === undefined) return ok(null);
  return isGranted('appointment.override', user) ? ok(overbook.reason) : fail('not-permitted');
};

/** Who waited has an appointment; the one that lost its time before, if any, is no longer looked after. */
const answerWaiting = (
  deps: FeatureDeps,
  writer: LocalWriter,
  { entryId, lostId }: WaitingFor,
  id: string,
  by: string | null,
) => {
  writer.update('waitlist_entry', entryId, bookedFor(id));
  if (lostId === null) return;
  writer.update('appointment', lostId, { status: 'cancelled' });
  completeTasks(deps, writer, lostId, by, 'rebooked');
};

export const book = async (
  deps: FeatureDeps,
  input: Parsed<'appointments.book'>,
  connection: Connection,
): Outcome => {
  const overbook = overbookedBy(input.overbook, connection);
  if (!overbook.ok) return overbook;
  const waiting = findWaiting(deps.store, input);
  if (!waiting.ok) return waiting;
  const place = findPlace(deps, {
    ...input,
    overbook: overbook.value,
    ownHold: ownHold(deps, connection),
    itself: waiting.value?.lostId ?? null,
  });
  if (!place.ok) return place;
  const id = deps.newId();
  const user = connection.user?.id ?? null;
  const { n } = deps.store.mutate({ kind: 'appointment.book', user }, (writer) => {
    writer.insert('appointment', {
      id,
      patient_id: input.patientId,
      ...plainVisit,
      ...place.value,
      status: input.request ? 'proposed' : 'booked',
      participant_status: input.request ? 'needs-action' : 'accepted',
      description: input.description || null,
      cancel_reason: null,
      proposed_start_at: null,
      needs_rebooking: 0,
      source: connection.user?.role === 'patient' ? panelSource(id) : null,
      created_at: instant(deps.clock.now()),
      created_by: user,
      voided_at: null,
      voided_by: null,
      void_reason: null,
    });
    if (waiting.value !== null) answerWaiting(deps, writer, waiting.value, id, user);
  });
  return settle(deps, n, id);
};

export const move = async (
  deps: FeatureDeps,
  input: Parsed<'appointments.move'>,
  connection: Connection,
  byPatient: PatientsMove | null = null,
): Outcome => {
  const found = ready(deps, input.id, 'move', connection);
  if (!found.ok) return found;
  const row = found.value;
  const { was } = input;
  if (was && (was.practitionerId !== row.practitioner_id || was.startLocal !== row.start_local))
    return fail('changed-meanwhile');
  const overbook = overbookedBy(input.overbook, connection);
  if (!overbook.ok) return overbook;
  const place = findPlace(deps, {
    ...input,
    patientId: row.patient_id,
    visitTypeId: input.visitTypeId === undefined ? row.visit_type_id : input.visitTypeId,
    overbook: overbook.value,
    ownHold: ownHold(deps, connection),
    itself: row.id,
    back: byPatient?.isAsProposed ?? false,
  });
  if (!place.ok) return place;
  const isAsProposed =
    row.proposed_start_at === place.value.start_at && row.practitioner_id === input.practitionerId;
  const next = {
    ...columnsOf(
      byPatient ? movedByPatient(isAsProposed, byPatient.asks) : moved(stateOf(row), isAsProposed),
    ),
    ...toldPatient(connection, row),
    ...place.value,
    proposed_start_at: null,
    cancel_reason: null,
  };
  return change(deps, 'appointment.move', connection, row.id, next, (writer) =>
    completeTasks(deps, writer, row.id, connection.user?.id ?? null, 'rebooked'),
  );
};

export const cancel = async (
  deps: FeatureDeps,
  { id, reason }: Parsed<'appointments.cancel'>,
  connection: Connection,
): Outcome => {
  const found = ready(deps, id, 'cancel', connection);
  if (!found.ok) return found;
  // When it was cancelled tells whether that came too late to give the time to somebody else.
  const patch = {
    status: 'cancelled',
    cancel_reason: reason || null,
    stage_at: instant(deps.clock.now()),
    ...toldPatient(connection, found.value),
  };
  return change(deps, 'appointment.cancel', connection, id, patch, (writer) =>
    completeTasks(deps, writer, id, connection.user?.id ?? null),
  );
};

const reinstate = async (deps: FeatureDeps, id: string, connection: Connection): Outcome => {
  const found = ready(deps, id, 'reinstate', connection);
  if (!found.ok) return found;
  const row = found.value;
  const place = findPlace(deps, {
    patientId: row.patient_id,
    practitionerId: row.practitioner_id,
    locationId: row.location_id,
    startLocal: row.start_local,
    minutes: Math.round((Date.parse(row.end_at) - Date.parse(row.start_at)) / 60_000),
    visitTypeId: row.visit_type_id,
    // It comes back as what it was: beside somebody when that was allowed.
    overbook: row.overbooked === 1 ? (row.overbook_reason ?? '') : null,
    ownHold: ownHold(deps, connection),
    itself: row.id,
  });
  if (!place.ok) return place;
  const patch = {
    ...columnsOf(reinstated(stateOf(row))),
    ...place.value,
    // Why it was booked anyway stays known; of what is beside nobody now, there is nothing to say.
    overbook_reason: row.overbooked === 1 ? place.value.overbook_reason : row.overbook_reason,
    cancel_reason: null,
  };
  return change(deps, 'appointment.reinstate', connection, id, patch);
};

/** What the desk must do next about an appointment, on every desk: nobody knows which of them asked. */
const askDesk = (deps: FeatureDeps, writer: LocalWriter, row: AppointmentRow, code: string, reason: string) =>
  writer.insert('task', {
    ...blank('task'),
    id: deps.newId(),
    code,
    status: 'requested',
    patient_id: row.patient_id,
    appointment_id: row.id,
    owner_device: null,
    reason,
    created_at: instant(deps.clock.now()),
    completed_at: null,
    completed_by: null,
  });

const accept = async (deps: FeatureDeps, id: string, connection: Connection): Outcome => {
  const found = ready(deps, id, 'accept', connection);
  if (!found.ok) return found;
  const patch = { status: 'booked', participant_status: 'accepted', proposed_start_at: null };
  return change(deps, 'appointment.accept', connection, id, patch, (writer) =>
    completeTasks(deps, writer, id, connection.user?.id ?? null),
  );
};

/** The slot is free again and the patient is not forgotten: the desk gets the request back to place it elsewhere. */
const reject = async (
  deps: FeatureDeps,
  { id, reason }: Parsed<'appointments.reject'>,
  connection: Connection,
): Outcome => {
  const found = ready(deps, id, 'reject', connection);
  if (!found.ok) return found;
  const patch = {
    participant_status: 'declined',
    needs_rebooking: 1 as const,
    cancel_reason: reason,
    proposed_start_at: null,
  };
  return change(deps, 'appointment.reject', connection, id, patch, (writer) => {
    completeTasks(deps, writer, id, connection.user?.id ?? null);
    askDesk(deps, writer, found.value, 'rebook-appointment', reason);
  });
};

const propose = async (
  deps: FeatureDeps,
  { id, startLocal }: Parsed<'appointments.propose'>,
  connection: Connection,
): Outcome => {
  const found = ready(deps, id, 'propose', connection);
  if (!found.ok) return found;
  const row = found.value;
  const minutes = Math.round((Date.parse(row.end_at) - Date.parse(row.start_at)) / 60_000);
  const start = resolveWallTime(startLocal, row.time_zone);
  if (!start.ok) return fail('invalid-input', { fields: { startLocal: start.error } });
  if (start.value + minutes * 60_000 <= deps.clock.now())
    return fail('invalid-input', { fields: { startLocal: 'in-the-past' } });
  const patch = { participant_status: 'tentative', proposed_start_at: instant(start.value) };
  return change(deps, 'appointment.propose', connection, id, patch);
};

const closeTask = (deps: FeatureDeps, id: string, { user }: Connection): Result<null> => {
  const task = findTask(deps.store, id);
  if (task === undefined) return fail('not-found');
  if (task.status !== 'requested') return fail('changed-meanwhile');
  const row = task.appointment_id === null ? undefined : findAppointment(deps.store, task.appointment_id);
  deps.store.mutate({ kind: 'task.close', user: user?.id ?? null }, (writer) => {
    writer.update('task', id, {
      status: 'cancelled',
      completed_at: instant(deps.clock.now()),
      completed_by: user?.id ?? null,
    });
    // Nobody is going to place it any more: left as it is, it would wait for a slot for ever.
    if (row?.needs_rebooking === 1 && isAllowed('cancel', stateOf(row)))
      writer.update('appointment', row.id, { status: 'cancelled' });
    if (row !== undefined)
      settleLostSlots(writer, row.id, {
        resolution: row.needs_rebooking === 1 ? 'superseded' : 'kept',
        at: instant(deps.clock.now()),
        by: user?.id ?? null,
      });
  });
  deps.engine.wake();
  return ok(null);
};

type Commands =
  | 'appointments.book'
  | 'appointments.move'
  | 'appointments.cancel'
  | 'appointments.reinstate'
  | 'appointments.accept'
  | 'appointments.reject'
  | 'appointments.propose'
  | 'appointments.closeTask';

/** What can be done with appointments. Each is checked here first, written durably, then told to the centre. */
export const appointmentCommands = (deps: FeatureDeps): Handlers<Commands> => ({
  'appointments.book': (input, connection) => book(deps, input, connection),
  'appointments.move': (input, connection) => move(deps, input, connection),
  'appointments.cancel': (input, connection) => cancel(deps, input, connection),
  'appointments.reinstate': ({ id }, connection) => reinstate(deps, id, connection),
  'appointments.accept': ({ id }, connection) => accept(deps, id, connection),
  'appointments.reject': (input, connection) => reject(deps, input, connection),
  'appointments.propose': (input, connection) => propose(deps, input, connection),
  'appointments.closeTask': ({ id }, connection) => closeTask(deps, id, connection),
});
