import { chartAccess } from '#main/core/chart-access.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import type { StaffAccountId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { checkLines } from './checks.ts';
import type { PrescribingDeps } from './deps.ts';
import { dispense, label, stockFor, takeBack } from './dispense.ts';
import { draftLines } from './lines.ts';
import { medicinesById } from './medicines.ts';
import { recordPrint, takeBackPrint } from './prints.ts';
import { current, history, past, sheet } from './reading.ts';
import { renewalHandlers } from './renewals.ts';
import { doctorAccounts, findDispense, findPrescription } from './repository.ts';
import { step } from './steps.ts';
import { dropTemplate, keepTemplate, templates } from './templates.ts';
import { write } from './write.ts';

type Calls =
  | 'prescriptions.medicines'
  | 'prescriptions.current'
  | 'prescriptions.past'
  | 'prescriptions.history'
  | 'prescriptions.check'
  | 'prescriptions.write'
  | 'prescriptions.step'
  | 'prescriptions.stock'
  | 'prescriptions.dispense'
  | 'prescriptions.label'
  | 'prescriptions.takeBack'
  | 'prescriptions.doctors'
  | 'prescriptions.templates'
  | 'prescriptions.keepTemplate'
  | 'prescriptions.dropTemplate'
  | 'prescriptions.sheet'
  | 'prescriptions.printed'
  | 'prescriptions.notPrinted'
  | 'prescriptions.renewals'
  | 'prescriptions.renewalsWaiting'
  | 'prescriptions.refuseRenewal';

type Work<I, O> = (input: I, connection: Connection) => O | Promise<O>;
type Refusal = ReturnType<typeof fail>;

/** Nothing of a chart is read or written by somebody to whom it is closed. */
const gates = (deps: PrescribingDeps) => {
  const gate = async <I, O>(
    patientId: string | undefined,
    work: Work<I, O>,
    input: I,
    connection: Connection,
  ) => {
    if (patientId === undefined) return fail('not-found');
    const open = chartAccess(deps, patientId, connection.user);
    return open.ok ? work(input, connection) : (open as Refusal);
  };
  return {
    ofPatient:
      <I extends { readonly patientId: string }, T>(work: Work<I, Result<T>>) =>
      (input: I, connection: Connection): Promise<Result<T>> =>
        gate(input.patientId, work, input, connection),
    ofPrescription:
      <I extends { readonly id: string }, T>(work: Work<I, Result<T>>) =>
      (input: I, connection: Connection): Promise<Result<T>> =>
        gate(findPrescription(deps.store, input.id)?.patient_id, work, input, connection),
    ofDispense:
      <I extends { readonly dispenseId: string }, T>(work: Work<I, Result<T>>) =>
      (input: I, connection: Connection): Promise<Result<T>> =>
        gate(findDispense(deps.store, input.dispenseId)?.patient_id, work, input, connection),
  };
};

/** What patients take: prescribed, changed, stopped and handed out, each checked when it happens. */
export const prescribingHandlers = (deps: PrescribingDeps): Handlers<Calls> => {
  const { ofPatient, ofPrescription, ofDispense } = gates(deps);
  return {
    ...renewalHandlers(deps),
    'prescriptions.medicines': ({ ids }) => ok(medicinesById(deps.store, ids)),
    'prescriptions.current': ofPatient((input) => ok(current(deps, input))),
    'prescriptions.past': ofPatient((input) => ok(past(deps, input))),
    'prescriptions.history': ofPrescription((input) => history(deps, input)),
    'prescriptions.check': ofPatient(({ patientId, lines }) => {
      const found = checkLines(deps, patientId, draftLines(deps.store, lines));
      return found.ok ? ok({ lines: found.value.map((findings) => [...findings]) }) : found;
    }),
    'prescriptions.write': ofPatient((input, connection) => write(deps, input, connection)),
    'prescriptions.step': ofPrescription((input, connection) => step(deps, input, connection)),
    'prescriptions.stock': ofPrescription((input) => stockFor(deps, input)),
    'prescriptions.label': ofDispense((input) => label(deps, input)),
    'prescriptions.dispense': ofPrescription((input, connection) => dispense(deps, input, connection)),
    'prescriptions.takeBack': ofDispense((input, connection) => takeBack(deps, input, connection)),
    'prescriptions.doctors': () =>
      ok(
        doctorAccounts(deps.store).map(({ id, display_name }) => ({
          id: id as StaffAccountId,
          name: display_name,
        })),
      ),
    'prescriptions.templates': (_, connection) => templates(deps, connection),
    'prescriptions.keepTemplate': (input, connection) => keepTemplate(deps, input, connection),
    'prescriptions.dropTemplate': (input, connection) => dropTemplate(deps, input, connection),
    'prescriptions.sheet': ofPatient((input) => sheet(deps, input)),
    'prescriptions.printed': ofPatient((input, connection) => {
      const printed = sheet(deps, input);
      return printed.ok ? recordPrint(deps, printed.value, connection) : printed;
    }),
    'prescriptions.notPrinted': ofPatient((input, connection) => takeBackPrint(deps, input, connection)),
  };
};
