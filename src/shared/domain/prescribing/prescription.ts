import { isCalendarDate } from '#shared/kernel/calendar.ts';
import { isPositive, numberProblem, readDecimal } from '#shared/kernel/decimal.ts';
import { type Duration, daysOf, mostDays } from './duration.ts';
import { isFrequency } from './frequency.ts';

/** FHIR's medicationrequest-status, those a workstation writes. */
export const prescriptionStates = [
  'draft',
  'active',
  'on-hold',
  'stopped',
  'completed',
  'entered-in-error',
] as const;
export type PrescriptionState = (typeof prescriptionStates)[number];

/** What can be done with a prescription besides changing what it says. */
export const prescriptionActions = ['hold', 'resume', 'stop', 'complete', 'void'] as const;
export type PrescriptionAction = (typeof prescriptionActions)[number];

interface Transition {
  readonly from: readonly PrescriptionState[];
  readonly to: PrescriptionState;
  /** Whether somebody has to say why. */
  readonly reason: boolean;
}

export const transitions: Readonly<Record<PrescriptionAction, Transition>> = {
  hold: { from: ['active'], to: 'on-hold', reason: true },
  resume: { from: ['on-hold'], to: 'active', reason: false },
  stop: { from: ['active', 'on-hold'], to: 'stopped', reason: true },
  complete: { from: ['active', 'on-hold'], to: 'completed', reason: false },
  void: {
    from: ['draft', 'active', 'on-hold', 'stopped', 'completed'],
    to: 'entered-in-error',
    reason: true,
  },
};

/** Whether `action` makes sense in a state. */
export const mayDo = (state: PrescriptionState, action: PrescriptionAction): boolean =>
  transitions[action].from.includes(state);

/** A prescription that is over is written anew, not changed. */
export const mayChange = (state: PrescriptionState): boolean =>
  state === 'draft' || state === 'active' || state === 'on-hold';

/** One line of a prescription as it was typed: numbers are decimal text, what is not said is null. */
export interface PrescriptionLine {
  readonly medication: string;
  readonly doseValue: string | null;
  readonly doseUnit: string | null;
  readonly route: string | null;
  readonly frequency: string | null;
  readonly asNeeded: boolean;
  readonly asNeededFor: string | null;
  readonly maxPerDay: string | null;
  readonly duration: Duration | null;
  readonly quantity: string | null;
  readonly quantityUnit: string | null;
  readonly repeats: number;
  readonly startDate: string;
  readonly endDate: string | null;
  readonly note: string | null;
}

const positive = (field: string, text: string | null): Readonly<Record<string, string>> => {
  if (text === null) return {};
  const value = readDecimal(text);
  if (value === null) return { [field]: numberProblem(text) ?? 'number' };
  return isPositive(value) ? {} : { [field]: 'above-zero' };
};

const mostRepeats = 24;

const repeatProblem = (repeats: number): Readonly<Record<string, string>> =>
  Number.isInteger(repeats) && repeats >= 0 && repeats <= mostRepeats ? {} : { repeats: 'repeats' };

const spanProblem = ({
  duration,
  startDate,
  endDate,
}: PrescriptionLine): Readonly<Record<string, string>> => {
  if (!isCalendarDate(startDate)) return { startDate: 'date' };
  if (endDate !== null && !isCalendarDate(endDate)) return { endDate: 'date' };
  if (endDate !== null && endDate < startDate) return { endDate: 'order' };
  if (duration === null) return {};
  const days = daysOf(duration);
  return Number.isInteger(duration.value) && days > 0 && days <= mostDays ? {} : { duration: 'duration' };
};

/** What is wrong with a line, by the name of its field; the reasons have words in every language. */
export const lineProblems = (line: PrescriptionLine): Readonly<Record<string, string>> => ({
  ...(line.medication.trim() === '' ? { medication: 'required' } : {}),
  ...positive('doseValue', line.doseValue),
  ...positive('quantity', line.quantity),
  ...positive('maxPerDay', line.maxPerDay),
  ...(line.doseValue !== null && line.doseUnit === null ? { doseUnit: 'required' } : {}),
  ...(line.frequency !== null && !isFrequency(line.frequency) ? { frequency: 'frequency' } : {}),
  // How often is what a dose cannot go without; as needed it may be left to the patient, within a maximum.
  ...(line.doseValue !== null && line.frequency === null && !line.asNeeded ? { frequency: 'required' } : {}),
  ...repeatProblem(line.repeats),
  ...spanProblem(line),
});
