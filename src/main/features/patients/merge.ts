import { auditRow } from '#main/core/audit-event.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { noteOpening } from '#main/core/opening.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { MergePreview, MergeSide } from '#shared/contract/patient-merge.ts';
import type { PatientView } from '#shared/contract/patients.ts';
import { compare } from '#shared/domain/patients/likeness.ts';
import {
  comparedColumns,
  type MergeColumn,
  type MergeValues,
  mergeColumns,
  otherKnowsBetter,
  saysTheSame,
  writtenWith,
} from '#shared/domain/patients/merge.ts';
import { shownColumns } from '#shared/domain/records/columns.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { PatientLinkId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { chartCounts, findLink, linksOf, overlappingTimes } from './merge-repository.ts';
import { findPatient, type PatientRow } from './repository.ts';
import { personsById } from './similar.ts';
import { patientView } from './view.ts';

const valuesOf = (row: PatientRow): MergeValues =>
  Object.fromEntries(comparedColumns.map((column) => [column, row[column]])) as MergeValues;

interface Pair {
  readonly own: PatientRow;
  readonly other: PatientRow;
}

/** Two records that may be made one: both here, neither merged. With that, no merge made here leads back to where it began. */
const pairOf = ({ store }: FeatureDeps, id: string, otherId: string): Result<Pair> => {
  if (id === otherId) return fail('same-record');
  const [own, other] = [findPatient(store, id), findPatient(store, otherId)];
  if (own === undefined || other === undefined) return fail('not-found');
  if (own.merged_into !== null || other.merged_into !== null) return fail('merged-already');
  return ok({ own, other });
};

const sideOf = ({ store }: FeatureDeps, row: PatientRow): MergeSide => ({
  patient: patientView(store, row),
  values: { ...valuesOf(row) },
  counts: chartCounts(store, row.id),
});

const isFirst = (a: PatientRow, b: PatientRow): boolean =>
  a.created_at < b.created_at || (a.created_at === b.created_at && a.id < b.id);

const fieldsOf = (left: MergeValues, right: MergeValues): MergePreview['fields'] => {
  const formats = new Map(
    shownColumns('patient', mergeColumns).map(({ column, format }) => [column, format]),
  );
  const told = (column: MergeColumn) => left[column] !== null || right[column] !== null;
  return mergeColumns.filter(told).map((column) => ({
    column,
    format: formats.get(column) ?? 'text',
    differs: !saysTheSame(column, left, right),
    better: otherKnowsBetter(column, left, right)
      ? 'right'
      : otherKnowsBetter(column, right, left)
        ? 'left'
        : null,
  }));
};

/** Both records side by side. Who sees them has looked at both. */
export const mergePreview = (
  deps: FeatureDeps,
  { leftId, rightId }: Parsed<'patients.mergePreview'>,
  { user }: Connection,
): Result<MergePreview> => {
  const pair = pairOf(deps, leftId, rightId);
  if (!pair.ok) return pair;
  const { own: left, other: right } = pair.value;
  if (user !== null)
    for (const { id } of [left, right])
      noteOpening(deps, { event: 'patient-open', patientId: id, accountId: user.id, outcome: 'success' });
  const persons = personsById(deps.store, [left.id, right.id]);
  const [one, other] = [persons.get(left.id), persons.get(right.id)];
  if (one === undefined || other === undefined) return fail('not-found');
  const { score, reasons } = compare(one, other);
  return ok({
    left: sideOf(deps, left),
    right: sideOf(deps, right),
    goesOn: isFirst(left, right) ? 'left' : 'right',
    fields: fieldsOf(valuesOf(left), valuesOf(right)),
    overlapping: overlappingTimes(deps.store, leftId, rightId, instant(deps.clock.now())),
    complete: deps.store.complete('appointment'),
    score,
    reasons: [...reasons],
  });
};

type Event = 'patient-merge' | 'patient-unmerge';

const noteInTrail = (deps: FeatureDeps, writer: LocalWriter, event: Event, user: string | null, id: string) =>
  writer.insert(
    'audit_event',
    auditRow(deps, { action: 'U', event, accountId: user, entity: { table: 'patient', id } }),
  );

const differ = (was: Readonly<Record<string, unknown>>, row: PatientRow): boolean => {
  const now = valuesOf(row);
  return comparedColumns.some((column) => was[column] !== now[column]);
};

const taken = (columns: readonly MergeColumn[], from: PatientRow): Partial<PatientRow> =>
  Object.fromEntries(columns.flatMap(writtenWith).map((column) => [column, from[column]]));

/** Where somebody said of the two that they are two persons. */
const keptApart = (writer: LocalWriter, { own, other }: Pair) =>
  linksOf(writer, [own.id, other.id]).filter(
    ({ patient_id, other_id }) =>
      [own.id, other.id].includes(patient_id) && [own.id, other.id].includes(other_id),
  );

/** What was said of the two before, that they are two persons, holds no more. */
const endKeepApart = (deps: FeatureDeps, writer: LocalWriter, pair: Pair, user: string | null) => {
  for (const { id } of keptApart(writer, pair)) voidLink(deps, writer, id, user, 'merged');
};

