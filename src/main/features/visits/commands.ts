import { handOverCharges, raiseVisitCharge, withdrawCharges } from '#main/core/charges.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { VisitDone } from '#shared/contract/visits.ts';
import { type AppointmentStatus, holdingStatuses } from '#shared/domain/appointments/status.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { isAttended, isInClinic, isWaiting, visitState } from '#shared/domain/visits/course.ts';
import { canStep, mayStep, type StepColumns, stepped } from '#shared/domain/visits/steps.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { StaffAccountId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { answerLostSteps } from './answered.ts';
import {
  findVisit,
  isClinicalSince,
  isTimeTaken,
  practitionerWorks,
  roomOf,
  type VisitRow,
} from './repository.ts';
import { columnsOfVisit, createUndos, isSameCourse, type Undos, type VisitColumns } from './undo.ts';
import { visitOf, visitViews } from './view.ts';
import { walkInRow } from './walk-in.ts';

const holding: readonly string[] = holdingStatuses;
const holds = (row: Pick<VisitColumns, 'status'>): boolean => holding.includes(row.status);

/** The visit when it is there, this user may touch it and it is as the person saw it, else why not. A doctor has own visits only. */
const seen = (
  { store }: FeatureDeps,
  { id, was }: Pick<Parsed<'visits.step'>, 'id' | 'was'>,
  { user }: Connection,
): Result<VisitRow> => {
  const row = findVisit(store, id);
  if (row === undefined) return fail('not-found');
  if (user === null || (user.role === 'doctor' && user.practitionerId !== row.practitioner_id))
    return fail('not-permitted');
  return row.status === was.status && row.stage === was.stage ? ok(row) : fail('changed-meanwhile');
};

const userOf = ({ user }: Connection): StaffAccountId | null => (user?.id ?? null) as StaffAccountId | null;

const done = (deps: FeatureDeps, id: string, undo: string): Result<VisitDone> => {
  deps.engine.wake();
  const row = findVisit(deps.store, id);
  const [visit] = row ? visitViews(deps.store, [row], deps.clock.now()) : [];
  return visit ? ok({ visit, undo }) : fail('not-found');
};

/** The fee of the visit goes with it: raised where the visit takes place from now on, withdrawn where it does not after all. */
const followFee = (
  deps: FeatureDeps,
  writer: LocalWriter,
  row: VisitRow,
  after: Partial<VisitColumns>,
  user: string | null,
): void => {
  const changed = { ...row, ...after };
  const [was, is] = [row, changed].map((one) => isAttended(visitState(visitOf(one))));
  if (is && !was) raiseVisitCharge(deps, writer, changed, user);
  if (was && !is) withdrawCharges(writer, 'visit', row.id);
  if (was && is && changed.practitioner_id !== row.practitioner_id)
    handOverCharges(writer, 'visit', row.id, changed.practitioner_id);
};

const change = (
  deps: FeatureDeps,
  undos: Undos,
  kind: string,
  row: VisitRow,
  patch: Partial<VisitColumns>,
  connection: Connection,
): Result<VisitDone> => {
  const user = userOf(connection);
  const before = columnsOfVisit(row);
  const after = { ...before, ...patch };
  deps.store.mutate({ kind, user }, (writer) => {
    writer.update('appointment', row.id, patch);
    followFee(deps, writer, row, after, user);
    answerLostSteps(writer, row.id, instant(deps.clock.now()), user);
  });
  return done(deps, row.id, undos.remember({ id: row.id, user, before, after }));
};

const courseColumns = (row: VisitRow): StepColumns => {
  const { status, stage } = visitOf(row);
  const { stage_at, arrived_at, nurse_at, called_at, left_at } = row;
  return { status, stage, stage_at, arrived_at, nurse_at, called_at, left_at };
};

const step = (
  deps: FeatureDeps,
  undos: Undos,
  input: Parsed<'visits.step'>,
  connection: Connection,
): Result<VisitDone> => {
  const found = seen(deps, input, connection);
  if (!found.ok) return found;
  const row = found.value;
  if (!mayStep(input.step, connection.user?.permissions ?? [])) return fail('not-permitted');
  const now = deps.clock.now();
  if (!canStep(input.step, visitOf(row), { now, today: dayAt(now, row.time_zone) }))
    return fail('invalid-input', { fields: { step: 'not-now' } });
  const patch = stepped(input.step, courseColumns(row), instant(now));
  // Who comes after all finds the time given to somebody else: both are seen, and nobody's slot is fought for.
  const onTop =
    !holds(row) && holds(patch) && isTimeTaken(deps.store, row)
      ? ({ overbooked: 1, overbook_reason: 'came late' } as const)
      : {};
  return change(deps, undos, 'visit.step', row, { ...patch, ...onTop }, connection);
};

