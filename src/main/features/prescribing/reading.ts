import { accountNames, idsIn, practitionerNames } from '#main/data/local/names.ts';
import { specialtiesOf } from '#main/data/local/specialties.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { chainsOf } from '#shared/domain/prescribing/chain.ts';
import { findingOf } from '#shared/domain/safety/finding.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { isCurrent, placed, stateOn } from './chains.ts';
import type { PrescribingDeps } from './deps.ts';
import { firstPrintedAt } from './prints.ts';
import { dispensesOf, findPractitioner, issuesOf, prescriptionsById, versionsOf } from './repository.ts';
import { chainViews, dispenseViews, prescriptionViews } from './view.ts';

/** Nobody takes so many medicines at once; it bounds what one call can ask of memory. */
const mostCurrent = 200;

const todayOf = ({ clock, home }: PrescribingDeps): string => dayAt(clock.now(), home().timeZone);

export const current = (
  deps: PrescribingDeps,
  { patientId }: Parsed<'prescriptions.current'>,
): Output<'prescriptions.current'> => {
  const today = todayOf(deps);
  const chains = chainsOf(versionsOf(deps.store, patientId));
  const going = chains.filter((chain) => isCurrent(chain, today));
  return {
    prescriptions: [...chainViews(deps.store, going.slice(0, mostCurrent), today)],
    past: chains.length - going.length,
  };
};

export const past = (
  deps: PrescribingDeps,
  { patientId, after, limit }: Parsed<'prescriptions.past'>,
): Output<'prescriptions.past'> => {
  const today = todayOf(deps);
  const over = chainsOf(versionsOf(deps.store, patientId)).filter((chain) => !isCurrent(chain, today));
  const from = after === null ? 0 : over.findIndex(({ id }) => id === after) + 1;
  return {
    prescriptions: [...chainViews(deps.store, over.slice(from, from + limit), today)],
    more: over.length > from + limit,
  };
};

export const history = (
  deps: PrescribingDeps,
  { id }: Parsed<'prescriptions.history'>,
): Result<Output<'prescriptions.history'>> => {
  const { store } = deps;
  const found = placed(store, id);
  if (!found.ok) return found;
  const ids = found.value.chain.versions.map((version) => version.id).toReversed();
  const rows = prescriptionsById(store, ids);
  const views = prescriptionViews(
    store,
    ids.flatMap((one) => rows.get(one) ?? []),
    todayOf(deps),
  );
  const issues = issuesOf(store, ids);
  const names = accountNames(store, idsIn(issues.map(({ recorded_by }) => recorded_by)));
  return ok({
    versions: views.map((view) => ({ ...view, takenBack: rows.get(view.id)?.voided_at !== null })),
    dispenses: [...dispenseViews(deps, dispensesOf(store, ids))],
    issues: issues.map((issue) => ({
      finding: findingOf(issue),
      subject: issue.subject,
      outcome: issue.outcome as 'overridden',
      reasonCode: issue.reason_code,
      reason: issue.reason,
      recordedAt: issue.recorded_at,
      by: issue.recorded_by === null ? null : (names.get(issue.recorded_by) ?? null),
    })),
  });
};

/**
 * What goes on paper under a number: the versions signed with it that hold and are active. What was stopped since, or is
 * written in two ways, is not printed.
 */
export const sheet = (
  deps: PrescribingDeps,
  { patientId, number }: Parsed<'prescriptions.sheet'>,
): Result<Output<'prescriptions.sheet'>> => {
  const { store } = deps;
  const today = todayOf(deps);
  const active = chainsOf(versionsOf(store, patientId))
    .filter(({ newest }) => newest.length === 1)
    .flatMap(({ newest }) => newest)
    .filter((version) => stateOn(version, today) === 'active')
    .map(({ id }) => id);
  const rows = [...prescriptionsById(store, active).values()].filter((row) => row.number === number);
  const lines = prescriptionViews(store, rows, today).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const doctorId = rows[0]?.requester_id ?? null;
  if (lines.length === 0 || doctorId === null) return fail('not-found');
  const doctor = findPractitioner(store, doctorId);
  return ok({
    number,
    lines,
    requesterName: practitionerNames(store, [doctorId]).get(doctorId) ?? null,
    speciality: specialtiesOf(store, doctorId)?.join(', ') ?? null,
    licenceNumber: doctor?.licence_number ?? null,
    firstPrintedAt: firstPrintedAt(store, patientId, number),
  });
};
