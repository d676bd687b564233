import { auditRow } from '#main/core/audit-event.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { openingOf } from '#main/session/accounts.ts';
import type { Throttle } from '#main/session/throttle.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { isGranted } from '#shared/contract/permissions.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import type { VisitDone } from '#shared/contract/visits.ts';
import type { AppointmentStatus } from '#shared/domain/appointments/status.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { parseMrn } from '#shared/domain/patients/mrn.ts';
import { checkInOf } from '#shared/domain/visits/check-in.ts';
import type { VisitStage } from '#shared/domain/visits/course.ts';
import type { Visit } from '#shared/domain/visits/steps.ts';
import { publicNumber } from '#shared/domain/visits/ticket.ts';
import type { AppointmentId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';
import { type AppointmentRow, appointmentsOn, personOfNumber } from './repository.ts';

export interface KioskDeps extends FeatureDeps {
  readonly host: 'desktop' | 'headless';
  readonly throttle: Throttle;
  /** Ends the session of a connection, with all that belongs to it. */
  readonly signOut: (connection: Connection) => void;
  /** The step of a visit that a desk takes, as `by`. */
  readonly arrive: (step: Parsed<'visits.step'>, by: SignedInUser) => Promise<Result<VisitDone>>;
}

const need = 'visit.create';

/** A kiosk checks everybody in, so whoever has own visits only cannot answer for one. */
const mayAnswer = (user: SignedInUser): boolean => isGranted(need, user) && user.role !== 'doctor';

const note = (
  deps: FeatureDeps,
  event: 'arm' | 'check-in' | 'refused',
  by: string,
  patientId: string | null,
  outcome: 'success' | 'refused' = 'success',
) => {
  const entity = patientId === null ? null : ({ table: 'patient', id: patientId } as const);
  deps.store.mutate({ kind: `kiosk.${event}`, user: by }, (writer) =>
    writer.insert(
      'audit_event',
      auditRow(deps, { action: 'E', event: `kiosk-${event}`, accountId: by, entity, outcome }),
    ),
  );
  deps.engine.wake();
};

/** Signs out and leaves a screen that can do one thing. */
const arm = (deps: KioskDeps, connection: Connection): Result<null> => {
  const { user } = connection;
  if (deps.host === 'desktop') return fail('unavailable');
  if (user === null || !mayAnswer(user)) return fail('not-permitted');
  const opening = openingOf(deps.store, user);
  if (opening === null) return fail('not-signed-in');
  deps.signOut(connection);
  connection.kiosk = { by: opening.user, opener: opening.opener };
  note(deps, 'arm', user.id, null);
  return ok(null);
};

/** Who answers for the kiosk, as the account stands now. Once it may not any more, or its sessions were ended, it is no kiosk. */
const answering = (deps: KioskDeps, connection: Connection): SignedInUser | null => {
  const { kiosk } = connection;
  if (kiosk === undefined) return null;
  const opening = openingOf(deps.store, kiosk.by);
  if (opening?.opener === kiosk.opener && mayAnswer(opening.user)) return opening.user;
  connection.kiosk = undefined;
  return null;
};

const status = (deps: KioskDeps, connection: Connection): Result<Output<'kiosk.status'>> =>
  answering(deps, connection) === null
    ? fail('not-signed-in')
    : ok({
        site: deps.home().name,
        resetSeconds: deps.settings.here('panel.kiosk-reset-seconds'),
        live: deps.engine.status().connection === 'live',
      });

const visitOf = (row: AppointmentRow): Visit & { readonly row: AppointmentRow } => ({
  row,
  status: row.status as AppointmentStatus,
  stage: row.stage as VisitStage | null,
  needsRebooking: row.needs_rebooking === 1,
  voided: row.voided_at !== null,
  startAt: row.start_at,
  startLocal: row.start_local,
});

const told = (
  outcome: Output<'kiosk.checkIn'>['outcome'],
  person: LocalRowOf<'patient'> | null = null,
  row: AppointmentRow | null = null,
): Output<'kiosk.checkIn'> => ({
  outcome,
  given: person?.given ?? null,
  time: row?.start_local.slice(11, 16) ?? null,
  number:
    row !== null && (outcome === 'arrived' || outcome === 'already')
      ? publicNumber(row.id, row.ticket)
      : null,
});

/** What is to be done for somebody whose record number and date of birth are right. */
const checkInPerson = async (
  deps: KioskDeps,
  person: LocalRowOf<'patient'>,
  by: SignedInUser,
): Promise<Output<'kiosk.checkIn'>> => {
  const { store, clock, settings } = deps;
  const now = clock.now();
  const moment = { now, today: dayAt(now, deps.home().timeZone) };
  const siteId = store.workstation()?.locationId ?? null;
  const { outcome, visit } = checkInOf(
    appointmentsOn(store, person.id, moment.today, siteId).map(visitOf),
    { early: settings.here('panel.kiosk-early-minutes'), late: settings.here('visits.late-minutes') },
    moment,
  );
  const row = visit?.row ?? null;
  if (outcome !== 'arrived' || visit === null || row === null) return told(outcome, person, row);
  const was = { status: visit.status, stage: visit.stage };
  const done = await deps.arrive({ id: row.id as AppointmentId, step: 'arrive', was }, by);
  if (!done.ok) return told('desk', person, null);
  note(deps, 'check-in', by.id, person.id);
  return told('arrived', person, row);
};

const checkIn = async (
  deps: KioskDeps,
  { number, birthDate }: Parsed<'kiosk.checkIn'>,
  connection: Connection,
): Promise<Result<Output<'kiosk.checkIn'>>> => {
  const by = answering(deps, connection);
  if (by === null) return fail('not-signed-in');
  const written = parseMrn(number) ?? number.trim().toUpperCase();
  // Tries at one record are counted wherever they are made, and all tries of one screen.
  const keys = { record: [`kiosk record ${written}`], screen: [`kiosk screen ${connection.id}`] };
  const seconds = deps.throttle.wait([...keys.record, ...keys.screen]);
  if (seconds > 0) return fail('too-many-tries', { params: { seconds } });
  deps.throttle.tried([...keys.record, ...keys.screen]);
  const person = personOfNumber(deps.store, written);
  if (person === undefined || person.birth_date !== birthDate) {
    note(deps, 'refused', by.id, null, 'refused');
    return ok(told('unknown'));
  }
  deps.throttle.cleared(keys.record);
  const answer = await checkInPerson(deps, person, by);
  // Only what happens once for an appointment: nobody gets tries at others back by saying their own facts again.
  if (answer.outcome === 'arrived') deps.throttle.cleared(keys.screen);
  return ok(answer);
};

/** A screen at which patients say that they are here. */
export const kioskHandlers = (deps: KioskDeps): Handlers<'kiosk.arm' | 'kiosk.status' | 'kiosk.checkIn'> => ({
  'kiosk.arm': (_input, connection) => arm(deps, connection),
  'kiosk.status': (_input, connection) => status(deps, connection),
  'kiosk.checkIn': (input, connection) => checkIn(deps, input, connection),
});