const setPriority = (
  deps: FeatureDeps,
  undos: Undos,
  input: Parsed<'visits.setPriority'>,
  connection: Connection,
): Result<VisitDone> => {
  const found = seen(deps, input, connection);
  if (!found.ok) return found;
  if (!isInClinic(visitState(visitOf(found.value))))
    return fail('invalid-input', { fields: { step: 'not-now' } });
  return change(deps, undos, 'visit.priority', found.value, { priority: input.priority }, connection);
};

const elsewhere = (deps: FeatureDeps, row: VisitRow, practitionerId: string): Partial<VisitColumns> => {
  const room_id = roomOf(deps.store, { practitionerId, locationId: row.location_id }, row.start_local);
  // The other doctor may have somebody booked then: the queue decides, not the slot.
  return { practitioner_id: practitionerId, room_id, overbooked: 1, overbook_reason: 'requeued' };
};

const requeue = (
  deps: FeatureDeps,
  undos: Undos,
  input: Parsed<'visits.requeue'>,
  connection: Connection,
): Result<VisitDone> => {
  const found = seen(deps, input, connection);
  if (!found.ok) return found;
  const row = found.value;
  const { practitionerId } = input;
  const state = visitState(visitOf(row));
  if (!isInClinic(state) || state === 'checkout')
    return fail('invalid-input', { fields: { step: 'not-now' } });
  if (practitionerId && !practitionerWorks(deps.store, practitionerId)) return fail('not-found');
  const moves = practitionerId !== undefined && practitionerId !== row.practitioner_id;
  const patch: Partial<VisitColumns> = {
    // Who sits in the waiting room stays in that part of it; who was called goes back to the doctor's queue.
    ...(isWaiting(state) ? {} : { status: 'checked-in', stage: 'waiting-doctor' }),
    stage_at: instant(deps.clock.now()),
    ...(moves ? elsewhere(deps, row, practitionerId) : {}),
  };
  return change(deps, undos, 'visit.requeue', row, patch, connection);
};

const walkIn = (
  deps: FeatureDeps,
  undos: Undos,
  input: Parsed<'visits.walkIn'>,
  connection: Connection,
): Result<VisitDone> => {
  const user = userOf(connection);
  const made = walkInRow(deps, input, user);
  if (!made.ok) return made;
  const row = made.value;
  deps.store.mutate({ kind: 'visit.walk-in', user }, (writer) => writer.insert('appointment', row));
  return done(deps, row.id, undos.remember({ id: row.id, user, before: null, after: columnsOfVisit(row) }));
};

/** A visit that there was not is voided, never removed: its ticket was on paper. */
const voided = (at: string, by: string | null) => ({
  status: 'entered-in-error' satisfies AppointmentStatus,
  voided_at: at,
  voided_by: by,
  void_reason: 'walk-in taken back',
});

const undo = (
  deps: FeatureDeps,
  undos: Undos,
  token: string,
  connection: Connection,
): Result<{ patientName: string }> => {
  const doing = undos.find(token);
  const row = doing && findVisit(deps.store, doing.id);
  const user = userOf(connection);
  if (doing === undefined || row === undefined) return fail('not-found');
  if (doing.user !== user) return fail('not-permitted');
  const { before, after } = doing;
  if (!isSameCourse(columnsOfVisit(row), after) || row.needs_rebooking === 1)
    return fail('changed-meanwhile');
  if (isClinicalSince(deps.store, row.patient_id, after.stage_at ?? row.created_at))
    return fail('clinical-since');
  if (
    before !== null &&
    holds(before) &&
    !holds(after) &&
    before.overbooked === 0 &&
    isTimeTaken(deps.store, row)
  )
    return fail('slot-taken');
  const at = instant(deps.clock.now());
  const columns = before ?? voided(at, user);
  deps.store.mutate({ kind: 'visit.undo', user }, (writer) => {
    writer.update('appointment', row.id, columns);
    followFee(deps, writer, row, columns, user);
  });
  undos.forget(token);
  deps.engine.wake();
  return ok({ patientName: `${row.patient_family} ${row.patient_given}` });
};

type Commands = 'visits.step' | 'visits.undo' | 'visits.walkIn' | 'visits.setPriority' | 'visits.requeue';

/** What is done with a visit: written durably here and told to the centre after, so that nobody at a desk waits for a network. */
export const visitCommands = (deps: FeatureDeps): Handlers<Commands> => {
  const undos = createUndos(deps.newId);
  return {
    'visits.step': (input, connection) => step(deps, undos, input, connection),
    'visits.undo': (input, connection) => undo(deps, undos, input.undo, connection),
    'visits.walkIn': (input, connection) => walkIn(deps, undos, input, connection),
    'visits.setPriority': (input, connection) => setPriority(deps, undos, input, connection),
    'visits.requeue': (input, connection) => requeue(deps, undos, input, connection),
  };
};
