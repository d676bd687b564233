import { accountNames, idsIn, type Names, practitionerNames } from '#main/data/local/names.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { DispenseView, Prescription, PrescriptionView } from '#shared/contract/prescriptions.ts';
import { type Chain, isForked } from '#shared/domain/prescribing/chain.ts';
import type { DurationUnit } from '#shared/domain/prescribing/duration.ts';
import { issueName } from '#shared/domain/prescribing/override.ts';
import { remainingOf } from '#shared/domain/prescribing/quantity.ts';
import type {
  ConditionId,
  ConflictId,
  DispenseId,
  MedicineId,
  PatientId,
  PractitionerId,
  PrescriptionId,
} from '#shared/kernel/ids.ts';
import { standingOf, stateOn } from './chains.ts';
import type { PrescribingDeps } from './deps.ts';
import {
  type DispenseRow,
  dispensesOf,
  forkConflicts,
  overriddenOf,
  type PrescriptionRow,
  prescriptionsById,
  type ShortVersion,
} from './repository.ts';

/** Who wrote what, by id. */
interface People {
  readonly practitioners: Names;
  readonly accounts: Names;
}

const peopleOf = (reader: LocalReader, rows: readonly PrescriptionRow[]): People => ({
  practitioners: practitionerNames(reader, idsIn(rows.map(({ requester_id }) => requester_id))),
  accounts: accountNames(reader, idsIn(rows.map(({ created_by }) => created_by))),
});

const durationOf = ({ duration_value, duration_unit }: PrescriptionRow): PrescriptionView['duration'] =>
  duration_value === null || duration_unit === null
    ? null
    : { value: duration_value, unit: duration_unit as DurationUnit };

const saidOf = (row: PrescriptionRow) => ({
  medicineId: row.medicine_id as MedicineId | null,
  medication: row.medication,
  form: row.form,
  strength: row.strength,
  dosage: row.dosage,
  doseValue: row.dose_value,
  doseUnit: row.dose_unit,
  route: row.route,
  frequency: row.frequency,
  asNeeded: row.as_needed === 1,
  asNeededFor: row.as_needed_for,
  maxPerDay: row.max_per_day,
  duration: durationOf(row),
  quantity: row.quantity,
  quantityUnit: row.quantity_unit,
  quantityComputed: row.quantity_computed === 1,
  repeats: row.repeats ?? 0,
  indication: row.indication,
  conditionId: row.condition_id as ConditionId | null,
  note: row.note,
  startDate: row.start_date ?? row.created_at.slice(0, 10),
  endDate: row.end_date,
});

/** Versions as the contract shows them, in the order given. */
export const prescriptionViews = (
  reader: LocalReader,
  rows: readonly PrescriptionRow[],
  today: string,
): readonly PrescriptionView[] => {
  const { practitioners, accounts } = peopleOf(reader, rows);
  const uncertain = reader.uncertain(
    'medication_request',
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    ...saidOf(row),
    id: row.id as PrescriptionId,
    patientId: row.patient_id as PatientId,
    state: stateOn(standingOf(row), today),
    stateReason: row.status_reason,
    requesterId: row.requester_id as PractitionerId | null,
    requesterName: row.requester_id === null ? null : (practitioners.get(row.requester_id) ?? null),
    signedAt: row.signed_at,
    createdAt: row.created_at,
    createdBy: row.created_by === null ? null : (accounts.get(row.created_by) ?? null),
    number: row.number,
    renewsId: row.renews_id as PrescriptionId | null,
    imported: row.source !== null,
    certainty: uncertain.get(row.id) ?? 'confirmed',
  }));
};

/** What was handed out and not taken back. */
export const standingDispenses = (rows: readonly DispenseRow[]): readonly DispenseRow[] => {
  const corrected = new Set(rows.map(({ corrects }) => corrects));
  return rows.filter(({ id, status }) => status === 'completed' && !corrected.has(id));
};

/** What is left of a version, whichever version of its prescription it was handed out of. */
export const leftOf = (
  row: Pick<PrescriptionRow, 'quantity' | 'repeats' | 'quantity_unit'>,
  given: readonly DispenseRow[],
): string | null =>
  row.quantity === null
    ? null
    : remainingOf(
        row.quantity,
        row.repeats ?? 0,
        standingDispenses(given)
          .filter(({ quantity_unit }) => quantity_unit === row.quantity_unit)
          .map(({ quantity }) => quantity),
      );

/** Prescriptions as the contract shows them: of each the version that holds, or both. */
export const chainViews = (
  reader: LocalReader,
  chains: readonly Chain<ShortVersion>[],
  today: string,
): readonly Prescription[] => {
  const shown = chains.map((chain) => ({
    chain,
    // Where all was taken back, the last one says what it was.
    ids: (chain.newest.length > 0 ? chain.newest : chain.versions.slice(-1)).map(({ id }) => id),
  }));
  const rows = prescriptionsById(
    reader,
    shown.flatMap(({ ids }) => ids),
  );
  const views = new Map(
    prescriptionViews(reader, [...rows.values()], today).map((view) => [String(view.id), view]),
  );
  const conflicts = chains.some(isForked) ? forkConflicts(reader) : new Map<string, string>();
  const all = chains.flatMap(({ versions }) => versions.map(({ id }) => id));
  const overridden = Map.groupBy(overriddenOf(reader, all), ({ prescriptionId }) => prescriptionId);
  const given = Map.groupBy(dispensesOf(reader, all), (dispense) => dispense.medication_request_id);
  return shown.flatMap(({ chain, ids }) => {
    const versions = ids.flatMap((id) => views.get(id) ?? []);
    const [row] = ids.flatMap((id) => rows.get(id) ?? []);
    if (row === undefined) return [];
    const conflict = chain.versions.map(({ id }) => conflicts.get(id)).find((id) => id !== undefined);
    return [
      {
        id: chain.id as PrescriptionId,
        versions: [...versions],
        earlier: chain.versions.length - ids.length,
        conflictId: (isForked(chain) ? (conflict ?? null) : null) as ConflictId | null,
        overridden: chain.versions.flatMap(({ id }) => (overridden.get(id) ?? []).map(issueName)),
        remaining: leftOf(
          row,
          chain.versions.flatMap(({ id }) => given.get(id) ?? []),
        ),
      },
    ];
  });
};

/** What was handed out, the latest first. */
export const dispenseViews = (
  { store: reader, stock }: Pick<PrescribingDeps, 'store' | 'stock'>,
  rows: readonly DispenseRow[],
): readonly DispenseView[] => {
  const batches = stock.batchesOf(rows.map(({ id }) => id));
  const names = accountNames(reader, idsIn(rows.map(({ recorded_by }) => recorded_by)));
  const uncertain = reader.uncertain(
    'medication_dispense',
    rows.map(({ id }) => id),
  );
  const standing = new Set(standingDispenses(rows).map(({ id }) => id));
  return rows
    .filter(({ status }) => status === 'completed')
    .toReversed()
    .map((row) => ({
      id: row.id as DispenseId,
      quantity: row.quantity,
      quantityUnit: row.quantity_unit,
      note: row.note,
      handedAt: row.handed_at,
      by: row.recorded_by === null ? null : (names.get(row.recorded_by) ?? null),
      takenBack: !standing.has(row.id),
      batches: batches.get(row.id) ?? [],
      certainty: uncertain.get(row.id) ?? 'confirmed',
    }));
};
