import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { holdsOn, restricted } from '#shared/domain/chart/flag.ts';
import { isOfChart } from '#shared/domain/chart/tables.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';
import type { FeatureDeps } from './deps.ts';

type Deps = Pick<FeatureDeps, 'store' | 'clock' | 'home'>;
type User = Pick<SignedInUser, 'id' | 'role' | 'practitionerId'>;

/** Who saw a patient this long ago has something to do with them still. */
const relationDays = 365;
/** Nobody has more; it bounds what is read. */
const most = 200;

/** Appointments that make no relation: they were only asked for, or did not take place. */
const noVisit = ['proposed', 'pending', 'waitlist', 'noshow', 'cancelled', 'entered-in-error'];
/** Whoever is here is the nurses' patient. */
const here = ['arrived', 'checked-in'];

/** The flags that restrict a chart, under all records of one person. */
export const restrictionsOf = (reader: LocalReader, patientId: string): readonly LocalRowOf<'flag'>[] =>
  reader.all(
    localDb
      .selectFrom('flag')
      .selectAll()
      .where('patient_id', 'in', samePatient(patientId))
      .where('category', '=', restricted)
      .where('voided_at', 'is', null)
      .limit(most),
  );

/** Times an account opened a restricted chart of this person with a reason, the latest first. */
export const glassOf = (
  reader: LocalReader,
  patientId: string,
  accountId: string,
): readonly LocalRowOf<'break_glass'>[] =>
  reader.all(
    localDb
      .selectFrom('break_glass')
      .selectAll()
      .where('patient_id', 'in', samePatient(patientId))
      .where('account_id', '=', accountId)
      .orderBy('until_at', 'desc')
      .limit(most),
  );

/** Whether a practitioner has or had an appointment with the patient since an instant. */
export const hasVisit = (
  reader: LocalReader,
  patientId: string,
  practitionerId: string,
  since: string,
): boolean =>
  reader.get(
    localDb
      .selectFrom('appointment')
      .select('id')
      .where('patient_id', 'in', samePatient(patientId))
      .where('start_at', '>=', since)
      .where('practitioner_id', '=', practitionerId)
      .where('status', 'not in', noVisit)
      .where('voided_at', 'is', null)
      .limit(1),
  ) !== undefined;

/** Whether the patient is in the clinic on a day, whoever the visit is with. */
export const isHere = (reader: LocalReader, patientId: string, day: string): boolean =>
  reader.get(
    localDb
      .selectFrom('appointment')
      .select('id')
      .where('patient_id', 'in', samePatient(patientId))
      .where('start_local', '>=', `${day}T00:00`)
      .where('start_local', '<=', `${day}T23:59`)
      .where('status', 'in', here)
      .where('voided_at', 'is', null)
      .limit(1),
  ) !== undefined;

/** When encounters of a person that an account or its practitioner has part in began, since an instant. */
export const encountersWith = (
  reader: LocalReader,
  patientId: string,
  { id, practitionerId }: Pick<User, 'id' | 'practitionerId'>,
  since: string,
): readonly string[] =>
  reader
    .all(
      localDb
        .selectFrom('encounter')
        .select('start_at')
        .where('patient_id', 'in', samePatient(patientId))
        .where('start_at', '>=', since)
        .where((eb) =>
          eb.or([
            eb('created_by', '=', id),
            ...(practitionerId === null ? [] : [eb('practitioner_id', '=', practitionerId)]),
          ]),
        )
        .where('voided_at', 'is', null)
        .limit(most),
    )
    .map(({ start_at }) => start_at);

/** An encounter that began while the glass was broken is no reason to open the chart without one. */
const meets = (deps: Deps, patientId: string, user: User, glass: readonly LocalRowOf<'break_glass'>[]) => {
  const now = deps.clock.now();
  const today = dayAt(now, deps.home().timeZone);
  const since = `${addDays(today, -relationDays)}T00:00:00.000Z`;
  if (user.practitionerId !== null && hasVisit(deps.store, patientId, user.practitionerId, since))
    return true;
  if (user.role === 'nurse' && isHere(deps.store, patientId, today)) return true;
  const isBroken = (at: string) => glass.some((row) => row.started_at <= at && at < row.until_at);
  return encountersWith(deps.store, patientId, user, since).some((at) => !isBroken(at));
};

/** Why a chart is open to somebody: it is to all who treat, they treat this patient, or they gave a reason and until when it holds. */
export type ChartAccess =
  | { readonly restricted: false }
  | { readonly restricted: true; readonly until: string | null };

/**
 * Whether a chart is open to `user`, and why; `restricted` when they have to give a reason first. The calls say which roles
 * may read what is clinical, this says whose.
 */
export const accessOf = (deps: Deps, patientId: string, user: User): Result<ChartAccess> => {
  const now = deps.clock.now();
  const today = dayAt(now, deps.home().timeZone);
  const isRestricted = restrictionsOf(deps.store, patientId).some((flag) => holdsOn(flag, today));
  if (!isRestricted) return ok({ restricted: false });
  const glass = glassOf(deps.store, patientId, user.id);
  if (meets(deps, patientId, user, glass)) return ok({ restricted: true, until: null });
  const at = instant(now);
  const open = glass.find((row) => row.started_at <= at && at < row.until_at);
  return open === undefined ? fail('restricted') : ok({ restricted: true, until: open.until_at });
};

/**
 * The gate before everything that is read from a chart or written into it: `restricted` when this user may not, yet.
 * @example const open = chartAccess(deps, patientId, connection.user);
 * if (!open.ok) return open;
 */
export const chartAccess = (deps: Deps, patientId: string, user: User | null): Result<null> => {
  if (user === null) return fail('not-signed-in');
  const access = accessOf(deps, patientId, user);
  return access.ok ? ok(null) : access;
};

/**
 * Whether a row of `table` about a patient is open to somebody: the front desk's is to all who come upon it, what is in the chart
 * to those who read charts, and of them to those this chart is open to.
 */
export const rowAccess = (
  deps: Deps,
  table: string,
  patientId: string,
  user: SignedInUser | null,
): Result<null> => {
  if (!isOfChart(table)) return ok(null);
  return user?.permissions.includes('chart.read') === true
    ? chartAccess(deps, patientId, user)
    : fail('not-permitted');
};
