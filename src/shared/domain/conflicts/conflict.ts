import type { Permission } from '#shared/contract/permissions.ts';
import { isOfChart } from '#shared/domain/chart/tables.ts';
import { answeredWith } from '#shared/domain/panel/request.ts';
import { type ShownColumn, shownColumns, slotColumns } from '#shared/domain/records/columns.ts';
import type { Cell, Cells } from '#shared/sync/wire.ts';

/** `field`: one value changed in two places. `slot`: a time two bookings wanted. `version`: two corrections of one signed record. */
export const conflictKinds = ['field', 'slot', 'version'] as const;
export type ConflictKind = (typeof conflictKinds)[number];

/** How a conflict ended; `superseded`: what it was about was decided otherwise. */
export const resolutions = ['kept', 'attempted', 'edited', 'rebooked', 'superseded'] as const;
export type Resolution = (typeof resolutions)[number];

/** The part of a conflict the rules look at, its JSON read. */
export interface Conflict {
  readonly kind: ConflictKind;
  readonly tbl: string;
  readonly status: 'open' | 'settled';
  readonly attempted: Cells;
  readonly kept: Cells;
  readonly attemptedDevice: string | null;
  readonly keptDevice: string | null;
  /** Two desks settled one conflict, each otherwise: both versions are what each of them decided. */
  readonly decidedTwice: boolean;
}

const isSlotColumn = (column: string) => slotColumns.includes(column);

/**
 * Whether a conflict is about where, when and whether at all of an appointment. Such a decision is never put back by
 * taking a value: the time is found anew. The centre writes a task with each, and what is done with the task settles it.
 */
export const isAboutSlot = (conflict: Pick<Conflict, 'kind' | 'tbl' | 'attempted'>): boolean =>
  conflict.kind === 'slot' ||
  (conflict.tbl === 'appointment' && Object.keys(conflict.attempted).every(isSlotColumn));

/**
 * Whether a conflict is about what was decided for a patient: who sees a record, and what becomes of a request. Such a decision is never
 * put back by taking a value: who decided is told that theirs does not stand, and decides anew where that is wanted.
 */
export const isAboutAnswer = ({ tbl }: Pick<Conflict, 'tbl'>): boolean =>
  tbl === 'patient_account_link' || tbl === 'task';

/** Of these only what somebody of the clinic decided: what a patient took back and did not get, they see in the panel. */
const isOfClinic = ({ tbl, attempted }: Pick<Conflict, 'tbl' | 'attempted'>): boolean => {
  if (tbl === 'patient_account_link') return typeof attempted.decided_by === 'string';
  const status = answeredWith(String(attempted.reason ?? ''));
  return status === 'completed' || status === 'rejected';
};

/**
 * Whether a workstation tells its people of a conflict: what was attempted here and did not stand, what nobody's desk
 * owns, and a fork of a signed record at both desks that wrote one.
 */
export const concerns = (
  conflict: Pick<Conflict, 'kind' | 'attemptedDevice' | 'keptDevice'>,
  device: string | null,
): boolean =>
  conflict.attemptedDevice === null ||
  conflict.attemptedDevice === device ||
  (conflict.kind === 'version' && conflict.keptDevice === device);

/** Tables everybody at a desk or in a consulting room works on; the others are an administrator's. */
const everybodys = new Set(['patient', 'appointment', 'invoice', 'waitlist_entry']);

/** A signed record and the rest of a chart are a clinician's, who a patient is everybody's, the clinic's own set-up an administrator's. */
const decisionNeeds = ({ kind, tbl }: Pick<Conflict, 'kind' | 'tbl'>): Permission => {
  if (kind === 'version') return 'conflict.sign';
  if (tbl === 'allergy_intolerance') return 'allergy.update';
  if (tbl === 'patient_account_link') return 'panel-account.approve';
  if (tbl === 'task') return 'task.update';
  if (isOfChart(tbl)) return 'conflict.sign';
  return everybodys.has(tbl) ? 'conflict.update' : 'conflict.approve';
};

/** Whether somebody with these permissions may decide it. */
export const mayDecide = (
  granted: readonly Permission[],
  conflict: Pick<Conflict, 'kind' | 'tbl'>,
): boolean => granted.includes(decisionNeeds(conflict));

/** Clinical decisions are not taken back by a toast: they are decided anew. Nor is the last word on two decisions. */
export const canBeTakenBack = (
  conflict: Pick<Conflict, 'kind' | 'tbl' | 'attempted' | 'decidedTwice'>,
): boolean =>
  conflict.kind === 'field' &&
  conflict.tbl !== 'allergy_intolerance' &&
  !isAboutSlot(conflict) &&
  !isAboutAnswer(conflict) &&
  !conflict.decidedTwice;

/** The columns to show side by side: those that were attempted and do not stand the same. Of a slot the rest stands. */
export const contestedColumns = ({
  tbl,
  attempted,
  kept,
}: Pick<Conflict, 'tbl' | 'attempted' | 'kept'>): readonly ShownColumn[] =>
  shownColumns(tbl, Object.keys(attempted)).filter(
    ({ column }) => column in kept && attempted[column] !== kept[column],
  );

/** A value that says how another is meant is decided with it. */
const companions: Readonly<Record<string, readonly string[]>> = {
  birth_date: ['birth_date_estimated'],
  void_reason: ['voided_at', 'voided_by'],
  offered_until: ['offered_at'],
};

/** The columns a decision may write: the contested ones and those that go with them. */
export const guardedColumns = (conflict: Pick<Conflict, 'tbl' | 'attempted' | 'kept'>): readonly string[] => [
  ...new Set(contestedColumns(conflict).flatMap(({ column }) => [column, ...(companions[column] ?? [])])),
];

/**
 * Whether a person is asked to decide it: a slot has its task, and what only the program keeps is left to the centre.
 */
export const needsDecision = (conflict: Pick<Conflict, 'kind' | 'tbl' | 'attempted' | 'kept'>): boolean =>
  !isAboutSlot(conflict) &&
  (conflict.kind === 'version' || contestedColumns(conflict).length > 0) &&
  (!isAboutAnswer(conflict) || isOfClinic(conflict));

/** What somebody who settled `conflict` with this resolution wanted its contested columns to be; `row` is as it is now. */
const meantBy = (conflict: Conflict, resolution: Cell | undefined, row: Cells): Cells => {
  if (resolution === 'attempted') return conflict.attempted;
  if (resolution === 'kept') return conflict.kept;
  return Object.fromEntries(Object.keys(conflict.attempted).map((column) => [column, row[column] ?? null]));
};

/**
 * A conflict about how another one was settled, as a choice between what each of the two meant. `inner` is the one
 * both settled, `row` the row that one is about.
 */
export const decidedTwice = (outer: Conflict, inner: Conflict, row: Cells): Conflict => ({
  ...outer,
  kind: inner.kind,
  tbl: inner.tbl,
  attempted: meantBy(inner, outer.attempted.resolution, row),
  kept: meantBy(inner, outer.kept.resolution, row),
  decidedTwice: true,
});
