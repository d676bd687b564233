import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { accountNames, idsIn } from '#main/data/local/names.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { chainsOf } from '#shared/domain/prescribing/chain.ts';
import { isGrave } from '#shared/domain/prescribing/override.ts';
import { findingOf } from '#shared/domain/safety/finding.ts';
import type { PatientId, PrescriptionId, StaffAccountId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { isCurrent, placed, stateOn } from './chains.ts';
import { checkLines, checkStored } from './checks.ts';
import type { PrescribingDeps } from './deps.ts';
import { dispense, takeBack } from './dispense.ts';
import { draftLines } from './lines.ts';
import {
  dispensesOf,
  doctorAccounts,
  findPractitioner,
  findPrescription,
  issuesOf,
  prescriptionsById,
  versionsOf,
} from './repository.ts';
import { step } from './steps.ts';
import { dropTemplate, keepTemplate, templates } from './templates.ts';
import { chainViews, dispenseViews, prescriptionViews } from './view.ts';
import { write } from './write.ts';

/** Nobody takes so many medicines at once; it bounds what one call can ask of memory. */
const mostCurrent = 200;

const todayOf = ({ clock, home }: PrescribingDeps): string => dayAt(clock.now(), home().timeZone);

const current = (
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

const past = (
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

const history = (
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
    dispenses: [...dispenseViews(store, dispensesOf(store, ids))],
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

/** Active prescriptions that something grave speaks against by now, most often an allergy that was recorded since. */
const concerns = (
  deps: PrescribingDeps,
  { patientId }: Parsed<'prescriptions.concerns'>,
): Output<'prescriptions.concerns'> => {
  const today = todayOf(deps);
  const active = chainsOf(versionsOf(deps.store, patientId))
    .flatMap(({ newest }) => newest)
    .filter((version) => stateOn(version, today) === 'active')
    .slice(0, mostCurrent);
  const rows = prescriptionsById(
    deps.store,
    active.map(({ id }) => id),
  );
  return [...rows.values()].flatMap((row) => {
    const findings = checkStored(deps, row).filter(isGrave);
    return findings.length === 0
      ? []
      : [{ id: row.id as PrescriptionId, medication: row.medication, findings }];
  });
};

const checkAgain = (
  deps: PrescribingDeps,
  { id }: Parsed<'prescriptions.checkAgain'>,
): Result<Output<'prescriptions.checkAgain'>> => {
  const row = findPrescription(deps.store, id);
  return row === undefined ? fail('not-found') : ok([...checkStored(deps, row)]);
};

type Calls =
  | 'prescriptions.current'
  | 'prescriptions.past'
  | 'prescriptions.history'
  | 'prescriptions.check'
  | 'prescriptions.concerns'
  | 'prescriptions.write'
  | 'prescriptions.step'
  | 'prescriptions.checkAgain'
  | 'prescriptions.dispense'
  | 'prescriptions.takeBack'
  | 'prescriptions.doctors'
  | 'prescriptions.templates'
  | 'prescriptions.keepTemplate'
  | 'prescriptions.dropTemplate'
  | 'prescriptions.sheet';

/** What patients take: prescribed, changed, stopped and handed out, each checked when it happens. */
export const prescribingHandlers = (deps: PrescribingDeps): Handlers<Calls> => ({
  'prescriptions.current': (input) => ok(current(deps, input)),
  'prescriptions.past': (input) => ok(past(deps, input)),
  'prescriptions.history': (input) => history(deps, input),
  'prescriptions.check': ({ patientId, lines }) =>
    ok({ lines: checkLines(deps, patientId, draftLines(deps.store, lines)).map((found) => [...found]) }),
  'prescriptions.concerns': (input) => ok(concerns(deps, input)),
  'prescriptions.write': (input, connection) => write(deps, input, connection),
  'prescriptions.step': (input, connection) => step(deps, input, connection),
  'prescriptions.checkAgain': (input) => checkAgain(deps, input),
  'prescriptions.dispense': (input, connection) => dispense(deps, input, connection),
  'prescriptions.takeBack': (input, connection) => takeBack(deps, input, connection),
  'prescriptions.doctors': () =>
    ok(
      doctorAccounts(deps.store).map(({ id, display_name }) => ({
        id: id as StaffAccountId,
        name: display_name,
      })),
    ),
  'prescriptions.templates': (_, connection) => ok(templates(deps, connection)),
  'prescriptions.keepTemplate': (input, connection) => keepTemplate(deps, input, connection),
  'prescriptions.dropTemplate': (input, connection) => dropTemplate(deps, input, connection),
  'prescriptions.sheet': (input) => sheet(deps, input),
});
