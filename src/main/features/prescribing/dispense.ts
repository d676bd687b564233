import { raiseDispenseCharge, withdrawCharges } from '#main/core/charges.ts';
import type { Connection } from '#main/core/dispatch.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { type DurationUnit, daysOf } from '#shared/domain/prescribing/duration.ts';
import { isGrave, unanswered } from '#shared/domain/prescribing/override.ts';
import { isMore } from '#shared/domain/prescribing/quantity.ts';
import type { Finding } from '#shared/domain/safety/finding.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { instant } from '#shared/kernel/clock.ts';
import { isPositive, numberProblem, readDecimal, tidyDecimal } from '#shared/kernel/decimal.ts';
import type { StaffAccountId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { holding, type Placed, placed, standingOf, stateOn } from './chains.ts';
import { checkStored, recordIssues } from './checks.ts';
import type { PrescribingDeps } from './deps.ts';
import {
  dispensesOf,
  doctorAccounts,
  findDispense,
  findPrescription,
  type PrescriptionRow,
} from './repository.ts';
import { dispenseViews, leftOf, prescriptionViews, standingDispenses } from './view.ts';

type Input = Parsed<'prescriptions.dispense'>;

interface Planned extends Placed {
  readonly quantity: string;
  readonly findings: readonly Finding[];
}

const given = (deps: PrescribingDeps, { chain }: Placed) =>
  dispensesOf(
    deps.store,
    chain.versions.map(({ id }) => id),
  );

/** More than is left is handed out for a reason only. */
const withinWhatIsLeft = (deps: PrescribingDeps, at: Placed, quantity: string, note: string): boolean => {
  const left = leftOf(at.row, given(deps, at));
  return note !== '' || left === null || !isMore(quantity, left);
};

/** What a prescription asks of the stock room: its medicine, in its unit, until the treatment ends. */
const wishOf = (row: PrescriptionRow, today: string) => ({
  medicineId: row.medicine_id,
  quantityUnit: row.quantity_unit,
  until:
    row.end_date ??
    (row.duration_value === null || row.duration_unit === null
      ? null
      : addDays(today, daysOf({ value: row.duration_value, unit: row.duration_unit as DurationUnit }) - 1)),
});

/** What the stock room has for a prescription. */
export const stockFor = (
  deps: PrescribingDeps,
  { id, ...asked }: Parsed<'prescriptions.stock'>,
): Result<Output<'prescriptions.stock'>> => {
  const found = holding(deps.store, id);
  if (!found.ok) return found;
  const today = dayAt(deps.clock.now(), deps.home().timeZone);
  return ok(deps.stock.propose(wishOf(found.value.row, today), asked));
};

/** What goes on the label of what was handed out. */
export const label = (
  deps: PrescribingDeps,
  { dispenseId }: Parsed<'prescriptions.label'>,
): Result<Output<'prescriptions.label'>> => {
  const row = findDispense(deps.store, dispenseId);
  const version = row && findPrescription(deps.store, row.medication_request_id);
  if (row === undefined || version === undefined) return fail('not-found');
  const at = placed(deps.store, version.id);
  if (!at.ok) return at;
  const dispensed = dispenseViews(deps, given(deps, at.value)).find(({ id }) => id === dispenseId);
  const [view] = prescriptionViews(deps.store, [version], dayAt(deps.clock.now(), deps.home().timeZone));
  return dispensed === undefined || dispensed.takenBack || view === undefined
    ? fail('not-found')
    : ok({ dispense: dispensed, prescription: view });
};

const plan = (deps: PrescribingDeps, input: Input): Result<Planned> => {
  const found = holding(deps.store, input.id);
  if (!found.ok) return found;
  const today = dayAt(deps.clock.now(), deps.home().timeZone);
  if (stateOn(standingOf(found.value.row), today) !== 'active') return fail('not-active');
  const read = readDecimal(input.quantity);
  if (read === null)
    return fail('invalid-input', { fields: { quantity: numberProblem(input.quantity) ?? 'number' } });
  const quantity = tidyDecimal(read);
  if (!isPositive(quantity)) return fail('invalid-input', { fields: { quantity: 'above-zero' } });
  if (!withinWhatIsLeft(deps, found.value, quantity, input.note))
    return fail('more-than-left', {
      params: { left: leftOf(found.value.row, given(deps, found.value)) ?? '' },
    });
  const picked = input.stock && deps.stock.check(wishOf(found.value.row, today), quantity, input.stock);
  if (picked && !picked.ok) return picked;
  const findings = checkStored(deps, found.value.row);
  if (!findings.ok) return findings;
  if (unanswered([findings.value], input.overrides).length > 0) return fail('override-needed');
  return ok({ ...found.value, quantity, findings: findings.value });
};

/** The doctor who answers for a grave finding: with the PIN, wherever the screen is. */
const answeringDoctor = async (
  deps: PrescribingDeps,
  { doctorId, pin }: Input,
): Promise<Result<{ readonly accountId: string; readonly practitionerId: string | null }>> => {
  const doctor = doctorAccounts(deps.store).find(({ id }) => id === doctorId);
  if (doctor === undefined) return fail('invalid-input', { fields: { doctorId: 'required' } });
  if (!pin) return fail('invalid-input', { fields: { pin: 'required' } });
  const right = await deps.checkPin({ id: doctor.id as StaffAccountId }, pin);
  return right.ok ? ok({ accountId: doctor.id, practitionerId: doctor.practitioner_id }) : right;
};

/** Records what was handed out, checked at that moment. */
export const dispense = async (
  deps: PrescribingDeps,
  input: Input,
  { user }: Connection,
): Promise<Result<Output<'prescriptions.dispense'>>> => {
  if (user === null) return fail('not-signed-in');
  let planned = plan(deps, input);
  if (!planned.ok) return planned;
  let answering = { accountId: user.id as string, practitionerId: user.practitionerId as string | null };
  if (planned.value.findings.some(isGrave)) {
    const doctor = await answeringDoctor(deps, input);
    if (!doctor.ok) return doctor;
    answering = doctor.value;
    planned = plan(deps, input);
    if (!planned.ok) return planned;
  }
  const { row, quantity, findings } = planned.value;
  const id = deps.newId();
  const at = instant(deps.clock.now());
  const locationId = deps.store.workstation()?.locationId ?? null;
  deps.store.mutate({ kind: 'prescription.dispense', user: user.id }, (writer) => {
    writer.insert('medication_dispense', {
      ...blank('medication_dispense'),
      id,
      patient_id: row.patient_id,
      medication_request_id: row.id,
      status: 'completed',
      quantity,
      quantity_unit: row.quantity_unit,
      note: input.note || null,
      location_id: locationId,
      handed_at: at,
      recorded_at: at,
      recorded_by: user.id,
    });
    if (input.stock) deps.stock.handOut(writer, id, input.stock, user.id);
    const about = { patientId: row.patient_id, prescriptionId: row.id, line: 0 };
    recordIssues(deps, writer, about, findings, { ...answering, overrides: input.overrides });
    raiseDispenseCharge(deps, writer, {
      dispenseId: id,
      patientId: row.patient_id,
      medicineId: input.stock ? deps.stock.medicineOf(input.stock) : row.medicine_id,
      quantity,
      locationId,
      practitionerId: row.requester_id,
      user: user.id,
    });
  });
  deps.engine.wake();
  const view = dispenseViews(deps, given(deps, planned.value)).find((one) => one.id === id);
  return view === undefined ? fail('not-found') : ok(view);
};

/** Says that something was not handed out after all, by a row that answers the first. */
export const takeBack = (
  deps: PrescribingDeps,
  { dispenseId, reason }: Parsed<'prescriptions.takeBack'>,
  { user }: Connection,
): Result<null> => {
  const row = findDispense(deps.store, dispenseId);
  if (row === undefined) return fail('not-found');
  const at = placed(deps.store, row.medication_request_id);
  if (!at.ok) return at;
  if (!standingDispenses(given(deps, at.value)).some(({ id }) => id === dispenseId))
    return fail('changed-meanwhile');
  const now = instant(deps.clock.now());
  const { row_version: _, ...said } = row;
  deps.store.mutate({ kind: 'prescription.take-back', user: user?.id ?? null }, (writer) => {
    withdrawCharges(writer, 'dispense', row.id);
    writer.insert('medication_dispense', {
      ...said,
      id: deps.newId(),
      status: 'entered-in-error',
      note: reason,
      corrects: row.id,
      recorded_at: now,
      recorded_by: user?.id ?? null,
    });
    deps.stock.putBack(writer, row.id, reason, user?.id ?? null);
  });
  deps.engine.wake();
  return ok(null);
};