const voidLink = (
  deps: FeatureDeps,
  writer: LocalWriter,
  id: string,
  user: string | null,
  reason: 'merged' | 'withdrawn',
) =>
  writer.update('patient_link', id, {
    voided_at: instant(deps.clock.now()),
    voided_by: user,
    void_reason: reason,
  });

const merge = (
  deps: FeatureDeps,
  writer: LocalWriter,
  pair: Pair,
  take: readonly MergeColumn[],
  account: string | null,
) => {
  const { own, other } = pair;
  if (take.length > 0) writer.update('patient', own.id, taken(take, other));
  writer.update('patient', other.id, { merged_into: own.id });
  endKeepApart(deps, writer, pair, account);
  for (const { id } of [own, other]) noteInTrail(deps, writer, 'patient-merge', account, id);
};

/** Why two records cannot be made one, or how it is written inside a mutation, alone or with what else is decided by it. */
export const mergingOf = (
  deps: FeatureDeps,
  { id, otherId, take, was }: Parsed<'patients.merge'>,
): Result<(writer: LocalWriter, account: string | null) => void> => {
  const pair = pairOf(deps, id, otherId);
  if (!pair.ok) return pair;
  if (differ(was.own, pair.value.own) || differ(was.other, pair.value.other))
    return fail('changed-meanwhile');
  return ok((writer, account) => merge(deps, writer, pair.value, take, account));
};

/**
 * Makes a record that is known to be of the same person part of a chart, which stays as it is. Nothing is done where one of the two is
 * merged already, or somebody said that they are two persons.
 */
export const joinRecords = (
  deps: FeatureDeps,
  writer: LocalWriter,
  { id, otherId }: { readonly id: string; readonly otherId: string },
  account: string,
): void => {
  const pair = pairOf(deps, id, otherId);
  if (pair.ok && keptApart(writer, pair.value).length === 0) merge(deps, writer, pair.value, [], account);
};

/** Merges in one mutation, so that no desk sees the fields without the merge. */
export const mergePatients = (
  deps: FeatureDeps,
  wish: Parsed<'patients.merge'>,
  { user }: Connection,
): Result<{ patient: PatientView; overlapping: number }> => {
  const { id, otherId } = wish;
  const merging = mergingOf(deps, wish);
  if (!merging.ok) return merging;
  const account = user?.id ?? null;
  // Asked while the two are still two.
  const overlapping = overlappingTimes(deps.store, id, otherId, instant(deps.clock.now())).length;
  deps.store.mutate({ kind: 'patient.merge', user: account }, (writer) => merging.value(writer, account));
  deps.engine.wake();
  const after = findPatient(deps.store, id);
  if (after === undefined) return fail('not-found');
  return ok({ patient: patientView(deps.store, after), overlapping });
};

/** Takes a record out of the one it was merged into. Nothing else is put back. */
export const unmergePatient = (
  deps: FeatureDeps,
  { id }: Parsed<'patients.unmerge'>,
  { user }: Connection,
): Result<PatientView> => {
  const row = findPatient(deps.store, id);
  if (row === undefined) return fail('not-found');
  const { merged_into: into } = row;
  if (into === null) return fail('not-merged');
  const account = user?.id ?? null;
  deps.store.mutate({ kind: 'patient.unmerge', user: account }, (writer) => {
    writer.update('patient', id, { merged_into: null });
    for (const record of [into, id]) noteInTrail(deps, writer, 'patient-unmerge', account, record);
  });
  deps.engine.wake();
  const after = findPatient(deps.store, id);
  return after === undefined ? fail('not-found') : ok(patientView(deps.store, after));
};

/** Two persons who look like one; said once more it is the same. */
export const keepApart = (
  deps: FeatureDeps,
  { id, otherId }: Parsed<'patients.keepApart'>,
  { user }: Connection,
): Result<{ linkId: PatientLinkId }> => {
  const pair = pairOf(deps, id, otherId);
  if (!pair.ok) return pair;
  const linkId = deps.newId();
  deps.store.mutate({ kind: 'patient.keep-apart', user: user?.id ?? null }, (writer) =>
    writer.insert('patient_link', {
      id: linkId,
      patient_id: id,
      other_id: otherId,
      kind: 'distinct',
      created_at: instant(deps.clock.now()),
      created_by: user?.id ?? null,
      voided_at: null,
      voided_by: null,
      void_reason: null,
    }),
  );
  deps.engine.wake();
  return ok({ linkId: linkId as PatientLinkId });
};

export const withdrawKeepApart = (
  deps: FeatureDeps,
  { linkId }: Parsed<'patients.withdrawKeepApart'>,
  { user }: Connection,
): Result<null> => {
  if (findLink(deps.store, linkId) === undefined) return fail('not-found');
  const account = user?.id ?? null;
  deps.store.mutate({ kind: 'patient.withdraw-keep-apart', user: account }, (writer) =>
    voidLink(deps, writer, linkId, account, 'withdrawn'),
  );
  deps.engine.wake();
  return ok(null);
};
